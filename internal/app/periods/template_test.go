package periods_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/templates"
	"hoicho/internal/docxtemplate"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
)

// templated is the paper of the period as an actor sees it for a template.
func (o *office) templated(actor registry.Actor, q period.Period) (templates.Paper, error) {
	asked := o.query()
	asked.Period = q
	return o.App.Periods.TemplatePaper(o.t.Context(), actor, asked)
}

func (o *office) ownPaper() templates.Paper {
	o.t.Helper()
	p, err := o.templated(o.above, o.key.Period)
	testkit.Works(o.t, err)
	return p
}

func (o *office) sampleOf(p templates.Paper) []byte {
	o.t.Helper()
	f, err := o.App.Templates.Sample(p)
	testkit.Works(o.t, err)
	return f.Data
}

// inSample makes the sample of a paper the template of an owner and returns what the paper says in
// it.
func (o *office) inSample(actor registry.Actor, p templates.Paper, owner string) string {
	o.t.Helper()
	testkit.Works(o.t, o.App.Templates.Save(o.t.Context(), actor, p, templates.Input{Owner: owner, FileName: `C:\Mẫu\bao cao.docx`, Data: o.sampleOf(p)}))
	return o.filledIn(p)
}

func (o *office) filledIn(p templates.Paper) string {
	o.t.Helper()
	f, err := o.App.Templates.Filled(o.t.Context(), p)
	testkit.Works(o.t, err)
	text := docxText(o.t, f.Data)
	if strings.Contains(text, "{{") || strings.Contains(text, "- -") {
		o.t.Errorf("marks are left:\n%s", text)
	}
	return text
}

// saysWhole fails unless a text says a whole document, with what stands around it.
func saysWhole(t *testing.T, text string, d report.Document) {
	t.Helper()
	for _, s := range d.Sections {
		says(t, "the template", text, s.Heading)
		for _, p := range s.Paragraphs {
			says(t, "the template", text, p)
		}
		for _, table := range s.Tables {
			for _, row := range table.Rows {
				for _, c := range row.Cells {
					says(t, "the template", text, c.String())
				}
			}
		}
	}
	h := d.Letterhead()
	for _, want := range append([]string{strings.ToUpper(h.Authority), strings.ToUpper(h.Issuer), h.Number, h.PlaceDate, d.Subject, h.SignerName}, h.To...) {
		says(t, "the template", text, want)
	}
}

// TestTheSampleSaysWhatThePaperSays: the sample is a template that can be used as it is; filled it
// says the paper, paragraph by paragraph and figure by figure.
func TestTheSampleSaysWhatThePaperSays(t *testing.T) {
	o := newOffice(t)
	o.filled()
	p := o.ownPaper()
	saysWhole(t, o.inSample(o.above, p, ""), o.paper().Document())
	s, err := o.App.Templates.Sheet(t.Context(), p, "")
	testkit.Works(t, err)
	if s.Template.FileName != "bao cao.docx" || !o.paper().Filled {
		t.Errorf("stored as %q, told: %t", s.Template.FileName, o.paper().Filled)
	}
	for _, list := range s.Fields.Lists {
		for _, row := range list.Rows {
			if len(row.Texts) != len(list.Fields) {
				t.Errorf("a row of %s has %d fields, %d are told", list.Name, len(row.Texts), len(list.Fields))
			}
		}
	}
}

// TestACommunesPaperInATemplate: in its own, else in that which its province has for all; whoever
// files the report manages the one, the level above both.
func TestACommunesPaperInATemplate(t *testing.T) {
	o := newOffice(t)
	o.filled()
	of := func(actor registry.Actor) templates.Paper {
		p, err := o.App.Periods.UnitTemplatePaper(t.Context(), actor, o.key)
		testkit.Works(t, err)
		return p
	}
	filer, above := of(o.filer), of(o.above)
	if len(filer.Owners) != 2 || !filer.Owners[0].Writes || filer.Owners[1].Writes || !above.Owners[1].Writes {
		t.Fatalf("whoever files has %+v, the level above %+v", filer.Owners, above.Owners)
	}
	_, err := o.App.Templates.Filled(t.Context(), filer)
	testkit.Refused(t, "without a template", err, registry.NotFound, "error.not_found")
	province := filer.Owners[1].Key
	testkit.Refused(t, "the province's by a commune", o.App.Templates.Save(t.Context(), o.filer, filer, templates.Input{Owner: province, FileName: "a.docx", Data: o.sampleOf(above)}),
		registry.NotFound, "error.not_found")
	saysWhole(t, o.inSample(o.above, above, province), o.unitPaper().Document())
	if !o.unitPaper().Filled {
		t.Error("the page does not offer the paper in the template of the province")
	}
	s, err := o.App.Templates.Sheet(t.Context(), filer, "")
	testkit.Works(t, err)
	if s.Owner.Key != filer.Owners[0].Key || s.Template.Is() || s.Used.Key != province {
		t.Errorf("the commune has %+v, used is that of %q", s.Template, s.Used.Key)
	}
	saysWhole(t, o.inSample(o.filer, filer, ""), o.unitPaper().Document())
	if s, err = o.App.Templates.Sheet(t.Context(), filer, ""); err != nil || s.Used.Key != s.Owner.Key {
		t.Errorf("its own is not used: %+v, %v", s.Used, err)
	}
	if got := len(o.Audited("template.save")); got != 2 {
		t.Errorf("%d lines of the log, want 2", got)
	}
}

