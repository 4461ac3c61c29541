package store

import (
	"context"

	"hoicho/internal/registry"
)

// SaveTOTP sets the sealed secret of the second step and the last time step that
// was accepted. It is a Conflict when the secret is no longer old.
func (tx *Tx) SaveTOTP(ctx context.Context, a registry.Account, old string) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE accounts SET totp_secret = $2, totp_step = $3, version = version + 1
		WHERE id = $1 AND totp_secret = $4`, string(a.ID), a.TOTPSecret, a.TOTPStep, old)
}

// SpendTOTPStep accepts the code of a time step, each step once and none before
// one accepted already; of many callers exactly one succeeds. Else it is a
// Conflict.
func (tx *Tx) SpendTOTPStep(ctx context.Context, id registry.AccountID, step int64) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.account.code_used"), `
		UPDATE accounts SET totp_step = $2 WHERE id = $1 AND totp_step < $2`, string(id), step)
}

// SaveRecoveryCodes replaces the recovery codes of an account by the hashes of
// new ones.
func (tx *Tx) SaveRecoveryCodes(ctx context.Context, id registry.AccountID, hashes []string) error {
	if _, err := tx.exec(ctx, `DELETE FROM recovery_codes WHERE account_id = $1`, string(id)); err != nil {
		return err
	}
	for _, h := range hashes {
		if _, err := tx.exec(ctx, `
			INSERT INTO recovery_codes (code_hash, account_id, created_at) VALUES ($1, $2, $3)`,
			h, string(id), tx.NowMS()); err != nil {
			return err
		}
	}
	return nil
}

// SpendRecoveryCode marks a recovery code as used; of many callers exactly one
// succeeds. It is NotFound if there is no such code or it is used.
func (tx *Tx) SpendRecoveryCode(ctx context.Context, id registry.AccountID, hash string) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.account.code_wrong"), `
		UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL`,
		string(id), hash, tx.NowMS())
}

// RecoveryCodesLeft counts the recovery codes that are not used yet.
func (tx *Tx) RecoveryCodesLeft(ctx context.Context, id registry.AccountID) (int, error) {
	return tx.count(ctx, `SELECT count(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL`, string(id))
}
