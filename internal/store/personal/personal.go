// Package personal keeps what people ask about their own data.
package personal

import (
	"context"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

const columns = `id, n, kind, state, code_hash, words, received_at, confirm_by, due_on, confirmed_at, confirmed_as, extended_at, extended_as,
	extended_why, closed_at, closed_as, ground, answer, wiped_at, account_id, version`

func scan(row store.Row) (r personal.Request, err error) {
	err = row.Scan(&r.ID, &r.N, &r.Kind, &r.State, &r.CodeHash, &r.Sealed, &r.ReceivedAt, &r.ConfirmBy, &r.DueOn, &r.ConfirmedAt, &r.ConfirmedAs,
		&r.ExtendedAt, &r.ExtendedAs, &r.ExtendedWhy, &r.ClosedAt, &r.ClosedAs, &r.Ground, &r.Answer, &r.WipedAt, &r.Account, &r.Version)
	return r, err
}

// counter gives requests their numbers.
const counter = "personal_requests"

// Insert stores a new request under the next number. Its id is set by the caller, who has
// sealed its words for it.
func Insert(ctx context.Context, tx *store.Tx, r *personal.Request) (err error) {
	if r.N, err = tx.NextNumber(ctx, counter); err != nil {
		return err
	}
	r.ReceivedAt, r.Version = tx.NowMS(), 1
	_, err = store.Exec(ctx, tx, `
		INSERT INTO personal_requests (`+columns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '', 0, '', '', 0, '', '', '', 0, $10, 1)`,
		string(r.ID), r.N, string(r.Kind), string(r.State), r.CodeHash, r.Sealed, r.ReceivedAt, r.ConfirmBy, r.DueOn, r.Account)
	return err
}

// ByID returns a request, or NotFound.
func ByID(ctx context.Context, tx *store.Tx, id personal.ID) (personal.Request, error) {
	return store.One(ctx, tx, scan, `SELECT `+columns+` FROM personal_requests WHERE id = $1`, string(id))
}

// ByCode returns the request that a code follows, by the hash of it, or NotFound.
func ByCode(ctx context.Context, tx *store.Tx, hash string) (personal.Request, error) {
	return store.One(ctx, tx, scan, `SELECT `+columns+` FROM personal_requests WHERE code_hash = $1`, hash)
}

// List returns requests: those that are open, the first due first, then the closed ones, the
// latest first.
func List(ctx context.Context, tx *store.Tx, limit int) ([]personal.Request, error) {
	return store.Collect(ctx, tx, scan, `
		SELECT `+columns+` FROM personal_requests
		ORDER BY CASE WHEN closed_at = 0 THEN 0 ELSE 1 END, closed_at DESC, due_on, n LIMIT $1`, limit)
}

// Tally counts the requests on a day.
func Tally(ctx context.Context, tx *store.Tx, today string) (personal.Tally, error) {
	return store.One(ctx, tx, func(row store.Row) (n personal.Tally, err error) {
		return n, row.Scan(&n.All, &n.Open, &n.Late)
	}, `
		SELECT COUNT(*), COUNT(CASE WHEN closed_at = 0 THEN 1 END),
			COUNT(CASE WHEN closed_at = 0 AND (due_on < $1 OR state = 'received' AND confirm_by < $1) THEN 1 END)
		FROM personal_requests`, today)
}

// Save stores the state of a request that was read. It is a Conflict if it has changed since.
func Save(ctx context.Context, tx *store.Tx, r *personal.Request) error {
	err := store.Must(ctx, tx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE personal_requests
		SET state = $3, due_on = $4, confirmed_at = $5, confirmed_as = $6, extended_at = $7, extended_as = $8, extended_why = $9,
			closed_at = $10, closed_as = $11, ground = $12, answer = $13, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(r.ID), r.Version, string(r.State), r.DueOn, r.ConfirmedAt, r.ConfirmedAs, r.ExtendedAt, r.ExtendedAs, r.ExtendedWhy,
		r.ClosedAt, r.ClosedAs, string(r.Ground), r.Answer)
	r.Version++
	return err
}
