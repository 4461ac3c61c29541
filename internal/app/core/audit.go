package core

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// AuditFilter narrows the audit log. Empty fields do not.
type AuditFilter struct {
	Account registry.AccountID
	Object  string
	ID      string
	Action  string // prefix, such as "booth."
	FromAt  int64  // unix ms
	UntilAt int64  // unix ms, exclusive
	Before  int64  // sequence number: older than this
	Limit   int
}

// Audit returns lines of the audit log, newest first, of the areas in which the
// actor may read it.
func (a *Core) Audit(ctx context.Context, actor registry.Actor, f AuditFilter) ([]registry.AuditEntry, error) {
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
		lines, err = tx.AuditLines(ctx, store.AuditQuery{Account: f.Account, Object: f.Object, ID: f.ID, Action: f.Action,
			FromAt: f.FromAt, UntilAt: f.UntilAt, Before: f.Before, Limit: f.Limit, Areas: codes, Everywhere: all})
		return err
	})
	return lines, err
}

// LogAuditHead writes where the audit log ends into the server's own log, which is kept
// elsewhere: check-db --head takes it from there.
func (a *Core) LogAuditHead(ctx context.Context) error {
	var head registry.AuditHead
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		head, err = tx.AuditHead(ctx)
		return err
	})
	if err == nil {
		a.Log.Info("audit log", "lines", head.Lines, "head", head.String())
	}
	return err
}

// uuidForm finds the ids in the detail of a line.
var uuidForm = regexp.MustCompile(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// maxAuditIDs bounds how many ids one page of the log asks for.
const maxAuditIDs = 1000

// AuditNames names what lines that the actor was given by Audit speak of, by id.
// An event that is mentioned in passing, such as the one that another was cloned
// from, is named only where the actor may read the log of its area.
func (a *Core) AuditNames(ctx context.Context, actor registry.Actor, lines []registry.AuditEntry) (names map[string]string, err error) {
	ids, passing := auditIDs(lines)
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if names, err = tx.AuditNames(ctx, ids); err != nil {
			return err
		}
		for _, id := range passing {
			e, err := tx.Event(ctx, registry.EventID(id))
			switch {
			case registry.KindOf(err) == registry.NotFound: // no event: an account or a picture
			case err != nil:
				return err
			case !actor.Can(registry.ViewAudit, a.Areas.Scope(e.Area)):
				delete(names, id)
			}
		}
		return nil
	})
	return names, err
}

// auditIDs returns the ids of lines and in their details; passing are those that
// lines about events mention and that no line is about.
func auditIDs(lines []registry.AuditEntry) (ids, passing []string) {
	about := map[string]bool{}
	for _, l := range lines {
		for _, id := range uuidForm.FindAllString(l.ID, -1) {
			about[id] = true
			ids = append(ids, id)
		}
	}
	for _, l := range lines {
		for _, id := range uuidForm.FindAllString(l.Detail, maxAuditIDs) {
			ids = append(ids, id)
			if strings.HasPrefix(l.Action, "event.") && !about[id] {
				passing = append(passing, id)
			}
		}
	}
	return tidyIDs(ids), tidyIDs(passing)
}

// tidyIDs sorts ids and leaves out repetitions and what is too much.
func tidyIDs(ids []string) []string {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids[:min(len(ids), maxAuditIDs)]
}
