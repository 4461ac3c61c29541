package store

import (
	"context"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// EventFilter says which events a list shows and in which order. Zero fields do
// not filter.
type EventFilter struct {
	Areas  []string // codes of today's units: events in any of them
	Within bool     // filter by Areas even if the list is empty, which finds nothing
	Kind   registry.EventKind
	States []registry.EventState
	From   string // last day on or after, YYYY-MM-DD
	To     string // first day on or before
	Text   string // words of the title
	Latest bool   // latest first; else earliest first
	After  EventCursor
	Limit  int // 0: 50
}

// EventCursor names the last event of a page of a list.
type EventCursor struct {
	OpensOn string
	ID      registry.EventID
}

// EventCursorOf is where a list goes on after an event.
func EventCursorOf(e registry.Event) EventCursor { return EventCursor{OpensOn: e.OpensOn, ID: e.ID} }

// where turns the filter into conditions.
func (f EventFilter) where() *where {
	w := &where{}
	if f.Within || len(f.Areas) > 0 {
		in(w, "a.code", f.Areas)
		last := &w.conds[len(w.conds)-1]
		*last = "EXISTS (SELECT 1 FROM event_areas a WHERE a.event_id = e.id AND " + *last + ")"
	}
	if f.Kind != "" {
		w.add("e.kind = ?", string(f.Kind))
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

// Events returns a page of events with their days, but without programme and
// quotas, and whether there are more.
func (tx *Tx) Events(ctx context.Context, f EventFilter) (events []registry.Event, more bool, err error) {
	w := f.where()
	order, beyond := ` ORDER BY e.opens_on, e.id`, "(e.opens_on > ? OR e.opens_on = ? AND e.id > ?)"
	if f.Latest {
		order, beyond = ` ORDER BY e.opens_on DESC, e.id DESC`, "(e.opens_on < ? OR e.opens_on = ? AND e.id < ?)"
	}
	if f.After != (EventCursor{}) {
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
func (tx *Tx) CountEvents(ctx context.Context, f EventFilter) (int, error) {
	w := f.where()
	return tx.count(ctx, `SELECT COUNT(*) FROM events e`+w.String(), w.args...)
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

// EventScope returns the codes of today's units under which an event is found.
func (tx *Tx) EventScope(ctx context.Context, id registry.EventID) (registry.Scope, error) {
	return collect(ctx, tx, column[string], `SELECT code FROM event_areas WHERE event_id = $1 ORDER BY code`, string(id))
}
