package campaign

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ClonePlan makes the draft of the next year from a plan: its objectives, papers,
// targets and the tasks that were not dropped, each a year later, for the bodies that
// stand by then. Numbers, results and files stay behind. Bodies and units that no longer
// are carry over to those that took their place; a unit that became several keeps the
// plan from being copied. The actor needs ManagePlan in its area. Conflict if the issuer
// has a plan of that year.
func (a *Service) ClonePlan(ctx context.Context, actor registry.Actor, id registry.PlanID) (p committee.Plan, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		old, err := a.planFor(ctx, tx, actor, registry.ManagePlan, id)
		if err != nil {
			return registry.Change{}, err
		}
		next, err := a.nextYear(ctx, tx, old)
		if err != nil {
			return registry.Change{}, err
		}
		p = next.plan
		if err := tx.InsertPlan(ctx, &p, a.Areas.Scope(p.Area), actor.Account); err != nil {
			return registry.Change{}, err
		}
		n, err := next.copyTasks(ctx, tx, old.ID, p, actor)
		if err != nil {
			return registry.Change{}, err
		}
		return a.planChange("plan.clone", p, fact.Ref("cloned_from", "plan", old.ID), fact.Count("tasks", n)), nil
	})
	return p, err
}

// yearCopy copies a plan into the next year.
type yearCopy struct {
	plan   committee.Plan
	bodies committee.Bodies
	first  string // day of the new year
}

func (a *Service) nextYear(ctx context.Context, tx *store.Tx, old committee.Plan) (c yearCopy, err error) {
	all, err := tx.Bodies(ctx, nil)
	if err != nil {
		return c, err
	}
	c.bodies = committee.Bodies{}
	for _, b := range all {
		c.bodies[b.ID] = b
	}
	c.plan = old.NextYear()
	c.first = c.plan.FirstDay()
	c.plan.Issuer, c.plan.Standing = c.bodies.Heir(old.Issuer, c.first), c.bodies.Heir(old.Standing, c.first)
	if c.plan.Area = a.AreaFor(old.Area, c.first); c.plan.Area.IsZero() {
		return c, registry.E(registry.Conflict, "plan.error.unit_gone")
	}
	return c, nil
}

// copyTasks copies the tasks of a plan, those above before those below them.
func (c yearCopy) copyTasks(ctx context.Context, tx *store.Tx, from registry.PlanID, to committee.Plan, actor registry.Actor) (n int, err error) {
	tasks, err := tx.Tasks(ctx, committee.TaskFilter{Plan: from})
	if err != nil {
		return 0, err
	}
	copies := map[registry.TaskID]registry.TaskID{}
	for _, t := range committee.ParentsFirst(tasks) {
		if t.State == committee.TaskDropped {
			continue
		}
		task := t.NextYear(to.ID, c.first)
		task.Parent = copies[t.Parent]
		task.Lead = c.bodies.Heir(t.Lead, c.first)
		task.Supporting, task.Watching = c.heirs(t.Supporting, task.Lead), c.heirs(t.Watching, task.Lead)
		if err := tx.InsertTask(ctx, &task, actor.Account); err != nil {
			return n, err
		}
		if err := tx.AddTaskEntry(ctx, task.ID, committee.TaskEntry{By: actor.Name, Kind: committee.EntryAssigned}, actor.Account); err != nil {
			return n, err
		}
		copies[t.ID] = task.ID
		n++
	}
	return n, nil
}

// heirs are the bodies that go on with the work of others, each once and without the lead.
func (c yearCopy) heirs(ids []registry.BodyID, lead registry.BodyID) (heirs []registry.BodyID) {
	seen := map[registry.BodyID]bool{lead: true}
	for _, id := range ids {
		if heir := c.bodies.Heir(id, c.first); !seen[heir] {
			seen[heir] = true
			heirs = append(heirs, heir)
		}
	}
	return heirs
}
