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
	lasts   bool           // the table says how long: a row that does not is of one day
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
	r.broken()
	opens, closes := hours(&r)
	copied := events.Copy{CloneRow: events.CloneRow{Title: row.Cells[paste.Name], FirstDay: r.First, LastDay: r.Last}, Venue: row.Cells[paste.Venue],
		Booths: booths(row.Cells[paste.Booths]), Summary: row.Cells[paste.Theme], OpensAt: opens, ClosesAt: closes}
	x.copy(&r, copied)
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

// copy makes the session of a row. Where its commune or its days are wrong those of the pattern and of
// today stand for them, so that what is wrong with the other cells is told at once.
func (x *pasteReader) copy(r *PasteRow, c events.Copy) {
	placed := !r.Unit.Ref.IsZero() && r.First != ""
	if c.Area = r.Unit.Ref.String(); r.Unit.Ref.IsZero() {
		c.Area = x.pattern.Area.String()
	}
	if r.First == "" {
		c.FirstDay, c.LastDay = x.Today(), x.Today()
	}
	e, err := x.events.CopyAs(x.actor, x.pattern, c)
	r.faults(err)
	if placed {
		r.Event = e
		r.Event.OpensOn, r.Event.ClosesOn = r.First, r.Last
		x.named(r)
	}
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

// brokenText is what a spreadsheet shows where a formula gave nothing.
var brokenText = regexp.MustCompile(`^(?:#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|##+)$`)

// broken refuses cells that hold the fault of a formula.
func (r *PasteRow) broken() {
	for field, text := range r.Cells {
		if brokenText.MatchString(text) {
			r.wrong(field, "paste.error.formula", text)
		}
	}
}

// span reads the days of a row: its date, or its day in the moon's calendar, which agree where both
// are there.
func (x *pasteReader) span(r *PasteRow) {
	date, lunar := r.Cells[paste.Date], r.Cells[paste.Lunar]
	switch {
	case date == "" && lunar == "":
		r.wrong(paste.Date, "error.required")
		return
	case date == "":
		if !x.begins(r, paste.Lunar, lunar) {
			return
		}
	case !x.begins(r, paste.Date, date):
		return
	case lunar != "":
		x.moon(r, lunar)
	}
	x.last(r)
	if r.First < x.Today() {
		field := paste.Date
		if date == "" {
			field = paste.Lunar
		}
		r.wrong(field, "paste.error.past", vn.ShowDate(r.First))
	}
}

// begins reads the cell that says when a session begins.
func (x *pasteReader) begins(r *PasteRow, field paste.Field, text string) bool {
	read := x.days.Solar
	if field == paste.Lunar {
		read = x.days.Lunar
	}
	span, wrong := read(text)
	if wrong != nil {
		r.wrong(field, wrong.Key, wrong.Args...)
		return false
	}
	r.First, r.Last = span.First, span.Last
	if span.Guess != "" {
		r.Guesses = append(r.Guesses, PasteGuess{field, span.Guess, vn.ShowRange(r.First, r.Last), solarText(field, span)})
	}
	return true
}

// moon holds the days of the moon's calendar against those of the date.
func (x *pasteReader) moon(r *PasteRow, text string) {
	span, wrong := x.days.Lunar(text)
	several := span.Last != span.First
	switch {
	case wrong != nil:
		r.wrong(paste.Lunar, wrong.Key, wrong.Args...)
	case !paste.SameMoon(span.First, r.First) || several && r.Last != r.First && !paste.SameMoon(span.Last, r.Last):
		r.wrong(paste.Lunar, "paste.error.two_days", vn.ShowRange(r.First, r.Last), vn.ShowRange(span.First, span.Last))
	case several && r.Last == r.First:
		r.Last = vn.AddDays(r.First, vn.DaysBetween(span.First, span.Last))
	}
}

// solarText is days as their cell says them without a doubt.
func solarText(f paste.Field, s paste.Span) string {
	text := func(day string) string {
		if d, ok := vn.Lunar(day); ok && f == paste.Lunar {
			leap := ""
			if d.Leap {
				leap = " nhuận"
			}
			return d.Short() + leap + "/" + strconv.Itoa(d.Year)
		}
		return vn.ShowDate(day)
	}
	if s.Last == s.First {
		return text(s.First)
	}
	return text(s.First) + " – " + text(s.Last)
}

var dayWord = regexp.MustCompile(`(?i)\s*(ngày|days?)$`)

// last reads the last day of a row: by its date, its last day, or a number of days, which agree. A row
// that says none of them is of one day where the table has a column for it, else as long as the pattern.
func (x *pasteReader) last(r *PasteRow) {
	until, days := r.Cells[paste.Until], dayWord.ReplaceAllString(r.Cells[paste.Days], "")
	said := r.Last != r.First
	if until != "" && !x.until(r, until, said) {
		return
	}
	if said = said || until != ""; days != "" {
		n, err := vn.ParseCount(days)
		switch {
		case err != nil || n < 1 || n > 60:
			r.wrong(paste.Days, "paste.error.days", r.Cells[paste.Days])
		case said && vn.DaysBetween(r.First, r.Last) != int(n)-1:
			r.wrong(paste.Days, "paste.error.days_until", vn.DaysBetween(r.First, r.Last)+1)
		default:
			r.Last = vn.AddDays(r.First, int(n)-1)
		}
		return
	}
	if n := span(x.pattern); !said && !x.lasts && n > 0 {
		r.Last, r.AsPattern = vn.AddDays(r.First, n), n+1
	}
}

// until reads the cell of the last day. Beside a day of the moon's calendar alone one that names no
// calendar is a guess.
func (x *pasteReader) until(r *PasteRow, text string, said bool) bool {
	year, _ := strconv.Atoi(r.First[:4])
	reader := paste.Reader{Year: year, Month: x.days.Month}
	end, wrong := reader.Solar(text)
	switch {
	case wrong != nil:
		r.wrong(paste.Until, wrong.Key, wrong.Args...)
	case end.First != end.Last:
		r.wrong(paste.Until, "paste.error.date", text)
	case end.First < r.First:
		r.wrong(paste.Until, "paste.error.reversed", vn.ShowDate(r.First), vn.ShowDate(end.First))
	case said && end.First != r.Last:
		r.wrong(paste.Until, "paste.error.two_ends", vn.ShowDate(r.Last), vn.ShowDate(end.First))
	default:
		r.Last = end.First
		if moon, wrong := reader.Lunar(text); end.Guess == "" && r.Cells[paste.Date] == "" && wrong == nil && moon.First != end.First {
			end.Guess = "paste.guess.sun"
		}
		if end.Guess != "" {
			r.Guesses = append(r.Guesses, PasteGuess{paste.Until, end.Guess, vn.ShowDate(end.First), vn.ShowDate(end.First) + " dương"})
		}
		return true
	}
	return false
}

// unit reads the commune of a row.
func (x *pasteReader) unit(r *PasteRow, on string) {
	text := r.Cells[paste.Commune]
	if text == "" {
		r.wrong(paste.Commune, "error.required")
		return
	}
	r.Unit = x.units.Read(text)
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
