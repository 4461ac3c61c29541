package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// marks is what a transaction has to do with the guard: the sums that it changed,
// and the head of the audit log once it was read.
type marks struct {
	guard *Guard
	make  *marker
	sums  [len(markedTables)]sum
	hours keyedSum
	dirty bool
	head  *sealedHead
}

// marking returns what the transaction has to do with the guard.
func (tx *Tx) marking() (*marks, error) {
	if tx.marks == nil {
		if tx.guard == nil {
			return nil, errNoGuard
		}
		tx.marks = &marks{guard: tx.guard, make: tx.guard.marker()}
	}
	return tx.marks, nil
}

// change counts a mark in, with sign 1, or out, with -1.
func (m *marks) change(t *markedTable, of mark, sign int64) {
	m.sums[t.at].add(m.guard, of, sign)
	m.dirty = true
}

// execMarked runs a statement on a marked table, marks the rows that it wrote, and
// returns how many it touched. A row that was not as the program had written it
// keeps the mark that it has, so that check-db goes on finding it.
func (tx *Tx) execMarked(ctx context.Context, s statement, query string, args []any) (int64, error) {
	m, err := tx.marking()
	if err != nil {
		return 0, err
	}
	if !s.clear {
		return 0, fmt.Errorf("the marks of %s cannot follow this statement: %s", s.table.name, query)
	}
	strange, err := tx.strange(ctx, m, s)
	if err != nil {
		return 0, err
	}
	rows, err := collectAny(ctx, tx, s.table.scan, query+" RETURNING "+s.table.list, args...)
	if err != nil {
		return 0, err
	}
	var fresh []markedRow
	for _, r := range rows {
		if s.verb != "DELETE" {
			now := m.make.of(s.table.name, r.values)
			if strange(r) || bytes.Equal(now[:], r.mark) {
				continue
			}
			m.change(s.table, now, 1)
			fresh = append(fresh, markedRow{r.values, now[:]})
		}
		if len(r.mark) == markBytes {
			m.change(s.table, mark(r.mark), -1)
		}
	}
	return int64(len(rows)), tx.saveMarks(ctx, s.table, fresh)
}

// strange reads the rows that a statement is about to change, and tells those that
// are not as the program wrote them. A statement may change their keys: then one
// strange row makes all of them so.
func (tx *Tx) strange(ctx context.Context, m *marks, s statement) (func(markedRow) bool, error) {
	if !s.touches() {
		return func(r markedRow) bool { return r.mark != nil }, nil // a row that was there stays as it was
	}
	rows, err := collectAny(ctx, tx, s.table.scan, "SELECT "+s.table.list+" FROM "+s.table.name+" WHERE "+s.where, s.args...)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, r := range rows {
		if !s.table.fits(m.make, r) {
			found[s.table.id(r.values)] = true
		}
	}
	moved := slices.ContainsFunc(s.table.key, func(key string) bool { return slices.Contains(s.sets, key) })
	return func(r markedRow) bool { return len(found) > 0 && (moved || found[s.table.id(r.values)]) }, nil
}

// saveMarks stores the marks of rows.
func (tx *Tx) saveMarks(ctx context.Context, t *markedTable, rows []markedRow) error {
	if tx.dialect.name != sqliteDialect.name && len(rows) > 1 {
		return tx.saveMarksTogether(ctx, t, rows)
	}
	conds := make([]string, len(t.key))
	for i, key := range t.key {
		conds[i] = key + " = $" + strconv.Itoa(i+2)
	}
	query := "UPDATE " + t.name + " SET mark = $1 WHERE " + strings.Join(conds, " AND ")
	for _, r := range rows {
		if _, err := tx.run(ctx, query, append([]any{r.mark}, r.values[:len(t.key)]...)); err != nil {
			return err
		}
	}
	return nil
}

