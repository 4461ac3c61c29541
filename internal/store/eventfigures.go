package store

import (
	"context"

	"hoicho/internal/registry"
)

// goodsOf are the products that visitors see at an event: those that approved
// applications bring, without hidden and excluded ones.
const goodsOf = `
	FROM applications a
	JOIN application_products ap ON ap.application_id = a.id
	JOIN products p ON p.id = ap.product_id
	WHERE a.event_id = e.id AND a.state = 'approved' AND p.hidden = 0 AND p.evidence <> 'excluded'`

// EventFigures counts what several events have to show. OCOP ranks count that
// are in force on a day.
func (tx *Tx) EventFigures(ctx context.Context, ids []registry.EventID, day string) (map[registry.EventID]registry.EventFigures, error) {
	var w where
	on := w.arg(day)
	in(&w, "e.id", ids)
	type row struct {
		id registry.EventID
		registry.EventFigures
	}
	rows, err := collect(ctx, tx, func(s scanner) (r row, err error) {
		err = s.Scan(&r.id, &r.Booths, &r.Promised, &r.Vendors, &r.Products, &r.Rated)
		return r, err
	}, `
		SELECT e.id,
			(SELECT COUNT(*) FROM booths b WHERE b.event_id = e.id AND b.state <> 'blocked'),
			(SELECT CAST(COALESCE(SUM(a.granted_n), 0) AS BIGINT) FROM applications a
				WHERE a.event_id = e.id AND a.state IN ('approved', 'offered')),
			(SELECT COUNT(*) FROM applications a WHERE a.event_id = e.id AND a.state = 'approved'),
			(SELECT COUNT(DISTINCT p.id)`+goodsOf+`),
			(SELECT COUNT(DISTINCT p.id)`+goodsOf+` AND EXISTS (SELECT 1 FROM product_ratings r
				WHERE r.product_id = p.id AND r.claimed = 0 AND r.issued_on <= `+on+` AND r.valid_to >= `+on+`))
		FROM events e`+w.String(), w.args...)
	figures := make(map[registry.EventID]registry.EventFigures, len(rows))
	for _, r := range rows {
		figures[r.id] = r.EventFigures
	}
	return figures, err
}

// EventsHeld counts by unit of today the events at communes that took place or are
// taking place, with their first day from one date to another; "" leaves an end
// open. An event of an old commune that was split counts in each commune that took
// a part; those of districts and provinces are at no single commune.
func (tx *Tx) EventsHeld(ctx context.Context, from, to string) (map[string]int, error) {
	w := eventWhere(registry.EventFilter{States: []registry.EventState{registry.Running, registry.Ended, registry.Reported}})
	w.add("LENGTH(e.area_code) = 5")
	if from != "" {
		w.add("e.opens_on >= ?", from)
	}
	if to != "" {
		w.add("e.opens_on <= ?", to)
	}
	type row struct {
		code string
		n    int
	}
	rows, err := collect(ctx, tx, func(s scanner) (r row, err error) {
		err = s.Scan(&r.code, &r.n)
		return r, err
	}, `
		SELECT a.code, COUNT(*)
		FROM events e JOIN event_areas a ON a.event_id = e.id`+w.String()+`
		GROUP BY a.code`, w.args...)
	held := make(map[string]int, len(rows))
	for _, r := range rows {
		held[r.code] = r.n
	}
	return held, err
}
