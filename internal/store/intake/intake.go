// Package intake holds the SQL of imports: files of rows that are taken into the registers,
// what each became, so that it can be taken back, and what is looked at before a row is.
//
// How a file is read belongs to package sheet, what its rows mean to package app/imports.
package intake

import (
	"context"
	"encoding/json"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ID names an import.
type ID string

// Kind is a register into which rows are taken.
type Kind string

// Vendors are the vendors of the office's register.
const Vendors Kind = "vendors"

// State is a step of an import.
type State string

// The states of an import.
const (
	Read    State = "read"    // the file is there; nothing is written
	Running State = "running" // its rows are being written
	Done    State = "done"
	Undoing State = "undoing" // its rows are being taken back
	Undone  State = "undone"
)

// Mapping says which column of a file is which field.
type Mapping struct {
	Sheet  string   `json:"sheet"`
	Head   int      `json:"head"`   // row of the headings; 0: none
	Fields []string `json:"fields"` // of each column from the first; "": left out
	Old    bool     `json:"old"`    // text of old typefaces becomes Unicode
}

// Import is a file of rows on its way into a register.
type Import struct {
	ID        ID
	Kind      Kind
	State     State
	FileName  string
	Mapping   Mapping
	Shown     string // digest of what was shown to whoever started it
	Fault     string // key of what stopped it last; "": nothing
	Total     int    // rows
	Done      int    // rows that are written, or taken back
	Added     int
	Changed   int
	Same      int
	Kept      int  // rows that could not be taken back
	Stopped   bool // somebody asked for an end of the writing
	Worker    string
	CreatedBy registry.AccountID
	CreatedAs string
	CreatedAt int64
	MovedAt   int64 // when it came into its state
	Version   int64
}

// Act is what a row did.
type Act string

// The acts.
const (
	Added   Act = "added"
	Changed Act = "changed"
)

// Entry is a row that was written: what it did to what, and how to take it back.
type Entry struct {
	Row     int             `json:"row"` // of the file
	Act     Act             `json:"act"`
	ID      string          `json:"id"`
	Version int64           `json:"version"` // after it
	Before  json.RawMessage `json:"before,omitempty"`
}

const columns = `id, kind, state, file_name, mapping, shown, fault, total_n, done_n, added_n, changed_n, same_n, kept_n, stop, worker,
	created_by, created_as, created_at, moved_at, version`

func scan(row store.Row) (x Import, err error) {
	var mapping string
	err = row.Scan(&x.ID, &x.Kind, &x.State, &x.FileName, &mapping, &x.Shown, &x.Fault, &x.Total, &x.Done, &x.Added, &x.Changed, &x.Same, &x.Kept,
		&x.Stopped, &x.Worker, &x.CreatedBy, &x.CreatedAs, &x.CreatedAt, &x.MovedAt, &x.Version)
	if err == nil {
		err = json.Unmarshal([]byte(mapping), &x.Mapping)
	}
	return x, err
}

func stale() error { return registry.E(registry.Conflict, "error.stale") }

// text is a value as JSON; those of this package always marshal.
func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// Insert stores a new import with its file.
func Insert(ctx context.Context, tx *store.Tx, x *Import, data []byte) error {
	x.ID, x.State, x.CreatedAt, x.MovedAt, x.Version = store.NewID[ID](), Read, tx.NowMS(), tx.NowMS(), 1
	_, err := store.Exec(ctx, tx, `
		INSERT INTO imports (id, kind, state, file_name, data, mapping, shown, fault, total_n, done_n, added_n, changed_n, same_n, kept_n, stop,
			worker, created_by, created_as, created_at, moved_at, version)
		VALUES ($1, $2, 'read', $3, $4, $5, '', '', 0, 0, 0, 0, 0, 0, 0, '', $6, $7, $8, $8, 1)`,
		string(x.ID), string(x.Kind), x.FileName, data, text(x.Mapping), string(x.CreatedBy), x.CreatedAs, x.CreatedAt)
	return err
}

// Get returns an import, or NotFound.
func Get(ctx context.Context, tx *store.Tx, id ID) (Import, error) {
	return store.One(ctx, tx, scan, `SELECT `+columns+` FROM imports WHERE id = $1`, string(id))
}

// Data returns the file of an import; nothing once it is done with.
func Data(ctx context.Context, tx *store.Tx, id ID) ([]byte, error) {
	return store.One(ctx, tx, store.OrZero(store.Column[[]byte]), `SELECT data FROM imports WHERE id = $1`, string(id))
}

// Latest returns the last imports of an account, or of everybody, the newest first.
func Latest(ctx context.Context, tx *store.Tx, by registry.AccountID, n int) ([]Import, error) {
	return store.Collect(ctx, tx, scan, `
		SELECT `+columns+` FROM imports WHERE $1 = '' OR created_by = $1 ORDER BY created_at DESC, id DESC LIMIT $2`, string(by), n)
}

// SaveMapping notes which column is which field, while nothing is written. It is a
// Conflict if the import has moved on since it was read.
func SaveMapping(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports SET mapping = $3, fault = '', version = version + 1 WHERE id = $1 AND version = $2 AND state = 'read'`,
		string(x.ID), x.Version, text(x.Mapping))
}

// Start has the rows written, as they were shown. It is a Conflict if the import has
// moved on since it was read.
func Start(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports
		SET state = 'running', shown = $3, total_n = $4, done_n = 0, added_n = 0, changed_n = 0, same_n = $5, kept_n = 0, stop = 0, fault = '',
			worker = '', moved_at = $6, version = version + 1
		WHERE id = $1 AND version = $2 AND state = 'read'`, string(x.ID), x.Version, x.Shown, x.Total, x.Same, tx.NowMS())
}