// saveMarksTogether is saveMarks in as few journeys as PostgreSQL allows. It learns
// the types of the values from the first row.
func (tx *Tx) saveMarksTogether(ctx context.Context, t *markedTable, rows []markedRow) error {
	k := len(t.key) + 1
	types, conds := []string{"CAST($1 AS BYTEA)"}, []string{}
	for i, key := range t.key {
		kind := "TEXT"
		switch rows[0].values[i].(type) {
		case int64:
			kind = "BIGINT"
		case []byte:
			kind = "BYTEA"
		}
		types = append(types, "CAST($"+strconv.Itoa(i+2)+" AS "+kind+")")
		conds = append(conds, t.name+"."+key+" = v.column"+strconv.Itoa(i+2))
	}
	for part := range slices.Chunk(rows, maxBound/k) {
		args := make([]any, 0, k*len(part))
		for _, r := range part {
			args = append(append(args, r.mark), r.values[:len(t.key)]...)
		}
		list := strings.Replace(values(len(part), k), values(1, k), "("+strings.Join(types, ", ")+")", 1)
		query := "UPDATE " + t.name + " SET mark = v.column1 FROM (VALUES " + list + ") AS v WHERE " + strings.Join(conds, " AND ")
		if _, err := tx.run(ctx, query, args); err != nil {
			return err
		}
	}
	return nil
}

// withMarks adds the column of the marks to an INSERT of rows of k values each.
func (tx *Tx) withMarks(t *markedTable, head string, k int, args []any) (string, []any, error) {
	m, err := tx.marking()
	if err != nil {
		return "", nil, err
	}
	names, _ := parenthesised(head)
	places := t.places(pieces(names))
	marked, row := make([]any, 0, len(args)/k*(k+1)), make([]any, len(t.columns))
	for given := range slices.Chunk(args, k) {
		for i, at := range places {
			if row[i] = nil; at >= 0 {
				row[i] = given[at]
			}
		}
		of := m.make.of(t.name, row)
		m.change(t, of, 1)
		marked = append(append(marked, given...), of[:])
	}
	return strings.Replace(head, ")", ", mark)", 1), marked, nil
}

// places says which of the names each covered column is, -1 for none.
func (t *markedTable) places(names []string) []int {
	places := make([]int, len(t.columns))
	for i, column := range t.columns {
		places[i] = slices.Index(names, column)
	}
	return places
}

// sealHead stores what a transaction did to the audit log and to the sums. It comes
// last, because on PostgreSQL writers queue for it until they commit.
func (tx *Tx) sealHead(ctx context.Context) error {
	m := tx.marks
	if m == nil || !m.dirty {
		return nil
	}
	head, err := tx.lockHead(ctx)
	if err != nil {
		return err
	}
	for i := range m.sums {
		head.sums[i].join(m.sums[i])
	}
	for i := range m.hours {
		head.hours[i] += m.hours[i]
	}
	sealed, err := m.guard.seal(head)
	if err != nil {
		return err
	}
	return tx.must(ctx, errNoHead, `UPDATE audit_head SET sealed = $1 WHERE id = 1`, sealed)
}

// lockHead reads the head of the audit log, once in a transaction. On PostgreSQL
// other writers wait for it from then on. A head that was changed by hand is taken
// from the log, and stays known as forged for good.
func (tx *Tx) lockHead(ctx context.Context) (*sealedHead, error) {
	m, err := tx.marking()
	if err != nil {
		return nil, err
	}
	if m.head != nil {
		return m.head, nil
	}
	take := `SELECT sealed FROM audit_head WHERE id = 1`
	if tx.dialect.name != sqliteDialect.name { // SQLite has one writer
		take = `UPDATE audit_head SET id = 1 WHERE id = 1 RETURNING sealed`
	}
	sealed, err := one(ctx, tx, or(errNoHead, column[[]byte]), take)
	if err != nil {
		return nil, err
	}
	head, fault := m.guard.open(sealed)
	if fault != nil || len(sealed) == 0 {
		last, err := tx.LastLine(ctx)
		if err != nil {
			return nil, err
		}
		head = &sealedHead{seq: last.Seq, hash: last.Hash, forged: fault != nil || last.Seq > 0}
	}
	m.head = head
	return head, nil
}

// errNoHead says that the head of the audit log is gone.
var errNoHead = errors.New("the head of the audit log is missing: somebody removed it from the database")
