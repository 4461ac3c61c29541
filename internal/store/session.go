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
	return one(ctx, tx, registry.E(registry.NotFound, "error.not_found"), scanSession, `
		SELECT `+sessionColumns+` FROM sessions WHERE token_hash = $1`, tokenHash)
}

// TouchSession moves a session's idle clock to now.
func (tx *Tx) TouchSession(ctx context.Context, tokenHash string) error {
	_, err := tx.exec(ctx, `UPDATE sessions SET seen_at = $2 WHERE token_hash = $1`, tokenHash, tx.NowMS())
	return err
}

// InsertSession stores a new session.
func (tx *Tx) InsertSession(ctx context.Context, s registry.Session) error {
	_, err := tx.exec(ctx, `
		INSERT INTO sessions (`+sessionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.TokenHash, string(s.ID), string(s.Account), s.CreatedAt, s.SeenAt, s.ExpiresAt, flag(s.SecondStep), s.Device)
	return err
}
