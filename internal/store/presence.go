package store

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/registry"
)

// GatePass is a pass of an event's gate list with the presence of its bearer. One
// that was replaced has none: it went over to the pass that took its place.
type GatePass struct {
	registry.Pass // what the gate needs of it: no proof, no history; ID is its bearer's
	BoothCode     string
	VendorName    string
	Presence      registry.Presence
	Change        int64 // number of the newest change of the pass or of its presence
}

const gatePassColumns = `p.bearer_id, p.code, p.event_id, p.kind, p.state, COALESCE(p.booth_id, ''), p.label, p.pack_n, p.ordinal, p.first_day, p.days, p.test, p.replaced_by,
	COALESCE(b.code, ''), COALESCE(v.name, ''), s.scan_id, s.device_id, COALESCE(s.seq, 0),
	COALESCE(s.direction, 0), COALESCE(s.gate_n, 0), COALESCE(s.day, 0), COALESCE(s.ahead_ms, 0), COALESCE(s.corrected_at, 0),
	COALESCE(s.verdict, 0), COALESCE(s.kept, ''), COALESCE(s.used, ''), COALESCE(s.version, 0),
	CASE WHEN s.change_no > p.change_no THEN s.change_no ELSE p.change_no END`

const gatePassTables = ` FROM passes p LEFT JOIN presences s ON s.pass_n = p.bearer_n AND p.replaced_by = ''
	LEFT JOIN booths b ON b.id = p.booth_id LEFT JOIN vendors v ON v.id = p.vendor_id`

func scanGatePass(row scanner) (g GatePass, err error) {
	var used string
	var ahead int64
	p, s := &g.Pass, &g.Presence
	if err = row.Scan(&p.ID, &p.Code, &p.Event, &p.Kind, &p.State, &p.Booth, &p.Label, &p.Pack, &p.Ordinal, &p.FirstDay, &p.Days, &p.Test, &p.ReplacedBy,
		&g.BoothCode, &g.VendorName, uuidCell[registry.ScanID]{&s.Last.Scan}, uuidCell[registry.DeviceID]{&s.Last.Device}, &s.Last.Seq,
		word[registry.Direction]{&s.Last.Direction, directionWords}, &s.Last.Gate, dayCell{&s.Last.Day}, &ahead, &s.Last.CorrectedAt,
		verdictCell(&s.Verdict), &s.Kept, &used, &s.Version, &g.Change); err != nil {
		return g, err
	}
	if s.Last.At = s.Last.CorrectedAt + ahead; s.Last.Scan == "" {
		s.Last = registry.Movement{}
	}
	s.Pass, s.Event, s.Kind = p.ID, p.Event, p.Kind
	s.Used, err = readMarks(used)
	return g, err
}

// GatePasses returns the passes with these codes, of any event.
func (tx *Tx) GatePasses(ctx context.Context, codes []string) ([]GatePass, error) {
	var w where
	if err := among(tx, &w, "p.code", codes); err != nil {
		return nil, err
	}
	return collect(ctx, tx, scanGatePass, `SELECT `+gatePassColumns+gatePassTables+w.String(), w.args...)
}

// BearersPasses returns the passes that these bearers have now.
func (tx *Tx) BearersPasses(ctx context.Context, bearers []registry.PassID) ([]GatePass, error) {
	var w where
	if err := among(tx, &w, "p.bearer_id", bearers); err != nil {
		return nil, err
	}
	w.add("p.replaced_by = ''")
	return collect(ctx, tx, scanGatePass, `SELECT `+gatePassColumns+gatePassTables+w.String(), w.args...)
}

// StaffInside returns the staff passes of booths that went in last and have not
// come out, on whatever day.
func (tx *Tx) StaffInside(ctx context.Context, booths []registry.BoothID) ([]GatePass, error) {
	var w where
	if err := among(tx, &w, "p.booth_id", booths); err != nil {
		return nil, err
	}
	w.add("p.kind = 'staff' AND s.scan_id IS NOT NULL AND s.direction = " + inNumber)
	return collect(ctx, tx, scanGatePass, `SELECT `+gatePassColumns+gatePassTables+w.String(), w.args...)
}

// GatePassesSince returns the passes of an event that changed, or moved, after a
// change number; all of them after -1. Of the vouchers it returns those alone that a
// phone cannot judge by their proof and pack: that were spent, or blocked one by one, be
// they good again.
func (tx *Tx) GatePassesSince(ctx context.Context, event registry.EventID, change int64) ([]GatePass, error) {
	return collect(ctx, tx, scanGatePass, `
		SELECT `+gatePassColumns+gatePassTables+`
		WHERE p.id IN (
			SELECT id FROM passes
			WHERE event_id = $1 AND change_no > $2 AND (pack_n = 0 OR version > 1 AND state_reason <> 'key_killed')
			UNION
			SELECT q.id FROM presences s JOIN passes q ON q.bearer_n = s.pass_n
			WHERE s.event_n = (SELECT number FROM events WHERE id = $1) AND s.change_no > $2)`,
		string(event), change)
}

