package store

import (
	"context"

	"hoicho/internal/registry"
)

// SaveTelling stores what a phone told of itself, unless something later is
// stored.
func (tx *Tx) SaveTelling(ctx context.Context, t registry.DeviceTelling) error {
	_, err := tx.exec(ctx, `
		INSERT INTO device_tellings (device_id, app, queue_n, battery, at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (device_id) DO UPDATE
		SET app = excluded.app, queue_n = excluded.queue_n, battery = excluded.battery, at = excluded.at
		WHERE device_tellings.at <= excluded.at`, string(t.Device), t.App, t.Queue, t.Battery, t.At)
	return err
}

// Tellings returns what the phones of an event last told of themselves.
func (tx *Tx) Tellings(ctx context.Context, event registry.EventID) ([]registry.DeviceTelling, error) {
	return collect(ctx, tx, func(row scanner) (t registry.DeviceTelling, err error) {
		err = row.Scan(&t.Device, &t.App, &t.Queue, &t.Battery, &t.At)
		return t, err
	}, `
		SELECT t.device_id, t.app, t.queue_n, t.battery, t.at
		FROM device_tellings t JOIN devices d ON d.id = t.device_id WHERE d.event_id = $1`, string(event))
}

// NewestScans returns the newest scans of phones, n of each.
func (tx *Tx) NewestScans(ctx context.Context, devices []registry.DeviceID, n int) (all []registry.Scan, err error) {
	for _, d := range devices {
		scans, err := tx.scansWhere(ctx, ` WHERE d.id = $1 ORDER BY s.seq DESC LIMIT $2`, string(d), n)
		if err != nil {
			return nil, err
		}
		all = append(all, scans...)
	}
	return all, nil
}

// InsidePass is a pass that is inside an event, with whose it is.
type InsidePass struct {
	Kind   registry.PassKind
	Label  string
	Booth  string
	Owner  registry.VendorID // empty: none
	Vendor string            // its name
}

// InsidePasses returns the passes that are inside an event on a gate day, by
// booth, kind and label.
func (tx *Tx) InsidePasses(ctx context.Context, event registry.EventID, day string) ([]InsidePass, error) {
	return collect(ctx, tx, func(row scanner) (p InsidePass, err error) {
		err = row.Scan(&p.Kind, &p.Label, &p.Booth, &p.Owner, &p.Vendor)
		return p, err
	}, `
		SELECT p.kind, p.label, COALESCE(b.code, ''), COALESCE(p.vendor_id, ''), COALESCE(v.name, '')
		FROM presences s JOIN events e ON e.number = s.event_n JOIN passes p ON p.bearer_n = s.pass_n AND p.replaced_by = ''
		LEFT JOIN booths b ON b.id = p.booth_id LEFT JOIN vendors v ON v.id = p.vendor_id
		WHERE e.id = $1 AND s.day = $2 AND s.direction = `+inNumber+`
		ORDER BY COALESCE(b.code, ''), p.kind, p.label`, string(event), dayNumber(day))
}
