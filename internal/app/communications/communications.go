// Package communications holds the use cases of the register of what spreads the
// campaign: entering, correcting and striking out entries, channels, the goals of a plan
// for them, the figures of a year, what is printed and exported.
//
// Plans, tasks and bodies belong to package campaign.
package communications

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases of the register. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service { return &Service{Core: c, Events: e} }

// keeps reports whether the actor keeps the register in an area: enters anything that
// was done there. A role that enters for a body alone reads no plan.
func keeps(actor registry.Actor, scope registry.Scope) bool {
	return actor.System || slices.ContainsFunc(actor.Grants, func(g registry.Grant) bool {
		return keeper(g) && (g.Area == "" || slices.Contains(scope, g.Area))
	})
}

func keeper(g registry.Grant) bool {
	return g.Role.Allows(registry.Communicate) && g.Role.Allows(registry.ViewPlan)
}

// keepsReach are the codes of the areas in which the actor keeps the register, and
// all=true if that is the whole country.
func keepsReach(actor registry.Actor) (codes []string, all bool) {
	if actor.System {
		return nil, true
	}
	for _, g := range actor.Grants {
		switch {
		case !keeper(g):
		case g.Area == "":
			return nil, true
		default:
			codes = append(codes, g.Area)
		}
	}
	return codes, false
}

// rights is what the actor may do with an entry, or with one that is like it.
type rights struct{ reads, writes bool }

// rightsTo finds out what the actor may do with an entry. Whoever acts for a body has to
// do with what that body did, in the areas of the role.
func (a *Service) rightsTo(ctx context.Context, tx *store.Tx, actor registry.Actor, c committee.Communication) (r rights, err error) {
	scope := a.Areas.Scope(c.Area)
	r = rights{reads: actor.Can(registry.ViewPlan, scope), writes: keeps(actor, scope)}
	if r.writes || c.Body == "" {
		return r, nil
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.Communicate)
	if slices.Contains(own, c.Body) {
		r.reads, r.writes = true, actor.Can(registry.Communicate, scope)
	}
	return r, err
}

// entryFor reads an entry for whoever may read it, or write it if that is asked; for
// everybody else it is NotFound.
func (a *Service) entryFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.CommunicationID, write bool) (committee.Communication, error) {
	c, err := tx.Communication(ctx, id)
	if err != nil {
		return c, err
	}
	r, err := a.rightsTo(ctx, tx, actor, c)
	if err == nil && (write && !r.writes || !r.reads && !r.writes) {
		return committee.Communication{}, core.ErrHidden()
	}
	return c, err
}

// narrow keeps of a filter what the actor may read: the areas of the right to read
// plans, or else what the own bodies did. NotFound for whoever reads nothing.
func narrow(ctx context.Context, tx *store.Tx, actor registry.Actor, f *committee.CommunicationFilter) error {
	reach, err := core.ReachOf(ctx, tx, actor, registry.Communicate)
	if err != nil {
		return err
	}
	reach.Narrow(&f.Codes, &f.Bodies)
	return nil
}
