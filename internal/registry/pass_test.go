package registry

import (
	"slices"
	"testing"
)

func TestPassKindNumbersNeverChange(t *testing.T) {
	t.Parallel()
	// Printed passes carry these numbers.
	for kind, number := range map[PassKind]int{BoothPass: 1, StaffPass: 2, VehiclePass: 3, OfficialPass: 4, VisitorPass: 5, VoucherPass: 6, "guest": 0} {
		if got := kind.Number(); got != number {
			t.Errorf("%s has number %d, want %d", kind, got, number)
		}
		if back, ok := PassKindByNumber(number); ok != (number > 0) || ok && back != kind {
			t.Errorf("number %d is %q, %v", number, back, ok)
		}
		if got := kind.Enters(); got != (number > 1 && number < 6) {
			t.Errorf("%s enters: %v", kind, got)
		}
	}
	if kind, ok := PassKindByNumber(7); ok {
		t.Errorf("number 7 is %s", kind)
	}
}

func TestPassStateEdges(t *testing.T) {
	t.Parallel()
	states := []PassState{PassValid, PassBlocked, PassRevoked}
	allowed := map[[2]PassState]bool{
		{PassValid, PassBlocked}: true, {PassValid, PassRevoked}: true,
		{PassBlocked, PassValid}: true, {PassBlocked, PassRevoked}: true,
	}
	for _, from := range states {
		for _, to := range states {
			if got := from.CanBecome(to); got != allowed[[2]PassState{from, to}] {
				t.Errorf("%s to %s: %v", from, to, got)
			}
		}
	}
}

func TestPassKeyStateEdges(t *testing.T) {
	t.Parallel()
	allowed := map[[2]PassKeyState]bool{
		{KeyNext, KeyActive}: true, {KeyActive, KeyVerifyOnly}: true,
		{KeyNext, KeyDead}: true, {KeyActive, KeyDead}: true, {KeyVerifyOnly, KeyDead}: true,
	}
	for _, from := range PassKeyStates {
		for _, to := range PassKeyStates {
			if got := from.CanBecome(to); got != allowed[[2]PassKeyState{from, to}] {
				t.Errorf("%s to %s: %v", from, to, got)
			}
		}
	}
	holdsFor(t, "passes of every key that is not dead are genuine", PassKeyStates, PassKeyState.Verifies, KeyNext, KeyActive, KeyVerifyOnly)
	if KeyDead.Verifies() || PassKeyState("").Verifies() {
		t.Error("a dead key verifies")
	}
}

func TestPassExpiresAfterItsLastDay(t *testing.T) {
	t.Parallel()
	p := Pass{FirstDay: "2026-12-30", Days: 4}
	if got := p.LastDay(); got != "2027-01-02" {
		t.Fatalf("last day is %s", got)
	}
	if p.ExpiredOn("2027-01-02") || !p.ExpiredOn("2027-01-03") {
		t.Error("expiry is not after the last day")
	}
	if got := AddDays("31/12/2026", 1); got != "" {
		t.Errorf("no date gives %q", got)
	}
}

func TestPassThatAnotherMayReplace(t *testing.T) {
	t.Parallel()
	claims(t, map[string]bool{
		"one in force":                   (&Pass{State: PassValid}).Replaceable(),
		"a blocked one":                  (&Pass{State: PassBlocked}).Replaceable(),
		"one that died with its key":     (&Pass{State: PassRevoked, StateReason: KeyKilled}).Replaceable(),
		"not one that was taken back":    !(&Pass{State: PassRevoked, StateReason: "lost"}).Replaceable(),
		"not one that has been replaced": !(&Pass{State: PassRevoked, StateReason: KeyKilled, ReplacedBy: "p"}).Replaceable(),
		"not one that is being replaced": !(&Pass{State: PassValid, ReplacedBy: "p"}).Replaceable(),
	})
}

func TestDaysBetweenDates(t *testing.T) {
	t.Parallel()
	claims(t, map[string]bool{
		"none on the same day":     DaysBetween("2026-11-22", "2026-11-22") == 0,
		"over the end of a year":   DaysBetween("2026-12-30", "2027-01-02") == 3,
		"fewer than none backward": DaysBetween("2027-01-02", "2026-12-30") == -3,
		"none from no date":        DaysBetween("", "2026-11-22") == 0,
		"none to no date":          DaysBetween("2026-11-22", "22/11") == 0,
	})
}

// keys has one key of each id, in force unless it died at an instant.
func keys(died map[int]int64, ids ...int) []PassKey {
	all := make([]PassKey, len(ids))
	for i, id := range ids {
		all[i] = PassKey{ID: id, State: KeyActive, KilledAt: died[id]}
		if died[id] > 0 {
			all[i].State = KeyDead
		}
	}
	return all
}

func TestNumbersOfPassKeys(t *testing.T) {
	t.Parallel()
	var full []int
	for id := range MaxPassKeys {
		full = append(full, id+1)
	}
	number := func(id int) int { return (&PassKey{ID: id}).Number() }
	claims(t, map[string]bool{
		"the first fifteen keys have their own":     number(1) == 1 && number(15) == 15,
		"then they come round":                      number(16) == 1 && number(30) == 15 && number(31) == 1,
		"the first key of all":                      FreePassKeyID(nil) == 1,
		"a number that no key had comes first":      FreePassKeyID(keys(map[int]int64{1: 5}, 1, 2, 4)) == 3,
		"the last of them":                          FreePassKeyID(keys(nil, full[:14]...)) == 15,
		"with all in use there is none":             FreePassKeyID(keys(nil, full...)) == 0,
		"then that of the key that died first":      FreePassKeyID(keys(map[int]int64{2: 9, 7: 5, 9: 8}, full...)) == 22,
		"of two that died at once the lower number": FreePassKeyID(keys(map[int]int64{4: 5, 3: 5}, full...)) == 18,
		"a number given again is in use":            FreePassKeyID(keys(map[int]int64{7: 5, 9: 8}, append([]int{22}, full...)...)) == 24,
		"whatever the order of the keys":            FreePassKeyID(keys(map[int]int64{7: 5, 9: 8}, append(slices.Clone(full), 22)...)) == 24,
		"and free once it died again":               FreePassKeyID(keys(map[int]int64{7: 5, 22: 8}, append(slices.Clone(full), 22)...)) == 37,
	})
}
