package periods_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/chart"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
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
// what it has reported, or as one that has not; map and province together are the sum of the table.
func TestTheMapOfAPaperSaysWhatCommunesReported(t *testing.T) {
	o := newOffice(t)
	o.filled()
	if _, drawn := drawings(o.paper().Document())[mapCaption]; drawn {
		t.Error("a map is drawn of which no commune has told anything")
	}
	testkit.Works(t, o.submit(o.filer, 0))
	p := o.paper()
	var idle []int
	for i, c := range p.Shapes {
		if !c.Filed {
			idle = append(idle, i)
		}
	}
	none, lacks := &p.Shapes[idle[0]], &p.Shapes[idle[1]]
	none.Filed, none.Told, lacks.Filed = true, true, true // one that reported none, one whose report lacks the figure
	p.AboveSessions = 5
	fills := map[string][]chart.Ink{}
	for _, a := range drawings(p.Document())[mapCaption].Areas {
		fills[a.Tip] = append(fills[a.Tip], a.Fill)
	}
	inks := map[string]chart.Ink{}
	for _, c := range p.Shapes {
		want := c.Name + ": chưa gửi báo cáo"
		switch {
		case c.Name == lacks.Name:
			want = c.Name + ": chưa có số liệu"
		case c.Told:
			want = fmt.Sprintf("%s: %d phiên", c.Name, c.Sessions)
		}
		if len(fills[want]) != 1 {
			t.Fatalf("%q is on the map %d times", want, len(fills[want]))
		}
		inks[fmt.Sprint(c.Told, c.Sessions > 0)] = fills[want][0]
	}
	if len(p.Shapes) != 92 || len(inks) != 3 || inks["true true"] == inks["true false"] || inks["true false"] == inks["false false"] {
		t.Errorf("%d communes in inks %06x", len(p.Shapes), inks)
	}
	text := said(p)
	for _, want := range []string{"phiên: 1 xã, phường gồm xã Ba Bể (", "Đã gửi báo cáo, chưa có phiên nào: 1 xã, phường gồm " + none.Name + ".",
		"Báo cáo chưa có số liệu này: 1 xã, phường gồm " + lacks.Name + ".", "Ngoài ra có 5 phiên cấp tỉnh tổ chức", "Chưa biết của 89 xã, phường chưa gửi báo cáo"} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper does not say %q beside its map:\n%s", want, text)
		}
	}
}

// TestTheMapAndTheProvinceAddUpToTheTable, and what is typed is marked in words.
func TestTheMapAndTheProvinceAddUpToTheTable(t *testing.T) {
	o := newOffice(t)
	o.filled()
	testkit.Works(t, o.submit(o.filer, 0))
	o.Event(testkit.InState(registry.Ended), testkit.OnDays(vn.AddDays(o.App.Today(), -9), 1), testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "19"}))
	p := o.paper()
	sum := p.AboveSessions
	if sum != 1 {
		t.Errorf("%d sessions of the province itself, want 1", sum)
	}
	for i := range p.Shapes {
		if p.Shapes[i].Told {
			sum += p.Shapes[i].Sessions
			p.Shapes[i].Typed = true
		}
	}
	for _, f := range p.Figures {
		if f.Ref() == "xa/sessions" && f.Now.N != sum {
			t.Errorf("the map tells of %d sessions, the table of %d", sum, f.Now.N)
		}
	}
	if !strings.Contains(said(p), "*).") {
		t.Error("a typed figure stands beside the map without its mark")
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
	for i := range p.Figures {
		if p.Figures[i].Code == "sessions" {
			p.Figures[i].Known, p.Figures[i].Typed = false, true
		}
	}
	unknown := drawings(p.Document())[goalCaption]
	if n := len(drawn.Areas) - len(unknown.Areas); n != 1 {
		t.Errorf("a goal of which nothing is known has a bar (%d fewer)", n)
	}
	if !slices.ContainsFunc(unknown.Texts, func(x chart.Text) bool { return strings.HasSuffix(x.Text, "(*)") }) {
		t.Error("a typed figure has no mark in the chart")
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
