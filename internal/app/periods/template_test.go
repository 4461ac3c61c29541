package periods_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/docxtemplate"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
)

// TestTheSampleSaysWhatThePaperSays: the sample is a template that can be used as it is; filled it
// says the paper, paragraph by paragraph and figure by figure.
func TestTheSampleSaysWhatThePaperSays(t *testing.T) {
	o := newOffice(t)
	o.filled()
	sample, err := o.App.Periods.SampleTemplate(t.Context(), o.above, o.query())
	testkit.Works(t, err)
	testkit.Works(t, o.App.Periods.SaveTemplate(t.Context(), o.above, o.query(), periods.TemplateInput{FileName: `C:\Mẫu\bao cao.docx`, Data: sample.Data}))
	f, err := o.App.Periods.PaperFile(t.Context(), o.above, o.query(), periods.FormTemplate)
	testkit.Works(t, err)
	text := docxText(t, f.Data)
	d := o.paper().Document()
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
	for _, want := range []string{strings.ToUpper(h.Authority), strings.ToUpper(h.Issuer), h.Number, h.PlaceDate, d.Subject, h.SignerName} {
		says(t, "the template", text, want)
	}
	if strings.Contains(text, "{{") || strings.Contains(text, "- -") {
		t.Errorf("marks are left:\n%s", text)
	}
	s, err := o.App.Periods.TemplateSheet(t.Context(), o.above, o.query())
	testkit.Works(t, err)
	if s.Template.FileName != "bao cao.docx" || !s.Paper.Template {
		t.Errorf("stored as %q, told: %t", s.Template.FileName, s.Paper.Template)
	}
	for _, list := range s.Lists {
		for _, row := range list.Rows {
			if len(row.Texts) != len(list.Fields) {
				t.Errorf("a row of %s has %d fields, %d are told", list.Name, len(row.Texts), len(list.Fields))
			}
		}
	}
}

// TestATemplateThatCannotBeFilledIsRefused, and the one that stands goes on standing.
func TestATemplateThatCannotBeFilledIsRefused(t *testing.T) {
	o := newOffice(t)
	save := func(actor registry.Actor, data []byte, version int64) error {
		return o.App.Periods.SaveTemplate(t.Context(), actor, o.query(), periods.TemplateInput{FileName: "a.docx", Data: data, Version: version})
	}
	good := o.sample()
	testkit.Works(t, save(o.above, good, 0))
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
		if err := save(o.above, c.data, c.version); registry.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	for who, actor := range map[string]registry.Actor{"a commune": o.filer, "nobody": {}} {
		testkit.Refused(t, who, save(actor, good, 1), registry.NotFound, "error.not_found")
		_, err := o.App.Periods.TemplateFile(t.Context(), actor, o.query())
		testkit.Refused(t, who+" reads it", err, registry.NotFound, "error.not_found")
		testkit.Refused(t, who+" drops it", o.App.Periods.DropTemplate(t.Context(), actor, o.query(), 1), registry.NotFound, "error.not_found")
	}
	f, err := o.App.Periods.TemplateFile(t.Context(), o.above, o.query())
	testkit.Works(t, err)
	if string(f.Data) != string(good) {
		t.Error("the template that stands is another one")
	}
	if err := o.App.Periods.DropTemplate(t.Context(), o.above, o.query(), 9); registry.KindOf(err) != registry.Conflict {
		t.Errorf("dropping another one: %v", err)
	}
	testkit.Works(t, o.App.Periods.DropTemplate(t.Context(), o.above, o.query(), 1))
	_, err = o.App.Periods.PaperFile(t.Context(), o.above, o.query(), periods.FormTemplate)
	testkit.Refused(t, "none is there", err, registry.NotFound, "error.not_found")
	if n := len(o.Audited("period.template")); n != 2 {
		t.Errorf("%d lines of the log, want 2", n)
	}
}

// TestATemplateWhoseBytesChangedIsNotFilled: the sum is covered by the mark of the row, the bytes by
// the sum.
func TestATemplateWhoseBytesChangedIsNotFilled(t *testing.T) {
	o := newOffice(t)
	testkit.Works(t, o.App.Periods.SaveTemplate(t.Context(), o.above, o.query(), periods.TemplateInput{FileName: "a.docx", Data: o.sample()}))
	other := o.query()
	other.Period = period.Period{Year: other.Period.Year, Part: period.WholeYear}
	if _, err := o.App.Periods.PaperFile(t.Context(), o.above, other, periods.FormTemplate); err != nil {
		t.Errorf("of another period: %v", err)
	}
	o.Tamper().Do(1, `UPDATE paper_templates SET sha256 = 'x'`)
	if _, err := o.App.Periods.PaperFile(t.Context(), o.above, o.query(), periods.FormTemplate); err == nil || registry.KindOf(err) == registry.NotFound {
		t.Errorf("filled from other bytes: %v", err)
	}
}

func (o *office) sample() []byte {
	o.t.Helper()
	f, err := o.App.Periods.SampleTemplate(o.t.Context(), o.above, o.query())
	testkit.Works(o.t, err)
	return f.Data
}
