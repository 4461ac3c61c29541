package store

import (
	"context"

	"hoicho/internal/registry"
)

// aloneIn are the passes that came in at an event where a phone or a relay decided by
// itself, as the index scans_alone has them.
var aloneIn = `SELECT s.pass_n FROM scans s
	WHERE ` + ofEvent + ` AND s.moves = 1 AND (s.device_verdict > 0 OR s.relay_verdict > 0) AND s.direction = 0`

// DifferingScans returns the scans of an event that have to be looked at one by
// one, as far as registry.Scan.Difference and the order of a list need them.
func (tx *Tx) DifferingScans(ctx context.Context, event registry.EventID) ([]registry.Scan, error) {
	return collect(ctx, tx, func(row scanner) (s registry.Scan, err error) {
		err = row.Scan(uuidCell[registry.ScanID]{&s.ID}, &s.Device, &s.CorrectedAt, word[registry.Direction]{&s.Direction, directionWords},
			word[registry.ScanMode]{&s.Mode, modeWords}, verdictCell(&s.DeviceVerdict), verdictCell(&s.RelayVerdict), verdictCell(&s.Verdict),
			&s.ForcedBy, uuidCell[registry.ScanID]{&s.VoidOf})
		return s, err
	}, `
		SELECT s.id, d.id, s.corrected_at, s.direction, s.mode, s.device_verdict, s.relay_verdict, s.verdict, s.forced_by, s.void_of
		FROM scans s JOIN devices d ON d.n = s.device_n WHERE d.event_id = $1 AND s.differs = 1`, string(event))
}

// DoubleEntries returns the passes of an event that came in twice on a gate day
// and did not go out between, and the visitor passes that came in more often than
// the rule lets them. Two online entries cannot be: the second one was refused. One
// that a supervisor forced was meant.
func (tx *Tx) DoubleEntries(ctx context.Context, event registry.EventID, rule registry.VisitorRule) ([]registry.DoubleEntry, error) {
	return collect(ctx, tx, func(row scanner) (d registry.DoubleEntry, err error) {
		err = row.Scan(uuidCell[registry.ScanID]{&d.First.ID}, &d.First.Device, uuidCell[registry.ScanID]{&d.Second.ID}, &d.Second.Device, &d.At, &d.Left)
		return d, err
	}, `
		SELECT before_id, before_device, id, device_id, corrected_at,
			CASE WHEN before_direction = `+inNumber+` AND day = before_day THEN 0 ELSE 1 END
		FROM (
			SELECT s.id, d.id AS device_id, s.corrected_at, s.direction, s.day, s.forced_by, s.pass_n,
				SUM(CASE s.direction WHEN `+inNumber+` THEN 1 ELSE 0 END) OVER (PARTITION BY s.pass_n, CASE CAST($2 AS TEXT) WHEN 'daily' THEN s.day ELSE 0 END
					ORDER BY s.corrected_at, d.id, s.seq) AS entries,
				LAG(s.id) OVER steps AS before_id, LAG(d.id) OVER steps AS before_device,
				LAG(s.direction) OVER steps AS before_direction, LAG(s.day) OVER steps AS before_day
			FROM scans s JOIN devices d ON d.n = s.device_n
			WHERE s.moves = 1 AND s.pass_n IN (`+aloneIn+`)
			WINDOW steps AS (PARTITION BY s.pass_n ORDER BY s.corrected_at, d.id, s.seq)) AS walked
		WHERE direction = `+inNumber+` AND forced_by = '' AND before_id IS NOT NULL AND (before_direction = `+inNumber+` AND day = before_day
			OR entries > 1 AND EXISTS (SELECT 1 FROM passes v WHERE v.n = walked.pass_n AND v.kind = 'visitor'))`, string(event), string(rule))
}

// ClockSkews returns the phones of an event whose clocks were off by more than two
// minutes, day by day.
func (tx *Tx) ClockSkews(ctx context.Context, event registry.EventID) ([]registry.ClockSkew, error) {
	return collect(ctx, tx, func(row scanner) (c registry.ClockSkew, err error) {
		err = row.Scan(&c.Device, dayCell{&c.Day}, &c.N, &c.Least, &c.Most, &c.FirstAt, &c.LastAt)
		return c, err
	}, clockSkews, string(event))
}

// clockSkews goes by the index scans_skewed, which a day of good clocks leaves empty.
const clockSkews = `
	SELECT d.id, s.day, count(*), MIN(-s.ahead_ms), MAX(-s.ahead_ms), MIN(s.corrected_at), MAX(s.corrected_at)
	FROM scans s JOIN devices d ON d.n = s.device_n
	WHERE d.event_id = $1 AND (s.ahead_ms > 120000 OR s.ahead_ms < -120000)
	GROUP BY d.id, s.day`

// Closings returns what was said of the differences of an event, by line.
func (tx *Tx) Closings(ctx context.Context, event registry.EventID) (map[string]registry.Closing, error) {
	list, err := collect(ctx, tx, func(row scanner) (c registry.Closing, err error) {
		err = row.Scan(&c.Event, &c.Line, &c.Open, &c.Word, &c.Note, &c.By, &c.At, &c.Version)
		return c, err
	}, `SELECT event_id, line, open, word, note, by_name, at, version FROM difference_closings WHERE event_id = $1`, string(event))
	byLine := make(map[string]registry.Closing, len(list))
	for _, c := range list {
		byLine[c.Line] = c
	}
	return byLine, err
}

// SaveClosing stores what was said of a difference if nobody has said anything
// since the version that was read; Conflict otherwise.
func (tx *Tx) SaveClosing(ctx context.Context, c registry.Closing) error {
	stale := registry.E(registry.Conflict, "error.difference.stale")
	args := []any{string(c.Event), c.Line, flag(c.Open), string(c.Word), c.Note, c.By, tx.NowMS()}
	if c.Version == 0 {
		return tx.must(ctx, stale, `
			INSERT INTO difference_closings (event_id, line, open, word, note, by_name, at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
			ON CONFLICT DO NOTHING`, args...)
	}
	return tx.must(ctx, stale, `
		UPDATE difference_closings SET open = $3, word = $4, note = $5, by_name = $6, at = $7, version = version + 1
		WHERE event_id = $1 AND line = $2 AND version = $8 AND open <> $3`, append(args, c.Version)...)
}
