package testkit

import (
	"fmt"
	"os"
	"sync"
	"time"

	"hoicho/internal/vn"
)

// Start is the instant at which the clock of tests stands: Sunday 22/11/2026,
// 09:00 in Vietnam. HOICHO_TEST_CLOCK sets another one, as 2028-02-29T09:00 in
// Vietnam, to prove that no test stands on the day on which it was written.
var Start = startOf(os.Getenv("HOICHO_TEST_CLOCK"))

// written is the day on which tests stand whose claims name days of 2026.
var written = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

func startOf(asked string) time.Time {
	if asked == "" {
		return written
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", asked, vn.Zone)
	if err != nil {
		panic(fmt.Sprintf("HOICHO_TEST_CLOCK: %v", err))
	}
	return t.UTC()
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
