package lifecycle

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Desk is the work and the figures of today in the areas of an officer.
type Desk struct {
	Queue      booths.Queue // applications waiting; empty without the right to review
	Reviews    bool
	Tips       int // citizens' tips that nobody has read; 0 without the right to
	SlipsDue   int // tips handed over whose answer is due within days or was due; 0 without the right to
	NewVendors int // that registered themselves and wait to be shown to the public; 0 without the right to
	Running    []registry.Event
	Visits     int              // of today, at the events on now
	Ahead      []registry.Event // that begin within 30 days
	Figures    map[registry.EventID]registry.EventFigures
	Left       int                  // booths that nobody has been promised, of those ahead
	ToReport   int                  // events that are over and not reported
	Todo       []EventToDo          // what is late or wrong with events ahead
	Mail       int                  // notices that were given up; 0 without the right to settings
	Calls      []CallsToDo          // events of which vendors have not been told something
	Gates      []admission.GateToDo // what waits at the gates of events on or just ended
	Uncovered  int                  // communes of the province without an event this year
	Communes   int                  // communes of the province, 0 for who does not see all of it
}

// EventToDo is something late or wrong with an event.
type EventToDo struct {
	Event registry.Event
	events.Advice
}

// Desk returns the desk of an officer.
func (a *Service) Desk(ctx context.Context, actor registry.Actor) (d Desk, err error) {
	if d.Reviews = actor.CanSomewhere(registry.ReviewApplications); d.Reviews {
		if d.Queue, err = a.Booths.ReviewQueue(ctx, actor, booths.QueueFilter{States: []registry.ApplicationState{registry.AppSubmitted}, Brief: true}); err != nil {
			return d, err
		}
	}
	if err := a.deskTips(ctx, actor, &d); err != nil {
		return d, err
	}
	if err := a.deskEvents(ctx, actor, &d); err != nil {
		return d, err
	}
	if err := a.deskCalls(ctx, actor, &d); err != nil {
		return d, err
	}
	if err := a.deskGates(ctx, actor, &d); err != nil {
		return d, err
	}
	if err := a.deskCoverage(ctx, actor, &d); err != nil {
		return d, err
	}
	set, err := a.SiteSettings(ctx)
	if err != nil {
		return d, err
	}
	for _, e := range d.Ahead {
		for _, item := range a.Events.AdviceOn(e, set.Filing) {
			if item.Bad {
				d.Todo = append(d.Todo, EventToDo{e, item})
			}
		}
	}
	return d, nil
}

// deskTips counts the tips that wait to be read, and the answers that are due.
func (a *Service) deskTips(ctx context.Context, actor registry.Actor, d *Desk) error {
	if !actor.CanSomewhere(registry.ManageTips) {
		return nil
	}
	n, err := a.Tips.Count(ctx, actor, "")
	d.Tips, d.SlipsDue = n.Own[registry.TipReceived], n.DueSoon
	return err
}

// deskCounts counts the events to report, the vendors that wait for an officer to look at them,
// and the notices that were given up, in one statement.
func (a *Service) deskCounts(ctx context.Context, tx *store.Tx, actor registry.Actor, d *Desk) error {
	seen, allSeen := actor.Reach(registry.ViewOffice)
	filters := []any{registry.EventFilter{Reach: seen, Limited: !allSeen, States: []registry.EventState{registry.Ended}}}
	counts := []*int{&d.ToReport}
	if actor.CanSomewhere(registry.ManageVendors) {
		f := registry.VendorFilter{State: registry.VendorNew}
		if codes, all := actor.Reach(registry.ManageVendors); !all {
			f.Reach = append([]string{}, codes...)
		}
		filters, counts = append(filters, f), append(counts, &d.NewVendors)
	}
	if actor.Can(registry.ManageSettings, nil) {
		filters, counts = append(filters, store.MailGivenUp{}), append(counts, &d.Mail)
	}
	n, err := tx.CountEach(ctx, filters...)
	for i, count := range n {
		*counts[i] = count
	}
	return err
}

// deskEvents reads the events on now and ahead, and counts what waits beside them.
func (a *Service) deskEvents(ctx context.Context, actor registry.Actor, d *Desk) (err error) {
	d.Running, _, err = a.Events.OfficeEvents(ctx, actor, registry.EventFilter{States: []registry.EventState{registry.Running}, Limit: events.AddedMost})
	if err != nil {
		return err
	}
	d.Ahead, _, err = a.Events.OfficeEvents(ctx, actor, a.Events.AheadFilter())
	if err != nil {
		return err
	}
	if d.Figures, err = a.Events.EventFigures(ctx, append(d.Running[:len(d.Running):len(d.Running)], d.Ahead...)); err != nil {
		return err
	}
	for _, e := range d.Ahead {
		d.Left += d.Figures[e.ID].Left()
	}
	return a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Visits, err = a.Admission.VisitsToday(ctx, tx, d.Running); err != nil {
			return err
		}
		return a.deskCounts(ctx, tx, actor, d)
	})
}

// deskCoverage counts the communes without an event this year, for who sees the
// whole province.
func (a *Service) deskCoverage(ctx context.Context, actor registry.Actor, d *Desk) error {
	province, err := a.Events.Province(ctx)
	if err != nil || province.Ref.Code == "" || !actor.Can(registry.ViewOffice, registry.Scope{province.Ref.Code}) {
		return err
	}
	m, err := a.Events.EventsHeld(ctx, false)
	d.Uncovered, d.Communes = m.Without, len(m.Communes)
	return err
}

// CallsToDo is an event with how many of its vendors have to be called.
type CallsToDo struct {
	Event registry.Event
	N     int
}

// deskCalls finds the events, not over, of which vendors wait for a call.
func (a *Service) deskCalls(ctx context.Context, actor registry.Actor, d *Desk) error {
	if !d.Reviews {
		return nil
	}
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		counts, err := tx.EventsToCall(ctx, a.Today())
		if err != nil {
			return err
		}
		if len(counts) == 0 {
			return nil
		}
		events, _, err := tx.Events(ctx, registry.EventFilter{IDs: slices.Collect(maps.Keys(counts)), Limit: len(counts)})
		for _, e := range events {
			if actor.Can(registry.ReviewApplications, a.Areas.Scope(e.Area)) {
				d.Calls = append(d.Calls, CallsToDo{e, counts[e.ID]})
			}
		}
		return err
	})
}

// How many events the desk looks at for their gates, and how many days after the
// end: what is open then is no longer put right.
const (
	gateToDoMost = 20
	gateToDoDays = 7
)

// deskGates adds what waits at the gates of the events that are on or have just
// ended, where the actor may see their figures.
func (a *Service) deskGates(ctx context.Context, actor registry.Actor, d *Desk) error {
	ended, _, err := a.Events.OfficeEvents(ctx, actor, registry.EventFilter{States: []registry.EventState{registry.Ended},
		From: vn.AddDays(a.Today(), -gateToDoDays), Latest: true, Limit: gateToDoMost})
	if err != nil {
		return err
	}
	events := append(d.Running[:len(d.Running):len(d.Running)], ended...)
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		for _, e := range events[:min(len(events), gateToDoMost)] {
			if !actor.Can(registry.ViewFigures, a.Areas.Scope(e.Area)) {
				continue
			}
			todo, err := a.Admission.GateWaiting(ctx, tx, e)
			if err != nil {
				return err
			}
			if todo.Differences > 0 || len(todo.Silent) > 0 {
				d.Gates = append(d.Gates, todo)
			}
		}
		return nil
	})
}
