package store

import (
	"context"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

const deviceColumns = `d.id, d.event_id, d.relay_id, d.waiting_n, d.name, d.role, d.vendor_id, d.gates, d.state, d.token_hash, d.paired_at, d.revoked_at, d.seen_at,
	d.acked_seq, d.backed_up_seq, d.count_acked_seq, d.count_backed_up_seq, e.ends_at`

func scanDevice(row scanner) (d registry.Device, err error) {
	var gates string
	var ends int64
	err = row.Scan(&d.ID, &d.Event, &d.Relay, &d.Waiting, &d.Name, &d.Role, &d.Vendor, &gates, &d.State, &d.TokenHash, &d.PairedAt, &d.RevokedAt, &d.LastSeenAt,
		&d.AckedSeq, &d.BackedUpSeq, &d.CountAckedSeq, &d.CountBackedUpSeq, &ends)
	if err != nil {
		return d, err
	}
	d.ExpiresAt = ends + d.Role.LifeMS()
	d.Gates, err = splitNumbers(gates)
	return d, err
}

func splitNumbers(text string) (numbers []int, err error) {
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

func joinNumbers(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " ")
}

// DeviceByToken returns the phone with a bearer token, by the token's hash, in
// whatever state; NotFound when there is none.
func (tx *Tx) DeviceByToken(ctx context.Context, hash string) (registry.Device, error) {
	return one(ctx, tx, scanDevice, `
		SELECT `+deviceColumns+` FROM devices d JOIN events e ON e.id = d.event_id WHERE d.token_hash = $1`, hash)
}

// Devices returns the phones of an event, those paired last first.
func (tx *Tx) Devices(ctx context.Context, event registry.EventID) ([]registry.Device, error) {
	return collect(ctx, tx, scanDevice, `
		SELECT `+deviceColumns+` FROM devices d JOIN events e ON e.id = d.event_id
		WHERE d.event_id = $1 ORDER BY d.id DESC`, string(event))
}

// DevicesByID returns phones by their ids.
func (tx *Tx) DevicesByID(ctx context.Context, ids []registry.DeviceID) ([]registry.Device, error) {
	var w where
	if err := among(tx, &w, "d.id", ids); err != nil {
		return nil, err
	}
	return collect(ctx, tx, scanDevice, `
		SELECT `+deviceColumns+` FROM devices d JOIN events e ON e.id = d.event_id`+w.String(), w.args...)
}

// InsertPairToken stores a token that pairs one phone.
func (tx *Tx) InsertPairToken(ctx context.Context, t registry.PairToken) error {
	_, err := tx.exec(ctx, `
		INSERT INTO pair_tokens (hash, event_id, gates, role, vendor_id, created_by, created_at, expires_at, spent_at, device_id)
		VALUES ($1, $2, $3, $4, $8, $5, $6, $7, 0, '')`,
		t.Hash, string(t.Event), joinNumbers(t.Gates), string(t.Role), string(t.CreatedBy), t.CreatedAt, t.ExpiresAt, string(t.Vendor))
	return err
}

// SpendPairToken spends a token for a device and returns it. It is NotFound when
// there is no such token, it has been spent, or its time is over: one statement
// decides, so of two phones one gets it.
func (tx *Tx) SpendPairToken(ctx context.Context, hash string, device registry.DeviceID) (registry.PairToken, error) {
	none := registry.E(registry.NotFound, "error.gate.pair_token")
	if err := tx.must(ctx, none, `
		UPDATE pair_tokens SET spent_at = $2, device_id = $3
		WHERE hash = $1 AND spent_at = 0 AND expires_at > $2`, hash, tx.NowMS(), string(device)); err != nil {
		return registry.PairToken{}, err
	}
	return one(ctx, tx, or(none, func(row scanner) (t registry.PairToken, err error) {
		var gates string
		if err = row.Scan(&t.Hash, &t.Event, &gates, &t.Role, &t.Vendor, &t.CreatedBy, &t.CreatedAt, &t.ExpiresAt, &t.SpentAt, &t.Device); err != nil {
			return t, err
		}
		t.Gates, err = splitNumbers(gates)
		return t, err
	}), `
		SELECT hash, event_id, gates, role, vendor_id, created_by, created_at, expires_at, spent_at, device_id
		FROM pair_tokens WHERE hash = $1`, hash)
}

// InsertDevice stores a phone or relay that has just been paired.
func (tx *Tx) InsertDevice(ctx context.Context, d registry.Device) error {
	n, err := tx.nextKeys(ctx, "devices", 1)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO devices (n, id, event_id, relay_id, waiting_n, name, role, vendor_id, gates, state, token_hash, paired_at, revoked_at, seen_at,
			acked_seq, backed_up_seq, count_acked_seq, count_backed_up_seq)
		VALUES ($11, $1, $2, $9, 0, $3, $4, $10, $5, $6, $7, $8, 0, $8, 0, 0, 0, 0)`,
		string(d.ID), string(d.Event), d.Name, string(d.Role), joinNumbers(d.Gates), string(d.State), d.TokenHash, d.PairedAt, string(d.Relay), string(d.Vendor), n)
	return err
}

// RevokeDevice shuts a phone of an event out for good, and with a relay its
// phones. It is NotFound when it is
// none of the event's, and a Conflict when it has been revoked already.
func (tx *Tx) RevokeDevice(ctx context.Context, event registry.EventID, id registry.DeviceID) (registry.Device, error) {
	found, err := tx.DevicesByID(ctx, []registry.DeviceID{id})
	if err != nil {
		return registry.Device{}, err
	}
	if len(found) == 0 || found[0].Event != event {
		return registry.Device{}, registry.E(registry.NotFound, "error.not_found")
	}
	if err := tx.takeTurn(ctx, event); err != nil {
		return found[0], err
	}
	if err := tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE devices SET state = 'revoked', revoked_at = $2 WHERE id = $1 AND state = 'active'`, string(id), tx.NowMS()); err != nil {
		return found[0], err
	}
	return found[0], tx.RevokeRelayPhones(ctx, id)
}

