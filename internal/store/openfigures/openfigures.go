// Package openfigures reads what the page of open figures is made of: the events that were
// held in public, and the figures that were kept when their reports were closed.
//
// How figures are counted belongs to package report, what of them is told too.
package openfigures

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Held is an event that the public knew and that was held.
type Held struct {
	ID       registry.EventID
	Slug     string
	Title    string
	Kind     registry.EventKind
	Area     registry.AreaRef // of its time
	OpensOn  string
	ClosesOn string
	Closed   int64 // unix ms, when its report was closed; 0: it counts still
	Latest   int64 // unix ms, when the report or its last addendum was closed
}

// Events returns the events that were held, the latest first. One that was called off, or
// whose doors are still open, is none.
func Events(ctx context.Context, tx *store.Tx) ([]Held, error) {
	return store.Collect(ctx, tx, func(row store.Row) (h Held, err error) {
		err = row.Scan(&h.ID, &h.Slug, &h.Title, &h.Kind, &h.Area.Edition, &h.Area.Code, &h.OpensOn, &h.ClosesOn, &h.Closed, &h.Latest)
		return h, err
	}, `
		SELECT e.id, e.slug, e.title, e.kind, e.area_edition, e.area_code, e.opens_on, e.closes_on, COALESCE(r.closed_at, 0),
			COALESCE((SELECT MAX(x.closed_at) FROM report_addenda x WHERE x.event_id = r.event_id AND x.closed_at > 0), r.closed_at, 0)
		FROM events e LEFT JOIN reports r ON r.event_id = e.id
		WHERE e.published_at > 0 AND e.state IN ('ended', 'reported')
		ORDER BY e.opens_on DESC, e.id DESC`)
}

// Kept is the figures of an event as they were closed once.
type Kept struct {
	Event   registry.EventID
	Figures string // JSON of package report
}

// KeptSince returns the figures of the reports that were closed at an instant (unix ms) or
// later, with those of their addenda, of each event in the order in which they were closed.
func KeptSince(ctx context.Context, tx *store.Tx, from int64) ([]Kept, error) {
	return store.Collect(ctx, tx, func(row store.Row) (k Kept, err error) {
		var n int
		err = row.Scan(&k.Event, &n, &k.Figures)
		return k, err
	}, `
		SELECT event_id, 0, figures FROM reports WHERE closed_at >= $1 AND closed_at > 0
		UNION ALL
		SELECT a.event_id, a.n, a.figures FROM report_addenda a JOIN reports r ON r.event_id = a.event_id
			WHERE r.closed_at >= $1 AND r.closed_at > 0 AND a.closed_at > 0
		ORDER BY 1, 2`, from)
}
