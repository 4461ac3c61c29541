// Package yearplan reads what a year's plan asks of the years before.
package yearplan

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// LastHeld returns the first day of the last event of each unit that began before a day, by the code
// of today's unit. Drafts and what was called off or put off without a day do not count.
func LastHeld(ctx context.Context, tx *store.Tx, before string) (map[string]string, error) {
	type held struct{ code, day string }
	list, err := store.Collect(ctx, tx, func(row store.Row) (h held, err error) {
		err = row.Scan(&h.code, &h.day)
		return h, err
	}, `
		SELECT a.code, MAX(e.opens_on)
		FROM events e JOIN event_areas a ON a.event_id = e.id
		WHERE e.opens_on < $1 AND e.state NOT IN ($2, $3, $4)
		GROUP BY a.code`, before, registry.Draft, registry.Cancelled, registry.Postponed)
	last := make(map[string]string, len(list))
	for _, h := range list {
		last[h.code] = h.day
	}
	return last, err
}
