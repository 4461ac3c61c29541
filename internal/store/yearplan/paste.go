package yearplan

import (
	"context"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// PasteID names a plan that was pasted.
type PasteID string

// Paste is a plan that was pasted and made: which events, so that they can be taken back together.
type Paste struct {
	ID        PasteID
	Key       string // of the form, so that one that is sent twice makes nothing twice
	Pattern   registry.EventID
	Events    []registry.EventID
	Undone    bool
	CreatedBy registry.AccountID
	CreatedAt int64
	Version   int64
}

const pasteColumns = `id, form_key, pattern_id, event_ids, state, created_by, created_at, version`

func scanPaste(row store.Row) (p Paste, err error) {
	var ids, state string
	err = row.Scan(&p.ID, &p.Key, &p.Pattern, &ids, &state, &p.CreatedBy, &p.CreatedAt, &p.Version)
	for _, id := range strings.Fields(ids) {
		p.Events = append(p.Events, registry.EventID(id))
	}
	p.Undone = state == "undone"
	return p, err
}

// LockPastes has whoever else makes a plan wait until this transaction ends, so that each reads what
// the one before made. SQLite has one writer anyway.
func LockPastes(ctx context.Context, tx *store.Tx) error {
	_, err := store.Exec(ctx, tx, `
		INSERT INTO counters (name, value) VALUES ('year_pastes', 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1`)
	return err
}

// InsertPaste stores a plan that was made. LockPastes comes first, and PasteOf found none of its key.
func InsertPaste(ctx context.Context, tx *store.Tx, p *Paste) error {
	ids := make([]string, len(p.Events))
	for i, id := range p.Events {
		ids[i] = string(id)
	}
	p.ID, p.CreatedAt, p.Version = store.NewID[PasteID](), tx.NowMS(), 1
	_, err := store.Exec(ctx, tx, `
		INSERT INTO year_pastes (id, form_key, pattern_id, event_ids, state, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, 'made', $5, $6, 1)`,
		string(p.ID), p.Key, string(p.Pattern), strings.Join(ids, " "), string(p.CreatedBy), p.CreatedAt)
	return err
}

// PasteOf returns the plan that a form made, by its key; without an ID where it made none.
func PasteOf(ctx context.Context, tx *store.Tx, key string) (Paste, error) {
	return store.One(ctx, tx, store.OrZero(scanPaste), `SELECT `+pasteColumns+` FROM year_pastes WHERE form_key = $1`, key)
}

// GetPaste returns a plan that was pasted, or NotFound.
func GetPaste(ctx context.Context, tx *store.Tx, id PasteID) (Paste, error) {
	return store.One(ctx, tx, scanPaste, `SELECT `+pasteColumns+` FROM year_pastes WHERE id = $1`, string(id))
}

// PastesOf returns the last n plans that an account pasted, the newest first.
func PastesOf(ctx context.Context, tx *store.Tx, by registry.AccountID, n int) ([]Paste, error) {
	return store.Collect(ctx, tx, scanPaste, `
		SELECT `+pasteColumns+` FROM year_pastes WHERE created_by = $1 ORDER BY created_at DESC, id DESC LIMIT $2`, string(by), n)
}

// UndoPaste notes that the events of a plan were taken back. It is a Conflict if that was done since
// it was read.
func UndoPaste(ctx context.Context, tx *store.Tx, p Paste) error {
	return store.Must(ctx, tx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE year_pastes SET state = 'undone', version = version + 1 WHERE id = $1 AND version = $2 AND state = 'made'`, string(p.ID), p.Version)
}
