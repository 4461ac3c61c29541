package accounts

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// NewEmail is an address that a person wants for their account, with the password
// that proves who asks.
type NewEmail struct {
	Email    string
	Password string
	Client   Client
}

// AskEmail mails a link to the address that an account is to have. Until the link
// is confirmed nothing changes, so that nobody takes an address that is not
// theirs. The answer is the same whether another account has the address or not;
// its owner is told by mail. Faults are at email and email_password; tries at the
// password, and mails, are Limited.
func (a *Service) AskEmail(ctx context.Context, in SignedIn, ask NewEmail) error {
	email, fault := core.ParseEmail(ask.Email)
	switch {
	case fault != nil:
		return registry.At("email", "error.account.email")
	case email == in.Account.Email:
		return registry.At("email", "error.account.email_same")
	}
	if err := a.provePassword(ctx, in, "email_password", ask.Password); err != nil {
		return err
	}
	now := a.DB.Now()
	if _, err := a.accountLimits.reset.Take(now, ask.Client.Net); err != nil {
		return err
	}
	if _, err := a.accountLimits.mailing.Take(now, email); err != nil {
		return err
	}
	token, hash := core.NewToken()
	link := a.BaseURL + "/tai-khoan/email/" + token
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.AuditUnseen(ctx, in.Actor, accountChange("account.ask_email", in.Account.ID)); err != nil {
			return err
		}
		_, err := tx.AccountByLogin(ctx, email)
		if err == nil {
			return tx.Notify(ctx, registry.Message{To: email, Lang: in.Account.Lang, Key: "account.mail.email_taken"})
		}
		if registry.KindOf(err) != registry.NotFound {
			return err
		}
		until := tx.Now().Add(mailCodeFor).UnixMilli()
		if err := tx.InsertResetCode(ctx, registry.ResetCode{Hash: hash, Account: in.Account.ID, Channel: registry.ResetEmail,
			Email: email, ExpiresAt: until}); err != nil {
			return err
		}
		return tx.Notify(ctx, registry.Message{To: email, Lang: in.Account.Lang, Key: "account.mail.email",
			Args: []string{in.Account.Name, a.Seals.SealArg(link)}, ExpiresAt: until})
	})
}

// provePassword checks the password of somebody who is signed in; tries are slowed
// down (Limited), a wrong one is Invalid at the field.
func (a *Service) provePassword(ctx context.Context, in SignedIn, field, password string) error {
	key := a.Seals.Keyed("password", string(in.Account.ID))
	if err := a.countTry(ctx, key); err != nil {
		return err
	}
	ok, _, err := a.passwords.verify(ctx, in.Account.PasswordHash, password)
	if err != nil {
		return err
	}
	if !ok {
		return registry.At(field, "error.account.password_old")
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.ForgetTries(ctx, key) })
}

// AskedEmail is the address that a link was sent to; NotFound if the link is not
// of this account or cannot be used (any more). It spends nothing.
func (a *Service) AskedEmail(ctx context.Context, in SignedIn, token string) (email string, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		code, err := tx.ResetCode(ctx, core.HashToken(token), registry.ResetEmail)
		if err == nil && code.Account != in.Account.ID {
			err = errDeadLink
		}
		email = code.Email
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return "", errDeadLink
	}
	return email, err
}

// ConfirmEmail gives the account the address that the link was sent to, tells the
// address before it, ends all else that opens the account, and returns the new
// token of this session. A link that is not of this account, cannot be used (any
// more), or whose address another account has taken since, is NotFound. Of many
// callers exactly one succeeds.
func (a *Service) ConfirmEmail(ctx context.Context, in SignedIn, link string) (token string, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		code, err := tx.SpendResetCode(ctx, core.HashToken(link), registry.ResetEmail)
		if err == nil && code.Account != in.Account.ID {
			err = errDeadLink
		}
		if err != nil {
			return err
		}
		if err := tx.SaveEmail(ctx, in.Account.ID, code.Email); err != nil {
			return err
		}
		if token, err = endAccess(ctx, tx, in.Account.ID, &in.Session); err != nil {
			return err
		}
		if in.Account.Email != "" {
			if err := tx.Notify(ctx, registry.Message{To: in.Account.Email, Lang: in.Account.Lang, Key: "account.mail.email_changed",
				Args: []string{in.Account.Name}}); err != nil {
				return err
			}
		}
		return tx.AuditUnseen(ctx, in.Actor, accountChange("account.email", in.Account.ID))
	})
	if kind := registry.KindOf(err); kind == registry.NotFound || kind == registry.Conflict {
		return "", errDeadLink
	}
	return token, err
}
