package imports

import (
	"slices"
	"strings"

	"hoicho/internal/app/field"
	"hoicho/internal/sheet"
	"hoicho/internal/store/intake"
	"hoicho/internal/vn"
)

// Column is a field of a register that a column of a file can be.
type Column struct {
	Name   string // of the field in its form, and in faults
	Label  string // key of its text
	Kind   field.Kind
	Words  []string   // headings that mean it, the usual ones first
	Codes  []string   // of a choice
	Texts  string     // of a choice: prefix of the keys of its texts
	Spelt  [][]string // of a choice: what people write for each code
	Needed bool       // a row cannot become new without it
}

// code finds the code of a choice by what people write; false for what means none.
func (c Column) code(text string) (string, bool) {
	folded := vn.Fold(text)
	for i, code := range c.Codes {
		if folded == vn.Fold(code) || slices.ContainsFunc(c.Spelt[i], func(w string) bool { return vn.Fold(w) == folded }) {
			return code, true
		}
	}
	return "", false
}

// headRows is in how many rows with something in them the headings are looked for.
const headRows = 15

// guess finds the row of the headings and which column is which field: by what the headings
// meant to the person the last time, else by their words.
func guess(b *sheet.Book, columns []Column, habit map[string]string) intake.Mapping {
	m := intake.Mapping{Sheet: b.Sheet, Old: len(b.OldColumns()) > 0}
	most := -1
	for i := range b.Rows[:min(len(b.Rows), headRows)] {
		fields := match(b, b.Rows[i].N, columns, habit)
		if n := len(fields) - count(fields, ""); n > most {
			m.Head, m.Fields, most = b.Rows[i].N, fields, n
		}
	}
	if most == 0 {
		m.Head = b.Rows[0].N
	}
	return m
}

func count(list []string, text string) (n int) {
	for _, x := range list {
		if x == text {
			n++
		}
	}
	return n
}

// match gives each column of a table the field that its heading means best; each field
// once.
func match(b *sheet.Book, head int, columns []Column, habit map[string]string) []string {
	fields := make([]string, b.Width())
	type pair struct{ col, field, fit int }
	var pairs []pair
	for col := range fields {
		heading := vn.Fold(modernHeading(b.Heading(head, col)))
		for f, c := range columns {
			if fit := fits(heading, c, habit); fit > 0 {
				pairs = append(pairs, pair{col, f, fit})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return b.fit - a.fit })
	for _, p := range pairs {
		if name := columns[p.field].Name; fields[p.col] == "" && !slices.Contains(fields, name) {
			fields[p.col] = name
		}
	}
	return fields
}

// modernHeading is a heading in Unicode, whether or not the rest of the file is.
func modernHeading(text string) string {
	if vn.SignsOfTCVN3(text) {
		return vn.FromTCVN3(text, false)
	}
	return text
}

// How surely a heading means a field.
const (
	fitsHabit = 10_000
	fitsWhole = 1_000
)

// fits tells how well a folded heading means a field; 0 is not at all.
func fits(heading string, c Column, habit map[string]string) (best int) {
	if heading == "" {
		return 0
	}
	if habit[heading] == c.Name {
		return fitsHabit
	}
	for i, word := range c.Words {
		word = vn.Fold(word)
		switch {
		case heading == word:
			best = max(best, fitsWhole-i)
		case strings.HasSuffix(heading, " "+word):
			best = max(best, 2*len(word))
		case strings.Contains(" "+heading+" ", " "+word+" "):
			best = max(best, len(word))
		}
	}
	return best
}

// habitOf is what the headings of a file mean, to be remembered; a heading that is left
// out is remembered too.
func habitOf(b *sheet.Book, m intake.Mapping, old map[string]string) map[string]string {
	for col, name := range m.Fields {
		if heading := vn.Fold(modernHeading(b.Heading(m.Head, col))); heading != "" && len(heading) <= 100 && len(old) < 500 {
			old[heading] = name
		}
	}
	return old
}
