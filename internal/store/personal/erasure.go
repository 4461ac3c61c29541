package personal

import (
	"context"
	"encoding/json"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

const erasureColumns = `id, request_id, account_id, state, due_on, planned_at, planned_by, planned_as, obstacles, tried_at, taken_at, taken_by,
	taken_as, taken_why, done_at, effects, version`

func scanErasure(row store.Row) (e personal.Erasure, err error) {
	var obstacles, effects string
	if err = row.Scan(&e.ID, &e.Request, &e.Account, &e.State, &e.DueOn, &e.PlannedAt, &e.PlannedBy, &e.PlannedAs, &obstacles, &e.TriedAt, &e.TakenAt,
		&e.TakenBy, &e.TakenAs, &e.TakenWhy, &e.DoneAt, &effects, &e.Version); err != nil {
		return e, err
	}
	if obstacles != "" {
		if err = json.Unmarshal([]byte(obstacles), &e.Obstacles); err != nil {
			return e, err
		}
	}
	return e, json.Unmarshal([]byte(effects), &e.Effects)
}

// stored are the obstacles and effects of an erasure as they are stored.
func stored(e *personal.Erasure) (obstacles, effects string, err error) {
	if len(e.Obstacles) > 0 {
		raw, err := json.Marshal(e.Obstacles)
		if err != nil {
			return "", "", err
		}
		obstacles = string(raw)
	}
	raw, err := json.Marshal(e.Effects)
	return obstacles, string(raw), err
}

// InsertErasure stores an erasure that waits for its day. It is a Conflict where the account
// or the request has one already.
func InsertErasure(ctx context.Context, tx *store.Tx, e *personal.Erasure) error {
	e.ID, e.State, e.PlannedAt, e.Version = store.NewID[personal.ErasureID](), personal.Waiting, tx.NowMS(), 1
	_, effects, err := stored(e)
	if err != nil {
		return err
	}
	return store.Must(ctx, tx, registry.E(registry.Conflict, "erase.error.planned"), `
		INSERT INTO personal_erasures (`+erasureColumns+`)
		VALUES ($1, $2, $3, 'waiting', $4, $5, $6, $7, '', 0, 0, '', '', '', 0, $8, 1)
		ON CONFLICT DO NOTHING`,
		string(e.ID), string(e.Request), e.Account, e.DueOn, e.PlannedAt, e.PlannedBy, e.PlannedAs, effects)
}

// SaveErasure stores where an erasure stands. It is a Conflict if it has moved on since it was
// read.
func SaveErasure(ctx context.Context, tx *store.Tx, e *personal.Erasure) error {
	obstacles, effects, err := stored(e)
	if err != nil {
		return err
	}
	err = store.Must(ctx, tx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE personal_erasures
		SET state = $3, obstacles = $4, tried_at = $5, taken_at = $6, taken_by = $7, taken_as = $8, taken_why = $9, done_at = $10, effects = $11,
			version = version + 1
		WHERE id = $1 AND version = $2`,
		string(e.ID), e.Version, string(e.State), obstacles, e.TriedAt, e.TakenAt, e.TakenBy, e.TakenAs, e.TakenWhy, e.DoneAt, effects)
	e.Version++
	return err
}

// Erasure returns an erasure, or NotFound.
func Erasure(ctx context.Context, tx *store.Tx, id personal.ErasureID) (personal.Erasure, error) {
	return store.One(ctx, tx, scanErasure, `SELECT `+erasureColumns+` FROM personal_erasures WHERE id = $1`, string(id))
}

// Erasures returns the erasures that were planned for a request, the latest first.
func Erasures(ctx context.Context, tx *store.Tx, request personal.ID) ([]personal.Erasure, error) {
	return store.Collect(ctx, tx, scanErasure, `
		SELECT `+erasureColumns+` FROM personal_erasures WHERE request_id = $1 ORDER BY planned_at DESC, id DESC`, string(request))
}

// OpenErasures returns the erasures that wait or are put off, the first due first.
func OpenErasures(ctx context.Context, tx *store.Tx) ([]personal.Erasure, error) {
	return store.Collect(ctx, tx, scanErasure, `
		SELECT `+erasureColumns+` FROM personal_erasures WHERE state IN ('waiting', 'put_off') ORDER BY due_on, id`)
}

// ErasureOf returns the erasure that waits for an account; NotFound where none does.
func ErasureOf(ctx context.Context, tx *store.Tx, account registry.AccountID) (personal.Erasure, error) {
	return store.One(ctx, tx, scanErasure, `
		SELECT `+erasureColumns+` FROM personal_erasures WHERE account_id = $1 AND state IN ('waiting', 'put_off')`, string(account))
}

// OpenRequestsOf returns the open requests to erase that came from the account of a request, but
// that one itself.
func OpenRequestsOf(ctx context.Context, tx *store.Tx, account registry.AccountID, but personal.ID) ([]personal.Request, error) {
	return store.Collect(ctx, tx, scan, `
		SELECT `+columns+` FROM personal_requests WHERE account_id = $1 AND kind = 'erase' AND closed_at = 0 AND id <> $2 ORDER BY n`, string(account), string(but))
}

// OpenRequestOf returns the request to erase that an account has sent and that is open;
// NotFound where there is none.
func OpenRequestOf(ctx context.Context, tx *store.Tx, account registry.AccountID) (personal.Request, error) {
	return store.One(ctx, tx, scan, `
		SELECT `+columns+` FROM personal_requests WHERE account_id = $1 AND kind = 'erase' AND closed_at = 0 ORDER BY n LIMIT 1`, string(account))
}
