package periods_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"hoicho/internal/period"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
)

// drawings are the charts of a paper by their captions.
func drawings(d report.Document) map[string]report.Chart {
	list := map[string]report.Chart{}
	for _, s := range d.Sections {
		for _, c := range s.Charts {
			list[c.Caption] = c
		}
	}
	return list
}

const (
	mapCaption  = "Số phiên chợ theo xã, phường"
	goalCaption = "Kết quả so với kế hoạch"
)

// TestTheMapOfAPaperSaysWhatCommunesReported: each commune of the province is on the map once, with
// what it has reported, or as one that has not.
func TestTheMapOfAPaperSaysWhatCommunesReported(t *testing.T) {
	o := newOffice(t)
	o.filled()
	testkit.Works(t, o.submit(o.filer, 0))
	p := o.paper()
	d := p.Document()
	drawn := drawings(d)[mapCaption]
	tips := map[string]int{}
	for _, a := range drawn.Areas {
		tips[a.Tip]++
	}
	told, inWords := 0, ""
	for _, row := range p.Communes.Rows {
		want := row.Name + ": chưa gửi báo cáo"
		if row.Filed {
			want = fmt.Sprintf("%s: %d phiên", row.Name, row.Values["sessions"].N)
			inWords = fmt.Sprintf("%d phiên: 1 xã, phường gồm %s (%[1]d).", row.Values["sessions"].N, row.Name)
			told++
		}
		if tips[want] != 1 {
			t.Errorf("%q is on the map %d times", want, tips[want])
		}
	}
	if told != 1 || len(p.Communes.Rows) != 92 {
		t.Errorf("%d of %d communes have reported", told, len(p.Communes.Rows))
	}
	words := said(p)
	if !strings.Contains(words, inWords) {
		t.Errorf("the paper does not say in words what its map shows:\n%s", words)
	}
	if strings.Contains(words, "Chưa có phiên nào") {
		t.Error("a commune that has not reported is said to have no session")
	}
}

// TestTheGoalsOfAPaperAreThoseOfItsTable compares each bar with its row of the table.
func TestTheGoalsOfAPaperAreThoseOfItsTable(t *testing.T) {
	o := newOffice(t)
	o.filled()
	testkit.Works(t, o.submit(o.filer, 0))
	p := o.paper()
	p.Plan.Goals = map[period.Code]int64{"sessions": 24, "communications": 2}
	for i := range p.Figures {
		p.Figures[i].Goal = p.Plan.Goals[p.Figures[i].Code]
	}
	var texts []string
	drawn := drawings(p.Document())[goalCaption]
	for _, text := range drawn.Texts {
		texts = append(texts, text.Text)
	}
	list, goals := strings.Join(texts, "\n"), 0
	for _, s := range p.Document().Sections {
		for _, table := range s.Tables {
			for _, row := range table.Rows {
				if row.Cells[1].String() == "–" {
					continue
				}
				goals++
				if want := row.Cells[0].String() + "\n" + row.Cells[2].String() + " / " + row.Cells[1].String() + " ("; !strings.Contains(list, want) {
					t.Errorf("the chart lacks %q:\n%s", want, list)
				}
			}
		}
	}
	if goals != 2 {
		t.Errorf("the table has %d goals", goals)
	}
	p.Plan.Goals, p.Figures = nil, nil
	if _, ok := drawings(p.Document())[goalCaption]; ok {
		t.Error("a plan without goals has a chart of them")
	}
}

// TestEveryFileOfAPaperHasItsCharts: the pictures of the text are those of the drawings, byte for
// byte; the print has their words.
func TestEveryFileOfAPaperHasItsCharts(t *testing.T) {
	o := newOffice(t)
	o.filled()
	testkit.Works(t, o.submit(o.filer, 0))
	d := o.paper().Document()
	text := o.paperAs("docx")
	for caption, c := range drawings(d) {
		want, err := c.PNG()
		testkit.Works(t, err)
		if !hasPart(t, text, "word/media/", want) {
			t.Errorf("the text lacks the picture of %q", caption)
		}
		says(t, "pdf", pdfText(t, o.paperAs("pdf")), caption)
	}
	if !hasPart(t, o.paperAs("xlsx"), "xl/media/", nil) {
		t.Error("the workbook has no picture")
	}
	if n := len(drawings(d)); n == 0 {
		t.Fatal("the paper has no charts")
	}
}

// hasPart reports whether a file has a part below a folder that is so; nil is any.
func hasPart(t *testing.T, file []byte, folder string, want []byte) bool {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	testkit.Works(t, err)
	for _, part := range zr.File {
		if !strings.HasPrefix(part.Name, folder) {
			continue
		}
		r, err := part.Open()
		testkit.Works(t, err)
		body, err := io.ReadAll(r)
		testkit.Works(t, err)
		if want == nil || bytes.Equal(body, want) {
			return true
		}
	}
	return false
}
