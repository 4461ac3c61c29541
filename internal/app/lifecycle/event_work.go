package lifecycle

import (
	"context"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// EventToday are the figures of a running event. What nothing could tell so far is not
// known, which is not 0.
type EventToday struct {
	admission.GateToDo      // of the gates when they were heard alone, for who may not see figures
	Day                int  // which day of the event it is; 0: it is closed today
	Gates              bool // the reader may see what goes on at the gates
	Counted            bool // visits are known: a phone was heard today, or they were typed in
	Visits             int
	Hours              []registry.GateHour // of the gates today, for who may see what goes on there
	Placed             bool                // who is inside is known
	Inside             int                 // people with passes
	Seen               bool                // somebody has looked which booths are open
	Assigned           int                 // booths that have a vendor
	Opened             int
	Unopened           []string // codes of the booths that nobody has seen open
}

// readWork counts what is still to do, each count for who may do something about it.
func (a *Service) readWork(ctx context.Context, tx *store.Tx, actor registry.Actor, d *EventDesk) error {
	scope := a.Areas.Scope(d.Event.Area)
	work, err := tx.EventWork(ctx, d.Event.ID)
	if err != nil {
		return err
	}
	d.Work.Given, d.Gates = work.Given, work.Gates
	if actor.Can(registry.ManageBooths, scope) {
		d.Work.Boothless = work.Boothless
	}
	if actor.Can(registry.ManagePasses, scope) {
		d.Work.Unprinted, d.Work.Reissued = work.Unprinted, work.Reissued
	}
	reviews := actor.Can(registry.ReviewApplications, scope)
	if reviews {
		d.ToCall = work.ToCall
	}
	if err := a.readWaiting(ctx, tx, d, reviews); err != nil {
		return err
	}
	if d.Event.State == registry.Ended && actor.Can(registry.FileSales, scope) {
		missing, err := tx.MissingSales(ctx, []registry.EventID{d.Event.ID})
		d.Work.Sales = missing[d.Event.ID]
		return err
	}
	return nil
}

// readWaiting counts the applications to decide on; how many have waited too long only for who
// may decide.
func (a *Service) readWaiting(ctx context.Context, tx *store.Tx, d *EventDesk, reviews bool) error {
	set, err := a.SettingsIn(ctx, tx)
	if err != nil {
		return err
	}
	before := tx.NowMS() - (time.Duration(set.OverdueDays) * 24 * time.Hour).Milliseconds()
	all, overdue, err := tx.CountWaiting(ctx, registry.ApplicationFilter{Event: d.Event.ID, States: []registry.ApplicationState{registry.AppSubmitted}}, before)
	if d.Waiting = all; reviews {
		d.Work.Overdue = overdue
	}
	return err
}

// readToday reads the figures of a running event; of the gates the visits alone for who
// may not see figures, as the public does.
func (a *Service) readToday(ctx context.Context, tx *store.Tx, actor registry.Actor, e registry.Event) (*EventToday, error) {
	if e.State != registry.Running {
		return nil, nil
	}
	t := &EventToday{Gates: actor.Can(registry.ViewFigures, a.Areas.Scope(e.Area))}
	for i, day := range e.Days {
		if day.Day == a.Today() {
			t.Day = i + 1
		}
	}
	if err := a.readGates(ctx, tx, e, t); err != nil {
		return nil, err
	}
	booths, err := tx.BoothsOn(ctx, e.ID, a.Today())
	for _, b := range booths {
		t.Seen = t.Seen || b.Seen != ""
		switch {
		case b.State != registry.BoothAssigned:
			continue
		case b.Seen == registry.BoothOccupied:
			t.Opened++
		case b.Seen == "":
			t.Unopened = append(t.Unopened, b.Code)
		}
		t.Assigned++
	}
	return t, err
}

// readGates reads the figures of the gates. A phone that was not heard today has told
// nothing of today; what was typed in from paper counts too.
func (a *Service) readGates(ctx context.Context, tx *store.Tx, e registry.Event, t *EventToday) error {
	todo, err := a.Admission.GateWaiting(ctx, tx, e)
	if err != nil {
		return err
	}
	start, _ := vn.StartOf(a.Today())
	from := start.UnixMilli()
	hours, err := tx.GateHours(ctx, e.ID, from, from+24*registry.HourMS)
	if err != nil {
		return err
	}
	t.Visits, t.HeardAt = registry.VisitsOf(hours).Total, todo.HeardAt
	t.Counted = len(hours) > 0 || todo.HeardAt >= from
	if !t.Gates {
		return nil
	}
	t.GateToDo, t.Placed, t.Hours = todo, todo.HeardAt >= from, hours
	t.Inside, err = a.Admission.InsideNow(ctx, tx, e.ID)
	return err
}
