package imports

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/app/field"
	"hoicho/internal/registry"
	"hoicho/internal/sheet"
	"hoicho/internal/vn"
)

// Note says how a cell is understood where that is not what stands in it.
type Note struct {
	Cell string // C17
	Col  int
	Name string // of the field
	Was  string
	Now  string
	Key  string // of the text that says why
}

// Wrong is what is wrong with a row, at a cell where it is at one.
type Wrong struct {
	Cell  string // C17, or the number of the row
	Col   int    // -1: the row
	Name  string // of the field
	Fault *registry.Error
}

// rowReader reads the cells of one row for a register, and gathers what there is to say.
type rowReader struct {
	*file
	row *sheet.Row
	out *Row
	on  string // day of whose units the row speaks
}

// file is a file with what its columns mean, while its rows are read.
type file struct {
	*core.Core
	book    *sheet.Book
	columns []Column
	at      map[string]int // column of the file, by field
	units   map[string]unitRead
	home    func(registry.Area) bool
	today   string
}

// unitRead is a unit that a text names.
type unitRead struct {
	ref   registry.AreaRef
	rest  string // what stands before it: a village
	fault *registry.Error
}

// wrong notes a fault at the cell of a field, or at the row where no column is that field.
func (r *rowReader) wrong(name string, fault *registry.Error) {
	w := Wrong{Cell: strconv.Itoa(r.row.N), Col: -1, Name: name, Fault: fault}
	if col, ok := r.at[name]; ok {
		w.Cell, w.Col = sheet.CellName(r.row.N, col), col
	}
	r.out.Wrong = append(r.out.Wrong, w)
}

// faults notes what a use case finds wrong with the row, each at the cell of its field. A
// cell that was refused already keeps what was said of it.
func (r *rowReader) faults(err error) {
	if err == nil {
		return
	}
	said := map[string]bool{}
	for _, w := range r.out.Wrong {
		said[w.Name] = true
	}
	list, several := errors.AsType[registry.Faults](err)
	if one, ok := errors.AsType[*registry.Error](err); ok && !several {
		list = registry.Faults{one}
	}
	for _, fault := range list {
		if !said[fault.Field] {
			r.wrong(fault.Field, fault)
		}
	}
}

func (r *rowReader) refuse(name, key string, args ...any) {
	r.wrong(name, registry.At(name, "import.cell."+key, args...))
}

// note says how the cell of a field is understood.
func (r *rowReader) note(name, key, now string) {
	col := r.at[name]
	r.out.Notes = append(r.out.Notes, Note{Cell: sheet.CellName(r.row.N, col), Col: col, Name: name, Was: r.row.At(col).Text, Now: now, Key: "import.note." + key})
}

// text reads the cell of a field as its form takes it. ok is false for an empty cell and
// for one that was refused.
func (r *rowReader) text(c Column) (text string, ok bool) {
	col, mapped := r.at[c.Name]
	if !mapped {
		return "", false
	}
	cell := r.row.At(col)
	if with, hidden := r.book.Hidden(r.row.N, col); hidden {
		r.refuse(c.Name, "merged", with)
		return "", false
	}
	switch {
	case cell.Text == "":
		return "", false
	case cell.Kind == sheet.Fault:
		r.refuse(c.Name, "formula", cell.Text)
		return "", false
	}
	if cell.Formula {
		r.note(c.Name, "formula", cell.Text)
	}
	return r.read(c, cell)
}

// read reads a cell by the kind of its field.
func (r *rowReader) read(c Column, cell sheet.Cell) (string, bool) {
	switch c.Kind {
	case field.Tax, field.Phone, field.GTIN:
		return r.digits(c, cell)
	case field.Choice, field.Pick:
		code, ok := c.code(cell.Text)
		if !ok {
			r.refuse(c.Name, "choice", cell.Text)
			return "", false
		}
		if code != cell.Text {
			r.note(c.Name, "choice", code)
		}
		return code, true
	case field.Tick:
		return r.tick(c, cell)
	case field.Date:
		return r.date(c, cell)
	}
	return cell.Text, true
}

// rounded is a number that a spreadsheet program has written short, its last digits lost.
var rounded = regexp.MustCompile(`^\d+([.,]\d+)?[Ee]\+?\d+$`)

