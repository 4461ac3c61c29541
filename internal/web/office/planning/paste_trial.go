package planning

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/planning"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
	"hoicho/internal/yearplan"
	"hoicho/internal/yearplan/paste"
)

// trialPage says how each row of a plan is understood.
type trialPage struct {
	view.Base
	view.Form
	Lead   string
	Input  pasteForm
	Digest string
	Left   []string // what was not read of a file or text
	Heads  []string
	Groups []pasteGroup
	Dock   string
	Why    string // nothing can be made
	Button string
}

// pasteGroup is the rows of a state.
type pasteGroup struct {
	Title string
	Open  bool
	Rows  []pasteRow
}

// pasteRow is a row as it is understood.
type pasteRow struct {
	N           int
	Name        string // of its commune and days, for who does not see the table
	Out         bool
	Unit, Was   string
	Days, Lunar string
	Like        string // it lasts as long as the pattern
	Cells       []pasteCell
	Notes       []view.FilterLink // what stands in its way
	Guesses     []pasteGuess
	Clear       bool
}

// pasteCell is a cell: as it was read, or to be mended in its place.
type pasteCell struct {
	Label, Text string
	At          string // row and field; "" it is right
	ID          string
	Fault       string
	Choices     []string // that are offered; another may be typed
}

// pasteGuess is a guess that a tick confirms.
type pasteGuess struct{ Said, Value string }

// shownFields are the columns of the table that are cells of what was pasted.
func shownFields(p planning.PastePlan) (list []paste.Field) {
	for _, f := range paste.Fields {
		wrong := slices.ContainsFunc(p.Rows, func(r planning.PasteRow) bool { return r.Wrong[f] != nil })
		if wrong || p.Table.Has(f) {
			list = append(list, f)
		}
	}
	return list
}

