package store

import (
	"context"
	"slices"

	"hoicho/internal/registry"
)

// ruled is the condition of a taking that no rule was against, as
// registry.VerdictCode.AgainstRule has it.
var ruled = verdictIs("s.verdict", append(slices.Clone(admitting), registry.VerdictAlreadyUsed)...)

// ranked are the takings of an event's vouchers: nth is the place among those of the
// voucher that no rule was against, in the order of time, and 0 for the others.
var ranked = `
	ranked AS (
		SELECT s.id, d.id AS device_id, s.pass_n, s.booth, s.vendor_id, s.corrected_at, s.seq, s.verdict,
			CASE WHEN ` + ruled + ` THEN
				ROW_NUMBER() OVER (PARTITION BY s.pass_n, CASE WHEN ` + ruled + ` THEN 1 ELSE 0 END ORDER BY s.corrected_at, d.id, s.seq)
			ELSE 0 END AS nth
		FROM scans s JOIN devices d ON d.n = s.device_n WHERE d.event_id = $1 AND s.direction = ` + spendNumber + ` AND s.moves = 1)`

// VoucherTakings returns the vouchers that were taken at an event, of one vendor or, with an
// empty one, of all: by vendor, pack, serial and time.
func (tx *Tx) VoucherTakings(ctx context.Context, event registry.EventID, vendor registry.VendorID) ([]registry.Taking, error) {
	return collect(ctx, tx, func(row scanner) (t registry.Taking, err error) {
		err = row.Scan(uuidCell[registry.ScanID]{&t.Scan.ID}, &t.Scan.Device, &t.Pack, &t.Serial, &t.Code, &t.ValueDong, &t.Vendor, &t.VendorName, &t.Booth,
			&t.DeviceName, &t.At, &t.Nth, verdictCell(&t.Verdict))
		return t, err
	}, `
		WITH `+ranked+`
		SELECT r.id, r.device_id, p.pack_n, p.ordinal, p.code, k.value_dong, r.vendor_id, COALESCE(v.name, ''), r.booth, d.name,
			r.corrected_at, r.nth, r.verdict
		FROM ranked r JOIN passes p ON p.n = r.pass_n JOIN voucher_packs k ON k.event_id = p.event_id AND k.number = p.pack_n
			JOIN devices d ON d.id = r.device_id LEFT JOIN vendors v ON v.id = r.vendor_id
		WHERE $2 = '' OR r.vendor_id = $2
		ORDER BY COALESCE(v.name_sort, ''), r.vendor_id, p.pack_n, p.ordinal, r.corrected_at, r.device_id, r.seq`, string(event), string(vendor))
}

// VouchersTaken counts what a vendor has taken at an event, and what that is worth: the takings
// that count.
func (tx *Tx) VouchersTaken(ctx context.Context, event registry.EventID, vendor registry.VendorID) (n int, dong int64, err error) {
	type sum struct {
		n    int
		dong int64
	}
	s, err := one(ctx, tx, orZero(func(row scanner) (s sum, err error) {
		err = row.Scan(&s.n, &s.dong)
		return s, err
	}), `
		WITH `+ranked+`
		SELECT COUNT(*), CAST(COALESCE(SUM(k.value_dong), 0) AS BIGINT)
		FROM ranked r JOIN passes p ON p.n = r.pass_n JOIN voucher_packs k ON k.event_id = p.event_id AND k.number = p.pack_n
		WHERE r.nth = 1 AND r.vendor_id = $2`, string(event), string(vendor))
	return s.n, s.dong, err
}

// PackTotals returns the packs of an event by number, with what became of their vouchers.
func (tx *Tx) PackTotals(ctx context.Context, event registry.EventID) ([]registry.PackTotals, error) {
	return collect(ctx, tx, func(row scanner) (t registry.PackTotals, err error) {
		var of string
		if err = row.Scan(append(packDest(&t.Pack, &of), &t.Spent, &t.Doubles, &t.Faulty, &t.Blocked, &t.Killed)...); err != nil {
			return t, err
		}
		return t, readScope(&t.Pack, of)
	}, `
		WITH used AS (
			SELECT s.pass_n, SUM(CASE WHEN `+ruled+` THEN 1 ELSE 0 END) AS good, SUM(CASE WHEN `+ruled+` THEN 0 ELSE 1 END) AS bad
			FROM scans s WHERE `+ofEvent+` AND s.direction = `+spendNumber+` AND s.moves = 1 GROUP BY s.pass_n),
		sums AS (
			SELECT p.pack_n, SUM(CASE WHEN u.good > 0 THEN 1 ELSE 0 END) AS spent,
				SUM(CASE WHEN u.good > 1 THEN u.good - 1 ELSE 0 END) AS doubles, SUM(COALESCE(u.bad, 0)) AS faulty,
				SUM(CASE WHEN p.state <> 'valid' AND COALESCE(u.good, 0) = 0 THEN 1 ELSE 0 END) AS blocked,
				SUM(CASE WHEN p.state_reason = 'key_killed' AND COALESCE(u.good, 0) = 0 THEN 1 ELSE 0 END) AS killed
			FROM passes p LEFT JOIN used u ON u.pass_n = p.n
			WHERE p.event_id = $1 AND p.pack_n > 0 GROUP BY p.pack_n)
		SELECT `+packColumns+`, CAST(COALESCE(s.spent, 0) AS BIGINT), CAST(COALESCE(s.doubles, 0) AS BIGINT),
			CAST(COALESCE(s.faulty, 0) AS BIGINT), CAST(COALESCE(s.blocked, 0) AS BIGINT), CAST(COALESCE(s.killed, 0) AS BIGINT)
		FROM voucher_packs k LEFT JOIN sums s ON s.pack_n = k.number
		WHERE k.event_id = $1 ORDER BY k.number`, string(event))
}

// SpentVouchers counts the vouchers of a pack with serials in a range that were taken.
func (tx *Tx) SpentVouchers(ctx context.Context, r registry.VoucherRange) (int, error) {
	return tx.count(ctx, `
		SELECT COUNT(DISTINCT p.id) FROM passes p JOIN scans s ON s.pass_n = p.n
		WHERE p.event_id = $1 AND p.pack_n = $2 AND p.pack_n > 0 AND p.ordinal BETWEEN $3 AND $4
			AND `+ofEvent+` AND s.direction = `+spendNumber+` AND s.moves = 1`, string(r.Event), r.Pack, r.From, r.Until)
}

// DoubleSpends returns the takings of vouchers beyond the first, each with the first.
func (tx *Tx) DoubleSpends(ctx context.Context, event registry.EventID) ([]registry.DoubleEntry, error) {
	return collect(ctx, tx, func(row scanner) (d registry.DoubleEntry, err error) {
		err = row.Scan(uuidCell[registry.ScanID]{&d.First.ID}, &d.First.Device, uuidCell[registry.ScanID]{&d.Second.ID}, &d.Second.Device, &d.At)
		return d, err
	}, `
		WITH `+ranked+`
		SELECT f.id, f.device_id, r.id, r.device_id, r.corrected_at
		FROM ranked r JOIN ranked f ON f.pass_n = r.pass_n AND f.nth = 1
		WHERE r.nth > 1`, string(event))
}
