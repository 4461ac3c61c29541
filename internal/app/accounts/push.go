package accounts

import (
	"context"
	"net/url"
	"strings"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// maxPhones is how many browsers of one account get notifications: a household's phones.
const maxPhones = 10

// PushInput is a subscription as a browser sends it.
type PushInput struct {
	Endpoint string `form:"endpoint"`
	P256dh   string `form:"p256dh"`
	Auth     string `form:"auth"`
	Key      string `form:"key"` // public key of the server that the browser subscribed with
}

// errNoPush says that phones get no notifications here.
var errNoPush = registry.E(registry.NotFound, "push.error.off")

// Subscribe lets the server notify the browser of a session, for the account that is
// signed in there. Subscribing again changes nothing. Invalid for an address that is
// none of a push service, a Conflict with too many phones, with a key of the server that
// is no longer in use, and for an address that another account has under other keys:
// only the browser itself knows them, which is how it changes hands. Limited after a few.
func (a *Service) Subscribe(ctx context.Context, in SignedIn, p PushInput) error {
	if !a.PushOn() {
		return errNoPush
	}
	if _, err := a.pushTries.Take(a.DB.Now(), string(in.Account.ID)); err != nil {
		return err
	}
	to := registry.PushAddress{Endpoint: p.Endpoint, P256dh: strings.TrimRight(p.P256dh, "="), Auth: strings.TrimRight(p.Auth, "=")}
	if err := a.Push.Takes(to); err != nil {
		return registry.At("endpoint", "push.error.address")
	}
	key, _, err := a.PushKey(ctx)
	if err != nil {
		return err
	}
	if key.Public != strings.TrimRight(p.Key, "=") {
		return registry.E(registry.Conflict, "push.error.key")
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error { return a.subscribe(ctx, tx, in, to) })
}

func (a *Service) subscribe(ctx context.Context, tx *store.Tx, in SignedIn, to registry.PushAddress) error {
	if known, err := a.samePush(ctx, tx, in, to); err != nil || known {
		return err
	}
	all, err := tx.Pushes(ctx, in.Account.ID)
	if err != nil {
		return err
	}
	others := 0
	for _, s := range all {
		if s.Session != in.Session.ID {
			others++
		}
	}
	if others >= maxPhones {
		return registry.E(registry.Conflict, "push.error.too_many", maxPhones)
	}
	u, err := url.Parse(to.Endpoint)
	if err != nil {
		return err
	}
	s := registry.PushSubscription{ID: store.NewID[registry.PushID](), Account: in.Account.ID, Session: in.Session.ID, Service: u.Hostname(),
		Device: in.Session.Device}
	if err := a.SealPush(&s, to); err != nil {
		return err
	}
	if err := tx.InsertPush(ctx, s); err != nil {
		return err
	}
	return tx.AuditUnseen(ctx, in.Actor, pushChange("account.push_on", s))
}

// samePush finds the subscription of an address. Known is one that the session has
// already; any other that may go makes way for a new one.
func (a *Service) samePush(ctx context.Context, tx *store.Tx, in SignedIn, to registry.PushAddress) (known bool, err error) {
	s, err := tx.PushByHash(ctx, a.PushHash(to))
	if registry.KindOf(err) == registry.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	had, err := a.OpenPush(s)
	switch {
	case err != nil:
		return false, err
	case s.Account != in.Account.ID && had != to:
		return false, registry.E(registry.Conflict, "push.error.taken")
	case s.Account == in.Account.ID && s.Session == in.Session.ID && had == to:
		return true, nil
	}
	return false, tx.DropPush(ctx, s.ID)
}

// pushChange is the audit line of a subscription.
func pushChange(action string, s registry.PushSubscription) registry.Change {
	c := accountChange(action, s.Account)
	c.Detail = fact.Facts{fact.Said("device", s.Device), fact.Said("service", s.Service)}
	return c
}

// PushPhones returns the browsers of the person's own account that get notifications, the
// newest first.
func (a *Service) PushPhones(ctx context.Context, in SignedIn) (list []registry.PushSubscription, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		list, err = tx.Pushes(ctx, in.Account.ID)
		return err
	})
	return list, err
}

// EndPush ends the notifications of a browser of the person's own account. NotFound for
// any other.
func (a *Service) EndPush(ctx context.Context, in SignedIn, id registry.PushID) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		s, err := tx.Push(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.EndPush(ctx, in.Account.ID, id); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, in.Actor, pushChange("account.push_off", s))
	})
}

// NoteOpened notes that somebody opened a notification. Whoever names one has it from
// the phone: nobody else was told. NotFound for one that never went out.
func (a *Service) NoteOpened(ctx context.Context, id registry.MessageID) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.PushOpened(ctx, id) })
}
