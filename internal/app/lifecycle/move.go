package lifecycle

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// MoveInput is the new plan of an event that the public knows already.
type MoveInput struct {
	FirstDay, LastDay, OpensAt, ClosesAt string
	Area, Venue, Place, Directions       string
	ApplyFrom, ApplyUntil                string
	Reason                               string
	Version                              int64
}

// movable are the states from which an event can be moved.
var movable = []registry.EventState{registry.Announced, registry.Open, registry.Closed, registry.Moved, registry.Postponed}

// CanMove reports whether an event can be moved: one that the public knows and that
// has not begun.
func CanMove(e registry.Event) bool { return e.Public() && slices.Contains(movable, e.State) }

// MoveEvent gives an event that the public knows other days or another place,
// with a reason. The programme and the days of applications move along, and all
// applicants are told. Faults and conflicts are those of EditEvent.
func (a *Service) MoveEvent(ctx context.Context, actor registry.Actor, id registry.EventID, in MoveInput) (registry.Event, error) {
	e, err := a.Events.OfficeEvent(ctx, actor, registry.ManageEvents, id)
	if err != nil {
		return e, err
	}
	if !CanMove(e) {
		return e, registry.E(registry.Conflict, "event.fault.step")
	}
	was := e
	if err := a.fillMove(actor, in, &e); err != nil {
		return e, err
	}
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		next := e
		next.StateAt = tx.NowMS()
		scope := a.Areas.Scope(next.Area)
		if err := tx.SaveEvent(ctx, &next, scope); err != nil {
			return registry.Change{}, err
		}
		if err := a.shiftEvent(ctx, tx, actor, was, next); err != nil {
			return registry.Change{}, err
		}
		return events.EventChange("event.move", &next, scope, events.Differences(was, next)), nil
	})
	if err != nil {
		return was, err
	}
	return a.Events.OfficeEvent(ctx, actor, registry.ManageEvents, id)
}

// fillMove puts the new plan into the event.
func (a *Service) fillMove(actor registry.Actor, in MoveInput, e *registry.Event) error {
	was := *e
	r := core.Input{Today: a.Today()}
	reason := r.Needed("reason", in.Reason, 500)
	all := events.EventInputOf(was)
	if first, err := vn.ParseDate(in.FirstDay, r.Today); err == nil {
		all = events.ShiftInput(all, vn.DaysBetween(was.OpensOn, first))
	}
	all.FirstDay, all.LastDay, all.OpensAt, all.ClosesAt = in.FirstDay, in.LastDay, in.OpensAt, in.ClosesAt
	all.Area, all.Venue, all.Place, all.Directions = in.Area, in.Venue, in.Place, in.Directions
	all.ApplyFrom, all.ApplyUntil, all.Items = in.ApplyFrom, in.ApplyUntil, nil
	err := a.Events.FillEvent(actor, all, e)
	if err := core.JoinFaults(r.Faults, err); err != nil {
		return err
	}
	if e.Days[0].Day < r.Today {
		return registry.At("first_day", "event.fault.days_past", vn.ShowDate(e.Days[0].Day))
	}
	e.Items = shiftItems(was, *e)
	e.State, e.StateReason, e.Version = registry.Moved, reason, in.Version
	if was.State != registry.Moved {
		e.Former = registry.FormerPlan{OpensOn: was.OpensOn, ClosesOn: was.ClosesOn, Venue: was.Venue}
	}
	return nil
}

// shiftItems carries the programme over to the new days. What belonged to days
// that are gone is left out.
func shiftItems(was, now registry.Event) []registry.ProgrammeItem {
	place := map[string]int{}
	for i, d := range was.Days {
		place[d.Day] = i
	}
	var items []registry.ProgrammeItem
	for _, p := range was.Items {
		if i := place[p.Day]; i < len(now.Days) {
			p.Day = now.Days[i].Day
			items = append(items, p)
		}
	}
	return items
}
