package report

import (
	"fmt"

	"hoicho/internal/i18n"
)

// PeriodFigure is a figure of a unit as a file has it.
type PeriodFigure struct {
	N     int64
	Known bool // else the cell is empty, which is something else than 0
	Share bool // N is in parts of a thousand
}

// PeriodRow is the report of a unit for a period as a file lists it.
type PeriodRow struct {
	Unit, Code, Period string
	State              string // a code of "period.state."; "" of what nobody reports
	Filed              bool   // the figures are those that were handed in
	SubmittedAt        int64  // unix ms
	SubmittedBy        string
	Figures            []PeriodFigure
}

// PeriodTable lists the reports of a period, a column for each figure under its label.
func PeriodTable(lang string, labels []string, rows []PeriodRow) Table {
	t := fieldTable(lang, "period.title", "period", []column{{"unit", false, 3}, {"code", false, 2}, {"period", false, 1}, {"state", false, 2},
		{"filed", false, 1}, {"submitted", false, 2}, {"submitted_by", false, 2}})
	for _, label := range labels {
		t.Columns = append(t.Columns, Column{Label: label, Number: true, Weight: 1})
	}
	for _, r := range rows {
		cells := []Cell{text(r.Unit), code(r.Code), code(r.Period), text(r.state(lang)), text(r.filed(lang)), instant(r.SubmittedAt), text(r.SubmittedBy)}
		for _, f := range r.Figures {
			cells = append(cells, periodCell(f))
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

// state and filed are empty for what nobody reports.
func (r PeriodRow) state(lang string) string {
	if r.State == "" {
		return ""
	}
	return i18n.T(lang, "period.state."+r.State)
}

func (r PeriodRow) filed(lang string) string {
	switch {
	case r.State == "":
		return ""
	case r.Filed:
		return i18n.T(lang, "audit.yes")
	}
	return i18n.T(lang, "audit.no")
}

func periodCell(f PeriodFigure) Cell {
	switch {
	case !f.Known:
		return text("")
	case f.Share:
		return text(fmt.Sprintf("%d,%d %%", f.N/10, f.N%10))
	}
	return number(f.N)
}
