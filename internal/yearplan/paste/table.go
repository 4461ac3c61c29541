// Package paste reads the plan of a year that people keep in a spreadsheet: which column is
// which, which commune a cell names, which days. What can be meant in two ways is a guess that
// whoever pasted it confirms; what cannot be read says why. It is pure: app/planning makes
// sessions of what it reads.
//
//   - table.go is the table, with columns known by their headings;
//   - days.go reads days, unit.go communes.
package paste

import (
	"slices"
	"strconv"
	"strings"

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

// Fields are the fields in the order shown, which is that of a table without headings.
var Fields = []Field{Commune, Date, Lunar, Booths, Venue, Days, Until, Name, Theme, Hours}

// bare are the columns of a table without headings, by their order.
var bare = []Field{Commune, Date, Booths, Venue, Name}

// Columns that this package writes itself: the number of a row in what was pasted, and whether
// it is left out.
const (
	rowColumn Field = "row"
	outColumn Field = "out"
)

// headings are the words that name a field, folded. The longest that fits counts.
var headings = map[Field][]string{
	Commune: {"commune", "xa", "phuong", "xa phuong", "dia ban", "noi", "ten xa", "don vi", "ward"},
	Date:    {"date", "ngai", "tu ngai", "ngai bat dau", "ngai duong", "duong lich", "ngai to chuc", "thoi gian", "from", "first day"},
	Lunar:   {"lunar", "am", "am lich", "ngai am", "ngai am lich", "lunar date"},
	Until:   {"until", "den ngai", "den het ngai", "ngai ket thuc", "den", "ket thuc", "last day", "to"},
	Days:    {"days", "so ngai", "may ngai"},
	Booths:  {"booths", "so gian", "gian", "so gian hang", "gian hang", "quy mo", "qui mo"},
	Venue:   {"venue", "noi hop", "dia diem", "noi to chuc", "place"},
	Name:    {"name", "ten", "ten phien", "ten phien cho", "ten su kien", "title"},
	Theme:   {"theme", "chu de", "tom tat", "noi dung"},
	Hours:   {"hours", "gio", "gio mo cua", "gio hop", "thoi gian mo cua"},
	"row":   {"row"}, "out": {"out"},
}

// Row is a row as it was pasted.
type Row struct {
	N     int // in what was pasted
	Out   bool
	Cells map[Field]string
}

// Table is a plan as it was pasted.
type Table struct {
	Columns []Field // those that were known, in the order shown
	Unknown []string
	Rows    []Row
}

// Read reads a text or a file. Invalid at "rows" where it has no row, none of the columns that
// are needed, or more than MostRows rows.
func Read(raw []byte) (t Table, err error) {
	book, err := sheet.Read(raw, "")
	if err != nil {
		return t, atRows(err)
	}
	fields, head := match(book)
	rows := book.Below(head)
	if len(rows) > MostRows {
		return t, registry.Faults{registry.At("rows", "paste.error.many", len(rows), MostRows)}
	}
	for i := range rows {
		row := Row{N: rows[i].N, Cells: map[Field]string{}}
		for col, f := range fields {
			text, clean := vn.CleanLine(rows[i].At(col).Text)
			switch {
			case !clean:
				return t, registry.Faults{registry.At("rows", "error.bad_text")}
			case f == rowColumn:
				row.N, _ = strconv.Atoi(text)
			case f == outColumn:
				row.Out = text != ""
			case f != "" && text != "":
				row.Cells[f] = text
			}
		}
		if len(row.Cells) > 0 {
			t.Rows = append(t.Rows, row)
		}
	}
	t.columns(book, fields, head)
	if len(t.Rows) == 0 || !slices.Contains(t.Columns, Commune) || !slices.Contains(t.Columns, Date) && !slices.Contains(t.Columns, Lunar) {
		return t, registry.Faults{registry.At("rows", "paste.error.columns")}
	}
	return t, nil
}

// atRows tells what is wrong with a file at the text that was pasted.
func atRows(err error) error {
	if e, ok := err.(*registry.Error); ok {
		moved := *e
		moved.Field = "rows"
		return registry.Faults{&moved}
	}
	return err
}

// columns notes which columns were known, and the headings of those that were not.
func (t *Table) columns(book *sheet.Book, fields map[int]Field, head int) {
	for _, f := range Fields {
		for _, known := range fields {
			if known == f {
				t.Columns = append(t.Columns, f)
			}
		}
	}
	for col := range book.Width() {
		if heading := book.Heading(head, col); fields[col] == "" && heading != "" {
			t.Unknown = append(t.Unknown, heading)
		}
	}
}

// headLooked is how many rows are looked through for headings.
const headLooked = 10

// match says which column is which field, and in which row the headings stand; 0 where there are
// none, and the columns count by their order.
func match(book *sheet.Book) (fields map[int]Field, head int) {
	for i := range book.Rows[:min(headLooked, len(book.Rows))] {
		found := headed(book, book.Rows[i].N)
		if len(found) > 1 && len(found) > len(fields) {
			fields, head = found, book.Rows[i].N
		}
	}
	if len(fields) > 0 {
		return fields, head
	}
	fields = map[int]Field{}
	for col, f := range bare[:min(len(bare), book.Width())] {
		fields[col] = f
	}
	return fields, 0
}

func headed(book *sheet.Book, row int) map[int]Field {
	found, taken := map[int]Field{}, map[Field]bool{}
	for col := range book.Width() {
		heading := vn.Fold(book.Heading(row, col))
		for f, words := range headings {
			if slices.Contains(words, heading) && !taken[f] {
				found[col], taken[f] = f, true
			}
		}
	}
	return found
}

// Text writes a table as Read reads it, with the numbers of its rows and what is left out.
func (t Table) Text() string {
	var b strings.Builder
	b.WriteString("row\tout")
	for _, f := range Fields {
		b.WriteString("\t" + string(f))
	}
	for _, r := range t.Rows {
		out := ""
		if r.Out {
			out = "x"
		}
		b.WriteString("\n" + strconv.Itoa(r.N) + "\t" + out)
		for _, f := range Fields {
			b.WriteString("\t" + quoted(r.Cells[f]))
		}
	}
	return b.String()
}

func quoted(text string) string {
	if strings.ContainsAny(text, "\"\t\n\r") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}
