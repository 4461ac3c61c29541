package store

import (
	"context"
	"strings"
)

// auditNames are the queries that name what the audit log speaks of: id and name,
// and the column that holds the id.
var auditNames = []struct{ query, id string }{
	{`SELECT id, title FROM events`, "id"},
	{`SELECT id, name FROM vendors`, "id"},
	{`SELECT id, name FROM products`, "id"},
	{`SELECT id, name FROM accounts`, "id"},
	{`SELECT id, 'PA-' || CAST(n AS TEXT) FROM tips`, "id"},
	{`SELECT id, name FROM bodies`, "id"},
	{`SELECT id, title FROM plans`, "id"},
	{`SELECT id, title FROM tasks`, "id"},
	{`SELECT b.id, b.code || ' · ' || e.title FROM booths b JOIN events e ON e.id = b.event_id`, "b.id"},
	{`SELECT d.id, d.name || ' · ' || e.title FROM devices d JOIN events e ON e.id = d.event_id`, "d.id"},
	{`SELECT p.id, p.code || ' · ' || e.title FROM passes p JOIN events e ON e.id = p.event_id`, "p.id"},
	{`SELECT a.id, v.name || ' · ' || e.title FROM applications a JOIN vendors v ON v.id = a.vendor_id JOIN events e ON e.id = a.event_id`, "a.id"},
	{`SELECT id, 'TT-' || CAST(n AS TEXT) FROM communications`, "id"},
	{`SELECT id, name FROM channels`, "id"},
	{`SELECT id, name FROM places`, "id"},
	{`SELECT m.id, m.text FROM measures m`, "m.id"},
	{`SELECT o.id, p.name || ' · ' || e.title FROM offers o JOIN products p ON p.id = o.product_id JOIN events e ON e.id = o.event_id`, "o.id"},
	{`SELECT id, title FROM surveys`, "id"},
	{`SELECT id, 'MS-' || CAST(n AS TEXT) FROM procurements`, "id"},
	{`SELECT id, name FROM goods_groups`, "id"},
	{`SELECT id, 'HT-' || CAST(n AS TEXT) FROM supports`, "id"},
	{`SELECT id, 'GS-' || CAST(n AS TEXT) FROM supervisions`, "id"},
	{`SELECT id, 'KP-' || CAST(n AS TEXT) FROM costs`, "id"},
	{`SELECT id, 'KN-' || CAST(n AS TEXT) FROM matchings`, "id"},
	{`SELECT id, file_name FROM imports`, "id"},
	{`SELECT id, 'DL-' || CAST(n AS TEXT) FROM personal_requests`, "id"},
	{`SELECT c.id, v.name FROM certificates c JOIN vendors v ON v.id = c.vendor_id`, "c.id"},
}

// AuditNames returns the names of things that lines of the audit log speak of, by
// their ids: titles, names and codes, of what belongs to an event with its title.
// Ids of anything else, or of what is gone, are left out.
func (tx *Tx) AuditNames(ctx context.Context, ids []string) (map[string]string, error) {
	var w where
	parts := make([]string, len(auditNames))
	for i, n := range auditNames {
		w.conds = nil
		if err := among(tx, &w, n.id, ids); err != nil {
			return nil, err
		}
		parts[i] = n.query + w.String()
	}
	type named struct{ id, name string }
	rows, err := collect(ctx, tx, func(row scanner) (n named, err error) {
		err = row.Scan(&n.id, &n.name)
		return n, err
	}, strings.Join(parts, " UNION ALL "), w.args...)
	names := make(map[string]string, len(rows))
	for _, n := range rows {
		names[n.id] = n.name
	}
	return names, err
}
