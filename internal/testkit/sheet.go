package testkit

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
)

// SheetCell is a cell as a spreadsheet would take it.
type SheetCell struct {
	Text string // a moment as 2006-01-02, with the time where its format has one
	Kind string // "text", "number", "date" or "formula"
}

// sheetXML is as much of a sheet as a reader of cells needs.
type sheetXML struct {
	Rows []struct {
		Cells []struct {
			Ref     string  `xml:"r,attr"`
			Type    string  `xml:"t,attr"`
			Style   int     `xml:"s,attr"`
			Value   string  `xml:"v"`
			Inline  string  `xml:"is>t"`
			Formula *string `xml:"f"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
}

// stylesXML is which cells are moments.
type stylesXML struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// ReadWorkbook reads the first sheet of a workbook. It knows the format and nothing of the
// library that wrote it.
func ReadWorkbook(t testing.TB, raw []byte) (rows [][]SheetCell) {
	t.Helper()
	book, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var sheet sheetXML
	var styles stylesXML
	readPart(t, book, "xl/worksheets/sheet1.xml", &sheet)
	readPart(t, book, "xl/styles.xml", &styles)
	codes := map[int]string{}
	for _, f := range styles.Formats {
		codes[f.ID] = f.Code
	}
	for _, r := range sheet.Rows {
		var row []SheetCell
		for _, c := range r.Cells {
			for len(row) < columnOf(c.Ref) {
				row = append(row, SheetCell{Kind: "text"})
			}
			cell := SheetCell{Text: c.Value, Kind: "number"}
			switch {
			case c.Formula != nil:
				cell = SheetCell{*c.Formula, "formula"}
			case c.Type == "inlineStr":
				cell = SheetCell{c.Inline, "text"}
			case c.Type == "s":
				t.Fatalf("%s is a shared text, which this reader does not know", c.Ref)
			case c.Value == "":
				cell.Kind = "text"
			case strings.Contains(codes[styles.Cells[c.Style].Format], "yy"):
				cell = SheetCell{momentOf(t, c.Value, strings.Contains(codes[styles.Cells[c.Style].Format], "hh")), "date"}
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

func readPart(t testing.TB, book *zip.Reader, name string, into any) {
	t.Helper()
	f, err := book.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err == nil {
		err = xml.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// columnOf counts the columns before a cell: 27 for AB3.
func columnOf(ref string) int {
	n := 0
	for _, r := range strings.TrimRight(ref, "0123456789") {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

// momentOf reads the serial number of a day.
func momentOf(t testing.TB, serial string, timed bool) string {
	t.Helper()
	days, err := strconv.ParseFloat(serial, 64)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(math.Round(days*24*60)) * time.Minute)
	if timed {
		return at.Format("2006-01-02 15:04")
	}
	return at.Format(time.DateOnly)
}

// ReadCSV reads a file of comma-separated values, which begins with the mark of UTF-8.
func ReadCSV(t testing.TB, raw string) [][]string {
	t.Helper()
	text, marked := strings.CutPrefix(raw, "\uFEFF")
	if !marked {
		t.Fatalf("no mark of UTF-8 at the head of %.60q", raw)
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
