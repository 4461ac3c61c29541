package public

import (
	"html/template"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventPage is the public page of an event.
type eventPage struct {
	view.Base
	Event       registry.Event
	Chips       []view.Chip
	Banner      *view.Notice
	Before      string // the plan before a move
	Dates       string
	Lunar       string
	Hours       string    // of all days alike, else ""
	Days        []dayLine // with hours of their own
	Place       string
	Formerly    string // the unit in the other edition
	Legal       string
	Phone       string
	Map         *view.MapLinks
	Geo         template.URL
	Webcal      template.URL  // the event as a calendar that a phone follows
	OffAs       string        // behind days that do not hold
	Sessions    []sessionLine // of the same market, to come
	Follow      template.URL  // all of them as a calendar that a phone follows
	Figures     []view.Figure
	Vendors     []view.VendorRow
	MoreVendors []view.VendorRow // folded away
	Stopped     bool             // its days do not hold
	Keep        string           // addresses that a phone keeps for a market without a network
	Goods       []view.ProductCard
	GoodsOf     int // how many goods there are in all
	Plan        *frame.PlanView
	Draws       string // address of the public draws of booths, "" without one
	Programme   []view.ProgrammeDay
	OtherDays   []view.ProgrammeDay // of the programme, folded away
	Parts       []view.FilterLink   // of the page, to jump to
	Apply       applyBox
	Cover       string
	Visits      string // how many came, and how they were counted
	Papers      string // how many bodies and papers stand behind the event
	Results     []view.DeskTile
	Offers      offersPart
}

// dayLine is a day with its hours.
type dayLine struct{ Day, Hours, Note string }

// sessionLine is another session of a market.
type sessionLine struct{ Href, Title, Days, Lunar, Place string }

// applyBox says how to apply, or why not.
type applyBox struct {
	Open  bool
	Text  string
	Until string
}

// eventStyles are those of the page of an event, and of the home page with the next ones.
var eventStyles = []string{"css/event.css"}

// showEvent shows the page of an event. Drafts and plans are shown to their
// office, as they will look.
func (s *Door) showEvent(c *fiber.Ctx) error {
	e, err := s.App.Events.EventBySlug(c.UserContext(), frame.Actor(c), c.Params("slug"))
	if err != nil {
		return err
	}
	p := eventPage{Base: s.PublicNav(c, s.Titled(c, e.Title)), Event: e}
	p.Description, p.OwnStyles = e.Summary, eventStyles
	if e.Public() {
		p.Share, p.Linked = s.shareEvent(p.Base, e), s.linkedEvent(p.Base, e)
	}
	figures, err := s.App.Events.EventFigures(c.UserContext(), []registry.Event{e})
	if err != nil {
		return err
	}
	if e.Public() {
		if err := s.fillStalls(c, &p); err != nil {
			return err
		}
	}
	p.Chips, p.Figures = s.EventChips(p.Base, view.AsPublic(e), figures[e.ID]), p.FiguresOf(figures[e.ID])
	s.fillWhen(&p)
	s.fillWhere(&p)
	p.Apply, p.Legal = s.applyBox(p.Base, e), p.LegalLine(e.Legal)
	p.Papers = papersLine(p.Base, e)
	p.fillProgramme()
	p.fillParts()
	p.Stopped = e.State.Stopped()
	if e.State == registry.Postponed {
		p.OffAs = p.T("event.page.no_new_day")
	}
	if _, rest, ok := strings.Cut(p.Site.BaseURL, "://"); ok && p.TakesPlace() {
		p.Webcal = template.URL("webcal://" + rest + view.EventHref(e.Slug) + ".ics") // of our own address
	}
	if err := s.fillSessions(c, &p); err != nil {
		return err
	}
	p.Banner, p.Before = banner(p.Base, e), before(p.Base, e)
	if e.Cover != "" {
		p.Cover = view.Photo(e.Cover)
	}
	if e.Public() {
		p.Keep = p.keepOf()
	}
	return s.Render(c, frame.LayoutPublic, "public/event", p)
}

// sessionsShown is how many other sessions of a market its pages name.
const sessionsShown = 6

// fillSessions names the next sessions of the market that an event is one of.
func (s *Door) fillSessions(c *fiber.Ctx, p *eventPage) error {
	events, _, err := s.App.Events.PublicEvents(c.UserContext(), registry.EventFilter{Series: p.Event.ID, From: s.App.Today(), Limit: sessionsShown + 1})
	for _, e := range events {
		if e.ID != p.Event.ID && !e.State.Stopped() && len(p.Sessions) < sessionsShown {
			p.Sessions = append(p.Sessions, sessionLine{view.EventHref(e.Slug), e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), p.LunarRange(e.OpensOn, e.ClosesOn), e.Venue})
		}
	}
	if _, rest, ok := strings.Cut(p.Site.BaseURL, "://"); ok && len(p.Sessions) > 0 {
		p.Follow = template.URL("webcal://" + rest + view.EventHref(p.Event.Slug) + "/cac-phien.ics") // of our own address
	}
	return err
}

