package events

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// officeEventsPerPage is how many events a page of the office list shows.
const officeEventsPerPage = 40

// The groups of events as addresses write them.
const (
	groupRunning  = "dang-dien-ra"
	groupAhead    = "30-ngay"
	groupToReport = "da-qua"
	groupAll      = "tat-ca"
)

// RunningHref, AheadHref and ToReportHref are the lists of the events that the desk counts.
const (
	RunningHref  = listRoot + "?xem=" + groupRunning
	AheadHref    = listRoot + "?xem=" + groupAhead
	ToReportHref = listRoot + "?xem=" + groupToReport
)

const listRoot = "/quan-ly/su-kien"

// officeGroups are the groups of states that the office list is narrowed to.
var officeGroups = []struct {
	slug   string
	key    string
	states []registry.EventState
	latest bool
}{
	{"", "event.office.current", []registry.EventState{registry.Draft, registry.Planned, registry.Announced, registry.Open, registry.Closed, registry.Running, registry.Moved, registry.Postponed}, false},
	{groupRunning, "event.office.running", []registry.EventState{registry.Running}, false},
	{groupAhead, "event.office.ahead", nil, false}, // events.AheadFilter
	{"nhap", "event.office.drafts", []registry.EventState{registry.Draft, registry.Planned}, false},
	{groupToReport, "event.office.over", []registry.EventState{registry.Ended}, true},
	{groupAll, "event.office.all", nil, true},
}

// boosted stands among the kinds of the list's filter for stimulus sessions of any kind.
const boosted registry.EventKind = "kich-cau"

// The cookie that keeps how dense the rows of the list are, and the answers of the address.
const (
	densityCookie = "event_rows"
	densityDense  = "gon"
	densityWide   = "thoang"
)

// officeEventsPage is the office list of events.
type officeEventsPage struct {
	view.Base
	Heading string
	Sum     string // what the desk counts of these events
	Tabs    []view.NavItem
	Query   listQuery
	Unit    string // name of the commune it is narrowed to
	NoUnit  string // address without it
	Asked   string // a place that was typed and is none, or several
	Fits    []view.FilterLink
	Kinds   []view.Option
	States  []view.Option
	Years   []view.Option
	Keepers []view.Option
	Rows    []OfficeEventRow
	Next    string
	None    view.Empty
	MayAdd  bool
	Dense   bool
	Density view.FilterLink // to the other density
	Visits  bool            // the rows say how many visits there were today
}

// OfficeEventRow is an event in the office list.
type OfficeEventRow struct {
	Href   string
	Title  string
	Place  string
	When   string
	Lunar  string
	Chips  []view.Chip
	Visits int // of today, where the list says them
	registry.EventFigures
}

// listQuery is what the list is narrowed to, as its address writes it.
type listQuery struct{ Group, State, Kind, Text, Unit, Year, Keeper string }

// href is the address of the list from a cursor on.
func (q listQuery) href(after string) string {
	return view.Query(listRoot, "xem", q.Group, "trang-thai", q.State, "loai", q.Kind, "q", q.Text, "xa", q.Unit, "nam", q.Year, "nguoi", q.Keeper, "tu", after)
}

