package booths

import (
	"context"
	"time"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// pick runs a use case of an approved vendor that picks its booth itself. It is
// NotFound for who does not act for the vendor, and a Conflict if the event is
// over or its booths are given by the organiser.
func (a *Service) pick(ctx context.Context, actor registry.Actor, id registry.ApplicationID, action string, fn func(*boothChange) (fact.Facts, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, event, err := a.ownApplication(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := givesBooths(event); err != nil {
			return registry.Change{}, err
		}
		if !event.SelfPick {
			return registry.Change{}, registry.E(registry.Conflict, "error.booth.no_self_pick")
		}
		if err := tx.LockPlaces(ctx, event.ID); err != nil {
			return registry.Change{}, err
		}
		facts, err := fn(&boothChange{tx: tx, actor: actor, event: event})
		return registry.Change{Action: action, Object: "application", ID: string(app.ID), Scope: a.Areas.Scope(event.Area), Detail: facts}, err
	})
}

// HoldBooth keeps a booth for an approved application while its vendor thinks,
// and lets go of the one it held before. It returns the instant (unix ms) at
// which the hold is over. It is a Conflict if the booth is not free.
func (a *Service) HoldBooth(ctx context.Context, actor registry.Actor, id registry.ApplicationID, booth registry.BoothID) (until int64, err error) {
	err = a.pick(ctx, actor, id, "booth.hold", func(c *boothChange) (fact.Facts, error) {
		if _, err := boothsLeft(ctx, c.tx, c.event.ID, id); err != nil {
			return nil, err
		}
		b, err := c.tx.Booth(ctx, c.event.ID, booth)
		if err != nil {
			return nil, err
		}
		if err := keptForDraw(ctx, c.tx, c.event.ID, b.Code); err != nil {
			return nil, err
		}
		if err := keptForWinner(ctx, c.tx, c.event.ID, b.Code, id); err != nil {
			return nil, err
		}
		if err := c.tx.DropHold(ctx, id); err != nil {
			return nil, err
		}
		set, err := a.SettingsIn(ctx, c.tx)
		if err != nil {
			return nil, err
		}
		until = c.tx.Now().Add(time.Duration(set.HoldMinutes) * time.Minute).UnixMilli()
		return boothMove{Code: b.Code, To: id}.facts(), c.tx.HoldBooth(ctx, booth, id, until)
	})
	return until, err
}

// TakeBooth turns the hold of an approved application into its booth. It is a
// Conflict if the hold is over.
func (a *Service) TakeBooth(ctx context.Context, actor registry.Actor, id registry.ApplicationID, booth registry.BoothID) error {
	return a.pick(ctx, actor, id, "booth.take", func(c *boothChange) (fact.Facts, error) {
		if _, err := boothsLeft(ctx, c.tx, c.event.ID, id); err != nil {
			return nil, err
		}
		b, err := c.tx.Booth(ctx, c.event.ID, booth)
		if err != nil {
			return nil, err
		}
		if err := c.tx.ConfirmBooth(ctx, booth, id); err != nil {
			return nil, err
		}
		return boothMove{Code: b.Code, To: id}.facts(), a.assigned(ctx, c, b, id)
	})
}

// DropHold lets go of the booth that an application holds. Doing it again
// changes nothing.
func (a *Service) DropHold(ctx context.Context, actor registry.Actor, id registry.ApplicationID) error {
	return a.pick(ctx, actor, id, "booth.drop", func(c *boothChange) (fact.Facts, error) {
		return nil, c.tx.DropHold(ctx, id)
	})
}

// ExpireHolds frees the booths whose hold is over and returns how many they
// were. It only tidies: such a booth counts as free from the instant on.
func (a *Service) ExpireHolds(ctx context.Context) (n int, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.ExpireHolds(ctx)
		return err
	})
	return n, err
}
