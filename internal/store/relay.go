package store

import (
	"context"
	"slices"

	"hoicho/internal/registry"
)

// relayPage is how many passes one statement looks up.
const relayPage = 500

// RelayPhones returns the phones that a relay has paired, by id.
func (tx *Tx) RelayPhones(ctx context.Context, relay registry.DeviceID) ([]registry.Device, error) {
	return collect(ctx, tx, scanDevice, `
		SELECT `+deviceColumns+` FROM devices d JOIN events e ON e.id = d.event_id
		WHERE d.relay_id = $1 AND d.relay_id <> '' ORDER BY d.id`, string(relay))
}

// SaveRelayPhone stores a phone of a relay, or what the relay says anew of it. One
// that is revoked stays so. Forbidden when the id is that of another device.
func (tx *Tx) SaveRelayPhone(ctx context.Context, d registry.Device) error {
	if err := tx.takeTurn(ctx, d.Event); err != nil {
		return err
	}
	n, err := tx.nextKeys(ctx, "devices", 1)
	if err != nil {
		return err
	}
	return tx.must(ctx, registry.E(registry.Forbidden, "error.gate.not_your_phone"), `
		INSERT INTO devices (n, id, event_id, relay_id, waiting_n, name, role, vendor_id, gates, state, token_hash, paired_at, revoked_at,
			seen_at, acked_seq, backed_up_seq, count_acked_seq, count_backed_up_seq)
		VALUES ($11, $1, $2, $3, 0, $4, $5, '', $6, $7, $8, $9, $10, $9, 0, 0, 0, 0)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name,
			state = CASE WHEN devices.state = 'revoked' THEN 'revoked' ELSE excluded.state END,
			revoked_at = CASE WHEN devices.state = 'revoked' THEN devices.revoked_at ELSE excluded.revoked_at END
		WHERE devices.relay_id = excluded.relay_id AND devices.event_id = excluded.event_id`,
		string(d.ID), string(d.Event), string(d.Relay), d.Name, string(d.Role), joinNumbers(d.Gates), string(d.State),
		d.TokenHash, d.PairedAt, d.RevokedAt, n)
}

// RevokeRelayPhones shuts the phones of a relay out with it.
func (tx *Tx) RevokeRelayPhones(ctx context.Context, relay registry.DeviceID) error {
	_, err := tx.exec(ctx, `
		UPDATE devices SET state = 'revoked', revoked_at = $2
		WHERE relay_id = $1 AND relay_id <> '' AND state = 'active'`, string(relay), tx.NowMS())
	return err
}

// NoteRelay notes that a relay has just called, and how many rows it holds.
func (tx *Tx) NoteRelay(ctx context.Context, relay registry.DeviceID, waiting int) error {
	_, err := tx.exec(ctx, `UPDATE devices SET seen_at = $2, waiting_n = $3 WHERE id = $1`, string(relay), tx.NowMS(), waiting)
	return err
}

// RelayPasses returns the passes of an event that changed, or moved, after a
// change number; all of them after -1.
func (tx *Tx) RelayPasses(ctx context.Context, event registry.EventID, change int64) ([]registry.RelayPass, error) {
	return collect(ctx, tx, func(row scanner) (p registry.RelayPass, err error) {
		err = row.Scan(&p.ID, &p.Code, &p.Event, &p.Kind, &p.State, &p.Booth, &p.BoothCode, &p.Vendor, &p.VendorName,
			&p.Label, &p.Pack, &p.Ordinal, &p.FirstDay, &p.Days, &p.Test, &p.KeyID, &p.ReplacedBy, &p.Bearer)
		return p, err
	}, `
		SELECT p.id, p.code, p.event_id, p.kind, p.state, COALESCE(p.booth_id, ''), COALESCE(b.code, ''),
			COALESCE(p.vendor_id, ''), COALESCE(v.name, ''), p.label, p.pack_n, p.ordinal,
			p.first_day, p.days, p.test, p.key_id, p.replaced_by, p.bearer_id
		FROM passes p LEFT JOIN booths b ON b.id = p.booth_id LEFT JOIN vendors v ON v.id = p.vendor_id
		WHERE p.id IN (
			SELECT id FROM passes WHERE event_id = $1 AND change_no > $2
			UNION
			SELECT q.id FROM presences s JOIN passes q ON q.bearer_n = s.pass_n WHERE s.event_n = (SELECT number FROM events WHERE id = $1) AND s.change_no > $2)
		ORDER BY p.id`, string(event), change)
}

