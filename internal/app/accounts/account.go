package accounts

import (
	"cmp"
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// SignUp is what a vendor fills in to get an account.
type SignUp struct {
	Name     string // "": a part of the login stands for it until the person gives one
	Login    string // phone or e-mail
	Password string
	Consent  bool
	Lang     string
	Client   Client
}

// SignUp makes an account for a vendor. Faults are at the fields name, login,
// password and consent; too many from one network are Limited.
//
// There is no text message to prove a phone with, so the answer does not say
// whether the login has an account: it is the same, and takes as long, whether an
// account was made or was there. Nobody is signed in by it: the caller tries the
// password at SignIn, as whoever has the account could. If the account was there, a
// mail tells its owner, where it has an address. What a stranger learns, by signing
// up and then signing in, costs a new account for each guess and is bounded by the
// limit on sign-ups.
//
// An account that nobody ever entered takes the new password, so that a slip is
// mended by signing up again; whoever owns the phone is not kept out by a
// stranger who typed it first.
func (a *Service) SignUp(ctx context.Context, in SignUp) error {
	account, err := a.signUpAccount(in)
	if err != nil {
		return err
	}
	if _, err := a.accountLimits.signUp.Take(a.DB.Now(), in.Client.Net); err != nil {
		return err
	}
	if account.PasswordHash, err = a.passwords.hash(ctx, in.Password); err != nil {
		return err
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error { return saveSignUp(ctx, tx, account) })
}

// signUpAccount checks what was filled in and makes the account of it.
func (a *Service) signUpAccount(in SignUp) (registry.Account, error) {
	account, f := a.newAccount(cmp.Or(in.Name, standIn(in.Login)), in.Login)
	checkPassword(&f, in.Password, in.Name, account.Phone, account.Email)
	f.Check(in.Consent, "consent", "error.account.consent")
	account.Lang = in.Lang
	account.Consent = registry.Consent{Version: a.Consent().Version, At: account.CreatedAt}
	return account, f.Err()
}

// newAccount makes an active account without a password and notes what is wrong
// with its name and login.
func (a *Service) newAccount(name, login string) (registry.Account, registry.Faults) {
	var f registry.Faults
	checkName(&f, name)
	phone, email, err := ParseLogin(login)
	if err != nil {
		f = append(f, err)
	}
	return registry.Account{ID: store.NewID[registry.AccountID](), Name: name, Phone: phone, Email: email,
		State: registry.AccountActive, CreatedAt: a.NowMS()}, f
}

// atLogin puts the Conflict of a login that has an account at its field.
func atLogin(err error) error {
	if registry.KindOf(err) != registry.Conflict {
		return err
	}
	return &registry.Error{Kind: registry.Conflict, Key: "error.account.taken", Field: "login"}
}

// saveSignUp stores a sign-up. Each way writes about as much, so that the time
// tells nothing either.
func saveSignUp(ctx context.Context, tx *store.Tx, account registry.Account) error {
	action, notice := "account.sign_up", "account.mail.signed_up"
	err := tx.InsertAccount(ctx, account)
	if registry.KindOf(err) == registry.Conflict {
		there, err := tx.AccountByLogin(ctx, account.Login())
		if err != nil {
			return err
		}
		account.ID = there.ID
		action = "account.sign_up_again"
		switch err := tx.ReviseSignUp(ctx, account); registry.KindOf(err) {
		case registry.None:
		case registry.Conflict:
			account, notice = there, "account.mail.sign_up_again"
		default:
			return err
		}
	} else if err != nil {
		return err
	}
	if err := tx.Notify(ctx, registry.Message{To: account.Email, Lang: account.Lang, Key: notice, Args: []string{account.Name}}); err != nil {
		return err
	}
	return tx.AuditUnseen(ctx, registry.Actor{}, registry.Change{Action: action, Object: "account", ID: string(account.ID)})
}

// Profile is what people may change of their own account.
type Profile struct {
	Name string
	Lang string
}

// SaveProfile saves a person's own name and language. Faults are at the fields
// name and lang; it is a Conflict when the account changed meanwhile.
func (a *Service) SaveProfile(ctx context.Context, in SignedIn, p Profile) error {
	var f registry.Faults
	checkName(&f, p.Name)
	f.Check(p.Lang == "vi" || p.Lang == "en", "lang", "error.choose")
	if err := f.Err(); err != nil {
		return err
	}
	return a.Change(ctx, in.Actor, func(tx *store.Tx) (registry.Change, error) {
		account := in.Account
		account.Name, account.Lang = p.Name, p.Lang
		return accountChange("account.edit", account.ID), tx.SaveAccount(ctx, account)
	})
}

// SaveLang keeps the language that a signed-in person switched to: notices to
// them are written in it. Saving it again changes nothing.
func (a *Service) SaveLang(ctx context.Context, in SignedIn, lang string) error {
	if in.Account.Lang == lang {
		return nil
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.SaveLang(ctx, in.Account.ID, lang) })
}

// PasswordChange is a new password of somebody who knows the old one.
type PasswordChange struct {
	Old string
	New string
}

// ChangePassword sets a new password, ends all else that opens the account, and
// returns the new token of this session. Faults are at the fields old and
// password; tries at the old one are slowed down (Limited).
func (a *Service) ChangePassword(ctx context.Context, in SignedIn, p PasswordChange) (token string, err error) {
	var f registry.Faults
	checkPassword(&f, p.New, in.Account.Name, in.Account.Phone, in.Account.Email)
	if err := f.Err(); err != nil {
		return "", err
	}
	if err := a.provePassword(ctx, in, "old", p.Old); err != nil {
		return "", err
	}
	hash, err := a.passwords.hash(ctx, p.New)
	if err != nil {
		return "", err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SavePassword(ctx, in.Account.ID, in.Account.PasswordHash, hash); err != nil {
			return err
		}
		if token, err = endAccess(ctx, tx, in.Account.ID, &in.Session); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, in.Actor, accountChange("account.password", in.Account.ID))
	})
	return token, err
}

// accountChange is the audit line of a change to an account.
func accountChange(action string, id registry.AccountID) registry.Change {
	return registry.Change{Action: action, Object: "account", ID: string(id)}
}

// countTry counts a try at a secret, or is Limited when it comes too soon.
func (a *Service) countTry(ctx context.Context, key string) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.CountTry(ctx, key, forgetTry, delayAfter) })
}
