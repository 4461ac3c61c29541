package store

import (
	"context"
	"strings"

	"hoicho/internal/registry"
)

const apiTokenColumns = `id, token_hash, account_id, name, scopes, created_at, expires_at, used_at, revoked_at`

func scanAPIToken(row scanner) (t registry.APIToken, err error) {
	var scopes string
	err = row.Scan(&t.ID, &t.TokenHash, &t.Account, &t.Name, &scopes, &t.CreatedAt, &t.ExpiresAt, &t.UsedAt, &t.RevokedAt)
	for s := range strings.FieldsSeq(scopes) {
		t.Scopes = append(t.Scopes, registry.APIScope(s))
	}
	return t, err
}

// InsertAPIToken stores a new token by its hash.
func (tx *Tx) InsertAPIToken(ctx context.Context, t registry.APIToken) error {
	scopes := make([]string, len(t.Scopes))
	for i, s := range t.Scopes {
		scopes[i] = string(s)
	}
	_, err := tx.exec(ctx, `
		INSERT INTO api_tokens (`+apiTokenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0)`,
		t.ID, t.TokenHash, string(t.Account), t.Name, strings.Join(scopes, " "), t.CreatedAt, t.ExpiresAt)
	return err
}

// APIToken returns the token in force with a hash, or NotFound.
func (tx *Tx) APIToken(ctx context.Context, hash string) (registry.APIToken, error) {
	return one(ctx, tx, scanAPIToken, `
		SELECT `+apiTokenColumns+` FROM api_tokens
		WHERE token_hash = $1 AND revoked_at = 0 AND expires_at > $2`, hash, tx.NowMS())
}

// APITokens lists an account's tokens, newest first, revoked ones too.
func (tx *Tx) APITokens(ctx context.Context, account registry.AccountID) ([]registry.APIToken, error) {
	return collect(ctx, tx, scanAPIToken, `
		SELECT `+apiTokenColumns+` FROM api_tokens WHERE account_id = $1 ORDER BY created_at DESC, id`, string(account))
}

// TouchAPIToken notes that a token was used.
func (tx *Tx) TouchAPIToken(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, `UPDATE api_tokens SET used_at = $2 WHERE id = $1`, id, tx.NowMS())
	return err
}

// RevokeAPITokens ends all tokens of an account. Ending them again changes
// nothing.
func (tx *Tx) RevokeAPITokens(ctx context.Context, account registry.AccountID) error {
	_, err := tx.exec(ctx, `UPDATE api_tokens SET revoked_at = $2 WHERE account_id = $1 AND revoked_at = 0`,
		string(account), tx.NowMS())
	return err
}

// RevokeAPIToken ends a token of an account. NotFound if there is none in force.
func (tx *Tx) RevokeAPIToken(ctx context.Context, account registry.AccountID, id string) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"), `
		UPDATE api_tokens SET revoked_at = $3 WHERE id = $1 AND account_id = $2 AND revoked_at = 0`,
		id, string(account), tx.NowMS())
}
