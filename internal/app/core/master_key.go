package core

import (
	"context"
	"errors"
	"fmt"

	"hoicho/internal/pass"
	"hoicho/internal/store"
)

// ErrOtherKey says that the master key is not the one of the database.
var ErrOtherKey = errors.New("put the master.key of this database back, from where you keep it apart, or name it with --master-key-file. " +
	"Nothing was changed")

// CheckKey compares a master key with the fingerprint of a database or a backup, ""
// where none was noted. Another key is ErrOtherKey.
func CheckKey(key pass.MasterKey, mark string) error {
	own, err := key.Fingerprint()
	if err != nil || mark == "" || mark == own {
		return err
	}
	return fmt.Errorf("this master key (fingerprint %s) is not the one with which the database was sealed (%s): %w", own, mark, ErrOtherKey)
}

// Sealed reports whether a database holds anything that only its master key opens.
func Sealed(ctx context.Context, db *store.DB) (sealed bool, err error) {
	err = db.Read(ctx, func(tx *store.Tx) error {
		mark, err := tx.KeyMark(ctx)
		if sealed = mark != ""; err != nil || sealed {
			return err
		}
		keys, err := tx.PassKeys(ctx)
		sealed = len(keys) > 0
		return err
	})
	return sealed, err
}

// Guard is what keeps a database from being changed unseen, by its master key.
func Guard(key pass.MasterKey) (*store.Guard, error) {
	raw, err := key.Derive("hoicho/guard/1")
	if err != nil {
		return nil, err
	}
	return store.NewGuard(raw)
}

// BindKey makes a master key that of a database, at the first start with it, and
// refuses another one from then on with ErrOtherKey. The database is guarded with it.
func BindKey(ctx context.Context, db *store.DB, key pass.MasterKey) error {
	own, err := key.Fingerprint()
	if err != nil {
		return err
	}
	guard, err := Guard(key)
	if err != nil {
		return err
	}
	mark, err := db.KeyMark(ctx)
	if err == nil && mark == "" {
		db.SetGuard(guard)
		err = db.Write(ctx, func(tx *store.Tx) error {
			if err := opensKeys(ctx, tx, key); err != nil {
				return err
			}
			if err := tx.SetKeyMark(ctx, own); err != nil {
				return err
			}
			mark, err = tx.KeyMark(ctx) // of two servers that start at once the first wins
			return err
		})
	}
	if err == nil {
		err = CheckKey(key, mark)
	}
	if err == nil {
		db.SetGuard(guard)
	}
	return err
}

// opensKeys checks a master key against the pass keys of a database that has no
// fingerprint yet.
func opensKeys(ctx context.Context, tx *store.Tx, key pass.MasterKey) error {
	keys, err := tx.PassKeys(ctx)
	if err != nil {
		return err
	}
	if _, err := pass.NewSigningRing(keys, key); err != nil {
		return fmt.Errorf("%w: %w", err, ErrOtherKey)
	}
	return nil
}
