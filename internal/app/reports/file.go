package reports

import (
	"context"
	"strconv"

	"hoicho/internal/app/templates"
	"hoicho/internal/papertemplate"
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
// are those of EventReport; errors also those of Paper, and NotFound for another form.
func (a *Service) ReportFile(ctx context.Context, actor registry.Actor, id registry.EventID, asked FileAsked) (registry.File, error) {
	r, err := a.EventReport(ctx, actor, id)
	if err != nil {
		return registry.File{}, err
	}
	d, err := r.Paper(asked)
	if err != nil {
		return registry.File{}, err
	}
	return d.File(r.fileName(asked.Addendum), asked.Form)
}

// fileName is how files of the report, or of an addendum to it, are called, without their ending.
func (r EventReport) fileName(addendum int) string {
	name := "bao-cao-"
	if addendum > 0 {
		name += "bo-sung-" + strconv.Itoa(addendum) + "-"
	}
	return name + r.Event.Slug
}

// waits says why the report does not go out yet; nil for one that does.
func (r EventReport) waits() error {
	if r.Over {
		return nil
	}
	return registry.E(registry.Conflict, "error.report.early")
}

// Paper is the document that was asked for, whatever its form. Conflict before the event has
// ended, NotFound for an addendum that is not closed.
func (r EventReport) Paper(asked FileAsked) (d report.Document, err error) {
	if err := r.waits(); err != nil {
		return d, err
	}
	r.Sees = r.Sees && !asked.Withheld
	if asked.Addendum == 0 {
		return r.Document(asked.Lang), nil
	}
	d, closed := r.Result.AddendumDocument(r.reader(asked.Lang), asked.Addendum)
	if !closed {
		return d, registry.E(registry.NotFound, "error.not_found")
	}
	return d, nil
}

// TemplatePaper is the report of an event as a template sees it. Rights are those of EventReport;
// Conflict before there are figures; it does not go out before the event has ended.
func (a *Service) TemplatePaper(ctx context.Context, actor registry.Actor, id registry.EventID, lang string) (t templates.Paper, err error) {
	r, err := a.EventReport(ctx, actor, id)
	if err != nil {
		return t, err
	}
	t = templates.Paper{Kind: papertemplate.OfEvent, Owners: r.Owners, Waits: r.waits(), Lang: lang, Name: r.fileName(0), Object: "report", ID: string(id)}
	if !r.Begun {
		return t, t.Waits
	}
	t.Fields = r.Result.Fields(r.reader(lang))
	return t, nil
}
