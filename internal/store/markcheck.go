package store

import (
	"context"
	"fmt"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// Edit is something in a marked table that is not as the program wrote it.
type Edit struct {
	Table string `json:"table"`
	Row   string `json:"row"` // its key as "id=…"; "" of the table as a whole
	Fault Fault  `json:"fault"`
	N     int64  `json:"n,omitempty"` // rows, of a table as a whole
}

// Fault is what is wrong with a row or a table.
type Fault string

// The faults.
const (
	RowChanged  Fault = "changed"  // the row was changed
	RowAdded    Fault = "added"    // the row was put in: it bears no mark
	RowsMissing Fault = "missing"  // so many rows that the program wrote are gone
	RowsTooMany Fault = "too_many" // so many rows more bear a mark than the program wrote
	RowsOld     Fault = "old"      // rows were put back to an earlier state, marks included
	SumsChanged Fault = "sums"     // counters were changed; nobody can tell which
	RowsMore    Fault = "more"     // so many rows more were found than are listed
	HeadForged  Fault = "forged"   // the sealed sums were changed, so that nobody can tell which rows are gone
)

// String says in words what was found.
func (e Edit) String() string {
	switch e.Fault {
	case RowChanged:
		return fmt.Sprintf("%s: the row %s was changed by hand", e.Table, e.Row)
	case RowAdded:
		return fmt.Sprintf("%s: the row %s was put in by hand", e.Table, e.Row)
	case RowsMissing:
		return fmt.Sprintf("%s: rows were removed by hand: %d", e.Table, e.N)
	case RowsTooMany:
		return fmt.Sprintf("%s: rows that had been removed were put in again by hand: %d", e.Table, e.N)
	case RowsOld:
		return e.Table + ": rows were put back to an earlier state by hand"
	case SumsChanged:
		return e.Table + ": counters were changed by hand"
	case RowsMore:
		return fmt.Sprintf("%s: more rows were changed or put in by hand: %d", e.Table, e.N)
	}
	return "the sealed sums of the rows were changed by hand, so that nobody can tell which rows are gone"
}

// editsListed bounds how many rows of a table are listed.
const editsListed = 100

// checkMarks looks at every row of the marked tables and at the sums.
func (tx *Tx) checkMarks(ctx context.Context) (edits []Edit, err error) {
	head, err := tx.storedHead(ctx)
	if err != nil {
		return nil, err
	}
	if head.forged {
		edits = append(edits, Edit{Table: "audit_head", Fault: HeadForged})
	}
	for _, t := range markedTables {
		found, err := tx.checkTable(ctx, t)
		if err != nil {
			return nil, fmt.Errorf("check the marks of %s: %w", t.name, err)
		}
		edits = append(edits, found.edits...)
		if !head.forged {
			edits = append(edits, found.against(t, head.sums[t.at])...)
		}
	}
	hours, err := tx.sumHours(ctx, tx.guard.marker())
	if err == nil && !head.forged && hours != head.hours {
		edits = append(edits, Edit{Table: "gate_hours", Fault: SumsChanged})
	}
	return edits, err
}

// tableLook is what a look at a table found.
type tableLook struct {
	edits   []Edit
	rows    int64 // in all
	strange int64 // that are not as written
	stored  sum   // of the marks that stand in the rows, whether they fit or not
}

func (tx *Tx) checkTable(ctx context.Context, t *markedTable) (look tableLook, err error) {
	m := tx.guard.marker()
	err = each(ctx, tx, func(row scanner) error {
		r, err := t.scan(row)
		if err != nil {
			return err
		}
		look.rows++
		if len(r.mark) == markBytes {
			look.stored.add(tx.guard, mark(r.mark), 1)
		}
		if t.fits(m, r) {
			return nil
		}
		if look.strange++; look.strange <= editsListed {
			fault := RowChanged
			if len(r.mark) == 0 {
				fault = RowAdded
			}
			look.edits = append(look.edits, Edit{Table: t.name, Row: t.id(r.values), Fault: fault})
		}
		return nil
	}, `SELECT `+t.list+` FROM `+t.name)
	if look.strange > editsListed {
		look.edits = append(look.edits, Edit{Table: t.name, Fault: RowsMore, N: look.strange - editsListed})
	}
	return look, err
}

// against compares the marks that stand in a table with those that the program
// counted.
func (l tableLook) against(t *markedTable, written sum) []Edit {
	switch {
	case l.stored == written:
		return nil
	case l.stored.n < written.n:
		return []Edit{{Table: t.name, Fault: RowsMissing, N: written.n - l.stored.n}}
	case l.stored.n > written.n:
		return []Edit{{Table: t.name, Fault: RowsTooMany, N: l.stored.n - written.n}}
	case l.strange > 0:
		return nil // a mark was changed with its row, which is listed
	}
	return []Edit{{Table: t.name, Fault: RowsOld}}
}

// AcceptAction is what the audit log says where rows that were changed by hand were
// taken as they are.
const AcceptAction = "database.accept"

// AcceptEdits marks the rows of the database as they stand and returns what had been
// changed by hand, nothing if all is well. The audit log says for what reason, and
// names the rows. It needs a whole audit log.
func (db *DB) AcceptEdits(ctx context.Context, reason string) (edits []Edit, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		m, err := tx.marking()
		if err != nil {
			return err
		}
		if _, broken, err := tx.checkAudit(ctx); err != nil {
			return err
		} else if broken > 0 {
			return fmt.Errorf("the audit log was changed from line %d on: rows can be accepted only with a whole one", broken)
		}
		if edits, err = tx.checkMarks(ctx); err != nil || len(edits) == 0 {
			return err
		}
		head, err := tx.lockHead(ctx)
		if err != nil {
			return err
		}
		head.forged = false
		for _, t := range markedTables {
			if head.sums[t.at], err = tx.markAnew(ctx, m, t); err != nil {
				return fmt.Errorf("mark %s anew: %w", t.name, err)
			}
		}
		if head.hours, err = tx.sumHours(ctx, m.make); err != nil {
			return err
		}
		found := make([]string, len(edits))
		for i, e := range edits {
			found[i] = e.String()
		}
		return tx.Audit(ctx, registry.SystemActor("check-db"), registry.Change{Action: AcceptAction, Object: "database",
			Detail: fact.Facts{fact.Said("reason", reason), fact.List("edits", fact.Text, found...)}})
	})
	return edits, err
}

// markAnew marks the rows of a table that bear another mark than theirs, and returns
// the sum of all.
func (tx *Tx) markAnew(ctx context.Context, m *marks, t *markedTable) (all sum, err error) {
	var strange []markedRow
	err = each(ctx, tx, func(row scanner) error {
		r, err := t.scan(row)
		if err != nil {
			return err
		}
		if !t.fits(m.make, r) {
			now := m.make.of(t.name, r.values)
			r.mark = now[:]
			strange = append(strange, r)
		}
		all.add(m.guard, mark(r.mark), 1)
		return nil
	}, `SELECT `+t.list+` FROM `+t.name)
	if err != nil {
		return all, err
	}
	return all, tx.saveMarks(ctx, t, strange)
}
