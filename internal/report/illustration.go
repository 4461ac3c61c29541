package report

import (
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/chart"
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
	var methods []registry.CountMethod
	for _, m := range registry.CountMethods {
		if s.N(visitsBy(m)) > 0 {
			methods = append(methods, m)
			bars.Kinds = append(bars.Kinds, capital(t.T("report.method."+string(m))))
		}
	}
	for _, day := range s.days() {
		bar := chart.Bar{Label: vn.ShowDate(day)[:len("02/01")]}
		for _, m := range methods {
			bar.Parts = append(bar.Parts, s.visitsOn(day, m))
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
	g := chart.Goal{Label: f.called(t), N: f.Now.N, Of: f.Goal, Known: f.Known && !f.Now.Withheld}
	g.Said = f.cell(t, f.Now, f.Known).String()
	if g.Known {
		g.Said = t.T("paper.chart_goal", g.Said, f.cell(t, period.Value{N: f.Goal}, true).String(), vn.Count(f.Now.N*100/f.Goal))
	}
	return g
}

// CommuneShape is a commune on the map of a paper.
type CommuneShape struct {
	Name, Path string
	Sessions   int64
	Known      bool // it has reported them
}

// mapHigh is how high a map of a paper is at most, in mm.
const mapHigh = 95

// coverage is where sessions were held: the map, and the same in words for whoever cannot tell its
// shades. Nothing where the units have no outlines, as those before a reform.
func (p CampaignPaper) coverage(t texts) []Section {
	m := chart.Map{Title: t.T("paper.chart_of_sessions"), W: ChartWidth, High: mapHigh, Unknown: t.T("paper.map_unknown"), Key: t.T("paper.map_key")}
	for _, c := range p.Shapes {
		u := chart.Unit{Path: c.Path, N: c.Sessions, Known: c.Known, Tip: t.T("paper.map_tip", c.Name, c.Sessions)}
		if !c.Known {
			u.Tip = t.T("paper.map_tip_unknown", c.Name)
		}
		m.Units = append(m.Units, u)
	}
	drawing := m.Drawing()
	if drawing.Empty() {
		return nil
	}
	s := sectionOf(fmt.Sprintf("%d. %s", len(strands)+1, t.T("paper.coverage")), p.coverageWords(t, m.Steps())...)
	s.Sub, s.Charts = true, []Chart{{m.Title, drawing}}
	return []Section{s}
}

// coverageWords names the communes of each shade, the most sessions first.
func (p CampaignPaper) coverageWords(t texts, steps chart.Steps) (list []Passage) {
	var none []string
	for shade := len(steps) - 1; shade >= 0; shade-- {
		var names []string
		for _, c := range p.Shapes {
			switch {
			case !c.Known || steps.Shade(c.Sessions) != shade:
			case shade == 0:
				none = append(none, c.Name)
			default:
				names = append(names, fmt.Sprintf("%s (%d)", c.Name, c.Sessions))
			}
		}
		if len(names) > 0 {
			list = append(list, words(t.T("paper.coverage_of", steps.Labels()[shade], len(names), strings.Join(names, ", "))))
		}
	}
	if len(none) > 0 {
		list = append(list, words(t.T("paper.coverage_none", len(none), strings.Join(none, ", "))))
	}
	return list
}