// passMove is a movement with the pass that moved.
type passMove struct {
	pass registry.PassID
	registry.Movement
}

// ForeignPresences returns what the scans come to that the phones of a relay did
// not make, of each of the bearers that has any.
func (tx *Tx) ForeignPresences(ctx context.Context, relay registry.DeviceID, passes []registry.PassID) (map[registry.PassID]registry.Presence, error) {
	found := map[registry.PassID]registry.Presence{}
	for part := range slices.Chunk(passes, relayPage) {
		var w where
		in(&w, "p.id", part)
		w.add("s.moves = 1 AND d.relay_id <> ?", string(relay))
		moves, err := collect(ctx, tx, func(row scanner) (m passMove, err error) {
			err = row.Scan(&m.pass, uuidCell[registry.ScanID]{&m.Scan}, &m.Device, &m.Seq, word[registry.Direction]{&m.Direction, directionWords},
				&m.Gate, &m.Booth, dayCell{&m.Day}, &m.At, &m.CorrectedAt)
			return m, err
		}, `
			SELECT p.id, s.id, d.id, s.seq, s.direction, s.gate_n, s.booth, s.day, s.corrected_at + s.ahead_ms, s.corrected_at
			FROM scans s JOIN devices d ON d.n = s.device_n JOIN passes p ON p.n = s.pass_n`+w.String(), w.args...)
		if err != nil {
			return nil, err
		}
		for _, m := range moves {
			p := found[m.pass]
			p.Pass = m.pass
			p.Add(m.Movement)
			found[m.pass] = p
		}
	}
	return found, nil
}

// AppendRelayLog writes rows at the end of a relay's log, numbered on from the
// last one. The database of a relay has one writer.
func (tx *Tx) AppendRelayLog(ctx context.Context, rows []registry.RelayRow) error {
	if len(rows) == 0 {
		return nil
	}
	last, err := tx.RelayLogEnd(ctx)
	if err != nil {
		return err
	}
	const columns = 6
	args := make([]any, 0, len(rows)*columns)
	for i, r := range rows {
		args = append(args, last+int64(i)+1, string(r.Kind), string(r.Device), r.Seq, flag(r.Amends), r.Payload)
	}
	return tx.insertRows(ctx, `INSERT INTO relay_log (n, kind, device_id, seq, amends, payload) VALUES `, columns, args)
}

// RelayLogEnd is the number of the last row of a relay's log, 0 when it is empty.
func (tx *Tx) RelayLogEnd(ctx context.Context) (int64, error) {
	return one(ctx, tx, orZero(column[int64]), `SELECT COALESCE(MAX(n), 0) FROM relay_log`)
}

// RelayLog returns rows of a relay's log after a number, in their order.
func (tx *Tx) RelayLog(ctx context.Context, after int64, limit int) ([]registry.RelayRow, error) {
	return collect(ctx, tx, func(row scanner) (r registry.RelayRow, err error) {
		err = row.Scan(&r.N, &r.Kind, &r.Device, &r.Seq, &r.Amends, &r.Payload)
		return r, err
	}, `
		SELECT n, kind, device_id, seq, amends, payload FROM relay_log
		WHERE n > $1 ORDER BY n LIMIT $2`, after, limit)
}

// WaitingRelayRows counts by phone what stands in a relay's log after a number: a
// scan that was amended since is one.
func (tx *Tx) WaitingRelayRows(ctx context.Context, after int64) (map[registry.DeviceID]int, error) {
	type count struct {
		device registry.DeviceID
		n      int
	}
	rows, err := collect(ctx, tx, func(row scanner) (c count, err error) {
		err = row.Scan(&c.device, &c.n)
		return c, err
	}, `SELECT device_id, count(*) FROM (SELECT DISTINCT device_id, kind, seq FROM relay_log WHERE n > $1) waiting
		GROUP BY device_id`, after)
	counts := map[registry.DeviceID]int{}
	for _, c := range rows {
		counts[c.device] = c.n
	}
	return counts, err
}
