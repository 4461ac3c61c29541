package planning

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/fact"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// MostSessions is how many sessions are made at once.
const MostSessions = 160

// Create makes a draft of every chosen day of a rule, all of them or none; the days that
// were not chosen are left out of the rule and can be put back. The actor needs
// ManageEvents in the area of the pattern. Invalid at the fields of the rule, and at
// "keys" for days that the rule does not give, that have passed, or on which there is a
// copy already, as a form that is sent twice would make.
func (a *Service) Create(ctx context.Context, actor registry.Actor, in Input, keys []string) (s recurrence.Series, n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (c registry.Change, err error) {
		p, err := a.plan(ctx, tx, actor, in)
		if err != nil {
			return c, err
		}
		chosen, err := p.choose(keys)
		if err == nil && len(chosen) == 0 {
			err = registry.Faults{registry.At("keys", "planning.error.none")}
		}
		if err != nil {
			return c, err
		}
		n, s = len(chosen), recurrence.Series{Pattern: p.Pattern.ID, Rule: p.Rule, CreatedBy: actor.Account}
		if err := tx.InsertSeries(ctx, &s); err != nil {
			return c, err
		}
		for _, key := range chosen {
			if err := a.make(ctx, tx, actor, made{s, p.Pattern, key, "planning.error.there"}); err != nil {
				return c, err
			}
		}
		return a.change("event.series", s, p.Pattern, fact.Count("planning.sessions", n)), nil
	})
	return s, n, err
}

// choose reads which days were ticked, and leaves the others out of the rule.
func (p *Plan) choose(keys []string) (chosen []string, err error) {
	var f registry.Faults
	for _, r := range p.Rows {
		switch ticked := slices.Contains(keys, r.Key); {
		case ticked && r.Open():
			chosen = append(chosen, r.Key)
		case !r.Out && !r.Past && !r.Made():
			p.Rule.Skipped = append(p.Rule.Skipped, r.Key)
		}
	}
	strange := func(key string) bool { return !slices.Contains(chosen, key) }
	if i := slices.IndexFunc(keys, strange); i >= 0 {
		f.Add("keys", "planning.error.not_a_day", vn.ShowDate(keys[i]))
	}
	f.Check(len(chosen) <= MostSessions, "keys", "planning.error.many", len(chosen), MostSessions)
	return chosen, f.Err()
}

// made is a session to be made: the day of a series, copied from its pattern.
type made struct {
	series  recurrence.Series
	pattern registry.Event
	key     string
	taken   string // what is said of a copy that stands on the day already
}

func (a *Service) make(ctx context.Context, tx *store.Tx, actor registry.Actor, m made) error {
	e, err := a.events.CopyOn(actor, m.pattern, m.key)
	if err != nil {
		return atKeys(m.key, err)
	}
	n, err := tx.CountClones(ctx, m.pattern.ID, e.Area, m.key)
	if err != nil {
		return err
	}
	if n > 0 {
		return registry.Faults{registry.At("keys", m.taken, vn.ShowDate(m.key))}
	}
	if err := a.events.StoreCopy(ctx, tx, actor, m.pattern, &e); err != nil {
		return err
	}
	return tx.LinkOccurrence(ctx, m.series.ID, m.key, e.ID)
}

// atKeys tells the first fault of a copy after its day: its fields are those of the pattern.
func atKeys(key string, err error) error {
	list, ok := err.(registry.Faults)
	if !ok {
		return err
	}
	return registry.Faults{registry.At("keys", "planning.error.copy", vn.ShowDate(key)), registry.At("keys_why", list[0].Key, list[0].Args...)}
}

func (a *Service) change(action string, s recurrence.Series, pattern registry.Event, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "event", ID: string(s.Pattern), Scope: a.Areas.Scope(pattern.Area), Detail: fact.Facts(facts)}
}

// File is a series with its days.
type File struct {
	Series recurrence.Series
	Plan
	Manages bool // the actor may change it
}

