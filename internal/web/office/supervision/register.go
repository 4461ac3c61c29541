package supervision

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rowsShown is how many rows a page has.
const rowsShown = 50

// asked is what the address of the register asks for.
type asked struct {
	year            int
	state           committee.SupervisionState
	area, by, event string
	task            registry.TaskID
	page            int
}

// read reads the address; what says nothing is told on the page.
func (s *Door) read(c *fiber.Ctx) asked {
	a := asked{state: frame.OneOf(c, "xem", committee.SupervisionStates...), by: c.Query("don-vi-giam-sat"), event: c.Query("su-kien"),
		task: registry.TaskID(c.Query("nhiem-vu"))}
	this, _ := strconv.Atoi(s.App.Today()[:4])
	if a.year = view.SmallNumber(c.Query("nam"), committee.LastPlanYear); a.year < committee.FirstPlanYear {
		frame.AskedIf(c, "nam", false)
		a.year = this
	}
	if a.event != "" || a.task != "" || a.state == committee.SupervisionLate && c.Query("nam") == "" {
		a.year = 0 // of every year
	}
	if a.page = view.SmallNumber(c.Query("trang"), 10_000); a.page == 0 {
		frame.AskedIf(c, "trang", false)
	}
	_, known := s.App.Areas.Lookup(frame.TodaysUnit(c.Query("don-vi")))
	a.area = frame.AskedIf(c, "don-vi", known)
	return a
}

func (a asked) filter() committee.SupervisionFilter {
	return committee.SupervisionFilter{Area: a.area, Year: a.year, By: registry.BodyID(a.by), Event: registry.EventID(a.event), Task: a.task, State: a.state,
		Skip: a.page * rowsShown, Limit: rowsShown}
}

func (a asked) href(path string) string {
	year, page := "", ""
	if a.year > 0 {
		year = yearText(a.year)
	}
	if a.page > 0 {
		page = yearText(a.page)
	}
	return view.Query(path, "nam", year, "xem", string(a.state), "don-vi", a.area, "don-vi-giam-sat", a.by, "su-kien", a.event, "nhiem-vu", string(a.task), "trang", page)
}

func (a asked) with(change func(*asked)) string {
	a.page = 0
	change(&a)
	return a.href(root)
}

// registerPage is the supervisions of a year.
type registerPage struct {
	view.Base
	Kicker   string
	Heading  string
	Enter    string
	Years    []view.FilterLink
	States   []view.FilterLink
	Narrowed []view.FilterLink
	Rows     []registerLine
	Empty    view.Empty
	Prev     string
	Next     string
}

// registerLine is a supervision as the register shows it.
type registerLine struct {
	Href, Content, Note, By, Subject, Recommendation, Due string
	Chip                                                  view.Chip
	Struck                                                bool
}

// showRegister shows the supervisions of a year.
func (s *Door) showRegister(c *fiber.Ctx) error {
	a := s.read(c)
	l, err := s.App.Supervision.Register(c.UserContext(), frame.Actor(c), a.filter())
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(l.Rows))
	p := registerPage{Base: s.OfficePage(c, "supervision.title"), Enter: root + "/ghi"}
	if a.year > 0 {
		p.Kicker = p.T("procurement.year", yearText(a.year))
	}
	p.Heading = p.T("supervision.heading", l.All, l.Counts[committee.SupervisionAnswered], l.Counts[committee.SupervisionLate])
	if !l.Enters {
		p.Enter = ""
	}
	p.filters(s, a, l.Names)
	p.States = []view.FilterLink{{Href: a.with(func(a *asked) { a.state = "" }), Label: p.T("supervision.all_n", l.All), Current: a.state == ""}}
	for _, state := range committee.SupervisionStates {
		p.States = append(p.States, view.FilterLink{Href: a.with(func(a *asked) { a.state = state }), Current: a.state == state,
			Label: p.T("supervision.state."+string(state)) + " " + vn.Count(int64(l.Counts[state]))})
	}
	for _, row := range l.Rows {
		p.Rows = append(p.Rows, s.line(p.Base, row, l.Names))
	}
	p.Empty = view.Empty{Icon: "eye", Title: p.T("supervision.none"), Text: p.T("supervision.none_text")}
	if a.page > 0 {
		before := a
		before.page--
		p.Prev = before.href(root)
	}
	if a.page*rowsShown+len(l.Rows) < l.N {
		after := a
		after.page++
		p.Next = after.href(root)
	}
	return s.Render(c, frame.LayoutOffice, "supervision/register", p)
}

// filters links years and what the list is narrowed to.
func (p *registerPage) filters(s *Door, a asked, names map[registry.BodyID]string) {
	for _, step := range []int{-1, 0, 1} {
		if a.year > 0 {
			p.Years = append(p.Years, view.FilterLink{Href: a.with(func(a *asked) { a.year += step }), Label: yearText(a.year + step), Current: step == 0})
		}
	}
	drop := func(label string, change func(*asked)) {
		p.Narrowed = append(p.Narrowed, view.FilterLink{Href: a.with(change), Label: label})
	}
	if a.area != "" {
		drop(s.AreaName(frame.TodaysUnit(a.area)), func(a *asked) { a.area = "" })
	}
	if name := names[registry.BodyID(a.by)]; name != "" {
		drop(name, func(a *asked) { a.by = "" })
	}
	if a.event != "" {
		drop(p.T("supervision.of_event"), func(a *asked) { a.event = "" })
	}
	if a.task != "" {
		drop(p.T("supervision.of_task"), func(a *asked) { a.task = "" })
	}
}

func (s *Door) line(b view.Base, h committee.SupervisionHeld, names map[registry.BodyID]string) registerLine {
	l := registerLine{Href: href(h.ID), Content: firstLine(h.Content), Note: view.SaidLine(h.Number(), vn.ShowDate(h.HeldOn), s.UnitName(h.Area, h.HeldOn)), By: names[h.By],
		Subject: names[h.Subject] + h.SubjectName, Recommendation: firstLine(h.Recommendation), Chip: stateChip(b, h.State(s.App.Today())), Struck: h.Struck.Is()}
	if h.Event != "" && l.Subject == "" {
		l.Subject = b.T("supervision.field.event")
	}
	switch {
	case h.AnsweredOn != "":
		l.Due = b.T("supervision.answered", vn.ShowDate(h.AnsweredOn))
	case h.DueOn != "":
		l.Due = b.T("supervision.due", vn.ShowDate(h.DueOn))
	}
	return l
}

// firstLine is the beginning of a text as a list shows it.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if letters := []rune(line); len(letters) > 120 {
		return string(letters[:120]) + "…"
	}
	return line
}

// export sends what the address asks for as a file.
func (s *Door) export(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Supervision.File(c.UserContext(), frame.Actor(c), s.read(c).filter(), ask.Form, ask.Lang)
	})
}
