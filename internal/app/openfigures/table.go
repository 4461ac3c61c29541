package openfigures

import (
	"hoicho/internal/registry"
	"hoicho/internal/report"
)

// What pages and files show.
type (
	// Sum is published figures; what is not told has no entry.
	Sum = report.OpenSum
	// Field names a published figure.
	Field = report.OpenField
	// Table is a table that goes out as a file.
	Table = report.Table
)

// Fields lists the published figures in the order of files.
var Fields = report.OpenFields

// VisitsBy is the figure of the visits counted one way.
func VisitsBy(m registry.CountMethod) Field { return report.OpenVisitsBy(m) }

// EventTable has a line for each event; base begins the addresses of their pages.
func (f *Figures) EventTable(base string) Table {
	var rows []report.OpenRow
	for _, e := range f.Events {
		rows = append(rows, report.OpenRow{Head: []string{e.Slug, base + "/su-kien/" + e.Slug, e.Title, string(e.Kind), e.Area.String(), e.AreaName, e.Commune, e.CommuneName,
			e.OpensOn, e.ClosesOn, e.ReportedOn}, Sum: e.OpenSum})
	}
	return report.OpenTable("so-lieu", []string{"event", "page", "title", "kind", "unit", "unit_name", "commune", "commune_name", "opens_on", "closes_on", "reported_on"}, rows)
}

// CommuneTable has a line for each commune of today in each year.
func (f *Figures) CommuneTable() Table {
	var rows []report.OpenRow
	for _, y := range f.ByYear() {
		for _, g := range y.ByCommune() {
			rows = append(rows, report.OpenRow{Head: []string{y.Key, g.Key, g.Name}, Sum: g.Total})
		}
	}
	return report.OpenTable("theo-xa", []string{"year", "commune", "commune_name"}, rows)
}

// YearTable has a line for each year.
func (f *Figures) YearTable() Table {
	var rows []report.OpenRow
	for _, y := range f.ByYear() {
		rows = append(rows, report.OpenRow{Head: []string{y.Key}, Sum: y.Total})
	}
	return report.OpenTable("theo-nam", []string{"year"}, rows)
}