// readListQuery reads what the address narrows the list to and what it can be narrowed
// to; what is no filter is said on the page.
func (s *Door) readListQuery(c *fiber.Ctx, p *officeEventsPage) error {
	years, keepers, err := s.App.Events.OfficeFilters(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	var groups, ids []string
	for _, g := range officeGroups {
		groups = append(groups, g.slug)
	}
	for _, k := range keepers {
		ids = append(ids, string(k.Account))
	}
	p.Query = listQuery{Group: frame.OneOf(c, "xem", groups...), State: string(frame.OneOf(c, "trang-thai", registry.EventStates...)), Text: frame.AskedText(c, "q"),
		Kind: string(frame.OneOf(c, "loai", append(slices.Clone(registry.EventKinds), boosted)...)), Year: frame.OneOf(c, "nam", years...),
		Keeper: frame.OneOf(c, "nguoi", ids...)}
	if code := c.Query("xa"); code != "" {
		a, ok := s.App.Areas.Lookup(frame.TodaysUnit(code))
		if p.Query.Unit = frame.AskedIf(c, "xa", ok); ok {
			p.Unit = a.FullName()
		}
	}
	p.options(years, keepers)
	return nil
}

// filter is the query as the store reads it.
func (q listQuery) filter(ahead registry.EventFilter) registry.EventFilter {
	f := registry.EventFilter{Limit: officeEventsPerPage}
	for _, g := range officeGroups {
		switch {
		case g.slug != q.Group:
		case g.slug == groupAhead:
			f = ahead
		default:
			f.States, f.Latest = g.states, g.latest
		}
	}
	if q.Group == groupRunning {
		f.Limit = events.AddedMost
	}
	if q.State != "" && (f.States == nil || slices.Contains(f.States, registry.EventState(q.State))) {
		f.States = []registry.EventState{registry.EventState(q.State)}
	} else if q.State != "" {
		f.States = []registry.EventState{} // none of this group
	}
	f.Text, f.Kind, f.Area, f.Keeper = q.Text, registry.EventKind(q.Kind), q.Unit, registry.AccountID(q.Keeper)
	if f.Boosted = f.Kind == boosted; f.Boosted {
		f.Kind = ""
	}
	if q.Year != "" {
		f.From, f.To = max(f.From, q.Year+"-01-01"), q.Year+"-12-31"
		if q.Group == groupAhead {
			f.To = min(f.To, ahead.To)
		}
	}
	return f
}

// showOfficeEvents lists the events in the reader's areas. A typed place leads to the
// address that names its unit.
func (s *Door) showOfficeEvents(c *fiber.Ctx) error {
	actor := frame.Actor(c)
	p := officeEventsPage{Base: s.OfficePage(c, "event.office.title"), MayAdd: actor.CanSomewhere(registry.ManageEvents)}
	if err := s.readListQuery(c, &p); err != nil {
		return err
	}
	if to := s.narrowToPlace(c, &p); to != "" {
		return c.Redirect(to, fiber.StatusSeeOther)
	}
	p.density(c)
	f := p.Query.filter(s.App.Events.AheadFilter())
	n, err := s.App.Events.OfficeEventCount(c.UserContext(), actor, f)
	if err != nil {
		return err
	}
	p.groups(n)
	_, cursor := view.ReadEventCursor(c.Query("tu"))
	f.After, _ = view.ReadEventCursor(frame.AskedIf(c, "tu", cursor))
	events, more, err := s.App.Events.OfficeEvents(c.UserContext(), actor, f)
	if err != nil {
		return err
	}
	if p.Rows, err = s.eventRows(c, p.Base, events); err != nil {
		return err
	}
	if err := s.sumUp(c, &p, events); err != nil {
		return err
	}
	if more {
		last := events[len(events)-1]
		p.Next = p.Query.href(last.OpensOn + "." + string(last.ID))
	}
	p.None = view.Empty{Icon: "calendar-days", Title: p.T("event.office.none"), Text: p.T("event.office.none_text")}
	if p.MayAdd {
		p.None.Href, p.None.Action = "/quan-ly/su-kien/moi", p.T("event.office.add")
	}
	return s.Render(c, frame.LayoutOffice, "events/list", p)
}

// groups are the tabs; the heading says how many events the one shown has.
func (p *officeEventsPage) groups(n int) {
	for _, g := range officeGroups {
		tab := p.Query
		tab.Group, tab.State = g.slug, ""
		current := g.slug == p.Query.Group
		p.Tabs = append(p.Tabs, view.NavItem{Href: tab.href(""), Label: p.T(g.key), Current: current})
		if current {
			p.Heading = p.T("event.office.heading", n, p.T(g.key))
		}
	}
}

// narrowToPlace is the address of the unit that was typed; "" where none was, or where it
// may mean several, which the page then shows.
func (s *Door) narrowToPlace(c *fiber.Ctx, p *officeEventsPage) (to string) {
	at := func(code string) string {
		q := p.Query
		q.Unit = code
		return q.href("")
	}
	p.NoUnit = at("")
	text := frame.AskedText(c, "noi")
	if text == "" {
		return ""
	}
	today := s.App.Today()
	picked, _ := s.PickedArea(text, c.Query("noi_ref"), today) // a fault: none, or several to choose from
	if a, ok := s.App.Areas.Lookup(picked); ok && a.Ref.Edition == registry.Edition2025 {
		return at(a.Ref.Code)
	}
	p.Asked = text
	for _, a := range s.App.Areas.Search(text, today, placesProposed) {
		p.Fits = append(p.Fits, view.FilterLink{Href: at(a.Ref.Code), Label: s.App.Areas.LongName(a, today)})
	}
	return ""
}

// placesProposed is how many units a typed place is said to mean at most.
const placesProposed = 8

// options fills the lists of the filter.
func (p *officeEventsPage) options(years []string, keepers []registry.EventKeeper) {
	whole := view.Option{Label: p.T("event.list.all_kinds")}
	p.Kinds = append([]view.Option{whole}, view.Options(p.Base, "event.kind.", registry.EventKinds, p.Query.Kind)...)
	p.Kinds = append(p.Kinds, view.Option{Value: string(boosted), Label: p.T("measure.filter"), Selected: p.Query.Kind == string(boosted)})
	p.States = append([]view.Option{whole}, view.Options(p.Base, "event.state.", registry.EventStates, p.Query.State)...)
	p.Years, p.Keepers = []view.Option{whole}, []view.Option{whole}
	for _, year := range years {
		p.Years = append(p.Years, view.Option{Value: year, Label: year, Selected: year == p.Query.Year})
	}
	for _, k := range keepers {
		p.Keepers = append(p.Keepers, view.Option{Value: string(k.Account), Label: k.Name, Selected: string(k.Account) == p.Query.Keeper})
	}
}

// density reads how dense the rows are and keeps it for a year.
func (p *officeEventsPage) density(c *fiber.Ctx) {
	chosen := frame.OneOf(c, "dang", densityDense, densityWide)
	if chosen != "" {
		c.Cookie(&fiber.Cookie{Name: densityCookie, Value: chosen, Path: listRoot, MaxAge: 365 * 24 * 3600, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
	} else {
		chosen = c.Cookies(densityCookie)
	}
	p.Dense = chosen == densityDense
	other, key := densityDense, "event.office.dense"
	if p.Dense {
		other, key = densityWide, "event.office.wide"
	}
	at := p.Query.href("")
	sign := "?"
	if at != listRoot {
		sign = "&"
	}
	p.Density = view.FilterLink{Href: at + sign + "dang=" + other, Label: p.T(key)}
}

// sumUp adds up what the desk counts of the events shown.
func (s *Door) sumUp(c *fiber.Ctx, p *officeEventsPage, events []registry.Event) error {
	n := 0
	switch p.Query.Group {
	case groupAhead:
		for _, row := range p.Rows {
			n += row.Left()
		}
		p.Sum = p.T("event.office.sum_left", n)
	case groupRunning:
		p.Visits = true
		for i, e := range events {
			visits, err := s.App.Admission.Visits(c.UserContext(), e.ID)
			if err != nil {
				return err
			}
			p.Rows[i].Visits = visits.Today.Total
			n += visits.Today.Total
		}
		p.Sum = p.T("event.office.sum_visits", n)
	}
	return nil
}

// eventRows are events as the lists of the office show them.
func (s *Door) eventRows(c *fiber.Ctx, b view.Base, events []registry.Event) ([]OfficeEventRow, error) {
	figures, err := s.App.Events.EventFigures(c.UserContext(), events)
	if err != nil {
		return nil, err
	}
	return s.OfficeEventRows(c, b, events, figures)
}

// OfficeEventRows are events whose figures were read as the lists of the office show them.
func (s *Door) OfficeEventRows(c *fiber.Ctx, b view.Base, events []registry.Event, figures map[registry.EventID]registry.EventFigures) ([]OfficeEventRow, error) {
	tallies, err := s.App.Stimulus.Tallies(c.UserContext(), frame.Actor(c), events)
	rows := make([]OfficeEventRow, len(events))
	for i, e := range events {
		rows[i] = OfficeEventRow{Href: view.EventRoot(e.ID), Title: e.Title, Place: s.WhereLine(e), When: vn.ShowRange(e.OpensOn, e.ClosesOn),
			Lunar: b.LunarShort(e.OpensOn), Chips: []view.Chip{b.StateChip(e.State), {Label: b.KindName(e.Kind)}}, EventFigures: figures[e.ID]}
		if tallies[e.ID].Stimulates() {
			rows[i].Chips = append(rows[i].Chips, view.Chip{Label: b.T("measure.chip"), Class: "star"})
		}
		if n := len(e.Asked); n > 0 {
			rows[i].Chips = append(rows[i].Chips, view.Chip{Label: b.T("event.asked.chip", n), Class: "wait"})
		}
	}
	return rows, err
}
