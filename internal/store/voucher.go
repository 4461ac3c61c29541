package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoicho/internal/registry"
)

const packColumns = `k.event_id, k.number, k.title, k.value_dong, k.count_n, k.first_day, k.days, k.scope, k.scope_of, k.test, k.code_block,
	k.state, k.reason, k.state_at, k.handed_n, k.handed_at, k.printed_at, k.made_by, k.made_at, k.version`

// scopeOf is how the groups or booths of a pack are stored.
type scopeOf struct {
	Groups []registry.ProductGroup `json:"groups,omitempty"`
	Booths []string                `json:"booths,omitempty"`
}

func packDest(p *registry.Pack, of *string) []any {
	return []any{&p.Event, &p.Number, &p.Title, &p.ValueDong, &p.Count, &p.FirstDay, &p.Days, &p.Scope, of, &p.Test, &p.Block,
		&p.State, &p.Reason, &p.StateAt, &p.HandedN, &p.HandedAt, &p.PrintedAt, &p.MadeBy, &p.MadeAt, &p.Version}
}

// readScope reads what a pack is limited to.
func readScope(p *registry.Pack, text string) error {
	var of scopeOf
	if err := json.Unmarshal([]byte(text), &of); err != nil {
		return fmt.Errorf("booths of pack %d: %w", p.Number, err)
	}
	p.Groups, p.Booths = of.Groups, of.Booths
	return nil
}

func scanPack(row scanner) (p registry.Pack, err error) {
	var of string
	if err = row.Scan(packDest(&p, &of)...); err != nil {
		return p, err
	}
	return p, readScope(&p, of)
}

// Packs returns the packs of vouchers of an event by number.
func (tx *Tx) Packs(ctx context.Context, event registry.EventID) ([]registry.Pack, error) {
	return collect(ctx, tx, scanPack, `SELECT `+packColumns+` FROM voucher_packs k WHERE k.event_id = $1 ORDER BY k.number`, string(event))
}

// Pack returns a pack of vouchers of an event, or NotFound.
func (tx *Tx) Pack(ctx context.Context, event registry.EventID, number int) (registry.Pack, error) {
	return one(ctx, tx, or(registry.E(registry.NotFound, "voucher.error.none"), scanPack),
		`SELECT `+packColumns+` FROM voucher_packs k WHERE k.event_id = $1 AND k.number = $2`, string(event), number)
}

// InsertPack stores a new pack. Conflict when its number has been taken.
func (tx *Tx) InsertPack(ctx context.Context, p registry.Pack) error {
	of, err := json.Marshal(scopeOf{p.Groups, p.Booths})
	if err != nil {
		return err
	}
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		INSERT INTO voucher_packs (event_id, number, title, value_dong, count_n, first_day, days, scope, scope_of, test, code_block,
			state, reason, state_at, handed_n, handed_at, printed_at, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'valid', '', 0, 0, 0, 0, $12, $13, 1)
		ON CONFLICT DO NOTHING`,
		string(p.Event), p.Number, p.Title, p.ValueDong, p.Count, p.FirstDay, p.Days, string(p.Scope), string(of), flag(p.Test), p.Block,
		string(p.MadeBy), p.MadeAt)
}

// StepPack moves a pack from the state it was read in to the next, with the reason told.
// Conflict if somebody moved it first.
func (tx *Tx) StepPack(ctx context.Context, p registry.Pack, next registry.PassState, reason string) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE voucher_packs SET state = $4, reason = $5, state_at = $6, version = version + 1
		WHERE event_id = $1 AND number = $2 AND state = $3`,
		string(p.Event), p.Number, string(p.State), string(next), reason, tx.NowMS())
}

// SavePackHanded notes how many vouchers of a pack were handed out. Conflict if somebody
// changed the pack since it was read.
func (tx *Tx) SavePackHanded(ctx context.Context, p registry.Pack, n int) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE voucher_packs SET handed_n = $4, handed_at = $5, version = version + 1
		WHERE event_id = $1 AND number = $2 AND version = $3`, string(p.Event), p.Number, p.Version, n, tx.NowMS())
}

// NotePackPrinted notes that a pack has been put on paper.
func (tx *Tx) NotePackPrinted(ctx context.Context, event registry.EventID, number int) error {
	_, err := tx.exec(ctx, `UPDATE voucher_packs SET printed_at = $3 WHERE event_id = $1 AND number = $2`,
		string(event), number, tx.NowMS())
	return err
}

// PackVouchers returns the vouchers of a pack with serials in a range, its ends included,
// in their order.
func (tx *Tx) PackVouchers(ctx context.Context, event registry.EventID, pack, from, until int) ([]registry.Pass, error) {
	return collect(ctx, tx, scanPass, `
		SELECT `+passColumns+` FROM passes p JOIN events e ON e.id = p.event_id
		WHERE p.event_id = $1 AND p.pack_n = $2 AND p.pack_n > 0 AND p.ordinal BETWEEN $3 AND $4 ORDER BY p.ordinal`,
		string(event), pack, from, until)
}

// StepVouchers moves the vouchers of a pack with serials in a range from one state to
// another with the reason told, under a change number of the event, and returns how many.
func (tx *Tx) StepVouchers(ctx context.Context, r registry.VoucherRange, was, next registry.PassState, reason string) (int, error) {
	change, err := tx.NextChange(ctx, r.Event)
	if err != nil {
		return 0, err
	}
	n, err := tx.exec(ctx, `
		UPDATE passes
		SET state = $6, state_reason = $7, change_no = $8, version = version + 1,
			blocked_at = CASE WHEN $6 = 'blocked' THEN CAST($9 AS BIGINT) ELSE 0 END
		WHERE event_id = $1 AND pack_n = $2 AND pack_n > 0 AND ordinal BETWEEN $3 AND $4 AND state = $5`,
		string(r.Event), r.Pack, r.From, r.Until, string(was), string(next), reason, change, tx.NowMS())
	return int(n), err
}

// PackBooths returns the booths of an event that a vendor has, with the groups of the
// goods that it brings, by code.
func (tx *Tx) PackBooths(ctx context.Context, event registry.EventID) ([]registry.PackBooth, error) {
	rows, err := collect(ctx, tx, func(row scanner) (b registry.PackBooth, err error) {
		var group registry.ProductGroup
		err = row.Scan(&b.Code, &b.Vendor, &b.Name, &group)
		if group != "" {
			b.Groups = []registry.ProductGroup{group}
		}
		return b, err
	}, `
		SELECT DISTINCT b.code, v.id, v.name, COALESCE(p.product_group, '')
		FROM booths b JOIN applications a ON a.id = b.application_id JOIN vendors v ON v.id = a.vendor_id
			LEFT JOIN application_products ap ON ap.application_id = a.id LEFT JOIN products p ON p.id = ap.product_id
		WHERE b.event_id = $1 AND b.state = 'assigned' AND v.state <> 'blocked'
		ORDER BY b.code, v.id`, string(event))
	var booths []registry.PackBooth
	for _, b := range rows {
		if n := len(booths); n > 0 && booths[n-1].Code == b.Code {
			booths[n-1].Groups = append(booths[n-1].Groups, b.Groups...)
			continue
		}
		booths = append(booths, b)
	}
	for i := range booths {
		slices.Sort(booths[i].Groups)
	}
	return booths, err
}
