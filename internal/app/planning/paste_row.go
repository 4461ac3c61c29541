package planning

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/yearplan/paste"
)

// pasteReader reads the rows of a plan one after the other.
type pasteReader struct {
	*Service
	actor   registry.Actor
	pattern registry.Event
	days    paste.Reader
	units   *paste.Units
	twice   map[string]int // row that names a commune and a day
}

// read understands a row.
func (x *pasteReader) read(row paste.Row) PasteRow {
	r := PasteRow{Row: row, Wrong: map[paste.Field]*registry.Error{}}
	if row.Out {
		r.State = PasteOut
		return r
	}
	x.span(&r)
	on := r.First
	if on == "" {
		on = x.Today()
	}
	x.unit(&r, on)
	opens, closes := hours(&r)
	copied := events.Copy{CloneRow: events.CloneRow{Title: row.Cells[paste.Name], FirstDay: r.First, LastDay: r.Last}, Venue: row.Cells[paste.Venue],
		Booths: booths(row.Cells[paste.Booths]), Summary: row.Cells[paste.Theme], OpensAt: opens, ClosesAt: closes}
	if !r.Unit.Ref.IsZero() {
		copied.Area = r.Unit.Ref.String()
	}
	if r.First != "" && copied.Area != "" {
		var err error
		r.Event, err = x.events.CopyAs(x.actor, x.pattern, copied)
		r.faults(err)
		r.Event.OpensOn, r.Event.ClosesOn = r.First, r.Last
		x.named(&r)
	}
	switch {
	case len(r.Wrong) > 0:
		r.State = PasteWrong
	case len(r.Guesses) > 0:
		r.State = PasteConfirm
	default:
		r.State = PasteNew
	}
	return r
}

// named refuses a row that asks for the session of one before it.
func (x *pasteReader) named(r *PasteRow) {
	if len(r.Wrong) > 0 {
		return
	}
	key := r.Unit.Ref.String() + r.First
	if n := x.twice[key]; n > 0 {
		r.wrong(paste.Date, "paste.error.twice", n)
		return
	}
	x.twice[key] = r.N
}

func (r *PasteRow) wrong(f paste.Field, key string, args ...any) {
	if r.Wrong[f] == nil {
		r.Wrong[f] = registry.At(string(f), key, args...)
	}
}

// span reads the days of a row.
func (x *pasteReader) span(r *PasteRow) {
	date, lunar := r.Cells[paste.Date], r.Cells[paste.Lunar]
	field, span, wrong := paste.Date, paste.Span{}, (*registry.Error)(nil)
	switch {
	case date == "" && lunar == "":
		r.wrong(paste.Date, "error.required")
		return
	case date == "":
		field = paste.Lunar
		span, wrong = x.days.Lunar(lunar)
	default:
		span, wrong = x.days.Solar(date)
	}
	if wrong != nil {
		r.wrong(field, wrong.Key, wrong.Args...)
		return
	}
	if date != "" && lunar != "" {
		if other, wrong := x.days.Lunar(lunar); wrong != nil {
			r.wrong(paste.Lunar, wrong.Key, wrong.Args...)
		} else if other.First != span.First {
			r.wrong(paste.Lunar, "paste.error.two_days", vn.ShowDate(span.First), vn.ShowDate(other.First))
		}
	}
	r.First, r.Last = span.First, span.Last
	if span.Last == span.First {
		x.last(r)
	}
	if r.First < x.Today() {
		r.wrong(field, "paste.error.past", vn.ShowDate(r.First))
	}
	if span.Guess != "" {
		r.Guesses = append(r.Guesses, PasteGuess{field, span.Guess, vn.ShowDate(r.First), solarText(field, r.First)})
	}
}

// solarText is a day as its cell says it without a doubt.
func solarText(f paste.Field, day string) string {
	if d, ok := vn.Lunar(day); ok && f == paste.Lunar {
		leap := ""
		if d.Leap {
			leap = " nhuận"
		}
		return d.Short() + leap + "/" + strconv.Itoa(d.Year)
	}
	return vn.ShowDate(day)
}

