package booths

import (
	"errors"
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
	Law   string
	Cells []paperCell
}

// paperCell is a paper on a day.
type paperCell struct {
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
		m.Rows = append(m.Rows, newMatrixRow(b, n, days))
	}
	return m
}

func newMatrixRow(b view.Base, n registry.Need, days []string) paperMatrixRow {
	kind := n.Paper.Kind
	if kind == "" {
		kind = n.AnyOf[0]
	}
	row := paperMatrixRow{Name: b.PaperName(kind)}
	if n.Product != "" {
		row.Name += ": " + n.Product
	}
	row.Law = b.LawText(n.Law)
	for _, d := range days {
		row.Cells = append(row.Cells, newPaperCell(b, n, d))
	}
	return row
}

func newPaperCell(b view.Base, n registry.Need, day string) paperCell {
	switch {
	case n.Paper.Kind == "":
		return paperCell{true, b.T("application.matrix.missing")}
	case !n.Holds(day):
		return paperCell{true, b.T("application.matrix.lapsed")}
	}
	return paperCell{false, b.T("application.matrix.holds")}
}

// leftLine is an application that a batch did not approve, as it is told.
type leftLine struct {
	Href string
	Name string
	Why  string
}

// leftLines names what a batch left and why.
func leftLines(b view.Base, left []booths.Left) []leftLine {
	lines := make([]leftLine, len(left))
	for i, l := range left {
		lines[i] = leftLine{Name: b.T("application.queue.left_unknown"), Why: whyLeft(b, l.Fault)}
		if l.Number > 0 {
			lines[i].Href, lines[i].Name = view.ReviewRoot(l.ID), l.Vendor+" · "+b.T("application.number", l.Number)
		}
	}
	return lines
}

func whyLeft(b view.Base, fault error) string {
	lacking, ok := errors.AsType[*booths.LackingPapers](fault)
	if !ok {
		return b.ErrorText(fault)
	}
	chips := b.FindingChips(shortFindings(lacking.Findings), "")
	words := make([]string, len(chips))
	for i, chip := range chips {
		words[i] = chip.Label
	}
	return strings.Join(words, "; ")
}
