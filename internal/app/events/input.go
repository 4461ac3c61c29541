package events

import (
	"cmp"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

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
	Fields.Read(&r.Input, in, e)
	r.Faults.Check(len(e.CoOrganiser) <= eventCoMost, "co_organisers", "event.fault.co_organisers", eventCoMost)
	r.Faults.Check(e.Legal.Registration != registry.RegistrationFiled || in.LegalFiledOn != "", "legal_filed_on", "error.required")
	r.days()
	r.place()
	r.window()
	r.quotas()
	r.programme()
	return r.Faults.Err()
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

// quotas reads the rows that have a number.
func (r *eventReader) quotas() {
	var quotas []registry.Quota
	seen := map[string]bool{}
	for _, q := range r.in.Quotas {
		if q.Max == "" {
			continue
		}
		n := r.Between("quotas", r.Count("quotas", q.Max), 0, 2000)
		group := registry.ProductGroup(q.Group)
		r.Faults.Check(slices.Contains(registry.ProductGroups, group) && !seen[q.Group], "quotas", "error.choose")
		seen[q.Group] = true
		quotas = append(quotas, registry.Quota{Group: group, Max: n})
	}
	slices.SortFunc(quotas, func(a, b registry.Quota) int { return cmp.Compare(a.Group, b.Group) })
	r.e.Quotas = quotas
}
