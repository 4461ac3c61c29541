package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"hoicho/internal/vn"
)

// clock is the clock of the database while it is being filled.
type clock struct{ ms atomic.Int64 }

// Now tells the time.
func (c *clock) Now() time.Time { return time.UnixMilli(c.ms.Load()) }

// set puts the clock to an instant.
func (c *clock) set(t time.Time) { c.ms.Store(t.UnixMilli()) }

// tick lets a little time pass, as it does between two forms.
func (c *clock) tick() { c.ms.Add(time.Minute.Milliseconds()) }

// moment is something that people did at an instant.
type moment struct {
	at   time.Time
	what string
	do   func(context.Context) error
}

// timeline is all that happened, played in the order of time, so that the audit
// log reads as if it had been written day by day.
type timeline []moment

// add notes what happened at a time of day on a date.
func (l *timeline) add(date, hour, what string, do func(context.Context) error) {
	minutes, err := vn.ParseClock(hour)
	at, ok := vn.InstantOf(date, minutes)
	if err != nil || !ok {
		do = func(context.Context) error { return fmt.Errorf("no time: %q %q", date, hour) }
	}
	*l = append(*l, moment{at, what, do})
}

// play does what lies before an instant.
func (l timeline) play(ctx context.Context, c *clock, until time.Time) error {
	slices.SortStableFunc(l, func(a, b moment) int { return cmp.Compare(a.at.UnixMilli(), b.at.UnixMilli()) })
	for _, m := range l {
		if m.at.After(until) {
			return nil
		}
		if m.at.After(c.Now()) { // else what went before took its time
			c.set(m.at)
		}
		if err := m.do(ctx); err != nil {
			return fmt.Errorf("%s, %s: %w", vn.ShowDate(vn.DateOf(m.at)), m.what, err)
		}
	}
	return nil
}
