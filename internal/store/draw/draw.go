// Package draw stores the public draws of booths.
//
// How a draw is computed belongs to package internal/draw, who may hold one to app/draw.
package draw

import (
	"context"

	"hoicho/internal/draw"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

const columns = `id, event_id, n, state, place, callers_n, source, again, log, sealed, reason, changes, prepared_at, prepared_by, locked_at, ended_at, ended_by, version`

func scan(row store.Row) (r draw.Record, err error) {
	if err = row.Scan(&r.ID, &r.Event, &r.N, &r.State, &r.Place, &r.Callers, &r.Source, &r.Again, &r.Raw, &r.Sealed, &r.Reason, &r.Changes, &r.PreparedAt, &r.PreparedBy,
		&r.LockedAt, &r.EndedAt, &r.EndedBy, &r.Version); err != nil || r.Raw == "" {
		return r, err
	}
	r.Log, err = draw.Read([]byte(r.Raw))
	return r, err
}

// Insert stores a draw that is prepared. It is a Conflict where the event has one that is not over.
func Insert(ctx context.Context, tx *store.Tx, r *draw.Record) error {
	n, err := store.One(ctx, tx, store.Column[int], `SELECT COALESCE(MAX(n), 0) + 1 FROM draws WHERE event_id = $1`, string(r.Event))
	if err != nil {
		return err
	}
	r.ID, r.N, r.State, r.PreparedAt, r.Version = store.NewID[draw.ID](), n, draw.Prepared, tx.NowMS(), 1
	return store.Must(ctx, tx, registry.E(registry.Conflict, "draw.error.open"), `
		INSERT INTO draws (`+columns+`)
		VALUES ($1, $2, $3, 'prepared', $4, $5, $6, $7, '', '', '', '', $8, $9, 0, 0, '', 1)
		ON CONFLICT DO NOTHING`,
		string(r.ID), string(r.Event), r.N, r.Place, r.Callers, r.Source, r.Again, r.PreparedAt, string(r.PreparedBy))
}

// Save stores a draw that is not over yet. It is a Conflict if it has changed since it was read.
func Save(ctx context.Context, tx *store.Tx, r *draw.Record) error {
	err := store.Must(ctx, tx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE draws
		SET state = $3, place = $4, callers_n = $5, source = $6, log = $7, sealed = $8, reason = $9, locked_at = $10, ended_at = $11, ended_by = $12,
			again = $13, changes = $14, version = version + 1
		WHERE id = $1 AND version = $2 AND state IN ('prepared', 'locked')`,
		string(r.ID), r.Version, string(r.State), r.Place, r.Callers, r.Source, r.Raw, r.Sealed, r.Reason, r.LockedAt, r.EndedAt, string(r.EndedBy), r.Again, r.Changes)
	r.Version++
	return err
}

// Drop removes a draw that is only prepared: nobody was shown anything of it.
func Drop(ctx context.Context, tx *store.Tx, r *draw.Record) error {
	return store.Must(ctx, tx, registry.E(registry.Conflict, "error.stale"), `
		DELETE FROM draws WHERE id = $1 AND version = $2 AND state = 'prepared'`, string(r.ID), r.Version)
}

// Of returns the draws of an event, the latest first.
func Of(ctx context.Context, tx *store.Tx, event registry.EventID) ([]draw.Record, error) {
	return store.Collect(ctx, tx, scan, `SELECT `+columns+` FROM draws WHERE event_id = $1 ORDER BY n DESC`, string(event))
}

// Get returns a draw of an event, or NotFound.
func Get(ctx context.Context, tx *store.Tx, event registry.EventID, id draw.ID) (draw.Record, error) {
	return store.One(ctx, tx, scan, `SELECT `+columns+` FROM draws WHERE event_id = $1 AND id = $2`, string(event), string(id))
}

// Numbered returns the draw of an event that has a number, or NotFound.
func Numbered(ctx context.Context, tx *store.Tx, event registry.EventID, n int) (draw.Record, error) {
	return store.One(ctx, tx, scan, `SELECT `+columns+` FROM draws WHERE event_id = $1 AND n = $2`, string(event), n)
}

// Latest returns the last draw of an event that stands in a state; ok is false for none.
func Latest(ctx context.Context, tx *store.Tx, event registry.EventID, state draw.State) (r draw.Record, ok bool, err error) {
	list, err := store.Collect(ctx, tx, scan, `SELECT `+columns+` FROM draws WHERE event_id = $1 AND state = $2 ORDER BY n DESC LIMIT 1`,
		string(event), string(state))
	if err != nil || len(list) == 0 {
		return r, false, err
	}
	return list[0], true, nil
}

// HasResult reports whether booths of an event were drawn.
func HasResult(ctx context.Context, tx *store.Tx, event registry.EventID) (bool, error) {
	n, err := store.One(ctx, tx, store.Column[int], `SELECT COUNT(*) FROM draws WHERE event_id = $1 AND state = 'revealed'`, string(event))
	return n > 0, err
}

// Published counts the draws of an event that anybody may see.
func Published(ctx context.Context, tx *store.Tx, event registry.EventID) (int, error) {
	return store.One(ctx, tx, store.Column[int], `SELECT COUNT(*) FROM draws WHERE event_id = $1 AND state <> 'prepared'`, string(event))
}

// File is the log of a published draw as it is handed out, without reading it.
type File struct {
	Raw     string
	Version int64
}

// FileOf returns the log of a published draw, or NotFound.
func FileOf(ctx context.Context, tx *store.Tx, event registry.EventID, n int) (File, error) {
	return store.One(ctx, tx, func(row store.Row) (f File, err error) {
		err = row.Scan(&f.Raw, &f.Version)
		return f, err
	}, `SELECT log, version FROM draws WHERE event_id = $1 AND n = $2 AND state <> 'prepared'`, string(event), n)
}
