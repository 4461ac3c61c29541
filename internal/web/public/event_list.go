package public

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventsPerPage is how many events a page of the public list shows.
const eventsPerPage = 20

// eventQuery is the filters of the list of events as its address writes them.
type eventQuery struct {
	Kind  string // loai: hoi-cho, phien-cho
	Past  bool   // luc=da-qua
	Area  string // dia-ban: code of today's unit
	Month string // thang: 2026-11; its events only, in the calendar view or not
	Grid  bool   // xem=lich
	After string // tu: where the page begins
}

// eventKinds are the kinds as addresses write them.
var eventKinds = map[string]registry.EventKind{"hoi-cho": registry.Fair, "phien-cho": registry.MarketSession}

// readEventQuery reads the filters. What makes no sense is said on the page and
// counts as not there, so that an old or mistyped link still shows a list.
func (s *Door) readEventQuery(c *fiber.Ctx) eventQuery {
	_, cursor := view.ReadEventCursor(c.Query("tu"))
	q := eventQuery{Kind: frame.OneOf(c, "loai", slices.Collect(maps.Keys(eventKinds))...), Past: frame.OneOf(c, "luc", "da-qua") != "",
		Area: frame.AskedIf(c, "dia-ban", s.KnownArea(c.Query("dia-ban"))), Month: frame.AskedIf(c, "thang", isMonth(c.Query("thang"))),
		Grid: frame.OneOf(c, "xem", "lich") != "", After: frame.AskedIf(c, "tu", cursor)}
	if q.Grid && q.Month == "" {
		q.Month = s.App.Today()[:7]
	}
	return q
}

// href is the address of the list with these filters.
func (q eventQuery) href() string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+url.QueryEscape(value))
		}
	}
	add("loai", q.Kind)
	add("dia-ban", q.Area)
	if q.Past {
		add("luc", "da-qua")
	}
	if q.Grid {
		add("xem", "lich")
	}
	add("thang", q.Month)
	add("tu", q.After)
	if len(parts) == 0 {
		return "/su-kien"
	}
	return "/su-kien?" + strings.Join(parts, "&")
}

// with returns the query with a change, on its first page.
func (q eventQuery) with(change func(*eventQuery)) eventQuery {
	q.After = ""
	change(&q)
	return q
}

// filter turns the query into a filter of events.
func (q eventQuery) filter(today string) registry.EventFilter {
	f := registry.EventFilter{Kind: eventKinds[q.Kind], Area: q.Area, Limit: eventsPerPage}
	switch {
	case q.Month != "":
		f.From, f.To = q.Month+"-01", lastOfMonth(q.Month)
	case q.Past:
		f.States, f.Latest = []registry.EventState{registry.Ended, registry.Reported}, true
	default:
		f.From = today
	}
	f.After, _ = view.ReadEventCursor(q.After)
	return f
}

// eventsPage is the list of events, or their month, with the filters.
type eventsPage struct {
	view.Base
	Query    eventQuery
	Events   []view.EventCard
	More     string // address of the next page
	Kinds    []view.FilterLink
	Times    []view.FilterLink
	Area     string // name of the unit filtered by
	NoArea   string // address without that filter
	AreaAt   string // where a commune is, for the script that remembers it
	Asked    string // typed text that names no unit, or several
	Fits     []view.FilterLink
	Calendar string // address of the calendar of what is shown
	Month    *monthView
}

// showEvents shows the list of events or the month. A typed place leads to the
// address that names its unit.
func (s *Door) showEvents(c *fiber.Ctx) error {
	q := s.readEventQuery(c)
	p := eventsPage{Base: s.PublicNav(c, s.Page(c, "event.list.title")), Query: q}
	if asked := c.Query("noi"); asked != "" {
		units := s.askedUnits(asked, c.Query("noi_ref"))
		if len(units) == 1 {
			return c.Redirect(q.with(func(q *eventQuery) { q.Area = units[0].Ref.Code }).href(), fiber.StatusSeeOther)
		}
		p.Asked = asked
		for _, a := range units {
			p.Fits = append(p.Fits, view.FilterLink{Href: q.with(func(q *eventQuery) { q.Area = a.Ref.Code }).href(),
				Label: s.App.Areas.LongName(a, s.App.Today())})
		}
	}
	s.fillFilters(&p)
	if q.Grid {
		return s.showMonth(c, p)
	}
	events, more, err := s.App.Events.PublicEvents(c.UserContext(), q.filter(s.App.Today()))
	if err != nil {
		return err
	}
	figures, err := s.App.Events.EventFigures(c.UserContext(), events)
	if err != nil {
		return err
	}
	p.Events = s.EventCards(p.Base, events, figures)
	if more {
		last := events[len(events)-1]
		p.More = q.with(func(q *eventQuery) { q.After = last.OpensOn + "." + string(last.ID) }).href()
	}
	return s.Render(c, frame.LayoutPublic, "public/events", p)
}

// askedUnits are today's units that a typed place may mean: the one picked or
// named, or else all that fit.
func (s *Door) askedUnits(asked, ref string) []registry.Area {
	picked, _ := s.PickedArea(asked, ref, s.App.Today()) // a fault: none, or several to choose from
	if a, ok := s.App.Areas.Lookup(picked); ok {
		return []registry.Area{a}
	}
	return s.App.Areas.Search(asked, s.App.Today(), 8)
}

// fillFilters makes the links of the filters.
func (s *Door) fillFilters(p *eventsPage) {
	q := p.Query
	link := func(key string, current bool, change func(*eventQuery)) view.FilterLink {
		return view.FilterLink{Href: q.with(change).href(), Label: p.T(key), Current: current}
	}
	p.Kinds = []view.FilterLink{
		link("event.list.all_kinds", q.Kind == "", func(q *eventQuery) { q.Kind = "" }),
		link("event.list.fairs", q.Kind == "hoi-cho", func(q *eventQuery) { q.Kind = "hoi-cho" }),
		link("event.list.sessions", q.Kind == "phien-cho", func(q *eventQuery) { q.Kind = "phien-cho" }),
	}
	p.Times = []view.FilterLink{
		link("event.list.upcoming", !q.Past && !q.Grid, func(q *eventQuery) { q.Past, q.Grid, q.Month = false, false, "" }),
		link("event.list.past", q.Past, func(q *eventQuery) { q.Past, q.Grid, q.Month = true, false, "" }),
		link("event.list.month", q.Grid, func(q *eventQuery) { q.Past, q.Grid = false, true }),
	}
	p.Calendar = "/lich.ics"
	if a, ok := s.App.Areas.Lookup(frame.TodaysUnit(q.Area)); ok {
		p.Area, p.NoArea = a.FullName(), q.with(func(q *eventQuery) { q.Area = "" }).href()
		p.Title = p.T("event.list.title_area", p.Area)
		if a.Ref.IsCommune() && a.Lat != 0 {
			p.AreaAt = view.PointText(a.Lat, a.Lon)
		}
		p.Calendar = "/lich/" + q.Area + ".ics"
	}
}
