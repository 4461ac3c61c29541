package web

import (
	"strconv"
	"strings"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// eventTones are the tones of the states.
var eventTones = map[registry.EventState]string{
	registry.Open: "go", registry.Running: "go live", registry.Announced: "wait", registry.Moved: "wait",
	registry.Postponed: "stop", registry.Cancelled: "stop", registry.Ended: "off", registry.Reported: "off",
	registry.Draft: "off",
}

// eventIcons say the state a second time, for who does not see colours.
var eventIcons = map[registry.EventState]string{
	registry.Open: "store", registry.Moved: "refresh-cw", registry.Postponed: "clock",
	registry.Cancelled: "ban", registry.Draft: "pencil",
}

// kindName names a kind of event.
func (b base) kindName(k registry.EventKind) string { return b.T("event.kind." + string(k)) }

// levelName names a level of event.
func (b base) levelName(l registry.EventLevel) string { return b.T("event.level." + string(l)) }

// registrationName says where a registration stands.
func (b base) registrationName(r registry.Registration) string {
	return b.T("event.registration." + string(r))
}

// stateChip is the mark of a state.
func (b base) stateChip(s registry.EventState) Chip {
	return Chip{Label: b.T("event.state." + string(s)), Class: eventTones[s], Icon: eventIcons[s]}
}

// options turns codes into the choices of a field; prefix and code are the key
// of a label.
func options[T ~string](b base, prefix string, codes []T, chosen string) []Option {
	out := make([]Option, len(codes))
	for i, code := range codes {
		out[i] = Option{Value: string(code), Label: b.T(prefix + string(code)), Selected: string(code) == chosen}
	}
	return out
}

// lunarShort is the lunar day of a date as cards show it, marked in a leap month.
func (b base) lunarShort(date string) string {
	d, ok := vn.Lunar(date)
	switch {
	case !ok:
		return ""
	case d.Leap:
		return b.T("event.lunar.leap", d.Short())
	}
	return b.T("event.lunar.short", d.Short())
}

// lunarRange writes the lunar days from the first to the last of an event.
func (b base) lunarRange(first, last string) string {
	from, ok := vn.Lunar(first)
	to, okTo := vn.Lunar(last)
	if !ok || !okTo {
		return ""
	}
	month := func(d vn.LunarDate) string {
		if d.Leap {
			return b.T("event.lunar.leap_month", d.Month)
		}
		return b.T("event.lunar.month", d.Month)
	}
	switch {
	case first == last:
		return b.T("event.lunar.day", from.Day, month(from))
	case from.Month == to.Month && from.Leap == to.Leap:
		return b.T("event.lunar.days", from.Day, to.Day, month(from))
	}
	return b.T("event.lunar.span", b.T("event.lunar.day", from.Day, month(from)), b.T("event.lunar.day", to.Day, month(to)))
}

// hoursLine writes the hours of a day.
func hoursLine(d registry.EventDay) string {
	return vn.ShowClock(d.OpensAt) + "–" + vn.ShowClock(d.ClosesAt)
}

// openLine says whether a running event is open at this moment.
func (b base) openLine(e registry.Event, now time.Time) string {
	day, ok := e.Day(vn.DateOf(now))
	if !ok {
		return b.T("event.now.shut_today")
	}
	minute := now.In(vn.Zone).Hour()*60 + now.In(vn.Zone).Minute()
	switch {
	case minute < day.OpensAt:
		return b.T("event.now.opens", vn.ShowClock(day.OpensAt))
	case minute < day.ClosesAt:
		return b.T("event.now.until", vn.ShowClock(day.ClosesAt))
	}
	return b.T("event.now.over_today")
}

// eventCards makes the cards of a list.
func (s *Server) eventCards(b base, events []registry.Event, figures map[registry.EventID]registry.EventFigures) []EventCard {
	cards := make([]EventCard, len(events))
	for i, e := range events {
		cards[i] = s.eventCard(b, e, figures[e.ID])
	}
	return cards
}

// asPublic is the event as visitors are told of it: that its report is made
// concerns the office alone.
func asPublic(e registry.Event) registry.Event {
	if e.State == registry.Reported {
		e.State = registry.Ended
	}
	return e
}

func (s *Server) eventCard(b base, e registry.Event, f registry.EventFigures) EventCard {
	card := EventCard{Href: "/su-kien/" + e.Slug, Title: e.Title, Chips: s.eventChips(b, asPublic(e), f), Date: b.dateBlock(e.OpensOn),
		Place: s.whereLine(e), When: vn.ShowRange(e.OpensOn, e.ClosesOn), Note: reasonNote(e)}
	if year, today := e.OpensOn[:4], s.app.Today(); year < today[:4] || year > vn.AddDays(today, 366)[:4] {
		card.Date.Year = year
	}
	if len(e.Days) > 1 {
		card.When += " · " + b.T("event.card.days", len(e.Days))
	}
	return card
}

// whereLine is the venue with its unit, unless the venue names the unit itself. A
// copy may have no venue yet.
func (s *Server) whereLine(e registry.Event) string {
	unit := s.app.EventPlace(e).Short
	if e.Venue == "" {
		return unit
	}
	if strings.Contains(vn.Fold(e.Venue), vn.Fold(unit)) {
		return e.Venue
	}
	return e.Venue + " · " + unit
}

// reasonNote is why an event is stopped or moved, while that matters.
func reasonNote(e registry.Event) string {
	if e.State.NeedsReason() || e.WasMoved() && e.State.Upcoming() {
		return e.StateReason
	}
	return ""
}

// eventChips are the marks of an event: its kind, where it stands, and how many
// booths are left while it takes applications.
func (s *Server) eventChips(b base, e registry.Event, f registry.EventFigures) []Chip {
	state := b.stateChip(e.State)
	if e.State == registry.Running {
		state.Label += " · " + b.openLine(e, s.app.DB.Now())
	}
	chips := []Chip{{Label: b.kindName(e.Kind)}, state}
	if e.WasMoved() && e.State != registry.Moved && e.State.Upcoming() {
		chips = append(chips, b.stateChip(registry.Moved))
	}
	if f.Booths > 0 && e.AcceptsApplications(s.app.NowMS()) {
		left := Chip{Label: b.T("event.card.left", f.Left()), Class: "wait"}
		if f.Left() == 0 {
			left = Chip{Label: b.T("event.card.full"), Class: "off"}
		}
		chips = append(chips, left)
	}
	return chips
}

// figures says what an event has to show, without zeros.
func (b base) figures(f registry.EventFigures) []figure {
	var list []figure
	for _, x := range []figure{{f.Booths, "event.figure.booths"}, {f.Vendors, "event.figure.vendors"},
		{f.Products, "event.figure.products"}, {f.Rated, "event.figure.rated"}} {
		if x.N > 0 {
			list = append(list, figure{x.N, b.T(x.Label, x.N)})
		}
	}
	return list
}

// figure is a number with what it counts.
type figure struct {
	N     int
	Label string
}

// mapLinks are ways to an event by map.
type mapLinks struct{ Google, OSM, Geo string }

func mapLinksOf(e registry.Event) *mapLinks {
	if !e.HasPlace() {
		return nil
	}
	lat, lon := degreesOf(e.LatE6), degreesOf(e.LonE6)
	return &mapLinks{Google: "https://www.google.com/maps/dir/?api=1&destination=" + lat + "," + lon,
		OSM: "https://www.openstreetmap.org/?mlat=" + lat + "&mlon=" + lon + "#map=17/" + lat + "/" + lon,
		Geo: "geo:" + lat + "," + lon}
}

// degreesOf writes millionths of a degree as degrees.
func degreesOf(e6 int64) string { return strconv.FormatFloat(float64(e6)/1e6, 'f', -1, 64) }

// showDay shows the day of an instant in Vietnam.
func showDay(ms int64) string { return vn.ShowDate(vn.DateOf(time.UnixMilli(ms))) }
