package view

import (
	"strings"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// ShowClock shows the time of an instant in Vietnam: "17:00".
func ShowClock(ms int64) string { return vn.ClockOf(time.UnixMilli(ms)) }

// ShowSecond shows an instant to the second, with its day: "17:00:09 25/11".
func ShowSecond(ms int64) string { return time.UnixMilli(ms).In(vn.Zone).Format("15:04:05 02/01") }

// HourLabel names the hour that an instant begins: "17h".
func HourLabel(ms int64) string { return ShowClock(ms)[:2] + "h" }

// InstantText writes an instant as machines read it (RFC 3339), in the time of Vietnam.
func InstantText(ms int64) string { return time.UnixMilli(ms).In(vn.Zone).Format(time.RFC3339) }

// ShowDay shows the day of an instant in Vietnam: "25/11/2026".
func ShowDay(ms int64) string { return vn.ShowDate(vn.DateOf(time.UnixMilli(ms))) }

// ShortDate writes a date without its year: "29/11".
func ShortDate(date string) string {
	return strings.TrimSuffix(vn.ShowDate(date), "/"+date[:min(4, len(date))])
}

// ShowTime writes an instant with its time first: "17:00 25/11/2026".
func ShowTime(ms int64) string { return vn.ShowTime(time.UnixMilli(ms)) }

// ShowTimeIfAny is ShowTime, and "" for never.
func ShowTimeIfAny(ms int64) string {
	if ms == 0 {
		return ""
	}
	return ShowTime(ms)
}

// ShowInstant writes an instant with its day first: "25/11/2026 17:00".
func ShowInstant(ms int64) string { return ShowDay(ms) + " " + ShowClock(ms) }

// Deadline writes the instant at which something is over; midnight is the end of the day
// before, as people say it.
func (b Base) Deadline(ms int64) string {
	if t := time.UnixMilli(ms); vn.ClockOf(t) == "00:00" {
		return b.T("event.end_of_day", vn.ShowDate(vn.AddDays(vn.DateOf(t), -1)))
	}
	return ShowTime(ms)
}

// HoursLine writes the hours of a day of an event: "08:00–21:00".
func HoursLine(d registry.EventDay) string {
	return vn.ShowClock(d.OpensAt) + "–" + vn.ShowClock(d.ClosesAt)
}
