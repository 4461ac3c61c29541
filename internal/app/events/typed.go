package events

import (
	"strconv"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// EventInputOf turns an event back into what was typed, for the form of an edit.
// Days that are open at the hours of the first one show none of their own.
func EventInputOf(e registry.Event) EventInput {
	first := e.Days[0]
	in := Fields.Input(e)
	in.FirstDay, in.LastDay = vn.ShowDate(first.Day), vn.ShowDate(e.Days[len(e.Days)-1].Day)
	in.OpensAt, in.ClosesAt, in.Days = vn.ShowClock(first.OpensAt), vn.ShowClock(first.ClosesAt), ownDaysOf(e)
	in.ApplyFrom, in.ApplyUntil, in.Version = "", "", e.Version
	in.Carried = true
	if e.ApplyUntil > 0 {
		in.ApplyFrom, in.ApplyUntil = vn.ShowDate(vn.DateOf(time.UnixMilli(e.ApplyFrom))), vn.ShowDate(vn.DateOf(time.UnixMilli(e.ApplyUntil-1)))
	}
	for _, q := range e.Quotas {
		in.Quotas = append(in.Quotas, QuotaInput{Group: string(q.Group), Max: strconv.Itoa(q.Max)})
	}
	for _, p := range e.Items {
		in.Items = append(in.Items, ItemInput{Day: vn.ShowDate(p.Day), StartsAt: vn.ShowClock(p.StartsAt),
			EndsAt: showClock(p.EndsAt), Title: p.Title, Place: p.Place})
	}
	return in
}

// ownDaysOf lists every day from the first to the last, also those left out.
func ownDaysOf(e registry.Event) []DayInput {
	var days []DayInput
	first := e.Days[0]
	for i := range vn.DaysBetween(e.OpensOn, e.ClosesOn) + 1 {
		day := vn.AddDays(e.OpensOn, i)
		d, ok := e.Day(day)
		row := DayInput{Day: vn.ShowDate(day), Note: d.Note, Out: !ok}
		if ok && (d.OpensAt != first.OpensAt || d.ClosesAt != first.ClosesAt) {
			row.OpensAt, row.ClosesAt = vn.ShowClock(d.OpensAt), vn.ShowClock(d.ClosesAt)
		}
		days = append(days, row)
	}
	return days
}

// ShiftInput moves every date of an event by a number of days.
func ShiftInput(in EventInput, days int) EventInput {
	shift := func(shown string) string {
		date, err := vn.ParseDate(shown, "")
		if err != nil {
			return ""
		}
		return vn.ShowDate(vn.AddDays(date, days))
	}
	in.FirstDay, in.LastDay = shift(in.FirstDay), shift(in.LastDay)
	in.ApplyFrom, in.ApplyUntil = shift(in.ApplyFrom), shift(in.ApplyUntil)
	for i := range in.Days {
		in.Days[i].Day = shift(in.Days[i].Day)
	}
	for i := range in.Items {
		in.Items[i].Day = shift(in.Items[i].Day)
	}
	return in
}

func showClock(minutes int) string {
	if minutes == 0 {
		return ""
	}
	return vn.ShowClock(minutes)
}
