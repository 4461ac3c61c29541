package main

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/google/uuid"
	_ "modernc.org/sqlite"
)

// rawFile takes rows of scans with no program around: one transaction for each
// batch and one prepared statement, the fastest way that we know, with the pragmas
// of our writer.
type rawFile struct {
	*sql.DB
	like   []any // the columns of some stored scan
	insert func(ctx context.Context, n int) error
	seq    int
}

// openRaw copies a database and readies an INSERT of scans. The table and its
// indexes are the same; what the rows refer to is not checked.
func openRaw(ctx context.Context, from, to string) (*rawFile, error) {
	if err := copyFile(from, to); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+to+"?_pragma=busy_timeout(5000)&_txlock=immediate&_pragma=journal_mode(wal)"+
		"&_pragma=synchronous(full)&_pragma=journal_size_limit(67108864)&_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-16000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	r := &rawFile{DB: db}
	columns, err := r.sample(ctx)
	if err != nil {
		return nil, err
	}
	stmt, err := db.PrepareContext(ctx, `INSERT INTO scans (`+strings.Join(columns, ", ")+`) VALUES (?`+strings.Repeat(", ?", len(columns)-1)+`)`)
	r.insert = func(ctx context.Context, n int) error { return r.one(ctx, stmt, columns, n) }
	return r, err
}

// sample reads the columns of a stored scan.
func (r *rawFile) sample(ctx context.Context) ([]string, error) {
	rows, err := r.QueryContext(ctx, `SELECT * FROM scans WHERE pass_n IS NOT NULL LIMIT 1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	r.like = make([]any, len(columns))
	into := make([]any, len(columns))
	for i := range into {
		into[i] = &r.like[i]
	}
	rows.Next()
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	return columns, rows.Err()
}

func (r *rawFile) one(ctx context.Context, stmt *sql.Stmt, columns []string, n int) error {
	tx, err := r.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // no-op after Commit
	insert := tx.StmtContext(ctx, stmt)
	for range n {
		if _, err := insert.Exec(r.row(columns)...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// row is the sample once more, as a new scan.
func (r *rawFile) row(columns []string) []any {
	r.seq++
	row := append([]any{}, r.like...)
	for k, name := range columns {
		switch name {
		case "n":
			row[k] = nil // the next one
		case "id":
			id := uuid.Must(uuid.NewV7())
			row[k] = id[:]
		case "seq":
			row[k] = r.seq
		case "corrected_at":
			row[k] = time.Now().UnixMilli()
		}
	}
	return row
}
