package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store/changes"
)

// Tx is a transaction. Its time is frozen at its start.
type Tx struct {
	tx      *sql.Tx
	now     time.Time
	dialect dialect
	reads   bool             // and stores nothing
	changed bool             // what people see
	written changes.Set      // tables
	reading *changes.Reading // of the context; nil where nobody asks
	log     *changes.Log
	began   changes.Moment // before the first statement
	after   []func()

	asked     *atomic.Int64 // statements of the database
	asideFrom int64         // of WriteAside: one more than the rows written before

	prepared *prepared // of the pool; nil on PostgreSQL
	keys     *shortKeys
	guard    *Guard          // nil before the master key was read
	marks    *marks          // nil while nothing guarded was written
	watched  context.Context // on PostgreSQL: that of the transaction, which ends when the server ceases to answer
}

// Now is the time of the transaction.
func (tx *Tx) Now() time.Time { return tx.now }

// Reads reports whether the transaction only reads.
func (tx *Tx) Reads() bool { return tx.reads }

// NowMS is the time of the transaction in unix milliseconds.
func (tx *Tx) NowMS() int64 { return tx.now.UnixMilli() }

// Kept runs fn, which reads something that will be kept ready, and returns its basis.
func (tx *Tx) Kept(fn func() error) (*changes.Basis, error) {
	outer := tx.reading
	tx.reading = outer.Within()
	defer func() { tx.reading = outer }()
	return tx.log.From(tx.began, tx.reading), fn()
}

// AfterCommit runs fn once what the transaction did is durable, before Write
// returns; a transaction that fails never runs it.
func (tx *Tx) AfterCommit(fn func()) { tx.after = append(tx.after, fn) }

// writeTries is how often a transaction that lost against another is run again.
const writeTries = 10

// writeTimeout bounds one write, waiting for the writer included.
const writeTimeout = 10 * time.Second

// Read runs fn in a read-only transaction: all it reads is of one moment. A database
// that is away is Unavailable.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	err := db.once(ctx, db.read, &sql.TxOptions{ReadOnly: true, Isolation: db.readIsolation()}, fn)
	if err != nil && isStorage(err) {
		return errors.Join(registry.E(registry.Unavailable, "error.busy"), err)
	}
	return err
}

func (db *DB) readIsolation() sql.IsolationLevel {
	if db.dialect.name == postgresDialect.name {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

// Write runs fn in a transaction and commits it. It never nests (on SQLite the
// inner one waits for the outer and ends with the deadline), and fn does no
// network, mail or file work, because the whole of it is run again when it loses
// against another transaction. A full or failing disk is Unavailable.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	var err error
	for try := range writeTries {
		if err = db.once(ctx, db.write, nil, fn); err == nil || !isRetry(err) {
			break
		}
		pause(ctx, try)
	}
	if err != nil && isStorage(err) {
		return errors.Join(registry.E(registry.Unavailable, "error.storage"), err)
	}
	return err
}

// pause waits a little longer after each lost try.
func pause(ctx context.Context, try int) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(rand.IntN(5<<try)+1) * time.Millisecond):
	}
}

// once runs fn in one transaction; a panic in fn rolls back and goes on.
func (db *DB) once(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*Tx) error) error {
	ctx, leave, err := db.pulse.join(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if err = db.transact(ctx, pool, opts, fn); err != nil && errors.Is(context.Cause(ctx), errAway) {
		err = errors.Join(errAway, err)
	}
	return err
}

func (db *DB) transact(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*Tx) error) error {
	reads := opts != nil && opts.ReadOnly
	if db.dialect.name == sqliteDialect.name {
		opts = nil // the readers are query_only already, and the driver refuses options
	}
	began := db.log.Now()
	sqlTx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer sqlTx.Rollback() // no-op after Commit
	tx := &Tx{tx: sqlTx, reads: reads, now: db.Now(), log: &db.log, began: began, reading: changes.Of(ctx), dialect: db.dialect, prepared: db.prepared[pool], keys: &db.keys, guard: db.guard.Load(), asked: &db.asked}
	if db.pulse != nil {
		tx.watched = ctx
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.sealHead(ctx); err != nil {
		return fmt.Errorf("seal the head of the audit log: %w", err)
	}
	if err := db.setAside(ctx, tx); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) {
			err = cmp.Or(ctx.Err(), err) // it was rolled back because its time was over
		}
		return fmt.Errorf("commit: %w", err)
	}
	if tx.changed || tx.written != (changes.Set{}) {
		db.log.Note(tx.written, tx.changed)
	}
	for _, fn := range tx.after {
		fn()
	}
	if tx.prepared != nil && tx.prepared.waiting() {
		tx.prepared.keep(ctx, pool)
	}
	return nil
}

