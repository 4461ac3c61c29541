package booths

import (
	"context"
	"slices"

	"hoicho/internal/app/events"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// BoothEffect is what taking a booth back touches, for the question that comes
// before it.
type BoothEffect struct {
	events.Effect
	Dying []registry.PassRow // passes that no longer open a gate
	Left  int                // other booths that the vendor keeps
}

// BoothEffect tells what taking a booth back would touch. It needs ManageBooths in
// the area of the event, and is a Conflict if nobody has the booth.
func (a *Service) BoothEffect(ctx context.Context, actor registry.Actor, ref BoothRef) (x BoothEffect, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, ref.Event)
		if err != nil {
			return err
		}
		b, err := tx.Booth(ctx, event.ID, ref.Booth)
		if err != nil {
			return err
		}
		if b.State != registry.BoothAssigned {
			return errNotAssigned()
		}
		if x.Dying, x.Left, err = dying(ctx, tx, b); err != nil {
			return err
		}
		x.Effect, err = a.willReach(ctx, tx, b.Application)
		x.Passes = len(x.Dying)
		return err
	})
	return x, err
}

// dying are the passes that RevokeForBooth would revoke, and how many booths the
// application keeps.
func dying(ctx context.Context, tx *store.Tx, b registry.Booth) (rows []registry.PassRow, left int, err error) {
	if left, err = passes.OtherBooths(ctx, tx, b); err != nil {
		return nil, 0, err
	}
	f := registry.PassFilter{Event: b.Event, Stall: b.ID}
	if left > 0 {
		f = registry.PassFilter{Event: b.Event, Booth: b.ID}
	}
	rows, err = tx.Passes(ctx, f)
	return slices.DeleteFunc(rows, func(r registry.PassRow) bool { return r.State == registry.PassRevoked }), left, err
}

// willReach says whether a notice to the vendor of an application goes as a letter
// or has to be told on the telephone, and whether a phone of it shows it.
func (a *Service) willReach(ctx context.Context, tx *store.Tx, id registry.ApplicationID) (events.Effect, error) {
	app, err := tx.Application(ctx, id)
	if err != nil {
		return events.Effect{}, err
	}
	contacts, err := tx.VendorContacts(ctx, app.Vendor)
	if len(contacts) > 0 && !a.NoMail {
		return events.Effect{Letters: 1}, err
	}
	x := events.Effect{Calls: 1}
	if err == nil && a.PushOn() {
		phones, fault := tx.PushTargets(ctx, app.Vendor)
		x.Pushes, err = min(1, len(phones)), fault
	}
	return x, err
}
