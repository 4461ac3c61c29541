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
)

// TaskFile is a task with all that its page shows.
type TaskFile struct {
	committee.TaskRow
	PlanTitle string
	PlanYear  int
	Names     map[registry.BodyID]string
	Above     committee.Task // zero without one
	Children  []committee.TaskRow
	Entries   []committee.TaskEntry
	Tied      []registry.Event
	Tieable   []registry.Event // of the plan's year and unit; for whoever may tie
	Files     []TaskAttachment // the newest first
	Chase     []ChaseLine      // who is to report: those missing first; for whoever may urge them
	Manages   bool             // the actor may change what it asks
	Reports   bool             // the actor may write about it
}

// seeTask reads a task for whoever reads plans in its area or acts for one of its
// bodies; else it is NotFound.
func (a *Service) seeTask(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TaskID) (t committee.Task, p committee.Plan, err error) {
	if t, err = tx.Task(ctx, id); err != nil {
		return t, p, err
	}
	if p, err = tx.Plan(ctx, t.Plan); err != nil || actor.Can(registry.ViewPlan, a.Areas.Scope(p.Area)) {
		return t, p, err
	}
	acts, err := mayActFor(ctx, tx, actor, t.Bodies())
	if err == nil && !(acts && actor.CanSomewhere(registry.ViewTasks)) {
		err = core.ErrHidden()
	}
	return t, p, err
}

// Task returns a task, its log and what is tied to it. NotFound for whoever neither
// reads plans in its area nor acts for one of its bodies.
func (a *Service) Task(ctx context.Context, actor registry.Actor, id registry.TaskID) (f TaskFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		t, p, err := a.seeTask(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		f = TaskFile{PlanTitle: p.Title, PlanYear: p.Year, Manages: actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area))}
		if f.Reports, err = a.mayReport(ctx, tx, actor, t, p); err != nil {
			return err
		}
		rows, err := a.counted(ctx, tx, []committee.Task{t})
		if err != nil {
			return err
		}
		f.TaskRow = rows[0]
		if t.Parent != "" {
			if f.Above, err = tx.Task(ctx, t.Parent); err != nil {
				return err
			}
		}
		return a.fillTask(ctx, tx, actor, &f)
	})
	return f, err
}

// fillTask reads what hangs on a task. Tasks below it are shown to whoever may see them.
func (a *Service) fillTask(ctx context.Context, tx *store.Tx, actor registry.Actor, f *TaskFile) error {
	children, err := tx.Tasks(ctx, committee.TaskFilter{Parent: f.ID})
	if err != nil {
		return err
	}
	for _, child := range children {
		if _, _, err := a.seeTask(ctx, tx, actor, child.ID); err == nil {
			f.Children = append(f.Children, committee.TaskRow{Task: child})
		} else if registry.KindOf(err) != registry.NotFound {
			return err
		}
	}
	if f.Entries, err = tx.TaskEntries(ctx, f.ID); err != nil {
		return err
	}
	if f.Tied, err = tx.TaskEvents(ctx, f.ID); err != nil {
		return err
	}
	if f.Manages {
		if f.Tieable, err = a.tieable(ctx, tx, *f); err != nil {
			return err
		}
	}
	if f.Files, err = taskFiles(ctx, tx, actor, *f); err != nil {
		return err
	}
	if f.Chase, err = a.chaseLines(ctx, tx, actor, *f); err != nil {
		return err
	}
	ids := f.Bodies()
	for _, child := range f.Children {
		ids = append(ids, child.Lead)
	}
	f.Names, err = bodyNames(ctx, tx, ids)
	return err
}

// tieable are the events of the plan's year and unit that are not tied to a task yet.
func (a *Service) tieable(ctx context.Context, tx *store.Tx, f TaskFile) (free []registry.Event, err error) {
	p, err := tx.Plan(ctx, f.Plan)
	if err != nil {
		return nil, err
	}
	for _, kind := range registry.EventKinds {
		events, err := tx.PlanEvents(ctx, kind, a.codesOf(p.Area), p.FirstDay()[:4])
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if !slices.ContainsFunc(f.Tied, func(tied registry.Event) bool { return tied.ID == e.ID }) {
				free = append(free, e)
			}
		}
	}
	return free, nil
}

// bodyNames are the names of bodies by id.
func bodyNames(ctx context.Context, tx *store.Tx, ids []registry.BodyID) (map[registry.BodyID]string, error) {
	names := map[registry.BodyID]string{}
	for _, id := range ids {
		if _, known := names[id]; known {
			continue
		}
		b, err := tx.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		names[id] = b.Name
	}
	return names, nil
}

