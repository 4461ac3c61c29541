// Package inspections holds the use cases of inspection and self-inspection: records handed
// in from phones and forms, their numbers and photos, findings with what becomes of them,
// rounds with their teams, the checks before a booth opens.
//
// What citizens report belongs to package tips; whether a pass is good to package passes.
package inspections

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
	Lists  inspection.Checklists
}

// New makes a Service on what all share, with the dated checklists.
func New(c *core.Core, e *events.Service, lists inspection.Checklists) *Service {
	return &Service{Core: c, Events: e, Lists: lists}
}

// Opens reports whether the actor opens the register at all: whoever reads plans, and
// whoever acts for a body.
func Opens(actor registry.Actor) bool {
	return actor.CanSomewhere(registry.ViewPlan) || actor.CanSomewhere(registry.ViewTasks)
}

// rights is what the actor may do with a record: whoever reads plans in its area reads it,
// whoever inspects there writes it. Whoever acts for a body reads what was looked at there,
// and writes its self-inspections.
type rights struct{ reads, writes bool }

func (a *Service) rightsTo(ctx context.Context, tx *store.Tx, actor registry.Actor, r inspection.Record) (is rights, err error) {
	scope := a.Areas.Scope(r.Area)
	is = rights{actor.Can(registry.ViewPlan, scope), actor.Can(registry.Inspect, scope)}
	if is.reads && is.writes || r.Subject.Body == "" {
		return is, nil
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if slices.Contains(own, r.Subject.Body) {
		is.reads = true
		is.writes = is.writes || r.Kind == inspection.Self
	}
	return is, err
}

// recordFor reads a record for whoever may read it, or write it if that is asked; for
// everybody else it is NotFound.
func (a *Service) recordFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.InspectionID, write bool) (r inspection.Record, is rights, err error) {
	if r, err = tx.Inspection(ctx, id); err != nil {
		return r, is, err
	}
	is, err = a.rightsTo(ctx, tx, actor, r)
	if err == nil && (!is.reads && !is.writes || write && !is.writes) {
		return inspection.Record{}, is, core.ErrHidden()
	}
	return r, is, err
}

// narrow keeps of a filter what the actor may read: the areas of the right to read plans, or
// else the own bodies. NotFound for whoever reads nothing.
func narrow(ctx context.Context, tx *store.Tx, actor registry.Actor, f *inspection.Filter) error {
	reach, err := core.ReachOf(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return err
	}
	reach.Narrow(&f.Codes, &f.Bodies)
	return nil
}
