package lists

import (
	"context"
	"strings"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
)

// all is the audit line of a list of all that the actor reaches with a right.
func all(actor registry.Actor, action, object string, right registry.Right, detail ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: object, Scope: actor.Scope(right), Detail: detail}
}

// ofEvent is the audit line of a list of an event's.
func (a *Service) ofEvent(e registry.Event, action, object string, detail ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: object, Scope: a.Areas.Scope(e.Area), Detail: append(fact.Facts{fact.Ref("event", "event", e.ID)}, detail...)}
}

// EventFile writes the events of the actor's areas that a filter chooses. TooLarge for more
// than a file takes, as every file of a list.
func (a *Service) EventFile(ctx context.Context, actor registry.Actor, f registry.EventFilter, ask Ask) (file File, err error) {
	f.After, f.Limit = registry.EventCursor{}, report.MaxRows
	found, more, err := a.Events.OfficeEvents(ctx, actor, f)
	if err = tooLong(more, err); err != nil {
		return file, err
	}
	figures, err := a.Events.EventFigures(ctx, found)
	if err != nil {
		return file, err
	}
	rows := make([]report.EventRow, len(found))
	for i, e := range found {
		rows[i] = report.EventRow{Event: e, Place: a.Events.EventPlace(e).Name, EventFigures: figures[e.ID]}
	}
	return report.EventTable(ask.Lang, rows).List("su-kien", ask.Form, all(actor, "event.export", "event", registry.ViewOffice))
}

// tooLong is err, or that a list has more rows than a file takes.
func tooLong(more bool, err error) error {
	if err == nil && more {
		return report.ErrTooLong()
	}
	return err
}

// VendorFile writes the vendors of the actor's areas that a filter chooses, masked as the
// register shows them.
func (a *Service) VendorFile(ctx context.Context, actor registry.Actor, f registry.VendorFilter, ask Ask) (file File, err error) {
	f.After, f.Limit = "", report.MaxRows
	l, err := a.Vendors.OfficeVendors(ctx, actor, f)
	if err = tooLong(l.More, err); err != nil {
		return file, err
	}
	rows, personal := make([]report.VendorRow, len(l.Vendors)), 0
	for i, v := range l.Vendors {
		rows[i] = report.VendorRow{Vendor: v, Place: a.placeName(v.Area), Products: int64(l.Counts[v.ID].Shown)}
		if a.SeesPersonal(actor, v) {
			personal++
		}
	}
	note := all(actor, "vendor.export", "vendor", registry.ViewOffice, fact.Count("export_personal", personal))
	return report.VendorTable(ask.Lang, rows).List("co-so", ask.Form, note)
}

// placeName is a unit with what it lies in, as it is called today.
func (a *Service) placeName(ref registry.AreaRef) string {
	unit, ok := a.Areas.Lookup(ref)
	if !ok {
		return ""
	}
	return a.Areas.LongName(unit, a.Today())
}

// ProductFile writes the products of the actor's areas that a filter chooses.
func (a *Service) ProductFile(ctx context.Context, actor registry.Actor, f registry.ProductFilter, ask Ask) (file File, err error) {
	f.After, f.Limit = "", report.MaxRows
	l, err := a.Vendors.OfficeProducts(ctx, actor, f)
	if err = tooLong(l.More, err); err != nil {
		return file, err
	}
	return report.ProductTable(ask.Lang, a.Today(), l.Products).List("san-pham", ask.Form, all(actor, "product.export", "product", registry.ViewOffice))
}

// TipFile writes the tips with which the actor deals and that a filter chooses, without
// contacts and without what people wrote.
func (a *Service) TipFile(ctx context.Context, actor registry.Actor, f registry.TipFilter, ask Ask) (file File, err error) {
	f.Before, f.Limit = "", report.MaxRows
	desk, err := a.Tips.Tips(ctx, actor, f)
	if err = tooLong(desk.More, err); err != nil {
		return file, err
	}
	return report.TipTable(ask.Lang, desk.Rows).List("phan-anh", ask.Form, all(actor, "tip.export", "tip", registry.ManageTips))
}

// TaskFile writes the tasks that a query chooses and the actor sees.
func (a *Service) TaskFile(ctx context.Context, actor registry.Actor, q campaign.TaskQuery, ask Ask) (file File, err error) {
	q.Page, q.Rows = 0, report.MaxRows
	l, err := a.Campaign.Tasks(ctx, actor, q)
	if err = tooLong(l.More, err); err != nil {
		return file, err
	}
	names := func(bodies []registry.BodyID) string {
		all := make([]string, len(bodies))
		for i, id := range bodies {
			all[i] = l.Names[id]
		}
		return strings.Join(all, ", ")
	}
	rows := make([]report.TaskRow, len(l.Rows))
	for i, t := range l.Rows {
		rows[i] = report.TaskRow{N: int64(t.N), Title: t.Title, Strand: string(t.Strand), Kind: string(t.Kind), Source: string(t.Source), State: string(t.State),
			Measure: t.Measure, Result: t.Result, Lead: l.Names[t.Lead], Supporting: names(t.Supporting), Watching: names(t.Watching),
			AssignedOn: t.AssignedOn, DueOn: t.DueOn, Counted: t.Counted, Goal: t.Task.Goal, Done: t.Done, Scheduled: t.Scheduled,
			Percent: int64(t.Percent), UpdatedAt: t.UpdatedAt}
	}
	return report.TaskTable(ask.Lang, rows).List("nhiem-vu", ask.Form, all(actor, "task.export", "task", registry.ViewTasks))
}

// LogLine is a line of the audit log in words.
type LogLine = report.LogRow

// LogWords puts lines of the audit log into words; names are those of what they speak of.
type LogWords func(lines []registry.AuditEntry, names map[string]string) []LogLine

// logPage is how many lines of the log are read at once.
const logPage = 200

// LogFile writes the lines of the audit log that a filter chooses and the actor may read.
func (a *Service) LogFile(ctx context.Context, actor registry.Actor, f core.AuditFilter, words LogWords, ask Ask) (file File, err error) {
	var rows []report.LogRow
	for f.Before, f.Limit = 0, logPage; ; {
		lines, err := a.Audit(ctx, actor, f)
		if err != nil {
			return file, err
		}
		names, err := a.AuditNames(ctx, actor, lines)
		if err != nil {
			return file, err
		}
		rows = append(rows, words(lines, names)...)
		if len(rows) > report.MaxRows {
			return file, report.ErrTooLong()
		}
		if len(lines) < logPage {
			break
		}
		f.Before = lines[len(lines)-1].Seq
	}
	return report.LogTable(ask.Lang, rows).List("nhat-ky", ask.Form, all(actor, "log.export", "log", registry.ViewAudit))
}
