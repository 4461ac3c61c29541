package store

import (
	"context"

	"hoicho/internal/registry"
)

// EntriesOnTop returns the entries of a gate day by passes that were inside already,
// forced ones too: somebody came in whom the place of the pass does not show.
func (tx *Tx) EntriesOnTop(ctx context.Context, event registry.EventID, day string) ([]registry.ScanRef, error) {
	return collect(ctx, tx, func(row scanner) (r registry.ScanRef, err error) {
		err = row.Scan(&r.ID, &r.Device)
		return r, err
	}, `
		SELECT id, device_id FROM (
			SELECT id, device_id, direction, LAG(direction) OVER (PARTITION BY pass_id ORDER BY corrected_at, device_id, seq) AS before
			FROM scans
			WHERE moves = 1 AND day = $2 AND pass_id IN (
				SELECT pass_id FROM scans
				WHERE event_id = $1 AND moves = 1 AND (device_verdict <> '' OR relay_verdict <> '') AND direction = 'in'
				UNION
				SELECT pass_id FROM scans WHERE event_id = $1 AND moves = 1 AND forced_by <> '' AND `+differing+`)) AS walked
		WHERE direction = 'in' AND before = 'in'`, string(event), day)
}

// Stranger is an entry or exit of a gate day by what is no pass of the list.
type Stranger struct {
	Code      string // empty for what could not be read
	Direction registry.Direction
}

// Strangers returns the entries and exits that count of a gate day by what is no pass
// of the list, in their order.
func (tx *Tx) Strangers(ctx context.Context, event registry.EventID, day string) ([]Stranger, error) {
	return collect(ctx, tx, func(row scanner) (s Stranger, err error) {
		err = row.Scan(&s.Code, &s.Direction)
		return s, err
	}, `
		SELECT code, direction FROM scans
		WHERE event_id = $1 AND day = $2 AND moves = 1 AND pass_id IS NULL AND `+differing+`
		ORDER BY corrected_at, device_id, seq`, string(event), day)
}
