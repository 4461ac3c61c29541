package core

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/fact"
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
			case registry.KindOf(err) == registry.NotFound: // it is gone
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

// auditIDs returns the ids that lines are about and that their facts refer to;
// passing are the events among these that no line is about.
func auditIDs(lines []registry.AuditEntry) (ids, passing []string) {
	about := map[string]bool{}
	for _, l := range lines {
		for id := range strings.SplitSeq(l.ID, "/") { // the sales of a vendor at an event have two
			about[id] = true
			ids = append(ids, id)
		}
	}
	for _, l := range lines {
		facts, _ := fact.Parse(l.Detail) // a line in another form refers to nothing
		for _, f := range facts {
			for _, id := range slices.Concat(f.Before, f.After) {
				switch {
				case f.Kind.Object() == "":
					continue
				case f.Kind.Object() == "event" && !about[id]:
					passing = append(passing, id)
				}
				ids = append(ids, id)
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
