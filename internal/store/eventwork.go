package store

import (
	"context"

	"hoicho/internal/registry"
)

// EventWork counts from the rows of an event what its office has still to do there.
func (tx *Tx) EventWork(ctx context.Context, event registry.EventID) (registry.EventWork, error) {
	return one(ctx, tx, func(row scanner) (w registry.EventWork, err error) {
		err = row.Scan(&w.Given, &w.Boothless, &w.Unprinted, &w.Reissued, &w.Gates, &w.ToCall)
		return w, err
	}, `
		SELECT
			(SELECT COUNT(*) FROM booths b WHERE b.event_id = e.id AND b.state = 'assigned'),
			(SELECT COUNT(*) FROM applications a
				WHERE a.event_id = e.id AND a.state = 'approved'
					AND a.granted_n > (SELECT COUNT(*) FROM booths b WHERE b.application_id = a.id AND b.state = 'assigned')),
			(SELECT COUNT(*) FROM passes p WHERE p.event_id = e.id AND p.pack_n = 0 AND p.state = 'valid' AND p.printed_at = 0),
			(SELECT COUNT(*) FROM passes p
				WHERE p.event_id = e.id AND p.pack_n = 0 AND p.state = 'valid' AND p.printed_at = 0 AND p.bearer_n <> p.n),
			(SELECT COUNT(*) FROM gates g WHERE g.event_id = e.id),
			(SELECT COUNT(DISTINCT vendor_id) FROM notices WHERE event_id = e.id AND `+toCall+`)
		FROM events e
		WHERE e.id = $1`, string(event))
}
