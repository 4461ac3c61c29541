package committee

import (
	"math"
	"testing"
)

func TestPeriodsHaveTheDaysOfTheirMonths(t *testing.T) {
	for want, p := range map[string]Period{
		"2026-01-01 2026-03-31": {2026, Quarter1}, "2026-04-01 2026-06-30": {2026, Quarter2}, "2026-07-01 2026-09-30": {2026, Quarter3},
		"2026-10-01 2026-12-31": {2026, Quarter4}, "2024-01-01 2024-06-30": {2024, Half1}, "2026-07-01 2026-12-31": {2026, Half2},
		"2020-01-01 2020-12-31": {2020, WholeYear},
	} {
		if got := p.FirstDay() + " " + p.LastDay(); got != want {
			t.Errorf("%v is %s, want %s", p, got, want)
		}
	}
}

func TestPartsLieInAndOverEachOther(t *testing.T) {
	for _, c := range []struct {
		a, b               Part
		contains, overlaps bool
	}{
		{Half1, Quarter2, true, true}, {Quarter2, Half1, false, true}, {Half2, Quarter2, false, false}, {WholeYear, Half2, true, true},
		{Quarter1, Quarter1, true, true}, {Quarter1, Quarter2, false, false}, {Half1, Half2, false, false}, {Quarter4, WholeYear, false, true},
	} {
		if c.a.Contains(c.b) != c.contains || c.a.Overlaps(c.b) != c.overlaps {
			t.Errorf("%s contains %s: %v, overlaps: %v", c.a, c.b, c.a.Contains(c.b), c.a.Overlaps(c.b))
		}
	}
	if got := Half1.Within(); len(got) != 3 {
		t.Errorf("in the first half lie %v", got)
	}
}

func TestTheQuarterThatIsOver(t *testing.T) {
	for day, want := range map[string]Period{
		"2026-03-31": {2025, Quarter4}, "2026-04-01": {2026, Quarter1}, "2026-09-30": {2026, Quarter2}, "2026-10-01": {2026, Quarter3},
		"2026-12-31": {2026, Quarter3}, "2027-01-01": {2026, Quarter4},
	} {
		if got := QuarterOver(day); got != want {
			t.Errorf("on %s it is %v, want %v", day, got, want)
		}
	}
}

func TestShareIsRoundedAndNeverSaysAllOrNoneFalsely(t *testing.T) {
	for _, c := range []struct {
		part, whole, want int64
		ok                bool
	}{
		{834, 1000, 834, true}, {1, 3, 333, true}, {2, 3, 667, true}, {0, 5, 0, true}, {5, 5, 1000, true}, {99_999, 100_000, 999, true}, {1, 100_000, 1, true},
		{0, 0, 0, false}, {3, 2, 0, false}, {-1, 2, 0, false}, {1, 16, 63, true}, {math.MaxInt64 / 2, math.MaxInt64 - 1, 500, true}, {math.MaxInt64, math.MaxInt64, 1000, true},
	} {
		if got, ok := Share(c.part, c.whole); got != c.want || ok != c.ok {
			t.Errorf("%d of %d is %d ‰, %v", c.part, c.whole, got, ok)
		}
	}
}

func TestACommitteeHasNoBudgetOfItsOwn(t *testing.T) {
	for _, k := range BodyKinds {
		if k.UsesBudget() == (k == SteeringCommittee) {
			t.Errorf("%s uses the budget: %v", k, k.UsesBudget())
		}
	}
}
