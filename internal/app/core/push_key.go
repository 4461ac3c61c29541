package core

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Pusher hands notifications to push services; notify has the one that serves.
type Pusher interface {
	// Takes reports why an address that a browser sent is not to be written to, nil if
	// it may be.
	Takes(to registry.PushAddress) error
	// Push sends one notification. An error says that no push service answered; one that
	// wraps registry.ErrUndeliverable is final.
	Push(ctx context.Context, p registry.Push) (registry.PushAnswer, error)
}

// PushOn reports whether phones get notifications here.
func (a *Core) PushOn() bool { return a.Push != nil }

// PreparePush makes the key pair of notifications, where there is none yet: at the first
// start. Of servers that start at once all use the pair of the first.
func (a *Core) PreparePush(ctx context.Context) error {
	if !a.PushOn() {
		return nil
	}
	_, _, err := a.PushKey(ctx)
	return err
}

// PushKey returns the key pair in use with its private half, base64url, and makes one
// where there is none.
func (a *Core) PushKey(ctx context.Context) (k registry.PushKey, private string, err error) {
	read := func(tx *store.Tx) error {
		k, err = tx.PushKey(ctx)
		return err
	}
	err = a.DB.Read(ctx, read)
	if registry.KindOf(err) == registry.NotFound {
		err = a.DB.Write(ctx, func(tx *store.Tx) error {
			if err := a.newPushKey(ctx, tx); err != nil {
				return err
			}
			return read(tx)
		})
	}
	if err != nil {
		return k, "", err
	}
	private, err = a.Seals.Open(k.Sealed, pushKeyPlace+k.ID)
	return k, private, err
}

// pushKeyPlace begins the places for which private halves are sealed.
const pushKeyPlace = "push key "

func (a *Core) newPushKey(ctx context.Context, tx *store.Tx) error {
	pair, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	encode := base64.RawURLEncoding.EncodeToString
	k := registry.PushKey{ID: store.NewID[string](), Public: encode(pair.PublicKey().Bytes())}
	k.Sealed = a.Seals.Seal(encode(pair.Bytes()), pushKeyPlace+k.ID)
	return tx.InsertPushKey(ctx, k)
}

// PushState is what an administrator sees of notifications on phones.
type PushState struct {
	On     bool
	Key    registry.PushKey
	Phones int // that hear
}

// PushState returns the key in use and how many phones hear. Rights as for RenewPushKey.
func (a *Core) PushState(ctx context.Context, actor registry.Actor) (s PushState, err error) {
	if !actor.Can(registry.ManageKeys, nil) {
		return s, errNotTheirs
	}
	if s.On = a.PushOn(); !s.On {
		return s, nil
	}
	if s.Key, _, err = a.PushKey(ctx); err != nil {
		return s, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s.Phones, err = tx.CountPushes(ctx)
		return err
	})
	return s, err
}

// RenewPushKey puts another key pair in the place of the one named by id, as it was
// shown: after a copy of the database and the master key went astray. No phone hears any
// more until its owner asks for it anew, which the pages offer. The actor needs
// ManageKeys for the whole country, else it is NotFound; a Conflict when somebody else
// has renewed it.
func (a *Core) RenewPushKey(ctx context.Context, actor registry.Actor, id string) error {
	if !actor.Can(registry.ManageKeys, nil) || !a.PushOn() {
		return errNotTheirs
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		phones, err := tx.CountPushes(ctx)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.RetirePushKey(ctx, id); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "push.renew", Object: "setting", ID: "push", Detail: fact.Facts{fact.Count("phones", phones)}}, a.newPushKey(ctx, tx)
	})
}
