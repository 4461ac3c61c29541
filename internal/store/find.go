package store

import (
	"context"

	"hoicho/internal/registry"
)

// VendorsByNumber returns the vendors that have a telephone number or a tax code, given by
// its digits, within reach of the reader as VendorFilter says it.
func (tx *Tx) VendorsByNumber(ctx context.Context, digits string, reach []string) ([]registry.Vendor, error) {
	w := &where{}
	w.add("(v.phone = ? OR v.tax_code = ?)", digits, digits)
	w.vendorIn("v.id", reach)
	return collect(ctx, tx, scanVendor, `SELECT `+vendorColumns+` FROM vendors v`+w.String()+` ORDER BY v.name_sort, v.id`, w.args...)
}

// PassesEnding returns a page of the passes whose codes end on digits, with the titles of
// their events, those of the latest event first, and how many there are. They are those of
// events in one of the units; nil is everywhere. Vouchers are left out.
func (tx *Tx) PassesEnding(ctx context.Context, digits string, areas []string, limit int) (page []registry.FoundPass, n int, err error) {
	w := &where{}
	w.add("p.pack_n = 0 AND p.code LIKE ?", "%"+digits)
	if areas != nil {
		in(w, "ea.code", areas)
		last := &w.conds[len(w.conds)-1]
		*last = "EXISTS (SELECT 1 FROM event_areas ea WHERE ea.event_id = p.event_id AND " + *last + ")"
	}
	if n, err = tx.count(ctx, `SELECT COUNT(*)`+passJoins+w.String(), w.args...); err != nil || n == 0 {
		return nil, n, err
	}
	page, err = collect(ctx, tx, func(row scanner) (f registry.FoundPass, err error) {
		err = row.Scan(append(passDest(&f.Pass), &f.BoothCode, &f.VendorName, &f.EventTitle)...)
		return f, err
	}, `
		SELECT `+passColumns+`, COALESCE(b.code, ''), COALESCE(v.name, ''), e.title`+passJoins+w.String()+`
		ORDER BY e.opens_on DESC, p.sort_key, p.id LIMIT `+w.arg(limit), w.args...)
	return page, n, err
}

// TipByNumber returns the tip under a number, or NotFound.
func (tx *Tx) TipByNumber(ctx context.Context, n int64) (registry.TipRow, error) {
	return one(ctx, tx, scanTip, `SELECT `+tipColumns+tipTables+` WHERE t.n = $1`, n)
}
