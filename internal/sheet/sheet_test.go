package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"hoicho/internal/registry"
	"hoicho/internal/sheet"
)

func read(t *testing.T, raw []byte) *sheet.Book {
	t.Helper()
	b, err := sheet.Read(raw, "")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// said writes a table as "A1=text", with what the cells are.
func said(b *sheet.Book) string {
	var all []string
	for _, r := range b.Rows {
		for _, c := range r.Cells {
			all = append(all, fmt.Sprintf("%s=%s%s", sheet.CellName(r.N, c.Col), c.Text, [...]string{"", "#", "@", "!"}[c.Kind]))
		}
	}
	return strings.Join(all, " ")
}

func TestTextIsReadByWhatSeparatesIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ raw, want string }{
		"semicolons":       {"a;b\n1,5;2\n", "A1=a B1=b A2=1,5 B2=2"},
		"commas":           {"a,b\n\"1,5\",2\n", "A1=a B1=b A2=1,5 B2=2"},
		"tabs":             {"a\tb\n1\t2", "A1=a B1=b A2=1 B2=2"},
		"a mark":           {"\xEF\xBB\xBFa;b\n0001;2", "A1=a B1=b A2=0001 B2=2"},
		"two bytes":        {"\xFF\xFEa\x00\t\x00\xE0\x1E", "A1=a B1=\u1ee0"},
		"said":             {"sep=,\na,b;c\n", "A2=a B2=b;c"},
		"several lines":    {"a;b\n\"x\ny\";2\n\n3;4\n", "A1=a B1=b A2=x\ny B2=2 A4=3 B4=4"},
		"marks apart":      {"Ho\u0300a;b\n", "A1=H\u00f2a B1=b"},
		"one column":       {"a\nb\n", "A1=a A2=b"},
		"tax codes":        {"0100047516;3.01234E+11\n", "A1=0100047516 B1=3.01234E+11"},
		"lines of Windows": {"a;b\r\n1;2\r\n", "A1=a B1=b A2=1 B2=2"},
	} {
		if got := said(read(t, []byte(c.raw))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func workbook(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestWorkbookSaysWhatItsCellsAre(t *testing.T) {
	t.Parallel()
	raw := workbook(t, func(f *excelize.File) {
		dmy, zeros := "dd/mm/yyyy", "0000000000"
		date, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &dmy})
		code, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &zeros})
		for cell, value := range map[string]any{"A1": "0100047516", "B1": 100047516, "C1": 1.5, "D1": "  Hòa ", "A2": 46388, "B2": 46388, "C2": 100047516, "A3": 1} {
			_ = f.SetCellValue("Sheet1", cell, value)
		}
		_ = f.SetCellStyle("Sheet1", "A2", "A3", date)
		_ = f.SetCellStyle("Sheet1", "C2", "C2", code)
		_ = f.SetCellValue("Sheet1", "D2", time.Date(2027, 2, 5, 0, 0, 0, 0, time.UTC))
		_ = f.MergeCell("Sheet1", "A4", "B5")
	})
	b := read(t, raw)
	want := "A1=0100047516 B1=100047516# C1=1,5# D1=Hòa A2=01/01/2027@ B2=46388# C2=0100047516# D2=05/02/2027@ A3=01/01/1900@"
	if got := said(b); got != want {
		t.Errorf("read\n%s, want\n%s", got, want)
	}
	if with, hidden := b.Hidden(5, 1); !hidden || with != "A4" {
		t.Errorf("a merged cell: %q %v", with, hidden)
	}
}

func TestFormulaGivesWhatWasSaved(t *testing.T) {
	t.Parallel()
	raw := part(t, `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>NA()</f><v>#N/A</v></c><c r="C1" t="str"><f>"x"</f><v>x</v></c>`+
		`<c r="D1" t="inlineStr"><is><r><t>H</t></r><r><t>TX</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c><c r="E1"><f>""</f></c></row>`)
	b := read(t, raw)
	if got := said(b); got != "A1=2# B1=#N/A! C1=x D1=HTX" {
		t.Errorf("read %s", got)
	}
	if !b.Rows[0].At(0).Formula || b.Rows[0].At(3).Formula {
		t.Error("it does not say which cells are formulas")
	}
}

// part is the smallest workbook around the rows of a sheet.
func part(t *testing.T, rows string) []byte {
	t.Helper()
	return packed(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	})
}

