package accounts

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// SignIn is what a person types to be let in.
type SignIn struct {
	Login    string
	Password string
	OldToken string // of a session that this browser still holds; it ends
	Client   Client
}

// Entered is a browser that has just been let in.
type Entered struct {
	Token      string // of the new session
	Browser    string // to be left in the browser for later sign-ins
	Lang       string
	SecondStep bool // the second step comes next
}

// SignIn opens a session under a new token. A wrong password, an unknown login
// and an account without a password are the same Invalid error and take equally
// long. Tries are slowed down by login, and for strangers by network (Limited).
func (a *Service) SignIn(ctx context.Context, in SignIn) (Entered, error) {
	account, err := a.accountByLogin(ctx, in.Login)
	if err != nil {
		return Entered{}, err
	}
	try, err := a.signInTry(ctx, in, account)
	if err != nil {
		return Entered{}, err
	}
	ok, stale, err := a.passwords.verify(ctx, account.PasswordHash, in.Password)
	if err != nil {
		return Entered{}, err
	}
	if !ok {
		a.signInFailed(passwordStep, account.ID, in.Client)
		return Entered{}, registry.E(registry.Invalid, "error.account.sign_in")
	}
	try.forgive()
	if account.State != registry.AccountActive {
		return Entered{}, registry.E(registry.Invalid, "error.account.disabled")
	}
	if stale {
		if account, err = a.rehash(ctx, account, in.Password); err != nil {
			return Entered{}, err
		}
	}
	return a.enter(ctx, in, account, try)
}

// accountByLogin returns the account of a login, or the zero account.
func (a *Service) accountByLogin(ctx context.Context, login string) (account registry.Account, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		account, err = tx.AccountByLogin(ctx, loginKey(login))
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return registry.Account{}, nil
	}
	return account, err
}

// try is a sign-in that has been counted and is given back when it succeeds.
type try struct {
	at    time.Time
	key   string
	known bool
	taken []*rate.Reservation
}

// signInTry counts a try before its outcome is known, so that tries side by side
// are counted too. The login is the key whether it has an account or not. A
// browser that signed in to the account before has a count of its own: strangers
// who guess at an account cannot keep its owner waiting.
func (a *Service) signInTry(ctx context.Context, in SignIn, account registry.Account) (try, error) {
	t := try{at: a.DB.Now(), known: a.knows(in.Client.Browser, account.ID)}
	t.key = a.Seals.Keyed("sign-in", loginKey(in.Login))
	if t.known {
		t.key = a.Seals.Keyed("sign-in", string(account.ID), in.Client.Browser)
	} else if err := t.take(a.accountLimits.failed, in.Client.Net); err != nil {
		return t, err
	}
	if err := t.take(a.accountLimits.signIn, t.key+in.Client.Net); err != nil {
		return t, err
	}
	return t, a.countTry(ctx, t.key)
}

func (t *try) take(from *core.Limiter, key string) error {
	r, err := from.Take(t.at, key)
	if err == nil {
		t.taken = append(t.taken, r)
	}
	return err
}

// forgive gives back what a successful try took from the limits.
func (t try) forgive() {
	for _, r := range t.taken {
		r.CancelAt(t.at)
	}
}

// browserToken marks a browser in which the account's owner has signed in. It
// opens nothing.
func (a *Service) browserToken(id registry.AccountID) string {
	nonce, _ := core.NewToken()
	return nonce[:16] + "." + a.Seals.Keyed("browser", string(id), nonce[:16])[:32]
}

// knows reports whether a browser holds the mark of an account.
func (a *Service) knows(token string, id registry.AccountID) bool {
	nonce, mark, ok := strings.Cut(token, ".")
	if !ok || id == "" || strings.ContainsRune(nonce, 0) {
		return false
	}
	want := a.Seals.Keyed("browser", string(id), nonce)[:32]
	return subtle.ConstantTimeCompare([]byte(mark), []byte(want)) == 1
}

// rehash stores a password under today's parameters.
func (a *Service) rehash(ctx context.Context, account registry.Account, password string) (registry.Account, error) {
	hash, err := a.passwords.hash(ctx, password)
	if err != nil {
		return account, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error { return tx.SavePassword(ctx, account.ID, account.PasswordHash, hash) })
	account.PasswordHash = hash
	return account, err
}

// enter opens the session.
func (a *Service) enter(ctx context.Context, in SignIn, account registry.Account, t try) (Entered, error) {
	e := Entered{Lang: account.Lang, Browser: in.Client.Browser}
	if !t.known {
		e.Browser = a.browserToken(account.ID)
	}
	token, hash := core.NewToken()
	e.Token = token
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.ForgetTries(ctx, t.key); err != nil {
			return err
		}
		if err := tx.NoteEntered(ctx, account.ID); err != nil {
			return err
		}
		actor, err := tx.Actor(ctx, account)
		if err != nil {
			return err
		}
		s := a.newSession(tx, actor, hash, in.Client.Device)
		if err := tx.MovePush(ctx, core.HashToken(in.OldToken), s); err != nil {
			return err
		}
		if err := tx.DeleteSession(ctx, core.HashToken(in.OldToken)); err != nil {
			return err
		}
		e.SecondStep = a.withhold(actor, account, s).Owes
		if err := tx.InsertSession(ctx, s); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, actor, accountChange("account.sign_in", account.ID))
	})
	return e, err
}

// newSession makes the session of an account that is let in.
func (a *Service) newSession(tx *store.Tx, actor registry.Actor, hash, device string) registry.Session {
	length := vendorIdle
	if actor.Office() {
		length = officeMax
	}
	return registry.Session{TokenHash: hash, ID: store.NewID[registry.SessionID](), Account: actor.Account,
		CreatedAt: tx.NowMS(), SeenAt: tx.NowMS(), ExpiresAt: tx.Now().Add(length).UnixMilli(), Device: device}
}

// SignOut ends this session.
func (a *Service) SignOut(ctx context.Context, in SignedIn) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteSession(ctx, in.Session.TokenHash); err != nil {
			return err
		}
		if err := tx.EndStrayPush(ctx, in.Session); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, in.Actor, accountChange("account.sign_out", in.Account.ID))
	})
}

// SignOutElsewhere ends all that opens the account but its password and this
// session, whose new token it returns.
func (a *Service) SignOutElsewhere(ctx context.Context, in SignedIn) (token string, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if token, err = endAccess(ctx, tx, in.Account.ID, &in.Session); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, in.Actor, accountChange("account.sign_out_elsewhere", in.Account.ID))
	})
	return token, err
}

// EndSession ends one session of the person's own account, or is NotFound.
func (a *Service) EndSession(ctx context.Context, in SignedIn, id registry.SessionID) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.EndSession(ctx, in.Account.ID, id); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, in.Actor, accountChange("account.sign_out", in.Account.ID))
	})
}

// Sessions returns the live sessions of the person's own account, this one
// among them, the one seen last first.
func (a *Service) Sessions(ctx context.Context, in SignedIn) (live []registry.Session, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Sessions(ctx, in.Account.ID)
		for _, s := range all {
			if !a.sessionEnded(SignedIn{Actor: in.Actor, Account: in.Account, Session: s}) {
				live = append(live, s)
			}
		}
		return err
	})
	return live, err
}
