package reports

import (
	"context"
	"strconv"

	"hoicho/internal/registry"
	"hoicho/internal/report"
)

// The forms in which a report goes out.
const (
	ReportXLSX = report.FormXLSX
	ReportDOCX = report.FormDOCX
	ReportPDF  = report.FormPDF
)

// FileAsked names a file of a report: its form, its language, and the addendum that it
// is of; 0 for the report itself.
type FileAsked struct {
	Form, Lang string
	Addendum   int
	Withheld   bool // single vendors' sales are left out although the actor may see them
}

// ReportFile writes the report of an event, or an addendum to it, as a file. Rights
// are those of EventReport; Conflict before the event has ended, NotFound for another
// form and for an addendum that is not closed.
func (a *Service) ReportFile(ctx context.Context, actor registry.Actor, id registry.EventID, asked FileAsked) (registry.File, error) {
	r, err := a.EventReport(ctx, actor, id)
	if err != nil {
		return registry.File{}, err
	}
	if !r.Over {
		return registry.File{}, registry.E(registry.Conflict, "error.report.early")
	}
	r.Sees = r.Sees && !asked.Withheld
	d, name := r.Document(asked.Lang), "bao-cao-"
	if asked.Addendum > 0 {
		var ok bool
		if d, ok = r.Result.AddendumDocument(r.reader(asked.Lang), asked.Addendum); !ok {
			return registry.File{}, registry.E(registry.NotFound, "error.not_found")
		}
		name += "bo-sung-" + strconv.Itoa(asked.Addendum) + "-"
	}
	return d.File(name+r.Event.Slug, asked.Form)
}
