package testkit

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"hoicho/internal/vn"
)

// Start is the instant at which the clock of tests stands: Sunday 22/11/2026,
// 09:00 in Vietnam. HOICHO_TEST_CLOCK sets another one, as 2028-02-29T09:00 in
// Vietnam, to prove that no test stands on the day on which it was written.
var Start = startOf(os.Getenv("HOICHO_TEST_CLOCK"))

// Written is the day on which the tests were written.
var Written = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

func startOf(asked string) time.Time {
	if asked == "" {
		return Written
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", asked, vn.Zone)
	if err != nil {
		panic(fmt.Sprintf("HOICHO_TEST_CLOCK: %v", err))
	}
	return t.UTC()
}

// starts holds where the clocks of tests start that do not start at Start, by name.
var starts sync.Map

// NamesDays says that the claims of a test name days of 2026 in words: what it
// makes stands on Written, whatever HOICHO_TEST_CLOCK says. It is called first.
func NamesDays(t testing.TB) { startAt(t, Written) }

// WithinADay says that a test walks through the hours of one day: it starts at 9:00
// on the day of Start. It is called first.
func WithinADay(t testing.TB) {
	y, m, d := Start.In(vn.Zone).Date()
	startAt(t, time.Date(y, m, d, 9, 0, 0, 0, vn.Zone).UTC())
}

func startAt(t testing.TB, at time.Time) {
	starts.Store(t.Name(), at)
	t.Cleanup(func() { starts.Delete(t.Name()) })
}

// StartFor is where the clock of a test stands at first: Start, unless the test, or
// one that it is part of, called NamesDays or WithinADay.
func StartFor(t testing.TB) time.Time {
	for name := t.Name(); name != ""; {
		if at, ok := starts.Load(name); ok {
			return at.(time.Time)
		}
		cut := strings.LastIndexByte(name, '/')
		if cut < 0 {
			break
		}
		name = name[:cut]
	}
	return Start
}

// SameDay is a day written for tests that start on Written, moved by whole years to
// where the clock of this test starts.
func SameDay(t testing.TB, day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return d.AddDate(StartFor(t).In(vn.Zone).Year()-Written.Year(), 0, 0).Format(time.DateOnly)
}

// MachineNow is the machine's time, for tests with a real browser or process
// beside them, whose clock nobody sets.
func MachineNow() time.Time { return time.Now() }

// Clock is a clock that tests set by hand.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// Now tells the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// Set moves the clock to an instant.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

// Add moves the clock on.
func (c *Clock) Add(d time.Duration) { c.Set(c.Now().Add(d)) }