// trialPage shows how a plan is understood.
func (s *Door) trialPage(c *fiber.Ctx, f pasteForm, plan planning.PastePlan, fault error) error {
	n := plan.N
	p := trialPage{Base: s.OfficePage(c, "paste.answer", n[planning.PasteNew]+n[planning.PasteThere], n[planning.PasteConfirm], n[planning.PasteWrong]), Input: f, Digest: plan.Digest}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Lead = p.T("planning.copies", plan.Pattern.Title, vn.ShowRange(plan.Pattern.OpensOn, plan.Pattern.ClosesOn))
	p.unread(plan.Table)
	fields := shownFields(plan)
	for _, field := range fields {
		p.Heads = append(p.Heads, p.T("paste.field."+string(field)))
	}
	for _, state := range planning.PasteStates {
		g := pasteGroup{Title: p.T("paste.state_n", p.T("paste.state."+string(state)), n[state]), Open: state != planning.PasteThere && state != planning.PasteOut}
		g.Open = g.Open || slices.ContainsFunc(plan.Rows, func(r planning.PasteRow) bool { return r.State == state && len(r.Differs) > 0 })
		for _, r := range plan.Rows {
			if r.State == state {
				g.Rows = append(g.Rows, p.row(s, r, fields))
			}
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	p.Dock, p.Button = p.T("paste.dock", n[planning.PasteNew], n[planning.PasteThere], n[planning.PasteOut]), p.T("paste.make", n[planning.PasteNew])
	switch {
	case n[planning.PasteWrong] > 0:
		p.Why = p.T("paste.error.wrong", n[planning.PasteWrong])
	case n[planning.PasteConfirm] > 0:
		p.Why = p.T("paste.error.confirm", n[planning.PasteConfirm])
	case !plan.Ready():
		p.Why = p.T("paste.error.nothing")
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "planning/trial", p)
}

// unread says which columns and sheets nothing was taken from, and that an old typeface was read.
func (p *trialPage) unread(t paste.Table) {
	if len(t.Unknown) > 0 {
		p.Left = append(p.Left, p.T("paste.unknown", strings.Join(t.Unknown, ", ")))
	}
	if len(t.Sheets) > 0 {
		p.Left = append(p.Left, p.T("paste.sheets", strings.Join(t.Sheets, ", ")))
	}
	if t.Old {
		p.Left = append(p.Left, p.T("paste.old"))
	}
}

func (p *trialPage) row(s *Door, r planning.PasteRow, fields []paste.Field) pasteRow {
	row := pasteRow{N: r.N, Out: r.Out, Name: p.T("paste.row_n", r.N, r.Cells[paste.Commune])}
	if !r.Unit.Ref.IsZero() {
		row.Unit = s.App.Areas.LongName(r.Unit.Area, max(r.First, s.App.Today()))
		if r.Unit.Was != "" {
			row.Unit = p.T("paste.was", row.Unit, r.Unit.Was)
		}
	}
	if r.First != "" {
		row.Days = vn.WeekdayShort(r.First, p.Lang) + " " + vn.ShowRange(r.First, r.Last)
		row.Lunar = p.LunarShort(r.First)
		if r.AsPattern > 0 {
			row.Like = p.T("paste.as_pattern", r.AsPattern)
		}
	}
	for _, field := range fields {
		row.Cells = append(row.Cells, p.cell(s, r, field))
	}
	for _, g := range r.Guesses {
		row.Guesses = append(row.Guesses, pasteGuess{p.T(g.Key, g.Said), fmt.Sprint(r.N, "|", g.Field, "|", g.Text)})
	}
	p.notes(&row, r)
	row.Clear = len(row.Notes) == 0 && r.State == planning.PasteNew
	return row
}

// cell is a cell of a row, to be mended in its place where it is wrong or a guess.
func (p *trialPage) cell(s *Door, r planning.PasteRow, field paste.Field) pasteCell {
	cell := pasteCell{Label: p.T("paste.field." + string(field)), Text: r.Cells[field]}
	wrong := r.Wrong[field]
	guessed := slices.ContainsFunc(r.Guesses, func(g planning.PasteGuess) bool { return g.Field == field })
	if wrong == nil && !guessed {
		return cell
	}
	cell.At, cell.ID = fmt.Sprint(r.N, "|", field), fmt.Sprint("c-", r.N, "-", field)
	if wrong != nil {
		cell.Fault = p.T(wrong.Key, wrong.Args...)
	}
	if field == paste.Commune && r.Unit.Ref.IsZero() {
		for _, x := range r.Unit.Choices {
			cell.Choices = append(cell.Choices, s.App.Areas.LongName(x.Area, s.App.Today()))
		}
	}
	return cell
}

// notes say what stands in the way of a row, with the days that would do.
func (p *trialPage) notes(row *pasteRow, r planning.PasteRow) {
	for _, field := range r.Differs {
		row.Notes = append(row.Notes, view.FilterLink{Label: p.T("paste.differs", p.T("paste.field."+string(field)))})
	}
	if r.There.ID != "" {
		row.Notes = append(row.Notes, view.FilterLink{Href: view.EventRoot(r.There.ID), Label: view.SaidLine(r.There.Title, vn.ShowRange(r.There.OpensOn, r.There.ClosesOn))})
	}
	for _, f := range r.Findings {
		note := view.FilterLink{Label: p.T("year.severity."+string(f.Severity)) + ": " + p.T("year.finding."+string(f.Kind))}
		if f.Other != nil {
			note.Label += " " + p.other(f.Other)
			if f.Other.Row == 0 {
				note.Href = view.EventRoot(f.Other.ID)
			}
		}
		if f.Kind == yearplan.FilingLate {
			note.Label += ". " + p.T("year.why.filing", vn.ShowDate(f.Until), f.Rule.Basis, vn.ShowDate(f.Rule.From))
		}
		var ways []string
		for _, day := range f.Ways {
			ways = append(ways, p.T("year.way", vn.WeekdayShort(day, p.Lang), vn.ShowDate(day), p.LunarShort(day)))
		}
		if len(ways) > 0 {
			note.Label += ". " + p.T("year.ways") + " " + strings.Join(ways, "; ")
		}
		row.Notes = append(row.Notes, note)
	}
	for _, x := range r.Advice {
		row.Notes = append(row.Notes, view.FilterLink{Label: p.T(x.Key, x.Args...)})
	}
}

// other is what a row meets: an event, or another row.
func (p *trialPage) other(e *yearplan.Session) string {
	days := vn.ShowRange(e.OpensOn, e.ClosesOn)
	if e.Row > 0 {
		return p.T("paste.meets_row", e.Row, days)
	}
	return view.SaidLine(e.Title, days)
}