// fillProgramme shows the programme of today, or of the next day that has one, and folds the
// other days away.
func (p *eventPage) fillProgramme() {
	if p.Programme = p.ProgrammeDays(p.Event); len(p.Programme) < 3 { // a fold for one day is none
		return
	}
	days := p.Programme
	at := max(0, slices.IndexFunc(days, func(d view.ProgrammeDay) bool { return d.Date >= p.ReadOn }))
	p.Programme, p.OtherDays = days[at:at+1], slices.Concat(days[:at], days[at+1:])
}

// fillParts names the parts of a page that is long on a phone.
func (p *eventPage) fillParts() {
	for _, x := range []struct {
		there bool
		id    string
		label string
	}{
		{len(p.Programme) > 0, "lich", p.T("event.page.programme")}, {len(p.Offers.Offers)+len(p.Offers.Measures) > 0, "uu-dai", p.T("offer.title")},
		{p.Plan != nil, "so-do", p.T("booth.plan.heading")}, {len(p.Vendors) > 0, "gian", p.T("event.page.vendors")},
		{len(p.Goods) > 0, "san-vat", p.T("event.page.goods")},
	} {
		if x.there {
			p.Parts = append(p.Parts, view.FilterLink{Href: "#" + x.id, Label: x.label})
		}
	}
	if len(p.Parts) < 3 {
		p.Parts = nil
	}
}

// fillStalls reads who takes part with what, the plan, and how many came.
func (s *Door) fillStalls(c *fiber.Ctx, p *eventPage) error {
	vendors, err := s.App.Booths.EventVendors(c.UserContext(), p.Event)
	if err != nil {
		return err
	}
	listed, err := s.fillOffers(c, p, vendors)
	if err != nil {
		return err
	}
	p.Vendors = vendorRows(p.Foreign(), listed)
	if shown := 6; len(p.Vendors) > shown+2 { // a fold for one or two is none
		p.Vendors, p.MoreVendors = p.Vendors[:shown], p.Vendors[shown:]
	}
	if p.Goods, err = s.goodsCards(c.UserContext(), p.Base, vendors, eventGoods); err != nil {
		return err
	}
	for _, v := range vendors {
		p.GoodsOf += len(v.Products)
	}
	if p.Plan, err = s.smallPlan(c, p.Base, p.Event); err != nil {
		return err
	}
	if n, err := s.App.Draws.Count(c.UserContext(), p.Event.ID); err != nil {
		return err
	} else if n > 0 {
		p.Draws = view.DrawHref(p.Event.Slug)
	}
	if p.Results, err = s.Results(c, p.Base, p.Event); err != nil || len(p.Results) > 0 {
		return err
	}
	p.Visits, err = s.visitsLine(c, p.Base, p.Event)
	return err
}

// papersLine says how many bodies stand behind an event beside its organiser, and how many papers.
func papersLine(b view.Base, e registry.Event) string {
	papers := b.T("event.page.papers", 1+len(e.LegalOthers))
	if len(e.CoOrganiser) == 0 {
		return papers
	}
	return b.T("event.page.bodies", len(e.CoOrganiser)) + ", " + papers
}

// vendorRows are the vendors of an event with their booths and goods; lang is the language of
// their names, where it is not that of the page.
func vendorRows(lang string, vendors []booths.Exhibitor) []view.VendorRow {
	rows := make([]view.VendorRow, len(vendors))
	for i, v := range vendors {
		goods := make([]string, len(v.Products))
		for j, p := range v.Products {
			goods[j] = p.Name
		}
		rows[i] = view.VendorRow{Href: view.VendorHref(v.Slug), Booth: strings.Join(v.Booths, " "), Name: v.Name, Note: strings.Join(goods, ", "), Lang: lang, NoteLang: lang}
	}
	return rows
}

