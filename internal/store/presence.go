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
}

const gatePassColumns = `p.bearer_id, p.code, p.event_id, p.kind, p.state, COALESCE(p.booth_id, ''), p.label, p.pack_n, p.ordinal, p.first_day, p.days, p.test, p.replaced_by,
	COALESCE(b.code, ''), COALESCE(v.name, ''), COALESCE(s.scan_id, ''), COALESCE(s.device_id, ''), COALESCE(s.seq, 0),
	COALESCE(s.direction, ''), COALESCE(s.gate_n, 0), COALESCE(s.day, ''), COALESCE(s.at, 0), COALESCE(s.corrected_at, 0),
	COALESCE(s.answer, ''), COALESCE(s.used, ''), COALESCE(s.version, 0)`

const gatePassTables = ` FROM passes p LEFT JOIN presences s ON s.pass_id = p.bearer_id AND p.replaced_by = ''
	LEFT JOIN booths b ON b.id = p.booth_id LEFT JOIN vendors v ON v.id = p.vendor_id`

func scanGatePass(row scanner) (g GatePass, err error) {
	var used string
	p, s := &g.Pass, &g.Presence
	if err = row.Scan(&p.ID, &p.Code, &p.Event, &p.Kind, &p.State, &p.Booth, &p.Label, &p.Pack, &p.Ordinal, &p.FirstDay, &p.Days, &p.Test, &p.ReplacedBy,
		&g.BoothCode, &g.VendorName, &s.Last.Scan, &s.Last.Device, &s.Last.Seq,
		&s.Last.Direction, &s.Last.Gate, &s.Last.Day, &s.Last.At, &s.Last.CorrectedAt,
		&s.Answer, &used, &s.Version); err != nil {
		return g, err
	}
	s.Pass, s.Event, s.Kind = p.ID, p.Event, p.Kind
	if used != "" {
		err = json.Unmarshal([]byte(used), &s.Used)
	}
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
	w.add("p.kind = 'staff' AND s.direction = 'in'")
	return collect(ctx, tx, scanGatePass, `SELECT `+gatePassColumns+gatePassTables+w.String(), w.args...)
}

// GatePassesSince returns the passes of an event that changed, or moved, after a
// change number; all of them after -1. Of the vouchers it returns those alone that a
// phone cannot judge by their proof and pack: that were spent, or blocked one by one, be
// they good again.
func (tx *Tx) GatePassesSince(ctx context.Context, event registry.EventID, change int64) ([]GatePass, error) {
	return tx.listedSince(ctx, event, change, "")
}

// VouchersSince is GatePassesSince without the passes.
func (tx *Tx) VouchersSince(ctx context.Context, event registry.EventID, change int64) ([]GatePass, error) {
	return tx.listedSince(ctx, event, change, " AND p.pack_n > 0")
}

func (tx *Tx) listedSince(ctx context.Context, event registry.EventID, change int64, only string) ([]GatePass, error) {
	return collect(ctx, tx, scanGatePass, `
		SELECT `+gatePassColumns+gatePassTables+`
		WHERE p.id IN (
			SELECT id FROM passes
			WHERE event_id = $1 AND change_no > $2 AND (pack_n = 0 OR version > 1 AND state_reason <> 'key_killed')
			UNION
			SELECT q.id FROM presences s JOIN passes q ON q.bearer_id = s.pass_id WHERE s.event_id = $1 AND s.change_no > $2)`+only,
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
	const columns = 15
	args := make([]any, 0, len(presences)*columns)
	for _, p := range presences {
		used, err := json.Marshal(p.Used)
		if err != nil {
			return err
		}
		args = append(args, string(p.Pass), string(p.Event), string(p.Kind), string(p.Last.Scan), string(p.Last.Device), p.Last.Seq,
			string(p.Last.Direction), p.Last.Gate, p.Last.Day, p.Last.At, p.Last.CorrectedAt, p.Answer, string(used),
			changes[p.Event], p.Version+1)
	}
	n, err := tx.execRows(ctx, `
		INSERT INTO presences (pass_id, event_id, kind, scan_id, device_id, seq, direction, gate_n, day, at, corrected_at,
			answer, used, change_no, version)
		VALUES `, columns, args, `
		ON CONFLICT (pass_id) DO UPDATE
		SET scan_id = excluded.scan_id, device_id = excluded.device_id, seq = excluded.seq, direction = excluded.direction,
			gate_n = excluded.gate_n, day = excluded.day, at = excluded.at, corrected_at = excluded.corrected_at,
			answer = excluded.answer, used = excluded.used, change_no = excluded.change_no, version = excluded.version
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
		WHERE event_id = $1 AND day = $2 AND direction = 'in' AND kind <> 'vehicle'`, string(event), day)
}
