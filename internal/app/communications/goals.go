package communications

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Goals are what a plan wants done through each channel.
type Goals struct {
	Plan     committee.Plan
	Channels []committee.Channel // those offered, and those with a goal
	Of       map[committee.ChannelID]int64
}

// GoalInput is the goal of a channel as it was typed; "" is none.
type GoalInput struct {
	Channel string
	Goal    string
}

// goalsFor reads the goals of a plan for whoever may change it; else it is NotFound.
func (a *Service) goalsFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.PlanID) (g Goals, err error) {
	if g.Plan, err = tx.Plan(ctx, id); err != nil {
		return g, err
	}
	if !actor.Can(registry.ManagePlan, a.Areas.Scope(g.Plan.Area)) {
		return Goals{}, core.ErrHidden()
	}
	listed, err := tx.ChannelGoals(ctx, id)
	if err != nil {
		return g, err
	}
	g.Of = map[committee.ChannelID]int64{}
	for _, goal := range listed {
		g.Of[goal.Channel] = goal.Goal
	}
	all, err := tx.Channels(ctx)
	for _, c := range all {
		if !c.Retired || g.Of[c.ID] > 0 {
			g.Channels = append(g.Channels, c)
		}
	}
	return g, err
}

// Goals returns what a plan wants done through each channel. The actor needs ManagePlan
// in its area, else it is NotFound.
func (a *Service) Goals(ctx context.Context, actor registry.Actor, id registry.PlanID) (g Goals, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		g, err = a.goalsFor(ctx, tx, actor, id)
		return err
	})
	return g, err
}

// SaveGoals sets what a plan wants done through each channel. The actor needs ManagePlan
// in its area, else it is NotFound. Invalid at "goal.<channel>".
func (a *Service) SaveGoals(ctx context.Context, actor registry.Actor, id registry.PlanID, typed []GoalInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		g, err := a.goalsFor(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		r := core.Input{}
		var goals []committee.ChannelGoal
		facts := fact.Facts{fact.Number("plan.year", g.Plan.Year)}
		for _, in := range typed {
			c, ok := committee.ChannelByID(g.Channels, committee.ChannelID(in.Channel))
			if !ok {
				return none, registry.E(registry.Malformed, "error.malformed")
			}
			field := "goal." + in.Channel
			n := r.Between(field, r.Count(field, in.Goal), 0, committee.MaxGoal)
			if n > 0 {
				goals = append(goals, committee.ChannelGoal{Channel: c.ID, Goal: int64(n)})
				facts = append(facts, channelFact(c.ID, g.Channels), fact.Count("communication.goal", n))
			}
		}
		if err := r.Faults.Err(); err != nil {
			return none, err
		}
		return registry.Change{Action: "communication.set_goals", Object: "plan", ID: string(id), Scope: a.Areas.Scope(g.Plan.Area), Detail: facts},
			tx.SaveChannelGoals(ctx, id, goals)
	})
}
