package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/vn"
)

// written makes a form of the document and keeps a copy where HOICHO_SHOTS says.
func written(t *testing.T, name string, write func() ([]byte, error)) []byte {
	t.Helper()
	raw, err := write()
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("HOICHO_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return raw
}

// shown is a table as rows of text, as every form has to say them.
func shown(tables ...Table) (rows [][]string) {
	for _, table := range tables {
		if table.HasHead() {
			var head []string
			for _, c := range table.Columns {
				head = append(head, c.Label)
			}
			rows = append(rows, head)
		}
		for _, r := range table.Rows {
			var row []string
			for _, c := range r.Cells {
				row = append(row, c.String())
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// TestWorkbookEqualsThePage reads the workbook back: every row of every table
// stands in it in order, numbers are numbers, dates are dates, codes are text and
// nothing is a formula.
func TestWorkbookEqualsThePage(t *testing.T) {
	d := result().Document(everything)
	f, err := excelize.OpenReader(bytes.NewReader(written(t, "report.xlsx", d.XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if want := 2 + len(d.Annexes); len(sheets) != want {
		t.Fatalf("sheets %q, want %d", sheets, want)
	}
	b := book{t, f}
	b.holds(sheets[0], tables(d))
	cells, err := f.GetPictureCells(sheets[1])
	if err != nil || len(cells) != len(chartsOf(d)) {
		t.Errorf("pictures in %q (%v), want one of each chart", cells, err)
	}
	for i, table := range d.Annexes {
		b.holds(sheets[i+2], []Table{table})
	}
	if sheets[1] != "Biểu đồ" || sheets[2] != "Gian hàng" || !slices.Contains(sheets, "Doanh thu") {
		t.Errorf("sheets are %q", sheets)
	}
}

type book struct {
	t *testing.T
	*excelize.File
}

// holds finds the rows of tables on a sheet, one after the other.
func (b book) holds(sheet string, tables []Table) {
	b.t.Helper()
	rows, err := b.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		b.t.Fatal(err)
	}
	line := 0
	for _, table := range tables {
		for _, r := range table.Rows {
			for line < len(rows) && (len(rows[line]) == 0 || rows[line][0] != raw(r.Cells[0])) {
				line++
			}
			if line == len(rows) {
				b.t.Fatalf("sheet %s lacks the row %q", sheet, r.Cells[0].String())
			}
			for i, c := range r.Cells {
				b.cell(sheet, i+1, line+1, c)
			}
			line++
		}
	}
}

// raw is a cell as the workbook stores it.
func raw(c Cell) string {
	switch c.Kind {
	case NumberCell:
		return strings.ReplaceAll(c.String(), ".", "")
	case DateCell:
		at, _ := time.Parse(time.DateOnly, c.Text)
		return strconv.Itoa(int(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
	}
	return c.Text
}

func (b book) cell(sheet string, column, row int, want Cell) {
	b.t.Helper()
	at, _ := excelize.CoordinatesToCellName(column, row)
	got, _ := b.GetCellValue(sheet, at, excelize.Options{RawCellValue: want.Kind == NumberCell})
	expect := want.String()
	if want.Kind == NumberCell {
		expect = raw(want)
	}
	if got != expect {
		b.t.Errorf("%s!%s says %q, want %q", sheet, at, got, expect)
	}
	kind, _ := b.GetCellType(sheet, at)
	isText := kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString
	if wantText := want.Kind == TextCell || want.Kind == CodeCell; got != "" && isText != wantText {
		b.t.Errorf("%s!%s (%q) has type %v", sheet, at, got, kind)
	}
	if formula, _ := b.GetCellFormula(sheet, at); formula != "" {
		b.t.Errorf("%s!%s is a formula: %s", sheet, at, formula)
	}
}

// TestWorkbookIsForPeople walks every cell of every sheet: words instead of codes, no
// whole code of a pass or a tip, no star where there is none; and every sheet prints
// on A4 with its head and the number of the page.
func TestWorkbookIsForPeople(t *testing.T) {
	for _, lang := range i18n.Languages {
		r := result()
		d := r.Document(Reader{Lang: lang, Sales: true})
		f, err := excelize.OpenReader(bytes.NewReader(written(t, "people-"+lang+".xlsx", d.XLSX)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		all, inCode := "", regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$|^[a-z]+\.[a-z_.]+$`)
		for i, sheet := range f.GetSheetList() {
			rows, _ := f.GetRows(sheet)
			for n, row := range rows {
				for _, cell := range row {
					all += cell + "\n"
					if inCode.MatchString(cell) || slices.Contains([]string{"food", "cooperative", "revoked", "declared"}, cell) {
						t.Errorf("%s, row %d: %q is a code", sheet, n+1, cell)
					}
				}
			}
			layout, _ := f.GetPageLayout(sheet)
			props, _ := f.GetSheetProps(sheet)
			above, _ := f.GetHeaderFooter(sheet)
			if *layout.Size != 9 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 || !*props.FitToPage || !strings.Contains(above.OddHeader, "&C&P/&N") {
				t.Errorf("%s prints with %+v, %+v", sheet, layout, above)
			}
			repeated := slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool {
				return n.Name == "_xlnm.Print_Titles" && n.Scope == sheet && strings.HasSuffix(n.RefersTo, "!$1:$1")
			})
			if annex := i > 1; repeated != annex {
				t.Errorf("%s repeats its head: %v", sheet, repeated)
			}
		}
		for _, secret := range []string{r.Facts.Passes[0].Code, r.Facts.Passes[1].Code} {
			if strings.Contains(all, secret) || !strings.Contains(all, "…"+secret[8:]) {
				t.Errorf("%s: the code %s is not masked", lang, secret)
			}
		}
		h := d.Letterhead()
		for _, want := range append([]string{strings.ToUpper(h.Issuer), h.Nation, h.Motto, h.Number, h.PlaceDate, d.Title, d.Subject, h.SignerName,
			i18n.T(lang, "product.origin_phrase.made_in", "Côn Minh, Thái Nguyên")}, h.Recipients...) {
			if !strings.Contains(all, want) {
				t.Errorf("%s: the workbook lacks %q", lang, want)
			}
		}
		goods := i18n.T(lang, "report.group.products")
		stars, _ := f.GetCellValue(goods, "F2")
		none, _ := f.GetCellValue(goods, "F3")
		if stars != "5" || none != "" {
			t.Errorf("%s: stars %q and %q, want 5 and nothing", lang, stars, none)
		}
	}
}

// docxDocument is what a reader of the text sees.
type docxDocument struct {
	Body struct {
		Paras  []docxPara `xml:"p"`
		Tables []struct {
			Rows []struct {
				Cells []docxCell `xml:"tc"`
			} `xml:"tr"`
		} `xml:"tbl"`
		Section struct {
			Margin struct {
				Top    string `xml:"top,attr"`
				Right  string `xml:"right,attr"`
				Bottom string `xml:"bottom,attr"`
				Left   string `xml:"left,attr"`
			} `xml:"pgMar"`
		} `xml:"sectPr"`
	} `xml:"body"`
}

type docxCell struct {
	Paras []docxPara `xml:"p"`
}

type docxPara struct {
	Runs []string `xml:"r>t"`
}

// cellTexts lists the paragraphs of cells.
func cellTexts(cells []docxCell) (texts []string) {
	for _, c := range cells {
		for _, p := range c.Paras {
			texts = append(texts, strings.Join(p.Runs, ""))
		}
	}
	return texts
}

func readDOCX(t *testing.T, raw []byte) (d docxDocument) {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range zr.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(part.Name, ".png") {
			if _, err := png.Decode(bytes.NewReader(text)); err != nil {
				t.Errorf("%s is no picture: %v", part.Name, err)
			}
			continue
		}
		if err := xml.Unmarshal(text, new(struct{})); err != nil {
			t.Errorf("%s is no XML: %v", part.Name, err)
		}
		if part.Name == "word/document.xml" {
			if err := xml.Unmarshal(text, &d); err != nil {
				t.Fatal(err)
			}
		}
	}
	return d
}

// chartsOf are the charts of a document.
func chartsOf(d Document) (list []Chart) {
	for _, s := range d.Sections {
		list = append(list, s.Charts...)
	}
	return list
}

// TestChartsSayWhatTheTableSays looks for the visits of each day in the chart of a report, as its
// table has them.
func TestChartsSayWhatTheTableSays(t *testing.T) {
	r := result()
	d := r.Document(everything)
	if list := chartsOf(d); len(list) != 1 {
		t.Fatalf("%d charts, want that of the visits", len(list))
	}
	var said []string
	for _, text := range chartsOf(d)[0].Texts {
		said = append(said, text.Text)
	}
	s := r.Figures()
	for _, day := range s.days() {
		if want := vn.Count(s.visitsOn(day, "")); !slices.Contains(said, want) {
			t.Errorf("the chart says %q, not %s of %s", said, want, day)
		}
	}
	r.Now.Visits = nil
	r.Then = nil
	if list := chartsOf(r.Document(everything)); len(list) != 0 {
		t.Errorf("a report without visits draws %d charts", len(list))
	}
}

// TestTheSameReportIsTheSameFile writes each form several times: an archive is compared by its
// checksums.
func TestTheSameReportIsTheSameFile(t *testing.T) {
	for name, form := range map[string]func(Document) ([]byte, error){"xlsx": Document.XLSX, "docx": Document.DOCX, "pdf": Document.PDF} {
		r := result()
		first := written(t, "same."+name, func() ([]byte, error) { return form(r.Document(everything)) })
		for range 3 {
			if again := written(t, "same."+name, func() ([]byte, error) { return form(r.Document(everything)) }); !bytes.Equal(first, again) {
				t.Errorf("%s differs when it is written again", name)
			}
		}
	}
}

// TestTextEqualsThePage reads the DOCX back: the tables between head and foot are
// those of the document, word for word.
func TestTextEqualsThePage(t *testing.T) {
	for _, lang := range i18n.Languages {
		d := result().Document(Reader{Lang: lang, Sales: true})
		got := readDOCX(t, written(t, "report-"+lang+".docx", d.DOCX)).Body
		var rows [][]string
		for _, table := range got.Tables[1 : len(got.Tables)-1] {
			for _, r := range table.Rows {
				rows = append(rows, cellTexts(r.Cells))
			}
		}
		if want := shown(tables(d)...); !slices.EqualFunc(rows, want, slices.Equal) {
			t.Errorf("%s: the text has\n%q\nwant\n%q", lang, rows, want)
		}
	}
}

// TestTextFollowsTheDecree checks the parts and measures of NĐ 30/2020.
func TestTextFollowsTheDecree(t *testing.T) {
	d := result().Document(everything)
	got := readDOCX(t, written(t, "report.docx", d.DOCX)).Body
	m := got.Section.Margin
	if m.Top != "1134" || m.Bottom != "1134" || m.Left != "1701" || m.Right != "850" {
		t.Errorf("margins %+v, want 20, 15, 20 and 30 mm in twentieths of a point", m)
	}
	head, foot := cellTexts(got.Tables[0].Rows[0].Cells), cellTexts(got.Tables[len(got.Tables)-1].Rows[0].Cells)
	for _, want := range []string{"SỞ CÔNG THƯƠNG TỈNH THÁI NGUYÊN", "TRUNG TÂM KHUYẾN CÔNG VÀ XÚC TIẾN THƯƠNG MẠI", "Số: 15/BC-XTTM",
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Thái Nguyên, ngày 02 tháng 12 năm 2026"} {
		if !slices.Contains(head, want) {
			t.Errorf("the head says %q, want %q in it", head, want)
		}
	}
	for _, want := range []string{"Nơi nhận:", "- Lưu: VT, XTTM.", "GIÁM ĐỐC", "Hoàng Thị Minh"} {
		if !slices.Contains(foot, want) {
			t.Errorf("the foot says %q, want %q in it", foot, want)
		}
	}
}

// TestFormsTakeAnyText writes what people type into every form: nothing breaks.
func TestFormsTakeAnyText(t *testing.T) {
	r := result()
	nasty := "<w:p>]]>&\"' 🌾\U0001F1FB\U0001F1F3 \x00\x0b\uFFFF\u202e" + strings.Repeat("dài", 4000)
	r.Paper.Assessment, r.Paper.Recipients, r.Now.Event.Title = nasty, nasty, nasty
	r.Facts.Vendors[0].Name, r.Facts.Booths[0].VendorName = nasty, nasty
	d := r.Document(everything)
	readDOCX(t, written(t, "nasty.docx", d.DOCX))
	written(t, "nasty.pdf", d.PDF)
	if _, err := excelize.OpenReader(bytes.NewReader(written(t, "nasty.xlsx", d.XLSX))); err != nil {
		t.Error(err)
	}
}
