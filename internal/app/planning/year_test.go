package planning_test

import (
	"fmt"
	"strconv"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func yearOf(t *testing.T, day string) int {
	t.Helper()
	year, err := strconv.Atoi(day[:4])
	testkit.Works(t, err)
	return year
}

// TestAYearShowsWhatIsAhead: each event in its commune, what stands in the way, when a commune
// without one had its last.
func TestAYearShowsWhatIsAhead(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	year := yearOf(t, k.App.Today()) + 1
	day := func(n int) string { return vn.AddDays(fmt.Sprintf("%d-06-01", year), n) }
	k.Event(testkit.OnDays(day(0), 3))
	k.Event(testkit.OnDays(day(1), 3))
	k.Event(testkit.InState(registry.Cancelled), testkit.OnDays(day(1), 3))
	board, err := k.App.Planning.Year(t.Context(), admin, year)
	testkit.Works(t, err)
	if len(board.Sessions) != 2 || board.Bare() != 91 || len(board.Findings) == 0 || !board.Whole {
		t.Errorf("%d events, %d bare, findings %+v", len(board.Sessions), board.Bare(), board.Findings)
	}
	later, err := k.App.Planning.Year(t.Context(), admin, year+1)
	testkit.Works(t, err)
	for _, u := range later.Units {
		if want := map[bool]string{true: day(1)}[u.Ref == testkit.BaBe]; u.Last != want {
			t.Errorf("%s had its last on %q, want %q", u.Name, u.Last, want)
		}
	}
}

// TestAYearIsThatOfItsReader: an officer of a commune sees that commune alone, a vendor nothing.
func TestAYearIsThatOfItsReader(t *testing.T) {
	k := testkit.NewApp(t)
	year := yearOf(t, k.App.Today()) + 1
	k.Event(testkit.OnDays(fmt.Sprintf("%d-06-01", year), 2))
	other := registry.AreaRef{Edition: registry.Edition2025, Code: "02155"} // xã Na Rì
	officer, _ := k.Officer(registry.Organiser, other.Code)
	board, err := k.App.Planning.Year(t.Context(), officer, year)
	testkit.Works(t, err)
	if len(board.Units) != 1 || board.Units[0].Ref != other || len(board.Sessions) != 0 || board.Whole {
		t.Errorf("it sees %d communes and %d events", len(board.Units), len(board.Sessions))
	}
	vendor, _ := k.VendorAccount()
	board, err = k.App.Planning.Year(t.Context(), vendor, year)
	if err == nil && (len(board.Units) > 0 || len(board.Sessions) > 0) {
		t.Errorf("a vendor sees %d communes and %d events", len(board.Units), len(board.Sessions))
	}
}

func TestAYearOfNoDatesIsRefused(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	for _, year := range []int{-1, 0, 1999, 2101, 99999} {
		if _, err := k.App.Planning.Year(t.Context(), admin, year); fmt.Sprint(testkit.FieldsOf(err)) != "[nam]" {
			t.Errorf("%d: %v", year, err)
		}
	}
}
