package periods_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/periods"
	"hoicho/internal/committee"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func (o *office) query() periods.Query {
	return periods.Query{Form: o.key.Form, Period: o.key.Period}
}

func (o *office) paper() periods.Paper {
	o.t.Helper()
	p, err := o.App.Periods.Paper(o.t.Context(), o.above, o.query())
	testkit.Works(o.t, err)
	return p
}

func (o *office) paperAs(form string) []byte {
	o.t.Helper()
	f, err := o.App.Periods.PaperFile(o.t.Context(), o.above, o.query(), form)
	testkit.Works(o.t, err)
	return f.Data
}

// flat is a text with single spaces, so that lines broken otherwise compare.
func flat(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }

func pdfText(t *testing.T, data []byte) string {
	t.Helper()
	cmd := exec.Command(testkit.Need(t, "pdftotext"), "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	testkit.Works(t, err)
	return flat(pageNumber.ReplaceAllString(string(out), " "))
}

// pageNumber stands above the text of every page but the first.
var pageNumber = regexp.MustCompile(`\f\s*\d+\s*\n`)

// docxText is all that a DOCX says; a part that stands in it twice fails the test.
func docxText(t *testing.T, data []byte) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	testkit.Works(t, err)
	seen, said := map[string]bool{}, ""
	for _, f := range zr.File {
		if seen[f.Name] {
			t.Errorf("%s stands in it twice", f.Name)
		}
		seen[f.Name] = true
		if f.Name != "word/document.xml" {
			continue
		}
		r, err := f.Open()
		testkit.Works(t, err)
		d := xml.NewDecoder(r)
		for token, err := d.Token(); err != io.EOF; token, err = d.Token() {
			testkit.Works(t, err)
			if text, ok := token.(xml.CharData); ok {
				said += string(text) + " "
			}
		}
	}
	return flat(said)
}

func xlsxText(t *testing.T, data []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	testkit.Works(t, err)
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	testkit.Works(t, err)
	said := ""
	for _, row := range rows {
		said += strings.Join(row, " ") + " "
	}
	return flat(strings.ReplaceAll(said, ",", "."))
}

// TestAPaperSaysTheFiguresOfItsMatrix: every figure of the paper is that of the matrix, and the
// three files say each of its sentences and each row of its table.
func TestAPaperSaysTheFiguresOfItsMatrix(t *testing.T) {
	o := newOffice(t)
	o.filled()
	testkit.Works(t, o.submit(o.filer, 0))
	matrix, err := o.App.Periods.Overview(t.Context(), o.above, o.query())
	testkit.Works(t, err)
	p := o.paper()
	for _, f := range p.Figures {
		sum, known := matrix.Sum[f.Code]
		if f.Form == period.CommuneForm && (f.Now.N != sum.N || f.Known != known) {
			t.Errorf("%s is %v in the paper and %v in the matrix", f.Code, f.Now, sum)
		}
	}
	if n := matrix.Sum["communications"].N; n != 4 || p.CampaignPaper.Communes.Filed != 1 || len(p.CampaignPaper.Communes.Missing) != 91 {
		t.Errorf("%d communications, %d filed, %d are missing", n, p.CampaignPaper.Communes.Filed, len(p.CampaignPaper.Communes.Missing))
	}
	d := p.Document()
	for name, text := range map[string]string{"pdf": pdfText(t, o.paperAs("pdf")), "docx": docxText(t, o.paperAs("docx")), "xlsx": xlsxText(t, o.paperAs("xlsx"))} {
		saysAll(t, name, text, d)
		for _, want := range []string{"DỰ THẢO", "Kính gửi: Ban Chỉ đạo Trung ương", "1/92 xã, phường", "Tổ chức 4 cuộc tuyên truyền.", "/BC-BCĐ"} {
			says(t, name, text, want)
		}
		for _, name := range p.CampaignPaper.Communes.Missing {
			if !strings.Contains(text, name) {
				t.Errorf("%s is missing, and nobody says so", name)
			}
		}
	}
	if _, err := o.App.Periods.PaperFile(t.Context(), o.above, o.query(), "odt"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("another form: %v", err)
	}
}

// saysAll checks that a file of a document says each of its sentences and headings, and each row of
// its tables (a PDF breaks the lines of rows anywhere).
func saysAll(t *testing.T, name, text string, d periods.Document) {
	t.Helper()
	for _, section := range d.Sections {
		for _, paragraph := range append(slices.Clone(section.Paragraphs), section.Heading) {
			says(t, name, text, flat(paragraph))
		}
		for _, table := range section.Tables {
			for _, row := range table.Rows {
				if name != "pdf" {
					says(t, name, text, flat(row.Cells[0].String()+" "+row.Cells[1].String()))
				}
			}
		}
	}
}

// says checks that a file says something; numbers in a spreadsheet have other commas.
func says(t *testing.T, name, text, want string) {
	t.Helper()
	if name == "xlsx" {
		want = strings.ReplaceAll(want, ",", ".")
	}
	if !strings.Contains(text, want) {
		t.Errorf("%s lacks %q", name, want)
	}
}

// said is a paper as text.
func said(p periods.Paper) string {
	text := ""
	for _, s := range p.Document().Sections {
		text += s.Heading + "\n" + strings.Join(s.Paragraphs, "\n") + "\n"
		for _, table := range s.Tables {
			for _, r := range table.Rows {
				text += fmt.Sprintln(r.Cells)
			}
		}
	}
	return text
}

