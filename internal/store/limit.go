package store

import (
	"context"
	"errors"
	"time"

	"hoicho/internal/registry"
)

// CountTry counts a try at guessing a secret before its outcome is known, so that
// tries side by side are counted too. delay says how long after the n-th try in a
// row the next one must wait. A try before its time is Limited and says how
// long to wait. Tries older than forget count no more, nor do those that a clock
// which ran ahead left further ahead than any wait reaches: nobody would outwait them.
func (tx *Tx) CountTry(ctx context.Context, key string, forget time.Duration, delay func(n int) time.Duration) error {
	now, old, never := tx.NowMS(), tx.now.Add(-forget).UnixMilli(), tx.now.Add(forget).UnixMilli()
	if _, err := tx.exec(ctx, `DELETE FROM sign_in_tries WHERE seen_at < $1 OR seen_at > $2 OR retry_at > $3`, old, now+registry.ClockSlack.Milliseconds(), never); err != nil {
		return err
	}
	n, err := one(ctx, tx, or(errTooSoon, column[int]), `
		INSERT INTO sign_in_tries (key, failed_n, retry_at, seen_at) VALUES ($1, 1, 0, $2)
		ON CONFLICT (key) DO UPDATE SET failed_n = sign_in_tries.failed_n + 1, seen_at = excluded.seen_at
		WHERE sign_in_tries.retry_at <= $2
		RETURNING failed_n`, key, now)
	if errors.Is(err, errTooSoon) {
		return tx.tooSoon(ctx, key)
	}
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE sign_in_tries SET retry_at = $2 WHERE key = $1`, key, tx.now.Add(delay(n)).UnixMilli())
	return err
}

// errTooSoon marks a try before its time, inside this file.
var errTooSoon = errors.New("too soon")

// tooSoon says how long a key has to wait.
func (tx *Tx) tooSoon(ctx context.Context, key string) error {
	at, err := one(ctx, tx, orZero(column[int64]), `SELECT retry_at FROM sign_in_tries WHERE key = $1`, key)
	if err != nil {
		return err
	}
	return registry.TooSoon(time.UnixMilli(at).Sub(tx.now))
}

// ForgetTries starts the count of a key anew, after the right secret.
func (tx *Tx) ForgetTries(ctx context.Context, key string) error {
	_, err := tx.exec(ctx, `DELETE FROM sign_in_tries WHERE key = $1`, key)
	return err
}
