package paste

import (
	"encoding/json"
	"slices"
	"unicode/utf8"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// MostText is how many signs a table may have in all, so that it goes to the browser and back.
const MostText = 100_000

// kept is a table between two looks at it. Cells stand in the order of the columns.
type kept struct {
	Columns []Field   `json:"columns"`
	Unknown []string  `json:"unknown,omitempty"`
	Sheets  []string  `json:"sheets,omitempty"`
	Old     bool      `json:"old,omitempty"`
	Rows    []keptRow `json:"rows"`
}

type keptRow struct {
	N     int      `json:"n"`
	Out   bool     `json:"out,omitempty"`
	Cells []string `json:"cells"`
}

// Keep writes a table as Kept reads it. Invalid at "rows" where it is larger than MostText.
func (t Table) Keep() (string, error) {
	k := kept{Columns: t.columns(), Unknown: t.Unknown, Sheets: t.Sheets, Old: t.Old, Rows: []keptRow{}}
	for _, r := range t.Rows {
		row := keptRow{N: r.N, Out: r.Out}
		for _, f := range k.Columns {
			row.Cells = append(row.Cells, r.Cells[f])
		}
		k.Rows = append(k.Rows, row)
	}
	raw, err := json.Marshal(k)
	if n := utf8.RuneCount(raw); n > MostText {
		return "", registry.Faults{registry.At("rows", "paste.error.large", n, MostText)}
	}
	return string(raw), err
}

// columns are the known ones and those in which something was mended.
func (t Table) columns() (list []Field) {
	for _, f := range Fields {
		if t.Has(f) || slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Cells[f] != "" }) {
			list = append(list, f)
		}
	}
	return list
}

// Kept reads a table that Keep wrote. What it did not write is Malformed.
func Kept(text string) (t Table, err error) {
	malformed := registry.E(registry.Malformed, "error.malformed")
	var k kept
	if json.Unmarshal([]byte(text), &k) != nil || len(k.Rows) > MostRows {
		return t, malformed
	}
	t = Table{Columns: k.Columns, Unknown: k.Unknown, Sheets: k.Sheets, Old: k.Old}
	seen := map[int]bool{}
	for _, r := range k.Rows {
		row := Row{N: r.N, Out: r.Out, Cells: map[Field]string{}}
		if seen[r.N] || r.N < 1 || len(r.Cells) != len(k.Columns) {
			return Table{}, malformed
		}
		seen[r.N] = true
		for i, f := range k.Columns {
			cell, clean := vn.CleanLine(r.Cells[i])
			if !clean || !slices.Contains(Fields, f) {
				return Table{}, malformed
			}
			if cell != "" {
				row.Cells[f] = cell
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// Text writes a table with headings as a spreadsheet takes it from the clipboard, and Read reads it.
// Rows that are left out are not in it.
func (t Table) Text(heading func(Field) string) string {
	columns := t.columns()
	var text []byte
	line := func(cells func(Field) string) {
		for i, f := range columns {
			if i > 0 {
				text = append(text, '\t')
			}
			text = append(text, cells(f)...)
		}
		text = append(text, '\n')
	}
	line(heading)
	for _, r := range t.Rows {
		if !r.Out {
			line(func(f Field) string { return r.Cells[f] })
		}
	}
	return string(text)
}
