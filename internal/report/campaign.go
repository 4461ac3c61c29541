package report

import (
	"fmt"
	"strings"
	"time"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// CampaignPaper is what a committee reports of a period of the campaign. The paper is in
// Vietnamese whatever the language of its reader.
type CampaignPaper struct {
	Paper         registry.ResultPaper
	To            []string
	Draft         bool // until the period is locked
	Period        period.Period
	Until         string // the day up to which reports were taken, YYYY-MM-DD
	Province      string // "tỉnh Thái Nguyên"
	Plan          period.Plan
	Communes      Reporters
	Bodies        Reporters
	Figures       []Reported // in the order of their forms
	Words         []Spoken
	Shapes        []CommuneShape // the communes of a map; nil where they have no outlines
	AboveSessions int64          // sessions of the province itself, which lie in no commune
	Annexes       []Table
	Units         []UnitRows      // by forms
	one           period.FormCode // the form of the single unit that speaks; "" for a committee
}

// Spoken is what a unit says of the period beside its figures.
type Spoken struct {
	Unit  string // "" is the committee itself
	Words period.Words
}

// Reporters are the units of a form, and which of them are missing.
type Reporters struct {
	Filed, All int
	Missing    []string // names of those that have not reported
	Idle       []Idle   // of those that have
}

// Idle are units that reported nothing at all of a figure.
type Idle struct {
	Figure period.Code
	Names  []string
}

// Reported is a figure of a form over all units.
type Reported struct {
	Form period.FormCode
	period.Figure
	Now, Before        period.Value
	Known, KnownBefore bool
	Goal               int64 // of the plan; 0 is none
	Typed              bool  // some unit typed it
	Own                bool  // it is of a single unit
	Partly             bool  // of some units it is withheld, and not in the sum
	PartlyBefore       bool  // and of the year before
}

// Ref names the figure where its rows are looked up: "xa/sessions".
func (r Reported) Ref() string { return string(r.Form) + "/" + string(r.Code) }

// Document writes the paper after Nghị định 30/2020/NĐ-CP.
func (p CampaignPaper) Document() Document {
	t := texts("vi")
	d := Document{Lang: "vi", Paper: p.Paper, To: p.To, Title: t.T("report.title"),
		Subject: t.T("paper.subject", p.periodName(t), p.Province), Annexes: p.Annexes}
	if p.Draft {
		d.Draft = t.T("paper.draft")
	}
	d.Sections = append(d.Sections, sectionOf("", p.opening(t)), sectionOf(t.T("paper.part.results")))
	d.Sections = append(d.Sections, p.strands(t)...)
	d.Sections = append(d.Sections, p.comparison(t))
	d.Sections = append(d.Sections, p.coverage(t)...)
	d.Sections = append(d.Sections, sectionOf(t.T("paper.part.shortcomings"), p.shortcomings(t)...))
	d.Sections = append(d.Sections, sectionOf(t.T("paper.part.assessment"), p.silence(t)...))
	d.Sections = append(d.Sections, p.topics(t)...)
	d.Sections = append(d.Sections, sectionOf("", words(t.T("paper.closing", p.periodName(t)))))
	d.Annexes = append([]Table{p.allFigures(t)}, d.Annexes...)
	return d
}

// periodName is the period within a sentence: "sáu tháng đầu năm 2026".
func (p CampaignPaper) periodName(t texts) string {
	return t.T("paper.period."+string(p.Period.Part), fmt.Sprint(p.Period.Year))
}

// opening says on which plan the paper rests, until when it counts and how much it covers.
func (p CampaignPaper) opening(t texts) Passage {
	basis := ""
	if p.Plan.Number != "" {
		on := longDate(t, p.Plan.IssuedOn)
		basis = t.T("paper.basis", p.Plan.Number, on) + " "
	}
	text := basis + t.T("paper.opening", p.periodName(t), vn.ShowDate(p.Until), p.Communes.cover(t, "paper.communes"))
	if p.Bodies.All > 0 {
		text += t.T("paper.opening_bodies", p.Bodies.cover(t, "paper.bodies"))
	}
	if len(p.Communes.Missing)+len(p.Bodies.Missing) > 0 {
		text += t.T("paper.opening_missing")
	}
	return words(text + ".")
}

// cover is how many have reported: "83/92 xã, phường".
func (r Reporters) cover(t texts, key string) string { return t.T(key, r.Filed, r.All) }

// longDate is a day in words: "ngày 15 tháng 01 năm 2026".
func longDate(t texts, date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return t.T("paper.undated")
	}
	return t.T("paper.long_date", at.Format("02"), monthOf(at.Month()), at.Format("2006"))
}

