package print

import (
	"fmt"
	"time"

	"hoicho/internal/registry"
)

// daysText writes days as people do: 22/11/2026, 22–25/11/2026, 30/11–02/12/2026,
// 30/12/2026–02/01/2027. What is no date comes back as it is.
func daysText(firstDay string, days int) string {
	first, err := time.Parse(time.DateOnly, firstDay)
	if err != nil {
		return firstDay
	}
	last := first.AddDate(0, 0, max(days, 1)-1)
	switch {
	case first.Equal(last):
		return first.Format("02/01/2006")
	case first.Year() != last.Year():
		return first.Format("02/01/2006") + "–" + last.Format("02/01/2006")
	case first.Month() != last.Month():
		return first.Format("02/01") + "–" + last.Format("02/01/2006")
	}
	return first.Format("02") + "–" + last.Format("02/01/2006")
}

// eventDays writes the days of an event.
func eventDays(days []registry.EventDay) string {
	if len(days) == 0 {
		return ""
	}
	first, last := days[0].Day, days[0].Day
	for _, d := range days {
		first, last = min(first, d.Day), max(last, d.Day)
	}
	from, err1 := time.Parse(time.DateOnly, first)
	until, err2 := time.Parse(time.DateOnly, last)
	if err1 != nil || err2 != nil {
		return first
	}
	return daysText(first, int(until.Sub(from).Hours()/24)+1)
}

// eventHours writes the opening hours where they are the same every day, else
// nothing: the poster then sends people to the page.
func eventHours(days []registry.EventDay) string {
	for _, d := range days {
		if d.OpensAt != days[0].OpensAt || d.ClosesAt != days[0].ClosesAt {
			return ""
		}
	}
	if len(days) == 0 || days[0].OpensAt >= days[0].ClosesAt {
		return ""
	}
	return clock(days[0].OpensAt) + "–" + clock(days[0].ClosesAt)
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
