package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// ApplicationRows returns applications for a list, in the order in which they
// were sent, drafts first; what stands before a row comes nearest first. Days are
// left out.
func (tx *Tx) ApplicationRows(ctx context.Context, f registry.ApplicationFilter) ([]registry.ApplicationRow, error) {
	w := applicationWhere(f)
	if at, id, ok := applicationCursor(f.After); ok {
		w.add("(a.submitted_at > ? OR (a.submitted_at = ? AND a.id > ?))", at, at, id)
	}
	query := `
		SELECT ` + applicationColumns + `, v.name, v.slug, v.kind, v.state, e.title, e.slug, e.opens_on, e.closes_on,
			COALESCE((SELECT MAX(d.day) FROM application_days d WHERE d.application_id = a.id), e.closes_on)
		FROM applications a
		JOIN vendors v ON v.id = a.vendor_id
		JOIN events e ON e.id = a.event_id` + w.String() + `
		ORDER BY ` + applicationOrder(f.Latest || f.Before != "")
	if f.Limit > 0 {
		query += ` LIMIT ` + w.arg(f.Limit)
	}
	rows, err := collect(ctx, tx, scanApplicationRow, query, w.args...)
	if err != nil || len(rows) == 0 {
		return rows, err
	}
	return rows, tx.fillGoods(ctx, rows)
}

// applicationOrder is the order of a list of applications.
func applicationOrder(latest bool) string {
	if latest {
		return "a.submitted_at DESC, a.id DESC"
	}
	return "a.submitted_at, a.id"
}

func scanApplicationRow(row scanner) (r registry.ApplicationRow, err error) {
	var vehicles string
	var state registry.VendorState
	fields := append(applicationFields(&r.Application, &vehicles),
		&r.VendorName, &r.VendorSlug, &r.VendorKind, &state, &r.EventTitle, &r.EventSlug, &r.OpensOn, &r.ClosesOn, &r.ComesUntil)
	err = row.Scan(fields...)
	r.Vehicles, r.Blocked = splitLines(vehicles), state == registry.VendorBlocked
	return r, err
}

func applicationWhere(f registry.ApplicationFilter) *where {
	w := &where{}
	if f.Event != "" {
		w.add("a.event_id = ?", string(f.Event))
	}
	if f.Vendor != "" {
		w.add("a.vendor_id = ?", string(f.Vendor))
	}
	if len(f.States) > 0 {
		in(w, "a.state", f.States)
	}
	if f.Office {
		w.add("(a.state <> 'draft' OR a.on_paper = 1)")
	}
	if f.Number > 0 {
		w.add("a.number = ?", f.Number)
	}
	if words := strings.Fields(vn.Fold(f.VendorName)); len(words) > 0 {
		likes := make([]any, len(words))
		for i, word := range words {
			likes[i] = foldLike(word)
		}
		every := strings.Join(slices.Repeat([]string{"n.name_fold LIKE ? ESCAPE '!'"}, len(words)), " AND ")
		w.add("a.vendor_id IN (SELECT n.id FROM vendors n WHERE "+every+")", likes...)
	}
	if at, id, ok := applicationCursor(f.Before); ok {
		w.add("(a.submitted_at < ? OR (a.submitted_at = ? AND a.id < ?))", at, at, id)
	}
	if f.Areas != nil {
		in(w, "ea.code", f.Areas)
		last := &w.conds[len(w.conds)-1]
		*last = "EXISTS (SELECT 1 FROM event_areas ea WHERE ea.event_id = a.event_id AND " + *last + ")"
	}
	return w
}

// ApplicationCursor names the place of a row in a list, to go on after it.
func ApplicationCursor(a registry.Application) string {
	return strconv.FormatInt(a.SubmittedAt, 10) + "." + string(a.ID)
}

func applicationCursor(s string) (at int64, id string, ok bool) {
	ms, id, ok := strings.Cut(s, ".")
	at, err := strconv.ParseInt(ms, 10, 64)
	return at, id, ok && err == nil
}