// mayReport reports whether an actor may write about a task: whoever manages the plan, or
// acts for the body that leads or one that supports.
func (a *Service) mayReport(ctx context.Context, tx *store.Tx, actor registry.Actor, t committee.Task, p committee.Plan) (bool, error) {
	if actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area)) {
		return true, nil
	}
	return mayActFor(ctx, tx, actor, append([]registry.BodyID{t.Lead}, t.Supporting...))
}

// ReportInput is a word about a task: what was done, what is in the way, how far it is.
type ReportInput struct {
	Text    string        `form:"text" lines:"many"`
	State   string        `form:"state"`   // "" leaves it
	Percent string        `form:"percent"` // only where nothing can be counted; "" leaves it
	Version int64         `form:"version"`
	Files   []core.Upload // that bear it out
}

// reportable reads a task for whoever may write about it: NotFound for whoever may not see
// it, Forbidden for whoever may only read.
func (a *Service) reportable(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TaskID) (t committee.Task, p committee.Plan, err error) {
	if t, p, err = a.seeTask(ctx, tx, actor, id); err != nil {
		return t, p, err
	}
	may, err := a.mayReport(ctx, tx, actor, t, p)
	if err == nil && !may {
		err = registry.E(registry.Forbidden, "error.forbidden")
	}
	return t, p, err
}

// Report writes about a task into its log, with files that bear it out. Whoever acts for a
// body that leads or supports it may, and whoever manages the plan. Invalid at a field;
// Conflict where a colleague has changed the task since it was read.
func (a *Service) Report(ctx context.Context, actor registry.Actor, id registry.TaskID, in ReportInput) error {
	err := a.DB.Read(ctx, func(tx *store.Tx) error { // before work is done for whoever may not
		_, _, err := a.reportable(ctx, tx, actor, id)
		return err
	})
	if err != nil {
		return err
	}
	files, err := prepareFiles(ctx, in.Files)
	if err != nil {
		return err
	}
	r := core.Input{}
	entry := committee.TaskEntry{By: actor.Name, Kind: committee.EntryWords, Text: r.Text("text", in.Text, committee.MaxTaskText)}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		old, p, err := a.reportable(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		r := core.Input{Faults: slices.Clone(r.Faults)}
		t := reported(&r, old, in)
		said := entry.Text != "" || t.State != old.State || t.Percent != old.Percent
		r.Faults.Check(said || len(files) > 0, "text", "task.error.nothing")
		r.Faults.Check(t.State != committee.TaskDropped || t.State == old.State || entry.Text != "", "text", "task.error.drop_reason")
		if err := r.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		if t.State != old.State {
			entry.Kind, entry.From, entry.To = committee.EntryState, string(old.State), string(t.State)
		}
		t.Version = in.Version
		if err := tx.SaveTask(ctx, &t); err != nil {
			return registry.Change{}, err
		}
		if said {
			if err := tx.AddTaskEntry(ctx, id, entry, actor.Account); err != nil {
				return registry.Change{}, err
			}
		}
		if err := addTaskFiles(ctx, tx, actor, id, files); err != nil {
			return registry.Change{}, err
		}
		return a.taskChange("task.report", p, t, fact.Moved("state", fact.TaskState, old.State, t.State), fact.Said("words", entry.Text),
			fact.List("task.files", fact.Text, fileNames(files)...)), nil
	})
}

// reported is a task after a word about it.
func reported(r *core.Input, t committee.Task, in ReportInput) committee.Task {
	if state := committee.TaskState(in.State); state != "" && state != t.State {
		r.Faults.Check(t.State.CanBecome(state), "state", "task.error.state")
		t.State = state
		if state == committee.TaskDone && in.Text != "" {
			t.Result = in.Text
		}
	}
	if in.Percent != "" {
		percent, err := strconv.Atoi(in.Percent)
		r.Faults.Check(err == nil && percent >= 0 && percent <= 100, "percent", "task.error.percent")
		r.Faults.Check(t.Source == committee.NoSource, "percent", "task.error.counted")
		t.Percent = percent
	}
	return t
}

// TieEvent ties an event to a task, for which it then counts. The actor needs ManagePlan in
// the plan's area; an event that is not known, or not in its area, is Invalid.
func (a *Service) TieEvent(ctx context.Context, actor registry.Actor, id registry.TaskID, event registry.EventID, tie bool) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		t, p, err := a.managedTask(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		e, err := tx.Event(ctx, event)
		if registry.KindOf(err) == registry.NotFound || err == nil && !actor.Can(registry.ViewOffice, a.Areas.Scope(e.Area)) {
			return registry.Change{}, registry.At("event", "error.choose")
		}
		if err != nil {
			return registry.Change{}, err
		}
		action := "task.tie"
		if !tie {
			action = "task.untie"
		}
		if err := tx.TieEvent(ctx, id, event, tie); err != nil {
			return registry.Change{}, err
		}
		return a.taskChange(action, p, t, fact.Ref("event", "event", event)), nil
	})
}