// digits reads a code that is made of digits and no number: zeros at its beginning count.
func (r *rowReader) digits(c Column, cell sheet.Cell) (string, bool) {
	switch {
	case rounded.MatchString(cell.Text):
		r.refuse(c.Name, "rounded", cell.Text)
		return "", false
	case cell.Kind == sheet.Date:
		r.refuse(c.Name, "not_date", cell.Text)
		return "", false
	case cell.Kind != sheet.Number || strings.HasPrefix(cell.Text, "0"):
		return cell.Text, true
	}
	return r.zeroLost(c, cell.Text)
}

// zeroLost looks at a code that the file holds as a number, which cannot begin with zero. A
// telephone number always does, and is read with it; of a tax code nobody knows.
func (r *rowReader) zeroLost(c Column, text string) (string, bool) {
	with := "0" + text
	switch c.Kind {
	case field.Phone:
		if _, err := vn.ParsePhone(text); err == nil {
			break
		}
		if _, err := vn.ParsePhone(with); err == nil {
			r.note(c.Name, "zero", with)
			return with, true
		}
	case field.Tax:
		_, short := vn.ParseTaxCode(text)
		if _, err := vn.ParseTaxCode(with); short != nil && err == nil {
			r.refuse(c.Name, "zero_lost", text, with)
			return "", false
		}
	}
	return text, true
}

// ticks are what people write for yes and no.
var ticks = map[string]string{"1": "1", "co": "1", "x": "1", "v": "1", "yes": "1", "true": "1", "dung": "1", "0": "", "khong": "", "no": "", "false": "", "k": "", "sai": ""}

func (r *rowReader) tick(c Column, cell sheet.Cell) (string, bool) {
	value, known := ticks[vn.Fold(cell.Text)]
	if !known {
		r.refuse(c.Name, "tick", cell.Text)
	}
	return value, known
}

// date reads a day: what the file shows as a date, or what people type. What was typed
// otherwise than it is shown is said, such as a day of the lunar calendar.
func (r *rowReader) date(c Column, cell sheet.Cell) (string, bool) {
	if cell.Kind == sheet.Number {
		r.refuse(c.Name, "serial", cell.Text)
		return "", false
	}
	day, err := core.ReadDate(c.Name, cell.Text, r.today)
	if err != nil {
		r.refuse(c.Name, "date", cell.Text)
		return "", false
	}
	if shown := vn.ShowDate(day); shown != cell.Text {
		r.note(c.Name, "date", shown)
	}
	return vn.ShowDate(day), true
}

// unit reads the unit that the cell of a field names, and what stands before it.
func (r *rowReader) unit(c Column) (ref registry.AreaRef, rest string, ok bool) {
	text, ok := r.text(c)
	if !ok {
		return ref, "", false
	}
	found := r.unitNamed(text, r.on)
	if found.fault != nil {
		r.wrong(c.Name, found.fault)
		return ref, "", false
	}
	unit, _ := r.Areas.At(found.ref, r.on)
	if said := r.Areas.LongName(unit, r.on); said != text {
		r.note(c.Name, "unit", said)
	}
	return found.ref, found.rest, true
}

// unitNamed is the unit of a day that an address names: the text, or what is left of it
// after its first parts. Each text is looked up once in a file.
func (f *file) unitNamed(text, on string) unitRead {
	key := on + text
	if found, ok := f.units[key]; ok {
		return found
	}
	found := f.lookUp(text, on)
	f.units[key] = found
	return found
}

// lookUp reads an address. What stands before the unit is a village only where the unit
// says what it is: "thôn Pác Ngòi, xã Ba Bể, Thái Nguyên".
func (f *file) lookUp(text, on string) unitRead {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	ref, fault := f.UnitNamed(text, on, f.home)
	for i := 1; fault != nil && i < len(parts) && !communeWord.MatchString(parts[i-1]); i++ {
		if communeWord.MatchString(parts[i]) {
			if unit, none := f.UnitNamed(strings.Join(parts[i:], ","), on, f.home); none == nil && unit.IsCommune() {
				return unitRead{ref: unit, rest: strings.TrimSpace(strings.Join(parts[:i], ","))}
			}
		}
	}
	return unitRead{ref: ref, fault: fault}
}

// communeWord begins the name of a commune.
var communeWord = regexp.MustCompile(`(?i)^\s*(xã|x\.|phường|p\.|thị trấn|tt\.|đặc khu|commune|ward)\s*\pL`)
