package report

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// xlsxReport is the widths of the columns of the first sheet, in characters.
var xlsxReport = []float64{44, 18, 20, 48, 20, 20}

// XLSX writes the document as a workbook: the report on the first sheet, the rows
// behind it on a sheet each. Numbers are numbers, dates are dates, codes are text
// and no cell is ever a formula.
func (d Document) XLSX() ([]byte, error) {
	w, err := newWorkbook(d)
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	defer w.file.Close()
	if err := w.report(d); err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	if err := w.charts(d); err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	for _, t := range d.Annexes {
		if err := w.annex(t); err != nil {
			return nil, fmt.Errorf("xlsx %s: %w", t.Name, err)
		}
	}
	return bytesOf(w.file)
}

// newWorkbook begins an empty workbook with its styles.
func newWorkbook(d Document) (*xlsxWriter, error) {
	w := &xlsxWriter{file: excelize.NewFile(), subject: d.Subject}
	return w, w.styles()
}

// xlsxStyles are the looks of cells, as ids of the workbook.
type xlsxStyles struct {
	title, heading, label, labelNumber, text, number, date, minute, strongText, strongNumber int
	head, headStrong, headItalic, foot, footStrong, para                                     int
}

// xlsxWriter writes sheets from top to bottom.
type xlsxWriter struct {
	file    *excelize.File
	subject string // of the document, above every printed page
	style   xlsxStyles
	sheet   *excelize.StreamWriter
	row     int
	width   []float64 // of the columns of the sheet
}

func (w *xlsxWriter) styles() error {
	wrap := &excelize.Alignment{WrapText: true, Vertical: "top", Indent: 1, Horizontal: "left"}
	middle := &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: "center"}
	count, date, minute := "#,##0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
	border := []excelize.Border{{Type: "bottom", Color: "E6DFD2", Style: 1}}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&w.style.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: middle}},
		{&w.style.heading, excelize.Style{Font: &excelize.Font{Bold: true, Size: 12, Color: "14304F"}}},
		{&w.style.label, excelize.Style{Font: &excelize.Font{Bold: true, Color: "14304F"}, Alignment: wrap,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF5"}}, Border: border}},
		{&w.style.labelNumber, excelize.Style{Font: &excelize.Font{Bold: true, Color: "14304F"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: "right"},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF5"}}, Border: border}},
		{&w.style.text, excelize.Style{Alignment: wrap, Border: border, NumFmt: 49}},
		{&w.style.number, excelize.Style{CustomNumFmt: &count, Border: border, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&w.style.date, excelize.Style{CustomNumFmt: &date, Border: border, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1}}},
		{&w.style.minute, excelize.Style{CustomNumFmt: &minute, Border: border, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1}}},
		{&w.style.strongText, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: wrap, Border: border, NumFmt: 49}},
		{&w.style.strongNumber, excelize.Style{Font: &excelize.Font{Bold: true}, CustomNumFmt: &count, Border: border}},
		{&w.style.head, excelize.Style{Alignment: middle}},
		{&w.style.headStrong, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: middle}},
		{&w.style.headItalic, excelize.Style{Font: &excelize.Font{Italic: true}, Alignment: middle}},
		{&w.style.para, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: "left"}}},
		{&w.style.foot, excelize.Style{Font: &excelize.Font{Size: 10}}},
		{&w.style.footStrong, excelize.Style{Font: &excelize.Font{Bold: true, Italic: true}}},
	} {
		id, err := w.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.id = id
	}
	return nil
}

// open starts a sheet with columns of these widths; the first one takes the place
// of the empty one.
func (w *xlsxWriter) open(name string, widths []float64) error {
	name = sheetName(name)
	sheets := w.file.GetSheetList()
	if w.sheet == nil {
		if err := w.file.SetSheetName(sheets[0], name); err != nil {
			return err
		}
	} else if _, err := w.file.NewSheet(name); err != nil {
		return err
	}
	if err := w.paper(name, false); err != nil {
		return err
	}
	sheet, err := w.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	w.sheet, w.row, w.width = sheet, 0, widths
	for i, width := range widths {
		if err := sheet.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return nil
}

// sheetName takes out of a name what a sheet may not be called.
func sheetName(name string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, name))
	return string(runes[:min(len(runes), 31)])
}

// put writes a row.
func (w *xlsxWriter) put(cells ...any) error { return w.putHigh(1, cells...) }

