package app

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// StepInput is what a person gives to move an event to another state.
type StepInput struct {
	To      registry.EventState
	Reason  string // needed to postpone and to cancel
	Version int64
}

// handSteps are the steps that a person takes; the others follow from dates, and
// moving has a form of its own.
var handSteps = map[registry.EventState][]registry.EventState{
	registry.Draft:     {registry.Planned, registry.Announced, registry.Cancelled},
	registry.Planned:   {registry.Announced, registry.Draft, registry.Postponed, registry.Cancelled},
	registry.Announced: {registry.Postponed, registry.Cancelled},
	registry.Open:      {registry.Closed, registry.Postponed, registry.Cancelled},
	registry.Closed:    {registry.Open, registry.Postponed, registry.Cancelled},
	registry.Running:   {registry.Ended, registry.Postponed, registry.Cancelled},
	registry.Ended:     {registry.Reported},
	registry.Postponed: {registry.Announced, registry.Planned, registry.Cancelled},
	registry.Moved:     {registry.Closed, registry.Postponed, registry.Cancelled},
}

// HandSteps returns the steps that a person may take from a state, the usual one
// first.
func HandSteps(s registry.EventState) []registry.EventState { return slices.Clone(handSteps[s]) }

// StepEvent moves an event to another state. A step that does not exist is a
// Conflict, and so is a version that is not the newest. Announcing carries the
// event on at once to where its dates call for; postponing and cancelling tell
// all applicants; reporting keeps the figures of the result report.
func (a *App) StepEvent(ctx context.Context, actor registry.Actor, id registry.EventID, in StepInput) error {
	return a.change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.eventFor(ctx, tx, actor, registry.ManageEvents, id)
		if err != nil {
			return registry.Change{}, err
		}
		was := e.State
		reason, err := a.mayStep(e, in)
		if err != nil {
			return registry.Change{}, err
		}
		e.Version = in.Version
		if err := tx.StepEvent(ctx, &e, in.To, reason); err != nil {
			return registry.Change{}, err
		}
		switch {
		case in.To.Stopped():
			err = a.stopEvent(ctx, tx, actor, e)
		case was == registry.Postponed && in.To == registry.Announced:
			err = a.resumeEvent(ctx, tx, e)
		case in.To == registry.Reported:
			err = a.freezeReport(ctx, tx, actor, e)
		}
		if err == nil {
			err = followDates(ctx, tx, &e)
		}
		return eventChange("event.step", &e, a.Areas.Scope(e.Area),
			map[string]any{"before": was, "reason": reason}), err
	})
}

// mayStep checks a step and returns its reason, cleaned. The reason of a move
// stays with the event on all its further way.
func (a *App) mayStep(e registry.Event, in StepInput) (string, error) {
	if !slices.Contains(handSteps[e.State], in.To) {
		return "", registry.E(registry.Conflict, "event.fault.step")
	}
	r := input{today: a.Today()}
	reason := e.StateReason
	switch {
	case in.To.NeedsReason():
		reason = r.needed("reason", in.Reason, 500)
	case e.State == registry.Postponed:
		reason = ""
	}
	switch in.To {
	case registry.Announced:
		r.faults.Check(e.Legal.Registration != registry.RegistrationRefused, "", "event.fault.refused")
		r.faults.Check(e.State != registry.Postponed || e.OpensOn >= r.today, "", "event.fault.days_past", vn.ShowDate(e.OpensOn))
	case registry.Open:
		r.faults.Check(e.ApplyUntil > a.NowMS(), "", "event.fault.window_over")
	}
	return reason, r.faults.Err()
}

// followDates carries an event on to the state that its dates call for.
func followDates(ctx context.Context, tx *store.Tx, e *registry.Event) error {
	for next := e.Due(tx.NowMS()); next != e.State; next = e.Due(tx.NowMS()) {
		if err := tx.StepEvent(ctx, e, next, e.StateReason); err != nil {
			return err
		}
	}
	return nil
}

// AdvanceEvents carries every event on to the state that its dates call for and
// returns how many it moved. A job calls it each minute; calling it again, or
// from two processes at once, moves nothing twice.
func (a *App) AdvanceEvents(ctx context.Context) (moved int, err error) {
	var due []registry.Event
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		due, err = tx.DueEvents(ctx, a.NowMS())
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, e := range due {
		err := a.advanceEvent(ctx, e)
		switch {
		case err == nil:
			moved++
		case registry.KindOf(err) != registry.Conflict: // else somebody was quicker; the next minute sees
			return moved, err
		}
	}
	return moved, nil
}

func (a *App) advanceEvent(ctx context.Context, e registry.Event) error {
	return a.change(ctx, registry.SystemActor("system: events"), func(tx *store.Tx) (registry.Change, error) {
		next := e
		if err := followDates(ctx, tx, &next); err != nil {
			return registry.Change{}, err
		}
		return eventChange("event.step", &next, a.Areas.Scope(e.Area), map[string]any{"before": e.State}), nil
	})
}
