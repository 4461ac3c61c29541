package gate

import (
	"testing"
	"time"
)

// TestEveryInstantHasADay: no instant that a broken clock can name is without a day that can
// be stored.
func TestEveryInstantHasADay(t *testing.T) {
	var s Snapshot
	for now, want := range map[int64]string{
		-1 << 53: "1970-01-01", -1: "1970-01-01", 0: "1970-01-01", 17*60*60*1000 - 1: "1970-01-01", 17 * 60 * 60 * 1000: "1970-01-02",
		time.Date(2026, 12, 1, 18, 0, 0, 0, time.UTC).UnixMilli(): "2026-12-02",
	} {
		if got := s.GateDay(now); got != want {
			t.Errorf("%d counts for %s, want %s", now, got, want)
		}
	}
}
