package store

import (
	"context"
	"crypto/rand"

	"hoicho/internal/registry"
)

const countColumns = `id, device_id, event_id, gate_n, n, who, boot, seq, at, corrected_at, mono_ms, received_at, void_of`

func scanCount(row scanner) (c registry.Count, err error) {
	err = row.Scan(&c.ID, &c.Device, &c.Event, &c.Gate, &c.N, &c.Who, &c.Boot, &c.Seq, &c.At, &c.CorrectedAt, &c.MonoMS, &c.ReceivedAt, &c.VoidOf)
	return c, err
}

// CountsByID returns the counts with these ids, which several devices may have
// used.
func (tx *Tx) CountsByID(ctx context.Context, ids []registry.ScanID) ([]registry.Count, error) {
	var w where
	if err := among(tx, &w, "id", ids); err != nil {
		return nil, err
	}
	return collect(ctx, tx, scanCount, `SELECT `+countColumns+` FROM counts`+w.String(), w.args...)
}

// CountsUndone returns which of these counts have been taken back by their own
// device, each once.
func (tx *Tx) CountsUndone(ctx context.Context, ids []registry.ScanID) ([]registry.ScanRef, error) {
	var w where
	if err := among(tx, &w, "void_of", ids); err != nil {
		return nil, err
	}
	w.add("void_of <> ''")
	return collect(ctx, tx, func(row scanner) (of registry.ScanRef, err error) {
		err = row.Scan(&of.ID, &of.Device)
		return of, err
	}, `SELECT DISTINCT void_of, device_id FROM counts`+w.String(), w.args...)
}

// InsertCounts stores new counts. The same id of the same device twice is an
// error: look with CountsByID first.
func (tx *Tx) InsertCounts(ctx context.Context, counts []registry.Count) error {
	const columns = 13
	args := make([]any, 0, len(counts)*columns)
	for i := range counts {
		c := &counts[i]
		args = append(args, string(c.ID), string(c.Device), string(c.Event), c.Gate, c.N, string(c.Who), c.Boot, c.Seq, c.At,
			c.CorrectedAt, c.MonoMS, c.ReceivedAt, string(c.VoidOf))
	}
	return tx.insertRows(ctx, `INSERT INTO counts (`+countColumns+`) VALUES `, columns, args)
}

// CountsUpTo returns up to which seq all counts of a device are stored, looking
// from after on.
func (tx *Tx) CountsUpTo(ctx context.Context, device registry.DeviceID, after int64) (int64, error) {
	return walkSeqs(after, func(after int64) ([]int64, error) {
		return collect(ctx, tx, column[int64], `
			SELECT seq FROM counts WHERE device_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`, string(device), after, seqPage)
	})
}

// InsertTap stores a visitor's tap; new is false when this phone has tapped at
// this event on this day.
func (tx *Tx) InsertTap(ctx context.Context, t registry.Tap) (first bool, err error) {
	n, err := tx.exec(ctx, `
		INSERT INTO taps (event_id, day, phone, gate_n, hour_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (event_id, day, phone) DO NOTHING`, string(t.Event), t.Day, t.Phone, t.Gate, t.HourAt)
	return n == 1, err
}

// HasTapped reports whether a tap of the phone at the event and day is stored.
func (tx *Tx) HasTapped(ctx context.Context, t registry.Tap) (bool, error) {
	n, err := tx.count(ctx, `SELECT count(*) FROM taps WHERE event_id = $1 AND day = $2 AND phone = $3`,
		string(t.Event), t.Day, t.Phone)
	return n > 0, err
}

// EventSecret returns the key that hashes the random values of an event's
// visitors, and makes it first when there is none.
func (tx *Tx) EventSecret(ctx context.Context, event registry.EventID) ([]byte, error) {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	return one(ctx, tx, orZero(column[[]byte]), `
		INSERT INTO event_secrets (event_id, secret, created_at)
		VALUES ($1, $2, $3)
		ON CONFLICT (event_id) DO UPDATE SET created_at = event_secrets.created_at
		RETURNING secret`, string(event), secret, tx.NowMS())
}

// StoredSecret returns the key of an event's visitors, nil when there is none.
func (tx *Tx) StoredSecret(ctx context.Context, event registry.EventID) ([]byte, error) {
	return one(ctx, tx, orZero(column[[]byte]), `SELECT secret FROM event_secrets WHERE event_id = $1`, string(event))
}

// ForgetSecrets destroys the keys of events that ended before an instant (unix
// ms). From then on nothing leads from a tap back to a phone.
func (tx *Tx) ForgetSecrets(ctx context.Context, endedBefore int64) (int64, error) {
	return tx.exec(ctx, `
		DELETE FROM event_secrets WHERE event_id IN (SELECT id FROM events WHERE ends_at < $1)`, endedBefore)
}

const tallyColumns = `id, event_id, method, gate_n, hour_at, n, children, note, entered_by, entered_at, dropped_by, dropped_at`

func scanTally(row scanner) (t registry.Tally, err error) {
	err = row.Scan(&t.ID, &t.Event, &t.Method, &t.Gate, &t.HourAt, &t.N, &t.Children, &t.Note, &t.EnteredBy, &t.EnteredAt, &t.DroppedBy, &t.DroppedAt)
	return t, err
}

// Tallies returns what was typed in for an event, by hour.
func (tx *Tx) Tallies(ctx context.Context, event registry.EventID) ([]registry.Tally, error) {
	return collect(ctx, tx, scanTally, `
		SELECT `+tallyColumns+` FROM tallies WHERE event_id = $1 ORDER BY hour_at, gate_n, id`, string(event))
}

// InsertTally stores a typed-in number.
func (tx *Tx) InsertTally(ctx context.Context, t registry.Tally) error {
	_, err := tx.exec(ctx, `
		INSERT INTO tallies (`+tallyColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $10, $7, $8, $9, '', 0)`,
		string(t.ID), string(t.Event), string(t.Method), t.Gate, t.HourAt, t.N, t.Note, t.EnteredBy, t.EnteredAt, t.Children)
	return err
}

// DropTally takes a typed-in number of an event back; it stays on record. It is
// NotFound when there is none, or none any more.
func (tx *Tx) DropTally(ctx context.Context, event registry.EventID, id registry.TallyID, by string) (registry.Tally, error) {
	if err := tx.must(ctx, errNotFound(), `
		UPDATE tallies SET dropped_by = $3, dropped_at = $4
		WHERE event_id = $1 AND id = $2 AND dropped_at = 0`, string(event), string(id), by, tx.NowMS()); err != nil {
		return registry.Tally{}, err
	}
	return one(ctx, tx, scanTally, `SELECT `+tallyColumns+` FROM tallies WHERE id = $1`, string(id))
}
