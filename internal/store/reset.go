package store

import (
	"context"

	"hoicho/internal/registry"
)

const resetColumns = `code_hash, COALESCE(account_id, ''), channel, email, issued_by, created_at, expires_at`

func scanReset(row scanner) (c registry.ResetCode, err error) {
	err = row.Scan(&c.Hash, &c.Account, &c.Channel, &c.Email, &c.IssuedBy, &c.CreatedAt, &c.ExpiresAt)
	return c, err
}

// InsertResetCode stores a new code. Older codes of the same account and channel
// end with it, so that only the last one handed out is good.
func (tx *Tx) InsertResetCode(ctx context.Context, c registry.ResetCode) error {
	if _, err := tx.exec(ctx, `
		DELETE FROM reset_codes WHERE COALESCE(account_id, '') = $1 AND channel = $2 AND used_at IS NULL`,
		string(c.Account), string(c.Channel)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO reset_codes (code_hash, account_id, channel, email, issued_by, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		c.Hash, null(c.Account), string(c.Channel), c.Email, string(c.IssuedBy), tx.NowMS(), c.ExpiresAt)
	return err
}

// ResetCode returns a code that can still be spent, or NotFound.
func (tx *Tx) ResetCode(ctx context.Context, hash string, channel registry.ResetChannel) (registry.ResetCode, error) {
	return one(ctx, tx, scanReset, `
		SELECT `+resetColumns+` FROM reset_codes
		WHERE code_hash = $1 AND channel = $2 AND used_at IS NULL AND expires_at > $3`,
		hash, string(channel), tx.NowMS())
}

// SpendResetCode marks a code as used and returns it; of many callers exactly one
// succeeds. It is NotFound if there is no such code, or it is used or expired.
func (tx *Tx) SpendResetCode(ctx context.Context, hash string, channel registry.ResetChannel) (registry.ResetCode, error) {
	if err := tx.must(ctx, errNotFound(), `
		UPDATE reset_codes SET used_at = $3
		WHERE code_hash = $1 AND channel = $2 AND used_at IS NULL AND expires_at > $3`, hash, string(channel), tx.NowMS()); err != nil {
		return registry.ResetCode{}, err
	}
	return one(ctx, tx, scanReset, `SELECT `+resetColumns+` FROM reset_codes WHERE code_hash = $1`, hash)
}

// DropResetCodes ends all codes of an account that are not used yet.
func (tx *Tx) DropResetCodes(ctx context.Context, account registry.AccountID) error {
	_, err := tx.exec(ctx, `DELETE FROM reset_codes WHERE account_id = $1 AND used_at IS NULL`, string(account))
	return err
}
