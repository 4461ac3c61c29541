package view

import (
	"strconv"
	"strings"
	"time"

	"hoicho/internal/i18n"
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

// KindName names a kind of event.
func (b Base) KindName(k registry.EventKind) string { return b.T("event.kind." + string(k)) }

// LevelName names a level of event.
func (b Base) LevelName(l registry.EventLevel) string { return b.T("event.level." + string(l)) }

// RegistrationName says where a registration stands.
func (b Base) RegistrationName(r registry.Registration) string {
	return b.T("event.registration." + string(r))
}

// StateChip is the mark of a state.
func (b Base) StateChip(s registry.EventState) Chip {
	return Chip{Label: b.T("event.state." + string(s)), Class: eventTones[s], Icon: eventIcons[s]}
}

// LunarShort is the lunar day of a date as cards show it, marked in a leap month.
func (b Base) LunarShort(date string) string {
	d, ok := vn.Lunar(date)
	switch {
	case !ok:
		return ""
	case d.Leap:
		return b.T("event.lunar.leap", d.Short())
	}
	return b.T("event.lunar.short", d.Short())
}

// LunarRange writes the lunar days from the first to the last of an event.
func (b Base) LunarRange(first, last string) string {
	from, ok := vn.Lunar(first)
	to, okTo := vn.Lunar(last)
	if !ok || !okTo {
		return ""
	}
	month := func(d vn.LunarDate) string {
		if d.Leap {
			return b.T("event.lunar.leap_month", b.nth(d.Month))
		}
		return b.T("event.lunar.month", b.nth(d.Month))
	}
	switch {
	case first == last:
		return b.T("event.lunar.day", b.nth(from.Day), month(from))
	case from.Month == to.Month && from.Leap == to.Leap:
		return b.T("event.lunar.days", b.nth(from.Day), b.nth(to.Day), month(from))
	}
	return b.T("event.lunar.span", b.T("event.lunar.day", b.nth(from.Day), month(from)), b.T("event.lunar.day", b.nth(to.Day), month(to)))
}

// nth writes a place in a row: 21 in Vietnamese, 21st in English.
func (b Base) nth(n int) string {
	digits := strconv.Itoa(n)
	if b.Lang == i18n.Vietnamese {
		return digits
	}
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return digits + "th"
	case n%10 == 1:
		return digits + "st"
	case n%10 == 2:
		return digits + "nd"
	case n%10 == 3:
		return digits + "rd"
	}
	return digits + "th"
}

// OpenLine says whether a running event is open at this moment.
func (b Base) OpenLine(e registry.Event, now time.Time) string {
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

// AsPublic is the event as visitors are told of it: that its report is made
// concerns the office alone.
func AsPublic(e registry.Event) registry.Event {
	if e.State == registry.Reported {
		e.State = registry.Ended
	}
	return e
}

// ReasonNote is why an event is stopped or moved, while that matters.
func ReasonNote(e registry.Event) string {
	if e.State.NeedsReason() || e.WasMoved() && e.State.Upcoming() {
		return e.StateReason
	}
	return ""
}

// FiguresOf says what an event has to show, without zeros.
func (b Base) FiguresOf(f registry.EventFigures) []Figure {
	var list []Figure
	for _, x := range []Figure{{N: f.Booths, Label: "event.figure.booths"}, {N: f.Vendors, Label: "event.figure.vendors"},
		{N: f.Products, Label: "event.figure.products"}, {N: f.Rated, Label: "event.figure.rated"}} {
		if x.N > 0 {
			list = append(list, Figure{x.N, b.T(x.Label, x.N), b.Count(int64(x.N))})
		}
	}
	return list
}

// MapLinks are ways to an event by map.
type MapLinks struct{ Google, OSM, Geo string }

// MapLinksOf are the ways to an event that has a place, else nil.
func MapLinksOf(e registry.Event) *MapLinks {
	if !e.HasPlace() {
		return nil
	}
	lat, lon := e.Degrees()
	return &MapLinks{Google: "https://www.google.com/maps/dir/?api=1&destination=" + lat + "," + lon,
		OSM: "https://www.openstreetmap.org/?mlat=" + lat + "&mlon=" + lon + "#map=17/" + lat + "/" + lon,
		Geo: "geo:" + lat + "," + lon}
}

// DateBlock shows a day with its lunar one.
func (b Base) DateBlock(date string) DateBlock {
	return DateBlock{Weekday: vn.Weekday(date, b.Lang), Day: strings.TrimPrefix(date[8:], "0"), Month: strings.TrimPrefix(date[5:7], "0"), Lunar: b.LunarShort(date)}
}

// ProgrammeDay is the programme of a day; Day is empty where there is only one.
type ProgrammeDay struct {
	Day   string
	Date  string
	Items []programmeLine
}

type programmeLine struct{ Starts, Ends, Title, Place string }

// ProgrammeDays groups the items by day.
func (b Base) ProgrammeDays(e registry.Event) []ProgrammeDay {
	var days []ProgrammeDay
	for i, p := range e.Items {
		if i == 0 || p.Day != e.Items[i-1].Day {
			days = append(days, ProgrammeDay{Day: vn.Weekday(p.Day, b.Lang) + " " + vn.ShowDate(p.Day), Date: p.Day})
		}
		line := programmeLine{Starts: vn.ShowClock(p.StartsAt), Title: p.Title, Place: p.Place}
		if p.EndsAt > 0 {
			line.Ends = vn.ShowClock(p.EndsAt)
		}
		last := &days[len(days)-1]
		last.Items = append(last.Items, line)
	}
	if len(days) == 1 && len(e.Days) == 1 {
		days[0].Day = ""
	}
	return days
}

// LegalLine says what an event rests on.
func (b Base) LegalLine(l registry.LegalBasis) string {
	paper := l.Number
	if l.Issuer != "" {
		paper = b.T("event.legal.of", paper, l.Issuer)
	}
	if l.IssuedOn != "" {
		paper = b.T("event.legal.on", paper, vn.ShowDate(l.IssuedOn))
	}
	if l.Number == "" {
		paper = ""
	}
	switch l.Registration {
	case registry.RegistrationNotNeeded:
		if paper == "" {
			return b.T("event.legal.exempt")
		}
		return b.T("event.legal.exempt_by", paper)
	case registry.RegistrationConfirmed:
		if paper == "" {
			return b.T("event.legal.confirmed")
		}
		return b.T("event.legal.confirmed_by", paper)
	}
	return b.T("event.legal.pending")
}
