package imports

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/sheet"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
)

// File is a file on its way with what its columns show.
type File struct {
	Import  intake.Import
	Columns []Column
	Sheets  []string
	Heads   []Head
	Old     []OldText
	Rows    int // below the headings
}

// Head is a column of a file: its heading, and what stands in its first cells.
type Head struct {
	Letter  string
	Heading string
	Samples []string
	Field   string // "": left out
	Known   bool   // the heading is not empty, or something stands below it
}

// OldText is a column with text of an old typeface.
type OldText struct {
	Letter   string
	N        int
	Was, Now string
}

// samples is how many cells of a column are shown.
const samples = 3

// File returns a file with its columns, as it came.
func (s *Service) File(ctx context.Context, actor registry.Actor, id intake.ID) (f File, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		x, err := s.importFor(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		old := x.Mapping.Old
		x.Mapping.Old = false
		book, err := s.bookOf(ctx, tx, x)
		if err != nil {
			return err
		}
		x.Mapping.Old = old
		f = s.fileOf(x, book)
		return nil
	})
	return f, err
}

func (s *Service) fileOf(x intake.Import, b *sheet.Book) File {
	f := File{Import: x, Columns: s.registers[x.Kind].columns(), Sheets: b.Sheets}
	for _, c := range b.OldColumns() {
		f.Old = append(f.Old, OldText{sheet.ColumnName(c.Col), c.N, c.Was, c.Now})
	}
	below := b.Below(x.Mapping.Head)
	f.Rows = len(below)
	for col := range b.Width() {
		h := Head{Letter: sheet.ColumnName(col), Heading: modernHeading(b.Heading(x.Mapping.Head, col))}
		if col < len(x.Mapping.Fields) {
			h.Field = x.Mapping.Fields[col]
		}
		for i := 0; i < len(below) && len(h.Samples) < samples; i++ {
			if text := below[i].At(col).Text; text != "" {
				h.Samples = append(h.Samples, short(text))
			}
		}
		h.Known = h.Heading != "" || len(h.Samples) > 0
		f.Heads = append(f.Heads, h)
	}
	return f
}

// short is the beginning of a long text.
func short(text string) string {
	if letters := []rune(text); len(letters) > 60 {
		return string(letters[:60]) + "…"
	}
	return text
}

// MapInput is what the form of the columns holds.
type MapInput struct {
	Version int64
	Sheet   string
	Head    int
	Fields  []string
	Old     bool
}

// Map notes which column is which field, and remembers it for the next file of this person.
// Where another sheet or row of headings is chosen, the columns are matched anew.
func (s *Service) Map(ctx context.Context, actor registry.Actor, id intake.ID, in MapInput) (anew bool, err error) {
	x, book, err := s.bookFor(ctx, actor, id, in)
	if err != nil {
		return false, err
	}
	habit, err := s.habit(ctx, actor, x.Kind)
	if err != nil {
		return false, err
	}
	was, columns := x.Mapping, s.registers[x.Kind].columns()
	x.Version, x.Mapping = in.Version, intake.Mapping{Sheet: book.Sheet, Head: in.Head, Fields: in.Fields, Old: in.Old}
	switch {
	case was.Sheet != book.Sheet:
		x.Mapping, anew = guess(book, columns, habit), true
	case was.Head != in.Head:
		x.Mapping.Fields, anew = match(book, in.Head, columns, habit), true
	default:
		err = checkMapping(x.Mapping, columns, book.Width())
	}
	if err != nil {
		return false, err
	}
	return anew, s.DB.Write(ctx, func(tx *store.Tx) error {
		if !anew {
			if err := intake.SaveHabit(ctx, tx, actor.Account, x.Kind, habitOf(book, x.Mapping, habit)); err != nil {
				return err
			}
		}
		return intake.SaveMapping(ctx, tx, x)
	})
}

// bookFor reads the sheet of a file that its form names, as it came.
func (s *Service) bookFor(ctx context.Context, actor registry.Actor, id intake.ID, in MapInput) (x intake.Import, b *sheet.Book, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		if x, err = s.importFor(ctx, tx, actor, id); err != nil {
			return err
		}
		asked := x
		asked.Mapping.Sheet, asked.Mapping.Old = in.Sheet, false
		b, err = s.bookOf(ctx, tx, asked)
		return err
	})
	return x, b, err
}

// checkMapping refuses a field that is no field of the register, or two columns.
func checkMapping(m intake.Mapping, columns []Column, width int) error {
	var in core.Input
	some := false
	for col, name := range m.Fields {
		if name == "" {
			continue
		}
		some = true
		known := slices.ContainsFunc(columns, func(c Column) bool { return c.Name == name })
		in.Faults.Check(known && col < width, "fields", "error.choose")
		if first := slices.Index(m.Fields, name); first < col {
			in.Faults.Add("fields", "import.error.twice", sheet.ColumnName(first), sheet.ColumnName(col))
		}
	}
	in.Faults.Check(some, "fields", "import.error.no_column")
	return in.Faults.Err()
}