// SavePresences stores presences under the change number of their event, each if
// it is still in the version that was read; Conflict otherwise. It is what decides
// between two gates: a presence on which a scan was judged is that of the moment
// it is written, or nothing is written.
func (tx *Tx) SavePresences(ctx context.Context, presences []*registry.Presence, changes map[registry.EventID]int64) error {
	if len(presences) == 0 {
		return nil
	}
	passes, err := tx.passKeys(ctx, distinct(presences, func(p **registry.Presence) registry.PassID { return (*p).Pass }))
	if err != nil {
		return err
	}
	events, err := tx.eventKeys(ctx, distinct(presences, func(p **registry.Presence) registry.EventID { return (*p).Event }))
	if err != nil {
		return err
	}
	const columns = 16
	args := make([]any, 0, len(presences)*columns)
	for _, p := range presences {
		used, err := writeMarks(p.Used)
		if err != nil {
			return err
		}
		direction, day := 0, int64(0) // of nowhere yet
		if p.Last.Scan != "" {
			direction, day = number(directionWords, p.Last.Direction), dayNumber(p.Last.Day)
		}
		args = append(args, passes[p.Pass].n, events[p.Event], flag(p.Kind == registry.VehiclePass), nullID(p.Last.Scan),
			nullID(p.Last.Device), p.Last.Seq, direction, p.Last.Gate, day, p.Last.CorrectedAt, p.Last.At-p.Last.CorrectedAt, number(verdictWords, p.Verdict), p.Kept, used, changes[p.Event], p.Version+1)
	}
	n, err := tx.execRows(ctx, `
		INSERT INTO presences (pass_n, event_n, vehicle, scan_id, device_id, seq, direction, gate_n, day, corrected_at, ahead_ms,
			verdict, kept, used, change_no, version)
		VALUES `, columns, args, `
		ON CONFLICT (pass_n) DO UPDATE
		SET scan_id = excluded.scan_id, device_id = excluded.device_id, seq = excluded.seq, direction = excluded.direction,
			gate_n = excluded.gate_n, day = excluded.day, corrected_at = excluded.corrected_at, ahead_ms = excluded.ahead_ms,
			verdict = excluded.verdict, kept = excluded.kept, used = excluded.used, change_no = excluded.change_no, version = excluded.version
		WHERE presences.version = excluded.version - 1`)
	if err == nil && n != int64(len(presences)) {
		err = fmt.Errorf("%d of %d presences: %w", n, len(presences), registry.E(registry.Conflict, "error.stale"))
	}
	return err
}

// PeopleInside counts the passes of people who are inside an event on a gate day.
// A vehicle is no person.
func (tx *Tx) PeopleInside(ctx context.Context, event registry.EventID, day string) (int, error) {
	return tx.count(ctx, `
		SELECT count(*) FROM presences
		WHERE event_n = (SELECT number FROM events WHERE id = $1) AND day = $2 AND direction = `+inNumber+` AND scan_id IS NOT NULL
			AND vehicle = 0`,
		string(event), dayNumber(day))
}

// storedMark is a mark as a presence stores it: a list of day in days since 1970, instant,
// gate, code of the booth and whether it was on paper, of which the last two may be left out.
type storedMark registry.Mark

// MarshalJSON writes the list.
func (m storedMark) MarshalJSON() ([]byte, error) {
	parts := []any{dayNumber(m.Day), m.At, m.Gate, m.Booth, m.Paper}
	switch {
	case m.Paper:
	case m.Booth != "":
		parts = parts[:4]
	default:
		parts = parts[:3]
	}
	return json.Marshal(parts)
}

// UnmarshalJSON reads the list.
func (m *storedMark) UnmarshalJSON(raw []byte) error {
	var day int64
	if err := json.Unmarshal(raw, &[]any{&day, &m.At, &m.Gate, &m.Booth, &m.Paper}); err != nil {
		return err
	}
	return dayCell{&m.Day}.Scan(day)
}

func writeMarks(marks []registry.Mark) (string, error) {
	if len(marks) == 0 {
		return "", nil
	}
	list := make([]storedMark, len(marks))
	for i, m := range marks {
		list[i] = storedMark(m)
	}
	raw, err := json.Marshal(list)
	return string(raw), err
}

func readMarks(text string) ([]registry.Mark, error) {
	if text == "" {
		return nil, nil
	}
	var list []storedMark
	err := json.Unmarshal([]byte(text), &list)
	marks := make([]registry.Mark, len(list))
	for i, m := range list {
		marks[i] = registry.Mark(m)
	}
	return marks, err
}