func packed(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestWhatIsNoTableIsRefusedWithAdvice(t *testing.T) {
	t.Parallel()
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	wide := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	zeros := strings.Repeat("0", 17<<20)
	many := strings.Repeat("x\n", sheet.MaxRows+2)
	for name, c := range map[string]struct {
		raw []byte
		key string
	}{
		"nothing":               {nil, "empty"},
		"spaces":                {[]byte(" \n"), "empty"},
		"Excel 97":              {[]byte(ole + wide("Workbook")), "xls"},
		"with a password":       {[]byte(ole + wide("EncryptedPackage")), "locked"},
		"Word 97":               {[]byte(ole + wide("WordDocument")), "no_table"},
		"a page":                {[]byte("<html><table>"), "web_page"},
		"PDF":                   {[]byte("%PDF-1.7"), "no_table"},
		"a Word document":       {packed(t, map[string]string{"word/document.xml": ""}), "no_table"},
		"binary workbook":       {packed(t, map[string]string{"xl/workbook.bin": ""}), "xlsb"},
		"OpenDocument":          {packed(t, map[string]string{"content.xml": ""}), "ods"},
		"half a workbook":       {packed(t, map[string]string{"xl/workbook.xml": "<workbook><sheets"})[:60], "broken"},
		"broken XML":            {part(t, "<row><c"), "broken"},
		"a bomb in a part":      {part(t, "<!--"+zeros+"-->"), "part"},
		"a bomb in all":         {packed(t, map[string]string{"xl/workbook.xml": "", "xl/media/a": strings.Repeat(zeros, 16)}), "unpacked"},
		"too many rows":         {[]byte(many), "rows"},
		"too many columns":      {part(t, `<row r="1"><c r="XFD1"><v>1</v></c></row>`), "columns"},
		"quotes":                {[]byte("a;\"b\nc"), "quotes"},
		"a coding nobody knows": {[]byte("T\xE0i kho\xF9\x80n"), "coding"},
		"rows that go back":     {part(t, `<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`), "broken"},
	} {
		_, err := sheet.Read(c.raw, "")
		e, ok := err.(*registry.Error)
		if !ok || e.Key != "import.file."+c.key || e.Field != "file" {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func TestOldTypefacesAreToldApart(t *testing.T) {
	t.Parallel()
	b := read(t, []byte("Ten;Xa;Khac\nHTX T\xB5i Hoan;C\xABn Minh;A\nHTX Nhung L\xF2y;Y\xAAn D\xADng;B\nC\xA4NG TY \xA7\xABNG;x;C\n"))
	old := b.OldColumns()
	if len(old) != 2 || old[0].N != 3 || old[0].Now != "HTX Tài Hoan" {
		t.Fatalf("old columns %+v", old)
	}
	b.Modern()
	if got := said(b); !strings.Contains(got, "A3=HTX Nhung Lũy") || !strings.Contains(got, "B3=Yên Dưng") || !strings.Contains(got, "A4=CÔNG TY ĐÔNG") {
		t.Errorf("converted %s", got)
	}
	modern := read(t, []byte("Tên;Xã\nHTX Tài Hoan;Côn Minh\nLòng;Yên Dương\n"))
	if old := modern.OldColumns(); len(old) > 0 {
		t.Errorf("text of today is taken for old: %+v", old)
	}
	fonts := workbook(t, func(f *excelize.File) {
		style, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: ".VnTimeH"}})
		_ = f.SetCellValue("Sheet1", "A1", "lòy")
		_ = f.SetCellStyle("Sheet1", "A1", "A1", style)
	})
	if old := read(t, fonts).OldColumns(); len(old) != 1 || old[0].Now != "LŨY" {
		t.Errorf("by its typeface: %+v", old)
	}
}

func TestHeadingOfMergedCells(t *testing.T) {
	t.Parallel()
	b := read(t, workbook(t, func(f *excelize.File) {
		for cell, value := range map[string]any{"A1": "DANH SÁCH CƠ SỞ", "A2": "Tên", "B2": "Địa chỉ", "B3": "Xã", "C3": "Thôn", "A4": "x", "B4": "y", "C4": "z"} {
			_ = f.SetCellValue("Sheet1", cell, value)
		}
		_, _, _ = f.MergeCell("Sheet1", "A1", "C1"), f.MergeCell("Sheet1", "A2", "A3"), f.MergeCell("Sheet1", "B2", "C2")
	}))
	for col, want := range []string{"Tên", "Địa chỉ · Xã", "Địa chỉ · Thôn"} {
		if got := b.Heading(3, col); got != want {
			t.Errorf("column %d is headed %q, want %q", col, got, want)
		}
	}
}
