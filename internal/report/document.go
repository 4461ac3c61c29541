package report

import (
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Document is a report as data: what the page and the three files show.
type Document struct {
	Lang     string
	Paper    registry.ResultPaper
	Title    string // BÁO CÁO
	Subject  string
	Draft    string   // stands below the number until the paper is final; "" for none
	To       []string // to whom it is sent (kính gửi)
	Sections []Section
	Signers  []Signer  // all that sign; without them the one of Paper does
	Pictures []Picture // below the signers; a paper without signers has none
	Trail    string    // a line below all that ties the paper to the audit log; "" for none
	Annexes  []Table   // rows behind the figures; in XLSX a sheet each
	marks    bool      // it is a template: number and date stand as they are given
}

// Section is a numbered part of a document.
type Section struct {
	Heading    string
	Paragraphs []string
	Said       []Passage // the same paragraphs with their figures marked; nil where none opens rows
	Charts     []Chart   // a table of the section, or its words, says the same
	Tables     []Table
	Sub        bool // a part of the section before it
	Later      bool // tells what changed after the report was closed
}

// Table is a table with typed cells. Name is unique in a document and names its
// sheet; a table without column labels is a list of facts.
type Table struct {
	Name    string
	Caption string
	Columns []Column
	Rows    []Row
}

// HasHead reports whether the columns have labels.
func (t Table) HasHead() bool { return len(t.Columns) > 0 && t.Columns[len(t.Columns)-1].Label != "" }

// Column is the head of a column. Weight is its share of the width.
type Column struct {
	Label  string
	Number bool // set to the right
	Weight float64
}

// Row is a line of a table. Key names the figure that it shows, if it is one. A
// row of a single cell goes over all columns.
type Row struct {
	Cells  []Cell
	Strong bool // a heading or a sum
	Key    Key
}

// CellKind says what a cell is, so that a spreadsheet takes it for that.
type CellKind int

// The kinds of cell.
const (
	TextCell CellKind = iota
	CodeCell          // digits that are no number: codes, GTIN
	NumberCell
	DateCell
	TimeCell // a moment by the clock of Vietnam
)

// Cell is one value.
type Cell struct {
	Kind CellKind
	Text string // the date as YYYY-MM-DD for a DateCell, with the time, HH:MM, for a TimeCell
	N    int64
}

// String is the cell as people read it.
func (c Cell) String() string {
	switch c.Kind {
	case NumberCell:
		return vn.Count(c.N)
	case DateCell:
		return vn.ShowDate(c.Text)
	case TimeCell:
		date, clock, _ := strings.Cut(c.Text, " ")
		return vn.ShowDate(date) + " " + clock
	}
	return c.Text
}

func text(s string) Cell   { return Cell{Text: s} }
func code(s string) Cell   { return Cell{Kind: CodeCell, Text: s} }
func number(n int64) Cell  { return Cell{Kind: NumberCell, N: n} }
func day(date string) Cell { return Cell{Kind: DateCell, Text: date} }

// Spans reports whether the row is one cell over all columns.
func (r Row) Spans() bool { return len(r.Cells) == 1 }

// nothing stands where a value is not told.
const nothing = "–"

// texts looks up what a document says in its language.
type texts string

// T looks up a text.
func (t texts) T(key string, args ...any) string { return i18n.T(string(t), key, args...) }

// columns labels the columns of a table; weights say how wide they are, and a
// negative one that the column holds numbers.
func (t texts) columns(weights []float64, keys ...string) []Column {
	columns := make([]Column, len(keys))
	for i, key := range keys {
		columns[i] = Column{Label: t.T(key), Weight: max(weights[i], -weights[i]), Number: weights[i] < 0}
	}
	return columns
}
