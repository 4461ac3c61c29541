package series

import (
	"fmt"

	"hoicho/internal/chart"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// bySession are the tables of the sessions: how far each has come with what it was visited by, and
// of those that are reported what they sold, cost and brought to light.
func (p *Result) bySession(t texts) report.Section {
	s := report.SectionOf(t.T("series.part.sessions"))
	s.Tables, s.Charts = []report.Table{p.standings(t)}, p.visitChart(t)
	if counted := p.counted(); len(counted) > 0 {
		s.Tables = append(s.Tables, p.outcomes(t, counted))
	}
	return s
}

// standings tell of every session how far it has come.
func (p *Result) standings(t texts) report.Table {
	all := p.sessionTable(t, sessionColumns{"series.sheet.sessions", "series.caption.sessions", []float64{2.4, 3.4, 2.6, -1.5, -1.5, -1.7},
		[]string{"series.col.booths", "series.col.vendors", "series.col.visits"}, []Key{"booths_given", "vendors", "visits"}}, p.with())
	all.Columns[2].Label = t.T("series.col.standing")
	return all
}

// outcomes tell of the sessions that are reported what came of them.
func (p *Result) outcomes(t texts, counted []*Session) report.Table {
	return p.sessionTable(t, sessionColumns{"series.sheet.sales", "series.caption.sales", []float64{2.5, 2.9, -2.4, -2.2, -1.5, -1.5, -1.8},
		[]string{"report.col.dong", "series.col.costs", "series.col.tips", "series.col.findings", "series.col.people"},
		[]Key{"sales_dong", "costs_dong", "tips", "findings", "comm_people"}}, counted)
}

// visitChart is the visits of each session, in the order of their days. A session without a closed
// report has no bar, and lines in its place.
func (p *Result) visitChart(t texts) []report.Chart {
	bars := chart.Bars{Title: t.T("series.chart_of_visits"), W: report.ChartWidth, Kinds: []chart.Kind{{Name: t.T("series.col.visits")}}, Unknown: t.T("series.chart_untold")}
	var days []string
	for _, s := range p.Sessions {
		days = append(days, s.OpensOn)
	}
	for i, label := range vn.ShortDates(days) {
		n, told := p.Sessions[i].N("visits")
		bars.List = append(bars.List, chart.Bar{Label: label, Name: p.Sessions[i].Name(), Parts: []int64{n}, Told: told})
	}
	if d := bars.Drawing(); !d.Empty() {
		return []report.Chart{{Caption: bars.Title, Drawing: d}}
	}
	return nil
}

// sessionColumns are the figures of a table of sessions.
type sessionColumns struct {
	name    string // of the sheet
	caption string
	weights []float64
	labels  []string
	keys    []Key
}

// sessionTable lists sessions with some figures; where there is room for it, with how far each has
// come.
func (p *Result) sessionTable(t texts, c sessionColumns, sessions []*Session) report.Table {
	standing := len(c.weights) > len(c.keys)+2
	labels := []string{"report.col.day", "series.col.session"}
	if standing {
		labels = append(labels, "series.col.standing")
	}
	table := report.Table{Name: t.T(c.name), Caption: t.T(c.caption), Columns: t.columns(c.weights, append(labels, c.labels...)...)}
	for _, s := range sessions {
		row := report.Row{Key: SessionRef(s.Event), Cells: []report.Cell{day(s.OpensOn), text(s.Place)}}
		if standing {
			row.Cells = append(row.Cells, text(t.T("series.standing."+string(s.Standing))))
		}
		for _, key := range c.keys {
			n, told := s.N(key)
			row.Cells = append(row.Cells, Figure{N: n, Told: told}.cell())
		}
		table.Rows = append(table.Rows, row)
	}
	sum := report.Row{Strong: true, Cells: []report.Cell{text(t.T("report.total")), text(t.T("series.of_sessions", len(p.counted())))}}
	if standing {
		sum.Cells = append(sum.Cells, text(""))
	}
	for _, key := range c.keys {
		sum.Cells = append(sum.Cells, p.Figure(key).cell())
	}
	table.Rows = append(table.Rows, sum)
	return table
}

// compared sets plan against result, and the first half of the sessions against the second.
func (p *Result) compared(t texts) report.Section {
	s := report.SectionOf(t.T("series.part.compared"), report.Words(t.T("series.compared_note")))
	s.Tables = []report.Table{p.planned(t)}
	if halves := p.halves(t); len(halves.Rows) > 0 {
		s.Tables = append(s.Tables, halves)
	} else {
		s = report.SectionOf(s.Heading, report.Words(t.T("series.compared_note")), report.Words(t.T("series.halves_none")))
		s.Tables = []report.Table{p.planned(t)}
	}
	return s
}

// planned is what was planned beside what came of it.
func (p *Result) planned(t texts) report.Table {
	table := report.Table{Name: t.T("series.sheet.plan"), Caption: t.T("series.caption.plan"), Columns: t.columns([]float64{5, -2.2, -2.2, -1.6},
		"report.col.figure", "series.col.result", "series.col.plan", "series.col.share")}
	add := func(name string, result, plan Figure) {
		share := nothing
		if result.Told && plan.Told && plan.N > 0 {
			share = fmt.Sprintf("%d %%", result.N*100/plan.N)
		}
		table.Rows = append(table.Rows, report.Row{Key: result.Key, Cells: []report.Cell{text(t.T("series.plan." + name)), result.cell(), plan.cell(), text(share)}})
	}
	add("sessions", p.Figure("sessions_held"), p.Figure("sessions"))
	add("booths", p.Figure("booths_given"), p.Figure("booths"))
	filed := p.Figure("vendors")
	filed.Key, filed.N = "sales_missing", filed.N-p.Figure("sales_missing").N
	add("returns", filed, p.Figure("vendors"))
	add("costs", p.Figure("costs_dong"), p.Figure("costs_estimate"))
	return table
}

// halfKeys are the figures of which the halves are compared.
var halfKeys = []Key{"booths_given", "vendors", "visits", "ocop", "sales_dong", "costs_dong", "tips", "comm_people"}

// halves compares the averages of the earlier half of the sessions with those of the later half; of
// an odd number the one in the middle is with the earlier. It has no rows for fewer than two.
func (p *Result) halves(t texts) report.Table {
	counted := p.counted()
	middle := (len(counted) + 1) / 2
	table := report.Table{Name: t.T("series.sheet.halves"), Columns: t.columns([]float64{5, -2.2, -2.2, -1.6},
		"report.col.figure", "series.col.later", "series.col.earlier", "series.col.change")}
	if len(counted) < 2 {
		return table
	}
	early, late := counted[:middle], counted[middle:]
	table.Caption = t.T("series.caption.halves", len(early), vn.ShowDate(early[0].OpensOn), len(late), vn.ShowDate(late[0].OpensOn))
	for _, key := range halfKeys {
		was, is := average(key, early), average(key, late)
		change := nothing
		if was.Told && is.Told && was.N > 0 {
			change = fmt.Sprintf("%+d %%", (is.N-was.N)*100/was.N)
		}
		_, unit, _ := p.describe(t, key)
		label := fmt.Sprintf("%s (%s)", Label(string(t), key), unit)
		table.Rows = append(table.Rows, report.Row{Key: key, Cells: []report.Cell{text(label), is.cell(), was.cell(), text(change)}})
	}
	return table
}

// average is a figure for each of the sessions that tell it, rounded down.
func average(key Key, of []*Session) Figure {
	f := sumOf(key, of)
	if f.Of > 0 {
		f.N /= int64(f.Of)
	}
	return f
}

// annex is every session with every figure, for the sheets of a spreadsheet.
func (p *Result) annex(t texts) report.Table {
	keys := SessionKeys()
	table := report.Table{Name: t.T("series.sheet.annex")}
	for _, key := range []string{"report.col.day", "series.col.name", "series.col.session", "series.col.standing"} {
		table.Columns = append(table.Columns, report.Column{Label: t.T(key), Weight: 2})
	}
	for _, key := range keys {
		table.Columns = append(table.Columns, report.Column{Label: Label(string(t), key), Number: true, Weight: 1})
	}
	for _, s := range p.with() {
		row := report.Row{Key: SessionRef(s.Event), Cells: []report.Cell{day(s.OpensOn), text(s.Title), text(s.Place), text(t.T("series.standing." + string(s.Standing)))}}
		for _, key := range keys {
			n, told := s.N(key)
			row.Cells = append(row.Cells, Figure{N: n, Told: told}.cell())
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// FirstNumber is the number of a paper that has none yet.
func FirstNumber(lang string) string { return texts(lang).T("series.number") }
