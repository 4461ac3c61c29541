package inspections

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// What the register shows beside all rows.
const (
	showLate    = "qua-han"
	showTwins   = "cho-ghep"
	showMissing = "thieu-anh"
	showCounted = "tinh" // for the plan
)

// rowsShown is how many rows a page of the register has.
const rowsShown = 50

// asked is what the address of the register asks for.
type asked struct {
	year                           int
	kind, state, event, area, show string
	round, task                    string
	page                           int
}

func (s *Door) read(c *fiber.Ctx) asked {
	a := asked{kind: string(frame.OneOf(c, "loai", inspection.Kinds...)), state: string(frame.OneOf(c, "dieu", inspection.FindingStates...)),
		show: frame.OneOf(c, "xem", showLate, showTwins, showMissing, showCounted), round: c.Query("dot"), task: c.Query("nhiem-vu")}
	a.year = view.SmallNumber(c.Query("nam"), 2100)
	if a.year < 2009 {
		frame.AskedIf(c, "nam", false)
		a.year = s.thisYear()
	}
	if a.page = view.SmallNumber(c.Query("trang"), 10_000); a.page == 0 {
		frame.AskedIf(c, "trang", false)
	}
	if id := c.Query("su-kien"); id != "" {
		_, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), registry.EventID(id))
		a.event = frame.AskedIf(c, "su-kien", err == nil)
	}
	_, known := s.App.Areas.Lookup(frame.TodaysUnit(c.Query("don-vi")))
	a.area = frame.AskedIf(c, "don-vi", known)
	if a.event != "" || a.round != "" || a.task != "" {
		a.year = view.SmallNumber(c.Query("nam"), 2100) // of an event, round or task every year, unless one is asked for
	}
	return a
}

func (s *Door) thisYear() int {
	year, _ := strconv.Atoi(s.App.Today()[:4])
	return year
}

func numberOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (a asked) href() string {
	return view.Query(root, "nam", numberOrNone(a.year), "loai", a.kind, "dieu", a.state, "su-kien", a.event, "don-vi", a.area, "xem", a.show, "dot", a.round,
		"nhiem-vu", a.task, "trang", numberOrNone(a.page))
}

func (a asked) with(change func(*asked)) string {
	a.page = 0
	change(&a)
	return a.href()
}

func (s *Door) filter(a asked) inspection.Filter {
	f := inspection.Filter{Year: a.year, Kind: inspection.Kind(a.kind), Finding: inspection.FindingState(a.state), Event: registry.EventID(a.event), Area: a.area,
		Round: registry.RoundID(a.round), Task: registry.TaskID(a.task), Skip: a.page * rowsShown, Limit: rowsShown}
	switch a.show {
	case showLate:
		f.Late, f.Year = s.App.Today(), 0 // in whatever year it was found
	case showTwins:
		f.Twins = true
	case showMissing:
		f.Missing = true
	case showCounted:
		f.Counts = true
	}
	return f
}

// registerPage is a page of the register.
type registerPage struct {
	view.Base
	Heading  string
	Enter    bool
	Inspects bool
	Reads    bool // rounds too
	Years    []view.FilterLink
	Kinds    []view.FilterLink
	States   []view.FilterLink
	Shows    []view.FilterLink
	Narrowed []view.FilterLink
	Rows     []recordLine
	Empty    view.Empty
	Prev     string
	Next     string
}

// recordLine is a record as lists show it.
type recordLine struct {
	Href, Number, Day, Name, Note, Kind, Result, Findings string
	Chips                                                 []view.Chip
	Joined                                                bool
}

// showRegister shows the register of a year.
func (s *Door) showRegister(c *fiber.Ctx) error {
	a := s.read(c)
	r, err := s.App.Inspections.Register(c.UserContext(), frame.Actor(c), s.filter(a))
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(r.Rows))
	p := registerPage{Base: s.OfficePage(c, "inspection.title"), Enter: r.Enters, Inspects: r.Inspects, Reads: frame.Actor(c).CanSomewhere(registry.ViewPlan)}
	open := 0
	for state, n := range r.Found {
		if !state.Settled() {
			open += n
		}
	}
	p.Heading = p.T("inspection.heading", vn.Count(int64(r.N)), vn.Count(int64(open)))
	s.filters(&p, a, r)
	for _, row := range r.Rows {
		p.Rows = append(p.Rows, s.line(p.Base, row, r.Events[row.Subject.Event], r.Issuers[row.Issuer]))
	}
	p.Empty = view.Empty{Icon: "shield-check", Title: p.T("inspection.none"), Text: p.T("inspection.none_text")}
	p.Prev, p.Next = pager(a.page, len(r.Rows), r.N, a.at)
	return s.Render(c, frame.LayoutOffice, "inspections/register", p)
}

// pager is the addresses of the pages before and after one that shows so many rows of n;
// empty where there is none.
func pager(page, rows, n int, at func(page int) string) (prev, next string) {
	if page > 0 {
		prev = at(page - 1)
	}
	if page*rowsShown+rows < n {
		next = at(page + 1)
	}
	return prev, next
}

