package report

import (
	"fmt"
	"slices"

	"hoicho/internal/chart"
	"hoicho/internal/outline"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Chart is a chart or a map of a section. What it shows stands in a table or in words beside it.
type Chart struct {
	Caption string
	chart.Drawing
}

// ChartWidth is how wide a chart of a paper is, in mm: as its text.
const ChartWidth = pdfTextW

// charts are those that show anything.
func charts(list ...Chart) []Chart {
	return slices.DeleteFunc(list, func(c Chart) bool { return c.Empty() })
}

func (c Chart) caption() para { return Table{Caption: c.Caption}.caption() }

// visitChart is the visits of each day, one part on the other for each way of counting.
func visitChart(t texts, s *Snapshot) Chart {
	bars := chart.Bars{Title: t.T("report.chart_of_visits"), W: ChartWidth}
	for _, m := range s.usedMethods() {
		bars.Kinds = append(bars.Kinds, chart.Kind{Name: capital(t.T("report.method." + string(m))), Ink: slices.Index(registry.CountMethods, m)})
	}
	days := s.days()
	for i, label := range vn.ShortDates(days) {
		bar := chart.Bar{Label: label, Name: vn.ShowDate(days[i]), Told: true}
		for _, m := range s.usedMethods() {
			bar.Parts = append(bar.Parts, s.visitsOn(days[i], m))
		}
		bars.List = append(bars.List, bar)
	}
	return Chart{bars.Title, bars.Drawing()}
}

// visitsOn is the visits of a day counted one way, or all of them.
func (s *Snapshot) visitsOn(day string, m registry.CountMethod) (sum int64) {
	for _, v := range s.Visits {
		if v.Day == day && (m == "" || v.Method == m) {
			sum += v.N
		}
	}
	return sum
}

// goalChart is what was reached of each goal of the plan.
func (p CampaignPaper) goalChart(t texts) Chart {
	goals := chart.Goals{Title: t.T("paper.chart_of_goals"), W: ChartWidth, Mark: t.T("paper.col.goal")}
	if p.Period.Part != period.WholeYear {
		goals.Title, goals.Mark = t.T("paper.chart_of_year_goals"), t.T("paper.col.goal_year")
	}
	for _, f := range p.Figures {
		if f.Goal > 0 && f.main() {
			goals.List = append(goals.List, f.bar(t))
		}
	}
	return Chart{goals.Title, goals.Drawing()}
}

// bar is a figure beside its goal.
func (f Reported) bar(t texts) chart.Goal {
	g := chart.Goal{Label: f.label(t), N: f.Now.N, Of: f.Goal, Told: f.Known && !f.Now.Withheld}
	g.Beside = f.cell(t, f.Now, f.Known).String()
	if g.Told {
		g.Beside = t.T("paper.chart_goal", g.Beside, f.cell(t, period.Value{N: f.Goal}, true).String(), vn.Count(f.Now.N*100/f.Goal))
	}
	return g
}

// CommuneShape is a commune on the map of a paper.
type CommuneShape struct {
	Name     string
	Rings    [][]outline.Point
	Filed    bool // it has reported
	Told     bool // and its report has the figure
	Typed    bool // which it typed
	Sessions int64
}

// mapHigh is how high a map of a paper is at most, in mm.
const mapHigh = 95

// coverage is where sessions were held: the map, and the same in words for whoever cannot tell its
// shades. Nothing where no commune has told, and where units have no outlines, as before a reform.
func (p CampaignPaper) coverage(t texts) []Section {
	m := chart.Map{Title: t.T("paper.chart_of_sessions"), W: ChartWidth, High: mapHigh, Unknown: t.T("paper.map_unknown"), Key: t.T("paper.map_key")}
	for _, c := range p.Shapes {
		m.Units = append(m.Units, c.unit(t))
	}
	if !slices.ContainsFunc(p.Shapes, func(c CommuneShape) bool { return c.Told }) {
		return nil
	}
	s := sectionOf(fmt.Sprintf("%d. %s", len(strands)+2, t.T("paper.coverage")), p.coverageWords(t, m.Steps())...)
	s.Sub, s.Charts = true, charts(Chart{m.Title, m.Drawing()})
	return []Section{s}
}

func (c CommuneShape) unit(t texts) chart.Unit {
	u := chart.Unit{Name: c.Name, Rings: c.Rings, N: c.Sessions, Told: c.Told, Tip: t.T("paper.map_tip", c.Name, c.Sessions)}
	switch {
	case !c.Filed:
		u.Tip = t.T("paper.map_tip_unfiled", c.Name)
	case !c.Told:
		u.Tip = t.T("paper.map_tip_untold", c.Name)
	}
	return u
}

// coverageWords names the communes of each shade, the most sessions first, and what is on no
// commune or not known.
func (p CampaignPaper) coverageWords(t texts, steps chart.Steps) (list []Passage) {
	for shade := len(steps) - 1; shade > 0; shade-- {
		names := p.named(func(c CommuneShape) bool { return c.Told && steps.Shade(c.Sessions) == shade }, CommuneShape.counted)
		if len(names) > 0 {
			list = append(list, words(t.T("paper.coverage_of", steps.Labels()[shade], len(names), named(names))))
		}
	}
	for _, x := range []struct {
		key  string
		fits func(CommuneShape) bool
	}{
		{"paper.coverage_none", func(c CommuneShape) bool { return c.Told && c.Sessions == 0 }},
		{"paper.coverage_untold", func(c CommuneShape) bool { return c.Filed && !c.Told }},
	} {
		if names := p.named(x.fits, func(c CommuneShape) string { return c.Name }); len(names) > 0 {
			list = append(list, words(t.T(x.key, len(names), named(names))))
		}
	}
	if p.AboveSessions > 0 {
		list = append(list, words(t.T("paper.coverage_above", p.AboveSessions)))
	}
	if missing := p.named(func(c CommuneShape) bool { return !c.Filed }, CommuneShape.counted); len(missing) > 0 {
		list = append(list, words(t.T("paper.coverage_unfiled", len(missing))))
	}
	return list
}

// counted is a commune with its sessions, marked where it typed them.
func (c CommuneShape) counted() string {
	if c.Typed {
		return fmt.Sprintf("%s (%d*)", c.Name, c.Sessions)
	}
	return fmt.Sprintf("%s (%d)", c.Name, c.Sessions)
}

// named says of the communes that fit.
func (p CampaignPaper) named(fits func(CommuneShape) bool, say func(CommuneShape) string) (names []string) {
	for _, c := range p.Shapes {
		if fits(c) {
			names = append(names, say(c))
		}
	}
	return names
}
