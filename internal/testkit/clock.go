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

// onWrittenDays holds the names of tests that called NamesDays.
var onWrittenDays sync.Map

// NamesDays says that the claims of a test name days of 2026 in words: what it
// makes stands on Written, whatever HOICHO_TEST_CLOCK says. It is called first.
func NamesDays(t testing.TB) {
	onWrittenDays.Store(t.Name(), true)
	t.Cleanup(func() { onWrittenDays.Delete(t.Name()) })
}

// StartFor is where the clock of a test stands at first: Start, or Written when it,
// or the test it is part of, called NamesDays.
func StartFor(t testing.TB) time.Time {
	for name := t.Name(); name != ""; {
		if _, ok := onWrittenDays.Load(name); ok {
			return Written
		}
		cut := strings.LastIndexByte(name, '/')
		if cut < 0 {
			break
		}
		name = name[:cut]
	}
	return Start
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
