package period

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Template returns the template of a province; one of version 0 if there is none. It is an error if
// its bytes are not those that were stored.
func Template(ctx context.Context, tx *store.Tx, province string) (period.Template, error) {
	return store.One(ctx, tx, store.OrZero(func(row store.Row) (t period.Template, err error) {
		err = row.Scan(&t.Province, &t.FileName, &t.SHA256, &t.Data, &t.SavedAt, &t.SavedBy, &t.Version)
		if err == nil && t.SHA256 != sum(t.Data) {
			err = fmt.Errorf("template of %s: its bytes have changed", t.Province)
		}
		return t, err
	}), `SELECT province, file_name, sha256, data, saved_at, saved_as, version FROM paper_templates WHERE province = $1`, province)
}

// HasTemplate reports whether a province has a template.
func HasTemplate(ctx context.Context, tx *store.Tx, province string) (bool, error) {
	n, err := store.One(ctx, tx, func(row store.Row) (n int, err error) {
		err = row.Scan(&n)
		return n, err
	}, `SELECT COUNT(*) FROM paper_templates WHERE province = $1`, province)
	return n > 0, err
}

// SaveTemplate stores the template of a province over the version that was read. It is a Conflict
// if anybody has since.
func SaveTemplate(ctx context.Context, tx *store.Tx, t period.Template, by registry.AccountID) error {
	all := []any{t.Province, t.FileName, sum(t.Data), t.Data, tx.NowMS(), string(by), t.SavedBy}
	if t.Version == 0 {
		return store.Must(ctx, tx, errStale(), `
			INSERT INTO paper_templates (province, file_name, sha256, data, saved_at, saved_by, saved_as, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
			ON CONFLICT (province) DO NOTHING`, all...)
	}
	return store.Must(ctx, tx, errStale(), `
		UPDATE paper_templates SET file_name = $2, sha256 = $3, data = $4, saved_at = $5, saved_by = $6, saved_as = $7, version = version + 1
		WHERE province = $1 AND version = $8`, append(all, t.Version)...)
}

// DropTemplate removes the template of a province, of the version that was read. It is a Conflict
// if anybody has changed it since.
func DropTemplate(ctx context.Context, tx *store.Tx, province string, version int64) error {
	return store.Must(ctx, tx, errStale(), `DELETE FROM paper_templates WHERE province = $1 AND version = $2`, province, version)
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
