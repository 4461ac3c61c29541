// Package procurement holds the use cases of what the campaign does for producers with
// public money: what bodies buy out of the budget, support to producers, and buyers and
// producers brought together.
//
// Bodies, plans and tasks belong to package campaign, what an event costs to package costs.
package procurement

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service { return &Service{Core: c, Events: e} }

// rights is what the actor may do with the reports of a body: whoever reads plans in its
// area reads them, whoever manages plans there writes them too, and so does whoever acts
// for the body, as with its tasks.
type rights struct{ reads, writes bool }

func (a *Service) rightsTo(ctx context.Context, tx *store.Tx, actor registry.Actor, b committee.Body) (r rights, err error) {
	scope := a.Areas.Scope(b.Area)
	r = rights{reads: actor.Can(registry.ViewPlan, scope), writes: actor.Can(registry.ManagePlan, scope)}
	if r.writes {
		return r, nil
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if slices.Contains(own, b.ID) {
		r = rights{true, true}
	}
	return r, err
}

// found is a report with its body, as it was read for somebody.
type found struct {
	committee.Purchase
	body committee.Body
	rights
}

// reportFor reads a report for whoever may read it, or write it if that is asked; for
// everybody else it is NotFound.
func (a *Service) reportFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.ProcurementID, write bool) (f found, err error) {
	if f.Purchase, err = tx.Procurement(ctx, id); err != nil {
		return f, err
	}
	if f.body, err = tx.Body(ctx, f.Body); err != nil {
		return f, err
	}
	f.rights, err = a.rightsTo(ctx, tx, actor, f.body)
	if err == nil && (!f.reads || write && !f.writes) {
		return found{}, core.ErrHidden()
	}
	return f, err
}

// narrow keeps of a filter what the actor may read: the areas of the right to read plans,
// or else the own bodies. NotFound for whoever reads nothing.
func narrow(ctx context.Context, tx *store.Tx, actor registry.Actor, f *committee.ProcurementFilter) error {
	reach, err := core.ReachOf(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return err
	}
	reach.Narrow(&f.Codes, &f.Bodies)
	return nil
}

// ReportOn counts the bodies that have reported in a year what they bought, among those
// found under one of today's units: a body that was renamed or merged is one with its heir.
func ReportOn(ctx context.Context, tx *store.Tx, codes []string, p committee.Period) (int, error) {
	bodies, err := tx.Bodies(ctx, nil)
	if err != nil {
		return 0, err
	}
	sent, err := sentBodies(ctx, tx, bodies, committee.ProcurementFilter{Codes: codes}, p)
	return len(sent), err
}

// sentBodies are the bodies, or their heirs on the last day of a period, of which a report
// lies over the period.
func sentBodies(ctx context.Context, tx *store.Tx, all []committee.Body, f committee.ProcurementFilter, p committee.Period) (map[registry.BodyID]bool, error) {
	known := committee.Bodies{}
	for _, b := range all {
		known[b.ID] = b
	}
	f.Year, f.Parts = p.Year, nil
	for _, part := range committee.Parts {
		if part.Overlaps(p.Part) {
			f.Parts = append(f.Parts, part)
		}
	}
	ids, err := tx.ReportingBodies(ctx, f)
	sent := map[registry.BodyID]bool{}
	for _, id := range ids {
		sent[known.Heir(id, p.LastDay())] = true
	}
	return sent, err
}
