package store

import "context"

// What a subject with a package of its own below this one writes its SQL with: the same
// functions that this package has for itself, so that marks, prepared statements and the
// spelling of both engines are one. Nobody else may call them (a fence in internal/arch).

// Row is a row being read.
type Row = scanner

// Collect runs query and scans every row with scan. A statement that writes into a marked
// table does not go this way: see Exec.
func Collect[T any](ctx context.Context, tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	return collect(ctx, tx, scan, query, args...)
}

// One runs query for a single row; no row is NotFound, unless scan says otherwise.
func One[T any](ctx context.Context, tx *Tx, scan func(Row) (T, error), query string, args ...any) (T, error) {
	return one(ctx, tx, scan, query, args...)
}

// OrZero makes no row the zero value.
func OrZero[T any](scan func(Row) (T, error)) func(Row) (T, error) { return orZero(scan) }

// Column scans rows of a single column.
func Column[T any](row Row) (T, error) { return column[T](row) }

// Exec runs a statement and returns how many rows it touched. What it writes into a
// marked table is marked.
func Exec(ctx context.Context, tx *Tx, query string, args ...any) (int64, error) {
	return tx.exec(ctx, query, args...)
}

// Must runs a statement that has to touch a row, else the result is the error.
func Must(ctx context.Context, tx *Tx, none error, query string, args ...any) error {
	return tx.must(ctx, none, query, args...)
}

// Null turns an empty text into NULL, for optional references and unique columns.
func Null[T ~string](v T) any { return null(v) }
