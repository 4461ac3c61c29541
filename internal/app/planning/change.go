package planning

import (
	"context"
	"errors"
	"slices"

	"hoicho/internal/fact"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Change is what another rule makes of a series from a day on.
type Change struct {
	File          // as it stands
	After  Plan   // the days of the new rule from its first on, with the sessions that there are
	Before int    // sessions that lie before: they stay as they are
	Kept   int    // sessions on days that the new rule gives too
	Gone   []Row  // sessions that it does not give and that are removed
	Stay   []Stay // sessions that it does not give and that stay beside it
}

// Stay is a session that stays although the rule does not give its day any more.
type Stay struct {
	Row
	Why *registry.Error
}

// Clear are the keys of the new days that can be taken without a second thought: those that
// were left out before are not among them.
func (c Change) Clear() []string {
	return slices.DeleteFunc(c.After.Clear(), func(key string) bool { return slices.Contains(c.Series.Rule.Skipped, key) })
}

// Nothing reports whether the change leaves everything as it is when some days are ticked.
func (c Change) Nothing(keys []string) bool {
	return len(keys) == 0 && len(c.Gone) == 0 && c.After.Rule.Last == c.Series.Rule.Last && c.Series.Rule.Same(c.After.Rule)
}

// ends reports whether nothing goes on from the first day of the change.
func (c Change) ends() bool {
	held := func(r Row) bool { return !r.Out }
	return !slices.ContainsFunc(c.After.Rows, held) && len(c.Stay) == 0
}

// PreviewChange says what another rule would make of a series from its first day on. It stores
// nothing. Rights as in Create; Invalid at the fields of the rule, also where the first day has
// passed: what was held is never counted anew.
func (a *Service) PreviewChange(ctx context.Context, actor registry.Actor, id recurrence.SeriesID, in Input) (c Change, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, err = a.planChange(ctx, tx, actor, id, in)
		return err
	})
	return c, err
}

func (a *Service) planChange(ctx context.Context, tx *store.Tx, actor registry.Actor, id recurrence.SeriesID, in Input) (c Change, err error) {
	if c.File, err = a.read(ctx, tx, actor, registry.ManageEvents, id); err != nil {
		return c, err
	}
	c.After = Plan{Pattern: c.Pattern}
	if c.After.Rule, err = a.readRule(in); err != nil {
		return c, err
	}
	first := c.After.Rule.First
	if first < a.Today() {
		return c, registry.Faults{registry.At("first", "planning.error.first_past", vn.ShowDate(a.Today()))}
	}
	ahead := map[string]registry.Event{}
	for _, r := range c.File.Rows {
		switch {
		case r.Made() && r.Key < first:
			c.Before++
		case r.Made():
			ahead[r.Key] = r.Event
		}
	}
	if c.After.Rows, err = a.rows(ctx, tx, c.Pattern, c.After.Rule, ahead); err != nil {
		return c, err
	}
	return c, a.judge(ctx, tx, &c, ahead)
}

// judge says what becomes of the sessions ahead.
func (a *Service) judge(ctx context.Context, tx *store.Tx, c *Change, ahead map[string]registry.Event) error {
	given := keysOf(slices.DeleteFunc(slices.Clone(c.After.Rows), func(r Row) bool { return r.Out }))
	for _, r := range c.File.Rows {
		if _, lies := ahead[r.Key]; !lies {
			continue
		}
		if given[r.Key] {
			c.Kept++
			continue
		}
		why, err := a.stays(ctx, tx, r)
		switch {
		case err != nil:
			return err
		case why != nil:
			c.Stay = append(c.Stay, Stay{r, why})
		default:
			c.Gone = append(c.Gone, r)
		}
	}
	c.makeRoom()
	return nil
}