// TouchDevice notes that a phone has just called.
func (tx *Tx) TouchDevice(ctx context.Context, id registry.DeviceID) error {
	_, err := tx.exec(ctx, `UPDATE devices SET seen_at = $2 WHERE id = $1`, string(id), tx.NowMS())
	return err
}

// SaveWatermarks stores up to where the scans and counts of phones are durable,
// and when they called last. No watermark goes back.
func (tx *Tx) SaveWatermarks(ctx context.Context, devices []registry.Device) error {
	const columns = 4 // texts: PostgreSQL takes the values of a WITH for such
	args := make([]any, 0, len(devices)*columns)
	for i := range devices {
		d := &devices[i]
		args = append(args, string(d.ID), strconv.FormatInt(d.AckedSeq, 10), strconv.FormatInt(d.CountAckedSeq, 10), strconv.FormatInt(d.LastSeenAt, 10))
	}
	_, err := tx.execRows(ctx, `WITH called (id, acked, counted, seen) AS (VALUES `, columns, args, `)
		UPDATE devices
		SET acked_seq = CASE WHEN acked_seq < CAST(called.acked AS BIGINT) THEN CAST(called.acked AS BIGINT) ELSE acked_seq END,
			count_acked_seq = CASE WHEN count_acked_seq < CAST(called.counted AS BIGINT) THEN CAST(called.counted AS BIGINT) ELSE count_acked_seq END,
			seen_at = CAST(called.seen AS BIGINT)
		FROM called WHERE devices.id = called.id`)
	return err
}

// Watermarks returns up to where the scans and counts of every phone are durable.
func (tx *Tx) Watermarks(ctx context.Context) ([]registry.Device, error) {
	return collect(ctx, tx, scanDevice, `
		SELECT `+deviceColumns+` FROM devices d JOIN events e ON e.id = d.event_id
		WHERE d.acked_seq > d.backed_up_seq OR d.count_acked_seq > d.count_backed_up_seq`)
}

// SaveBackedUp notes what a verified backup holds of phones, from what Watermarks
// returned before it was made.
func (tx *Tx) SaveBackedUp(ctx context.Context, devices []registry.Device) error {
	for _, d := range devices {
		if _, err := tx.exec(ctx, `
			UPDATE event_changes SET turn = turn + 1 WHERE event_id = (SELECT event_id FROM devices WHERE id = $1)`, string(d.ID)); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `
			UPDATE devices SET backed_up_seq = $2, count_backed_up_seq = $3
			WHERE id = $1 AND backed_up_seq <= $2 AND count_backed_up_seq <= $3`,
			string(d.ID), d.AckedSeq, d.CountAckedSeq); err != nil {
			return err
		}
	}
	return nil
}
