package floorplans

import (
	"context"

	"hoicho/internal/app/booths"
	"hoicho/internal/fact"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/floorplan"
)

// working reads the draft of an event that an officer is about to take a step with.
func (s *Service) working(ctx context.Context, tx *store.Tx, actor registry.Actor, r Ref) (registry.Event, kept.Plan, error) {
	e, err := s.Booths.LockPlan(ctx, tx, actor, r.Event)
	if err != nil {
		return e, kept.Plan{}, err
	}
	p, err := kept.Working(ctx, tx, r.Event)
	switch {
	case err != nil:
		return e, kept.Plan{}, err
	case p == nil || p.N != r.N || p.Version != r.Version:
		return e, kept.Plan{}, registry.E(registry.Conflict, "error.stale")
	}
	return e, *p, nil
}

// Check notes that a draft was looked over. It is a Conflict while something keeps it from being published,
// or if it has moved on since it was read.
func (s *Service) Check(ctx context.Context, actor registry.Actor, r Ref) error {
	before, err := s.Desk(ctx, actor, r.Event)
	if err != nil {
		return err
	}
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, p, err := s.working(ctx, tx, actor, r)
		if err != nil {
			return registry.Change{}, err
		}
		d := Desk{Event: e}
		if err := d.read(ctx, tx); err != nil {
			return registry.Change{}, err
		}
		d.look(&before)
		if n := len(floorplan.Stops(d.Findings)); n > 0 {
			return registry.Change{}, registry.E(registry.Conflict, "floor_plan.error.stops", n)
		}
		return s.change("floor_plan.check", e, p), kept.Check(ctx, tx, p)
	})
}

// StepBack takes back the last change of a draft that was not taken back yet, whoever made it. It is a Conflict if
// the draft has moved on since it was read, or nothing can be taken back any more.
func (s *Service) StepBack(ctx context.Context, actor registry.Actor, r Ref) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, p, err := s.working(ctx, tx, actor, r)
		if err != nil {
			return registry.Change{}, err
		}
		u, err := kept.LastChange(ctx, tx, p)
		if err != nil {
			return registry.Change{}, err
		}
		if u == nil {
			return registry.Change{}, registry.E(registry.Conflict, "floor_plan.error.undo")
		}
		added, gone, changed := floorplan.Differences(p.Layout, u.Layout)
		p.SavedBy, p.SavedAs = actor.Account, actor.Name
		err = kept.StepBack(ctx, tx, &p, *u)
		return s.change("floor_plan.step_back", e, p, fact.Count("added", added), fact.Count("gone", gone), fact.Count("changed", changed)), err
	})
}

// SetAside ends a draft; it stays among the versions. It is a Conflict if it has moved on since it was read.
func (s *Service) SetAside(ctx context.Context, actor registry.Actor, r Ref) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, p, err := s.working(ctx, tx, actor, r)
		if err != nil {
			return registry.Change{}, err
		}
		return s.change("floor_plan.set_aside", e, p), kept.SetAside(ctx, tx, p)
	})
}

// TakeUp makes a draft like an older version. The draft that there is, which r names, becomes a past version.
func (s *Service) TakeUp(ctx context.Context, actor registry.Actor, r Ref, n int) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := s.Booths.LockPlan(ctx, tx, actor, r.Event)
		if err != nil {
			return registry.Change{}, err
		}
		from, err := kept.Get(ctx, tx, r.Event, n)
		if err != nil {
			return registry.Change{}, err
		}
		working, err := kept.Working(ctx, tx, r.Event)
		if err != nil {
			return registry.Change{}, err
		}
		if working != nil {
			if working.N != r.N || working.Version != r.Version || working.N == n {
				return registry.Change{}, registry.E(registry.Conflict, "error.stale")
			}
			if err := kept.SetAside(ctx, tx, *working); err != nil {
				return registry.Change{}, err
			}
		}
		list, err := tx.Booths(ctx, r.Event)
		if err != nil {
			return registry.Change{}, err
		}
		p := kept.Plan{Event: r.Event, Layout: from.Layout.Relinked(booths.CodesOf(list)), SavedBy: actor.Account, SavedAs: actor.Name}
		err = kept.Insert(ctx, tx, &p, nil)
		return s.change("floor_plan.take_up", e, p, fact.Number("from_n", n)), err
	})
}