// Series returns a series with its days. It is NotFound for whoever does not see the office
// of the area of its pattern.
func (a *Service) Series(ctx context.Context, actor registry.Actor, id recurrence.SeriesID) (f File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		f, err = a.read(ctx, tx, actor, registry.ViewOffice, id)
		return err
	})
	return f, err
}

func (a *Service) read(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id recurrence.SeriesID) (f File, err error) {
	if f.Series, err = tx.Series(ctx, id); err != nil {
		return f, err
	}
	if f.Pattern, err = a.events.EventFor(ctx, tx, actor, right, f.Series.Pattern); err != nil {
		return f, err
	}
	made, err := tx.SeriesEvents(ctx, id)
	if err != nil {
		return f, err
	}
	f.Rule, f.Manages = f.Series.Rule, actor.Can(registry.ManageEvents, a.Areas.Scope(f.Pattern.Area))
	f.Rows, err = a.rows(ctx, tx, f.Pattern, f.Series.Rule, made)
	f.Rows = append(f.Rows, a.beside(f.Rows, made)...)
	slices.SortStableFunc(f.Rows, func(x, y Row) int { return strings.Compare(x.Key, y.Key) })
	for i, r := range f.Rows {
		f.Rows[i].Manages = f.Manages && (!r.Made() || actor.Can(registry.ManageEvents, a.Areas.Scope(r.Event.Area)))
	}
	return f, err
}

// beside are the sessions of a series on days that its rule does not give.
func (a *Service) beside(rows []Row, made map[string]registry.Event) (others []Row) {
	given := keysOf(rows)
	for key, e := range made {
		if !given[key] {
			note := recurrence.Note{Kind: recurrence.NoteBeside}
			others = append(others, Row{Occurrence: recurrence.Occurrence{Key: key, Notes: []recurrence.Note{note}}, Event: e, Past: e.OpensOn < a.Today()})
		}
	}
	return others
}

// keysOf are the keys of days.
func keysOf(rows []Row) map[string]bool {
	keys := make(map[string]bool, len(rows))
	for _, r := range rows {
		keys[r.Key] = true
	}
	return keys
}

// Listed is a series in the list of all, with the event that it copies.
type Listed struct {
	Series  recurrence.Series
	Pattern registry.Event
}

// List returns the series of the areas whose office the actor sees, the newest first.
func (a *Service) List(ctx context.Context, actor registry.Actor) (list []Listed, err error) {
	codes, all := actor.Reach(registry.ViewOffice)
	if all {
		codes = nil
	} else if len(codes) == 0 {
		return nil, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		series, err := tx.SeriesIn(ctx, codes)
		if err != nil || len(series) == 0 {
			return err
		}
		f := registry.EventFilter{Limit: len(series)}
		for _, s := range series {
			f.IDs = append(f.IDs, s.Pattern)
		}
		patterns, _, err := tx.Events(ctx, f)
		list = nil
		for _, s := range series {
			i := slices.IndexFunc(patterns, func(e registry.Event) bool { return e.ID == s.Pattern })
			list = append(list, Listed{s, patterns[i]})
		}
		return err
	})
	return list, err
}

// Day names a day of a series as it was read.
type Day struct {
	Series  recurrence.SeriesID
	Key     string
	Version int64
}

// Skip leaves a day out of a series and removes its session, which must be as it was copied
// and have no applications: any other is deleted or called off on its own page, which says
// what goes with it. Rights as in Create, also in the area of the session. A Conflict where
// the day has passed, its session stays, or the series has changed since it was read.
func (a *Service) Skip(ctx context.Context, actor registry.Actor, d Day) error {
	return a.changeDay(ctx, actor, d, "event.series_skip", func(tx *store.Tx, f *File, row Row) error {
		if row.Out {
			return registry.E(registry.Conflict, "planning.error.skipped", vn.ShowDate(d.Key))
		}
		f.Series.Rule.Skipped = append(f.Series.Rule.Skipped, d.Key)
		switch {
		case !row.Made():
			return nil
		case row.Edited():
			return registry.E(registry.Conflict, "planning.error.edited", vn.ShowDate(row.On()))
		}
		return a.events.RemoveEvent(ctx, tx, actor, row.Event)
	})
}

