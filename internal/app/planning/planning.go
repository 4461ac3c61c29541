// Package planning holds the use cases of planning ahead: series of sessions that come back
// by a rule, with what stands in the way of each day.
//
// One event as such, and the copy of one, belong to events; rules to package recurrence.
package planning

import (
	"context"
	"slices"
	"sync"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
	"hoicho/internal/yearplan"
	"hoicho/internal/yearplan/paste"
)

// Service runs the use cases of planning. New makes one.
type Service struct {
	*core.Core
	events     *events.Service
	neighbours yearplan.Neighbours
	communes   func() *paste.Index // by their names
}

// New makes a Service on what all share.
func New(c *core.Core, events *events.Service, neighbours yearplan.Neighbours) *Service {
	return &Service{c, events, neighbours, sync.OnceValue(func() *paste.Index { return paste.NewIndex(c.Areas, c.Today()) })}
}

// Row is a day of a rule with what is known of it.
type Row struct {
	recurrence.Occurrence
	Gap     int              // days since the session before; 0: the first
	Past    bool             // before today: it is left as it is
	Event   registry.Event   // that was made of it; without an id there is none
	Clashes []registry.Event // at the same venue on these days, not called off
	Manages bool             // the actor may change it: its session may lie elsewhere than the pattern
}

// Made reports whether there is a session on the day.
func (r Row) Made() bool { return r.Event.ID != "" }

// On is the day on which the session begins: that of the rule, or the one it was moved to.
func (r Row) On() string {
	if r.Made() {
		return r.Event.OpensOn
	}
	return r.Key
}

// Edited reports whether somebody has changed the session since it was copied.
func (r Row) Edited() bool { return r.Event.Version > 1 }

// Returns reports whether a session can be put in: of an open day, or of one that was left
// out by hand.
func (r Row) Returns() bool {
	byHand := func(n recurrence.Note) bool { return n.Kind == recurrence.NoteSkipped }
	return r.Open() || !r.Past && !r.Made() && slices.ContainsFunc(r.Notes, byHand)
}

// Open reports whether a session can be made of the day.
func (r Row) Open() bool { return !r.Out && !r.Past && !r.Made() }

// Plan is what a rule makes of a pattern.
type Plan struct {
	Pattern registry.Event
	Rule    recurrence.Rule
	Rows    []Row
}

// Clear are the keys of the days that can be taken without a second thought.
func (p Plan) Clear() (keys []string) {
	for _, r := range p.Rows {
		if r.Open() && len(r.Clashes) == 0 {
			keys = append(keys, r.Key)
		}
	}
	return keys
}

// Pattern returns an event that sessions may be copied from. Rights as in Create.
func (a *Service) Pattern(ctx context.Context, actor registry.Actor, id registry.EventID) (registry.Event, error) {
	return a.events.OfficeEvent(ctx, actor, registry.ManageEvents, id)
}

// SeriesOf returns the series that an event is a session of; without an ID where it is of none.
// Rights as in Create.
func (a *Service) SeriesOf(ctx context.Context, actor registry.Actor, id registry.EventID) (s recurrence.Series, err error) {
	if _, err := a.Pattern(ctx, actor, id); err != nil {
		return s, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		s, err = tx.SeriesOf(ctx, id)
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return recurrence.Series{}, nil
	}
	return s, err
}

// patternsMost is how many events are offered as patterns.
const patternsMost = 100

// Patterns returns the latest events of the areas whose events the actor manages, without
// the sessions of series: one year of a market would push out all others.
func (a *Service) Patterns(ctx context.Context, actor registry.Actor) (list []registry.Event, err error) {
	codes, all := actor.Reach(registry.ManageEvents)
	f := registry.EventFilter{Reach: codes, Limited: !all, Single: true, Latest: true, Limit: patternsMost}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, _, err = tx.Events(ctx, f)
		return err
	})
	return list, err
}

// Preview says which days a rule gives and what stands in their way. It stores nothing.
// Rights as in Create; Invalid at the fields of the rule.
func (a *Service) Preview(ctx context.Context, actor registry.Actor, in Input) (p Plan, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = a.plan(ctx, tx, actor, in)
		return err
	})
	return p, err
}

func (a *Service) plan(ctx context.Context, tx *store.Tx, actor registry.Actor, in Input) (p Plan, err error) {
	if p.Pattern, err = a.events.EventFor(ctx, tx, actor, registry.ManageEvents, registry.EventID(in.Pattern)); err != nil {
		return p, err
	}
	if p.Rule, err = a.readRule(in); err != nil {
		return p, err
	}
	p.Rows, err = a.rows(ctx, tx, p.Pattern, p.Rule, nil)
	return p, err
}

// rows are the days of a rule beside the events that were made of them.
func (a *Service) rows(ctx context.Context, tx *store.Tx, pattern registry.Event, rule recurrence.Rule, made map[string]registry.Event) ([]Row, error) {
	beside, err := a.atVenue(ctx, tx, pattern, rule)
	if err != nil {
		return nil, err
	}
	var rows []Row
	before := ""
	for _, o := range rule.Occurrences(rule.First, rule.Last) {
		r := Row{Occurrence: o, Event: made[o.Key]}
		r.Past = r.On() < a.Today()
		if !o.Out {
			if before != "" {
				r.Gap = vn.DaysBetween(before, o.Key)
			}
			before = o.Key
		}
		if r.Returns() {
			r.Clashes = clashes(beside, pattern, o.Key)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// besideMost bounds what is read of a unit's events.
const besideMost = 5000

// atVenue returns the events at the venue of a pattern in the time of a rule that were not
// called off.
func (a *Service) atVenue(ctx context.Context, tx *store.Tx, pattern registry.Event, rule recurrence.Rule) ([]registry.Event, error) {
	scope := a.Areas.Scope(pattern.Area)
	if len(scope) == 0 || pattern.Venue == "" {
		return nil, nil
	}
	last := vn.AddDays(rule.Last, span(pattern))
	list, _, err := tx.Events(ctx, registry.EventFilter{Area: scope[0], From: rule.First, To: last, Limit: besideMost})
	venue := vn.Fold(pattern.Venue)
	return slices.DeleteFunc(list, func(e registry.Event) bool { return e.State == registry.Cancelled || vn.Fold(e.Venue) != venue }), err
}

// span is how many days an event lasts beyond its first.
func span(e registry.Event) int { return vn.DaysBetween(e.OpensOn, e.ClosesOn) }

func clashes(beside []registry.Event, pattern registry.Event, key string) (found []registry.Event) {
	last := vn.AddDays(key, span(pattern))
	for _, e := range beside {
		if e.OpensOn <= last && e.ClosesOn >= key {
			found = append(found, e)
		}
	}
	return found
}