func (a asked) at(page int) string {
	a.page = page
	return a.href()
}

// filters links what the register may be narrowed to.
func (s *Door) filters(p *registerPage, a asked, r inspections.Register) {
	year := a.year
	if year == 0 {
		year = s.thisYear()
	}
	for _, step := range []int{-1, 0, 1} {
		p.Years = append(p.Years, view.FilterLink{Href: a.with(func(a *asked) { a.year = year + step }), Label: strconv.Itoa(year + step), Current: a.year != 0 && step == 0})
	}
	for _, k := range inspection.Kinds {
		p.Kinds = append(p.Kinds, view.FilterLink{Href: a.with(func(a *asked) { a.kind = string(k) }), Label: p.T("inspection.kind." + string(k)), Current: a.kind == string(k)})
	}
	for _, state := range inspection.FindingStates {
		if n := r.Found[state]; n > 0 || a.state == string(state) {
			p.States = append(p.States, view.FilterLink{Href: a.with(func(a *asked) { a.state = string(state) }),
				Label: p.T("inspection.with_count", p.T("inspection.finding_state."+string(state)), n), Current: a.state == string(state)})
		}
	}
	for _, x := range []struct {
		show, key string
		n         int
	}{{showLate, "inspection.late_n", r.Late}, {showTwins, "inspection.twins_n", r.Twins}, {showMissing, "inspection.missing_n", r.Missing}} {
		if x.n > 0 || a.show == x.show {
			p.Shows = append(p.Shows, view.FilterLink{Href: a.with(func(a *asked) { a.show = x.show }), Label: p.T(x.key, x.n), Current: a.show == x.show})
		}
	}
	drop := func(label string, change func(*asked)) {
		p.Narrowed = append(p.Narrowed, view.FilterLink{Href: a.with(change), Label: label})
	}
	if a.kind != "" {
		drop(p.T("inspection.kind."+a.kind), func(a *asked) { a.kind = "" })
	}
	if a.state != "" {
		drop(p.T("inspection.finding_state."+a.state), func(a *asked) { a.state = "" })
	}
	if a.show != "" {
		drop(p.T("inspection.narrowed."+map[string]string{showLate: "late", showTwins: "twins", showMissing: "missing", showCounted: "counted"}[a.show]), func(a *asked) { a.show = "" })
	}
	if a.event != "" {
		drop(p.T("inspection.of_event"), func(a *asked) { a.event = "" })
	}
	if a.area != "" {
		drop(s.AreaName(frame.TodaysUnit(a.area)), func(a *asked) { a.area = "" })
	}
	if a.round != "" {
		drop(p.T("inspection.of_round"), func(a *asked) { a.round = "" })
	}
	if a.task != "" {
		drop(p.T("inspection.of_task"), func(a *asked) { a.task = "" })
	}
}

// line writes a record as lists show it.
func (s *Door) line(b view.Base, r inspection.Row, event, issuer string) recordLine {
	l := recordLine{Href: view.InspectionHref(r.ID), Number: numberOf(b, r.Record), Day: vn.ShowDate(r.On), Name: r.Subject.Name, Kind: b.T("inspection.kind." + string(r.Kind)),
		Result: result(b, r.Record), Findings: "–", Joined: r.Lead != ""}
	l.Note = view.SaidLine(event, issuer)
	if r.Findings > 0 {
		l.Findings = b.T("inspection.settled_of", r.Findings-r.Open, r.Findings)
	}
	l.Chips = chips(b, r.Record)
	return l
}

// numberOf is the number of a record, or that it has none yet.
func numberOf(b view.Base, r inspection.Record) string {
	if n := r.Number(); n != "" {
		return n
	}
	return b.T("inspection.no_number")
}

// result says in a few words what a record found.
func result(b view.Base, r inspection.Record) string {
	if r.Bad == 0 {
		return b.T("inspection.all_met")
	}
	return b.T("inspection.bad_n", r.Bad)
}

// chips are what stands out about a record.
func chips(b view.Base, r inspection.Record) (chips []view.Chip) {
	if r.State == inspection.Received {
		chips = append(chips, view.Chip{Class: "wait", Icon: "image", Label: b.T("inspection.state.received")})
	}
	if r.Twin == inspection.TwinOpen {
		chips = append(chips, view.Chip{Class: "wait", Icon: "copy", Label: b.T("inspection.twin_waits")})
	}
	if r.Lead != "" {
		chips = append(chips, view.Chip{Class: "off", Label: b.T("inspection.joined")})
	}
	if r.Has(inspection.EventStopped) {
		chips = append(chips, view.Chip{Class: "off", Icon: "ban", Label: b.T("inspection.remark.event_stopped")})
	}
	return chips
}

// export sends what the address asks for as a file.
func (s *Door) export(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Inspections.Table(c.UserContext(), frame.Actor(c), s.filter(s.read(c)), ask.Form, ask.Lang)
	})
}
