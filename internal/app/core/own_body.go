package core

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ErrHidden is what whoever may not see a thing is told: NotFound, as if there were none.
func ErrHidden() error { return registry.E(registry.NotFound, "error.not_found") }

// OwnBodies are the bodies that an actor acts for, none for one without the right of those
// who do.
func OwnBodies(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right) ([]registry.BodyID, error) {
	if actor.Account == "" || !actor.CanSomewhere(right) {
		return nil, nil
	}
	return tx.BodiesOf(ctx, actor.Account)
}

// Reach is what of a register somebody reads: the entries of areas, or else those of the own
// bodies. ReachOf makes one.
type Reach struct {
	codes []string          // of the areas, nil for everywhere
	own   []registry.BodyID // not nil, though perhaps empty, where they are all that is read
}

// ReachOf finds out what an actor reads of a register: the areas in which it reads plans, or
// else the bodies that it acts for by a right. NotFound for whoever reads nothing.
func ReachOf(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right) (Reach, error) {
	codes, all := actor.Reach(registry.ViewPlan)
	switch {
	case all:
		return Reach{}, nil
	case len(codes) > 0:
		return Reach{codes: codes}, nil
	case !actor.CanSomewhere(right):
		return Reach{}, ErrHidden()
	}
	own, err := OwnBodies(ctx, tx, actor, right)
	return Reach{own: append([]registry.BodyID{}, own...)}, err
}

// Narrow keeps of a filter what is within reach: it sets the codes of the areas, nil for
// everywhere, or else the bodies.
func (r Reach) Narrow(codes *[]string, bodies *[]registry.BodyID) {
	if r.own != nil {
		*bodies = r.own
		return
	}
	*codes = r.codes
}
