package public

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// How many events the home page shows, and how many communes it links.
const (
	homeRunning = 3
	homeNext    = 6
	homeAhead   = 50 // events looked at for the links of communes
	homeAreas   = 12
)

// homePage is what is on now and next, and the ways on from there.
type homePage struct {
	view.Base
	Today     string // the day, in both calendars
	Running   []runningCard
	Soonest   view.EventCard // where nothing is on today
	SoonestIn string         // "còn 4 ngày"
	Next      []view.EventCard
	Nothing   view.Empty // in place of Next
	Areas     []areaLink
	Goods     []view.ProductCard // of the first event that is on
}

// runningCard is an event that is on, with what it has to show.
type runningCard struct {
	view.EventCard
	Progress   string // "ngày thứ 2 trên 4"
	Directions string // to it, on a map; "" where its place is not known
	Figures    []view.Figure
}

// areaLink leads to the events of a commune.
type areaLink struct {
	Href string
	Name string
	N    int
}

// nextStates are the states of what is still to come.
var nextStates = []registry.EventState{registry.Announced, registry.Open, registry.Closed, registry.Moved, registry.Postponed}

// showHome shows what is on now and next.
func (s *Door) showHome(c *fiber.Ctx) error {
	p := homePage{Base: s.PublicNav(c, s.Page(c, "home.title"))}
	p.OwnStyles = eventStyles
	p.Description, p.Installs = p.T("home.lead"), true
	p.Nothing = view.Empty{Icon: "calendar", Title: p.T("home.none"), Href: "/su-kien?luc=da-qua", Action: p.T("home.past")}
	ctx := c.UserContext()
	running, _, err := s.App.Events.PublicEvents(ctx, registry.EventFilter{States: []registry.EventState{registry.Running}, Limit: homeRunning})
	if err != nil {
		return err
	}
	next, _, err := s.App.Events.PublicEvents(ctx, registry.EventFilter{States: nextStates, From: s.App.Today(), Limit: homeAhead})
	if err != nil {
		return err
	}
	shown := next[:min(len(next), homeNext)]
	figures, err := s.App.Events.EventFigures(ctx, slices.Concat(running, shown))
	if err != nil {
		return err
	}
	for _, e := range running {
		p.Running = append(p.Running, s.runningCard(p.Base, e, figures[e.ID]))
	}
	p.Next = s.EventCards(p.Base, shown, figures)
	p.Today = view.SaidLine(vn.Weekday(s.App.Today(), p.Lang)+" "+vn.ShowDate(s.App.Today()), p.LunarRange(s.App.Today(), s.App.Today()))
	if at := slices.IndexFunc(shown, func(e registry.Event) bool { return !e.State.Stopped() && e.OpensOn > s.App.Today() }); at >= 0 {
		p.Soonest, p.SoonestIn = p.Next[at], p.T("home.days_left", vn.DaysBetween(s.App.Today(), shown[at].OpensOn))
	}
	if len(running) > 0 {
		vendors, err := s.App.Booths.EventVendors(ctx, running[0])
		if err != nil {
			return err
		}
		if p.Goods, err = s.goodsCards(ctx, p.Base, vendors, homeGoods); err != nil {
			return err
		}
	}
	p.Areas = s.areaLinks(slices.Concat(running, next))
	return s.Render(c, frame.LayoutPublic, "public/home", p)
}

func (s *Door) runningCard(b view.Base, e registry.Event, f registry.EventFigures) runningCard {
	card := runningCard{EventCard: s.EventCard(b, e, f), Figures: b.FiguresOf(f)}
	if m := view.MapLinksOf(e); m != nil {
		card.Directions = m.Google
	}
	today := s.App.Today()
	at := slices.IndexFunc(e.Days, func(d registry.EventDay) bool { return d.Day == today })
	if len(e.Days) > 1 && at >= 0 {
		card.Progress = b.T("home.day_of", at+1, len(e.Days))
	}
	return card
}

// areaLinks are the communes of events on now and next, the soonest first.
func (s *Door) areaLinks(events []registry.Event) []areaLink {
	var links []areaLink
	for _, e := range events {
		if e.Area.Edition != registry.Edition2025 || !e.Area.IsCommune() {
			continue
		}
		href := eventQuery{Area: e.Area.Code}.href()
		at := slices.IndexFunc(links, func(l areaLink) bool { return l.Href == href })
		switch {
		case at >= 0:
			links[at].N++
		case len(links) < homeAreas:
			links = append(links, areaLink{Href: href, Name: s.App.Events.EventPlace(e).Short, N: 1})
		}
	}
	return links
}
