package store

import (
	"context"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// eventWhere turns a filter into conditions.
func eventWhere(f registry.EventFilter) *where {
	w := &where{}
	if f.IDs != nil {
		in(w, "e.id", f.IDs)
	}
	if f.Area != "" {
		inAreas(w, []string{f.Area})
	}
	if f.Limited {
		inAreas(w, f.Reach)
	}
	if f.Public {
		w.add("e.published_at > 0")
	}
	if f.Copies != "" {
		w.add("e.cloned_from = ?", string(f.Copies))
	}
	if f.Single {
		w.add("NOT EXISTS (SELECT 1 FROM series_events x WHERE x.event_id = e.id)")
	}
	if f.Series != "" {
		w.add(`e.id IN (SELECT x.event_id FROM series_events x JOIN series s ON s.id = x.series_id
			WHERE s.pattern_id IN (SELECT p.pattern_id FROM series p JOIN series_events y ON y.series_id = p.id WHERE y.event_id = ?))`, string(f.Series))
	}
	if f.Keeper != "" {
		w.add("e.created_by = ?", string(f.Keeper))
	}
	if f.Kind != "" {
		w.add("e.kind = ?", string(f.Kind))
	}
	if f.Boosted {
		w.add(`(EXISTS (SELECT 1 FROM measures m WHERE m.event_id = e.id AND m.dropped_at = 0)
			OR EXISTS (SELECT 1 FROM offers o WHERE o.event_id = e.id AND o.state = 'accepted'))`)
	}
	if f.States != nil {
		in(w, "e.state", f.States)
	}
	if f.From != "" {
		w.add("e.closes_on >= ?", f.From)
	}
	if f.To != "" {
		w.add("e.opens_on <= ?", f.To)
	}
	for word := range strings.FieldsSeq(vn.Fold(f.Text)) {
		w.add("e.title_fold LIKE ? ESCAPE '!'", foldLike(word))
	}
	return w
}

// inAreas keeps events that are found under one of today's units.
func inAreas(w *where, codes []string) {
	in(w, "a.code", codes)
	last := &w.conds[len(w.conds)-1]
	*last = "EXISTS (SELECT 1 FROM event_areas a WHERE a.event_id = e.id AND " + *last + ")"
}

// Events returns a page of events with their days, but without programme and
// quotas, and whether there are more.
func (tx *Tx) Events(ctx context.Context, f registry.EventFilter) (events []registry.Event, more bool, err error) {
	w := eventWhere(f)
	order, beyond := ` ORDER BY e.opens_on, e.id`, "(e.opens_on > ? OR e.opens_on = ? AND e.id > ?)"
	if f.Latest {
		order, beyond = ` ORDER BY e.opens_on DESC, e.id DESC`, "(e.opens_on < ? OR e.opens_on = ? AND e.id < ?)"
	}
	if f.After != (registry.EventCursor{}) {
		w.add(beyond, f.After.OpensOn, f.After.OpensOn, string(f.After.ID))
	}
	if f.Limit == 0 {
		f.Limit = 50
	}
	events, err = collect(ctx, tx, scanEvent,
		`SELECT `+eventColumns+` FROM events e`+w.String()+order+` LIMIT `+w.arg(f.Limit+1), w.args...)
	if err != nil {
		return nil, false, err
	}
	if more = len(events) > f.Limit; more {
		events = events[:f.Limit]
	}
	return events, more, tx.fillDays(ctx, events)
}

// CountEvents returns how many events fit a filter.
func (tx *Tx) CountEvents(ctx context.Context, f registry.EventFilter) (int, error) {
	w := eventWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM events e`+w.String(), w.args...)
}

// EventYears returns the years in which events that fit a filter begin, latest first.
func (tx *Tx) EventYears(ctx context.Context, f registry.EventFilter) ([]string, error) {
	w := eventWhere(f)
	return collect(ctx, tx, column[string],
		`SELECT DISTINCT SUBSTR(e.opens_on, 1, 4) AS year FROM events e`+w.String()+` ORDER BY year DESC`, w.args...)
}

// EventKeepers returns who made the events that fit a filter, by name.
func (tx *Tx) EventKeepers(ctx context.Context, f registry.EventFilter) ([]registry.EventKeeper, error) {
	w := eventWhere(f)
	return collect(ctx, tx, func(row scanner) (k registry.EventKeeper, err error) {
		err = row.Scan(&k.Account, &k.Name)
		return k, err
	}, `SELECT DISTINCT u.id, u.name FROM events e JOIN accounts u ON u.id = e.created_by`+w.String()+` ORDER BY u.name, u.id`, w.args...)
}

// CountClones counts the copies of an event in a unit from a day on that were not
// called off.
func (tx *Tx) CountClones(ctx context.Context, of registry.EventID, area registry.AreaRef, opensOn string) (int, error) {
	return tx.count(ctx, `
		SELECT COUNT(*)
		FROM events
		WHERE cloned_from = $1 AND area_edition = $2 AND area_code = $3 AND opens_on = $4 AND state <> 'cancelled'`,
		string(of), string(area.Edition), area.Code, opensOn)
}

// DueEvents returns the events that dates may carry into another state at an
// instant (unix ms): begun, ended, or at an end of the window of applications.
func (tx *Tx) DueEvents(ctx context.Context, now int64) ([]registry.Event, error) {
	return collect(ctx, tx, scanEvent, `
		SELECT `+eventColumns+`
		FROM events e
		WHERE e.state IN ('announced', 'open', 'closed', 'moved') AND e.begins_at <= $1
			OR e.state = 'running' AND e.ends_at <= $1
			OR e.state = 'announced' AND e.apply_until > 0 AND e.apply_from <= $1
			OR e.state IN ('announced', 'open') AND e.apply_until > 0 AND e.apply_until <= $1
		ORDER BY e.begins_at, e.id`, now)
}

// Turns returns the instants of a day, unix ms, at which events open or close, applications
// begin or end, and articles come out, in no order.
func (tx *Tx) Turns(ctx context.Context, day string) ([]int64, error) {
	begins, _ := vn.StartOf(day)
	from, until := begins.UnixMilli(), begins.UnixMilli()+24*registry.HourMS
	return collect(ctx, tx, column[int64], `
		SELECT $2 + opens_at * 60000 FROM event_days WHERE day = $1
		UNION SELECT $2 + closes_at * 60000 FROM event_days WHERE day = $1
		UNION SELECT apply_from FROM events WHERE apply_from >= $2 AND apply_from < $3
		UNION SELECT apply_until FROM events WHERE apply_until >= $2 AND apply_until < $3
		UNION SELECT publish_at FROM articles WHERE publish_at >= $2 AND publish_at < $3`, day, from, until)
}
