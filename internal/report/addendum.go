package report

import (
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Addendum is what a report that is out was added to, with its kept figures.
type Addendum struct {
	registry.ReportAddendum
	Then     *Snapshot // as closed; nil: still open
	ClosedOn string    // date of Then
}

// closed are the addenda whose figures are kept.
func (r *Result) closed() (list []Addendum) {
	for _, a := range r.Addenda {
		if a.Then != nil {
			list = append(list, a)
		}
	}
	return list
}

// Latest is the snapshot that was closed last, of the report or of an addendum; nil
// while the event is not reported.
func (r *Result) Latest() *Snapshot {
	if all := r.closed(); len(all) > 0 {
		return all[len(all)-1].Then
	}
	return r.Then
}

// latestOn is the date of Latest.
func (r *Result) latestOn() string {
	if all := r.closed(); len(all) > 0 {
		return all[len(all)-1].ClosedOn
	}
	return r.ClosedOn
}

// addendumSections tell of each closed addendum what it changed.
func (r *Result) addendumSections(t texts, reader Reader) (sections []Section) {
	was := r.Then
	for _, a := range r.closed() {
		table := addedTable(t, a.N, [2]*Snapshot{was, a.Then}, reader)
		sections = append(sections, Section{Heading: t.T("report.section.addendum", a.N), Paragraphs: append(a.paragraphs(t, len(table.Rows)), a.closing(t)), Tables: filledOnly(table)})
		was = a.Then
	}
	return sections
}

// paragraphs say why an addendum was made, and that nothing changed where that is so.
func (a *Addendum) paragraphs(t texts, changed int) []string {
	lines := []string{t.T("report.addendum.why", a.Reason)}
	if changed == 0 {
		lines = append(lines, t.T("report.addendum.nothing"))
	}
	return lines
}

// closing says when an addendum was closed, by whom, and its number if it has one.
func (a *Addendum) closing(t texts) string {
	if a.Number == "" {
		return t.T("report.addendum.closed", vn.ShowDate(a.ClosedOn), a.ClosedBy)
	}
	return t.T("report.addendum.closed", vn.ShowDate(a.ClosedOn), a.ClosedBy) + " " + t.T("report.addendum.number", a.Number, vn.ShowDate(a.SignedOn))
}

// addedTable shows each changed figure as it was reported and as it is now.
func addedTable(t texts, n int, of [2]*Snapshot, reader Reader) Table {
	table := changeTable(t, t.T("report.sheet.addendum", n), of, reader)
	table.Columns[1].Label, table.Columns[2].Label = t.T("report.col.reported"), t.T("report.col.added")
	return table
}

// filledOnly leaves an empty table out.
func filledOnly(t Table) []Table {
	if len(t.Rows) == 0 {
		return nil
	}
	return []Table{t}
}

// AddendumDocument writes a closed addendum as a document of its own, to be numbered
// and signed; false if there is no such one. It names the report that it adds to,
// and each changed figure as it was and as it is.
func (r *Result) AddendumDocument(reader Reader, n int) (Document, bool) {
	t, was := texts(reader.Lang), r.Then
	for _, a := range r.closed() {
		if a.N != n {
			was = a.Then
			continue
		}
		d := Document{Lang: reader.Lang, Paper: r.Paper, Title: t.T("report.addendum.title"), Subject: t.T("report.subject", r.Then.Event.Title)}
		d.Paper.Number, d.Paper.SignedOn, d.Paper.Assessment = a.Number, a.SignedOn, ""
		table := addedTable(t, n, [2]*Snapshot{was, a.Then}, reader)
		first := t.T("report.addendum.to", r.Paper.Number, vn.ShowDate(r.Paper.SignedOn))
		d.Sections = []Section{{Heading: t.T("report.addendum.heading"), Paragraphs: append([]string{first}, a.paragraphs(t, len(table.Rows))...), Tables: filledOnly(table)}}
		return d, true
	}
	return Document{}, false
}
