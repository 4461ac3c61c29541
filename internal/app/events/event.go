package events

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Event returns an event that the actor may see: public ones are for everybody,
// in the fields that are, drafts, plans and all fields for the office of their area.
// Anything else is NotFound.
func (a *Service) Event(ctx context.Context, actor registry.Actor, id registry.EventID) (registry.Event, error) {
	return a.seenEvent(ctx, actor, func(tx *store.Tx) (registry.Event, error) { return tx.Event(ctx, id) })
}

// EventBySlug is Event by the address of its page.
func (a *Service) EventBySlug(ctx context.Context, actor registry.Actor, slug string) (registry.Event, error) {
	return a.seenEvent(ctx, actor, func(tx *store.Tx) (registry.Event, error) { return tx.EventBySlug(ctx, slug) })
}

func (a *Service) seenEvent(ctx context.Context, actor registry.Actor, find func(*store.Tx) (registry.Event, error)) (e registry.Event, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		e, err = find(tx)
		return err
	})
	switch {
	case err != nil || actor.Can(registry.ViewOffice, a.Areas.Scope(e.Area)):
		return e, err
	case !e.Public():
		return registry.Event{}, registry.E(registry.NotFound, "error.not_found")
	}
	return publicEvent(e), nil
}

// OfficeEvent returns an event for its office pages. It is NotFound for whoever
// does not see the office of its area, and Forbidden for who sees it but lacks
// the right.
func (a *Service) OfficeEvent(ctx context.Context, actor registry.Actor, right registry.Right, id registry.EventID) (e registry.Event, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		e, err = a.EventFor(ctx, tx, actor, right, id)
		return err
	})
	return e, err
}

// EventFor reads an event for a use case that needs a right in its area. It is
// the first step of every change to what hangs on an event.
func (a *Service) EventFor(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id registry.EventID) (registry.Event, error) {
	e, err := tx.Event(ctx, id)
	if err != nil {
		return registry.Event{}, err
	}
	scope := a.Areas.Scope(e.Area)
	switch {
	case actor.Can(right, scope):
		return e, nil
	case actor.Can(registry.ViewOffice, scope):
		return registry.Event{}, registry.E(registry.Forbidden, "error.forbidden")
	}
	return registry.Event{}, registry.E(registry.NotFound, "error.not_found")
}

// CreateEvent stores a draft of an event. It is Invalid with all faults of the
// input, also where the actor may not manage events in the area it names.
func (a *Service) CreateEvent(ctx context.Context, actor registry.Actor, in EventInput) (registry.Event, error) {
	if !actor.CanSomewhere(registry.ManageEvents) {
		return registry.Event{}, registry.E(registry.Forbidden, "error.forbidden")
	}
	e := registry.Event{State: registry.Draft, CreatedBy: actor.Account}
	if err := a.FillEvent(actor, in, &e); err != nil {
		return registry.Event{}, err
	}
	return e, a.insertEvent(ctx, actor, &e, in, "event.create")
}

// FillEvent reads the input and checks that the event stays where the actor may
// manage events.
func (a *Service) FillEvent(actor registry.Actor, in EventInput, e *registry.Event) error {
	if err := a.readEvent(in, e); err != nil {
		return err
	}
	if !actor.Can(registry.ManageEvents, a.Areas.Scope(e.Area)) {
		return registry.At("area", "event.fault.area_right")
	}
	return nil
}

// insertEvent stores a new event with its cover.
func (a *Service) insertEvent(ctx context.Context, actor registry.Actor, e *registry.Event, in EventInput, action string) error {
	cover, err := readCover(ctx, in)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if err := saveCover(ctx, tx, e, in, cover); err != nil {
			return registry.Change{}, err
		}
		scope := a.Areas.Scope(e.Area)
		err := tx.InsertEvent(ctx, e, scope)
		return EventChange(action, e, scope, newEvent(e)), err
	})
}

// readCover prepares an uploaded cover, outside any transaction.
func readCover(ctx context.Context, in EventInput) (registry.File, error) {
	if len(in.Cover) == 0 {
		return registry.File{}, nil
	}
	f, err := core.PreparePhoto(ctx, "cover", in.Cover)
	f.Public = true
	return f, err
}

func saveCover(ctx context.Context, tx *store.Tx, e *registry.Event, in EventInput, cover registry.File) (err error) {
	if in.DropCover {
		e.Cover = ""
	}
	if len(cover.Data) > 0 {
		e.Cover, err = tx.InsertFile(ctx, cover)
	}
	return err
}

// EditEvent changes an event. It is a Conflict if somebody changed it since the
// version in the input, and if it is reported or cancelled; the event as it stands
// comes with the error. Days and unit of an event that the public knows are
// changed by MoveEvent. Those who applied to an event that the public knows are told
// of another venue, other hours and another point on the map.
func (a *Service) EditEvent(ctx context.Context, actor registry.Actor, id registry.EventID, in EventInput) (registry.Event, error) {
	e, err := a.OfficeEvent(ctx, actor, registry.ManageEvents, id)
	if err != nil {
		return e, err
	}
	was := e
	if e.State == registry.Reported || e.State == registry.Cancelled {
		return e, registry.E(registry.Conflict, "event.fault.over")
	}
	if err := a.FillEvent(actor, in, &e); err != nil {
		return e, err
	}
	e.Asked = answered(was.Asked, in, e)
	if err := keepsPromise(was, e); err != nil {
		return e, err
	}
	cover, err := readCover(ctx, in)
	if err != nil {
		return e, err
	}
	e.Version = in.Version
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		next := e // a transaction that is run again starts from the same event
		if err := saveCover(ctx, tx, &next, in, cover); err != nil {
			return registry.Change{}, err
		}
		scope := a.Areas.Scope(next.Area)
		if err := tx.SaveEvent(ctx, &next, scope); err != nil {
			return registry.Change{}, err
		}
		if was.SelfCheck != next.SelfCheck || was.JointCheck != next.JointCheck {
			if _, err := tx.SyncHolds(ctx, id); err != nil {
				return registry.Change{}, err
			}
		}
		return EventChange("event.edit", &next, scope, Differences(was, next)), a.tellChanged(ctx, tx, was, next)
	})
	if err != nil {
		return was, err
	}
	return a.OfficeEvent(ctx, actor, registry.ManageEvents, id)
}

// keepsPromise refuses other days or another unit for an event that the public
// knows.
func keepsPromise(was, now registry.Event) error {
	var faults registry.Faults
	if was.Public() {
		sameDay := func(a, b registry.EventDay) bool { return a.Day == b.Day }
		faults.Check(slices.EqualFunc(was.Days, now.Days, sameDay), "first_day", "event.fault.use_move")
		faults.Check(was.Area == now.Area, "area", "event.fault.use_move")
	}
	return faults.Err()
}

// EventChange is the line of the audit log for a change of an event.
func EventChange(action string, e *registry.Event, scope registry.Scope, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "event", ID: string(e.ID), Scope: scope, Detail: facts}
}

// newEvent is what the audit log keeps of an event that was made.
func newEvent(e *registry.Event) fact.Facts {
	return fact.Facts{fact.Said("title", e.Title), fact.Code("state", fact.EventState, e.State), fact.Days("days", e.OpensOn, e.ClosesOn),
		fact.Place("area", e.Area), fact.Ref("cloned_from", "event", e.ClonedFrom)}
}
