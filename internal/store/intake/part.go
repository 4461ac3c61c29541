package intake

import (
	"context"
	"encoding/json"
	"errors"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Part is rows of an import that were written together.
type Part struct {
	N       int
	Entries []Entry
}

func scanPart(row store.Row) (p Part, err error) {
	var rows string
	if err = row.Scan(&p.N, &rows); err == nil {
		err = json.Unmarshal([]byte(rows), &p.Entries)
	}
	return p, err
}

// InsertPart notes what rows did.
func InsertPart(ctx context.Context, tx *store.Tx, id ID, p Part) error {
	_, err := store.Exec(ctx, tx, `INSERT INTO import_parts (import_id, n, rows) VALUES ($1, $2, $3)`, string(id), p.N, text(p.Entries))
	return err
}

// LastPart returns the part that was written last below a number; N is 0 where there is
// none.
func LastPart(ctx context.Context, tx *store.Tx, id ID, below int) (Part, error) {
	return store.One(ctx, tx, store.OrZero(scanPart), `
		SELECT n, rows FROM import_parts WHERE import_id = $1 AND n < $2 ORDER BY n DESC LIMIT 1`, string(id), below)
}

// Parts returns all parts in the order in which they were written.
func Parts(ctx context.Context, tx *store.Tx, id ID) ([]Part, error) {
	return store.Collect(ctx, tx, scanPart, `SELECT n, rows FROM import_parts WHERE import_id = $1 ORDER BY n`, string(id))
}

// LeavePart keeps of a part the rows that could not be taken back; none removes it.
func LeavePart(ctx context.Context, tx *store.Tx, id ID, p Part) error {
	if len(p.Entries) == 0 {
		_, err := store.Exec(ctx, tx, `DELETE FROM import_parts WHERE import_id = $1 AND n = $2`, string(id), p.N)
		return err
	}
	_, err := store.Exec(ctx, tx, `UPDATE import_parts SET rows = $3 WHERE import_id = $1 AND n = $2`, string(id), p.N, text(p.Entries))
	return err
}

// Habit returns which field each heading meant to an account the last time, by headings
// that are folded.
func Habit(ctx context.Context, tx *store.Tx, by registry.AccountID, kind Kind) (map[string]string, error) {
	raw, err := store.One(ctx, tx, store.OrZero(store.Column[string]), `
		SELECT columns FROM import_habits WHERE account_id = $1 AND kind = $2`, string(by), string(kind))
	fields := map[string]string{}
	if raw != "" {
		err = errors.Join(err, json.Unmarshal([]byte(raw), &fields))
	}
	return fields, err
}

// SaveHabit remembers which field each heading means to an account.
func SaveHabit(ctx context.Context, tx *store.Tx, by registry.AccountID, kind Kind, fields map[string]string) error {
	_, err := store.Exec(ctx, tx, `
		INSERT INTO import_habits (account_id, kind, columns) VALUES ($1, $2, $3)
		ON CONFLICT (account_id, kind) DO UPDATE SET columns = excluded.columns`, string(by), string(kind), text(fields))
	return err
}

// Forget takes away what is not needed after a time: files that nobody took in, with their
// imports, and how to take back what nobody did. It returns how many imports it touched.
func Forget(ctx context.Context, tx *store.Tx, filesBefore, partsBefore int64) (n int64, err error) {
	if _, err = store.Exec(ctx, tx, `
		DELETE FROM import_parts WHERE import_id IN (SELECT id FROM imports WHERE state IN ('read', 'done', 'undone') AND moved_at < $1)`, partsBefore); err != nil {
		return 0, err
	}
	return store.Exec(ctx, tx, `
		DELETE FROM imports
		WHERE state = 'read' AND moved_at < $1 AND NOT EXISTS (SELECT 1 FROM import_parts p WHERE p.import_id = imports.id)`, filesBefore)
}