// Stop asks the worker to write no more, and to take back what it has written.
func Stop(ctx context.Context, tx *store.Tx, id ID) error {
	return store.Must(ctx, tx, stale(), `UPDATE imports SET stop = 1 WHERE id = $1 AND state = 'running'`, string(id))
}

// Claim makes a worker the one whose writes count.
func Claim(ctx context.Context, tx *store.Tx, id ID, worker string) error {
	return store.Must(ctx, tx, stale(), `UPDATE imports SET worker = $2 WHERE id = $1 AND state IN ('running', 'undoing')`, string(id), worker)
}

// Advance notes in the transaction that writes rows how many there are now. It is a
// Conflict if the worker is to stop, or another one has the import.
func Advance(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports SET done_n = $3, added_n = $4, changed_n = $5
		WHERE id = $1 AND worker = $2 AND state = 'running' AND stop = 0`, string(x.ID), x.Worker, x.Done, x.Added, x.Changed)
}

// Finish ends the writing. The file is not kept longer.
func Finish(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports SET state = 'done', data = NULL, moved_at = $3, version = version + 1
		WHERE id = $1 AND worker = $2 AND state = 'running' AND stop = 0`, string(x.ID), x.Worker, tx.NowMS())
}

// Fail leaves the import as it was before it began, with the reason. Rows that could not
// be taken back are counted.
func Fail(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports SET state = 'read', fault = $3, kept_n = $4, done_n = 0, moved_at = $5, version = version + 1
		WHERE id = $1 AND worker = $2 AND state = 'running'`, string(x.ID), x.Worker, x.Fault, x.Kept, tx.NowMS())
}

// StartUndo has the rows taken back. It is a Conflict if the import has moved on.
func StartUndo(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports SET state = 'undoing', done_n = 0, kept_n = 0, worker = '', moved_at = $3, version = version + 1
		WHERE id = $1 AND version = $2 AND state = 'done'`, string(x.ID), x.Version, tx.NowMS())
}

// AdvanceUndo notes how many rows were taken back, and how many were kept.
func AdvanceUndo(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports SET done_n = $3, kept_n = $4 WHERE id = $1 AND worker = $2`, string(x.ID), x.Worker, x.Done, x.Kept)
}

// FinishUndo ends the taking back.
func FinishUndo(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE imports SET state = 'undone', moved_at = $3, version = version + 1 WHERE id = $1 AND worker = $2 AND state = 'undoing'`,
		string(x.ID), x.Worker, tx.NowMS())
}

// Delete removes an import that has written nothing.
func Delete(ctx context.Context, tx *store.Tx, x Import) error {
	return store.Must(ctx, tx, stale(), `
		DELETE FROM imports WHERE id = $1 AND version = $2 AND state = 'read' AND NOT EXISTS (SELECT 1 FROM import_parts WHERE import_id = $1)`,
		string(x.ID), x.Version)
}
