package accounts

import (
	"context"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// How long a session lasts: without a request, and at all. Office roles see
// personal data on PCs that several people use, so they idle out after half an
// hour; what they had typed comes back when they sign in again. A page in view
// that renews itself counts as use. Vendors on their own phone stay signed in for
// a month.
const (
	officeIdle  = 30 * time.Minute
	officeMax   = 12 * time.Hour
	vendorIdle  = 30 * 24 * time.Hour
	seenSpacing = time.Minute
)

// SignedIn is a browser that has signed in.
type SignedIn struct {
	Actor   registry.Actor
	Account registry.Account
	Session registry.Session
}

// withhold puts aside all that an account holds while its session owes the second
// step, so that a password alone opens nothing. It is owed by whoever holds an
// office role, and by whoever has set one up. The demo asks for none.
func (a *Service) withhold(actor registry.Actor, account registry.Account, s registry.Session) registry.Actor {
	if a.Demo || s.SecondStep || len(actor.Grants) == 0 && account.TOTPSecret == "" {
		return actor
	}
	actor.Owes, actor.Waiting, actor.Grants, actor.Members = true, actor.Grants, nil, nil
	return actor
}

// Authenticate finds the session of a token; while its second step is owed, the
// actor has no right and no vendor. It is Unauthenticated if there is
// none, it has ended, or its account is disabled.
func (a *Service) Authenticate(ctx context.Context, token string) (SignedIn, error) {
	none := registry.E(registry.Unauthenticated, "error.sign_in_first")
	if len(token) != 64 {
		return SignedIn{}, none
	}
	var in SignedIn
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if in.Session, err = tx.Session(ctx, core.HashToken(token)); err != nil {
			return err
		}
		if in.Account, err = tx.Account(ctx, in.Session.Account); err != nil {
			return err
		}
		actor, err := tx.Actor(ctx, in.Account)
		in.Actor = a.withhold(actor, in.Account, in.Session)
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return SignedIn{}, none
	}
	if err != nil {
		return SignedIn{}, err
	}
	if a.sessionEnded(in) {
		return SignedIn{}, none
	}
	return in, a.noteSeen(ctx, in.Session)
}

// sessionEnded reports whether a session counts no more. One that begins in the
// future was made under a wrong clock, and would outlive its time by as much.
func (a *Service) sessionEnded(in SignedIn) bool {
	now, idle := a.NowMS(), vendorIdle
	if in.Actor.Office() {
		idle = officeIdle
	}
	ahead := now + registry.ClockSlack.Milliseconds()
	return in.Account.State != registry.AccountActive || now >= in.Session.ExpiresAt ||
		now >= in.Session.SeenAt+idle.Milliseconds() || in.Session.CreatedAt > ahead || in.Session.SeenAt > ahead
}

// noteSeen moves the idle clock, at most once a minute so that reading pages
// does not write.
func (a *Service) noteSeen(ctx context.Context, s registry.Session) error {
	if a.NowMS()-s.SeenAt < seenSpacing.Milliseconds() {
		return nil
	}
	err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.TouchSession(ctx, s.TokenHash) })
	if registry.KindOf(err) == registry.Unavailable {
		return nil // a full disk must not sign people out
	}
	return err
}
