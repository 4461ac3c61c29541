package events

import (
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Limits of an event.
const (
	eventDaysMost  = 60
	eventItemsMost = 100
	eventCoMost    = 20
)

// EventInput is an event as the office fills it in: dates and hours as people
// type them. Field names of faults are those of its form.
type EventInput struct {
	Kind, Level, Title, Summary, Body                                   string
	Area, Venue, Place, Directions                                      string // Area is a reference, Place coordinates or a map link
	Organiser, CoOrganisers, Phone, Programme                           string // co-organisers one a line
	Registration, LegalNumber, LegalIssuedOn, LegalIssuer, LegalFiledOn string
	FirstDay, LastDay, OpensAt, ClosesAt                                string // hours of all days that have none of their own
	Days                                                                []DayInput
	ApplyFrom, ApplyUntil                                               string // dates, both included
	SelfPick                                                            bool
	Booths, StaffPasses, Capacity                                       int
	Quotas                                                              []registry.Quota
	Items                                                               []ItemInput
	Cover                                                               []byte // a new cover photo, if any
	DropCover                                                           bool
	None                                                                []string        // asked fields of a copy that have no answer: NoneOf
	Version                                                             int64           // that was read, for an edit
	Unread                                                              registry.Faults // what could not be read at all, told with the rest
}

// DayInput is a day with hours of its own, or one that is left out.
type DayInput struct {
	Day, OpensAt, ClosesAt, Note string
	Out                          bool
}

// ItemInput is a row of the programme. A row without title and hour is empty.
type ItemInput struct{ Day, StartsAt, EndsAt, Title, Place string }

// eventReader turns an EventInput into an event.
type eventReader struct {
	core.Input
	areas *registry.Areas
	in    EventInput
	e     *registry.Event
}

// readEvent fills e with what was typed. All faults are found at once.
func (a *Service) readEvent(in EventInput, e *registry.Event) error {
	r := eventReader{Input: core.Input{Today: a.Today(), Faults: in.Unread}, areas: a.Areas, in: in, e: e}
	r.names()
	r.days()
	r.place()
	r.legal()
	r.window()
	r.counts()
	r.programme()
	return r.Faults.Err()
}

func (r *eventReader) names() {
	e, in := r.e, r.in
	e.Kind, e.Level = registry.EventKind(in.Kind), registry.EventLevel(in.Level)
	r.Faults.Check(slices.Contains(registry.EventKinds, e.Kind), "kind", "error.choose")
	r.Faults.Check(slices.Contains(registry.EventLevels, e.Level), "level", "error.choose")
	e.Title = r.Needed("title", in.Title, 200)
	e.Summary = r.Line("summary", in.Summary, 400)
	e.Body = r.Text("body", in.Body, 5000)
	e.Organiser = r.Needed("organiser", in.Organiser, 200)
	e.Phone = r.Phone("phone", in.Phone)
	e.Programme = r.Line("programme", in.Programme, 300)
	e.CoOrganiser = nil
	for name := range strings.SplitSeq(r.Text("co_organisers", in.CoOrganisers, 2000), "\n") {
		if name != "" {
			e.CoOrganiser = append(e.CoOrganiser, name)
		}
	}
	r.Faults.Check(len(e.CoOrganiser) <= eventCoMost, "co_organisers", "event.fault.co_organisers", eventCoMost)
}

// days makes the days from the first to the last, with the hours of all or those
// of their own. Without hours the day is 8:00 to 17:00.
func (r *eventReader) days() {
	first, last := r.Date("first_day", r.in.FirstDay), r.Date("last_day", r.in.LastDay)
	opens, closes := r.Clock("opens_at", r.in.OpensAt, 8*60), r.Clock("closes_at", r.in.ClosesAt, 17*60)
	r.Faults.Check(r.in.FirstDay != "", "first_day", "error.required")
	r.Faults.Check(opens < closes, "closes_at", "event.fault.hours")
	if last == "" {
		last = first
	}
	if first == "" || last == "" {
		return
	}
	n := vn.DaysBetween(first, last) + 1
	r.Faults.Check(n >= 1, "last_day", "event.fault.days_reversed")
	r.Faults.Check(n <= eventDaysMost, "last_day", "event.fault.days_many", eventDaysMost)
	if n < 1 || n > eventDaysMost {
		return
	}
	own := r.ownDays()
	r.e.Days = nil
	for i := range n {
		day := registry.EventDay{Day: vn.AddDays(first, i), OpensAt: opens, ClosesAt: closes}
		if d, ok := own[day.Day]; ok {
			if d.Out {
				continue
			}
			day = r.ownHours(day, d)
		}
		r.e.Days = append(r.e.Days, day)
	}
	r.Faults.Check(len(r.e.Days) > 0, "days", "event.fault.no_day")
}

func (r *eventReader) ownDays() map[string]DayInput {
	own := map[string]DayInput{}
	for _, d := range r.in.Days {
		own[r.Date("days", d.Day)] = d
	}
	return own
}

func (r *eventReader) ownHours(day registry.EventDay, d DayInput) registry.EventDay {
	day.OpensAt = r.Clock("days", d.OpensAt, day.OpensAt)
	day.ClosesAt = r.Clock("days", d.ClosesAt, day.ClosesAt)
	day.Note = r.Line("days", d.Note, 200)
	r.Faults.Check(day.OpensAt < day.ClosesAt, "days", "event.fault.day_hours", vn.ShowDate(day.Day))
	return day
}

// place reads where the event is: the unit must have been in force on its first
// day, because the same code names another unit in another edition.
func (r *eventReader) place() {
	e := r.e
	e.Venue = r.Line("venue", r.in.Venue, 200)
	r.Faults.Check(e.Venue != "" || slices.Contains(e.Asked, "venue") && !e.Public(), "venue", "error.required")
	e.Directions = r.Text("directions", r.in.Directions, 1000)
	e.LatE6, e.LonE6 = 0, 0
	if r.in.Place != "" {
		var ok bool
		e.LatE6, e.LonE6, ok = core.ParsePlace(r.in.Place)
		r.Faults.Check(ok, "place", "event.fault.place")
	}
	if r.in.Area == "" {
		r.Faults.Add("area", "error.required")
		return
	}
	area, err := r.areas.Find(r.in.Area)
	if err != nil {
		r.Faults.Add("area", "event.fault.area")
		return
	}
	e.Area = area.Ref
	r.Faults.Check(e.Level != registry.CommuneLevel || e.Area.IsCommune(), "area", "event.fault.area_commune")
	if len(e.Days) > 0 {
		_, ok := r.areas.At(e.Area, e.Days[0].Day)
		r.Faults.Check(ok, "area", "event.fault.area_date", r.areas.FullName(area, e.Days[0].Day), vn.ShowDate(e.Days[0].Day))
	}
}

func (r *eventReader) legal() {
	in, l := r.in, &r.e.Legal
	l.Registration = registry.Registration(in.Registration)
	r.Faults.Check(slices.Contains(registry.Registrations, l.Registration), "registration", "error.choose")
	l.Number = r.Line("legal_number", in.LegalNumber, 100)
	l.Issuer = r.Line("legal_issuer", in.LegalIssuer, 200)
	l.IssuedOn = r.Date("legal_issued_on", in.LegalIssuedOn)
	l.FiledOn = r.Date("legal_filed_on", in.LegalFiledOn)
	r.Faults.Check(l.Registration != registry.RegistrationFiled || in.LegalFiledOn != "", "legal_filed_on", "error.required")
}

// window reads from when until when vendors may apply: whole days, over before
// the event begins.
func (r *eventReader) window() {
	from, until := r.Date("apply_from", r.in.ApplyFrom), r.Date("apply_until", r.in.ApplyUntil)
	r.e.ApplyFrom, r.e.ApplyUntil = 0, 0
	switch {
	case r.in.ApplyFrom == "" && r.in.ApplyUntil == "":
		return
	case r.in.ApplyFrom == "" || r.in.ApplyUntil == "":
		r.Faults.Check(r.in.ApplyFrom != "", "apply_from", "event.fault.window_from")
		r.Faults.Check(r.in.ApplyUntil != "", "apply_until", "event.fault.window_until")
		return
	case from == "" || until == "":
		return
	}
	r.Faults.Check(from <= until, "apply_until", "event.fault.window_reversed")
	if len(r.e.Days) > 0 {
		r.Faults.Check(until < r.e.Days[0].Day, "apply_until", "event.fault.window_late", vn.ShowDate(r.e.Days[0].Day))
	}
	start, _ := vn.StartOf(from)
	end, _ := vn.StartOf(vn.AddDays(until, 1))
	r.e.ApplyFrom, r.e.ApplyUntil = start.UnixMilli(), end.UnixMilli()
}

func (r *eventReader) counts() {
	e, in := r.e, r.in
	e.BoothsN = r.Between("booths", in.Booths, 0, 2000)
	e.StaffPasses = r.Between("staff_passes", in.StaffPasses, 0, 20)
	e.Capacity = r.Between("capacity", in.Capacity, 0, 1_000_000)
	e.SelfPick = in.SelfPick
	seen := map[registry.ProductGroup]bool{}
	for _, q := range in.Quotas {
		r.Between("quotas", q.Max, 0, 2000)
		r.Faults.Check(slices.Contains(registry.ProductGroups, q.Group) && !seen[q.Group], "quotas", "error.choose")
		seen[q.Group] = true
	}
	e.Quotas = in.Quotas
}
