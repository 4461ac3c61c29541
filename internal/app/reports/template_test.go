package reports_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"hoicho/internal/app/reports"
	"hoicho/internal/app/templates"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// docxText is all that a DOCX says.
func docxText(t *testing.T, data []byte) (said string) {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	testkit.Works(t, err)
	r, err := zr.Open("word/document.xml")
	testkit.Works(t, err)
	d := xml.NewDecoder(r)
	for token, err := d.Token(); err != io.EOF; token, err = d.Token() {
		testkit.Works(t, err)
		if text, ok := token.(xml.CharData); ok {
			said += string(text) + "\n"
		}
	}
	return said
}

func (h *harvest) templated(actor registry.Actor, lang string) templates.Paper {
	h.T.Helper()
	p, err := h.App.Reports.TemplatePaper(h.T.Context(), actor, h.Fair.ID, lang)
	testkit.Works(h.T, err)
	return p
}

func (h *harvest) filled(t *testing.T, actor registry.Actor) string {
	t.Helper()
	f, err := h.App.Templates.Filled(t.Context(), h.templated(actor, "vi"))
	testkit.Works(t, err)
	return docxText(t, f.Data)
}

// TestAReportInATemplate: the sample filled says the text, every fact of the event and every figure
// of the report, in either language.
func TestAReportInATemplate(t *testing.T) {
	h := newHarvest(t)
	testkit.Works(t, h.file(h.seller.Owner, h.told("3200000", "2000000", "1050000")))
	paper := registry.ResultPaper{Style: registry.PartyStyle, Issuer: h.Fair.Organiser}
	testkit.Works(t, h.App.Reports.SaveReportPaper(t.Context(), h.Reviewer, h.Fair.ID, reports.ReportPaperInput{ResultPaper: paper}))
	testkit.Works(t, h.close())
	for version, lang := range []string{"vi", "en"} {
		p := h.templated(h.Reviewer, lang)
		sample, err := h.App.Templates.Sample(p)
		testkit.Works(t, err)
		testkit.Works(t, h.App.Templates.Save(t.Context(), h.Reviewer, p, templates.Input{FileName: "a.docx", Data: sample.Data, Version: int64(version)}))
		f, err := h.App.Templates.Filled(t.Context(), p)
		testkit.Works(t, err)
		text := docxText(t, f.Data)
		r := h.report(h.Reviewer)
		d := r.Document(lang)
		want := []string{d.Subject, d.Letterhead().Nation}
		for i, s := range d.Sections {
			want = append(append(want, s.Heading), s.Paragraphs...)
			for _, table := range s.Tables {
				for _, row := range table.Rows {
					if i < 2 { // facts and figures; the sample has the days with their sums alone
						for _, c := range row.Cells {
							want = append(want, c.String())
						}
					}
				}
			}
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: the template does not say %q", lang, w)
			}
		}
		if strings.Contains(text, "{{") {
			t.Errorf("marks are left:\n%s", text)
		}
	}
}

