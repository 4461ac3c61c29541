package passes

import (
	"context"
	"strconv"

	"hoicho/internal/fact"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// KeyInUse is a signing key with what would die with it.
type KeyInUse struct {
	registry.PassKey
	Passes   int // valid or blocked passes that it signed, of events not yet over
	Vouchers int // the same of vouchers, as far as they are not spent
}

// Dying is how many would die with the key.
func (k *KeyInUse) Dying() int { return k.Passes + k.Vouchers }

// signingRing returns the ring that signs, in the transaction that issues. The
// first pass ever makes the first key.
func (a *Service) signingRing(ctx context.Context, tx *store.Tx) (*pass.KeyRing, error) {
	keys, err := tx.PassKeys(ctx)
	if err != nil {
		return nil, err
	}
	ring, err := pass.NewSigningRing(keys, a.MasterKey)
	if err != nil || ring.Active() != 0 {
		return ring, err
	}
	if _, err := a.activateNext(ctx, tx); err != nil {
		return nil, err
	}
	if keys, err = tx.PassKeys(ctx); err != nil {
		return nil, err
	}
	return pass.NewSigningRing(keys, a.MasterKey)
}

// activateNext makes the next key sign, or a new one where none waits, while none is
// active.
func (a *Service) activateNext(ctx context.Context, tx *store.Tx) (registry.PassKey, error) {
	keys, err := tx.PassKeys(ctx)
	if err != nil {
		return registry.PassKey{}, err
	}
	next, err := a.nextKey(ctx, tx, keys)
	if err != nil {
		return next, err
	}
	return next, tx.StepPassKey(ctx, next.ID, registry.KeyNext, registry.KeyActive)
}

// Keys lists the signing keys, dead ones too. The actor needs ManageKeys for the
// whole country: keys sign the passes of all events.
func (a *Service) Keys(ctx context.Context, actor registry.Actor) ([]KeyInUse, error) {
	if !actor.Can(registry.ManageKeys, nil) {
		return nil, registry.E(registry.NotFound, "error.not_found")
	}
	var out []KeyInUse
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		keys, err := tx.PassKeys(ctx)
		if err != nil {
			return err
		}
		passes, vouchers, err := dying(ctx, tx, a.Today())
		for _, k := range keys {
			out = append(out, KeyInUse{k, passes[k.ID], vouchers[k.ID]})
		}
		return err
	})
	return out, err
}

// RotateKey makes the next key sign from now on. The key that signed so far only
// verifies: its passes stay good. A new next key is made at once, so that gates
// hear of it before it signs. Conflict when all 15 numbers are in use: killing a key
// frees its number.
func (a *Service) RotateKey(ctx context.Context, actor registry.Actor) error {
	if !actor.Can(registry.ManageKeys, nil) {
		return registry.E(registry.NotFound, "error.not_found")
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		keys, err := tx.PassKeys(ctx)
		if err != nil {
			return registry.Change{}, err
		}
		for _, k := range keys {
			if k.State == registry.KeyActive {
				if err := tx.StepPassKey(ctx, k.ID, k.State, registry.KeyVerifyOnly); err != nil {
					return registry.Change{}, err
				}
			}
		}
		next, err := a.activateNext(ctx, tx)
		if err != nil {
			return registry.Change{}, err
		}
		c := registry.Change{Action: "key.rotate", Object: "key", ID: keyName(next.ID)}
		return c, a.prepareKey(ctx, tx)
	})
}

// nextKey returns the key that is known to the gates and does not sign yet, and
// makes one where there is none.
func (a *Service) nextKey(ctx context.Context, tx *store.Tx, keys []registry.PassKey) (registry.PassKey, error) {
	for _, k := range keys {
		if k.State == registry.KeyNext {
			return k, nil
		}
	}
	k, err := pass.NewKey(keys, a.MasterKey, tx.NowMS())
	if err != nil {
		return k, err
	}
	stored, err := tx.InsertPassKey(ctx, k)
	if err == nil && !stored {
		err = registry.E(registry.Conflict, "error.stale")
	}
	return k, err
}

// prepareKey makes a next key where there is none; with all numbers taken there
// is none until one is freed, which the next rotation says.
func (a *Service) prepareKey(ctx context.Context, tx *store.Tx) error {
	keys, err := tx.PassKeys(ctx)
	if err != nil {
		return err
	}
	_, err = a.nextKey(ctx, tx, keys)
	if registry.KindOf(err) == registry.Conflict {
		return nil
	}
	return err
}

// dying counts what would die with each key.
func dying(ctx context.Context, tx *store.Tx, today string) (passes, vouchers map[int]int, err error) {
	if passes, err = tx.PassesByKey(ctx, today); err != nil {
		return nil, nil, err
	}
	vouchers, err = tx.VouchersByKey(ctx, today)
	return passes, vouchers, err
}

// KillKey refuses from now on every pass that a key signed, typed codes included;
// they must be issued anew (ReissueKilled); a voucher needs another pack. The next key signs in the place of one that
// did. It is final. seen is the number of passes and vouchers that the actor was shown to die
// with the key: Conflict if there are more by now.
func (a *Service) KillKey(ctx context.Context, actor registry.Actor, id, seen int) error {
	if !actor.Can(registry.ManageKeys, nil) {
		return registry.E(registry.NotFound, "error.not_found")
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		passes, vouchers, err := dying(ctx, tx, a.Today())
		if err != nil {
			return registry.Change{}, err
		}
		if passes[id]+vouchers[id] > seen {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		keys, err := tx.PassKeys(ctx)
		if err != nil {
			return registry.Change{}, err
		}
		for _, k := range keys {
			if k.ID == id && k.State.CanBecome(registry.KeyDead) {
				c := registry.Change{Action: "key.kill", Object: "key", ID: keyName(id), Detail: fact.Facts{fact.Count("passes", passes[id]+vouchers[id])}}
				if err := tx.RevokeKeyPasses(ctx, id, registry.KeyKilled); err != nil {
					return c, err
				}
				if err := tx.StepPassKey(ctx, id, k.State, registry.KeyDead); err != nil || k.State != registry.KeyActive {
					return c, err
				}
				if _, err := a.activateNext(ctx, tx); err != nil {
					return c, err
				}
				return c, a.prepareKey(ctx, tx)
			}
		}
		return registry.Change{}, registry.E(registry.NotFound, "error.not_found")
	})
}

// keyName is what the audit log calls a key: the letter of its number, and which key
// of that number it is from the second on.
func keyName(id int) string {
	k := registry.PassKey{ID: id}
	name := "key-" + string(rune('a'+k.Number()-1))
	if nth := (id-1)/registry.MaxPassKeys + 1; nth > 1 {
		name += strconv.Itoa(nth)
	}
	return name
}
