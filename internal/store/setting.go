package store

import "context"

// Setting returns the value of a setting, or "" if it was never set.
func (tx *Tx) Setting(ctx context.Context, key string) (string, error) {
	v, err := one(ctx, tx, nil, column[string], `SELECT value FROM settings WHERE key = $1`, key)
	return v, err
}

// SaveSetting sets a setting.
func (tx *Tx) SaveSetting(ctx context.Context, key, value string) error {
	_, err := tx.exec(ctx, `
		INSERT INTO settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// NextNumber counts up a counter and returns its new value, 1 at first. A number
// is never given twice, but one may be lost with a transaction.
func (tx *Tx) NextNumber(ctx context.Context, counter string) (int64, error) {
	return one(ctx, tx, nil, column[int64], `
		INSERT INTO counters (name, value) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
		RETURNING value`, counter)
}
