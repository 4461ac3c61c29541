package personal

import (
	"context"
	"errors"
	"fmt"

	"hoicho/internal/fact"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/report/own"
	"hoicho/internal/store"
	kept "hoicho/internal/store/personal"
)

// EraseNightly carries out the erasures whose day has come, and returns how many. One that
// something stands against is put off, and tried again at the next run.
func (a *Service) EraseNightly(ctx context.Context) (n int, err error) {
	var open []personal.Erasure
	if err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		open, err = kept.OpenErasures(ctx, tx)
		return err
	}); err != nil {
		return 0, err
	}
	for _, e := range open {
		if e.DueOn > a.Today() {
			break // in the order of their days
		}
		done, one := a.carryOut(ctx, e.ID)
		if one != nil && (registry.KindOf(one) != registry.Conflict || a.stillOpen(ctx, e.ID)) { // else another server was quicker
			err = errors.Join(err, fmt.Errorf("erasure %s: %w", e.ID, one))
		}
		if done {
			n++
		}
	}
	return n, err
}

// stillOpen reports whether an erasure whose day has come is not carried out and not put off.
func (a *Service) stillOpen(ctx context.Context, id personal.ErasureID) (open bool) {
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		e, err := kept.Erasure(ctx, tx, id)
		open = e.State == personal.Waiting
		return err
	})
	return open || err != nil
}

// carryOut erases an account in one transaction, or puts that off.
func (a *Service) carryOut(ctx context.Context, id personal.ErasureID) (done bool, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		done = false
		if err := tx.AdminTurn(ctx); err != nil { // two administrators shall not erase each other side by side
			return err
		}
		e, err := kept.Erasure(ctx, tx, id)
		if err != nil || !e.State.Open() || e.DueOn > a.Today() {
			return err
		}
		r, err := kept.ByID(ctx, tx, e.Request)
		if err != nil {
			return err
		}
		against, err := against(ctx, tx, registry.AccountID(e.Account))
		if err != nil {
			return err
		}
		if len(against) > 0 {
			return a.putOff(ctx, tx, e, r, against)
		}
		done = true
		return a.erase(ctx, tx, e, r)
	})
	return done && err == nil, err
}

// against are the obstacles of now. Where there are none, writers of the vendors that the
// erasure empties wait for its end, so that none can come up meanwhile.
func against(ctx context.Context, tx *store.Tx, account registry.AccountID) ([]personal.Obstacle, error) {
	found, err := kept.Obstacles(ctx, tx, account)
	if err != nil || len(found) > 0 {
		return found, err
	}
	ids, err := kept.Households(ctx, tx, account)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	for _, id := range ids {
		if err := tx.LockVendor(ctx, id); err != nil {
			return nil, err
		}
	}
	return kept.Obstacles(ctx, tx, account)
}

// putOff notes why an erasure is not carried out, once as long as the reasons are the same.
func (a *Service) putOff(ctx context.Context, tx *store.Tx, e personal.Erasure, r personal.Request, against []personal.Obstacle) error {
	if e.State == personal.PutOff && personal.SameObstacles(e.Obstacles, against) {
		return nil
	}
	e.State, e.Obstacles, e.TriedAt = personal.PutOff, against, a.NowMS()
	if err := kept.SaveErasure(ctx, tx, &e); err != nil {
		return err
	}
	why := make([]string, len(against))
	for i, o := range against {
		why[i] = string(o.Why)
	}
	return tx.Audit(ctx, registry.SystemActor("retention"),
		change(registry.Change{Action: "personal.erase_put_off"}, &r, fact.List("erase_obstacles", fact.Hindrance, why...)))
}

// erase destroys the data of an account and closes the request, with what was done as its
// answer. Figures stay as they are: rows that they count lose what is personal alone.
func (a *Service) erase(ctx context.Context, tx *store.Tx, e personal.Erasure, r personal.Request) error {
	of, err := tx.Account(ctx, registry.AccountID(e.Account))
	if err != nil {
		return err
	}
	if e.Effects, err = kept.EraseEffects(ctx, tx, of.ID); err != nil {
		return err
	}
	e.State, e.Obstacles, e.TriedAt, e.DoneAt = personal.Erased, nil, a.NowMS(), a.NowMS()
	if err := kept.SaveErasure(ctx, tx, &e); err != nil {
		return err
	}
	for _, login := range []string{of.Phone, of.Email} {
		if err := tx.ForgetTries(ctx, a.Seals.Keyed("sign-in", login)); err != nil {
			return err
		}
	}
	if err := kept.EraseLetters(ctx, tx, of.ID); err != nil {
		return err
	}
	if err := a.emptyVendors(ctx, tx, of); err != nil {
		return err
	}
	if err := kept.Erase(ctx, tx, of.ID); err != nil {
		return err
	}
	if err := a.answer(ctx, tx, of.ID, r, own.EraseAnswer(of.Lang, e.Effects)); err != nil {
		return err
	}
	return tx.Audit(ctx, registry.SystemActor("retention"), change(registry.Change{Action: "personal.erase"}, &r, numbers(e.Effects)...))
}

// answer closes a request that was carried out, and what the account itself asked for the same.
func (a *Service) answer(ctx context.Context, tx *store.Tx, account registry.AccountID, r personal.Request, said string) error {
	own, err := kept.OpenRequestsOf(ctx, tx, account, r.ID)
	if err != nil {
		return err
	}
	for _, x := range append(own, r) {
		if !x.State.Open() {
			continue
		}
		x.State, x.ClosedAt, x.ClosedAs, x.Answer = personal.Done, a.NowMS(), "retention", said
		if err := kept.Save(ctx, tx, &x); err != nil {
			return err
		}
	}
	return nil
}
