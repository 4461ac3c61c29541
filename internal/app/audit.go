package app

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// AuditFilter narrows the audit log. Empty fields do not.
type AuditFilter struct {
	Account registry.AccountID
	Object  string
	ID      string
	Action  string // prefix, such as "booth."
	Before  int64  // sequence number: older than this
	Limit   int
}

// Audit returns lines of the audit log, newest first, of the areas in which the
// actor may read it.
func (a *App) Audit(ctx context.Context, actor registry.Actor, f AuditFilter) ([]registry.AuditEntry, error) {
	if !actor.CanSomewhere(registry.ViewAudit) {
		return nil, registry.E(registry.NotFound, "error.not_found")
	}
	codes, all := actor.Reach(registry.ViewAudit)
	if all {
		codes = nil
	}
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}
	var lines []registry.AuditEntry
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		lines, err = tx.AuditLines(ctx, store.AuditQuery{Account: f.Account, Object: f.Object, ID: f.ID,
			Action: f.Action, Before: f.Before, Limit: f.Limit, Areas: codes, Everywhere: all})
		return err
	})
	return lines, err
}
