package report

import "hoicho/internal/i18n"

// CostRow is a line of cost as a file lists it.
type CostRow struct {
	Number, Kind, Source, Title string // Kind and Source are codes of "cost.kind." and "cost.source."
	Estimate                    int64  // đồng; 0 is not said
	Paid                        bool   // Spent says something
	Spent                       int64
	Paper, PaperOn              string
	Shared                      bool   // over several events: the amounts are the piece of this one
	EnteredBy, Struck           string // Struck is the reason; "" counts
}

// CostTable lists lines of cost under the labels of their form.
func CostTable(lang string, rows []CostRow) Table {
	t := fieldTable(lang, "cost.title", "cost", []column{{"number", false, 1}, {"kind", false, 3}, {"title", false, 4}, {"source", false, 2},
		{"estimate", true, 2}, {"spent", true, 2}, {"paper", false, 3}, {"issued_on", false, 1}, {"shares", false, 1}, {"entered", false, 2}, {"struck", false, 2}})
	for _, r := range rows {
		spent, shared := text(""), ""
		if r.Paid {
			spent = number(r.Spent)
		}
		if r.Shared {
			shared = i18n.T(lang, "cost.shared")
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{code(r.Number), text(i18n.T(lang, "cost.kind."+r.Kind)), text(r.Title), text(i18n.T(lang, "cost.source."+r.Source)),
			unlessZero(r.Estimate), spent, text(r.Paper), dayOrNone(r.PaperOn), text(shared), text(r.EnteredBy), text(r.Struck)}})
	}
	return t
}
