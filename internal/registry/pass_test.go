package registry

import "testing"

func TestPassKindNumbersNeverChange(t *testing.T) {
	t.Parallel()
	// Printed passes carry these numbers.
	for kind, number := range map[PassKind]int{BoothPass: 1, StaffPass: 2, VehiclePass: 3, OfficialPass: 4, VisitorPass: 5, "guest": 0} {
		if got := kind.Number(); got != number {
			t.Errorf("%s has number %d, want %d", kind, got, number)
		}
		if back, ok := PassKindByNumber(number); ok != (number > 0) || ok && back != kind {
			t.Errorf("number %d is %q, %v", number, back, ok)
		}
		if got := kind.Enters(); got != (number > 1) {
			t.Errorf("%s enters: %v", kind, got)
		}
	}
	if kind, ok := PassKindByNumber(6); ok {
		t.Errorf("number 6 is %s", kind)
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
