package recurrence

import (
	"slices"
	"time"

	"hoicho/internal/vn"
)

// Occurrence is a day that a rule gives.
type Occurrence struct {
	Key   string // the date by the rule; a session keeps it when it is moved to another day
	Out   bool   // no session: left out by hand, or a short month whose day is skipped
	Notes []Note // what somebody should know, in the order of Kinds of notes
}

// NoteKind says of what a Note speaks.
type NoteKind string

// The kinds of note.
const (
	NoteShort   NoteKind = "short"   // the month lacks the day: no session
	NoteLast    NoteKind = "last"    // the month lacks the day: held on its last
	NoteLeap    NoteKind = "leap"    // a lunar leap month
	NoteSkipped NoteKind = "skipped" // left out by hand
	NoteBeside  NoteKind = "beside"  // no day of the rule: of an older one, or of another series
)

// Note is a remark on an occurrence. Of short months it holds the missing day, the month
// and how many days that has; Lunar says by which calendar.
type Note struct {
	Kind                  NoteKind
	Day, Month, MonthDays int
	Lunar                 bool
}

// Occurrences returns the days of a rule from one date up to and with another, in their
// order, each once; those that are left out come too, so that a reader sees them. There
// are none if the rule has faults or a date is none.
func (r Rule) Occurrences(from, until string) (list []Occurrence) {
	if r.First > from {
		from = r.First
	}
	if r.Last != "" && r.Last < until {
		until = r.Last
	}
	start, ok := vn.StartOf(from)
	if !ok || !vn.ValidDate(until) || len(r.Faults()) > 0 {
		return nil
	}
	for t := start; ; t = t.AddDate(0, 0, 1) {
		date := t.Format(time.DateOnly)
		if date > until {
			return list
		}
		if o, ok := r.at(date, t); ok {
			list = append(list, o)
		}
	}
}

// Held leaves out the occurrences without a session.
func Held(list []Occurrence) (held []Occurrence) {
	for _, o := range list {
		if !o.Out {
			held = append(held, o)
		}
	}
	return held
}

// at judges one day; false if the rule says nothing of it.
func (r Rule) at(date string, t time.Time) (Occurrence, bool) {
	held, notes := r.meets(date, t)
	o := Occurrence{Key: date, Out: !held, Notes: notes}
	if held && slices.Contains(r.Skipped, date) {
		o.Out, o.Notes = true, append(o.Notes, Note{Kind: NoteSkipped})
	}
	return o, held || len(notes) > 0
}

func (r Rule) meets(date string, t time.Time) (held bool, notes []Note) {
	switch r.Kind {
	case Weekly:
		return slices.Contains(r.Weekdays, int(t.Weekday())) && r.inTurn(date, 7), nil
	case MonthDay:
		return r.inMonth(solarPlace(t), r.Days)
	case MonthWeekday:
		return slices.Contains(r.Weekdays, int(t.Weekday())) && r.inWeeks(solarPlace(t)), nil
	case LunarDays:
		return r.inMonth(lunarPlace(date), r.Days)
	case Branch:
		branch, _ := vn.Branch(date)
		return slices.Contains(r.Branches, branch), nil
	case Count:
		return r.inTurn(date, 1), nil
	case LunarYear:
		p := lunarPlace(date)
		return r.inMonth(p, r.yearly(p))
	}
	return false, nil
}

// inTurn reports whether the stretch of days around a date is a whole number of turns away
// from that of the known day. Stretches of seven days begin on Mondays.
func (r Rule) inTurn(date string, stretch int) bool {
	day, _ := vn.DayNumber(date)
	known, _ := vn.DayNumber(r.Since)
	return (day/stretch-known/stretch)%r.Every == 0
}

// place is where a day stands in its month, by one of the two calendars.
type place struct {
	year, month, day, last int
	lunar, leap            bool
}

func solarPlace(t time.Time) place {
	last := time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, t.Location()).Day()
	return place{year: t.Year(), month: int(t.Month()), day: t.Day(), last: last}
}

func lunarPlace(date string) place {
	d, _ := vn.Lunar(date)
	return place{year: d.Year, month: d.Month, day: d.Day, last: d.MonthDays(), lunar: true, leap: d.Leap}
}

// inMonth looks for a day in a list; on the last day of a month also for those that the
// month does not have.
func (r Rule) inMonth(p place, days []int) (held bool, notes []Note) {
	held = slices.Contains(days, p.day)
	kind := NoteShort
	if r.Short == ShortLast {
		kind = NoteLast
	}
	for _, day := range days {
		if p.day == p.last && day > p.last {
			notes = append(notes, Note{kind, day, p.month, p.last, p.lunar})
			held = held || kind == NoteLast
		}
	}
	if p.leap && (held || len(notes) > 0) {
		notes = append(notes, Note{Kind: NoteLeap, Month: p.month, Lunar: true})
	}
	return held, notes
}

// inWeeks reports whether the weekday of p is one of the asked for in its month.
func (r Rule) inWeeks(p place) bool {
	return slices.Contains(r.Weeks, (p.day+6)/7) || p.day+7 > p.last && slices.Contains(r.Weeks, Last)
}

// yearly lists the days of the rule in the lunar month of p.
func (r Rule) yearly(p place) (days []int) {
	twin := vn.LunarDate{Year: p.year, Month: p.month, Leap: true}.MonthDays() > 0
	if p.leap && r.Leap == LeapOrdinary || !p.leap && twin && r.Leap == LeapMonth {
		return nil
	}
	for _, d := range r.Dates {
		if d.Month == p.month {
			days = append(days, d.Day)
		}
	}
	return days
}
