package public

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// monthEvents bounds how many events a month shows.
const monthEvents = 300

// monthView is a month as a grid for wide screens and as an agenda for phones.
type monthView struct {
	Name     string
	Previous string // address of the month before
	Next     string
	Weekdays []string
	Weeks    [][]monthDay
	Agenda   []monthDay // days with events, from today on in this month
	Past     []monthDay // and those before, of this month only
}

// monthDay is a day of a month.
type monthDay struct {
	Number  int
	Label   string // "Thứ Sáu 27/11/2026"
	Full    string // lunar day and month
	Lunar   string // day, with its month on the first and at the beginning
	Out     bool   // of the month before or after
	Today   bool
	Events  []monthEvent
	Festive bool // first or fifteenth lunar day
}

// monthEvent is an event on a day.
type monthEvent struct {
	Lang  string // of the title, where it is not that of the page
	Href  string
	Title string
	Hours string
	Fair  bool
	Off   string // its state, if it does not take place
}

// showMonth shows the events of a month.
func (s *Door) showMonth(c *fiber.Ctx, p eventsPage) error {
	f := p.Query.filter(s.App.Today())
	f.Limit = monthEvents
	events, _, err := s.App.Events.PublicEvents(c.UserContext(), f)
	if err != nil {
		return err
	}
	p.Month, p.OwnStyles = s.month(p.Base, p.Query, events), []string{"css/month.css"}
	return s.Render(c, frame.LayoutPublic, "public/events", p)
}

// month lays out a month: whole weeks from Monday, with the days around it.
func (s *Door) month(b view.Base, q eventQuery, events []registry.Event) *monthView {
	first := q.Month + "-01"
	start, _ := vn.StartOf(first)
	m := &monthView{Name: b.T("event.month", int(start.Month()), start.Year())}
	m.Previous, m.Next = s.monthHref(q, start, -1), s.monthHref(q, start, 1)
	byDay := s.eventsByDay(b, events)
	monday := vn.AddDays(first, -((int(start.Weekday()) + 6) % 7))
	for day := monday; day <= lastOfMonth(q.Month); {
		week := make([]monthDay, 7)
		for i := range week {
			week[i] = s.monthDay(b, day, q.Month, i == 0 && day == monday)
			week[i].Events = byDay[day]
			if len(m.Weekdays) < 7 {
				m.Weekdays = append(m.Weekdays, vn.WeekdayShort(day, b.Lang))
			}
			if !week[i].Out && len(byDay[day]) > 0 {
				if today := s.App.Today(); day < today && day[:7] == today[:7] {
					m.Past = append(m.Past, week[i])
				} else {
					m.Agenda = append(m.Agenda, week[i])
				}
			}
			day = vn.AddDays(day, 1)
		}
		m.Weeks = append(m.Weeks, week)
	}
	return m
}

// monthHref is the address of a month some months away; "" beyond the calendar.
func (s *Door) monthHref(q eventQuery, start time.Time, months int) string {
	month := start.AddDate(0, months, 0).Format("2006-01")
	if !isMonth(month) {
		return ""
	}
	return q.with(func(q *eventQuery) { q.Month = month }).href()
}

// isMonth reports whether month is one, written 2006-01, that the calendar shows.
func isMonth(month string) bool {
	return vn.ValidDate(month+"-01") && month >= "2000-01" && month <= "2099-12"
}

func (s *Door) monthDay(b view.Base, day, month string, first bool) monthDay {
	n, _ := strconv.Atoi(day[8:])
	d := monthDay{Number: n, Out: day[:7] != month, Today: day == s.App.Today(),
		Label: vn.Weekday(day, b.Lang) + " " + vn.ShowDate(day), Full: b.LunarShort(day)}
	if lunar, ok := vn.Lunar(day); ok {
		d.Lunar, d.Festive = strconv.Itoa(lunar.Day), lunar.Day == 1 || lunar.Day == 15
		if lunar.Day == 1 || first {
			d.Lunar = lunar.Short()
		}
	}
	return d
}

func (s *Door) eventsByDay(b view.Base, events []registry.Event) map[string][]monthEvent {
	byDay := map[string][]monthEvent{}
	for _, e := range events {
		for _, d := range e.Days {
			m := monthEvent{Href: view.EventHref(e.Slug), Title: e.Title, Lang: b.Foreign(), Hours: view.HoursLine(d), Fair: e.Kind == registry.Fair}
			if e.State.Stopped() {
				m.Off = b.StateChip(e.State).Label
			}
			byDay[d.Day] = append(byDay[d.Day], m)
		}
	}
	return byDay
}

// lastOfMonth is the last day of a month written 2006-01.
func lastOfMonth(month string) string {
	start, ok := vn.StartOf(month + "-01")
	if !ok {
		return ""
	}
	return start.AddDate(0, 1, -1).Format(time.DateOnly)
}
