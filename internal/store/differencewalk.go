package store

import (
	"context"

	"hoicho/internal/registry"
)

// turnedAway is the condition of an entry that a phone or relay refused and that this
// server would have judged by where passes were when it heard of it.
const turnedAway = `s.moves = 0 AND s.training = 0 AND s.direction = 'in' AND s.void_of = '' AND s.forced_by = ''
	AND s.verdict IN ('ok', 'ok_again', 'already_inside', 'already_used', 'too_many_inside')
	AND COALESCE(NULLIF(s.device_verdict, ''), s.relay_verdict) NOT IN ('', 'ok', 'ok_again', 'exit_ok', 'checked')`

// WalkedScan is a movement, or an entry that was refused at the gate.
type WalkedScan struct {
	Ref       registry.ScanRef
	At        int64 // corrected time, unix ms
	Pass      registry.PassID
	Kind      registry.PassKind
	Booth     registry.BoothID // of the pass in force now; empty: none
	Direction registry.Direction
	Day       string
	Refused   bool
	Forced    bool
}

// WalkedScans returns in their order the movements and refused entries of an event
// that show whether a gate which judged by itself judged rightly: those of the passes
// that it refused, and of all staff of the booths whose staff it judged.
func (tx *Tx) WalkedScans(ctx context.Context, event registry.EventID) ([]WalkedScan, error) {
	return collect(ctx, tx, func(row scanner) (s WalkedScan, err error) {
		err = row.Scan(&s.Ref.ID, &s.Ref.Device, &s.At, &s.Pass, &s.Kind, &s.Booth, &s.Direction, &s.Day, &s.Refused, &s.Forced)
		return s, err
	}, `
		WITH refused AS (SELECT pass_id FROM scans WHERE event_id = $1 AND pass_id IS NOT NULL AND direction = 'in' AND `+differing+`),
		alone AS (SELECT pass_id FROM scans WHERE event_id = $1 AND moves = 1 AND (device_verdict <> '' OR relay_verdict <> '') AND direction = 'in'),
		judged AS (SELECT pass_id FROM refused UNION SELECT pass_id FROM alone)
		SELECT s.id, s.device_id, s.corrected_at, s.pass_id, p.kind, COALESCE(p.booth_id, ''), s.direction, s.day,
			CASE s.moves WHEN 1 THEN 0 ELSE 1 END, CASE s.forced_by WHEN '' THEN 0 ELSE 1 END
		FROM scans s JOIN passes p ON p.bearer_id = s.pass_id AND p.replaced_by = ''
		WHERE p.event_id = $1 AND (s.moves = 1 OR `+turnedAway+`)
			AND (s.pass_id IN (SELECT pass_id FROM refused)
				OR p.kind = 'staff' AND p.booth_id IN (
					SELECT q.booth_id FROM passes q WHERE q.kind = 'staff' AND q.bearer_id IN (SELECT pass_id FROM judged)))
		ORDER BY s.corrected_at, s.device_id, s.seq`, string(event))
}