// PutBack takes a day into a series again and makes its session. Rights and conflicts as
// in Skip.
func (a *Service) PutBack(ctx context.Context, actor registry.Actor, d Day) error {
	return a.changeDay(ctx, actor, d, "event.series_back", func(tx *store.Tx, f *File, row Row) error {
		if row.Made() {
			return registry.E(registry.Conflict, "planning.error.made", vn.ShowDate(d.Key))
		}
		f.Series.Rule.Skipped = slices.DeleteFunc(slices.Clone(f.Series.Rule.Skipped), func(key string) bool { return key == d.Key })
		if len(recurrence.Held(f.Series.Rule.Occurrences(d.Key, d.Key))) == 0 {
			return registry.E(registry.Conflict, "planning.error.not_a_day", vn.ShowDate(d.Key))
		}
		return a.make(ctx, tx, actor, made{f.Series, f.Pattern, d.Key, "planning.error.taken"})
	})
}

// changeDay changes one day of a series that lies ahead.
func (a *Service) changeDay(ctx context.Context, actor registry.Actor, d Day, action string, fn func(*store.Tx, *File, Row) error) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (c registry.Change, err error) {
		f, err := a.read(ctx, tx, actor, registry.ManageEvents, d.Series)
		if err != nil {
			return c, err
		}
		i := slices.IndexFunc(f.Rows, func(r Row) bool { return r.Key == d.Key })
		switch {
		case i < 0:
			return c, registry.E(registry.Conflict, "planning.error.not_a_day", vn.ShowDate(d.Key))
		case !f.Rows[i].Manages:
			return c, registry.E(registry.Forbidden, "error.forbidden")
		case f.Rows[i].Past:
			return c, registry.E(registry.Conflict, "planning.error.past", vn.ShowDate(f.Rows[i].On()))
		}
		if err := fn(tx, &f, f.Rows[i]); err != nil {
			return c, err
		}
		f.Series.Version = d.Version
		return a.change(action, f.Series, f.Pattern, fact.Date("planning.day", d.Key)), tx.SaveSeries(ctx, &f.Series)
	})
}

// Removable are the sessions of a series that RemoveDrafts would remove, as far as can be
// seen before: drafts that lie ahead, where the actor may delete them.
func (f File) Removable() (rows []Row) {
	for _, r := range f.Rows {
		if r.Made() && r.Manages && !r.Past && r.Event.State == registry.Draft {
			rows = append(rows, r)
		}
	}
	return rows
}

// RemoveDrafts removes the sessions of a series that are still drafts, lie ahead and have
// no applications, and the series with the last of them. It says how many went and how
// many stay. Rights as in Create; a Conflict if the series has changed since it was read.
func (a *Service) RemoveDrafts(ctx context.Context, actor registry.Actor, id recurrence.SeriesID, version int64) (gone, stay int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (c registry.Change, err error) {
		f, err := a.read(ctx, tx, actor, registry.ManageEvents, id)
		if err != nil {
			return c, err
		}
		gone, stay = 0, 0
		for _, r := range f.Rows {
			if r.Made() {
				stay++
			}
		}
		for _, r := range f.Removable() {
			refused, err := a.events.MayRemove(ctx, tx, r.Event)
			if err != nil {
				return c, err
			}
			if refused != nil {
				continue
			}
			if err := a.events.RemoveEvent(ctx, tx, actor, r.Event); err != nil {
				return c, err
			}
			gone++
		}
		stay -= gone
		f.Series.Version = version
		c = a.change("event.series_remove", f.Series, f.Pattern, fact.Count("planning.sessions", gone))
		if stay == 0 {
			return c, tx.DeleteSeries(ctx, f.Series)
		}
		return c, tx.SaveSeries(ctx, &f.Series)
	})
	return gone, stay, err
}
