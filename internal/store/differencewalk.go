package store

import (
	"context"

	"hoicho/internal/registry"
)

// turnedAway is the condition of an entry that a phone or relay refused and that this
// server would have judged by where passes were when it heard of it.
var turnedAway = `s.moves = 0 AND s.training = 0 AND s.direction = ` + inNumber + ` AND s.void_of IS NULL AND s.forced_by = ''
	AND ` + verdictIs("s.verdict", registry.VerdictOK, registry.VerdictOKAgain, registry.VerdictAlreadyInside, registry.VerdictAlreadyUsed,
	registry.VerdictTooManyInside) + `
	AND (s.device_verdict > 0 OR s.relay_verdict > 0)
	AND NOT ` + verdictIs("CASE s.device_verdict WHEN 0 THEN s.relay_verdict ELSE s.device_verdict END", admitting...)

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
// that it refused, and of all staff of the booths whose staff it judged. These few are found
// first; CROSS JOIN keeps SQLite from reading every scan of the event to find them.
func (tx *Tx) WalkedScans(ctx context.Context, event registry.EventID) ([]WalkedScan, error) {
	return collect(ctx, tx, func(row scanner) (s WalkedScan, err error) {
		err = row.Scan(uuidCell[registry.ScanID]{&s.Ref.ID}, &s.Ref.Device, &s.At, &s.Pass, &s.Kind, &s.Booth,
			word[registry.Direction]{&s.Direction, directionWords}, dayCell{&s.Day}, &s.Refused, &s.Forced)
		return s, err
	}, `
		WITH refused AS (SELECT s.pass_n FROM scans s WHERE `+ofEvent+` AND s.pass_n IS NOT NULL AND s.direction = `+inNumber+` AND s.differs = 1),
		alone AS (`+aloneIn+`),
		judged AS (SELECT pass_n FROM refused UNION SELECT pass_n FROM alone),
		asked AS (SELECT pass_n FROM refused
			UNION SELECT p.bearer_n FROM passes p WHERE p.kind = 'staff' AND p.replaced_by = '' AND p.booth_id IN (
				SELECT q.booth_id FROM passes q WHERE q.kind = 'staff' AND q.bearer_n IN (SELECT pass_n FROM judged)))
		SELECT s.id, d.id, s.corrected_at, p.bearer_id, p.kind, COALESCE(p.booth_id, ''), s.direction, s.day,
			CASE s.moves WHEN 1 THEN 0 ELSE 1 END, CASE s.forced_by WHEN '' THEN 0 ELSE 1 END
		FROM asked a CROSS JOIN scans s JOIN passes p ON p.bearer_n = s.pass_n AND p.replaced_by = '' JOIN devices d ON d.n = s.device_n
		WHERE s.pass_n = a.pass_n AND p.event_id = $1 AND (s.moves = 1 OR `+turnedAway+`)
		ORDER BY s.corrected_at, d.id, s.seq`, string(event))
}
