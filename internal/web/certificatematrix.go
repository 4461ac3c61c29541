package web

import (
	"errors"
	"strings"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// certificateMatrix is what the law asks of an applicant, day by day of its stay.
type certificateMatrix struct {
	Days []string // "T5 17/12"
	Rows []certificateMatrixRow
}

type certificateMatrixRow struct {
	Name  string
	Law   string
	Cells []certificateCell
}

// certificateCell is a certificate on a day.
type certificateCell struct {
	Bad  bool
	Text string
}

// newCertificateMatrix compares the papers of an applicant with each day on which it comes,
// or each of the event while it has chosen none.
func (b base) newCertificateMatrix(v app.ApplicationView) (m certificateMatrix) {
	days := v.Days
	if len(days) == 0 {
		for _, d := range v.Event.Days {
			days = append(days, d.Day)
		}
	}
	for _, d := range days {
		m.Days = append(m.Days, vn.WeekdayShort(d, b.Lang)+" "+shortDate(d))
	}
	for _, n := range v.Needs {
		m.Rows = append(m.Rows, b.newCertificateMatrixRow(n, days))
	}
	return m
}

func (b base) newCertificateMatrixRow(n registry.Need, days []string) certificateMatrixRow {
	kind := n.Paper.Kind
	if kind == "" {
		kind = n.AnyOf[0]
	}
	row := certificateMatrixRow{Name: b.certificateName(kind)}
	if n.Product != "" {
		row.Name += ": " + n.Product
	}
	row.Law = b.lawText(n.Law)
	for _, d := range days {
		row.Cells = append(row.Cells, b.newCertificateCell(n, d))
	}
	return row
}

func (b base) newCertificateCell(n registry.Need, day string) certificateCell {
	switch {
	case n.Paper.Kind == "":
		return certificateCell{true, b.T("application.matrix.missing")}
	case !n.Holds(day):
		return certificateCell{true, b.T("application.matrix.lapsed")}
	}
	return certificateCell{false, b.T("application.matrix.holds")}
}

// leftLine is an application that a batch did not approve, as it is told.
type leftLine struct {
	Href string
	Name string
	Why  string
}

// leftLines names what a batch left and why.
func (b base) leftLines(left []app.Left) []leftLine {
	lines := make([]leftLine, len(left))
	for i, l := range left {
		lines[i] = leftLine{Name: b.T("application.queue.left_unknown"), Why: b.whyLeft(l.Fault)}
		if l.Number > 0 {
			lines[i].Href, lines[i].Name = reviewRoot(l.ID), l.Vendor+" · "+b.T("application.number", l.Number)
		}
	}
	return lines
}

func (b base) whyLeft(fault error) string {
	lacking, ok := errors.AsType[*app.LackingPapers](fault)
	if !ok {
		return b.errorText(fault)
	}
	chips := b.findingChips(shortFindings(lacking.Findings), "")
	words := make([]string, len(chips))
	for i, chip := range chips {
		words[i] = chip.Label
	}
	return strings.Join(words, "; ")
}
