package web

import (
	"strings"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// showClock shows the time of an instant in Vietnam: "17:00".
func showClock(ms int64) string { return vn.ClockOf(time.UnixMilli(ms)) }

// showSecond shows an instant to the second, with its day: "17:00:09 25/11".
func showSecond(ms int64) string { return time.UnixMilli(ms).In(vn.Zone).Format("15:04:05 02/01") }

// hourLabel names the hour that an instant begins: "17h".
func hourLabel(ms int64) string { return showClock(ms)[:2] + "h" }

// showDay shows the day of an instant in Vietnam: "25/11/2026".
func showDay(ms int64) string { return vn.ShowDate(vn.DateOf(time.UnixMilli(ms))) }

// shortDate writes a date without its year: "29/11".
func shortDate(date string) string {
	return strings.TrimSuffix(vn.ShowDate(date), "/"+date[:min(4, len(date))])
}

// showTime writes an instant with its time first: "17:00 25/11/2026".
func showTime(ms int64) string { return showClock(ms) + " " + showDay(ms) }

// showTimeIfAny is showTime, and "" for never.
func showTimeIfAny(ms int64) string {
	if ms == 0 {
		return ""
	}
	return showTime(ms)
}

// showInstant writes an instant with its day first: "25/11/2026 17:00".
func showInstant(ms int64) string { return showDay(ms) + " " + showClock(ms) }

// showDeadline writes the instant at which something is over; midnight is the end
// of the day before.
func showDeadline(ms int64) string {
	if t := time.UnixMilli(ms); vn.ClockOf(t) == "00:00" {
		return "24:00 " + vn.ShowDate(vn.AddDays(vn.DateOf(t), -1))
	}
	return showTime(ms)
}

// hoursLine writes the hours of a day of an event: "08:00–21:00".
func hoursLine(d registry.EventDay) string {
	return vn.ShowClock(d.OpensAt) + "–" + vn.ShowClock(d.ClosesAt)
}
