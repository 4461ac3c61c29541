package store

import (
	"context"
	"strings"

	"hoicho/internal/registry"
)

// auditPage is how many lines a look at the audit log reads at a time.
const auditPage = 1000

// CheckAudit walks the whole chain of the audit log. It returns how many lines are
// whole and, if the chain is broken, the number of the first line that was edited,
// removed or swapped; 0 means that all is well. A log cut off at its end is found by
// the sealed head. Without a guard only the links are looked at: whether the hashes
// are ours nobody can say without the master key.
func (db *DB) CheckAudit(ctx context.Context) (checked, broken int64, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		checked, broken, err = tx.checkAudit(ctx)
		return err
	})
	return checked, broken, err
}

func (tx *Tx) checkAudit(ctx context.Context) (checked, broken int64, err error) {
	prev := registry.AuditEntry{}
	for {
		page, err := collect(ctx, tx, scanAudit, `
			SELECT `+auditColumns+` FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2`, prev.Seq, auditPage)
		if err != nil {
			return checked, 0, err
		}
		for _, e := range page {
			if e.Seq != prev.Seq+1 || e.Prev != prev.Hash || tx.guard != nil && e.Hash != tx.guard.chained(auditLine(e)) {
				return checked, prev.Seq + 1, nil
			}
			prev, checked = e, checked+1
		}
		if len(page) < auditPage {
			break
		}
	}
	if tx.guard == nil {
		return checked, 0, nil
	}
	head, err := tx.storedHead(ctx)
	if err == nil && !head.forged && (head.seq != prev.Seq || head.hash != prev.Hash) {
		broken = prev.Seq + 1
	}
	return checked, broken, err
}

// storedHead is the sealed head as it is stored, forged if it does not open.
func (tx *Tx) storedHead(ctx context.Context) (*sealedHead, error) {
	sealed, err := one(ctx, tx, or(errNoHead, column[[]byte]), `SELECT sealed FROM audit_head WHERE id = 1`)
	if err != nil && err != errNoHead {
		return nil, err
	}
	head, fault := tx.guard.open(sealed)
	if err != nil || fault != nil {
		return &sealedHead{forged: true}, nil
	}
	return head, nil
}

// LastLine is the last line of the audit log, one of number 0 if it is empty.
func (tx *Tx) LastLine(ctx context.Context) (registry.AuditEntry, error) {
	return one(ctx, tx, orZero(scanAudit), `SELECT `+auditColumns+` FROM audit ORDER BY seq DESC LIMIT 1`)
}

// AuditHead is the end of the audit log now.
func (tx *Tx) AuditHead(ctx context.Context) (registry.AuditHead, error) {
	last, err := tx.LastLine(ctx)
	return registry.AuditHead{Lines: last.Seq, Hash: last.Hash}, err
}

// HeadAfter is the end of the audit log as it was right after the first line about an
// object from an instant on (unix ms), or of now if there is none.
func (tx *Tx) HeadAfter(ctx context.Context, object, id string, from int64) (registry.AuditHead, error) {
	e, err := one(ctx, tx, orZero(scanAudit), `
		SELECT `+auditColumns+` FROM audit WHERE object = $1 AND object_id = $2 AND at >= $3 ORDER BY seq LIMIT 1`,
		object, id, from)
	if err != nil || e.Seq == 0 {
		return tx.AuditHead(ctx)
	}
	return registry.AuditHead{Lines: e.Seq, Hash: e.Hash}, nil
}

// Witness is a head of the audit log that was written down outside the database.
type Witness struct {
	Name string // where it stands
	Head registry.AuditHead
	At   int64 // unix ms when it was written down, 0 if nobody knows
}

// Lack is a witness that the log does not bear out.
type Lack struct {
	Witness
	// Restored is the number of the line that says why: the database went back to a
	// backup after the head had been written down, to before its end. 0: nothing says why.
	Restored int64
}

// RestoreAction is what the audit log says where the database went back to an
// earlier state. What was written between that state and the line is not in the log.
const RestoreAction = "database.restore"

// Lacking returns the witnesses whose heads are not in the audit log. The log
// itself is to be looked at with Check: what is not whole bears out nothing.
func (db *DB) Lacking(ctx context.Context, witnesses []Witness) (lacks []Lack, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		lacks = nil
		restores, err := collect(ctx, tx, scanAudit, `SELECT `+auditColumns+` FROM audit WHERE action = $1 ORDER BY seq`, RestoreAction)
		if err != nil {
			return err
		}
		for _, w := range witnesses {
			hash, err := one(ctx, tx, orZero(column[string]), `SELECT hash FROM audit WHERE seq = $1`, w.Head.Lines)
			if err != nil {
				return err
			}
			if w.Head.Lines == 0 || hash != "" && strings.HasPrefix(hash, w.Head.Hash) {
				continue
			}
			lacks = append(lacks, Lack{w, explanation(w, restores)})
		}
		return nil
	})
	return lacks, err
}

// explanation is the line of the restore that took a head out of the log, 0 if none did.
func explanation(w Witness, restores []registry.AuditEntry) int64 {
	for _, r := range restores {
		if r.Seq <= w.Head.Lines && w.At > 0 && r.At >= w.At {
			return r.Seq
		}
	}
	return 0
}
