// Package sheet reads tables that people keep in spreadsheets: XLSX workbooks and text
// with separators. Cells come out as they were typed, with what the file says of them:
// a number that is shown as a date is a date, a formula is named as one, text of old
// typefaces is told apart. Nothing is guessed, and a file beyond the limits is refused,
// never cut.
//
// What a column means is not known here: that belongs to package app/imports. Workbooks
// are written by package report.
package sheet

import (
	"sort"
	"strconv"
)

// The limits of a file. What is beyond them is refused whole.
const (
	MaxFile     = 12 << 20  // bytes as it is sent
	MaxUnpacked = 256 << 20 // bytes of all parts of a workbook
	MaxPart     = 16 << 20  // bytes of one part that is read
	MaxRows     = 50_000    // rows with something in them
	MaxColumns  = 200
	maxText     = 32_767 // UTF-16 units of a cell in spreadsheet programs
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cell.
const (
	Text   Kind = iota
	Number      // its digits, with a comma before a fraction, as many as the file holds
	Date        // dd/mm/yyyy, of a number that the file shows as a date
	Fault       // what a formula could not work out, such as #N/A
)

// Cell is a cell with something in it.
type Cell struct {
	Text    string // NFC
	Col     int    // from 0
	Kind    Kind
	Formula bool // the text is what the formula gave when the file was saved
	Old     bool // the file shows it in a typeface of before Unicode (.VnTime)
	Capital bool // which shows small letters as capitals (.VnTimeH)
}

// Row is a row with something in it. Its cells stand in the order of their columns.
type Row struct {
	N     int // as spreadsheet programs count, from 1
	Cells []Cell
}

// At returns the cell of a column, an empty one where there is none.
func (r *Row) At(col int) Cell {
	i := sort.Search(len(r.Cells), func(i int) bool { return r.Cells[i].Col >= col })
	if i < len(r.Cells) && r.Cells[i].Col == col {
		return r.Cells[i]
	}
	return Cell{Col: col}
}

// Merge is a block of cells that is shown as one, whose text is that of its first cell.
type Merge struct{ Row, Col, LastRow, LastCol int }

// holds reports whether a cell lies in the block.
func (m Merge) holds(row, col int) bool {
	return row >= m.Row && row <= m.LastRow && col >= m.Col && col <= m.LastCol
}

// Book is one table of a file.
type Book struct {
	Sheets []string // those of a workbook that are shown; none of a text
	Sheet  string   // the one that was read
	Rows   []Row
	Merges []Merge
}

// Width is how many columns the table has.
func (b *Book) Width() (n int) {
	for i := range b.Rows {
		if cells := b.Rows[i].Cells; len(cells) > 0 {
			n = max(n, cells[len(cells)-1].Col+1)
		}
	}
	return n
}

// Row returns the row of a number, an empty one where there is none.
func (b *Book) Row(n int) *Row {
	i := sort.Search(len(b.Rows), func(i int) bool { return b.Rows[i].N >= n })
	if i < len(b.Rows) && b.Rows[i].N == n {
		return &b.Rows[i]
	}
	return &Row{N: n}
}

// Below returns the rows under a row.
func (b *Book) Below(n int) []Row {
	return b.Rows[sort.Search(len(b.Rows), func(i int) bool { return b.Rows[i].N > n }):]
}

// Heading is what stands over a column in a row: its own text, or that of the block of
// merged cells that it lies in, with what stands in a block over several columns before it.
func (b *Book) Heading(row, col int) string {
	own := b.Row(row).At(col).Text
	for _, m := range b.Merges {
		if own == "" && m.holds(row, col) {
			own = b.Row(m.Row).At(m.Col).Text
		}
	}
	for _, m := range b.Merges {
		if m.LastRow == row-1 && m.LastCol > m.Col && m.holds(row-1, col) && b.partOf(m) {
			return b.Row(m.Row).At(m.Col).Text + " · " + own
		}
	}
	return own
}

// partOf reports whether a block stands over a part of the table: the title of the whole
// names no column.
func (b *Book) partOf(m Merge) bool { return m.LastCol-m.Col+1 < b.Width() }

// Hidden reports whether a cell is empty because it is merged with another, and names
// that one.
func (b *Book) Hidden(row, col int) (with string, hidden bool) {
	for _, m := range b.Merges {
		if m.holds(row, col) && (m.Row != row || m.Col != col) {
			return CellName(m.Row, m.Col), true
		}
	}
	return "", false
}

// ColumnName is a column as spreadsheet programs write it: A, B, …, AA.
func ColumnName(col int) string {
	if col < 26 {
		return string(rune('A' + col))
	}
	return ColumnName(col/26-1) + string(rune('A'+col%26))
}

// CellName is a cell as spreadsheet programs write it: C17.
func CellName(row, col int) string { return ColumnName(col) + strconv.Itoa(row) }
