package core

import (
	"time"

	"hoicho/internal/vn"
)

// Today is today's date in Vietnam, YYYY-MM-DD.
func (a *Core) Today() string { return vn.DateOf(a.DB.Now()) }

// DayOrToday returns day if it is a date, else today.
func (a *Core) DayOrToday(day string) string {
	if vn.ValidDate(day) {
		return day
	}
	return a.Today()
}

// NowMS is the present instant in unix milliseconds.
func (a *Core) NowMS() int64 { return a.DB.Now().UnixMilli() }

// After returns the instant d from now in unix milliseconds.
func (a *Core) After(d time.Duration) int64 { return a.DB.Now().Add(d).UnixMilli() }