// exec runs a statement and returns how many rows it touched. What it writes into a
// marked table is marked.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if s := readStatement(query, args); s.marks() {
		return tx.execMarked(ctx, s, query, args)
	}
	return tx.plain(ctx, query, args)
}

// plain is exec for what needs no marks.
func (tx *Tx) plain(ctx context.Context, query string, args []any) (int64, error) {
	res, err := tx.run(ctx, tx.dialect.spell(query, len(args)), args)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// must runs a statement that has to touch a row, else the result is the error.
func (tx *Tx) must(ctx context.Context, none error, query string, args ...any) error {
	n, err := tx.exec(ctx, query, args...)
	if err == nil && n == 0 {
		return none
	}
	return err
}

// scanner is a row being read.
type scanner interface{ Scan(dest ...any) error }

// collect runs query and scans every row with scan. A statement that has to be
// marked does not go this way: see exec.
func collect[T any](ctx context.Context, tx *Tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	if readStatement(query, args).marks() {
		return nil, errUnmarked
	}
	return collectAny(ctx, tx, scan, query, args...)
}

// errUnmarked says that a statement would go past the marks.
var errUnmarked = errors.New("a statement that writes into a marked table returns rows: run it with exec, and read after it")

// collectAny is collect for any statement.
func collectAny[T any](ctx context.Context, tx *Tx, scan func(scanner) (T, error), query string, args ...any) (out []T, err error) {
	err = each(ctx, tx, func(row scanner) error {
		v, err := scan(row)
		out = append(out, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// each runs query and hands on every row. It is the only loop over sql.Rows in this
// package, so that closing and the final error are never missed.
func each(ctx context.Context, tx *Tx, do func(scanner) error, query string, args ...any) error {
	rows, err := tx.query(ctx, tx.dialect.spell(query, len(args)), args)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one runs query for a single row; no row is NotFound, unless scan says otherwise.
func one[T any](ctx context.Context, tx *Tx, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	if readStatement(query, args).marks() {
		var zero T
		return zero, errUnmarked
	}
	v, err := scan(tx.queryRow(ctx, query, args))
	if errors.Is(err, sql.ErrNoRows) {
		return v, errNotFound()
	}
	return v, err
}

// or makes no row the error none.
func or[T any](none error, scan func(scanner) (T, error)) func(scanner) (T, error) {
	return func(row scanner) (T, error) {
		v, err := scan(row)
		if errors.Is(err, sql.ErrNoRows) {
			return v, none
		}
		return v, err
	}
}

// orZero makes no row the zero value.
func orZero[T any](scan func(scanner) (T, error)) func(scanner) (T, error) { return or(nil, scan) }

// column scans rows of a single column.
func column[T any](row scanner) (T, error) {
	var v T
	err := row.Scan(&v)
	return v, err
}

// count runs a query for one number.
func (tx *Tx) count(ctx context.Context, query string, args ...any) (int, error) {
	return one(ctx, tx, orZero(column[int]), query, args...)
}

// flag turns a truth into the 0 or 1 that columns hold.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// null turns an empty text into NULL, for optional references and unique columns.
func null[T ~string](v T) any {
	if v == "" {
		return nil
	}
	return string(v)
}
