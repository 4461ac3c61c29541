package store

import (
	"context"

	"hoicho/internal/registry"
)

// EntriesOnTop returns the entries of a gate day by passes that were inside already,
// forced ones too: somebody came in whom the place of the pass does not show.
func (tx *Tx) EntriesOnTop(ctx context.Context, event registry.EventID, day string) ([]registry.ScanRef, error) {
	return collect(ctx, tx, func(row scanner) (r registry.ScanRef, err error) {
		err = row.Scan(uuidCell[registry.ScanID]{&r.ID}, &r.Device)
		return r, err
	}, `
		SELECT id, device_id FROM (
			SELECT s.id, d.id AS device_id, s.direction, LAG(s.direction) OVER (PARTITION BY s.pass_n ORDER BY s.corrected_at, d.id, s.seq) AS before
			FROM scans s JOIN devices d ON d.n = s.device_n
			WHERE s.moves = 1 AND s.day = $2 AND s.pass_n IN (`+aloneIn+`
				UNION
				SELECT s.pass_n FROM scans s WHERE `+ofEvent+` AND s.moves = 1 AND s.forced_by <> '' AND s.differs = 1)) AS walked
		WHERE direction = `+inNumber+` AND before = `+inNumber, string(event), dayNumber(day))
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
		var code *int64
		err = row.Scan(&code, word[registry.Direction]{&s.Direction, directionWords})
		s.Code = codeText(code)
		return s, err
	}, `
		SELECT s.code, s.direction FROM scans s JOIN devices d ON d.n = s.device_n
		WHERE `+ofEvent+` AND s.day = $2 AND s.moves = 1 AND s.pass_n IS NULL AND s.differs = 1
		ORDER BY s.corrected_at, d.id, s.seq`, string(event), dayNumber(day))
}
