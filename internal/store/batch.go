package store

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"
)

// maxBound is how many arguments one statement may carry: SQLite binds 32,766,
// PostgreSQL 65,535.
const maxBound = 30_000

// insertRows runs an INSERT for rows of k values each, in as few statements as
// the engines allow. head ends with VALUES.
func (tx *Tx) insertRows(ctx context.Context, head string, k int, args []any) error {
	_, err := tx.execRows(ctx, head, k, args, "")
	return err
}

// execRows is insertRows with a tail behind the rows, such as ON CONFLICT. It
// returns how many rows were touched. The values are texts, integers or nil.
func (tx *Tx) execRows(ctx context.Context, head string, k int, args []any, tail string) (touched int64, err error) {
	if tx.dialect.name == sqliteDialect.name {
		return tx.execJSON(ctx, head, k, args, tail)
	}
	for most := maxBound / k * k; len(args) > 0; {
		part := args[:min(len(args), most)]
		n, err := tx.exec(ctx, head+values(len(part)/k, k)+tail, part...)
		if err != nil {
			return touched, err
		}
		touched += n
		args = args[len(part):]
	}
	return touched, nil
}

// execJSON is execRows on SQLite: one argument brings all rows, so that the
// statement is the same for any number of them and is parsed once. With
// placeholders, parsing 500 scans takes longer than storing them.
func (tx *Tx) execJSON(ctx context.Context, head string, k int, args []any, tail string) (int64, error) {
	if len(args) == 0 {
		return 0, nil
	}
	raw, err := rowsJSON(args, k)
	if err != nil {
		return 0, err
	}
	head = strings.TrimSuffix(strings.TrimSpace(head), "VALUES")
	return tx.exec(ctx, head+` SELECT `+picks(k)+` FROM json_each($1) WHERE true `+tail, raw)
}

// rowsJSON writes rows of k values as a list of lists.
func rowsJSON(args []any, k int) (string, error) {
	rows := make([][]any, 0, len(args)/k)
	for ; len(args) > 0; args = args[k:] {
		rows = append(rows, args[:k])
	}
	return textJSON(rows)
}

func textJSON(v any) (string, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.String(), err
}

// picks are the columns of a row in a list of lists.
func picks(k int) string {
	columns := make([]string, k)
	for i := range columns {
		columns[i] = "value->>" + strconv.Itoa(i)
	}
	return strings.Join(columns, ", ")
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
