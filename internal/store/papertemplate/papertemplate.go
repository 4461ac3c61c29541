// Package papertemplate is the SQL of the Word templates that offices have of their own.
package papertemplate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"hoicho/internal/papertemplate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Template returns a template; one of version 0 if there is none. It is an error if its bytes are
// not those that were stored.
func Template(ctx context.Context, tx *store.Tx, k papertemplate.Key) (papertemplate.Template, error) {
	return store.One(ctx, tx, store.OrZero(func(row store.Row) (t papertemplate.Template, err error) {
		err = row.Scan(&t.Kind, &t.Owner, &t.FileName, &t.SHA256, &t.Data, &t.SavedAt, &t.SavedBy, &t.Version)
		if err == nil && t.SHA256 != sum(t.Data) {
			err = fmt.Errorf("template of %s for %s: its bytes have changed", t.Owner, t.Kind)
		}
		return t, err
	}), `SELECT kind, owner, file_name, sha256, data, saved_at, saved_as, version FROM paper_templates WHERE kind = $1 AND owner = $2`, string(k.Kind), k.Owner)
}

// Having returns which of some owners have a template of a kind.
func Having(ctx context.Context, tx *store.Tx, kind papertemplate.Kind, owners []string) ([]string, error) {
	if len(owners) == 0 {
		return nil, nil
	}
	args, marks := []any{string(kind)}, make([]string, len(owners))
	for i, owner := range owners {
		args = append(args, owner)
		marks[i] = fmt.Sprint("$", len(args))
	}
	return store.Collect(ctx, tx, func(row store.Row) (owner string, err error) {
		err = row.Scan(&owner)
		return owner, err
	}, `SELECT owner FROM paper_templates WHERE kind = $1 AND owner IN (`+strings.Join(marks, ", ")+`)`, args...)
}

// Save stores a template over the version that was read. It is a Conflict if anybody has since.
func Save(ctx context.Context, tx *store.Tx, t papertemplate.Template, by registry.AccountID) error {
	all := []any{string(t.Kind), t.Owner, t.FileName, sum(t.Data), t.Data, tx.NowMS(), string(by), t.SavedBy}
	if t.Version == 0 {
		return store.Must(ctx, tx, errStale(), `
			INSERT INTO paper_templates (kind, owner, file_name, sha256, data, saved_at, saved_by, saved_as, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
			ON CONFLICT (kind, owner) DO NOTHING`, all...)
	}
	return store.Must(ctx, tx, errStale(), `
		UPDATE paper_templates SET file_name = $3, sha256 = $4, data = $5, saved_at = $6, saved_by = $7, saved_as = $8, version = version + 1
		WHERE kind = $1 AND owner = $2 AND version = $9`, append(all, t.Version)...)
}

// Drop removes a template of the version that was read. It is a Conflict if anybody has changed it
// since.
func Drop(ctx context.Context, tx *store.Tx, k papertemplate.Key, version int64) error {
	return store.Must(ctx, tx, errStale(), `DELETE FROM paper_templates WHERE kind = $1 AND owner = $2 AND version = $3`, string(k.Kind), k.Owner, version)
}

func errStale() error { return registry.E(registry.Conflict, "error.stale") }

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
