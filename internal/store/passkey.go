package store

import (
	"context"

	"hoicho/internal/registry"
)

// PassKeys returns all signing keys by id, the private halves sealed.
func (tx *Tx) PassKeys(ctx context.Context) ([]registry.PassKey, error) {
	return collect(ctx, tx, func(row scanner) (k registry.PassKey, err error) {
		err = row.Scan(&k.ID, &k.State, &k.Public, &k.Sealed, &k.CreatedAt, &k.ActivatedAt, &k.RetiredAt, &k.KilledAt)
		return k, err
	}, `SELECT id, state, public, sealed, created_at, activated_at, retired_at, killed_at FROM pass_keys ORDER BY id`)
}

// EventKeys returns the keys that the gates of an event have to know, by id: the
// newest of each number, and those before that signed passes of the event.
func (tx *Tx) EventKeys(ctx context.Context, event registry.EventID) ([]registry.PassKey, error) {
	return collect(ctx, tx, func(row scanner) (k registry.PassKey, err error) {
		err = row.Scan(&k.ID, &k.State, &k.Public, &k.CreatedAt)
		return k, err
	}, `
		SELECT k.id, k.state, k.public, k.created_at FROM pass_keys k
		WHERE NOT EXISTS (SELECT 1 FROM pass_keys newer WHERE newer.id > k.id AND (newer.id - k.id) % 15 = 0)
			OR EXISTS (SELECT 1 FROM passes p WHERE p.key_id = k.id AND p.event_id = $1)
		ORDER BY k.id`, string(event))
}

// InsertPassKey stores a new key. A key of the same id, or a second active one,
// means that somebody else made one first: then nothing is stored and stored is
// false.
func (tx *Tx) InsertPassKey(ctx context.Context, k registry.PassKey) (stored bool, err error) {
	n, err := tx.exec(ctx, `
		INSERT INTO pass_keys (id, state, public, sealed, created_at, activated_at, retired_at, killed_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0)
		ON CONFLICT DO NOTHING`,
		k.ID, string(k.State), k.Public, k.Sealed, k.CreatedAt, k.ActivatedAt)
	return n == 1, err
}

// StepPassKey moves a key from one state to the next. Conflict if somebody moved
// it first.
func (tx *Tx) StepPassKey(ctx context.Context, id int, from, to registry.PassKeyState) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE pass_keys
		SET state = $3,
			activated_at = CASE WHEN $3 = 'active' THEN $4 ELSE activated_at END,
			retired_at = CASE WHEN $3 = 'verify_only' THEN $4 ELSE retired_at END,
			killed_at = CASE WHEN $3 = 'dead' THEN $4 ELSE killed_at END
		WHERE id = $1 AND state = $2`, id, string(from), string(to), tx.NowMS())
}

// PassesByKey counts the valid and blocked passes that each key has signed and
// whose last day is not over: those that die with it, vouchers aside.
func (tx *Tx) PassesByKey(ctx context.Context, today string) (map[int]int, error) {
	return tx.byKey(ctx, today, "p.pack_n = 0")
}

// VouchersByKey counts the vouchers that die with each key: neither spent nor over.
func (tx *Tx) VouchersByKey(ctx context.Context, today string) (map[int]int, error) {
	return tx.byKey(ctx, today, "p.pack_n > 0 AND NOT EXISTS (SELECT 1 FROM presences s WHERE s.pass_n = p.n AND s.direction = "+spendNumber+")")
}

// signedBy counts some passes of events that are not over by their key. They are counted
// first by key and event, in the order of an index that holds all it takes, so that no pass
// is looked at, and an event once for each key.
func signedBy(only string) string {
	return `
		SELECT s.key_id, CAST(sum(s.n) AS BIGINT)
		FROM (SELECT p.key_id, p.event_id, count(*) AS n FROM passes p WHERE p.state <> 'revoked' AND ` + only + ` GROUP BY p.key_id, p.event_id) AS s
			JOIN events e ON e.id = s.event_id
		WHERE e.closes_on >= $1
		GROUP BY s.key_id`
}

func (tx *Tx) byKey(ctx context.Context, today, only string) (map[int]int, error) {
	type count struct{ key, n int }
	rows, err := collect(ctx, tx, func(row scanner) (c count, err error) {
		err = row.Scan(&c.key, &c.n)
		return c, err
	}, signedBy(only), today)
	counts := map[int]int{}
	for _, c := range rows {
		counts[c.key] = c.n
	}
	return counts, err
}