// fillGoods sets the products of rows and their names, in the order of names.
func (tx *Tx) fillGoods(ctx context.Context, rows []registry.ApplicationRow) error {
	ids := make([]registry.ApplicationID, len(rows))
	at := make(map[registry.ApplicationID]int, len(rows))
	for i, r := range rows {
		ids[i], at[r.ID] = r.ID, i
	}
	goods, err := tx.goods(ctx, ids)
	for _, g := range goods {
		r := &rows[at[g.application]]
		r.Products, r.Goods = append(r.Products, g.product), append(r.Goods, g.name)
	}
	return err
}

// brought is a product that an application brings.
type brought struct {
	application registry.ApplicationID
	product     registry.ProductID
	name        string
}

func (tx *Tx) goods(ctx context.Context, ids []registry.ApplicationID) ([]brought, error) {
	var w where
	in(&w, "ap.application_id", ids)
	return collect(ctx, tx, func(row scanner) (g brought, err error) {
		err = row.Scan(&g.application, &g.product, &g.name)
		return g, err
	}, `
		SELECT ap.application_id, p.id, p.name
		FROM application_products ap JOIN products p ON p.id = ap.product_id`+w.String()+`
		ORDER BY ap.application_id, p.name_sort, p.id`, w.args...)
}

// CountApplications counts the applications that a filter chooses.
func (tx *Tx) CountApplications(ctx context.Context, f registry.ApplicationFilter) (int, error) {
	w := applicationWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM applications a`+w.String(), w.args...)
}

// CountWaiting counts the applications that a filter chooses, and those of them that were
// sent at an instant (unix ms) or before.
func (tx *Tx) CountWaiting(ctx context.Context, f registry.ApplicationFilter, before int64) (all, overdue int, err error) {
	w := applicationWhere(f)
	late := w.arg(before)
	n, err := one(ctx, tx, func(row scanner) (n [2]int, err error) {
		err = row.Scan(&n[0], &n[1])
		return n, err
	}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN a.submitted_at <= `+late+` THEN 1 ELSE 0 END), 0) FROM applications a`+w.String(), w.args...)
	return n[0], n[1], err
}

// BoothVendors returns who has which booth of an event, with the goods that each
// brings, in the order of the plan.
func (tx *Tx) BoothVendors(ctx context.Context, event registry.EventID) ([]registry.BoothVendor, error) {
	rows, err := collect(ctx, tx, func(row scanner) (v registry.BoothVendor, err error) {
		var state registry.VendorState
		err = row.Scan(&v.Booth, &v.Application, &v.Vendor, &v.Name, &v.Slug, &state)
		v.Blocked = state == registry.VendorBlocked
		return v, err
	}, `
		SELECT b.id, a.id, v.id, v.name, v.slug, v.state
		FROM booths b
		JOIN applications a ON a.id = b.application_id
		JOIN vendors v ON v.id = a.vendor_id
		WHERE b.event_id = $1 AND (b.state = 'assigned' OR b.held_until > $2)
		ORDER BY b.zone, b.row_n, b.col_n`, string(event), tx.NowMS())
	if err != nil {
		return nil, err
	}
	names, err := tx.goodsAt(ctx, event)
	for i, r := range rows {
		rows[i].Goods = names[r.Application]
	}
	return rows, err
}

// goodsAt returns the names of the goods of an event's approved applications
// that visitors may see.
func (tx *Tx) goodsAt(ctx context.Context, event registry.EventID) (map[registry.ApplicationID][]string, error) {
	rows, err := collect(ctx, tx, func(row scanner) (g brought, err error) {
		err = row.Scan(&g.application, &g.product, &g.name)
		return g, err
	}, `
		SELECT ap.application_id, p.id, p.name
		FROM applications a
		JOIN application_products ap ON ap.application_id = a.id
		JOIN products p ON p.id = ap.product_id
		WHERE a.event_id = $1 AND a.state = 'approved' AND p.hidden = 0 AND p.evidence <> 'excluded'
		ORDER BY p.name_sort, p.id`, string(event))
	names := map[registry.ApplicationID][]string{}
	for _, g := range rows {
		names[g.application] = append(names[g.application], g.name)
	}
	return names, err
}