// branches lets a branch of the province report, and the committee have a plan.
func (o *office) branches() registry.BodyID {
	o.t.Helper()
	b, err := o.App.Campaign.CreateBody(o.t.Context(), registry.SystemActor("test"), campaign.BodyInput{Kind: string(committee.MemberBranch), Name: "Sở Công Thương", Area: "2025:19"})
	testkit.Works(o.t, err)
	return b.ID
}

// locked hands in what there is, accepts it and locks both forms.
func (o *office) locked() {
	o.t.Helper()
	testkit.Works(o.t, o.submit(o.filer, 0))
	testkit.Works(o.t, o.accept())
	o.to(1, "01-12")
	testkit.Works(o.t, o.lock())
}

// TestALockedPaperStaysAsItIs: what goes into the registers after the lock, of the communes, of
// the province, of the year before, moves no word of the paper; new bodies and a new plan neither.
func TestALockedPaperStaysAsItIs(t *testing.T) {
	o := newOffice(t)
	o.branches()
	o.filled()
	o.locked()
	if p := o.paper(); !p.Draft {
		t.Error("the paper is final, and branches may still report")
	}
	testkit.Works(t, o.App.Periods.Lock(t.Context(), o.above, periods.Query{Form: period.BranchForm, Period: o.key.Period}, periods.LockInput{Reason: "Đến hạn.", Sure: true}))
	was := o.paper()
	if was.Draft || strings.Contains(docxText(t, o.paperAs("docx")), "DỰ THẢO") {
		t.Error("the paper of a locked period is a draft")
	}
	text := said(was)
	if !strings.Contains(text, "Tổ chức 4 cuộc tuyên truyền.") {
		t.Fatal(text)
	}
	o.to(0, "12-08")
	o.held("7", "210")
	o.heldAt("2025:19", "9", "300")
	o.to(-1, "12-08")
	o.held("5", "150")
	o.to(1, "01-20")
	o.branches()
	o.heldAt("2025:05809", "9", "300") // of a commune that has not reported
	is := o.paper()
	if is := said(is); is != text {
		t.Errorf("it said\n%s\nand says\n%s", text, is)
	}
	if !reflect.DeepEqual(is.Annexes, was.Annexes) {
		t.Error("its sheets have changed")
	}
	testkit.Works(t, o.App.Periods.Add(t.Context(), o.filer, o.key, periods.AddendumInput{Reason: "Ghi muộn."}))
	if is := said(o.paper()); is != text {
		t.Error("an addendum changed the paper")
	}
}

// TestAPaperTellsNothingThatNobodyKnows: before anybody has reported nothing is 0, and sums behind
// which too few vendors stand are not told.
func TestAPaperTellsNothingThatNobodyKnows(t *testing.T) {
	o := newOffice(t)
	o.held("2", "90")
	text := said(o.paper())
	if strings.Contains(text, " 0 ") || !strings.Contains(text, "Chưa có số liệu: cuộc tuyên truyền; ") {
		t.Errorf("nobody has reported:\n%s", text)
	}
	if !strings.Contains(text, "Còn 92 trên 92 xã, phường chưa gửi báo cáo") || !strings.Contains(text, "xã Ba Bể") {
		t.Errorf("who is missing:\n%s", text)
	}
}

func TestAPaperIsForWhoeverReadsTheWholeProvince(t *testing.T) {
	o := newOffice(t)
	figure := func(by registry.Actor) error {
		_, err := o.App.Periods.PaperFigure(t.Context(), by, o.query(), "sessions")
		return err
	}
	for _, by := range []registry.Actor{o.filer, o.other, o.branch} {
		_, err := o.App.Periods.Paper(t.Context(), by, o.query())
		_, file := o.App.Periods.PaperFile(t.Context(), by, o.query(), "pdf")
		for what, err := range map[string]error{"page": err, "file": file, "figure": figure(by)} {
			if registry.KindOf(err) != registry.NotFound {
				t.Errorf("%s reads the %s: %v", by.Name, what, err)
			}
		}
	}
	q := o.query()
	q.Province = registry.AreaRef{Edition: registry.Edition2025, Code: "19"}
	if _, err := o.App.Periods.Paper(t.Context(), o.stranger, q); registry.KindOf(err) != registry.NotFound {
		t.Errorf("another province reads it: %v", err)
	}
	for _, by := range []registry.Actor{o.viewer, o.above} {
		testkit.Works(t, figure(by))
	}
	if _, err := o.App.Periods.PaperFigure(t.Context(), o.above, o.query(), "gold"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a figure that is none: %v", err)
	}
}

// TestAFigureOfAPaperIsTheSumOfItsUnits opens a figure down to the rows of the province itself.
func TestAFigureOfAPaperIsTheSumOfItsUnits(t *testing.T) {
	o := newOffice(t)
	o.held("2", "90")
	o.heldAt("2025:19", "3", "60")
	testkit.Works(t, o.submit(o.filer, 0))
	f, err := o.App.Periods.PaperFigure(t.Context(), o.above, o.query(), "communications")
	testkit.Works(t, err)
	sum := f.Own.Values["communications"].N
	for _, row := range f.Rows {
		if row.Filed {
			sum += row.Values["communications"].N
		}
	}
	if sum != 5 || f.Sum["communications"].N != sum || len(f.Lines) != 1 || f.Lines[0].Adds["communications"] != 3 {
		t.Errorf("units add up to %d, the figure is %d, the province has %v", sum, f.Sum["communications"].N, f.Lines)
	}
}
