package inspections

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// findingsRoot is the list of findings.
const findingsRoot = root + "/dieu"

// findingsPage is the findings of inspections by the day on which they have to be mended.
type findingsPage struct {
	view.Base
	Heading string
	Shows   []view.FilterLink
	Areas   []view.Option
	Bodies  []view.Option
	State   string
	Show    string
	Rows    []findingLine
	Empty   view.Empty
	Prev    string
	Next    string
}

// findingLine is a finding in the list.
type findingLine struct {
	Href, Due, Words, Remedy, Subject, Note, Record string
	Chips                                           []view.Chip
	Late                                            bool
}

// findingsAsked is what the address of the list asks for.
type findingsAsked struct {
	area, body, state, show string
	page                    int
}

// showAllFindings adds those with nothing left to do.
const showAllFindings = "tat-ca"

func (s *Door) readFindings(c *fiber.Ctx) findingsAsked {
	a := findingsAsked{state: string(frame.OneOf(c, "dieu", inspection.FindingStates...)), show: frame.OneOf(c, "xem", showLate, showAllFindings), body: c.Query("co-quan")}
	_, known := s.App.Areas.Lookup(frame.TodaysUnit(c.Query("don-vi")))
	a.area = frame.AskedIf(c, "don-vi", known)
	if a.page = view.SmallNumber(c.Query("trang"), 10_000); a.page == 0 {
		frame.AskedIf(c, "trang", false)
	}
	return a
}

func (a findingsAsked) href() string {
	return view.Query(findingsRoot, "don-vi", a.area, "co-quan", a.body, "dieu", a.state, "xem", a.show, "trang", numberOrNone(a.page))
}

func (a findingsAsked) with(change func(*findingsAsked)) string {
	a.page = 0
	change(&a)
	return a.href()
}

func (s *Door) findingFilter(a findingsAsked) inspection.FindingFilter {
	f := inspection.FindingFilter{Area: a.area, Issuer: registry.BodyID(a.body), State: inspection.FindingState(a.state), Settled: a.show == showAllFindings,
		Skip: a.page * rowsShown, Limit: rowsShown}
	if a.show == showLate {
		f.Late = s.App.Today()
	}
	return f
}

// showFindings lists the findings that are not settled, those due first at the top.
func (s *Door) showFindings(c *fiber.Ctx) error {
	a := s.readFindings(c)
	l, err := s.App.Inspections.FindingList(c.UserContext(), frame.Actor(c), s.findingFilter(a))
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(l.Rows))
	p := findingsPage{Base: s.OfficePage(c, "inspection.findings.title"), State: a.state, Show: a.show}
	if p.Heading = p.T("inspection.findings.heading", vn.Count(int64(l.N)), vn.Count(int64(l.Late))); l.N == 0 {
		p.Heading = p.T("inspection.findings.title")
	}
	p.filters(s, a, l)
	for _, r := range l.Rows {
		p.Rows = append(p.Rows, s.findingLine(p.Base, r, l))
	}
	p.Empty = view.Empty{Icon: "circle-check", Title: p.T("inspection.findings.none"), Text: p.T("inspection.findings.none_text")}
	p.Prev, p.Next = pager(a.page, len(l.Rows), l.N, func(page int) string { return a.with(func(b *findingsAsked) { b.page = page }) })
	return s.Render(c, frame.LayoutOffice, "inspections/findings", p)
}

// filters offers what the list may be narrowed to.
func (p *findingsPage) filters(s *Door, a findingsAsked, l inspections.FindingList) {
	link := func(label string, current bool, change func(*findingsAsked)) {
		p.Shows = append(p.Shows, view.FilterLink{Href: a.with(change), Label: label, Current: current})
	}
	link(p.T("inspection.findings.unsettled"), a.state == "" && a.show == "", func(a *findingsAsked) { a.state, a.show = "", "" })
	link(p.T("inspection.findings.late"), a.show == showLate, func(a *findingsAsked) { a.state, a.show = "", showLate })
	for _, state := range inspection.FindingStates {
		link(p.T("inspection.finding_state."+string(state)), a.state == string(state), func(a *findingsAsked) { a.state, a.show = string(state), "" })
	}
	link(p.T("inspection.findings.all"), a.show == showAllFindings, func(a *findingsAsked) { a.state, a.show = "", showAllFindings })
	p.Areas = append(p.Areas, view.Option{Label: p.T("inspection.findings.every_area"), Selected: a.area == ""})
	for _, code := range l.Areas {
		p.Areas = append(p.Areas, view.Option{Value: code, Label: s.AreaName(frame.TodaysUnit(code)), Selected: code == a.area})
	}
	if a.area != "" && !slices.Contains(l.Areas, a.area) { // what narrows it is said, though nothing is found
		p.Areas = append(p.Areas, view.Option{Value: a.area, Label: s.AreaName(frame.TodaysUnit(a.area)), Selected: true})
	}
	p.Bodies = append(p.Bodies, view.Option{Label: p.T("inspection.findings.every_body"), Selected: a.body == ""})
	for _, b := range l.Bodies {
		p.Bodies = append(p.Bodies, view.Option{Value: string(b.ID), Label: b.Name, Selected: string(b.ID) == a.body})
	}
}

func (s *Door) findingLine(b view.Base, r inspection.FindingRow, l inspections.FindingList) findingLine {
	line := findingLine{Href: view.InspectionHref(r.In.ID), Due: vn.ShowDate(r.Due(r.In.On)), Words: r.Words, Remedy: r.Remedy, Subject: r.In.Subject.Name,
		Note: view.SaidLine(l.Events[r.In.Subject.Event], s.UnitName(r.In.Area, r.In.On)), Record: view.SaidLine(numberOf(b, r.In), l.Names[r.In.Issuer]),
		Late: r.Late(r.In.On, s.App.Today())}
	line.Chips = findingChips(b, r.Finding, line.Late)
	return line
}

// exportFindings sends what the address asks for as a file.
func (s *Door) exportFindings(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Inspections.FindingFile(c.UserContext(), frame.Actor(c), s.findingFilter(s.readFindings(c)), ask.Form, ask.Lang)
	})
}
