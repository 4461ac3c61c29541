// Package seriespaper reads what the paper of a series of sessions is made of: the figures that
// were kept when the reports of its sessions were closed, and who took part in these.
//
// How figures are counted belongs to package report; what registers hold of a session to package
// store/period.
package seriespaper

import (
	"context"

	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Report is the closed report of a session.
type Report struct {
	Event      registry.EventID
	Number     string
	Assessment string
	Kept       []string // JSON of package report: as it was closed first, then each closed addendum
	Reopened   bool     // an addendum to it is open
}

// Reports returns the closed reports of the sessions of a series.
func Reports(ctx context.Context, tx *store.Tx, id recurrence.SeriesID) (map[registry.EventID]*Report, error) {
	closed, err := store.Collect(ctx, tx, func(row store.Row) (r Report, err error) {
		r.Kept = make([]string, 1)
		err = row.Scan(&r.Event, &r.Number, &r.Assessment, &r.Kept[0])
		return r, err
	}, `
		SELECT r.event_id, r.number, r.assessment, r.figures
		FROM reports r JOIN series_events x ON x.event_id = r.event_id
		WHERE x.series_id = $1 AND r.closed_at > 0`, string(id))
	found := map[registry.EventID]*Report{}
	for i := range closed {
		found[closed[i].Event] = &closed[i]
	}
	if err != nil || len(closed) == 0 {
		return found, err
	}
	return found, addenda(ctx, tx, id, found)
}

// addenda adds what addenda kept, in the order of their numbers.
func addenda(ctx context.Context, tx *store.Tx, id recurrence.SeriesID, to map[registry.EventID]*Report) error {
	type addendum struct {
		event   registry.EventID
		figures string
		closed  int64
	}
	list, err := store.Collect(ctx, tx, func(row store.Row) (a addendum, err error) {
		err = row.Scan(&a.event, &a.figures, &a.closed)
		return a, err
	}, `
		SELECT a.event_id, a.figures, a.closed_at
		FROM report_addenda a JOIN series_events x ON x.event_id = a.event_id
		WHERE x.series_id = $1
		ORDER BY a.event_id, a.n`, string(id))
	for _, a := range list {
		switch r := to[a.event]; {
		case r == nil:
		case a.closed == 0:
			r.Reopened = true
		default:
			r.Kept = append(r.Kept, a.figures)
		}
	}
	return err
}

// Vendor is a vendor that took part in sessions of a series.
type Vendor struct {
	ID       registry.VendorID
	Name     string
	Sessions int64
}

// Vendors returns who took part in the sessions of a series whose reports are closed, each once,
// in Vietnamese order.
func Vendors(ctx context.Context, tx *store.Tx, id recurrence.SeriesID) ([]Vendor, error) {
	return store.Collect(ctx, tx, func(row store.Row) (v Vendor, err error) {
		err = row.Scan(&v.ID, &v.Name, &v.Sessions)
		return v, err
	}, `
		SELECT v.id, v.name, COUNT(*)
		FROM series_events x
		JOIN reports r ON r.event_id = x.event_id AND r.closed_at > 0
		JOIN applications a ON a.event_id = x.event_id AND a.state = 'approved'
		JOIN vendors v ON v.id = a.vendor_id
		WHERE x.series_id = $1
		GROUP BY v.id, v.name, v.name_sort
		ORDER BY v.name_sort, v.id`, string(id))
}
