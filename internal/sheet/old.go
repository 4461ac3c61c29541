package sheet

import (
	"strings"
	"unicode"

	"hoicho/internal/vn"
)

// OldColumn is a column with text of an old typeface.
type OldColumn struct {
	Col int
	N   int    // cells that would be converted
	Was string // one of them
	Now string
}

// oldness is what a column shows of how it was typed.
type oldness struct{ signs, modern int }

// OldColumns finds the columns whose text was typed for typefaces of before Unicode
// (.VnTime and its like, TCVN3): the file says so, or letters stand in it that no word
// of today has.
func (b *Book) OldColumns() (found []OldColumn) {
	seen := b.oldness()
	for col := range b.Width() {
		c := OldColumn{Col: col}
		for i := range b.Rows {
			cell := b.Rows[i].At(col)
			if now, ok := seen[col].convert(cell); ok {
				if c.N++; c.N == 1 {
					c.Was, c.Now = cell.Text, now
				}
			}
		}
		if c.N > 0 {
			found = append(found, c)
		}
	}
	return found
}

// Modern makes Unicode of all text of old typefaces.
func (b *Book) Modern() {
	seen := b.oldness()
	for i := range b.Rows {
		cells := b.Rows[i].Cells
		for n := range cells {
			if now, ok := seen[cells[n].Col].convert(cells[n]); ok {
				cells[n].Text, cells[n].Old = now, false
			}
		}
	}
}

func (b *Book) oldness() map[int]oldness {
	seen := map[int]oldness{}
	for i := range b.Rows {
		for _, c := range b.Rows[i].Cells {
			o := seen[c.Col]
			switch {
			case vn.SignsOfTCVN3(c.Text):
				o.signs++
			case !vn.MayBeTCVN3(c.Text) && strings.ContainsFunc(c.Text, beyondASCII):
				o.modern++
			}
			seen[c.Col] = o
		}
	}
	return seen
}

// convert returns the text of an old cell in Unicode; ok is false for any other. In a
// column of both kinds a cell has to show by itself that it is old.
func (o oldness) convert(c Cell) (now string, ok bool) {
	plain := c.Kind != Text || !vn.MayBeTCVN3(c.Text)
	sure := c.Old || vn.SignsOfTCVN3(c.Text) || o.signs > 0 && o.modern == 0
	if plain || !sure {
		return c.Text, false
	}
	now = vn.FromTCVN3(c.Text, c.Capital)
	return now, now != c.Text
}

func beyondASCII(r rune) bool { return r > unicode.MaxASCII }
