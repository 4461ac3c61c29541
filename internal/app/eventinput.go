package app

import (
	"slices"
	"strings"

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
	input
	areas *registry.Areas
	in    EventInput
	e     *registry.Event
}

// readEvent fills e with what was typed. All faults are found at once.
func (a *App) readEvent(in EventInput, e *registry.Event) error {
	r := eventReader{input: input{today: a.Today(), faults: in.Unread}, areas: a.Areas, in: in, e: e}
	r.names()
	r.days()
	r.place()
	r.legal()
	r.window()
	r.counts()
	r.programme()
	return r.faults.Err()
}

func (r *eventReader) names() {
	e, in := r.e, r.in
	e.Kind, e.Level = registry.EventKind(in.Kind), registry.EventLevel(in.Level)
	r.faults.Check(slices.Contains(registry.EventKinds, e.Kind), "kind", "error.choose")
	r.faults.Check(slices.Contains(registry.EventLevels, e.Level), "level", "error.choose")
	e.Title = r.needed("title", in.Title, 200)
	e.Summary = r.line("summary", in.Summary, 400)
	e.Body = r.text("body", in.Body, 5000)
	e.Organiser = r.needed("organiser", in.Organiser, 200)
	e.Phone = r.phone("phone", in.Phone)
	e.Programme = r.line("programme", in.Programme, 300)
	e.CoOrganiser = nil
	for name := range strings.SplitSeq(r.text("co_organisers", in.CoOrganisers, 2000), "\n") {
		if name != "" {
			e.CoOrganiser = append(e.CoOrganiser, name)
		}
	}
	r.faults.Check(len(e.CoOrganiser) <= eventCoMost, "co_organisers", "event.fault.co_organisers", eventCoMost)
}

// days makes the days from the first to the last, with the hours of all or those
// of their own. Without hours the day is 8:00 to 17:00.
func (r *eventReader) days() {
	first, last := r.date("first_day", r.in.FirstDay), r.date("last_day", r.in.LastDay)
	opens, closes := r.clock("opens_at", r.in.OpensAt, 8*60), r.clock("closes_at", r.in.ClosesAt, 17*60)
	r.faults.Check(r.in.FirstDay != "", "first_day", "error.required")
	r.faults.Check(opens < closes, "closes_at", "event.fault.hours")
	if last == "" {
		last = first
	}
	if first == "" || last == "" {
		return
	}
	n := vn.DaysBetween(first, last) + 1
	r.faults.Check(n >= 1, "last_day", "event.fault.days_reversed")
	r.faults.Check(n <= eventDaysMost, "last_day", "event.fault.days_many", eventDaysMost)
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
	r.faults.Check(len(r.e.Days) > 0, "days", "event.fault.no_day")
}

func (r *eventReader) ownDays() map[string]DayInput {
	own := map[string]DayInput{}
	for _, d := range r.in.Days {
		own[r.date("days", d.Day)] = d
	}
	return own
}

func (r *eventReader) ownHours(day registry.EventDay, d DayInput) registry.EventDay {
	day.OpensAt = r.clock("days", d.OpensAt, day.OpensAt)
	day.ClosesAt = r.clock("days", d.ClosesAt, day.ClosesAt)
	day.Note = r.line("days", d.Note, 200)
	r.faults.Check(day.OpensAt < day.ClosesAt, "days", "event.fault.day_hours", vn.ShowDate(day.Day))
	return day
}

// place reads where the event is: the unit must have been in force on its first
// day, because the same code names another unit in another edition.
func (r *eventReader) place() {
	e := r.e
	e.Venue = r.line("venue", r.in.Venue, 200)
	r.faults.Check(e.Venue != "" || slices.Contains(e.Asked, "venue") && !e.Public(), "venue", "error.required")
	e.Directions = r.text("directions", r.in.Directions, 1000)
	e.LatE6, e.LonE6 = 0, 0
	if r.in.Place != "" {
		var ok bool
		e.LatE6, e.LonE6, ok = parsePlace(r.in.Place)
		r.faults.Check(ok, "place", "event.fault.place")
	}
	if r.in.Area == "" {
		r.faults.Add("area", "error.required")
		return
	}
	area, err := r.areas.Find(r.in.Area)
	if err != nil {
		r.faults.Add("area", "event.fault.area")
		return
	}
	e.Area = area.Ref
	r.faults.Check(e.Level != registry.CommuneLevel || e.Area.IsCommune(), "area", "event.fault.area_commune")
	if len(e.Days) > 0 {
		_, ok := r.areas.At(e.Area, e.Days[0].Day)
		r.faults.Check(ok, "area", "event.fault.area_date", r.areas.FullName(area, e.Days[0].Day), vn.ShowDate(e.Days[0].Day))
	}
}

func (r *eventReader) legal() {
	in, l := r.in, &r.e.Legal
	l.Registration = registry.Registration(in.Registration)
	r.faults.Check(slices.Contains(registry.Registrations, l.Registration), "registration", "error.choose")
	l.Number = r.line("legal_number", in.LegalNumber, 100)
	l.Issuer = r.line("legal_issuer", in.LegalIssuer, 200)
	l.IssuedOn = r.date("legal_issued_on", in.LegalIssuedOn)
	l.FiledOn = r.date("legal_filed_on", in.LegalFiledOn)
	r.faults.Check(l.Registration != registry.RegistrationFiled || in.LegalFiledOn != "", "legal_filed_on", "error.required")
}

// window reads from when until when vendors may apply: whole days, over before
// the event begins.
func (r *eventReader) window() {
	from, until := r.date("apply_from", r.in.ApplyFrom), r.date("apply_until", r.in.ApplyUntil)
	r.e.ApplyFrom, r.e.ApplyUntil = 0, 0
	switch {
	case r.in.ApplyFrom == "" && r.in.ApplyUntil == "":
		return
	case r.in.ApplyFrom == "" || r.in.ApplyUntil == "":
		r.faults.Check(r.in.ApplyFrom != "", "apply_from", "event.fault.window_from")
		r.faults.Check(r.in.ApplyUntil != "", "apply_until", "event.fault.window_until")
		return
	case from == "" || until == "":
		return
	}
	r.faults.Check(from <= until, "apply_until", "event.fault.window_reversed")
	if len(r.e.Days) > 0 {
		r.faults.Check(until < r.e.Days[0].Day, "apply_until", "event.fault.window_late", vn.ShowDate(r.e.Days[0].Day))
	}
	start, _ := vn.StartOf(from)
	end, _ := vn.StartOf(vn.AddDays(until, 1))
	r.e.ApplyFrom, r.e.ApplyUntil = start.UnixMilli(), end.UnixMilli()
}

func (r *eventReader) counts() {
	e, in := r.e, r.in
	e.BoothsN = r.between("booths", in.Booths, 0, 2000)
	e.StaffPasses = r.between("staff_passes", in.StaffPasses, 0, 20)
	e.Capacity = r.between("capacity", in.Capacity, 0, 1_000_000)
	e.SelfPick = in.SelfPick
	seen := map[registry.ProductGroup]bool{}
	for _, q := range in.Quotas {
		r.between("quotas", q.Max, 0, 2000)
		r.faults.Check(slices.Contains(registry.ProductGroups, q.Group) && !seen[q.Group], "quotas", "error.choose")
		seen[q.Group] = true
	}
	e.Quotas = in.Quotas
}
