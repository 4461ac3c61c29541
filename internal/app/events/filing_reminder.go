package events

import (
	"context"
	"slices"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

const (
	fileAhead   = 30 // days before the last day to file on which officers are reminded first
	reportAhead = 10 // the same for the report
	remindLate  = 7  // days after its date on which a reminder is still written, as after an outage
)

// RemindFilings writes to the officers of events on the dates of their registration:
// when to file, when to report. Each date of an event is reminded of once. It returns
// how many reminders were written.
func (a *Service) RemindFilings(ctx context.Context) (n int, err error) {
	set, err := a.SiteSettings(ctx)
	if err != nil {
		return 0, err
	}
	longest := 0
	for _, rule := range set.Filing {
		longest = max(longest, rule.ReportDays)
	}
	var events []registry.Event
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		events, err = tx.RegisteredEvents(ctx, registry.AddDays(a.Today(), -longest-remindLate))
		return err
	})
	for _, e := range events {
		rule, ok := registry.FilingRuleOf(set.Filing, e, a.Today())
		if !ok {
			continue
		}
		wrote, err := a.remindOfficers(ctx, e, registry.FilingOf(e, rule, a.Today()))
		if err != nil {
			return n, err
		}
		n += wrote
	}
	return n, err
}

// dueReminders are the dates of an event of which somebody is to be reminded still.
func dueReminders(e registry.Event, f registry.Filing) (due []registry.Reminder) {
	add := func(kind registry.ReminderKind, on string) {
		due = append(due, registry.Reminder{Event: e.ID, Kind: kind, DueOn: on})
	}
	switch {
	case e.Legal.Registration == registry.RegistrationToFile && e.State != registry.Ended:
		add(registry.RemindFileSoon, registry.AddDays(f.Until, -fileAhead))
		if f.ChangeUntil != "" && f.Rule.AnswerDays > 0 {
			add(registry.RemindFileChange, vn.AddWorkingDays(f.ChangeUntil, -f.Rule.AnswerDays))
		}
		add(registry.RemindFileLast, f.Until)
	case e.State == registry.Ended && f.ReportUntil != "" && e.Legal.Registration != registry.RegistrationToFile:
		add(registry.RemindReportSoon, registry.AddDays(f.ReportUntil, -reportAhead))
		add(registry.RemindReportLast, f.ReportUntil)
	}
	return due
}

// remindOfficers writes the newest reminder that is due, unless it was written.
func (a *Service) remindOfficers(ctx context.Context, e registry.Event, f registry.Filing) (wrote int, err error) {
	today, made := a.Today(), vn.DateOf(time.UnixMilli(e.CreatedAt))
	due := slices.DeleteFunc(dueReminders(e, f), func(r registry.Reminder) bool {
		return r.DueOn > today || r.DueOn < made || r.DueOn < registry.AddDays(today, -remindLate)
	})
	if len(due) == 0 {
		return 0, nil
	}
	newest := due[len(due)-1]
	var done []registry.Reminder
	if err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		done, err = tx.Reminders(ctx, e.ID)
		return err
	}); err != nil || written(done, newest) {
		return 0, err
	}
	err = a.Change(ctx, registry.SystemActor("system: reminders"), func(tx *store.Tx) (registry.Change, error) {
		if done, err = tx.Reminders(ctx, e.ID); err != nil {
			return registry.Change{}, err
		}
		if written(done, newest) {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		if newest.ToldN, err = a.tellOfficers(ctx, tx, e, f, newest); err != nil {
			return registry.Change{}, err
		}
		facts := fact.Facts{fact.Code("reminder", fact.Reminder, newest.Kind), fact.Date("due_on", newest.DueOn), fact.Count("letters", newest.ToldN)}
		return EventChange("event.reminder", &e, a.Areas.Scope(e.Area), facts), tx.InsertReminder(ctx, newest)
	})
	switch {
	case err == nil:
		return 1, nil
	case registry.KindOf(err) == registry.Conflict: // another server was quicker
		return 0, nil
	}
	return 0, err
}

// written reports whether a reminder is among those that were written.
func written(done []registry.Reminder, r registry.Reminder) bool {
	return slices.ContainsFunc(done, func(d registry.Reminder) bool { return d.Kind == r.Kind && d.DueOn == r.DueOn })
}

// tellOfficers writes to whoever may manage the event and has an address. It returns
// to how many; a letter that waits in a folder tells nobody. Args of the message:
// event, its days, the date, the basis in law, the ways to file, address of the
// event, the last days to file and to report.
func (a *Service) tellOfficers(ctx context.Context, tx *store.Tx, e registry.Event, f registry.Filing, r registry.Reminder) (int, error) {
	var roles []registry.Role
	for _, role := range registry.Roles {
		if role.Allows(registry.ManageEvents) {
			roles = append(roles, role)
		}
	}
	contacts, err := tx.OfficerContacts(ctx, roles, a.Areas.Scope(e.Area))
	if err != nil {
		return 0, err
	}
	err = core.SendLetters(ctx, tx, contacts, registry.Message{Key: "event.mail." + string(r.Kind), Args: []string{e.Title,
		vn.ShowRange(e.OpensOn, e.ClosesOn), vn.ShowDate(r.DueOn), f.Rule.Basis, f.Rule.Ways, a.BaseURL + "/quan-ly/su-kien/" + string(e.ID),
		vn.ShowDate(f.Until), vn.ShowDate(f.ReportUntil)}})
	if a.NoMail {
		return 0, err
	}
	return len(contacts), err
}

// ReminderAdvice says of which date the officers were reminded last, or that nobody
// was.
func ReminderAdvice(done []registry.Reminder) []Advice {
	if len(done) == 0 {
		return nil
	}
	last := done[len(done)-1]
	on := vn.ShowDate(vn.DateOf(time.UnixMilli(last.At)))
	if last.ToldN == 0 {
		return []Advice{{Key: "event.advice.filing.nobody_reminded", Args: []any{on}}}
	}
	return []Advice{{Key: "event.advice.filing.reminded", Args: []any{on, last.ToldN}}}
}
