package communications

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Choices are what the form of an entry offers the actor.
type Choices struct {
	Channels []committee.Channel // all, those retired too: an old entry keeps its own
	Bodies   []committee.Body    // standing ones: of the areas where the actor keeps the register, else those acted for
	Tasks    []committee.Task    // that count communications and are not over
	Events   []registry.Event    // the newest of the areas of the actor
	Keeps    bool                // the actor enters for anybody; else for a body alone
	Channel  committee.ChannelID // used last by the actor
	Area     registry.AreaRef    // used last, or the only one of the actor; zero is not known
	Body     registry.BodyID     // the only one offered to whoever acts for a body alone
}

// Choices returns what the form of an entry offers. NotFound for whoever enters
// nothing.
func (a *Service) Choices(ctx context.Context, actor registry.Actor) (c Choices, err error) {
	if !actor.CanSomewhere(registry.Communicate) {
		return c, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if c, err = a.choices(ctx, tx, actor); err != nil {
			return err
		}
		if c.Events, err = newestEvents(ctx, tx, actor); err != nil {
			return err
		}
		return a.preset(ctx, tx, actor, &c)
	})
	return c, err
}

func (a *Service) choices(ctx context.Context, tx *store.Tx, actor registry.Actor) (c Choices, err error) {
	if c.Channels, err = tx.Channels(ctx); err != nil {
		return c, err
	}
	codes, all := keepsReach(actor)
	c.Keeps = all || len(codes) > 0
	if all {
		codes = nil
	}
	if c.Keeps {
		c.Bodies, err = tx.Bodies(ctx, codes)
	} else {
		c.Bodies, err = bodiesOf(ctx, tx, actor)
	}
	if err != nil {
		return c, err
	}
	today := a.Today()
	c.Bodies = slices.DeleteFunc(c.Bodies, func(b committee.Body) bool { return !b.StandsOn(today) })
	c.Tasks, err = a.tasks(ctx, tx, actor, c)
	return c, err
}

// eventsOffered is how many events a form offers.
const eventsOffered = 40

// newestEvents are the events of the areas in which the actor enters what was done.
func newestEvents(ctx context.Context, tx *store.Tx, actor registry.Actor) ([]registry.Event, error) {
	codes, all := actor.Reach(registry.Communicate)
	events, _, err := tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !all, Latest: true, Limit: eventsOffered})
	return slices.DeleteFunc(events, func(e registry.Event) bool { return e.State == registry.Draft }), err
}

// bodiesOf are the bodies that the actor acts for.
func bodiesOf(ctx context.Context, tx *store.Tx, actor registry.Actor) (bodies []committee.Body, err error) {
	own, err := core.OwnBodies(ctx, tx, actor, registry.Communicate)
	for _, id := range own {
		b, err := tx.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, b)
	}
	return bodies, err
}

// tasks are those that count communications: of the plans that the actor reads, or else
// those in which a body has a part for which the actor acts.
func (a *Service) tasks(ctx context.Context, tx *store.Tx, actor registry.Actor, c Choices) (tasks []committee.Task, err error) {
	f := committee.TaskFilter{States: []committee.TaskState{committee.TaskOpen, committee.TaskInProgress}}
	if !c.Keeps {
		f.Bodies = []registry.BodyID{}
		for _, b := range c.Bodies {
			f.Bodies = append(f.Bodies, b.ID)
		}
		return counting(ctx, tx, f)
	}
	codes, all := actor.Reach(registry.ViewPlan)
	if all {
		codes = nil
	}
	plans, err := tx.Plans(ctx, codes)
	for _, p := range plans {
		f.Plan = p.ID
		found, err := counting(ctx, tx, f)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, found...)
	}
	return tasks, err
}

// counting keeps the tasks that count communications.
func counting(ctx context.Context, tx *store.Tx, f committee.TaskFilter) ([]committee.Task, error) {
	tasks, err := tx.Tasks(ctx, f)
	return slices.DeleteFunc(tasks, func(t committee.Task) bool { return t.Source != committee.CommunicationSource }), err
}

// preset fills in what the actor is most likely to enter next: what was entered last,
// and before the first entry the commune or province of the role.
func (a *Service) preset(ctx context.Context, tx *store.Tx, actor registry.Actor, c *Choices) error {
	if !c.Keeps && len(c.Bodies) == 1 {
		c.Body, c.Area = c.Bodies[0].ID, a.AreaFor(c.Bodies[0].Area, a.Today())
	}
	if area, ok := onlyArea(actor); ok {
		c.Area = registry.AreaRef{Edition: registry.Edition2025, Code: area}
	}
	last, err := tx.LastCommunication(ctx, actor.Account)
	if registry.KindOf(err) == registry.NotFound {
		c.Channel = committee.VillageMeeting
		return nil
	}
	if err != nil {
		return err
	}
	c.Channel = last.Channel
	if area := a.AreaFor(last.Area, a.Today()); !area.IsZero() && actor.Can(registry.Communicate, a.Areas.Scope(area)) {
		c.Area = area
	}
	return nil
}

// onlyArea is the area in which the actor enters what was done, if it is a single one.
func onlyArea(actor registry.Actor) (code string, ok bool) {
	codes, all := actor.Reach(registry.Communicate)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	return strings.Join(codes, ""), !all && len(codes) == 1
}
