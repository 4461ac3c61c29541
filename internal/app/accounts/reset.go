package accounts

import (
	"context"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// How long one-time codes live.
const (
	mailCodeFor  = time.Hour
	paperCodeFor = 72 * time.Hour
	setupCodeFor = 24 * time.Hour
)

// AskReset mails a link for setting a new password, if the login belongs to an
// active account with an e-mail. The answer is the same, and takes as long,
// whether it does or not; only too many from one network are Limited. Each
// address gets a few mails an hour at most.
func (a *Service) AskReset(ctx context.Context, login string, client Client) error {
	phone, email, fault := ParseLogin(login)
	if fault != nil {
		return fault
	}
	now := a.DB.Now()
	if _, err := a.accountLimits.reset.Take(now, client.Net); err != nil {
		return err
	}
	login = phone + email
	_, tooMany := a.accountLimits.mailing.Take(now, login)
	token, hash := core.NewToken()
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.AccountByLogin(ctx, login)
		if err != nil && registry.KindOf(err) != registry.NotFound {
			return err
		}
		if account.State != registry.AccountActive || account.Email == "" || tooMany != nil {
			return tx.AuditUnseen(ctx, registry.Actor{}, accountChange("account.ask_reset", account.ID))
		}
		until := tx.Now().Add(mailCodeFor).UnixMilli()
		if err := tx.InsertResetCode(ctx, registry.ResetCode{Hash: hash, Account: account.ID, Channel: registry.ResetByMail,
			ExpiresAt: until}); err != nil {
			return err
		}
		link := a.BaseURL + "/dat-lai-mat-khau/" + token
		if err := tx.Notify(ctx, registry.Message{To: account.Email, Lang: account.Lang, Key: "account.mail.reset",
			Args: []string{account.Name, a.Seals.SealArg(link)}, ExpiresAt: until}); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, registry.Actor{}, accountChange("account.ask_reset", account.ID))
	})
}

// errDeadLink is said of a link that is used, expired or was never made.
var errDeadLink = registry.E(registry.NotFound, "error.account.link")

// CheckResetLink reports whether the link of a mail can still be used; else it is
// NotFound. It spends nothing, because mail programs open links by themselves.
func (a *Service) CheckResetLink(ctx context.Context, token string) error {
	return a.checkCode(ctx, token, registry.ResetByMail)
}

func (a *Service) checkCode(ctx context.Context, token string, channel registry.ResetChannel) error {
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.ResetCode(ctx, core.HashToken(token), channel)
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return errDeadLink
	}
	return err
}

// ResetByLink sets a new password with the link of a mail and ends all else that
// opens the account. The fault of the password is at its field; a link that cannot
// be used (any more) is NotFound. Of many callers exactly one succeeds.
func (a *Service) ResetByLink(ctx context.Context, token, password string) error {
	hash, err := a.newPassword(ctx, password)
	if err != nil {
		return err
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		code, err := tx.SpendResetCode(ctx, core.HashToken(token), registry.ResetByMail)
		if registry.KindOf(err) == registry.NotFound {
			return errDeadLink
		}
		if err != nil {
			return err
		}
		account, err := tx.Account(ctx, code.Account)
		if err == nil && account.State != registry.AccountActive {
			err = errDeadLink
		}
		if err != nil {
			return err
		}
		return a.finishReset(ctx, tx, account, hash)
	})
}

// newPassword checks and hashes a password that is set with a code. Whose it is
// shall not be told before the code has been, so what others know of the person
// is not looked for in it.
func (a *Service) newPassword(ctx context.Context, password string) (string, error) {
	var f registry.Faults
	checkPassword(&f, password)
	if err := f.Err(); err != nil {
		return "", err
	}
	return a.passwords.hash(ctx, password)
}

// PaperReset is a new password set with the code that an officer printed.
type PaperReset struct {
	Login    string
	Code     string
	Password string
	Client   Client
}

// ResetByPaper sets a new password with a one-time code from paper and ends all
// else that opens the account. An unknown login, a wrong, used or expired code are
// the same Invalid error at the field code, and tries are slowed down by login
// (Limited). Of many callers exactly one succeeds.
func (a *Service) ResetByPaper(ctx context.Context, in PaperReset) error {
	login := loginKey(in.Login)
	hash, err := a.newPassword(ctx, in.Password)
	if err != nil {
		return err
	}
	key := a.Seals.Keyed("paper", login)
	if err := a.countTry(ctx, key); err != nil {
		return err
	}
	wrong := registry.At("code", "error.account.paper_code")
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.AccountByLogin(ctx, login)
		if registry.KindOf(err) == registry.NotFound || err == nil && account.State != registry.AccountActive {
			return wrong
		}
		if err != nil {
			return err
		}
		_, err = tx.SpendResetCode(ctx, a.paperHashOf(account.ID, in.Code), registry.ResetOnPaper)
		if registry.KindOf(err) == registry.NotFound {
			return wrong
		}
		if err != nil {
			return err
		}
		if err := tx.ForgetTries(ctx, key); err != nil {
			return err
		}
		return a.finishReset(ctx, tx, account, hash)
	})
}

// paperHashOf binds a short code to its account, so that it is good nowhere else.
func (a *Service) paperHashOf(id registry.AccountID, code string) string {
	return a.Seals.Keyed("paper code", string(id), core.PlainCode(code))
}

// finishReset sets the password, ends all else that opens the account, and lets
// the person try at once.
func (a *Service) finishReset(ctx context.Context, tx *store.Tx, account registry.Account, hash string) error {
	if err := tx.SavePassword(ctx, account.ID, account.PasswordHash, hash); err != nil {
		return err
	}
	if _, err := endAccess(ctx, tx, account.ID, nil); err != nil {
		return err
	}
	if err := tx.NoteEntered(ctx, account.ID); err != nil {
		return err
	}
	for _, login := range []string{account.Phone, account.Email} {
		if err := tx.ForgetTries(ctx, a.Seals.Keyed("sign-in", login)); err != nil {
			return err
		}
	}
	actor := registry.Actor{Account: account.ID, Name: account.Name}
	return tx.AuditUnseen(ctx, actor, accountChange("account.reset", account.ID))
}
