package periods

import (
	"context"
	"path"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/docxtemplate"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// FormTemplate is the form of a paper that is written into the template of the province.
const FormTemplate = "mau"

// TemplateSheet is the template of a province beside the paper of a period, whose values show what
// each field says.
type TemplateSheet struct {
	Paper    Paper
	Template period.Template // of version 0 if there is none
	Fields   []report.Field
	Lists    []report.FieldList
}

// TemplateSheet returns the template of the province. NotFound for whoever does not manage the
// plans of the province.
func (a *Service) TemplateSheet(ctx context.Context, actor registry.Actor, q Query) (s TemplateSheet, err error) {
	if err := a.writing(ctx, actor, &q); err != nil {
		return s, err
	}
	if s.Paper, err = a.Paper(ctx, actor, q); err != nil {
		return s, err
	}
	s.Fields, s.Lists = s.Paper.Fields()
	s.Template, err = a.template(ctx, q.Province)
	return s, err
}

// template reads the template of a province; one of version 0 if there is none.
func (a *Service) template(ctx context.Context, province registry.AreaRef) (t period.Template, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		t, err = stored.Template(ctx, tx, province.Code)
		return err
	})
	return t, err
}

// TemplateInput is a template as it was uploaded.
type TemplateInput struct {
	FileName string
	Data     []byte
	Version  int64 // of the one that was read; 0 where there was none
}

// SaveTemplate makes a Word document the template of a province. It is filled with the paper of the
// period before it is stored. Invalid at "file" for one that cannot be filled; Conflict if a
// colleague was quicker; NotFound for whoever does not manage the plans of the province.
func (a *Service) SaveTemplate(ctx context.Context, actor registry.Actor, q Query, in TemplateInput) error {
	if err := a.writing(ctx, actor, &q); err != nil {
		return err
	}
	s, err := a.TemplateSheet(ctx, actor, q)
	if err != nil {
		return err
	}
	if len(in.Data) == 0 {
		return registry.At("file", "template.error.none")
	}
	if _, err := fill(in.Data, s.Fields, s.Lists); err != nil {
		if fault := docxtemplate.FaultOf(err); fault != nil {
			err = registry.At("file", "template.error."+string(fault.What), fault.Text)
		}
		return err
	}
	name := core.Input{}
	t := period.Template{Province: q.Province.Code, Data: in.Data, SavedBy: actor.Name, Version: in.Version,
		FileName: name.Line("file", path.Base(strings.ReplaceAll(in.FileName, "\\", "/")), 200)}
	if err := name.Faults.Err(); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return change("period.template", a.provinceUnit(q), q.Period, fact.Said("template.file", t.FileName)), stored.SaveTemplate(ctx, tx, t, actor.Account)
	})
}

// DropTemplate takes the template of a province out of use. Conflict if a colleague was quicker;
// NotFound as SaveTemplate.
func (a *Service) DropTemplate(ctx context.Context, actor registry.Actor, q Query, version int64) error {
	if err := a.writing(ctx, actor, &q); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		t, err := stored.Template(ctx, tx, q.Province.Code)
		if err != nil {
			return none, err
		}
		return change("period.template_drop", a.provinceUnit(q), q.Period, fact.Said("template.file", t.FileName)), stored.DropTemplate(ctx, tx, q.Province.Code, version)
	})
}

// TemplateFile is the template itself, as it was uploaded. NotFound where there is none, and as
// TemplateSheet.
func (a *Service) TemplateFile(ctx context.Context, actor registry.Actor, q Query) (f registry.File, err error) {
	if err := a.writing(ctx, actor, &q); err != nil {
		return f, err
	}
	t, err := a.template(ctx, q.Province)
	if err == nil && !t.Is() {
		err = core.ErrHidden()
	}
	return registry.File{Name: t.FileName, ContentType: report.DOCXType, Data: t.Data}, err
}

// SampleTemplate is a paper with marks, to begin a template with. NotFound as TemplateSheet.
func (a *Service) SampleTemplate(ctx context.Context, actor registry.Actor, q Query) (f registry.File, err error) {
	if err := a.writing(ctx, actor, &q); err != nil {
		return f, err
	}
	f = registry.File{Name: "mau-bao-cao.docx", ContentType: report.DOCXType}
	f.Data, err = report.SampleTemplate()
	return f, err
}

// inTemplate writes a paper into the template of its province. NotFound where there is none; Conflict where
// it asks for what the forms of the period do not have.
func (a *Service) inTemplate(ctx context.Context, p Paper, name string) (f registry.File, err error) {
	t, err := a.template(ctx, p.Communes.Province)
	if err == nil && !t.Is() {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return f, err
	}
	fields, lists := p.Fields()
	f = registry.File{Name: name + "-theo-mau.docx", ContentType: report.DOCXType}
	f.Data, err = fill(t.Data, fields, lists)
	if fault := docxtemplate.FaultOf(err); fault != nil { // the forms of another year have other figures
		err = registry.E(registry.Conflict, "template.error.not_of_period", fault.Text)
	}
	return f, err
}

// fill writes the fields and lists of a paper into a template. The error tells of the fault of one
// that cannot be filled.
func fill(data []byte, fields []report.Field, lists []report.FieldList) (out []byte, err error) {
	t, err := docxtemplate.Parse(data)
	if err == nil {
		err = t.Check(report.TemplateNames(fields, lists))
	}
	if err == nil {
		out, err = t.Fill(report.TemplateData(fields, lists))
	}
	return out, err
}
