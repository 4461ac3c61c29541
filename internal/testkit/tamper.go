package testkit

import (
	"context"
	"database/sql"
	"strings"

	"hoicho/internal/store"
)

// Hand changes a database as somebody does who has nothing but the database: on a
// connection of its own, past the program.
type Hand struct {
	k  *Kit
	db *sql.DB
}

// Tamper returns the hand of somebody who changes the database. What check-db says of
// it at the end of the test is no fault any more.
func (k *Kit) Tamper() Hand {
	k.T.Helper()
	k.tampered = true
	return k.hand()
}

// Look runs a query past the program, and returns its rows.
func (k *Kit) Look(query string, args ...any) [][]any {
	k.T.Helper()
	h := k.hand()
	defer h.db.Close() // a test may look thousands of times
	return h.Look(query, args...)
}

// hand opens a connection of its own to the database.
func (k *Kit) hand() Hand {
	k.T.Helper()
	driver, address := "sqlite", "file:"+k.location+"?_pragma=busy_timeout(5000)"
	if store.IsPostgres(k.location) {
		driver, address = "pgx", k.location
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		k.T.Fatal(err)
	}
	k.T.Cleanup(func() { db.Close() })
	return Hand{k, db}
}

// Do runs a statement that must change so many rows, -1 for any number.
func (h Hand) Do(want int64, query string, args ...any) {
	h.k.T.Helper()
	res, err := h.db.Exec(query, args...)
	if err != nil {
		h.k.T.Fatalf("%s: %v", query, err)
	}
	if n, _ := res.RowsAffected(); want >= 0 && n != want {
		h.k.T.Fatalf("%s: %d rows, want %d", query, n, want)
	}
}

// Look runs a query and returns its rows.
func (h Hand) Look(query string, args ...any) (all [][]any) {
	h.k.T.Helper()
	rows, err := h.db.Query(query, args...)
	if err != nil {
		h.k.T.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			h.k.T.Fatalf("%s: %v", query, err)
		}
		all = append(all, row)
	}
	return all
}

// checkMarks sees, at the end of every test with an application, that check-db finds
// nothing that the program did not write itself.
func (k *Kit) checkMarks() {
	if k.tampered || k.T.Failed() {
		return
	}
	c, err := k.DB.Check(context.Background())
	if err != nil {
		return // the test took the database away
	}
	if !c.OK() {
		var found []string
		for _, e := range c.Edits {
			found = append(found, e.String())
		}
		k.T.Errorf("check-db finds what nobody did: audit line %d, %v, %s", c.AuditBroken, c.Problems, strings.Join(found, "; "))
	}
}
