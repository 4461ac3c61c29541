package core

import (
	"time"

	"hoicho/internal/vn"
)

// ShowInstant writes an instant as people in Vietnam read it: "17:00 25/11/2026".
func ShowInstant(ms int64) string {
	if ms == 0 {
		return "…"
	}
	return vn.ShowTime(instant(ms))
}

// ShowDeadline writes the instant at which something is over. Midnight is told as
// the end of the day before, because that is the day people remember.
func ShowDeadline(ms int64) string {
	if t := instant(ms); ms != 0 && vn.ClockOf(t) == "00:00" {
		return "24:00 " + vn.ShowDate(vn.AddDays(vn.DateOf(t), -1))
	}
	return ShowInstant(ms)
}

// instant turns unix milliseconds into a time.
func instant(ms int64) time.Time { return time.UnixMilli(ms) }
