package committee_test

import (
	"testing"

	"hoicho/internal/committee"
)

func TestAPlaceSellsFromItsFirstDayToItsLast(t *testing.T) {
	p := committee.Place{From: "2024-03-01", Until: "2026-06-30"}
	for day, want := range map[string]committee.PlaceState{"2024-02-29": committee.PlaceComing, "2024-03-01": committee.PlaceSelling,
		"2026-06-30": committee.PlaceSelling, "2026-07-01": committee.PlaceEnded} {
		if got := p.StateOn(day); got != want {
			t.Errorf("on %s it is %s, want %s", day, got, want)
		}
	}
	if p.Until = ""; p.StateOn("2099-01-01") != committee.PlaceSelling {
		t.Error("a place without a last day has one")
	}
}

func TestThePublicLearnsWhoKeepsAPlaceOnlyIfTheyAgreed(t *testing.T) {
	p := committee.Place{Name: "Điểm OCOP", Keeper: "Nông Thị Hạnh", Phone: "0912345678", EnteredAs: "Lan"}
	if got := p.Public(); got.Keeper+got.Phone+got.EnteredAs != "" || got.Name != p.Name {
		t.Errorf("the public reads %+v", got)
	}
	if p.Agreed = true; p.Public().Keeper != p.Keeper || p.Public().Phone != p.Phone {
		t.Error("an agreed keeper is left out")
	}
}

func TestThePlacesOfAYearAreCountedOnItsLastDayOrToday(t *testing.T) {
	p := committee.Plan{Year: 2026}
	for today, want := range map[string]string{"2026-11-30": "2026-11-30", "2027-02-01": "2026-12-31"} {
		if got := p.PlaceDay(today); got != want {
			t.Errorf("on %s they are counted on %s, want %s", today, got, want)
		}
	}
}