// TestABranchsPaperInATemplate: figures are called as in the paper of the committee.
func TestABranchsPaperInATemplate(t *testing.T) {
	o := newOffice(t)
	key := period.Key{Form: period.BranchForm, Period: o.key.Period, Unit: string(o.branches())}
	p, err := o.App.Periods.UnitTemplatePaper(t.Context(), o.above, key)
	testkit.Works(t, err)
	paper, err := o.App.Periods.UnitPaper(t.Context(), o.above, key)
	testkit.Works(t, err)
	saysWhole(t, o.inSample(o.above, p, ""), paper.Document())
	of := o.ownPaper()
	for _, f := range p.Fields.Fields {
		if strings.HasPrefix(f.Name, "nganh.") && !of.Fields.Has(f.Name) {
			t.Errorf("the paper of the committee has no %s", f.Name)
		}
	}
}

// TestATemplateThatCannotBeFilledIsRefused, and the one that stands goes on standing.
func TestATemplateThatCannotBeFilledIsRefused(t *testing.T) {
	o := newOffice(t)
	p := o.ownPaper()
	save := func(p templates.Paper, data []byte, version int64) error {
		return o.App.Templates.Save(t.Context(), o.above, p, templates.Input{FileName: "a.docx", Data: data, Version: version})
	}
	good := o.sampleOf(p)
	testkit.Works(t, save(p, good, 0))
	plain, err := o.App.Periods.PaperFile(t.Context(), o.above, o.query(), report.FormDOCX)
	testkit.Works(t, err)
	for name, c := range map[string]struct {
		data    []byte
		version int64
		kind    registry.Kind
	}{
		"nothing": {nil, 1, registry.Invalid}, "no Word": {[]byte("%PDF"), 1, registry.Invalid}, "too large": {make([]byte, docxtemplate.MaxBytes+1), 1, registry.Invalid},
		"of an old page": {good, 0, registry.Conflict}, "of another": {plain.Data, 7, registry.Conflict},
	} {
		if err := save(p, c.data, c.version); registry.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	for who, actor := range map[string]registry.Actor{"a commune": o.filer, "nobody": {}} {
		_, err := o.templated(actor, o.key.Period)
		testkit.Refused(t, who+" has the paper", err, registry.NotFound, "error.not_found")
	}
	f, err := o.App.Templates.File(t.Context(), p, "")
	testkit.Works(t, err)
	if string(f.Data) != string(good) {
		t.Error("the template that stands is another one")
	}
	if err := o.App.Templates.Drop(t.Context(), o.above, p, templates.Input{Version: 9}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("dropping another one: %v", err)
	}
	testkit.Works(t, o.App.Templates.Drop(t.Context(), o.above, p, templates.Input{Version: 1}))
	_, err = o.App.Templates.Filled(t.Context(), p)
	testkit.Refused(t, "none is there", err, registry.NotFound, "error.not_found")
	if n := len(o.Audited("template.save")) + len(o.Audited("template.drop")); n != 2 {
		t.Errorf("%d lines of the log, want 2", n)
	}
}

// TestWhoReadsAPaperDoesNotManageItsTemplate: a reader has the paper in it and nothing more.
func TestWhoReadsAPaperDoesNotManageItsTemplate(t *testing.T) {
	o := newOffice(t)
	own := o.ownPaper()
	testkit.Works(t, o.App.Templates.Save(t.Context(), o.above, own, templates.Input{FileName: "a.docx", Data: o.sampleOf(own)}))
	p, err := o.templated(o.viewer, o.key.Period)
	testkit.Works(t, err)
	if o.filledIn(p) == "" {
		t.Error("a reader does not have the paper in the template")
	}
	_, sample := o.App.Templates.Sample(p)
	_, sheet := o.App.Templates.Sheet(t.Context(), p, "")
	_, file := o.App.Templates.File(t.Context(), p, own.Owners[0].Key)
	for _, err := range []error{sample, sheet, file, o.App.Templates.Save(t.Context(), o.viewer, p, templates.Input{Data: o.sampleOf(own), Version: 1}),
		o.App.Templates.Drop(t.Context(), o.viewer, p, templates.Input{Version: 1})} {
		testkit.Refused(t, "a reader", err, registry.NotFound, "error.not_found")
	}
}

// TestATemplateWhoseBytesChangedIsNotFilled: the sum is covered by the mark of the row, the bytes by
// the sum.
func TestATemplateWhoseBytesChangedIsNotFilled(t *testing.T) {
	o := newOffice(t)
	p := o.ownPaper()
	testkit.Works(t, o.App.Templates.Save(t.Context(), o.above, p, templates.Input{FileName: "a.docx", Data: o.sampleOf(p)}))
	other, err := o.templated(o.above, period.Period{Year: o.key.Period.Year, Part: period.WholeYear})
	testkit.Works(t, err)
	if o.filledIn(other) == "" {
		t.Error("of another period")
	}
	o.Tamper().Do(1, `UPDATE paper_templates SET sha256 = 'x'`)
	if _, err := o.App.Templates.Filled(t.Context(), p); err == nil || registry.KindOf(err) == registry.NotFound {
		t.Errorf("filled from other bytes: %v", err)
	}
	if !slices.ContainsFunc(p.Fields.Fields, func(f templates.Field) bool { return f.Name == "xa.sessions" }) {
		t.Error("no field of a figure")
	}
}
