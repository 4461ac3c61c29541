package events

import (
	"strings"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// hubToday is the row of figures of a running event.
type hubToday struct {
	Heading string
	At      string // when the gates were heard last
	Cells   []hubCell
	hubChart
}

// hubCell is a figure with its way to the rows. Late marks one that is old or wants to be
// looked at.
type hubCell struct {
	Label, Value, Of, Note string
	Icon, Href             string // Href "" for who may not go there
	Late                   bool
}

// figuresOldMS is from which age on the figures of the gates say how old they are.
const figuresOldMS = 5 * 60_000

// codesShown is how many booths or phones a line names.
const codesShown = 5

// hubToday draws the figures of today; nil unless the event is running.
func (s *Door) hubToday(b view.Base, d lifecycle.EventDesk, root string) *hubToday {
	t := d.Today
	if t == nil {
		return nil
	}
	today := s.App.Today()
	row := &hubToday{Heading: b.T("hub.today.heading", vn.Weekday(today, b.Lang)+" "+view.ShortDate(today)), At: b.T("hub.today.at_none")}
	age := s.App.NowMS() - t.HeardAt
	old := t.HeardAt > 0 && age > figuresOldMS
	if t.HeardAt > 0 {
		row.At = b.T("hub.today.at", hourOrDay(t.HeardAt, today))
	}
	row.chart(b, s.hubHours(d.Event, *t))
	aged := func(c hubCell) hubCell {
		if old && c.Value != "" {
			c.Late, c.Icon, c.Note = true, "clock", b.T("hub.today.age", ageText(b, age))
		}
		return c.or(b)
	}
	visits := hubCell{Label: b.T("hub.today.visits"), Note: b.T("hub.today.visits_note"), Value: known(t.Counted, t.Visits)}
	if !t.Gates {
		row.Cells = append(row.Cells, aged(visits))
		return row.booths(b, d, root)
	}
	visits.Href = root + "/cong/khach"
	row.Cells = append(row.Cells, aged(visits), aged(hubCell{Label: b.T("hub.today.inside"), Value: known(t.Placed, t.Inside),
		Note: b.T("hub.today.inside_note"), Href: root + "/cong/so-tan"}))
	phones := hubCell{Label: b.T("hub.today.silent"), Value: known(t.Active > 0, len(t.Silent)), Href: root + "/cong/truc-tiep", Icon: "wifi-off",
		Of: b.T("hub.today.of_phones", t.Active), Late: len(t.Silent) > 0}
	for _, phone := range t.Silent[:min(1, len(t.Silent))] {
		phones.Note = phone.Name
	}
	differences := hubCell{Label: b.T("hub.today.differences"), Value: known(t.Paired, t.Differences), Href: root + "/cong/doi-chieu",
		Icon: "triangle-alert", Late: t.Differences > 0}
	row.Cells = append(row.Cells, phones.or(b), differences.or(b))
	return row.booths(b, d, root)
}

// booths adds how many booths were seen open.
func (row *hubToday) booths(b view.Base, d lifecycle.EventDesk, root string) *hubToday {
	t := d.Today
	c := hubCell{Label: b.T("hub.today.opened"), Value: known(t.Seen, t.Opened), Of: b.T("hub.today.of", t.Assigned), Href: root + "/gian"}
	if t.Seen && len(t.Unopened) > 0 {
		c.Note = b.T("hub.today.unopened", someOf(t.Unopened))
	}
	row.Cells = append(row.Cells, c.or(b))
	return row
}

// known writes a figure, nothing for one that is not known.
func known(is bool, n int) string {
	if !is {
		return ""
	}
	return vn.Count(int64(n))
}

// or says that there is no figure where none is known.
func (c hubCell) or(b view.Base) hubCell {
	if c.Value == "" {
		c.Value, c.Of, c.Note, c.Icon, c.Late = b.T("hub.today.unknown"), "", "", "", false
	}
	return c
}

// hourOrDay is the hour of an instant of today, else the hour with its day.
func hourOrDay(ms int64, today string) string {
	if shortDay(ms) == view.ShortDate(today) {
		return view.ShowClock(ms)
	}
	return view.ShowClock(ms) + " " + shortDay(ms)
}

// ageText says how long something is ago, in minutes or hours.
func ageText(b view.Base, ms int64) string {
	minutes := int(ms / 60_000)
	if minutes >= 120 {
		return b.T("hub.hours", minutes/60)
	}
	return b.T("hub.minutes", minutes)
}

// someOf joins the first of some codes.
func someOf(codes []string) string {
	text := strings.Join(codes[:min(len(codes), codesShown)], ", ")
	if len(codes) > codesShown {
		text += "…"
	}
	return text
}