// putHigh writes a row that is some lines high: a stream knows nothing of what
// wraps.
func (w *xlsxWriter) putHigh(lines int, cells ...any) error {
	w.row++
	return w.sheet.SetRow(fmt.Sprintf("A%d", w.row), cells, excelize.RowOpts{Height: float64(min(lines, xlsxLines)) * xlsxLine})
}

// xlsxLine is the height of a line in points; a row takes at most 409 of them.
const (
	xlsxLine  = 15.5
	xlsxLines = 26
)

// lines estimates how many lines the cells of a row need.
func (w *xlsxWriter) lines(cells []Cell) int {
	most := 1
	for i, c := range cells {
		if i < len(w.width) {
			most = max(most, 1+utf8.RuneCountInString(c.String())/int(w.width[i]*0.95))
		}
	}
	return most
}

// report writes the first sheet.
func (w *xlsxWriter) report(d Document) error {
	if err := w.open(d.Title, xlsxReport); err != nil {
		return err
	}
	if err := w.head(d); err != nil {
		return err
	}
	for _, s := range d.Sections {
		if err := w.section(s); err != nil {
			return err
		}
	}
	if err := w.foot(d.Letterhead()); err != nil {
		return err
	}
	return w.sheet.Flush()
}

// line writes a text over the whole width.
func (w *xlsxWriter) line(style int, s string) error {
	return w.put(excelize.Cell{StyleID: style, Value: s})
}

func (w *xlsxWriter) section(s Section) error {
	if err := w.put(); err != nil {
		return err
	}
	if err := w.line(w.style.heading, s.Heading); err != nil {
		return err
	}
	for _, p := range s.Paragraphs {
		if err := w.across(w.style.para, p, 130); err != nil {
			return err
		}
	}
	for _, t := range s.Tables {
		if t.Caption != "" {
			if err := w.line(w.style.strongText, t.Caption); err != nil {
				return err
			}
		}
		if err := w.table(t); err != nil {
			return err
		}
	}
	return nil
}

// table writes the head and the rows of a table.
func (w *xlsxWriter) table(t Table) error {
	if t.HasHead() {
		var head []any
		for _, c := range t.Columns {
			style := w.style.label
			if c.Number {
				style = w.style.labelNumber
			}
			head = append(head, excelize.Cell{StyleID: style, Value: c.Label})
		}
		if err := w.put(head...); err != nil {
			return err
		}
	}
	for _, r := range t.Rows {
		if err := w.tableRow(t, r); err != nil {
			return err
		}
	}
	return nil
}

// tableRow writes a row. The value of a fact goes over the columns of the report.
func (w *xlsxWriter) tableRow(t Table, r Row) error {
	var cells []any
	for _, c := range r.Cells {
		cells = append(cells, w.cell(c, r.Strong))
	}
	if t.HasHead() {
		return w.putHigh(w.lines(r.Cells), cells...)
	}
	if err := w.put(cells...); err != nil {
		return err
	}
	return w.sheet.MergeCell(fmt.Sprintf("B%d", w.row), fmt.Sprintf("D%d", w.row))
}

// cell gives a value its type. Text stays text whatever it begins with: a string
// of a stream is never read as a formula.
func (w *xlsxWriter) cell(c Cell, strong bool) excelize.Cell {
	switch c.Kind {
	case NumberCell:
		if strong {
			return excelize.Cell{StyleID: w.style.strongNumber, Value: c.N}
		}
		return excelize.Cell{StyleID: w.style.number, Value: c.N}
	case DateCell:
		if at, err := time.Parse(time.DateOnly, c.Text); err == nil {
			return excelize.Cell{StyleID: w.style.date, Value: at}
		}
	case TimeCell:
		if at, err := time.Parse(minuteForm, c.Text); err == nil {
			return excelize.Cell{StyleID: w.style.minute, Value: at}
		}
	}
	if strong {
		return excelize.Cell{StyleID: w.style.strongText, Value: c.Text}
	}
	return excelize.Cell{StyleID: w.style.text, Value: c.Text}
}

// annex writes rows on a sheet of their own, with the head always in sight.
func (w *xlsxWriter) annex(t Table) error {
	var widths []float64
	for _, c := range t.Columns {
		widths = append(widths, max(12, 9*c.Weight))
	}
	if err := w.open(t.Name, widths); err != nil {
		return err
	}
	if err := w.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.table(t); err != nil {
		return err
	}
	if err := w.sheet.Flush(); err != nil {
		return err
	}
	return w.repeatHead(sheetName(t.Name))
}