// of finds a figure by its ref.
func (p CampaignPaper) of(ref string) (Reported, bool) {
	for _, f := range p.Figures {
		if f.Ref() == ref {
			return f, true
		}
	}
	return Reported{}, false
}

// comparison is the table of plan, result and the same period of the year before.
func (p CampaignPaper) comparison(t texts) Section {
	note := t.T("paper.compared_note", p.Period.Year-1)
	if p.anyTyped() {
		note += " " + t.T("paper.typed")
	}
	s := sectionOf(fmt.Sprintf("%d. %s", len(strands)+1, t.T("paper.compared")), words(note))
	s.Tables, s.Charts, s.Sub = []Table{p.mainFigures(t)}, charts(p.goalChart(t)), true
	return s
}

// mainFigures is the table of the paper.
func (p CampaignPaper) mainFigures(t texts) Table {
	table := p.figureTable(t, t.T("paper.sheet.main"), Reported.main)
	table.Caption = t.T("paper.caption.main")
	return table
}

func (p CampaignPaper) anyTyped() bool {
	for _, f := range p.Figures {
		if f.Typed && f.main() {
			return true
		}
	}
	return false
}

// main reports whether the figure stands in the table of the paper: a main one, or one with a goal,
// that the sentences tell.
func (f Reported) main() bool { return (f.Key || f.Goal > 0) && tells(f.Ref()) }

// allFigures is the table of every figure, for the sheets of a spreadsheet.
func (p CampaignPaper) allFigures(t texts) Table {
	return p.figureTable(t, t.T("paper.sheet.figures"), func(Reported) bool { return true })
}

func (p CampaignPaper) figureTable(t texts, name string, keep func(Reported) bool) Table {
	goal := "paper.col.goal"
	if p.Period.Part != period.WholeYear {
		goal = "paper.col.goal_year"
	}
	table := Table{Name: name, Columns: t.columns([]float64{4.4, -1.7, -2.3, -2.3, -1.6}, "paper.col.figure", goal, "paper.col.result", "paper.col.before", "paper.col.change")}
	for _, f := range p.Figures {
		if !keep(f) {
			continue
		}
		goal := text(nothing)
		if f.Goal > 0 {
			goal = number(f.Goal)
		}
		table.Rows = append(table.Rows, Row{Key: Key(f.Ref()), Cells: []Cell{text(f.label(t)), goal, f.cell(t, f.Now, f.Known), f.cell(t, f.Before, f.KnownBefore), text(f.change(t))}})
	}
	return table
}

// label names the figure with its unit, and marks what was typed.
func (f Reported) label(t texts) string {
	name := f.called(t)
	if f.Unit == period.Dong {
		name += t.T("paper.in_dong")
	}
	if f.Typed {
		name += " (*)"
	}
	return name
}

// called is its name without its unit.
func (f Reported) called(t texts) string {
	if f.Form == period.BranchForm && !f.Own {
		return t.T("paper.of_bodies", f.VI)
	}
	return f.VI
}

// cell is a figure as a table has it.
func (f Reported) cell(t texts, v period.Value, known bool) Cell {
	switch {
	case v.Withheld:
		return text(t.T("paper.withheld", period.Fewest))
	case !known:
		return text(t.T("paper.unknown"))
	case f.Unit == period.Share:
		return text(share(v.N))
	}
	return number(v.N)
}

// say is a figure within a sentence.
func (f Reported) say(t texts) Mark {
	m := Mark{Text: vn.Count(f.Now.N), Figure: f.Ref()}
	switch f.Unit {
	case period.Dong:
		m.Text += t.T("paper.dong")
	case period.Share:
		m.Text = share(f.Now.N)
	}
	return m
}

func share(n int64) string { return fmt.Sprintf("%d,%d %%", n/10, n%10) }

// change is the difference from the year before; a dash where there is nothing to compare.
func (f Reported) change(t texts) string {
	d := f.Now.N - f.Before.N
	switch {
	case !f.Known || !f.KnownBefore || f.Now.Withheld || f.Before.Withheld || f.Partly || f.PartlyBefore || f.Before.N == 0:
		return nothing
	case f.Unit == period.Share && d < 0:
		return t.T("paper.points", fmt.Sprintf("-%d,%d", -d/10, -d%10))
	case f.Unit == period.Share:
		return t.T("paper.points", fmt.Sprintf("+%d,%d", d/10, d%10))
	}
	if share := d * 100 / f.Before.N; share != 0 || d == 0 {
		return fmt.Sprintf("%+d %%", share)
	}
	return t.T("paper.below_one")
}

// named joins names in a sentence.
func named(list []string) string { return strings.Join(list, ", ") }
