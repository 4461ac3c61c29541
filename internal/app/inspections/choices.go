package inspections

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Choices are what the forms of rounds and records offer.
type Choices struct {
	Bodies   []committee.Body // standing ones, of the areas where the actor inspects, else those acted for
	Tasks    []committee.Task // that count inspections and are not over
	Events   []registry.Event // the newest of those areas
	Rounds   []inspection.Round
	Inspects bool
	Area     registry.AreaRef // the only one of the actor; zero is not known
}

// eventsOffered is how many events a form offers.
const eventsOffered = 40

// Choices returns what the forms offer. NotFound for whoever enters nothing.
func (a *Service) Choices(ctx context.Context, actor registry.Actor) (c Choices, err error) {
	codes, all := actor.Reach(registry.Inspect)
	c.Inspects = all || len(codes) > 0
	if !c.Inspects && !actor.CanSomewhere(registry.ViewTasks) {
		return c, core.ErrHidden()
	}
	if all {
		codes = nil
	} else if len(codes) == 1 {
		c.Area = registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]}
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if !c.Inspects {
			c.Bodies, err = bodiesOf(ctx, tx, actor)
			return err
		}
		if c.Bodies, err = tx.Bodies(ctx, codes); err != nil {
			return err
		}
		c.Bodies = slices.DeleteFunc(c.Bodies, func(b committee.Body) bool { return !b.StandsOn(a.Today()) })
		c.Events, _, err = tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !all, Latest: true, Limit: eventsOffered})
		if err != nil {
			return err
		}
		c.Events = slices.DeleteFunc(c.Events, func(e registry.Event) bool { return e.State == registry.Draft })
		if c.Rounds, err = tx.Rounds(ctx, inspection.RoundFilter{Codes: codes, Limit: eventsOffered}); err != nil {
			return err
		}
		c.Tasks, err = a.tasks(ctx, tx, actor)
		return err
	})
	return c, err
}

// bodiesOf are the bodies that the actor acts for.
func bodiesOf(ctx context.Context, tx *store.Tx, actor registry.Actor) (bodies []committee.Body, err error) {
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	for _, id := range own {
		b, err := tx.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, b)
	}
	return bodies, err
}

// tasks are those that count inspections, of the plans that the actor reads.
func (a *Service) tasks(ctx context.Context, tx *store.Tx, actor registry.Actor) (tasks []committee.Task, err error) {
	codes, all := actor.Reach(registry.ViewPlan)
	if all {
		codes = nil
	}
	plans, err := tx.Plans(ctx, codes)
	for _, p := range plans {
		found, err := tx.Tasks(ctx, committee.TaskFilter{Plan: p.ID, States: []committee.TaskState{committee.TaskOpen, committee.TaskInProgress}})
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			if t.Source == committee.InspectionSource {
				tasks = append(tasks, t)
			}
		}
	}
	return tasks, err
}

// VendorNamed finds the vendor that a text names: by its whole name, or as the only one whose
// name or village holds the words. Invalid at "vendor" for none and for several; NotFound for
// whoever inspects nowhere.
func (a *Service) VendorNamed(ctx context.Context, actor registry.Actor, text string) (id registry.VendorID, err error) {
	if !actor.CanSomewhere(registry.Inspect) {
		return "", core.ErrHidden()
	}
	if text == "" {
		return "", registry.Faults{registry.At("vendor", "error.required")}
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, more, err := tx.Vendors(ctx, registry.VendorFilter{Text: text, Limit: eventsOffered})
		if err != nil {
			return err
		}
		exact := slices.DeleteFunc(slices.Clone(found), func(v registry.Vendor) bool { return !strings.EqualFold(v.Name, text) })
		switch {
		case len(exact) == 1:
			id = exact[0].ID
		case len(found) == 1 && !more:
			id = found[0].ID
		default:
			return registry.Faults{registry.At("vendor", "inspection.error.vendor")}
		}
		return nil
	})
	return id, err
}

// Booths returns the booths of an event that have a vendor, to whoever inspects there; else
// NotFound.
func (a *Service) Booths(ctx context.Context, actor registry.Actor, event registry.EventID) (stalls []Stall, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		e, err := tx.Event(ctx, event)
		if err != nil {
			return err
		}
		if !actor.Can(registry.Inspect, a.Areas.Scope(e.Area)) {
			return core.ErrHidden()
		}
		stalls, err = a.stalls(ctx, tx, event)
		return err
	})
	return stalls, err
}
