package registry

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func entry(at int64, gate int, day string) Movement {
	return Movement{Scan: "s", Device: "d", Direction: In, Gate: gate, Day: day, CorrectedAt: at}
}

func leave(at int64, day string) Movement {
	m := entry(at, 1, day)
	m.Direction = Out
	return m
}

func TestPresenceKeepsTheFirstEntryOfEachDay(t *testing.T) {
	var p Presence
	for i, step := range []struct {
		m       Movement
		came    bool
		earlier *Mark
	}{
		{entry(50, 2, "2026-11-22"), true, nil},
		{entry(60, 1, "2026-11-22"), false, nil},
		{entry(40, 3, "2026-11-22"), false, &Mark{Day: "2026-11-22", At: 50, Gate: 2}},
		{leave(70, "2026-11-22"), false, nil},
		{entry(10, 1, "2026-11-21"), true, nil},
	} {
		came, earlier := p.Add(step.m)
		if came != step.came || !cmp.Equal(earlier, step.earlier) {
			t.Errorf("step %d: came %t, earlier %v", i, came, earlier)
		}
	}
	want := []Mark{{Day: "2026-11-21", At: 10, Gate: 1}, {Day: "2026-11-22", At: 40, Gate: 3}}
	if !cmp.Equal(p.Used, want) {
		t.Errorf("used %v, want %v", p.Used, want)
	}
	if p.Inside() != nil {
		t.Errorf("inside by %v after leaving", p.Inside())
	}
}

// TestPresenceIsTheSameInAnyOrder also keeps every intermediate presence as it
// was: the marks of one are not written into by the next.
func TestPresenceIsTheSameInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		moves := make([]Movement, 1+r.IntN(8))
		for i := range moves {
			moves[i] = Movement{Scan: ScanID(rune('a' + i)), Device: DeviceID(rune('p' + r.IntN(2))), Seq: int64(i), Gate: 1 + r.IntN(2),
				Direction: []Direction{In, Out}[r.IntN(2)], Day: []string{"2026-11-22", "2026-11-23"}[r.IntN(2)], CorrectedAt: int64(r.IntN(4)), Paper: r.IntN(2) == 0}
		}
		var one Presence
		for _, m := range moves {
			one.Add(m)
		}
		kept := one
		r.Shuffle(len(moves), func(i, j int) { moves[i], moves[j] = moves[j], moves[i] })
		var other Presence
		for _, m := range moves {
			other.Add(m)
		}
		if !cmp.Equal(one, other) {
			t.Fatalf("in another order: %s", cmp.Diff(one, other))
		}
		kept.Add(entry(-1, 9, "2026-11-22"))
		if !cmp.Equal(one, other) {
			t.Fatal("a copy was written into")
		}
	}
}

func TestVisitsSayHowTheyWereCounted(t *testing.T) {
	v := VisitsOf([]GateHour{
		{Figure: FigureOf(CountClicker), N: 164}, {Figure: FigureOf(CountScan), N: 100},
		{Figure: FigureIn, N: 900}, {Figure: FigureOf(CountScan), N: 48}, {Figure: FigureOf(CountTap), N: 0},
	})
	want := Visits{Total: 312, By: []VisitsBy{{CountScan, 148}, {CountClicker, 164}}}
	if !cmp.Equal(v, want) {
		t.Error(cmp.Diff(want, v))
	}
}
