package store

import "context"

// PublicNames returns at most so many names of products, vendors and events that the public
// sees.
func (tx *Tx) PublicNames(ctx context.Context, most int) ([]string, error) {
	products := &where{}
	products.add("p.hidden = 0 AND p.evidence <> 'excluded' AND v.state = 'active'")
	return collect(ctx, tx, func(row scanner) (name string, err error) { return name, row.Scan(&name) }, `
		SELECT p.name FROM products p JOIN vendors v ON v.id = p.vendor_id`+products.String()+`
		UNION ALL SELECT v.name FROM vendors v WHERE v.state = 'active'
		UNION ALL SELECT e.title FROM events e WHERE e.published_at > 0
		LIMIT `+products.arg(most), products.args...)
}
