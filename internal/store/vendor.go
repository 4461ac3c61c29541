package store

import (
	"context"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// errNotFound is what a reader is told of what is not there, or not theirs.
func errNotFound() error { return registry.E(registry.NotFound, "error.not_found") }

// errStale is what a writer is told who has seen an older state.
func errStale() error { return registry.E(registry.Conflict, "error.stale") }

// errTaxTaken tells how to join the vendor that has the tax code, without naming it.
func errTaxTaken() error {
	return &registry.Error{Kind: registry.Conflict, Key: "error.vendor.tax_taken", Field: "tax_code"}
}

// InsertVendor stores a new vendor and the areas under which it is found. It sets
// the id where there is none, a free address made of the name, times and version.
// A tax code that another vendor has is a Conflict at the field tax_code.
func (tx *Tx) InsertVendor(ctx context.Context, v *registry.Vendor, scope registry.Scope) error {
	if v.ID == "" {
		v.ID = NewID[registry.VendorID]()
	}
	err := firstFree(v.Name, &v.Slug, func() (int64, error) {
		return tx.insertVendorRow(ctx, v)
	})
	if isUnique(err) {
		return errTaxTaken()
	}
	if err != nil {
		return err
	}
	return tx.saveVendorAreas(ctx, v.ID, scope)
}

// insertVendorRow stores the row of a new vendor as of now, and returns 0 if its
// address is taken.
func (tx *Tx) insertVendorRow(ctx context.Context, v *registry.Vendor) (stored int64, err error) {
	v.CreatedAt, v.UpdatedAt, v.Version = tx.NowMS(), tx.NowMS(), 1
	return tx.exec(ctx, insertVendorSQL, append([]any{string(v.ID), v.Slug, vn.Fold(v.Name), vendorWords(v), vn.SortKey(v.Name),
		null(v.TaxCode), string(v.CreatedBy), v.CreatedAt, v.UpdatedAt}, vendorColumnsOf(v).values()...)...)
}

// vendorWords is what a search for the vendor looks through.
func vendorWords(v *registry.Vendor) string { return vn.Fold(v.Name + " " + v.Village) }

// saveVendorAreas notes anew in which of today's units a vendor lies.
func (tx *Tx) saveVendorAreas(ctx context.Context, id registry.VendorID, scope registry.Scope) error {
	if _, err := tx.exec(ctx, `DELETE FROM vendor_areas WHERE vendor_id = $1`, string(id)); err != nil {
		return err
	}
	for _, code := range scope {
		if _, err := tx.exec(ctx, `
			INSERT INTO vendor_areas (vendor_id, code) VALUES ($1, $2)
			ON CONFLICT (vendor_id, code) DO NOTHING`, string(id), code); err != nil {
			return err
		}
	}
	return nil
}

// SaveVendor stores all of a vendor but its slug if it is still at v.Version, and
// counts v.Version up; else it is a Conflict. A tax code that another vendor has
// is a Conflict at the field tax_code.
func (tx *Tx) SaveVendor(ctx context.Context, v *registry.Vendor, scope registry.Scope) error {
	v.UpdatedAt = tx.NowMS()
	err := tx.must(ctx, errStale(), saveVendorSQL, append([]any{string(v.ID), v.Version, vn.Fold(v.Name), vendorWords(v), vn.SortKey(v.Name),
		null(v.TaxCode), v.UpdatedAt}, vendorColumnsOf(v).values()...)...)
	if isUnique(err) {
		return errTaxTaken()
	}
	if err != nil {
		return err
	}
	v.Version++
	return tx.saveVendorAreas(ctx, v.ID, scope)
}

// PublishVendor shows a new vendor to the public; any other is left as it is. Its
// version stays, so that a form that somebody fills in meanwhile can be saved.
func (tx *Tx) PublishVendor(ctx context.Context, id registry.VendorID) error {
	_, err := tx.exec(ctx, `UPDATE vendors SET state = 'active', updated_at = $2 WHERE id = $1 AND state = 'new'`, string(id), tx.NowMS())
	return err
}

// LockVendor makes writers of one vendor go one after the other until the end of
// the transaction, for rules over several of its rows.
func (tx *Tx) LockVendor(ctx context.Context, id registry.VendorID) error {
	return tx.must(ctx, errNotFound(), `UPDATE vendors SET updated_at = $2 WHERE id = $1`, string(id), tx.NowMS())
}

// LockActiveVendor makes transactions that give something to the vendor of an
// application wait for those that block it. It is a Conflict if the vendor is
// blocked.
func (tx *Tx) LockActiveVendor(ctx context.Context, application registry.ApplicationID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.booth.vendor_blocked"), `
		UPDATE vendors SET version = version
		WHERE state = 'active' AND id = (SELECT vendor_id FROM applications WHERE id = $1)`, string(application))
}

// Vendor returns a vendor, or NotFound.
func (tx *Tx) Vendor(ctx context.Context, id registry.VendorID) (registry.Vendor, error) {
	return one(ctx, tx, scanVendor, `SELECT `+vendorColumns+` FROM vendors v WHERE v.id = $1`, string(id))
}

// VendorsByID returns vendors by their ids.
func (tx *Tx) VendorsByID(ctx context.Context, ids []registry.VendorID) (map[registry.VendorID]registry.Vendor, error) {
	w, of := &where{}, map[registry.VendorID]registry.Vendor{}
	if err := among(tx, w, "v.id", ids); err != nil {
		return nil, err
	}
	return of, each(ctx, tx, func(row scanner) error {
		v, err := scanVendor(row)
		of[v.ID] = v
		return err
	}, `SELECT `+vendorColumns+` FROM vendors v`+w.String(), w.args...)
}

// VendorBySlug returns the vendor with an address, or NotFound.
func (tx *Tx) VendorBySlug(ctx context.Context, slug string) (registry.Vendor, error) {
	return one(ctx, tx, scanVendor, `SELECT `+vendorColumns+` FROM vendors v WHERE v.slug = $1`, slug)
}

// VendorsOf returns the vendors an account is a member of, in Vietnamese order.
func (tx *Tx) VendorsOf(ctx context.Context, id registry.AccountID) ([]registry.Vendor, error) {
	return collect(ctx, tx, scanVendor, `
		SELECT `+vendorColumns+`
		FROM vendors v
		JOIN vendor_members m ON m.vendor_id = v.id
		WHERE m.account_id = $1
		ORDER BY v.name_sort, v.id`, string(id))
}

// vendorWhere turns a filter into conditions.
func vendorWhere(f registry.VendorFilter) *where {
	w := &where{}
	w.words("v.search_fold", f.Text)
	if f.Kind != "" {
		w.add("v.kind = ?", string(f.Kind))
	}
	if f.State != "" {
		w.add("v.state = ?", string(f.State))
	}
	if f.Open {
		w.add("v.state <> 'blocked'")
	}
	if f.Public {
		w.add("v.state = 'active'")
	}
	if f.Group != "" {
		w.add(`EXISTS (SELECT 1 FROM products p WHERE p.vendor_id = v.id AND p.hidden = 0 AND p.evidence <> 'excluded'
			AND p.product_group = ?)`, string(f.Group))
	}
	w.vendorIn("v.id", f.Areas)
	w.vendorIn("v.id", f.Reach)
	return w
}

// words asks for every word of a text somewhere in a folded column.
func (w *where) words(column, text string) {
	for word := range strings.FieldsSeq(vn.Fold(text)) {
		w.add(column+" LIKE ? ESCAPE '!'", foldLike(word))
	}
}

// vendorIn keeps to vendors that lie in one of the units; nil is everywhere.
func (w *where) vendorIn(column string, codes []string) {
	if codes == nil {
		return
	}
	in(w, "a.code", codes)
	last := &w.conds[len(w.conds)-1]
	*last = "EXISTS (SELECT 1 FROM vendor_areas a WHERE a.vendor_id = " + column + " AND " + *last + ")"
}

// listLimit is how many rows a page of a list has when it does not say.
const listLimit = 30

// Vendors returns a page of the vendors that fit, in Vietnamese order, and whether
// more follow.
func (tx *Tx) Vendors(ctx context.Context, f registry.VendorFilter) (page []registry.Vendor, more bool, err error) {
	w := vendorWhere(f)
	if f.After != "" {
		w.add("(v.name_sort, v.id) > (SELECT name_sort, id FROM vendors WHERE slug = ?)", f.After)
	}
	if f.Limit == 0 {
		f.Limit = listLimit
	}
	page, err = collect(ctx, tx, scanVendor,
		`SELECT `+vendorColumns+` FROM vendors v`+w.String()+` ORDER BY v.name_sort, v.id LIMIT `+w.arg(f.Limit+1), w.args...)
	if more = len(page) > f.Limit; more {
		page = page[:f.Limit]
	}
	return page, more, err
}

// VendorSlugs returns the slugs of all vendors that fit, in Vietnamese order.
func (tx *Tx) VendorSlugs(ctx context.Context, f registry.VendorFilter) ([]string, error) {
	w := vendorWhere(f)
	return collect(ctx, tx, column[string], `SELECT v.slug FROM vendors v`+w.String()+` ORDER BY v.name_sort, v.id`, w.args...)
}

// CountVendors counts the vendors that fit, whatever page they are on.
func (tx *Tx) CountVendors(ctx context.Context, f registry.VendorFilter) (int, error) {
	w := vendorWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM vendors v`+w.String(), w.args...)
}

