package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/sheet"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
)

// register is a register of a room that takes rows of files.
type register interface {
	right() registry.Right
	columns() []Column
	// open reads what the rows are held against.
	open(ctx context.Context, tx *store.Tx, actor registry.Actor) (rowTaker, error)
	// put writes a row as it was understood.
	put(ctx context.Context, tx *store.Tx, actor registry.Actor, row *Row) (intake.Entry, error)
	// back takes back what a row did: a Conflict where something else has gone on from it.
	back(ctx context.Context, tx *store.Tx, actor registry.Actor, e intake.Entry) error
	// free reports by its error whether back would.
	free(ctx context.Context, tx *store.Tx, actor registry.Actor, e intake.Entry) error
}

// rowTaker understands the rows of a file one after the other.
type rowTaker interface{ take(r *rowReader) }

// Same is a row that says what the register says already. Rows that are refused have no act.
const Same intake.Act = "same"

// Row is a row of a file as it is understood.
type Row struct {
	N       int // in the file
	Act     intake.Act
	Name    string // of what it makes or changes
	ID      string // of what it changes, or is the same as
	Changes []Difference
	Notes   []Note
	Wrong   []Wrong
	put     any // for the register
}

// Difference is a field that a row changes.
type Difference struct {
	Name     string
	Was, Now string
	Hidden   bool // the values are not shown
}

// Plan is what becomes of a file.
type Plan struct {
	Import  intake.Import
	Columns []Column
	Rows    []Row
	Added   int
	Changed int
	Same    int
	Wrong   int // rows
	Noted   int // rows with a cell that is understood otherwise than it is written
	Digest  string
}

// Writes reports whether the rows can be written.
func (p *Plan) Writes() bool { return p.Wrong == 0 && p.Added+p.Changed > 0 }

// Preview says how each row of a file is understood, with all that is wrong.
func (s *Service) Preview(ctx context.Context, actor registry.Actor, id intake.ID) (p Plan, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		x, err := s.importFor(ctx, tx, actor, id)
		if err == nil {
			p, err = s.plan(ctx, tx, actor, x)
		}
		return err
	})
	return p, err
}

// plan understands a file against the register as it stands.
func (s *Service) plan(ctx context.Context, tx *store.Tx, actor registry.Actor, x intake.Import) (Plan, error) {
	r := s.registers[x.Kind]
	p := Plan{Import: x, Columns: r.columns()}
	book, err := s.bookOf(ctx, tx, x)
	if err != nil {
		return p, err
	}
	f, err := s.newFile(ctx, tx, book, x.Mapping, p.Columns)
	if err != nil {
		return p, err
	}
	taker, err := r.open(ctx, tx, actor)
	if err != nil {
		return p, err
	}
	rows := book.Below(x.Mapping.Head)
	p.Rows = make([]Row, 0, len(rows))
	for i := range rows {
		if f.mapped(&rows[i]) {
			p.Rows = append(p.Rows, Row{N: rows[i].N})
			taker.take(&rowReader{file: f, row: &rows[i], out: &p.Rows[len(p.Rows)-1], on: f.today})
		}
	}
	p.sum()
	return p, nil
}

// bookOf reads the file of an import as its mapping says.
func (s *Service) bookOf(ctx context.Context, tx *store.Tx, x intake.Import) (*sheet.Book, error) {
	raw, err := intake.Data(ctx, tx, x.ID)
	if err != nil {
		return nil, err
	}
	if len(raw) == 0 {
		return nil, registry.E(registry.Conflict, "import.error.gone")
	}
	book, err := sheet.Read(raw, x.Mapping.Sheet)
	if err == nil && x.Mapping.Old {
		book.Modern()
	}
	return book, err
}

// newFile is a file whose rows are to be read.
func (s *Service) newFile(ctx context.Context, tx *store.Tx, b *sheet.Book, m intake.Mapping, columns []Column) (*file, error) {
	settings, err := s.SettingsIn(ctx, tx)
	if err != nil {
		return nil, err
	}
	f := &file{Core: s.Core, book: b, columns: columns, at: map[string]int{}, units: map[string]unitRead{}, today: s.Today()}
	for col, name := range m.Fields {
		if name != "" {
			f.at[name] = col
		}
	}
	f.home = func(u registry.Area) bool { return slices.Contains(s.Areas.Scope(u.Ref), settings.Province) }
	return f, nil
}

// mapped reports whether a row has anything in a column that is a field: what else stands
// under a table is no row of it.
func (f *file) mapped(row *sheet.Row) bool {
	for _, col := range f.at {
		if row.At(col).Text != "" {
			return true
		}
	}
	return false
}

// sum counts the rows, and makes the digest of what is shown of them.
func (p *Plan) sum() {
	digest := sha256.New()
	for i := range p.Rows {
		r := &p.Rows[i]
		switch {
		case len(r.Wrong) > 0:
			r.Act = ""
			p.Wrong++
		case r.Act == intake.Added:
			p.Added++
		case r.Act == intake.Changed:
			p.Changed++
		case r.Act == Same:
			p.Same++
		}
		if len(r.Notes) > 0 {
			p.Noted++
		}
		line, err := json.Marshal([]any{r.N, r.Act, r.ID, r.Changes})
		if err != nil {
			panic(err) // texts and numbers always marshal
		}
		_, _ = digest.Write(line) // a hash never fails
	}
	_, _ = io.WriteString(digest, p.Import.FileName)
	p.Digest = hex.EncodeToString(digest.Sum(nil)[:16])
}
