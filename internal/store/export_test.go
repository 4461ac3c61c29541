package store

import "context"

// Exec runs raw SQL, for tests that tamper.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) error {
	_, err := tx.exec(ctx, query, args...)
	return err
}
