package report

import (
	"strconv"

	"hoicho/internal/i18n"
)

// ProcurementRow is what a body bought in a period as a file lists it.
type ProcurementRow struct {
	Number, Body      string
	Year              int64
	Part              string // code of "period.part."
	Group             string // code of "goods_group.name.", or a name
	Own               bool   // Group is a name
	Total, Domestic   int64  // đồng
	Share             int64  // thousandths
	Shared            bool   // there is a share
	Paper, Note       string
	EnteredBy, Struck string // Struck is the reason; "" counts
}

// column is a column of a table under the label of a field.
type column struct {
	key    string
	number bool
	weight float64
}

// fieldTable begins a table whose columns are named by the fields of a concept.
func fieldTable(lang, name, concept string, columns []column) Table {
	t := Table{Name: i18n.T(lang, name)}
	for _, c := range columns {
		t.Columns = append(t.Columns, Column{Label: i18n.T(lang, concept+".field."+c.key), Number: c.number, Weight: c.weight})
	}
	return t
}

// ProcurementTable lists what bodies bought under the labels of their form.
func ProcurementTable(lang string, rows []ProcurementRow) Table {
	t := fieldTable(lang, "procurement.title", "procurement", []column{{"number", false, 1}, {"body", false, 4}, {"year", false, 1}, {"part", false, 2},
		{"group", false, 3}, {"total", true, 2}, {"domestic", true, 2}, {"share", true, 1}, {"paper", false, 3}, {"note", false, 3}, {"entered", false, 2},
		{"struck", false, 3}})
	for _, r := range rows {
		group, share := r.Group, text("")
		if !r.Own {
			group = i18n.T(lang, "goods_group.name."+r.Group)
		}
		if r.Shared {
			share = text(i18n.T(lang, "procurement.per_cent", r.Share/10, r.Share%10))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{code(r.Number), text(r.Body), code(strconv.FormatInt(r.Year, 10)), text(i18n.T(lang, "period.part."+r.Part)), text(group),
			number(r.Total), number(r.Domestic), share, text(r.Paper), text(r.Note), text(r.EnteredBy), text(r.Struck)}})
	}
	return t
}
