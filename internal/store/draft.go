package store

import (
	"context"
	"time"

	"hoicho/internal/registry"
)

// Draft returns the half-filled form of a kind that an account left, or "".
func (tx *Tx) Draft(ctx context.Context, account registry.AccountID, kind string) (string, error) {
	return one(ctx, tx, orZero(column[string]),
		`SELECT body FROM drafts WHERE account_id = $1 AND kind = $2`, string(account), kind)
}

// draftKept is how long a half-filled form is kept; it may hold personal data.
const draftKept = 60 * 24 * time.Hour

// SaveDraft keeps a half-filled form, one of each kind for an account, and forgets
// those that nobody has touched for long.
func (tx *Tx) SaveDraft(ctx context.Context, account registry.AccountID, kind, body string) error {
	if _, err := tx.exec(ctx, `DELETE FROM drafts WHERE updated_at < $1`, tx.now.Add(-draftKept).UnixMilli()); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO drafts (account_id, kind, body, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account_id, kind) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`,
		string(account), kind, body, tx.NowMS())
	return err
}

// DeleteDraft forgets a half-filled form.
func (tx *Tx) DeleteDraft(ctx context.Context, account registry.AccountID, kind string) error {
	_, err := tx.exec(ctx, `DELETE FROM drafts WHERE account_id = $1 AND kind = $2`, string(account), kind)
	return err
}
