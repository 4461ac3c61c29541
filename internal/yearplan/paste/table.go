// Package paste reads the plan of a year that people keep in a spreadsheet: which column is
// which, which commune a cell names, which days. What can be meant in two ways is a guess that
// whoever pasted it confirms; what cannot be read says why. It is pure: app/planning makes
// sessions of what it reads.
//
//   - table.go is the table, heading.go its columns, known by their headings;
//   - own.go keeps a table that was read, between two looks at it;
//   - days.go reads days, unit.go communes.
package paste

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hoicho/internal/registry"
	"hoicho/internal/sheet"
	"hoicho/internal/vn"
)

// MostRows is how many rows are taken at once. More are refused, never cut.
const MostRows = 500

// Field is a column of a plan.
type Field string

// The fields of a row.
const (
	Commune Field = "commune"
	Date    Field = "date"
	Lunar   Field = "lunar"
	Until   Field = "until"
	Days    Field = "days"
	Booths  Field = "booths"
	Venue   Field = "venue"
	Name    Field = "name"
	Theme   Field = "theme"
	Hours   Field = "hours"
)

// Fields are the fields in the order shown.
var Fields = []Field{Commune, Date, Lunar, Booths, Venue, Days, Until, Name, Theme, Hours}

// Row is a row as it was pasted.
type Row struct {
	N     int // in what was pasted
	Out   bool
	Cells map[Field]string
}

// Table is a plan as it was pasted.
type Table struct {
	Columns []Field  // those that were known, in the order shown
	Unknown []string // columns with something in them that were not: by heading, or by letter
	Sheets  []string // sheets of the workbook that were not read
	Old     bool     // text of a typeface of before Unicode was made Unicode
	Rows    []Row
}

// Has reports whether one of these columns was known.
func (t Table) Has(fields ...Field) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return slices.Contains(t.Columns, f) })
}

// Read reads a text or a file. Invalid at "rows" where it has no row, none of the columns that
// are needed, or more than MostRows rows.
func Read(raw []byte) (t Table, err error) {
	book, err := open(raw)
	if err != nil {
		return t, atRows(err)
	}
	if t.Old = len(book.OldColumns()) > 0; t.Old {
		book.Modern()
	}
	for _, name := range book.Sheets {
		if name != book.Sheet {
			t.Sheets = append(t.Sheets, name)
		}
	}
	h := match(book)
	rows := book.Below(h.row)
	if len(rows) > MostRows {
		return t, registry.Faults{registry.At("rows", "paste.error.many", len(rows), MostRows)}
	}
	for i := range rows {
		row := Row{N: rows[i].N, Cells: map[Field]string{}}
		for col, f := range h.fields {
			text, clean := vn.CleanLine(rows[i].At(col).Text)
			if !clean {
				return t, registry.Faults{registry.At("rows", "error.bad_text")}
			}
			if !nothing(text) {
				row.Cells[f] = text
			}
		}
		if len(row.Cells) > 0 {
			t.Rows = append(t.Rows, row)
		}
	}
	t.Columns, t.Unknown = h.known(), h.unknown(book)
	if len(t.Rows) == 0 || !t.Has(Commune) || !t.Has(Date, Lunar) {
		return t, registry.Faults{registry.At("rows", "paste.error.columns")}
	}
	return t, nil
}

// nothing reports whether a cell says that there is nothing in it.
func nothing(text string) bool { return strings.Trim(text, "-–— ") == "" }

// atRows tells what is wrong with a file at the text that was pasted.
func atRows(err error) error {
	if e, ok := err.(*registry.Error); ok {
		moved := *e
		moved.Field = "rows"
		return registry.Faults{&moved}
	}
	return err
}

// open parts a text into cells. What comes from a spreadsheet by the clipboard has a tab between
// two cells, and quotes only round a cell with a line or a quote in it.
func open(raw []byte) (*sheet.Book, error) {
	text := strings.TrimPrefix(string(raw), "\uFEFF")
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || !strings.Contains(line, "\t") || len(text) > sheet.MaxPart {
		return sheet.Read(raw, "")
	}
	b := &sheet.Book{}
	for n := 1; text != ""; n++ {
		row := sheet.Row{N: n}
		for col, end := 0, false; !end; col++ {
			var cell string
			if cell, text, end = clipCell(text); cell != "" && col < sheet.MaxColumns {
				row.Cells = append(row.Cells, sheet.Cell{Col: col, Text: vn.NFC(cell)})
			}
		}
		if len(row.Cells) > 0 {
			b.Rows = append(b.Rows, row)
		}
	}
	return b, nil
}

// clipCell takes the first cell from a text; end says that its row is over.
func clipCell(text string) (cell, rest string, end bool) {
	if quoted, after, ok := quotedCell(text); ok {
		cell, text = strings.Join(strings.Fields(quoted), " "), after
	} else if at := strings.IndexAny(text, "\t\n"); at >= 0 {
		cell, text = text[:at], text[at:]
	} else {
		cell, text = text, ""
	}
	cell = strings.TrimSpace(cell)
	if rest, tab := strings.CutPrefix(text, "\t"); tab {
		return cell, rest, false
	}
	return cell, strings.TrimPrefix(strings.TrimPrefix(text, "\r"), "\n"), true
}

// quotedCell takes a cell in quotes, which end just before the next cell. A quote in the midst of
// words is one of theirs.
func quotedCell(text string) (cell, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", text, false
	}
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\t':
			return "", text, false
		case text[i] != '"':
		case strings.HasPrefix(text[i+1:], `"`):
			i++
		default:
			rest = text[i+1:]
			ends := rest == "" || strings.HasPrefix(rest, "\t") || strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, "\r\n")
			return strings.ReplaceAll(text[1:i], `""`, `"`), rest, ends
		}
	}
	return "", text, false
}
