package store

import (
	"context"

	"hoicho/internal/registry"
)

// differing is the condition of the index scans_differing, word for word, so that
// both engines use it. registry.Scan.Difference has the last say on each row.
const differing = `training = 0 AND (forced_by <> '' OR void_of <> '' OR verdict IN ('forged', 'malformed', 'unknown')
	OR device_verdict <> '' AND (verdict <> 'already_inside'
		AND (device_verdict IN ('ok', 'ok_again', 'exit_ok', 'checked')) <> (verdict IN ('ok', 'ok_again', 'exit_ok', 'checked'))
		OR device_verdict NOT IN ('ok', 'ok_again', 'exit_ok', 'checked') AND verdict IN ('already_inside', 'already_used', 'too_many_inside'))
	OR relay_verdict <> '' AND (verdict <> 'already_inside'
		AND (relay_verdict IN ('ok', 'ok_again', 'exit_ok', 'checked')) <> (verdict IN ('ok', 'ok_again', 'exit_ok', 'checked'))
		OR relay_verdict NOT IN ('ok', 'ok_again', 'exit_ok', 'checked') AND verdict IN ('already_inside', 'already_used', 'too_many_inside')))`

// DifferingScans returns the scans of an event that have to be looked at one by
// one, as far as registry.Scan.Difference and the order of a list need them.
func (tx *Tx) DifferingScans(ctx context.Context, event registry.EventID) ([]registry.Scan, error) {
	return collect(ctx, tx, func(row scanner) (s registry.Scan, err error) {
		err = row.Scan(&s.ID, &s.Device, &s.CorrectedAt, &s.Direction, &s.Mode, &s.DeviceVerdict, &s.RelayVerdict, &s.Verdict, &s.ForcedBy, &s.VoidOf)
		return s, err
	}, `
		SELECT id, device_id, corrected_at, direction, mode, device_verdict, relay_verdict, verdict, forced_by, void_of
		FROM scans WHERE event_id = $1 AND `+differing, string(event))
}

// DoubleEntries returns the passes of an event that came in twice on a gate day
// and did not go out between, and the visitor passes that came in more often than
// the rule lets them. Two online entries cannot be: the second one was refused. One
// that a supervisor forced was meant.
func (tx *Tx) DoubleEntries(ctx context.Context, event registry.EventID, rule registry.VisitorRule) ([]registry.DoubleEntry, error) {
	return collect(ctx, tx, func(row scanner) (d registry.DoubleEntry, err error) {
		err = row.Scan(&d.First.ID, &d.First.Device, &d.Second.ID, &d.Second.Device, &d.At, &d.Left)
		return d, err
	}, `
		SELECT before_id, before_device, id, device_id, corrected_at,
			CASE WHEN before_direction = 'in' AND day = before_day THEN 0 ELSE 1 END
		FROM (
			SELECT id, device_id, corrected_at, direction, day, forced_by, pass_id,
				SUM(CASE direction WHEN 'in' THEN 1 ELSE 0 END) OVER (PARTITION BY pass_id, CASE CAST($2 AS TEXT) WHEN 'daily' THEN day ELSE '' END
					ORDER BY corrected_at, device_id, seq) AS entries,
				LAG(id) OVER steps AS before_id, LAG(device_id) OVER steps AS before_device,
				LAG(direction) OVER steps AS before_direction, LAG(day) OVER steps AS before_day
			FROM scans
			WHERE moves = 1 AND pass_id IN (
				SELECT pass_id FROM scans
				WHERE event_id = $1 AND moves = 1 AND (device_verdict <> '' OR relay_verdict <> '') AND direction = 'in')
			WINDOW steps AS (PARTITION BY pass_id ORDER BY corrected_at, device_id, seq)) AS walked
		WHERE direction = 'in' AND forced_by = '' AND before_id IS NOT NULL AND (before_direction = 'in' AND day = before_day
			OR entries > 1 AND pass_id IN (SELECT id FROM passes WHERE event_id = $1 AND kind = 'visitor'))`, string(event), string(rule))
}

// SeqGaps returns the stretches of numbers that the phones of an event made and
// never sent. Phones that have as many scans as their largest number says are not
// walked through.
func (tx *Tx) SeqGaps(ctx context.Context, event registry.EventID) ([]registry.SeqGap, error) {
	return collect(ctx, tx, func(row scanner) (g registry.SeqGap, err error) {
		err = row.Scan(&g.Device, &g.From, &g.Until, &g.At)
		return g, err
	}, `
		SELECT g.device_id, g.before + 1, g.seq - 1,
			(SELECT MIN(corrected_at) FROM scans s WHERE s.device_id = g.device_id AND s.seq = g.seq)
		FROM (
			SELECT device_id, seq, LAG(seq, 1, 0) OVER (PARTITION BY device_id ORDER BY seq) AS before
			FROM scans WHERE device_id IN (
				SELECT device_id FROM scans WHERE device_id IN (SELECT id FROM devices WHERE event_id = $1)
				GROUP BY device_id HAVING count(*) <> MAX(seq))) AS g
		WHERE g.seq > g.before + 1`, string(event))
}

// ClockSkews returns the phones of an event whose clocks were off by more than two
// minutes, day by day.
func (tx *Tx) ClockSkews(ctx context.Context, event registry.EventID) ([]registry.ClockSkew, error) {
	return collect(ctx, tx, func(row scanner) (c registry.ClockSkew, err error) {
		err = row.Scan(&c.Device, &c.Day, &c.N, &c.Least, &c.Most, &c.FirstAt, &c.LastAt)
		return c, err
	}, `
		SELECT device_id, day, count(*), MIN(corrected_at - at), MAX(corrected_at - at), MIN(corrected_at), MAX(corrected_at)
		FROM scans
		WHERE event_id = $1 AND (corrected_at - at > 120000 OR at - corrected_at > 120000)
		GROUP BY device_id, day`, string(event))
}

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
