package core

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
)

// TestLimitKeysTakeLittleMemory asks with names as long as a header may be: what is
// kept of each is short, and of those who only asked nothing is kept.
func TestLimitKeysTakeLittleMemory(t *testing.T) {
	l, now := NewLimiter(3, time.Minute), time.Unix(1_800_000_000, 0)
	long := strings.Repeat("Mozilla/5.0 ", 1300)
	for n := range 2000 {
		if err := l.Owed(now, long+fmt.Sprint(n)); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.buckets) != 0 {
		t.Errorf("%d buckets for keys that made no try", len(l.buckets))
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for n := range 2000 {
		if _, err := l.Take(now, long+fmt.Sprint(n)); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 2<<20 {
		t.Errorf("2,000 keys of 15 kB hold %d kB", held>>10)
	}
	for range 2 {
		if _, err := l.Take(now, long+"7"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Take(now, long+"7"); registry.KindOf(err) != registry.Limited {
		t.Errorf("the fourth try: %v", err)
	}
}

// TestLimitsSweepSeldom adds many keys that all owe something: they are looked
// through a few times, not once for each.
func TestLimitsSweepSeldom(t *testing.T) {
	l, now := NewLimiter(3, time.Minute), time.Unix(1_800_000_000, 0)
	for n := range 3 * maxBuckets {
		if _, err := l.Take(now, fmt.Sprint(n)); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.buckets) != 3*maxBuckets || l.sweepAt != 4*maxBuckets {
		t.Errorf("%d buckets, the next look at %d", len(l.buckets), l.sweepAt)
	}
	for n := range 2 * maxBuckets {
		if _, err := l.Take(now.Add(time.Hour), fmt.Sprint("later ", n)); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.buckets) > 2*maxBuckets {
		t.Errorf("an hour later %d buckets are held", len(l.buckets))
	}
}

// TestLimitsHealWhenTheClockGoesBack uses up a limit under a clock that runs a year
// ahead.
func TestLimitsHealWhenTheClockGoesBack(t *testing.T) {
	l, now := NewLimiter(3, time.Minute), time.Unix(1_800_000_000, 0)
	ahead := now.AddDate(1, 0, 0)
	for range 4 {
		l.Take(ahead, "a")
	}
	l.Take(now, "a")
	if _, err := l.Take(now.Add(2*time.Minute), "a"); err != nil {
		t.Errorf("two minutes after the clock was set right: %v", err)
	}
}

func TestWaitIsUntilTheNextTry(t *testing.T) {
	l, now := NewLimiter(3, time.Minute), time.Unix(1_800_000_000, 0)
	for range 3 {
		if _, err := l.Take(now, "a"); err != nil {
			t.Fatal(err)
		}
	}
	for gone, want := range map[time.Duration]time.Duration{0: time.Minute, 45 * time.Second: 15 * time.Second, time.Minute: 0} {
		var wait time.Duration
		if e, ok := l.Owed(now.Add(gone), "a").(*registry.Error); ok {
			wait = e.Wait
		}
		if (wait - want).Abs() > time.Millisecond {
			t.Errorf("%v later the wait is %v, want %v", gone, wait, want)
		}
	}
}

func TestPictureOfFourColoursCostsTwice(t *testing.T) {
	frame := []byte{8, 0, 16, 0, 16, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0}
	c := photoCost{w: 16, h: 16}
	if !c.addFrame(frame, false, 1) || c.bytes != 2048 || c.visits != 16 {
		t.Errorf("cost %+v, want 1,024 bytes of blocks and as many of pixels", c)
	}
}
