package sheet

import (
	"encoding/xml"
	"errors"
	"math"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

func isRefusal(err error) bool {
	_, ok := errors.AsType[*registry.Error](err)
	return ok
}

// sheetReader reads the cells of a sheet.
type sheetReader struct {
	*workbook
	book *Book
	row  Row
	cell xmlCell
}

// xmlCell is a cell being read.
type xmlCell struct {
	col     int
	kind    string
	style   style
	formula bool
	value   strings.Builder
	in      bool // inside its value
	rich    words
	open    bool
}

// readSheet fills the rows of the book.
func (w *workbook) readSheet(part string, b *Book) error {
	r := &sheetReader{workbook: w, book: b}
	err := w.walk(part, r.token)
	if err == nil && len(r.row.Cells) > 0 {
		err = b.add(r.row)
	}
	return err
}

func (r *sheetReader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.CharData:
		if r.cell.in {
			r.cell.value.Write(t)
		}
	case xml.EndElement:
		if err := r.end(t.Name.Local); err != nil {
			return err
		}
	}
	if r.cell.open && r.cell.kind == "inlineStr" {
		r.cell.rich.take(token, r.workbook)
	}
	return nil
}

func (r *sheetReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		return r.startRow(attr(t, "r"))
	case "c":
		return r.startCell(t)
	case "f":
		r.cell.formula = true
	case "v":
		r.cell.in = r.cell.open
	case "mergeCell":
		r.merge(attr(t, "ref"))
	}
	if r.cell.open && r.cell.kind == "inlineStr" {
		r.cell.rich.take(t, r.workbook)
	}
	return nil
}

// startRow begins a row: the one it names, or the next one.
func (r *sheetReader) startRow(name string) error {
	if err := r.book.add(r.row); err != nil {
		return err
	}
	n := r.row.N + 1
	if name != "" {
		var err error
		if n, err = strconv.Atoi(name); err != nil || n <= r.row.N {
			return refuse("broken")
		}
	}
	r.row = Row{N: n}
	r.cell = xmlCell{col: -1}
	return nil
}

func (r *sheetReader) startCell(t xml.StartElement) error {
	col := r.cell.col + 1
	if name := attr(t, "r"); name != "" {
		var ok bool
		if col, _, ok = parseCell(name); !ok || col <= r.cell.col {
			return refuse("broken")
		}
	}
	r.cell = xmlCell{col: col, kind: attr(t, "t"), open: true}
	if n, err := strconv.Atoi(attr(t, "s")); err == nil && n >= 0 && n < len(r.styles) {
		r.cell.style = r.styles[n]
	}
	return nil
}

func (r *sheetReader) end(name string) error {
	switch {
	case name == "v":
		r.cell.in = false
	case name == "c" && r.cell.open:
		r.cell.open = false
		return r.endCell()
	}
	return nil
}

// endCell adds the cell to its row if it has anything.
func (r *sheetReader) endCell() error {
	c, x := r.read(), &r.cell
	if c.Text == "" && x.formula {
		c.Formula = false // a formula that gave nothing is an empty cell
	}
	if c.Text == "" {
		return nil
	}
	if err := checkCell(r.row.N, x.col, c.Text); err != nil {
		return err
	}
	r.row.Cells = append(r.row.Cells, c)
	return nil
}

// read makes a cell of what its tag held.
func (r *sheetReader) read() Cell {
	x := &r.cell
	c := Cell{Col: x.col, Formula: x.formula, Old: x.style.old, Capital: x.style.capital, Text: clean(x.value.String())}
	switch x.kind {
	case "s":
		n, err := strconv.Atoi(c.Text)
		if c.Text = ""; err == nil && n >= 0 && n < len(r.shared) {
			s := r.shared[n]
			c.Text, c.Old, c.Capital = s.text, c.Old || s.old, c.Capital || s.capital
		}
	case "inlineStr":
		c.Text = clean(x.rich.text.String())
		c.Old, c.Capital = c.Old || x.rich.old, c.Capital || x.rich.capital
	case "str":
	case "b":
		c.Kind = Text
	case "e":
		c.Kind = Fault
	case "d":
		c.Kind, c.Text = Date, vn.ShowDate(c.Text)
	default:
		c.Kind, c.Text = r.number(c.Text, x.style)
	}
	return c
}

// exactDigits is how many digits of a number a workbook holds for sure.
const exactDigits = 15

// number writes a number as the file shows it where its form means more than looks: as a
// date, or with the zeros before it that the form asks for. Otherwise all of its digits.
func (r *sheetReader) number(text string, s style) (Kind, string) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || text == "" {
		return Number, text
	}
	whole := f == math.Trunc(f)
	switch {
	case s.date && f >= 1 && f < 80_000:
		return shownDate(f, r.epoch)
	case s.clock && f >= 0 && f < 1:
		return Text, vn.ShowClock(int(math.Round(f * 24 * 60)))
	case whole && math.Abs(f) < 1e15:
		digits := strconv.FormatFloat(f, 'f', 0, 64)
		if n := s.zeros - len(digits); n > 0 && f >= 0 {
			digits = strings.Repeat("0", n) + digits
		}
		return Number, digits
	case whole:
		return Number, text
	}
	return Number, strings.Replace(strconv.FormatFloat(f, 'g', exactDigits, 64), ".", ",", 1)
}

// shownDate is a count of days as a date. Days count from the last of 1899, but before
// March 1900, which had a 29 February to the first spreadsheet programs, from a day later.
func shownDate(f float64, epoch int) (Kind, string) {
	days := int(f) + epoch
	switch {
	case days == 60:
		return Fault, "29/02/1900"
	case days < 60:
		days++
	}
	day := vn.ShowDate(vn.AddDays("1900-01-01", days-2))
	if f == math.Trunc(f) {
		return Date, day
	}
	minutes := int(math.Round((f - math.Trunc(f)) * 24 * 60))
	return Date, day + " " + vn.ShowClock(minutes)
}

// merge notes a block of merged cells: "B2:C3".
func (r *sheetReader) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	col, row, first := parseCell(from)
	lastCol, lastRow, last := parseCell(to)
	if ok && first && last && len(r.book.Merges) < MaxRows {
		r.book.Merges = append(r.book.Merges, Merge{Row: row, Col: col, LastRow: lastRow, LastCol: lastCol})
	}
}

// parseCell reads the name of a cell: "C17" is column 2, row 17.
func parseCell(name string) (col, row int, ok bool) {
	i := 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && i < 4; i++ {
		col = col*26 + int(name[i]-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	return col - 1, row, err == nil && col > 0 && row > 0
}
