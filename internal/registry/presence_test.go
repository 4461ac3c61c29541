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

func TestMarksOfOneInstantHaveAnOrder(t *testing.T) {
	first := Mark{Day: "2026-11-22", At: 50, Gate: 2}
	other := func(at int64, gate int, paper bool) *Mark {
		return &Mark{Day: "2026-11-22", At: at, Gate: gate, Paper: paper}
	}
	claims(t, map[string]bool{
		"the earlier instant is before, at any gate":     first.before(other(51, 1, false)) && !first.before(other(49, 3, false)),
		"of one instant the lower gate":                  first.before(other(50, 3, false)) && !first.before(other(50, 1, true)),
		"of one gate what was scanned before the ticked": first.before(other(50, 2, true)) && !other(50, 2, true).before(&first),
		"no mark is before itself":                       !first.before(&first) && !other(50, 2, true).before(other(50, 2, true)),
		"a ticked line counts as paper":                  other(50, 2, true).Method() == CountPaper,
		"a scan counts as a scan":                        first.Method() == CountScan,
	})
}

func TestMovementsOfOneInstantHaveAnOrder(t *testing.T) {
	m := Movement{CorrectedAt: 50, Device: "d", Seq: 5}
	than := func(at int64, device DeviceID, seq int64) bool {
		return m.After(&Movement{CorrectedAt: at, Device: device, Seq: seq})
	}
	claims(t, map[string]bool{
		"the later instant, of any phone":     than(49, "e", 9) && !than(51, "c", 1),
		"of one instant the phone that sorts": than(50, "c", 9) && !than(50, "e", 1),
		"of one phone the higher number":      than(50, "d", 4) && !than(50, "d", 6),
		"a movement is not after itself":      !than(50, "d", 5),
	})
}