// Stops returns the public events that have not ended by a day and at which the
// vendor has been approved, soonest first, with its booths.
func (tx *Tx) Stops(ctx context.Context, id registry.VendorID, day string) (stops []registry.Stop, err error) {
	err = each(ctx, tx, func(row scanner) error {
		var s registry.Stop
		var booth string
		err := row.Scan(&s.Event, &s.Slug, &s.Title, &s.State, &s.OpensOn, &s.ClosesOn, &s.Area.Edition, &s.Area.Code, &s.Venue, &s.SelfPick, &s.App, &booth)
		if n := len(stops); n == 0 || stops[n-1].Event != s.Event {
			stops = append(stops, s)
		}
		if booth != "" {
			last := &stops[len(stops)-1]
			last.Booths = append(last.Booths, booth)
		}
		return err
	}, `
		SELECT e.id, e.slug, e.title, e.state, e.opens_on, e.closes_on, e.area_edition, e.area_code, e.venue, e.self_pick, a.id,
			COALESCE(b.code, '')
		FROM events e
		JOIN applications a ON a.event_id = e.id
		LEFT JOIN booths b ON b.application_id = a.id AND b.state = 'assigned'
		WHERE a.vendor_id = $1 AND a.state = 'approved' AND e.closes_on >= $2
			AND e.state NOT IN ('draft', 'planned', 'cancelled')
		ORDER BY e.opens_on, e.id, b.code`, string(id), day)
	return stops, err
}

// HasApplied reports whether a vendor has sent an application to an event that is
// found under one of the codes.
func (tx *Tx) HasApplied(ctx context.Context, id registry.VendorID, codes []string) (bool, error) {
	w := &where{}
	w.add("a.vendor_id = ? AND a.state <> 'draft'", string(id))
	in(w, "ea.code", codes)
	n, err := tx.count(ctx, `
		SELECT COUNT(*)
		FROM applications a
		JOIN event_areas ea ON ea.event_id = a.event_id`+w.String(), w.args...)
	return n > 0, err
}
