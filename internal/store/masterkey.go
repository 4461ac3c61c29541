package store

import "context"

// keyMark is the setting that holds the fingerprint of the master key with which
// secrets in the database are sealed.
const keyMark = "master_key"

// KeyMark returns the fingerprint of the master key that the database belongs to, or
// "" if none was used with it yet.
func (tx *Tx) KeyMark(ctx context.Context) (string, error) { return tx.Setting(ctx, keyMark) }

// KeyMark is KeyMark in a transaction of its own.
func (db *DB) KeyMark(ctx context.Context) (mark string, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		mark, err = tx.KeyMark(ctx)
		return err
	})
	return mark, err
}

// SetKeyMark notes the fingerprint of the master key, unless there is one.
func (tx *Tx) SetKeyMark(ctx context.Context, mark string) error {
	_, err := tx.exec(ctx, `INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, keyMark, mark)
	return err
}
