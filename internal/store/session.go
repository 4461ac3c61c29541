package store

import (
	"context"

	"hoicho/internal/registry"
)

const sessionColumns = `token_hash, id, account_id, created_at, seen_at, expires_at, second_step, device`

func scanSession(row scanner) (s registry.Session, err error) {
	err = row.Scan(&s.TokenHash, &s.ID, &s.Account, &s.CreatedAt, &s.SeenAt, &s.ExpiresAt, &s.SecondStep, &s.Device)
	return s, err
}

// Session returns the session of a token hash, or NotFound.
func (tx *Tx) Session(ctx context.Context, tokenHash string) (registry.Session, error) {
	return one(ctx, tx, scanSession, `
		SELECT `+sessionColumns+` FROM sessions WHERE token_hash = $1`, tokenHash)
}

// Sessions returns the sessions of an account, the one seen last first.
func (tx *Tx) Sessions(ctx context.Context, account registry.AccountID) ([]registry.Session, error) {
	return collect(ctx, tx, scanSession, `
		SELECT `+sessionColumns+` FROM sessions WHERE account_id = $1 ORDER BY seen_at DESC, id`, string(account))
}

// TouchSession moves a session's idle clock to now.
func (tx *Tx) TouchSession(ctx context.Context, tokenHash string) error {
	_, err := tx.exec(ctx, `UPDATE sessions SET seen_at = $2 WHERE token_hash = $1`, tokenHash, tx.NowMS())
	return err
}

// InsertSession stores a new session and drops those that have expired.
func (tx *Tx) InsertSession(ctx context.Context, s registry.Session) error {
	if _, err := tx.exec(ctx, `DELETE FROM sessions WHERE expires_at <= $1`, tx.NowMS()); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO sessions (`+sessionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.TokenHash, string(s.ID), string(s.Account), s.CreatedAt, s.SeenAt, s.ExpiresAt, flag(s.SecondStep), s.Device)
	return err
}

// RenewSession gives a session a new token and notes whether it has passed the
// second step, so that a token planted or read before is worth nothing. It is
// NotFound when the session has ended meanwhile.
func (tx *Tx) RenewSession(ctx context.Context, oldHash, newHash string, secondStep bool) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"), `
		UPDATE sessions SET token_hash = $2, second_step = $3 WHERE token_hash = $1`, oldHash, newHash, flag(secondStep))
}

// DeleteSession ends the session of a token hash, and the notifications that were asked
// for with it, as the others below do. Ending it again changes
// nothing.
func (tx *Tx) DeleteSession(ctx context.Context, tokenHash string) error {
	if _, err := tx.exec(ctx, `
		DELETE FROM push_subscriptions WHERE session_id IN (SELECT id FROM sessions WHERE token_hash = $1)`, tokenHash); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `DELETE FROM sessions WHERE token_hash = $1`, tokenHash)
	return err
}

// EndSession ends one session of an account, or is NotFound.
func (tx *Tx) EndSession(ctx context.Context, account registry.AccountID, id registry.SessionID) error {
	if _, err := tx.exec(ctx, `DELETE FROM push_subscriptions WHERE account_id = $1 AND session_id = $2`, string(account), string(id)); err != nil {
		return err
	}
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"),
		`DELETE FROM sessions WHERE account_id = $1 AND id = $2`, string(account), string(id))
}

// EndSessions ends all sessions of an account but the one of keepHash, which may
// be empty.
func (tx *Tx) EndSessions(ctx context.Context, account registry.AccountID, keepHash string) error {
	if _, err := tx.exec(ctx, `
		DELETE FROM push_subscriptions
		WHERE account_id = $1 AND session_id NOT IN (SELECT id FROM sessions WHERE account_id = $1 AND token_hash = $2)`,
		string(account), keepHash); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2`, string(account), keepHash)
	return err
}
