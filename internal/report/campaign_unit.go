package report

import (
	"fmt"
	"slices"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// UnitPaper is what a commune or a body reports of a period of the campaign to the committee above
// it. The paper is in Vietnamese whatever the language of its reader.
type UnitPaper struct {
	Paper   registry.ResultPaper
	To      []string
	Draft   bool // until the report is handed in
	Form    period.FormCode
	Period  period.Period
	Until   string // the last day of which it tells, YYYY-MM-DD
	Unit    string // "xã Na Rì"
	Plan    period.Plan
	Figures []Reported // of the unit alone
	Words   period.Words
}

// Document writes the paper after Nghị định 30/2020/NĐ-CP.
func (p UnitPaper) Document() Document {
	t := texts("vi")
	c := CampaignPaper{Period: p.Period, Figures: p.Figures, Words: []Spoken{{Words: p.Words}}, one: p.Form}
	name := capital(p.Unit)
	d := Document{Lang: "vi", Paper: p.Paper, To: p.To, Title: t.T("report.title"), Subject: t.T("paper.unit_subject", c.periodName(t), p.Unit)}
	if p.Draft {
		d.Draft = t.T("paper.draft")
	}
	basis := ""
	if p.Plan.Number != "" {
		basis = t.T("paper.basis", p.Plan.Number, longDate(t, p.Plan.IssuedOn)) + " "
		name = p.Unit
	}
	d.Sections = append(d.Sections, sectionOf("", words(basis+t.T("paper.unit_opening", name, c.periodName(t), vn.ShowDate(p.Until)))))
	d.Sections = append(d.Sections, sectionOf(t.T("paper.part.results")))
	strands := c.strands(t)
	d.Sections = append(d.Sections, strands...)
	d.Sections = append(d.Sections, p.comparison(t, c, len(strands)+1))
	undone := c.undone(t)
	if len(undone) == 0 {
		undone = []Passage{words(t.T("paper.unit_no_shortcoming"))}
	}
	d.Sections = append(d.Sections, sectionOf(t.T("paper.part.shortcomings"), undone...))
	topics := c.topics(t)
	var silence []Passage
	if len(topics) == 0 {
		silence = []Passage{words(t.T("paper.unit_silence"))}
	}
	d.Sections = append(d.Sections, sectionOf(t.T("paper.part.assessment"), silence...))
	d.Sections = append(d.Sections, topics...)
	d.Sections = append(d.Sections, sectionOf("", words(t.T("paper.unit_closing", c.periodName(t), p.Unit))))
	return d
}

// figureTable is all figures of the form beside those of the year before.
func (p UnitPaper) figureTable(t texts) Table {
	table := Table{Name: t.T("paper.sheet.main"), Caption: t.T("paper.unit_caption"),
		Columns: t.columns([]float64{4.6, -2.3, -2.3, -1.6}, "paper.col.figure", "paper.col.result", "paper.col.before", "paper.col.change")}
	for _, f := range p.Figures {
		table.Rows = append(table.Rows, Row{Key: Key(f.Ref()), Cells: []Cell{text(f.label(t)), f.cell(t, f.Now, f.Known), f.cell(t, f.Before, f.KnownBefore), text(f.change(t))}})
	}
	return table
}

// comparison is the table of all figures of the form beside the same period of the year before.
func (p UnitPaper) comparison(t texts, c CampaignPaper, n int) Section {
	table := p.figureTable(t)
	typed, compared := false, false
	for _, f := range p.Figures {
		typed, compared = typed || f.Typed, compared || f.KnownBefore
	}
	var notes []Passage
	if !compared {
		notes = append(notes, words(t.T("paper.unit_not_compared")))
		table.Caption, table.Columns = t.T("paper.unit_figures"), table.Columns[:2]
		for i := range table.Rows {
			table.Rows[i].Cells = table.Rows[i].Cells[:2]
		}
	}
	if typed {
		notes = append(notes, words(t.T("paper.typed")))
	}
	s := sectionOf(fmt.Sprintf("%d. %s", n, t.T("paper.unit_compared")), notes...)
	s.Tables, s.Sub = []Table{table}, true
	return s
}

// FirstUnitHead is what stands around the paper of a unit until somebody has written it: number and
// day are left open.
func FirstUnitHead(form period.FormCode, unit, place string) registry.ResultPaper {
	t := texts("vi")
	head := registry.ResultPaper{Issuer: capital(unit), Number: t.T("paper.unit_number"), Place: place, Recipients: t.T("paper.unit_recipients")}
	if form == period.CommuneForm {
		head.Issuer, head.Number, head.SignerTitle = t.T("paper.commune_issuer", unit), t.T("paper.commune_number"), t.T("paper.commune_signer")
	}
	return head
}

// UnitAddressee is to whom a unit reports: the committee of its province.
func UnitAddressee(province string) string { return texts("vi").T("paper.unit_to", province) }

// FirstCampaignHead is what stands around the paper of a committee until somebody has written it:
// number and day are left open.
func FirstCampaignHead(province registry.Area) registry.ResultPaper {
	t := texts("vi")
	return registry.ResultPaper{Authority: province.FullName(), Issuer: t.T("paper.issuer"), Number: t.T("paper.number"), Place: province.Name,
		Recipients: t.T("paper.recipients"), SignerTitle: t.T("paper.signer")}
}

// FirstAddressee is to whom a committee reports.
func FirstAddressee() string { return texts("vi").T("paper.central") }

// OwnLevel names what lies in no commune.
func OwnLevel() string { return texts("vi").T("period.own") }

// UnitRows are the units of a form with what each has reported.
type UnitRows struct {
	Form    period.FormCode
	Figures []period.Figure
	Rows    []PeriodRow // the figures of each in the order of Figures
}

// Annex lists the units with all their figures.
func (u UnitRows) Annex() Table {
	labels := make([]string, len(u.Figures))
	for i, f := range u.Figures {
		labels[i] = f.VI
	}
	rows := slices.Clone(u.Rows)
	for i := range rows {
		rows[i].SubmittedBy = "" // an official paper names no clerk
	}
	t := PeriodTable("vi", labels, rows)
	t.Name = texts("vi").T("paper.sheet." + string(u.Form))
	return t
}
