package public

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// How far back a feed reaches, and how many events it holds.
const (
	feedDaysBack = 60
	feedEvents   = 500
)

// eventICS is the calendar of one event.
func (s *Door) eventICS(c *fiber.Ctx) error {
	e, err := s.App.Events.EventBySlug(c.UserContext(), registry.Actor{}, c.Params("slug"))
	if err != nil {
		return err
	}
	return s.sendICS(c, e.Title, []registry.Event{e})
}

// allICS is the feed of every event, which a phone subscribes to.
func (s *Door) allICS(c *fiber.Ctx) error {
	return s.feedICS(c, registry.EventFilter{}, i18n.T(frame.Lang(c), "event.list.title"))
}

// areaICS is the feed of the events in a commune or province of today.
func (s *Door) areaICS(c *fiber.Ctx) error {
	a, ok := s.App.Areas.Lookup(frame.TodaysUnit(c.Params("area")))
	if !ok {
		return registry.E(registry.NotFound, "error.not_found")
	}
	return s.feedICS(c, registry.EventFilter{Area: a.Ref.Code}, i18n.T(frame.Lang(c), "event.list.title_area", a.FullName()))
}

// seriesICS is the feed of all sessions of a market: those that the same event was the pattern of, so
// that whoever follows it hears of new sessions and of those that are moved or called off.
func (s *Door) seriesICS(c *fiber.Ctx) error {
	e, err := s.App.Events.EventBySlug(c.UserContext(), registry.Actor{}, c.Params("slug"))
	if err != nil {
		return err
	}
	return s.feedICS(c, registry.EventFilter{Series: e.ID}, i18n.T(frame.Lang(c), "event.ics.series", e.Title))
}

// feedICS sends the events that a filter finds, as far back as a feed reaches.
func (s *Door) feedICS(c *fiber.Ctx, f registry.EventFilter, name string) error {
	f.From, f.Limit = vn.AddDays(s.App.Today(), -feedDaysBack), feedEvents
	events, _, err := s.App.Events.PublicEvents(c.UserContext(), f)
	if err != nil {
		return err
	}
	return s.sendICS(c, name, events)
}

func (s *Door) sendICS(c *fiber.Ctx, name string, events []registry.Event) error {
	b := view.Base{Lang: frame.Lang(c), Site: view.Site{Name: s.Config.SiteName, BaseURL: s.Config.BaseURL}}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	return c.SendString(s.calendar(b, name, events).Serialize(ics.WithNewLineWindows))
}

// calendar writes events as iCalendar (RFC 5545): one entry for each day, since
// each has hours of its own. Nothing in it depends on the moment of asking, so
// that an unchanged calendar stays the same file.
func (s *Door) calendar(b view.Base, name string, events []registry.Event) *ics.Calendar {
	cal := ics.NewCalendarFor("hoicho")
	cal.SetMethod(ics.MethodPublish)
	cal.SetProductId("-//hoicho//" + strings.ToUpper(b.Lang))
	cal.SetXWRCalName(name)
	cal.SetXWRTimezone("Asia/Ho_Chi_Minh")
	cal.SetRefreshInterval("PT6H")
	cal.SetXPublishedTTL("PT6H")
	for _, e := range events {
		for i := range e.Days {
			s.addDay(b, cal, e, i)
		}
	}
	return cal
}

// addDay adds a day of an event. Its identity is the event's with the place of
// the day, so that a moved event replaces the days that phones hold already.
func (s *Door) addDay(b view.Base, cal *ics.Calendar, e registry.Event, i int) {
	d := e.Days[i]
	begins, _ := vn.InstantOf(d.Day, d.OpensAt)
	ends, _ := vn.InstantOf(d.Day, d.ClosesAt)
	v := cal.AddEvent(string(e.ID) + "-" + strconv.Itoa(i+1) + "@hoicho")
	v.SetDtStampTime(time.UnixMilli(e.UpdatedAt))
	v.SetCreatedTime(time.UnixMilli(e.CreatedAt))
	v.SetModifiedAt(time.UnixMilli(e.UpdatedAt))
	v.SetSequence(int(e.Version - 1))
	v.SetStartAt(begins)
	v.SetEndAt(ends)
	v.SetSummary(icsSummary(b, e))
	v.SetDescription(icsText(b, e, d))
	v.SetLocation(e.Venue + ", " + s.App.Events.EventPlace(e).Name)
	if e.HasPlace() {
		lat, lon := e.Degrees()
		v.SetProperty(ics.ComponentPropertyGeo, lat+";"+lon)
	}
	v.SetURL(b.Site.BaseURL + view.EventHref(e.Slug))
	v.SetProperty(ics.ComponentPropertyCategories, b.KindName(e.Kind))
	v.SetStatus(ics.ObjectStatusConfirmed)
	if e.State.Stopped() {
		v.SetStatus(ics.ObjectStatusCancelled)
	}
}

// icsSummary is the title, with what has become of the event before it.
func icsSummary(b view.Base, e registry.Event) string {
	if e.State.Stopped() {
		return b.T("event.ics.stopped", b.T("event.state."+string(e.State)), e.Title)
	}
	return e.Title
}

// icsText describes a day of an event.
func icsText(b view.Base, e registry.Event, d registry.EventDay) string {
	var parts []string
	for _, part := range []string{view.ReasonNote(e), d.Note, e.Summary, b.Site.BaseURL + view.EventHref(e.Slug)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n\n")
}
