package lifecycle

import (
	"context"
	"slices"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// EventDesk is what an organiser sees first of an event.
type EventDesk struct {
	Event   registry.Event
	Figures registry.EventFigures
	Waiting int // applications to decide on
	ToCall  int // vendors that nobody has told something; 0 without the right to call them
	Advice  []events.Advice
	Work    registry.EventWork // what is to do is 0 for who can do nothing about it
	Today   *EventToday        // nil unless it is running
	Blocked registry.Faults    // what keeps it from being announced

	ReportUntil string // last day of the result report, YYYY-MM-DD; empty: no rule asks for it

	Gates    int
	MayEdit  bool
	Steps    []registry.EventState // that a person may take now
	MayMove  bool
	MayClone bool
	MayDrop  bool // remove it: nobody but the office has seen it
	MayBooth bool // make booths
	MayGate  bool // make gates
}

// EventDesk returns an event for its office page. It is NotFound for whoever does
// not see the office of its area.
func (a *Service) EventDesk(ctx context.Context, actor registry.Actor, id registry.EventID) (d EventDesk, err error) {
	if d.Event, err = a.Events.OfficeEvent(ctx, actor, registry.ViewOffice, id); err != nil {
		return d, err
	}
	var reminders []registry.Reminder
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if reminders, err = tx.Reminders(ctx, id); err != nil {
			return err
		}
		figures, err := tx.EventFigures(ctx, []registry.EventID{id}, a.Today())
		if err != nil {
			return err
		}
		d.Figures = figures[id]
		if d.Steps, err = stepsNow(ctx, tx, d.Event); err != nil {
			return err
		}
		if actor.Can(registry.ReviewApplications, a.Areas.Scope(d.Event.Area)) {
			if d.Advice, err = papersAdvice(ctx, tx, d.Event); err != nil {
				return err
			}
		}
		if err := a.readWork(ctx, tx, actor, &d); err != nil {
			return err
		}
		d.Today, err = a.readToday(ctx, tx, actor, d.Event)
		return err
	})
	if err != nil {
		return d, err
	}
	d.Blocked = announceFaults(d.Event, a.Today())
	scope := a.Areas.Scope(d.Event.Area)
	d.MayBooth, d.MayGate = actor.Can(registry.ManageBooths, scope), actor.Can(registry.ManageGate, scope)
	if actor.Can(registry.ManageEvents, scope) {
		d.MayEdit = d.Event.State != registry.Reported && d.Event.State != registry.Cancelled
		d.MayMove, d.MayClone, d.MayDrop = CanMove(d.Event), true, d.Event.PublishedAt == 0
	} else {
		d.Steps = nil
	}
	advice, until, err := a.Events.EventAdvice(ctx, d.Event)
	d.ReportUntil = until
	d.Advice = slices.Concat(d.Advice, advice, events.ReminderAdvice(reminders))
	return d, err
}
