package campaign

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// TaskInput is what the form of a task holds.
type TaskInput struct {
	Strand     string   `form:"strand"`
	Kind       string   `form:"kind"`
	Title      string   `form:"title"`
	Content    string   `form:"content" lines:"many"`
	Lead       string   `form:"lead"`
	Supporting []string `form:"supporting"`
	Watching   []string `form:"watching"`
	Parent     string   `form:"parent"` // number of a task of the plan
	DueOn      string   `form:"due_on"`
	DueReason  string   `form:"due_reason"` // asked for when the day moves
	Source     string   `form:"source"`
	Measure    string   `form:"measure"`
	Goal       string   `form:"goal"`
	Movements  string   `form:"movements" lines:"many"` // one a line
	Version    int64    `form:"version"`
}

// TaskInputOf is a task as its form takes it; parent is the number of the task above.
func TaskInputOf(t committee.Task, parent int) TaskInput {
	in := TaskInput{Strand: string(t.Strand), Kind: string(t.Kind), Title: t.Title, Content: t.Content, Lead: string(t.Lead),
		Supporting: texts(t.Supporting), Watching: texts(t.Watching), DueOn: vn.ShowDate(t.DueOn), Source: string(t.Source),
		Measure: t.Measure, Movements: strings.Join(t.Movements, "\n"), Version: t.Version}
	if parent > 0 {
		in.Parent = strconv.Itoa(parent)
	}
	if t.Goal > 0 {
		in.Goal = strconv.FormatInt(t.Goal, 10)
	}
	return in
}

func texts(ids []registry.BodyID) (out []string) {
	for _, id := range ids {
		out = append(out, string(id))
	}
	return out
}

// bodyIDs are the bodies of a list of choices, each once. One that has another part
// already is refused.
func bodyIDs(r *core.Input, field string, chosen []string, taken ...registry.BodyID) (ids []registry.BodyID) {
	for _, c := range chosen {
		id := registry.BodyID(c)
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	twice := slices.ContainsFunc(ids, func(id registry.BodyID) bool { return slices.Contains(taken, id) })
	r.Faults.Check(!twice, field, "task.error.two_parts")
	return ids
}

// checkTask fills a task from its form, or returns all faults at once. A body has one
// part: who leads does not support, who supports does not watch.
func (a *Service) checkTask(in TaskInput, t *committee.Task) error {
	r := core.Input{Today: a.Today()}
	t.Strand, t.Kind, t.Source = committee.Strand(in.Strand), committee.TaskKind(in.Kind), committee.Source(in.Source)
	r.Faults.Check(t.Strand.Valid(), "strand", "error.choose")
	r.Faults.Check(t.Kind.Valid(), "kind", "error.choose")
	r.Faults.Check(t.Source.Valid(), "source", "error.choose")
	t.Title, t.Content = r.Needed("title", in.Title, committee.MaxTaskTitle), r.Text("content", in.Content, committee.MaxTaskText)
	t.Lead = registry.BodyID(in.Lead)
	r.Faults.Check(t.Lead != "", "lead", "error.choose")
	t.Supporting = bodyIDs(&r, "supporting", in.Supporting, t.Lead)
	t.Watching = bodyIDs(&r, "watching", in.Watching, append(slices.Clone(t.Supporting), t.Lead)...)
	t.DueOn, t.Measure = r.Date("due_on", in.DueOn), r.Line("measure", in.Measure, 60)
	t.Goal = 0
	if typed := strings.ReplaceAll(strings.TrimSpace(in.Goal), ".", ""); typed != "" {
		goal, err := strconv.ParseInt(typed, 10, 64)
		r.Faults.Check(err == nil && goal >= 1 && goal <= committee.MaxGoal, "goal", "plan.error.goal", committee.MaxGoal)
		r.Faults.Check(t.Measure != "", "measure", "plan.error.measure")
		t.Goal = goal
	}
	if t.Source != committee.NoSource {
		t.Percent = 0
	}
	t.Movements = r.Lines("movements", in.Movements, committee.MaxTaskTitle)
	r.Faults.Check(len(t.Movements) <= committee.MaxMovements, "movements", "task.error.movements", committee.MaxMovements)
	return r.Faults.Err()
}

// checkTaskKin refuses bodies that the actor cannot see and a task above that is not of
// the plan or lies below this one.
func (a *Service) checkTaskKin(ctx context.Context, tx *store.Tx, actor registry.Actor, in TaskInput, t *committee.Task) error {
	var faults registry.Faults
	known, err := a.seenBodies(ctx, tx, actor)
	if err != nil {
		return err
	}
	faults.Check(known[t.Lead], "lead", "error.choose")
	for field, ids := range map[string][]registry.BodyID{"supporting": t.Supporting, "watching": t.Watching} {
		faults.Check(!slices.ContainsFunc(ids, func(id registry.BodyID) bool { return !known[id] }), field, "error.choose")
	}
	t.Parent = ""
	if typed := strings.TrimSpace(in.Parent); typed != "" {
		if t.Parent, err = taskAbove(ctx, tx, *t, typed); err != nil {
			return err
		}
		faults.Check(t.Parent != "", "parent", "task.error.parent")
	}
	return faults.Err()
}

// seenBodies are the bodies in the areas of whoever reads plans.
func (a *Service) seenBodies(ctx context.Context, tx *store.Tx, actor registry.Actor) (map[registry.BodyID]bool, error) {
	codes, err := reach(actor, registry.ViewPlan)
	if err != nil {
		return nil, err
	}
	bodies, err := tx.Bodies(ctx, codes)
	known := map[registry.BodyID]bool{}
	for _, b := range bodies {
		known[b.ID] = true
	}
	return known, err
}

// taskAbove finds a task of the same plan by its number; "" if there is none, or it is
// the task itself or lies below it.
func taskAbove(ctx context.Context, tx *store.Tx, t committee.Task, typed string) (registry.TaskID, error) {
	n, err := strconv.Atoi(strings.TrimLeft(strings.ToUpper(typed), "NV "))
	if err != nil {
		return "", nil
	}
	tasks, err := tx.Tasks(ctx, committee.TaskFilter{Plan: t.Plan})
	if err != nil {
		return "", err
	}
	byID, found := map[registry.TaskID]committee.Task{}, registry.TaskID("")
	for _, other := range tasks {
		byID[other.ID] = other
		if other.N == n {
			found = other.ID
		}
	}
	for above, steps := found, 0; above != "" && steps <= len(tasks); above, steps = byID[above].Parent, steps+1 {
		if above == t.ID {
			return "", nil
		}
	}
	return found, nil
}

// CreateTask gives a body a task of a plan. The actor needs ManagePlan in the plan's
// area. Invalid at a field; Conflict once the plan is closed.
func (a *Service) CreateTask(ctx context.Context, actor registry.Actor, plan registry.PlanID, in TaskInput) (t committee.Task, err error) {
	faults := a.checkTask(in, &t)
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		p, err := a.planFor(ctx, tx, actor, registry.ManagePlan, plan)
		switch {
		case err != nil:
			return registry.Change{}, err
		case p.State == committee.PlanClosed:
			return registry.Change{}, registry.E(registry.Conflict, "task.error.plan_closed")
		case faults != nil:
			return registry.Change{}, faults
		}
		t.Plan, t.State, t.AssignedOn = plan, committee.TaskOpen, a.Today()
		if err := a.checkTaskKin(ctx, tx, actor, in, &t); err != nil {
			return registry.Change{}, err
		}
		if err := tx.InsertTask(ctx, &t, actor.Account); err != nil {
			return registry.Change{}, err
		}
		if err := tx.AddTaskEntry(ctx, t.ID, committee.TaskEntry{By: actor.Name, Kind: committee.EntryAssigned}, actor.Account); err != nil {
			return registry.Change{}, err
		}
		return a.taskChange("task.create", p, t, fact.Said("title", t.Title), fact.Ref("task.lead", "body", t.Lead)), nil
	})
	return t, err
}

