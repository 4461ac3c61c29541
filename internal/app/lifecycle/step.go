package lifecycle

import (
	"context"
	"slices"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/reports"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	draws "hoicho/internal/store/draw"
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
	registry.Announced: {registry.Draft, registry.Postponed, registry.Cancelled},
	registry.Open:      {registry.Closed, registry.Draft, registry.Postponed, registry.Cancelled},
	registry.Closed:    {registry.Open, registry.Draft, registry.Postponed, registry.Cancelled},
	registry.Running:   {registry.Ended, registry.Postponed, registry.Cancelled},
	registry.Ended:     {registry.Reported, registry.Running},
	registry.Reported:  {registry.Ended},
	registry.Postponed: {registry.Announced, registry.Planned, registry.Cancelled},
	registry.Moved:     {registry.Closed, registry.Postponed, registry.Cancelled},
}

// HandSteps returns the steps that a person may take from a state, the usual one
// first.
func HandSteps(s registry.EventState) []registry.EventState { return slices.Clone(handSteps[s]) }

// StepAsks reports whether a step is asked about first, with what it touches in
// numbers, and whether it needs a reason: steps that vendors, visitors or gates
// feel at once, announcing among them, and those that take such a step back.
func StepAsks(from, to registry.EventState) (asks, reason bool) {
	reason = to.NeedsReason() || takesUp(from, to)
	return reason || to == registry.Ended || to == registry.Announced || from.Public() && to == registry.Draft, reason
}

// takesUp reports whether a step takes up again what was over: the event on its last
// day, or its report. Why is for the log, not for the public.
func takesUp(from, to registry.EventState) bool {
	return from == registry.Ended && to == registry.Running || from == registry.Reported && to == registry.Ended
}

// StepEvent moves an event to another state. A step that does not exist is a
// Conflict, and so is a version that is not the newest. Announcing carries the
// event on at once to where its dates call for; postponing and cancelling tell
// all applicants; reporting keeps the figures of the result report, and taking that
// back opens it again, or an addendum once it is out.
func (a *Service) StepEvent(ctx context.Context, actor registry.Actor, id registry.EventID, in StepInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManageEvents, id)
		if err != nil {
			return registry.Change{}, err
		}
		was := e.State
		reason, err := a.mayStep(e, in)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.LockPlaces(ctx, e.ID); err != nil { // who locks a draw goes before, or waits
			return registry.Change{}, err
		}
		if err := mayTakeBack(ctx, tx, e, in.To); err != nil {
			return registry.Change{}, err
		}
		said := reason
		if takesUp(was, in.To) {
			reason = e.StateReason
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
			err = a.Reports.FreezeReport(ctx, tx, actor, e)
		case was == registry.Reported:
			err = reports.ReopenReport(ctx, tx, actor, e.ID, said)
		}
		if err == nil {
			err = followDates(ctx, tx, &e)
		}
		return events.EventChange("event.step", &e, a.Areas.Scope(e.Area),
			fact.Facts{fact.Moved("state", fact.EventState, was, e.State), fact.Said("reason", said)}), err
	})
}

// mayStep checks a step and returns its reason, cleaned. The reason of a move
// stays with the event on all its further way.
func (a *Service) mayStep(e registry.Event, in StepInput) (string, error) {
	if !slices.Contains(handSteps[e.State], in.To) {
		return "", registry.E(registry.Conflict, "event.fault.step")
	}
	r := core.Input{Today: a.Today()}
	reason := e.StateReason
	_, needed := StepAsks(e.State, in.To)
	switch {
	case needed:
		reason = r.Needed("reason", in.Reason, 500)
	case e.State == registry.Postponed:
		reason = ""
	}
	switch in.To {
	case registry.Announced:
		r.Faults = append(r.Faults, announceFaults(e, r.Today)...)
	case registry.Open:
		r.Faults.Check(e.ApplyUntil > a.NowMS(), "", "event.fault.window_over")
	}
	return reason, r.Faults.Err()
}

// announceFaults says what keeps an event from being announced.
func announceFaults(e registry.Event, today string) (faults registry.Faults) {
	faults.Check(len(e.Asked) == 0, "", "event.fault.asked", len(e.Asked))
	faults.Check(e.Legal.Registration != registry.RegistrationRefused, "", "event.fault.refused")
	faults.Check(e.State != registry.Postponed || e.OpensOn >= today, "", "event.fault.days_past", vn.ShowDate(e.OpensOn))
	return faults
}

// mayTakeBack refuses to take back what no longer can be: an event to which
// somebody has applied is not withdrawn, one with a published draw stays public, and one that ended early goes on the same
// day only, before its end.
func mayTakeBack(ctx context.Context, tx *store.Tx, e registry.Event, to registry.EventState) error {
	if !to.Public() {
		n, err := draws.Published(ctx, tx, e.ID)
		if err == nil && n > 0 {
			err = registry.E(registry.Conflict, "event.fault.drawn", n)
		}
		if err != nil {
			return err
		}
	}
	switch {
	case e.State == registry.Ended && to == registry.Running:
		if tx.NowMS() >= e.EndsAt || vn.DateOf(time.UnixMilli(e.StateAt)) != vn.DateOf(tx.Now()) {
			return registry.E(registry.Conflict, "event.fault.reopen")
		}
	case e.State.Public() && to == registry.Draft:
		n, err := tx.CountApplications(ctx, registry.ApplicationFilter{Event: e.ID, States: applied})
		if err == nil && n > 0 {
			return registry.E(registry.Conflict, "event.fault.applied", n)
		}
		return err
	}
	return nil
}

// stepsNow are the steps of a person from where an event stands, without those that
// can no longer be taken back.
func stepsNow(ctx context.Context, tx *store.Tx, e registry.Event) (steps []registry.EventState, err error) {
	for _, to := range handSteps[e.State] {
		err := mayTakeBack(ctx, tx, e, to)
		if err != nil && registry.KindOf(err) != registry.Conflict {
			return nil, err
		}
		if err == nil {
			steps = append(steps, to)
		}
	}
	return steps, nil
}

// applied are the states of applications that were sent.
var applied = slices.DeleteFunc(slices.Clone(registry.ApplicationStates), func(s registry.ApplicationState) bool { return s == registry.AppDraft })

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
func (a *Service) AdvanceEvents(ctx context.Context) (moved int, err error) {
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

func (a *Service) advanceEvent(ctx context.Context, e registry.Event) error {
	return a.Change(ctx, registry.SystemActor("system: events"), func(tx *store.Tx) (registry.Change, error) {
		next := e
		if err := followDates(ctx, tx, &next); err != nil {
			return registry.Change{}, err
		}
		return events.EventChange("event.step", &next, a.Areas.Scope(e.Area), fact.Facts{fact.Moved("state", fact.EventState, e.State, next.State)}), nil
	})
}
