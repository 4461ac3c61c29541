package store

import (
	"context"

	"hoicho/internal/registry"
)

// PhoneClocks returns the clocks of starts of phones. Those of the same start of
// another phone may be among them.
func (tx *Tx) PhoneClocks(ctx context.Context, devices []registry.DeviceID, boots []string) ([]registry.PhoneClock, error) {
	var w where
	if err := among(tx, &w, "device_id", devices); err != nil {
		return nil, err
	}
	if err := among(tx, &w, "boot", boots); err != nil {
		return nil, err
	}
	return collect(ctx, tx, func(row scanner) (c registry.PhoneClock, err error) {
		err = row.Scan(&c.Device, &c.Boot, &c.Base, &c.ZeroAt, &c.Moves)
		return c, err
	}, `SELECT device_id, boot, base, zero_at, moves FROM phone_clocks`+w.String()+` ORDER BY device_id, boot, base`, w.args...)
}

// SavePhoneClock stores a clock that is new, or that began earlier than was known.
func (tx *Tx) SavePhoneClock(ctx context.Context, c registry.PhoneClock) error {
	_, err := tx.exec(ctx, `
		INSERT INTO phone_clocks (device_id, boot, base, zero_at, moves) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (device_id, boot, base) DO UPDATE SET zero_at = excluded.zero_at, moves = excluded.moves`,
		string(c.Device), c.Boot, c.Base, c.ZeroAt, c.Moves)
	return err
}

// ScansOfStart returns scans of one start of a phone's app, so many at most.
func (tx *Tx) ScansOfStart(ctx context.Context, device registry.DeviceID, boot string, most int) ([]registry.Scan, error) {
	return tx.scansWhere(ctx, ` WHERE d.id = $1 AND b.boot = $2 LIMIT $3`, string(device), boot, most)
}

// CountsOfStart returns presses of one start of a phone's app, so many at most.
func (tx *Tx) CountsOfStart(ctx context.Context, device registry.DeviceID, boot string, most int) ([]registry.Count, error) {
	return collect(ctx, tx, scanCount, `
		SELECT `+countColumns+` FROM counts WHERE device_id = $1 AND boot = $2 LIMIT $3`, string(device), boot, most)
}

// RetimeScan stores when a scan was, as it is known now.
func (tx *Tx) RetimeScan(ctx context.Context, s registry.Scan) error {
	devices, err := tx.deviceKeys(ctx, []registry.DeviceID{s.Device})
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE scans SET corrected_at = $3, day = $4, ahead_ms = $5, wait_ms = $6 WHERE id = $1 AND device_n = $2`,
		uuidBytes(s.ID), devices[s.Device], s.CorrectedAt, dayNumber(s.Day), s.At-s.CorrectedAt, s.ReceivedAt-s.CorrectedAt)
	return err
}

// RetimeCount stores when a press was, as it is known now.
func (tx *Tx) RetimeCount(ctx context.Context, c registry.Count) error {
	_, err := tx.exec(ctx, `UPDATE counts SET corrected_at = $3 WHERE id = $1 AND device_id = $2`,
		string(c.ID), string(c.Device), c.CorrectedAt)
	return err
}
