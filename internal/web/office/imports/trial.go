package imports

import (
	"cmp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/imports"
	"hoicho/internal/store/intake"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rowsShown is how many rows a page has.
const rowsShown = 50

// Parts of a trial that a page shows.
const (
	showWrong   = "wrong"
	showNoted   = "noted"
	showAdded   = "added"
	showChanged = "changed"
	showSame    = "same"
	showAll     = "all"
)

var shows = []string{showWrong, showNoted, showAdded, showChanged, showSame, showAll}

// trialPage says how each row is understood.
type trialPage struct {
	view.Base
	view.Form
	Steps   []view.Step
	Crumb   view.NavItem
	Lead    string
	Root    string
	Shown   string
	Writes  bool
	Why     string // nothing can be written
	Button  string
	Cells   []trialCell
	Links   []view.FilterLink
	Rows    []trialRow
	Empty   view.Empty
	Prev    string
	Next    string
	UndoFor string
}

// trialCell is a figure that leads to its rows.
type trialCell struct {
	Href, Label, N string
	Warn           bool
}

// trialRow is a row as it is understood.
type trialRow struct {
	N     int
	Name  string
	Href  string
	Chip  view.Chip
	Wrong []string
	Notes []string
	Diffs []string
}

func (s *Door) showTrial(c *fiber.Ctx) error { return s.trialPage(c, nil) }

func (s *Door) trialPage(c *fiber.Ctx, fault error) error {
	plan, err := s.App.Imports.Preview(c.UserContext(), frame.Actor(c), param(c))
	if err != nil {
		return err
	}
	if plan.Import.State != intake.Read {
		return c.Redirect(href(plan.Import.ID), fiber.StatusSeeOther)
	}
	p := trialPage{Base: s.OfficePage(c, "import.trial_title", plan.Import.FileName), Root: href(plan.Import.ID), Shown: plan.Digest, Writes: plan.Writes()}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Steps, p.Crumb, p.Lead = steps(p.Base, 3), crumb(p.Base), plan.Import.FileName
	p.head(plan)
	what, page := frame.OneOf(c, "xem", shows...), view.SmallNumber(c.Query("trang"), 10_000)
	if what == "" {
		what = first(plan)
	}
	p.rows(plan, what, page)
	return s.RenderStatus(c, status, frame.LayoutOffice, "imports/trial", p)
}

// first is what a page shows when nothing is asked for: what has to be mended, else all.
func first(plan imports.Plan) string {
	if plan.Wrong > 0 {
		return showWrong
	}
	return showAll
}

// head says the answer and what can be done.
func (p *trialPage) head(plan imports.Plan) {
	p.Title = p.T("import.trial_n", len(plan.Rows)-plan.Wrong, plan.Wrong)
	p.Button = p.T("import.write", plan.Added, plan.Changed)
	switch {
	case plan.Wrong > 0:
		p.Why = p.T("import.error.wrong", plan.Wrong)
	case !plan.Writes():
		p.Why = p.T("import.error.nothing")
	}
	p.UndoFor = p.T("import.undo_for", imports.UndoDays)
	for _, x := range []struct {
		show string
		n    int
		warn bool
	}{{showAdded, plan.Added, false}, {showChanged, plan.Changed, false}, {showSame, plan.Same, false}, {showNoted, plan.Noted, false}, {showWrong, plan.Wrong, plan.Wrong > 0}} {
		p.Cells = append(p.Cells, trialCell{p.href(x.show, 0), p.T("import.show." + x.show), p.Count(int64(x.n)), x.warn})
	}
}

func (p *trialPage) href(show string, page int) string {
	at := ""
	if page > 0 {
		at = strconv.Itoa(page)
	}
	return view.Query(p.Root+"/thu", "xem", show, "trang", at)
}

// of reports whether a row is one of those that are shown.
func of(show string, r *imports.Row) bool {
	switch show {
	case showWrong:
		return len(r.Wrong) > 0
	case showNoted:
		return len(r.Notes) > 0
	case showAdded:
		return r.Act == intake.Added
	case showChanged:
		return r.Act == intake.Changed
	case showSame:
		return r.Act == imports.Same
	}
	return true
}

func (p *trialPage) rows(plan imports.Plan, show string, page int) {
	for _, x := range shows {
		p.Links = append(p.Links, view.FilterLink{Href: p.href(x, 0), Label: p.T("import.show." + x), Current: x == show})
	}
	skip := page * rowsShown
	for i := range plan.Rows {
		switch r := &plan.Rows[i]; {
		case !of(show, r):
		case skip > 0:
			skip--
		case len(p.Rows) == rowsShown:
			p.Next = p.href(show, page+1)
		default:
			p.Rows = append(p.Rows, p.row(plan, r))
		}
	}
	if page > 0 {
		p.Prev = p.href(show, page-1)
	}
	p.Empty = view.Empty{Icon: "check", Title: p.T("import.no_rows"), Text: p.T("import.show." + show)}
}

var actChips = map[intake.Act]view.Chip{intake.Added: {Class: "go", Icon: "plus"}, intake.Changed: {Class: "wait", Icon: "pencil"}, imports.Same: {Class: "off", Icon: "check"},
	"": {Class: "stop", Icon: "octagon-x"}}

func (p *trialPage) row(plan imports.Plan, r *imports.Row) trialRow {
	row := trialRow{N: r.N, Name: r.Name, Chip: actChips[r.Act]}
	row.Chip.Label = p.T("import.act." + string(cmp.Or(r.Act, showWrong)))
	if r.ID != "" {
		row.Href = registerHref(plan.Import.Kind, r.ID)
	}
	label := func(name string) string { return fieldLabel(p.Base, plan.Columns, name) }
	for _, w := range r.Wrong {
		if w.Col < 0 {
			row.Wrong = append(row.Wrong, p.T("import.wrong_row", label(w.Name), p.T(w.Fault.Key, w.Fault.Args...)))
		} else {
			row.Wrong = append(row.Wrong, p.T("import.wrong_cell", w.Cell, label(w.Name), p.T(w.Fault.Key, w.Fault.Args...)))
		}
	}
	for _, n := range r.Notes {
		row.Notes = append(row.Notes, p.T(n.Key, n.Cell, label(n.Name), n.Was, p.said(plan, n.Name, n.Now)))
	}
	for _, d := range r.Changes {
		row.Diffs = append(row.Diffs, p.T("import.difference", label(d.Name), orNone(p.said(plan, d.Name, d.Was)), orNone(p.said(plan, d.Name, d.Now))))
	}
	return row
}

// said is a value in words: a code of a choice by its text.
func (p *trialPage) said(plan imports.Plan, name, value string) string {
	for _, c := range plan.Columns {
		if c.Name == name && c.Texts != "" && value != "" {
			return p.T(c.Texts + value)
		}
	}
	return value
}

func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// registerHref is the page of a row of a register.
func registerHref(_ intake.Kind, id string) string { return "/quan-ly/co-so/" + id }

// write has the rows written.
func (s *Door) write(c *fiber.Ctx) error {
	var f struct {
		Shown string `form:"shown"`
	}
	if err := frame.Bind(c, &f); err != nil {
		return err
	}
	if err := s.App.Imports.Start(c.UserContext(), frame.Actor(c), param(c), f.Shown); err != nil {
		return s.trialPage(c, err)
	}
	return c.Redirect(href(param(c)), fiber.StatusSeeOther)
}
