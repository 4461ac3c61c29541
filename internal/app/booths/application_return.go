package booths

import (
	"context"
	"slices"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ReturnEffect is what sending an approved application back to the queue touches.
type ReturnEffect struct {
	events.Effect
	Application registry.Application
	Event       registry.Event
	Vendor      registry.Vendor
	Booths      []registry.Booth   // that go free
	Dying       []registry.PassRow // passes that no longer open a gate
	Waiting     int                // vendors on the waiting list, who are offered the place first
}

// ReturnEffect tells what sending an approved application back would touch. Rights
// are those of a decision; it is a Conflict if the application is not approved, or
// its event is over.
func (a *Service) ReturnEffect(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (x ReturnEffect, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if x.Application, err = tx.Application(ctx, id); err != nil {
			return err
		}
		if x.Event, err = tx.Event(ctx, x.Application.Event); err != nil {
			return err
		}
		if err := a.mayReview(actor, x.Application, x.Event); err != nil {
			return err
		}
		if err := mayReturn(x.Application, x.Event); err != nil {
			return err
		}
		return a.readReturn(ctx, tx, &x)
	})
	return x, err
}

// MayReturn reports whether an application can be sent back to the queue.
func MayReturn(app registry.Application, e registry.Event) bool { return mayReturn(app, e) == nil }

func mayReturn(app registry.Application, e registry.Event) error {
	if app.State != registry.AppApproved {
		return registry.E(registry.Conflict, "error.application.step")
	}
	return givesBooths(e)
}

func (a *Service) readReturn(ctx context.Context, tx *store.Tx, x *ReturnEffect) (err error) {
	app := x.Application
	if x.Vendor, err = tx.Vendor(ctx, app.Vendor); err != nil {
		return err
	}
	if x.Booths, err = tx.BoothsOf(ctx, app.ID); err != nil {
		return err
	}
	if x.Effect, err = a.willReach(ctx, tx, app.ID); err != nil {
		return err
	}
	if x.Waiting, err = tx.CountApplications(ctx, registry.ApplicationFilter{Event: app.Event, States: []registry.ApplicationState{registry.AppWaitlisted}}); err != nil {
		return err
	}
	if countAssigned(x.Booths) == 0 {
		return nil // no pass is revoked without a booth
	}
	rows, err := tx.Passes(ctx, registry.PassFilter{Event: app.Event, Vendor: app.Vendor})
	x.Dying = slices.DeleteFunc(rows, func(r registry.PassRow) bool { return r.State == registry.PassRevoked || r.Application != app.ID })
	x.Passes = len(x.Dying)
	return err
}

// ReturnApplication sends an approved application back to the queue with a reason,
// which the vendor is told. Its booths go free, their passes die, and the place is
// offered to who waits longest; it keeps its turn in the queue.
func (a *Service) ReturnApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID, d Decision) error {
	d, fault := d.withReason(true)
	return a.decide(ctx, actor, id, d, func(tx *store.Tx, app registry.Application, t turn) (turn, error) {
		t.to, t.notice = registry.AppSubmitted, "returned"
		if err := mayReturn(app, t.event); err != nil {
			return t, err
		}
		if fault != nil {
			return t, fault
		}
		return t, a.leave(ctx, tx, app, t)
	})
}
