package store

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Exec runs raw SQL past the marks, for tests that tamper.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) error {
	_, err := tx.plain(ctx, query, args)
	return err
}

// SpellSQLite spells a statement for SQLite.
func SpellSQLite(query string, args int) string { return sqliteDialect.spell(query, args) }

// Values writes a multi-row VALUES list.
func Values(n, k int) string { return values(n, k) }

// Number runs raw SQL for one number, for tests that count by themselves.
func (tx *Tx) Number(ctx context.Context, query string, args ...any) (int64, error) {
	return one(ctx, tx, orZero(column[int64]), query, args...)
}

// EventTables are the tables that removing an event knows of.
func EventTables() map[string]bool {
	tables := map[string]bool{}
	for _, t := range append(eventGoes[:len(eventGoes):len(eventGoes)], eventHolds...) {
		tables[t.table] = true
	}
	return tables
}

// Waiting counts the callers who have handed something in that is not taken yet.
func (g *Group[T]) Waiting() int { return len(g.queue) }

// LastTables are the tables that the last migration makes, the newest first.
func LastTables() (tables []string) {
	all, err := migrations()
	if err != nil {
		panic(err)
	}
	for _, found := range regexp.MustCompile(`CREATE TABLE (\w+)`).FindAllStringSubmatch(all[len(all)-1].text, -1) {
		tables = append([]string{found[1]}, tables...)
	}
	return tables
}

// NeedRoom sets how much must be free on a disk, until the test ends.
func NeedRoom(t *testing.T, bytes uint64) {
	was := roomLeft
	roomLeft = bytes
	t.Cleanup(func() { roomLeft = was })
}

// QuickPulse makes databases that are opened from now on look for a sign of life
// quickly, until the test ends.
func QuickPulse(t *testing.T, every, timeout time.Duration) {
	e, o := beatEvery, beatTimeout
	beatEvery, beatTimeout = every, timeout
	t.Cleanup(func() { beatEvery, beatTimeout = e, o })
}

// MarkedColumns are the columns that the marks of a table cover, nil without marks.
func MarkedColumns(table string) []string {
	if t := markedByName[table]; t != nil {
		return t.columns
	}
	return nil
}

// MigrationTexts are the texts of all migrations.
func MigrationTexts() (texts []string) {
	all, err := migrations()
	if err != nil {
		panic(err)
	}
	for _, m := range all {
		texts = append(texts, m.text)
	}
	return texts
}

// WhereOfChange is the condition, with its arguments, by which the rows are read that
// a statement is about to change.
func WhereOfChange(query string, args ...any) (where string, used []any) {
	s := readStatement(query, args)
	return strings.TrimSpace(s.where), s.args
}

// SignedBy is the statement that counts passes by their key.
var SignedBy = signedBy

// ClockSkews is the statement that finds clocks that were off.
const ClockSkews = clockSkews

// Steps tells how SQLite would run a query.
func (tx *Tx) Steps(ctx context.Context, query string, args ...any) ([]string, error) {
	return collect(ctx, tx, func(row scanner) (step string, err error) {
		var id, parent, unused int
		err = row.Scan(&id, &parent, &unused, &step)
		return step, err
	}, "EXPLAIN QUERY PLAN "+query, args...)
}
