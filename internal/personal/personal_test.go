package personal_test

import (
	"testing"

	"hoicho/internal/personal"
	"hoicho/internal/vn"
)

func TestWhetherSomebodyCanBeReached(t *testing.T) {
	for way, want := range map[string]bool{
		"0912345678": true, "0912 345 678": true, "+84 912 345 678": true, "sim@example.vn": true, "0912345678, sim@example.vn": true,
		"Thôn Nà Mò, xã Ba Bể": true, "Bà Sim 0912345678": true,
		"091234567": false, "sim@": false, "sim@example": false, "không": false, "12345 67890": false, "?": false, "": false,
	} {
		if got := personal.Reachable(way); got != want {
			t.Errorf("%q: %v, want %v", way, got, want)
		}
	}
}

// TestClocksRunFromTheDayARequestComes: working days leave out weekends, days do not.
func TestClocksRunFromTheDayARequestComes(t *testing.T) {
	const friday = "2026-08-14"
	r := personal.New(personal.See, friday)
	if r.ConfirmBy != "2026-08-18" || r.DueOn != "2026-08-29" || r.Later(friday) != "2026-09-13" {
		t.Errorf("to be confirmed by %s, done by %s, at the latest %s", r.ConfirmBy, r.DueOn, r.Later(friday))
	}
	if r.Unconfirmed(r.ConfirmBy) || !r.Unconfirmed(vn.AddDays(r.ConfirmBy, 1)) || r.Late(r.DueOn) || !r.Late(vn.AddDays(r.DueOn, 1)) {
		t.Error("it is late on the last day, or not after it")
	}
	if before := personal.ClockOn("2025-06-01"); before != personal.Clocks[0] {
		t.Errorf("before the first clock: %+v", before)
	}
}
