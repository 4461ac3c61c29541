package store

import (
	"context"

	"hoicho/internal/registry"
)

// InsertGrant gives an account a role in an area. Giving it again changes
// nothing.
func (tx *Tx) InsertGrant(ctx context.Context, to registry.AccountID, g registry.Grant, by registry.AccountID) error {
	_, err := tx.exec(ctx, `
		INSERT INTO grants (account_id, role, area, granted_by, granted_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account_id, role, area) DO NOTHING`,
		string(to), string(g.Role), g.Area, string(by), tx.NowMS())
	return err
}

// DeleteGrant takes a role in an area from an account, or is NotFound.
func (tx *Tx) DeleteGrant(ctx context.Context, from registry.AccountID, g registry.Grant) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"),
		`DELETE FROM grants WHERE account_id = $1 AND role = $2 AND area = $3`, string(from), string(g.Role), g.Area)
}

// AdminTurn waits until no other transaction is changing who is admin. Take it
// before looking whether an admin is left or there at all: side by side, each of
// two admins would else remove the other.
func (tx *Tx) AdminTurn(ctx context.Context) error {
	_, err := tx.NextNumber(ctx, "admin_turn")
	return err
}

// Admins counts the active accounts that are admin of the whole country.
func (tx *Tx) Admins(ctx context.Context) (int, error) {
	return tx.count(ctx, `
		SELECT count(*)
		FROM grants
		JOIN accounts ON accounts.id = grants.account_id
		WHERE grants.role = 'admin' AND grants.area = '' AND accounts.state = 'active'`)
}

// HasAdmin reports whether there has ever been an admin of any area.
func (tx *Tx) HasAdmin(ctx context.Context) (bool, error) {
	n, err := tx.count(ctx, `SELECT count(*) FROM grants WHERE role = 'admin'`)
	return n > 0, err
}

// VendorAreas returns the codes of the areas of the vendors that an account is a
// member of, for each vendor the scope of it.
func (tx *Tx) VendorAreas(ctx context.Context, id registry.AccountID) (map[registry.VendorID]registry.Scope, error) {
	type line struct {
		vendor registry.VendorID
		code   string
	}
	lines, err := collect(ctx, tx, func(row scanner) (l line, err error) {
		err = row.Scan(&l.vendor, &l.code)
		return l, err
	}, `
		SELECT m.vendor_id, COALESCE(a.code, '')
		FROM vendor_members m
		LEFT JOIN vendor_areas a ON a.vendor_id = m.vendor_id
		WHERE m.account_id = $1
		ORDER BY m.vendor_id, a.code`, string(id))
	scopes := map[registry.VendorID]registry.Scope{}
	for _, l := range lines {
		scopes[l.vendor] = append(scopes[l.vendor], l.code)
	}
	return scopes, err
}
