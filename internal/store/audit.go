package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"hoicho/internal/registry"
)

// Audit writes one line of the audit log and marks the transaction as having
// changed what people see. Call it last: on PostgreSQL it makes writers queue
// for the head of the chain until they commit.
func (tx *Tx) Audit(ctx context.Context, actor registry.Actor, c registry.Change) error {
	tx.changed = true
	return tx.AuditUnseen(ctx, actor, c)
}

// AuditUnseen is Audit for what changes no page of anybody else, such as signing
// in: the pages kept ready stay so.
func (tx *Tx) AuditUnseen(ctx context.Context, actor registry.Actor, c registry.Change) error {
	head, err := tx.lockHead(ctx)
	if err != nil {
		return fmt.Errorf("audit %s: %w", c.Action, err)
	}
	e := registry.AuditEntry{Seq: head.seq + 1, At: tx.NowMS(), Account: actor.Account, Name: actor.Name,
		Action: c.Action, Object: c.Object, ID: c.ID, Detail: c.Detail.String(), Prev: head.hash}
	if len(c.Scope) > 0 {
		e.Area = "|" + strings.Join(c.Scope, "|") + "|"
	}
	e.Hash = tx.guard.chained(auditLine(e))
	head.seq, head.hash, tx.marks.dirty = e.Seq, e.Hash, true
	return tx.insertAudit(ctx, e)
}

func (tx *Tx) insertAudit(ctx context.Context, e registry.AuditEntry) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO audit (seq, at, account_id, name, action, object, object_id, area, detail, prev, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		e.Seq, e.At, string(e.Account), e.Name, e.Action, e.Object, e.ID, e.Area, e.Detail, e.Prev, e.Hash); err != nil {
		return fmt.Errorf("audit %s: %w", e.Action, err)
	}
	return nil
}

// auditLine is what the keyed hash of a line is made of: the hash of the line before
// and this line in a canonical form, a JSON array, so that no field can run into the
// next.
func auditLine(e registry.AuditEntry) []byte {
	row, err := json.Marshal([]any{e.Prev, e.Seq, e.At, e.Account, e.Name, e.Action, e.Object, e.ID, e.Area, e.Detail})
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return row
}

const auditColumns = `seq, at, account_id, name, action, object, object_id, area, detail, prev, hash`

func scanAudit(row scanner) (e registry.AuditEntry, err error) {
	err = row.Scan(&e.Seq, &e.At, &e.Account, &e.Name, &e.Action, &e.Object, &e.ID, &e.Area, &e.Detail, &e.Prev, &e.Hash)
	return e, err
}

// AuditQuery narrows AuditLines. Empty fields do not; Areas are codes of today's
// units unless Everywhere.
type AuditQuery struct {
	Account    registry.AccountID
	Object, ID string
	Action     string // prefix
	Before     int64
	FromAt     int64 // unix ms
	UntilAt    int64 // unix ms, exclusive
	Limit      int
	Areas      []string
	Everywhere bool
}

// AuditLines returns lines of the audit log, newest first.
func (tx *Tx) AuditLines(ctx context.Context, q AuditQuery) ([]registry.AuditEntry, error) {
	var w where
	if q.Account != "" {
		w.add("account_id = ?", string(q.Account))
	}
	if q.Object != "" {
		w.add("object = ?", q.Object)
	}
	if q.ID != "" {
		w.add("object_id = ?", q.ID)
	}
	if q.Action != "" {
		w.add("action LIKE ? ESCAPE '!'", strings.TrimPrefix(foldLike(q.Action), "%"))
	}
	if q.Before > 0 {
		w.add("seq < ?", q.Before)
	}
	if q.FromAt != 0 {
		w.add("at >= ?", q.FromAt)
	}
	if q.UntilAt != 0 {
		w.add("at < ?", q.UntilAt)
	}
	if !q.Everywhere {
		reach := make([]string, len(q.Areas))
		for i, code := range q.Areas {
			reach[i] = "area LIKE " + w.arg("%|"+code+"|%")
		}
		w.add("(1 = 0 OR " + strings.Join(append(reach, "1 = 0"), " OR ") + ")")
	}
	return collect(ctx, tx, scanAudit, `SELECT `+auditColumns+` FROM audit`+w.String()+`
		ORDER BY seq DESC LIMIT `+w.arg(q.Limit), w.args...)
}