// makeRoom takes the sessions that go out of what stands in the way of the new days.
func (c *Change) makeRoom() {
	goes := func(e registry.Event) bool {
		return slices.ContainsFunc(c.Gone, func(r Row) bool { return r.Event.ID == e.ID })
	}
	for i := range c.After.Rows {
		c.After.Rows[i].Clashes = slices.DeleteFunc(c.After.Rows[i].Clashes, goes)
	}
}

// stays says why a session is not removed with its day; nil where it is.
func (a *Service) stays(ctx context.Context, tx *store.Tx, r Row) (*registry.Error, error) {
	switch {
	case !r.Manages:
		return registry.E(registry.Conflict, "planning.stay.elsewhere"), nil
	case r.Past:
		return registry.E(registry.Conflict, "planning.stay.past"), nil
	case r.Event.State != registry.Draft:
		return registry.E(registry.Conflict, "planning.stay.planned"), nil
	case r.Edited():
		return registry.E(registry.Conflict, "planning.stay.edited"), nil
	}
	refused, err := a.events.MayRemove(ctx, tx, r.Event)
	if err != nil || refused == nil {
		return nil, err
	}
	var why *registry.Error
	if !errors.As(refused, &why) {
		return nil, refused
	}
	return why, nil
}

// Chosen names a series as it was read, and the days that were ticked.
type Chosen struct {
	Series  recurrence.SeriesID
	Version int64
	Keys    []string
}

// Changed is what a change did.
type Changed struct {
	Series     recurrence.SeriesID // that goes on: the same, or a new one from the first day on
	Made, Gone int
}

// ApplyChange gives a series another rule from the rule's first day on: it makes a draft of
// every chosen day, removes the sessions that the rule does not give and that may be removed,
// and leaves the others. Where the days differ and sessions lie before, the series ends the day
// before and a new one goes on. Rights and errors as in PreviewChange and Create, but no day
// has to be chosen; a Conflict if the series has changed since it was read.
func (a *Service) ApplyChange(ctx context.Context, actor registry.Actor, x Chosen, in Input) (done Changed, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		c, err := a.planChange(ctx, tx, actor, x.Series, in)
		if err != nil {
			return registry.Change{}, err
		}
		chosen, err := c.After.choose(x.Keys)
		if err != nil {
			return registry.Change{}, err
		}
		for _, r := range c.Gone {
			if err := a.events.RemoveEvent(ctx, tx, actor, r.Event); err != nil {
				return registry.Change{}, err
			}
		}
		c.Series.Version = x.Version
		s, err := a.follow(ctx, tx, actor, c)
		if err != nil {
			return registry.Change{}, err
		}
		for _, key := range chosen {
			if err := a.make(ctx, tx, actor, made{s, c.Pattern, key, "planning.error.there"}); err != nil {
				return registry.Change{}, err
			}
		}
		done = Changed{s.ID, len(chosen), len(c.Gone)}
		return a.change("event.series_change", s, c.Pattern, fact.Date("planning.day", c.After.Rule.First),
			fact.Count("planning.sessions", len(chosen)), fact.Count("planning.removed", len(c.Gone))), nil
	})
	return done, err
}

// follow stores the rule of a change, in the same series or one that follows it.
func (a *Service) follow(ctx context.Context, tx *store.Tx, actor registry.Actor, c Change) (recurrence.Series, error) {
	s, next := c.Series, c.After.Rule
	first := next.First
	switch {
	case s.Rule.Same(next):
		next = s.Rule.Extended(next)
	case c.Before > 0:
		s.Rule.Last = min(s.Rule.Last, vn.AddDays(first, -1))
		if err := tx.SaveSeries(ctx, &s); err != nil || c.ends() {
			return s, err
		}
		after := recurrence.Series{Pattern: s.Pattern, Rule: next, CreatedBy: actor.Account}
		if err := tx.InsertSeries(ctx, &after); err != nil {
			return s, err
		}
		return after, tx.MoveOccurrences(ctx, s.ID, after.ID, first)
	}
	s.Rule = next
	return s, tx.SaveSeries(ctx, &s)
}
