package seriespaper_test

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"strings"
	"testing"

	"hoicho/internal/app/templates"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestASeriesInATemplate: the sample filled says what the paper says, and no more; only whoever
// manages the events of all its sessions has the template.
func TestASeriesInATemplate(t *testing.T) {
	y := newYear(t)
	p, err := y.App.SeriesPaper.TemplatePaper(t.Context(), y.organiser, y.id, "vi")
	testkit.Works(t, err)
	sample, err := y.App.Templates.Sample(p)
	testkit.Works(t, err)
	testkit.Works(t, y.App.Templates.Save(t.Context(), y.organiser, p, templates.Input{FileName: "a.docx", Data: sample.Data}))
	reader, err := y.App.SeriesPaper.TemplatePaper(t.Context(), y.reporter, y.id, "vi")
	testkit.Works(t, err)
	f, err := y.App.Templates.Filled(t.Context(), reader)
	testkit.Works(t, err)
	text := wordText(t, f.Data)
	paper := y.paper()
	if !paper.Filled {
		t.Error("the page does not offer it")
	}
	for i, s := range paper.Document("vi").Sections {
		for _, said := range append([]string{s.Heading}, s.Paragraphs...) {
			if !strings.Contains(text, said) {
				t.Errorf("the template does not say %q", said)
			}
		}
		for n, table := range s.Tables {
			for _, row := range table.Rows {
				for _, c := range row.Cells {
					if i < 3 && n < 2 && !strings.Contains(text, c.String()) {
						t.Errorf("the template does not say %q", c.String())
					}
				}
			}
		}
	}
	for _, hidden := range []string{"{{", vn.Count(7_777_777), vn.Count(2 * 7_777_777)} {
		if strings.Contains(text, hidden) {
			t.Errorf("the template says %s", hidden)
		}
	}
	for _, l := range reader.Fields.Lists {
		for _, row := range l.Rows {
			for name, v := range row.Texts {
				if v == vn.Count(7_777_777) || v == vn.Count(2*7_777_777) {
					t.Errorf("%s.%s tells the sales of a single vendor", l.Name, name)
				}
			}
		}
	}
	_, err = y.App.Templates.Sample(reader)
	testkit.Refused(t, "a reader", err, registry.NotFound, "error.not_found")
}

// wordText is all that a DOCX says.
func wordText(t *testing.T, data []byte) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	testkit.Works(t, err)
	r, err := zr.Open("word/document.xml")
	testkit.Works(t, err)
	raw, err := io.ReadAll(r)
	testkit.Works(t, err)
	var b strings.Builder
	for _, part := range strings.Split(string(raw), "<") {
		if _, text, ok := strings.Cut(part, ">"); ok {
			b.WriteString(html.UnescapeString(text))
		}
	}
	return b.String()
}