// EditTask changes what a task asks. The actor needs ManagePlan in the plan's area. A day
// that moves needs a reason, which the task's log keeps. Invalid at a field; Conflict
// where a colleague was quicker.
func (a *Service) EditTask(ctx context.Context, actor registry.Actor, id registry.TaskID, in TaskInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		old, p, err := a.managedTask(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		t := old
		if err := a.checkTask(in, &t); err != nil {
			return registry.Change{}, err
		}
		entry, err := editEntry(actor, old, t, in.DueReason)
		if err != nil {
			return registry.Change{}, err
		}
		if err := a.checkTaskKin(ctx, tx, actor, in, &t); err != nil {
			return registry.Change{}, err
		}
		t.Version = in.Version
		if err := tx.SaveTask(ctx, &t); err != nil {
			return registry.Change{}, err
		}
		if err := tx.AddTaskEntry(ctx, id, entry, actor.Account); err != nil {
			return registry.Change{}, err
		}
		return a.taskChange("task.edit", p, t, fact.Differences(taskFacts(old), taskFacts(t))...), nil
	})
}

// editEntry is what an edit leaves in the log of the task.
func editEntry(actor registry.Actor, old, t committee.Task, reason string) (committee.TaskEntry, error) {
	if old.DueOn == t.DueOn {
		return committee.TaskEntry{By: actor.Name, Kind: committee.EntryEdited}, nil
	}
	r := core.Input{}
	e := committee.TaskEntry{By: actor.Name, Kind: committee.EntryDue, From: old.DueOn, To: t.DueOn, Text: r.Line("due_reason", reason, 500)}
	r.Faults.Check(e.Text != "", "due_reason", "task.error.due_reason")
	return e, r.Faults.Err()
}

// managedTask reads a task that the actor may change, with its plan.
func (a *Service) managedTask(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TaskID) (t committee.Task, p committee.Plan, err error) {
	if t, err = tx.Task(ctx, id); err != nil {
		return t, p, err
	}
	p, err = a.planFor(ctx, tx, actor, registry.ManagePlan, t.Plan)
	return t, p, err
}

// taskFacts are the fields of a task as the audit log compares them.
func taskFacts(t committee.Task) fact.Facts {
	return fact.Facts{fact.Said("task.title", t.Title), fact.Hidden("task.content", t.Content), fact.Code("task.strand", fact.Strand, t.Strand),
		fact.Code("task.kind", fact.TaskKind, t.Kind), fact.Ref("task.lead", "body", t.Lead), fact.List("task.supporting", fact.IDs("body"), t.Supporting...),
		fact.List("task.watching", fact.IDs("body"), t.Watching...), fact.Ref("task.parent", "task", t.Parent), fact.Date("task.due_on", t.DueOn),
		fact.Code("task.source", fact.TaskSource, t.Source), fact.Said("task.measure", t.Measure), fact.Count("task.goal", t.Goal),
		fact.List("task.movements", fact.Text, t.Movements...)}
}

func (a *Service) taskChange(action string, p committee.Plan, t committee.Task, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "task", ID: string(t.ID), Scope: a.Areas.Scope(p.Area), Detail: fact.Facts(facts)}
}
