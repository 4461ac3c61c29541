package testkit

import (
	"hoicho/internal/app/core"
	"hoicho/internal/registry"
)

// Audited returns the lines of the audit log of an action, or of all that begin with
// it, the newest first.
func (k *Kit) Audited(action string) []registry.AuditEntry {
	k.T.Helper()
	lines, err := k.App.Audit(k.T.Context(), registry.SystemActor("test"), core.AuditFilter{Action: action, Limit: 200})
	if err != nil {
		k.T.Fatal(err)
	}
	return lines
}
