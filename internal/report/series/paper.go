package series

import (
	"fmt"
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// Result is what a series of sessions came to: the closed reports of its sessions added up,
// session by session.
type Result struct {
	Paper    registry.ResultPaper
	To       []string
	Title    string // of the event that the sessions copy
	Rule     string // on which days they are held, in words
	Until    string // the day up to which reports were taken, YYYY-MM-DD
	Sessions []Session
	Vendors  int64 // that took part in sessions with a closed report, each counted once
}

// SessionRef is the key of a row about a session, where its page is looked up.
func SessionRef(id registry.EventID) Key { return sessionRef + Key(id) }

const sessionRef = "phien/"

// SessionOf is the session that a key speaks of; false for a figure.
func SessionOf(ref string) (registry.EventID, bool) {
	id, is := strings.CutPrefix(ref, sessionRef)
	return registry.EventID(id), is
}

// texts looks up what a paper says in its language.
type texts string

// T looks up a text.
func (t texts) T(key string, args ...any) string { return i18n.T(string(t), key, args...) }

func (t texts) fill(key string, args ...report.Mark) report.Passage {
	return report.Fill(string(t), key, args...)
}

func (t texts) columns(weights []float64, keys ...string) []report.Column {
	return report.Columns(string(t), weights, keys...)
}

// nothing stands where a value is not told.
const nothing = "–"

func text(s string) report.Cell   { return report.Cell{Text: s} }
func number(n int64) report.Cell  { return report.Cell{Kind: report.NumberCell, N: n} }
func day(date string) report.Cell { return report.Cell{Kind: report.DateCell, Text: date} }

// Document writes the paper after Nghị định 30/2020/NĐ-CP in a language.
func (p *Result) Document(lang string) report.Document {
	t := texts(lang)
	d := report.Document{Lang: lang, Paper: p.Paper, To: p.To, Title: t.T("report.title"), Subject: t.T("series.subject", p.Title)}
	if p.Draft() {
		d.Draft = t.T("paper.draft")
	}
	d.Sections = append(d.Sections, report.SectionOf("", p.opening(t)...))
	if len(p.Sessions) > 0 {
		d.Sections = append(d.Sections, p.results(t), p.bySession(t), p.compared(t), report.SectionOf(t.T("series.part.gaps"), p.gaps(t)...))
		d.Sections = append(d.Sections, p.assessments(t)...)
	}
	d.Sections = append(d.Sections, report.SectionOf("", report.Words(t.T("series.closing"))))
	d.Annexes = []report.Table{p.annex(t)}
	return d
}

// mark is a figure within a sentence, which opens its rows.
func (p *Result) mark(key Key) report.Mark {
	return report.Mark{Text: vn.Count(p.Figure(key).N), Figure: string(key)}
}

// opening says what the series is, how far it has come and what the figures cover.
func (p *Result) opening(t texts) []report.Passage {
	if len(p.Sessions) == 0 {
		return []report.Passage{report.Words(t.T("series.opening_empty", p.Title))}
	}
	first, last := p.Sessions[0], p.Sessions[len(p.Sessions)-1]
	told := t.fill("series.opening", report.Mark{Text: p.Title}, report.Mark{Text: p.Rule}, p.mark("sessions"), report.Mark{Text: vn.ShowDate(first.OpensOn)}, report.Mark{Text: vn.ShowDate(last.OpensOn)})
	state := t.fill("series.opening_state", report.Mark{Text: vn.ShowDate(p.Until)}, p.mark("sessions_held"), p.mark("sessions_reported"), p.mark("sessions_missing"), p.mark("sessions_cancelled"), p.mark("sessions_ahead"))
	return []report.Passage{told, state, report.Words(t.T("series.coverage"))}
}

// results is the table of every figure over the whole series.
func (p *Result) results(t texts) report.Section {
	s := report.SectionOf(t.T("series.part.results"))
	s.Tables = []report.Table{p.figureTable(t)}
	return s
}

func (p *Result) figureTable(t texts) report.Table {
	table := report.Table{Name: t.T("series.sheet.figures"), Caption: t.T("series.caption.figures"), Columns: t.columns([]float64{5, -2.4, 1.8, 4.6},
		"report.col.figure", "series.col.result", "report.col.unit", "report.col.note")}
	group := ""
	for _, key := range Keys() {
		g, unit, label := p.describe(t, key)
		if g != group {
			group = g
			table.Rows = append(table.Rows, report.Row{Strong: true, Cells: []report.Cell{text(t.T(groupName(g)))}})
		}
		table.Rows = append(table.Rows, report.Row{Key: key, Cells: []report.Cell{text(label), p.Figure(key).cell(), text(unit), text(p.note(t, key))}})
	}
	return table
}

// describe says of a figure in which group it stands, what it is counted in and how it is called.
func (p *Result) describe(t texts, key Key) (group, unit, label string) {
	if a, is := report.AboutOf(key); is {
		return a.Group, t.T(a.Unit), a.Label(string(t))
	}
	switch label = t.T("series.figure." + string(key)); {
	case CountsSessions(key):
		return "sessions", t.T("series.unit.session"), label
	case key == Vendors:
		return "vendors", t.T("report.unit.vendor"), label
	case IsCost(key):
		return "costs", t.T(moneyUnit), label
	}
	return "campaign", t.T("series.unit." + string(key)), label
}

// groupName is the key of the name of a group: of an event's report, or of a series alone.
func groupName(group string) string {
	switch group {
	case "sessions", "costs", "campaign":
		return "series.group." + group
	}
	return "report.group." + group
}

// Label names a figure of a series.
func Label(lang string, key Key) string {
	t := texts(lang)
	if _, is := report.AboutOf(key); is {
		return t.T("report.figure." + string(key))
	}
	return t.T("series.figure." + string(key))
}

// cell is a figure of a series as a table has it.
func (f Figure) cell() report.Cell {
	if !f.Told {
		return text(nothing)
	}
	return number(f.N)
}

// note says beside a figure how it came about.
func (p *Result) note(t texts, key Key) string {
	f, all := p.Figure(key), len(p.counted())
	about, is := report.AboutOf(key)
	switch {
	case is && about.Secret && f.Of < all:
		return t.T("series.note.withheld", f.Of, all, period.Fewest)
	case key == "sales_filed" && f.Of < all:
		return t.T("series.note.sales_filed", f.Of, all)
	case key == "sales_dong" || key == "sales_banded":
		return t.T("series.note." + string(key))
	case key == "visits":
		return report.CountedBy(string(t), func(m registry.CountMethod) bool { return p.Figure(Key("visits_"+string(m))).N > 0 })
	case key == "vendors", key == "products", key == "sessions_missing", key == Vendors:
		return t.T("series.note." + string(key))
	case !is && !f.Told:
		return t.T("series.note.untold")
	case key == "booths_no_show":
		return t.T("report.note." + string(key))
	}
	return ""
}

// gaps names the sessions that the figures leave out, and those whose figures may change yet.
func (p *Result) gaps(t texts) (list []report.Passage) {
	for _, standing := range []Standing{SessionMissing, SessionRunning, SessionReopened, SessionPostponed, SessionCancelled} {
		var names []string
		for _, s := range p.with(standing) {
			name := s.Name()
			if s.Reason != "" && (standing == SessionCancelled || standing == SessionPostponed) {
				name = t.T("series.because", name, s.Reason)
			}
			names = append(names, name)
		}
		if len(names) > 0 {
			list = append(list, report.Words(t.T("series.gap."+string(standing), len(names), strings.Join(names, "; "))))
		}
	}
	if ahead := p.with(SessionAhead); len(ahead) > 0 {
		list = append(list, report.Words(t.T("series.gap.ahead", len(ahead), ahead[0].Name())))
	}
	if len(list) == 0 {
		list = append(list, report.Words(t.T("series.gap.none")))
	}
	return list
}

// assessments are what the reports of sessions say themselves, each under the name of its session.
func (p *Result) assessments(t texts) []report.Section {
	list := []report.Section{report.SectionOf(t.T("series.part.assessment"))}
	for _, s := range p.counted() {
		if s.Assessment == "" {
			continue
		}
		var said []report.Passage
		for line := range strings.SplitSeq(s.Assessment, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				said = append(said, report.Words(line))
			}
		}
		section := report.SectionOf(fmt.Sprintf("%d. %s", len(list), t.T("series.session", s.Name())), said...)
		section.Sub = true
		list = append(list, section)
	}
	if len(list) == 1 {
		list[0] = report.SectionOf(list[0].Heading, report.Words(t.T("series.no_assessment")))
	}
	return list
}
