package store

import (
	"context"
	"database/sql"
	"sync"

	"hoicho/internal/store/changes"
)

const (
	// prepareAfter is how often a statement is run before it is kept prepared.
	prepareAfter = 20
	// maxPrepared bounds what is kept for a pool, and maxCounted what is counted.
	maxPrepared = 100
	maxCounted  = 2000
)

// prepared keeps the statements of a SQLite pool that are run again and again, so
// that their text is parsed once for a connection: for a small statement that is
// most of the work. PostgreSQL's driver does this by itself.
type prepared struct {
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt // nil: could not be prepared
	runs  map[string]int
	due   []string // often run, to be prepared when no transaction is open
}

func newPrepared() *prepared { return &prepared{stmts: map[string]*sql.Stmt{}, runs: map[string]int{}} }

// get returns a kept statement, or nil, and counts the others.
func (p *prepared) get(query string) *sql.Stmt {
	p.mu.RLock()
	stmt, kept := p.stmts[query]
	full := len(p.stmts) >= maxPrepared
	p.mu.RUnlock()
	if !kept && !full {
		p.count(query)
	}
	return stmt
}

func (p *prepared) count(query string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.runs) >= maxCounted {
		clear(p.runs)
	}
	if p.runs[query]++; p.runs[query] == prepareAfter {
		p.due = append(p.due, query)
	}
}

// keep prepares what has become due. It takes a connection of the pool, so no
// transaction may be open.
func (p *prepared) keep(ctx context.Context, pool *sql.DB) {
	p.mu.Lock()
	due := p.due
	p.due = nil
	p.mu.Unlock()
	for _, query := range due {
		stmt, err := pool.PrepareContext(ctx, query)
		if err != nil {
			stmt = nil // run as before
		}
		p.mu.Lock()
		p.stmts[query] = stmt
		p.mu.Unlock()
	}
}

func (p *prepared) waiting() bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.due) > 0
}

// run runs a statement that returns no rows.
func (tx *Tx) run(ctx context.Context, query string, args []any) (sql.Result, error) {
	if stmt := tx.kept(query); stmt != nil {
		return tx.tx.StmtContext(ctx, stmt).ExecContext(ctx, args...)
	}
	return tx.tx.ExecContext(tx.within(ctx), query, args...)
}

// query runs a statement that returns rows.
func (tx *Tx) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if stmt := tx.kept(query); stmt != nil {
		return tx.tx.StmtContext(ctx, stmt).QueryContext(ctx, args...)
	}
	return tx.tx.QueryContext(tx.within(ctx), query, args...)
}

// queryRow runs a statement for a single row.
func (tx *Tx) queryRow(ctx context.Context, query string, args []any) *sql.Row {
	if stmt := tx.kept(query); stmt != nil {
		return tx.tx.StmtContext(ctx, stmt).QueryRowContext(ctx, args...)
	}
	return tx.tx.QueryRowContext(tx.within(ctx), query, args...)
}

// within is the context of a statement: on PostgreSQL that of its transaction.
func (tx *Tx) within(ctx context.Context) context.Context {
	if tx.watched != nil {
		return tx.watched
	}
	return ctx
}

// kept is the prepared form of a statement that is about to be run, nil if there is none.
func (tx *Tx) kept(query string) *sql.Stmt {
	tx.asked.Add(1)
	tx.note(query)
	if tx.prepared == nil {
		return nil
	}
	return tx.prepared.get(query)
}

// schema is the tables of the database.
var schema = sync.OnceValue(func() *changes.Schema {
	all, err := migrations()
	if err != nil {
		panic(err) // they are part of the program
	}
	texts := make([]string, len(all))
	for i, m := range all {
		texts[i] = m.text
	}
	return changes.NewSchema(texts)
})

// note notes which tables a statement reads and changes.
func (tx *Tx) note(query string) {
	reads, writes := schema().Named(query)
	tx.reading.Add(reads)
	tx.written.Join(writes)
}
