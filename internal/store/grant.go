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