var dayWord = regexp.MustCompile(`(?i)\s*(ngày|days?)$`)

// last reads the last day of a row that names a first one: by its date, by a number of days, or as
// long as the pattern lasts.
func (x *pasteReader) last(r *PasteRow) {
	until, days := r.Cells[paste.Until], dayWord.ReplaceAllString(r.Cells[paste.Days], "")
	r.Last = vn.AddDays(r.First, span(x.pattern))
	if until != "" {
		year, _ := strconv.Atoi(r.First[:4])
		end, wrong := paste.Reader{Year: year, Month: x.days.Month}.Solar(until)
		switch {
		case wrong != nil:
			r.wrong(paste.Until, wrong.Key, wrong.Args...)
			return
		case end.First < r.First:
			r.wrong(paste.Until, "paste.error.reversed", vn.ShowDate(r.First), vn.ShowDate(end.First))
			return
		}
		r.Last = end.First
	}
	if days == "" {
		return
	}
	n, err := vn.ParseCount(days)
	switch {
	case err != nil || n < 1 || n > 60:
		r.wrong(paste.Days, "paste.error.days", r.Cells[paste.Days])
	case until != "" && vn.DaysBetween(r.First, r.Last) != int(n)-1:
		r.wrong(paste.Days, "paste.error.days_until", vn.DaysBetween(r.First, r.Last)+1)
	default:
		r.Last = vn.AddDays(r.First, int(n)-1)
	}
}

// unit reads the commune of a row.
func (x *pasteReader) unit(r *PasteRow, on string) {
	text := r.Cells[paste.Commune]
	if text == "" {
		r.wrong(paste.Commune, "error.required")
		return
	}
	r.Unit = x.units.Read(text, on)
	switch {
	case r.Unit.Ref.IsZero() && len(r.Unit.Choices) == 0:
		r.wrong(paste.Commune, "paste.error.commune")
	case r.Unit.Ref.IsZero():
		r.wrong(paste.Commune, "paste.error.which")
	case r.Unit.Guess != "":
		long := x.Areas.LongName(r.Unit.Area, on)
		r.Guesses = append(r.Guesses, PasteGuess{paste.Commune, r.Unit.Guess, long, long})
	}
}

var boothWord = regexp.MustCompile(`(?i)\s*(gian(?: hàng)?|booths?)$`)

// booths is a number of booths without what people write behind it.
func booths(text string) string { return boothWord.ReplaceAllString(text, "") }

var hoursBetween = regexp.MustCompile(`\s*(?:[–—-]|đến|tới)\s*`)

// hours reads the hours of a row: "6h–11h".
func hours(r *PasteRow) (opens, closes string) {
	text := r.Cells[paste.Hours]
	if text == "" {
		return "", ""
	}
	parts := hoursBetween.Split(text, 2)
	if len(parts) != 2 || strings.TrimSpace(parts[0]) == "" {
		r.wrong(paste.Hours, "paste.error.hours")
		return "", ""
	}
	return parts[0], parts[1]
}

// cellOf is the cell that a field of an event is read from.
var cellOf = map[string]paste.Field{"area": paste.Commune, "first_day": paste.Date, "last_day": paste.Until, "venue": paste.Venue, "booths": paste.Booths,
	"title": paste.Name, "summary": paste.Theme, "opens_at": paste.Hours, "closes_at": paste.Hours}

// faults notes what the room of events finds wrong, each at its cell. What no cell says is wrong
// with the pattern, and told at the commune.
func (r *PasteRow) faults(err error) {
	list, several := errors.AsType[registry.Faults](err)
	if one, ok := errors.AsType[*registry.Error](err); ok && !several {
		list = registry.Faults{one}
	}
	for _, f := range list {
		cell, known := cellOf[f.Field]
		if !known {
			cell = paste.Commune
		}
		r.wrong(cell, f.Key, f.Args...)
	}
}
