package store

import (
	"context"

	"hoicho/internal/registry"
)

// ProductCounts counts the products of vendors that the public sees, with stars as
// of a day.
func (tx *Tx) ProductCounts(ctx context.Context, ids []registry.VendorID, day string) (map[registry.VendorID]registry.ProductCount, error) {
	counts := map[registry.VendorID]registry.ProductCount{}
	w := &where{}
	today := w.arg(day)
	in(w, "p.vendor_id", ids)
	w.add("p.hidden = 0 AND p.evidence <> 'excluded'")
	_, err := collect(ctx, tx, func(row scanner) (n registry.ProductCount, err error) {
		var id registry.VendorID
		err = row.Scan(&id, &n.Shown, &n.Starred)
		counts[id] = n
		return n, err
	}, `
		SELECT p.vendor_id, COUNT(*), COUNT(CASE WHEN EXISTS (
			SELECT 1 FROM product_ratings r
			WHERE r.product_id = p.id AND r.claimed = 0 AND r.issued_on <= `+today+` AND r.valid_to >= `+today+`) THEN 1 END)
		FROM products p`+w.String()+`
		GROUP BY p.vendor_id`, w.args...)
	return counts, err
}

// BusyAreas counts the vendors that the public sees by commune of today, the
// most first.
func (tx *Tx) BusyAreas(ctx context.Context, limit int) ([]registry.AreaCount, error) {
	return collect(ctx, tx, func(row scanner) (n registry.AreaCount, err error) {
		err = row.Scan(&n.Code, &n.N)
		return n, err
	}, `
		SELECT a.code, COUNT(*)
		FROM vendor_areas a
		JOIN vendors v ON v.id = a.vendor_id
		WHERE v.state = 'active' AND LENGTH(a.code) = 5
		GROUP BY a.code
		ORDER BY COUNT(*) DESC, a.code
		LIMIT $1`, limit)
}
