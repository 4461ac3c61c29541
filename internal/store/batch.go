package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
)

// maxBound is how many arguments one statement carries on PostgreSQL, which binds
// 65,535.
const maxBound = 30_000

// insertRows runs an INSERT for rows of k values each, in as few statements as
// the engines allow. head ends with VALUES.
func (tx *Tx) insertRows(ctx context.Context, head string, k int, args []any) (err error) {
	if t, _, _ := writesMarked(head); t != nil && len(args) > 0 {
		if head, args, err = tx.withMarks(t, head, k, args); err != nil {
			return err
		}
		k++
	}
	_, err = tx.execRows(ctx, head, k, args, "")
	return err
}

// execRows is insertRows with a tail behind the rows, such as ON CONFLICT. It
// returns how many rows were touched. The values are texts, integers or nil.
func (tx *Tx) execRows(ctx context.Context, head string, k int, args []any, tail string) (touched int64, err error) {
	if tx.dialect.name == sqliteDialect.name {
		return tx.execEach(ctx, head+values(1, k)+tail, k, args)
	}
	for most := maxBound / k * k; len(args) > 0; {
		part := args[:min(len(args), most)]
		n, err := tx.plain(ctx, head+values(len(part)/k, k)+tail, part)
		if err != nil {
			return touched, err
		}
		touched += n
		args = args[len(part):]
	}
	return touched, nil
}

// execEach is execRows on SQLite: one statement, prepared once and run for each
// row. SQLite is in this process, so a statement costs no journey; parsing one
// with hundreds of rows, or taking rows out of JSON, costs more than storing them.
func (tx *Tx) execEach(ctx context.Context, query string, k int, args []any) (touched int64, err error) {
	if len(args) == 0 {
		return 0, nil
	}
	stmt, done, err := tx.forRows(ctx, query)
	if err != nil {
		return 0, err
	}
	defer done()
	each := context.WithoutCancel(ctx) // the driver watches a context from a goroutine for each run
	for row := range slices.Chunk(args, k) {
		if err := ctx.Err(); err != nil {
			return touched, err
		}
		res, err := stmt.ExecContext(each, row...)
		if err != nil {
			return touched, err
		}
		n, _ := res.RowsAffected() // the driver knows
		touched += n
	}
	return touched, nil
}

// forRows prepares a statement for many runs in this transaction, or takes the one
// that is kept. done gives it back.
func (tx *Tx) forRows(ctx context.Context, query string) (stmt *sql.Stmt, done func() error, err error) {
	if kept := tx.kept(query); kept != nil {
		stmt = tx.tx.StmtContext(ctx, kept)
	} else if stmt, err = tx.tx.PrepareContext(ctx, query); err != nil {
		return nil, nil, err
	}
	return stmt, stmt.Close, nil
}

func textJSON(v any) (string, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.String(), err
}

// among appends column IN (…) like in, for lists of any length: on SQLite with one
// argument, so that the statement stays the same.
func among[T ~string](tx *Tx, w *where, column string, list []T) error {
	if tx.dialect.name != sqliteDialect.name || len(list) == 0 {
		in(w, column, list)
		return nil
	}
	raw, err := textJSON(list)
	w.add(column+" IN (SELECT value FROM json_each(?))", raw)
	return err
}

// amongIDs is among for a column that holds the bytes of UUIDs.
func amongIDs[T ~string](tx *Tx, w *where, column string, ids []T) error {
	if tx.dialect.name == sqliteDialect.name && len(ids) > 0 {
		texts := make([]string, len(ids))
		for i, id := range ids {
			texts[i] = hex.EncodeToString(uuidBytes(id))
		}
		raw, err := textJSON(texts)
		w.add(column+" IN (SELECT unhex(value) FROM json_each(?))", raw)
		return err
	}
	if len(ids) == 0 {
		w.conds = append(w.conds, "1 = 0")
		return nil
	}
	marks := make([]string, len(ids))
	for i, id := range ids {
		marks[i] = w.arg(uuidBytes(id))
	}
	w.conds = append(w.conds, column+" IN ("+strings.Join(marks, ", ")+")")
	return nil
}
