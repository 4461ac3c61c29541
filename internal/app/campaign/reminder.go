package campaign

import (
	"context"
	"slices"
	"strconv"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// RemindTasks writes to the bodies of tasks 7, 3 and 1 days before their day, and on the
// first day on which they are overdue. Each is written once for a day that a task is due
// on: when the day moves, they begin anew. Tasks of a draft or a closed plan are left
// alone. It returns how many tasks somebody was reminded of.
func (a *Service) RemindTasks(ctx context.Context) (n int, err error) {
	var due []committee.Task
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		due, err = tx.Tasks(ctx, committee.TaskFilter{States: openStates, LateOn: registry.AddDays(a.Today(), committee.ReminderDays[0]+1)})
		return err
	})
	for _, t := range due {
		reminded, err := a.remind(ctx, t.ID)
		if err != nil {
			return n, err
		}
		if reminded {
			n++
		}
	}
	return n, err
}

// remind writes the reminder of a task that is due now, unless it was written.
func (a *Service) remind(ctx context.Context, id registry.TaskID) (reminded bool, err error) {
	var stage string
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		_, _, stage, err = a.dueReminder(ctx, tx, id)
		return err
	})
	if err != nil || stage == "" {
		return false, err
	}
	err = a.Change(ctx, registry.SystemActor("system: reminders"), func(tx *store.Tx) (registry.Change, error) {
		t, p, stage, err := a.dueReminder(ctx, tx, id)
		if err != nil {
			return registry.Change{}, err
		}
		if stage == "" { // another server was quicker
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		letters, err := a.writeReminders(ctx, tx, t, p, stage)
		if err != nil {
			return registry.Change{}, err
		}
		entry := committee.TaskEntry{Kind: committee.EntryRemind, From: strconv.Itoa(letters), To: stage}
		if err := tx.AddTaskEntry(ctx, id, entry, ""); err != nil {
			return registry.Change{}, err
		}
		return a.taskChange("task.remind", p, t, fact.Date("task.due_on", t.DueOn), fact.Count("letters", letters)), nil
	})
	if registry.KindOf(err) == registry.Conflict {
		return false, nil
	}
	return err == nil, err
}

// dueReminder returns the reminder of a task that is to be written now, as its log names
// it: "7", "3", "1", or "0" for an overdue one; "" for none.
func (a *Service) dueReminder(ctx context.Context, tx *store.Tx, id registry.TaskID) (t committee.Task, p committee.Plan, stage string, err error) {
	if t, err = tx.Task(ctx, id); err != nil {
		return t, p, "", err
	}
	if p, err = tx.Plan(ctx, t.Plan); err != nil || p.State != committee.PlanInForce {
		return t, p, "", err
	}
	if stage = t.ReminderOn(a.Today()); stage == "" {
		return t, p, "", nil
	}
	entries, err := tx.TaskEntries(ctx, id)
	for _, e := range entries { // newest first
		if e.Kind == committee.EntryDue {
			break
		}
		if e.Kind == committee.EntryRemind && e.To == stage {
			return t, p, "", err
		}
	}
	return t, p, stage, err
}

// writeReminders writes to the bodies that a reminder is for, and to the people who act for
// them: before the day to those who lead and support, once it has passed to those who
// lead and watch. It returns how many letters go out; those that wait in a folder tell
// nobody. Args of the message: task, its day, the body that leads, the plan, the address,
// how many days.
func (a *Service) writeReminders(ctx context.Context, tx *store.Tx, t committee.Task, p committee.Plan, stage string) (int, error) {
	others := t.Supporting
	if stage == "0" {
		others = t.Watching
	}
	to, err := contactsOf(ctx, tx, append([]registry.BodyID{t.Lead}, others...))
	if err != nil {
		return 0, err
	}
	lead, err := tx.Body(ctx, t.Lead)
	if err != nil {
		return 0, err
	}
	key, days := "task.mail.due", registry.DaysBetween(a.Today(), t.DueOn)
	if stage == "0" {
		key, days = "task.mail.late", -days
	}
	err = core.SendLetters(ctx, tx, to, registry.Message{Key: key, Args: []string{t.Title, vn.ShowDate(t.DueOn), lead.Name, p.Title,
		a.BaseURL + "/quan-ly/nhiem-vu/" + string(t.ID), strconv.Itoa(days)}})
	if a.NoMail {
		return 0, err
	}
	return len(to), err
}

// contactsOf are the addresses of bodies and of the people who act for them, each once.
func contactsOf(ctx context.Context, tx *store.Tx, bodies []registry.BodyID) (to []store.Contact, err error) {
	add := func(c store.Contact) {
		if c.Email != "" && !slices.ContainsFunc(to, func(known store.Contact) bool { return known.Email == c.Email }) {
			to = append(to, c)
		}
	}
	for _, id := range bodies {
		b, err := tx.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		add(store.Contact{Email: b.Email, Lang: "vi"})
		people, err := tx.BodyPeople(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, person := range people {
			account, err := tx.Account(ctx, person)
			if err != nil {
				return nil, err
			}
			if account.State == registry.AccountActive {
				add(store.Contact{Email: account.Email, Lang: account.Lang})
			}
		}
	}
	return to, nil
}