func (s *Door) fillWhen(p *eventPage) {
	e := p.Event
	p.Dates, p.Lunar = vn.ShowRange(e.OpensOn, e.ClosesOn), p.LunarRange(e.OpensOn, e.ClosesOn)
	alike := len(e.Days) == vn.DaysBetween(e.OpensOn, e.ClosesOn)+1
	for _, d := range e.Days {
		alike = alike && d.OpensAt == e.Days[0].OpensAt && d.ClosesAt == e.Days[0].ClosesAt && d.Note == ""
		p.Days = append(p.Days, dayLine{vn.Weekday(d.Day, p.Lang) + " " + vn.ShowDate(d.Day), view.HoursLine(d), d.Note})
	}
	if alike {
		p.Hours, p.Days = view.HoursLine(e.Days[0]), nil
	}
}

func (s *Door) fillWhere(p *eventPage) {
	e := p.Event
	place := s.App.Events.EventPlace(e)
	p.Place, p.Phone, p.Map = place.Name, vn.ShowPhone(e.Phone), view.MapLinksOf(e)
	switch {
	case place.Other == "" || e.Area.IsProvince():
	case place.Old:
		p.Formerly = p.T("event.page.now_is", place.Other)
	default:
		p.Formerly = p.T("event.page.was", place.Other)
	}
	if p.Map != nil {
		p.Geo = template.URL(p.Map.Geo) // digits only
	}
}

// banner says why an event does not take place as first announced.
func banner(b view.Base, e registry.Event) *view.Notice {
	switch {
	case e.State == registry.Cancelled:
		return &view.Notice{Class: "stop", Icon: "ban", Title: b.T("event.banner.cancelled"), Text: e.StateReason}
	case e.State == registry.Postponed:
		return &view.Notice{Class: "stop", Icon: "clock", Title: b.T("event.banner.postponed"), Text: e.StateReason}
	case e.WasMoved() && e.State.Upcoming():
		return &view.Notice{Class: "wait", Icon: "refresh-cw", Title: b.T("event.banner.moved"), Text: e.StateReason}
	case !e.Public():
		return &view.Notice{Class: "wait", Icon: "eye", Title: b.T("event.banner.preview"), Text: b.T("event.banner.preview_text")}
	}
	return nil
}

// before is what a stopped or moved event lets people expect.
func before(b view.Base, e registry.Event) string {
	switch {
	case e.State == registry.Postponed:
		return b.T("event.banner.new_days")
	case e.WasMoved() && e.State.Upcoming():
		return b.T("event.banner.before", vn.ShowRange(e.Former.OpensOn, e.Former.ClosesOn), e.Former.Venue)
	}
	return ""
}

// applyBox says how to apply for a booth, or why one cannot.
func (s *Door) applyBox(b view.Base, e registry.Event) applyBox {
	until := ""
	if e.ApplyUntil > 0 {
		until = view.ShowDay(e.ApplyUntil - 1)
	}
	switch {
	case e.AcceptsApplications(s.App.NowMS()):
		return applyBox{Open: true, Text: b.T("event.apply.open", until), Until: until}
	case e.State == registry.Announced && e.ApplyFrom > 0:
		return applyBox{Text: b.T("event.apply.soon", view.ShowDay(e.ApplyFrom), until)}
	case e.State.Upcoming() && e.ApplyUntil == 0:
		return applyBox{Text: b.T("event.apply.by_phone")}
	case e.State.Upcoming() && !e.State.Stopped():
		return applyBox{Text: b.T("event.apply.closed")}
	}
	return applyBox{}
}

// TakesPlace reports whether people can still come: the event is neither over nor
// stopped.
func (p eventPage) TakesPlace() bool { return p.Event.State.Upcoming() && !p.Event.State.Stopped() }

// visitsLine says how many visits an event has had, and how they were counted:
// today's while it runs, all of them once it is over; "" before and without any.
func (s *Door) visitsLine(c *fiber.Ctx, b view.Base, e registry.Event) (string, error) {
	if e.State != registry.Running && e.State != registry.Ended && e.State != registry.Reported {
		return "", nil
	}
	v, err := s.App.Admission.Visits(c.UserContext(), e.ID)
	shown, key := v.Total, "event.visits.total"
	if e.State == registry.Running {
		shown, key = v.Today, "event.visits.today"
	}
	if err != nil || shown.Total == 0 {
		return "", err
	}
	by := make([]string, len(shown.By))
	for i, m := range shown.By {
		by[i] = b.T("event.visits.by."+string(m.Method), b.Count(int64(m.N)))
	}
	return b.T(key, b.Count(int64(shown.Total)), strings.Join(by, ", ")), nil
}
