// Package campaign holds the use cases of a committee's year: the bodies that carry the
// campaign, the plan of a year with its targets, its tasks and their log.
//
// What is done to spread the campaign, articles, offers and inspections have rooms of
// their own; their rows count for the tasks that they are tied to.
package campaign

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases of the campaign. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service { return &Service{Core: c, Events: e} }

// reach are the codes of the areas of a right, as store takes them: nil is everywhere.
// NotFound without the right anywhere.
func reach(actor registry.Actor, right registry.Right) ([]string, error) {
	codes, all := actor.Reach(right)
	switch {
	case all:
		return nil, nil
	case len(codes) == 0:
		return nil, core.ErrHidden()
	}
	return codes, nil
}

// area reads the unit of a form. One in which the actor lacks the right is refused at
// the field, as is one that is none.
func (a *Service) area(in *core.Input, actor registry.Actor, right registry.Right, field, text string) registry.AreaRef {
	unit, err := a.Areas.Find(text)
	if err != nil {
		in.Faults.Add(field, "error.area_unknown")
		return registry.AreaRef{}
	}
	in.Faults.Check(actor.Can(right, a.Areas.Scope(unit.Ref)), field, "body.error.area_not_yours")
	return unit.Ref
}

// mayActFor reports whether an actor is one of the people of one of the bodies.
func mayActFor(ctx context.Context, tx *store.Tx, actor registry.Actor, bodies []registry.BodyID) (bool, error) {
	if actor.Account == "" {
		return false, nil
	}
	own, err := tx.BodiesOf(ctx, actor.Account)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(own, func(b registry.BodyID) bool { return slices.Contains(bodies, b) }), nil
}
