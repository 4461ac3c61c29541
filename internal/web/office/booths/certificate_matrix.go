package booths

import (
	"slices"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// paperMatrix is what the law asks of an applicant, day by day of its stay.
type paperMatrix struct {
	Days []string // "T5 17/12"
	Rows []paperMatrixRow
}

type paperMatrixRow struct {
	Name  string
	Goods []string // products that each need their own, where they stand alike
	Law   string
	Cells []paperCell
}

// paperCell is a paper on a day.
type paperCell struct {
	Day  string // "T5 17/12", for where the table has no head
	Bad  bool
	Text string
}

// newPaperMatrix compares the papers of an applicant with each day on which it comes,
// or each of the event while it has chosen none.
func newPaperMatrix(b view.Base, v booths.ApplicationView) (m paperMatrix) {
	days := v.Days
	if len(days) == 0 {
		for _, d := range v.Event.Days {
			days = append(days, d.Day)
		}
	}
	for _, d := range days {
		m.Days = append(m.Days, vn.WeekdayShort(d, b.Lang)+" "+view.ShortDate(d))
	}
	for _, n := range v.Needs {
		m.add(newMatrixRow(b, n, days))
	}
	for i := range m.Rows {
		for j := range m.Rows[i].Cells {
			m.Rows[i].Cells[j].Day = m.Days[j]
		}
	}
	return m
}

// add puts a row into the table, in one with the row of the same paper that stands
// alike on each day.
func (m *paperMatrix) add(row paperMatrixRow) {
	i := slices.IndexFunc(m.Rows, func(r paperMatrixRow) bool {
		return len(r.Goods) > 0 && len(row.Goods) > 0 && r.Name == row.Name && slices.Equal(r.Cells, row.Cells)
	})
	if i < 0 {
		m.Rows = append(m.Rows, row)
		return
	}
	m.Rows[i].Goods = append(m.Rows[i].Goods, row.Goods...)
}

// GoodsText joins the products of a row.
func (r paperMatrixRow) GoodsText() string { return strings.Join(r.Goods, ", ") }

func newMatrixRow(b view.Base, n registry.Need, days []string) paperMatrixRow {
	kind := n.Paper.Kind
	if kind == "" {
		kind = n.AnyOf[0]
	}
	row := paperMatrixRow{Name: b.PaperName(kind), Law: b.LawText(n.Law)}
	if n.Product != "" {
		row.Goods = []string{n.Product}
	}
	for _, d := range days {
		row.Cells = append(row.Cells, newPaperCell(b, n, d))
	}
	return row
}

func newPaperCell(b view.Base, n registry.Need, day string) paperCell {
	switch {
	case n.Paper.Kind == "":
		return paperCell{Bad: true, Text: b.T("application.matrix.missing")}
	case !n.Holds(day):
		return paperCell{Bad: true, Text: b.T("application.matrix.lapsed")}
	}
	return paperCell{Text: b.T("application.matrix.holds")}
}