// TestATemplateTellsNoMoreThanThePage: the sales of a single vendor stand in no field for whoever
// does not see them on the page; names are the same for everybody, so that one template serves all.
func TestATemplateTellsNoMoreThanThePage(t *testing.T) {
	h := newHarvest(t)
	reporter, _ := h.Officer(registry.Reporter, "19")
	testkit.Works(t, h.file(h.seller.Owner, h.told("3200000", "2000000", "1050000")))
	testkit.Works(t, h.close())
	sees, blind := h.templated(reporter, "vi"), h.templated(h.Reviewer, "vi")
	if !h.report(reporter).Sees || h.report(h.Reviewer).Sees {
		t.Fatal("the test looks at nothing")
	}
	secret := []string{vn.Count(6_250_000), vn.Count(3_200_000), vn.Count(2_000_000), vn.Count(1_050_000)}
	all := func(p templates.Paper) (names, values string) {
		for _, f := range p.Fields.Fields {
			names, values = names+f.Name+"\n", values+f.Value+"\n"
		}
		for _, l := range p.Fields.Lists {
			names += l.Name + "\n"
			for _, f := range l.Fields {
				names, values = names+" "+f.Name+"\n", values+f.Value+"\n"
			}
			for _, row := range l.Rows {
				for _, v := range row.Texts {
					values += v + "\n"
				}
			}
		}
		return names, values
	}
	names, said := all(sees)
	blindNames, told := all(blind)
	if names != blindNames {
		t.Errorf("names depend on the reader:\n%s\n%s", names, blindNames)
	}
	if !strings.Contains(said, secret[0]) {
		t.Error("whoever sees sales is not told them")
	}
	for _, s := range secret {
		if strings.Contains(told, s) {
			t.Errorf("a field tells %s", s)
		}
	}
	sample, err := h.App.Templates.Sample(blind)
	testkit.Works(t, err)
	testkit.Works(t, h.App.Templates.Save(t.Context(), h.Reviewer, blind, templates.Input{FileName: "a.docx", Data: sample.Data}))
	if text := h.filled(t, h.Reviewer); strings.Contains(text, secret[0]) {
		t.Error("the filled file tells the sales of a single vendor")
	}
	if text := h.filled(t, reporter); !strings.Contains(text, secret[0]) {
		t.Error("the filled file does not tell sales to whoever sees them")
	}
	_, err = h.App.Templates.Sample(sees)
	testkit.Refused(t, "a reporter manages no template", err, registry.NotFound, "error.not_found")
	open := h.Event()
	_, err = h.App.Reports.TemplatePaper(t.Context(), h.Reviewer, open.ID, "vi")
	testkit.Refused(t, "before it begins", err, registry.Conflict, "error.report.early")
	running := h.Event(testkit.InState(registry.Running))
	early, err := h.App.Reports.TemplatePaper(t.Context(), h.Reviewer, running.ID, "vi")
	testkit.Works(t, err)
	_, err = h.App.Templates.Filled(t.Context(), early)
	testkit.Refused(t, "while it runs", err, registry.Conflict, "error.report.early")
	stranger, _ := h.Officer(registry.Organiser, "01")
	if _, err := h.App.Reports.TemplatePaper(t.Context(), stranger, h.Fair.ID, "vi"); err == nil {
		t.Error("an officer of another province has it")
	}
}

// TestTheNearestTemplateIsUsed: that of the place of an event before that of its province; one of
// another place serves it not.
func TestTheNearestTemplateIsUsed(t *testing.T) {
	h := newHarvest(t)
	local, _ := h.Officer(registry.Organiser, h.Fair.Area.Code)
	p, mine := h.templated(h.Reviewer, "vi"), h.templated(local, "vi")
	if len(p.Owners) != 2 || !p.Owners[1].Writes || !mine.Owners[0].Writes || mine.Owners[1].Writes {
		t.Fatalf("owners %+v; of the commune's officer %+v", p.Owners, mine.Owners)
	}
	sample, err := h.App.Templates.Sample(p)
	testkit.Works(t, err)
	save := func(actor registry.Actor, p templates.Paper, owner string) error {
		return h.App.Templates.Save(t.Context(), actor, p, templates.Input{Owner: owner, FileName: "a.docx", Data: sample.Data})
	}
	used := func() string {
		s, err := h.App.Templates.Sheet(t.Context(), h.templated(h.Reviewer, "vi"), p.Owners[1].Key)
		testkit.Works(t, err)
		return s.Used.Key
	}
	testkit.Refused(t, "that of the province by a commune", save(local, mine, p.Owners[1].Key), registry.NotFound, "error.not_found")
	testkit.Works(t, save(h.Reviewer, p, p.Owners[1].Key))
	if got := used(); got != "19" {
		t.Errorf("that of %q is used", got)
	}
	testkit.Works(t, save(local, mine, ""))
	if got := used(); got != h.Fair.Area.String() || !h.report(local).Filled {
		t.Errorf("that of %q is used", got)
	}
}
