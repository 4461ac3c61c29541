package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestPlaceComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			plan := plannedIn(t, tx)
			p := committee.Place{Kind: committee.OCOPPlace, Name: "Điểm OCOP Nghĩa Tá", Address: "cạnh chợ", Area: nghiaTa, Organisation: "HTX Nghĩa Tá",
				Keeper: "Nông Thị Hạnh", Phone: "0912345678", Agreed: true, Groups: []registry.ProductGroup{registry.FoodGroup, registry.DrinkGroup},
				Goods: "miến dong", Hours: "7:00–18:00", From: "2024-03-01", Until: "2026-06-30", EndReason: "hết hợp đồng", Paper: "12/QĐ-UBND",
				Body: plan.front.ID, EnteredBy: "officer", EnteredAs: "Lan"}
			must(t, tx.InsertPlace(t.Context(), &p, theCommune))
			got, err := tx.SalePlace(t.Context(), p.ID)
			if diff := cmp.Diff(p, got); err != nil || diff != "" || p.AgreedAt == 0 {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			if got, err = tx.SalePlaceBySlug(t.Context(), "diem-ocop-nghia-ta"); err != nil || got.ID != p.ID {
				t.Errorf("its address leads to %v, %v", got.ID, err)
			}
			p.Agreed, p.Groups, p.Body, p.Until, p.EndReason = false, nil, "", "", ""
			must(t, tx.SavePlace(t.Context(), &p, theCommune))
			if got, err = tx.SalePlace(t.Context(), p.ID); err != nil || cmp.Diff(p, got) != "" || got.AgreedAt != 0 {
				t.Errorf("saved, it came back with %v, differing by\n%s", err, cmp.Diff(p, got))
			}
			p.Version--
			if err := tx.SavePlace(t.Context(), &p, theCommune); registry.KindOf(err) != registry.Conflict {
				t.Errorf("saving an old version gives %v, want a conflict", err)
			}
			return nil
		})
	})
}

func TestPlacesAreFoundByWhatIsAsked(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			place := func(name, from, until string, scope registry.Scope, kind committee.PlaceKind) {
				p := committee.Place{Kind: kind, Name: name, Area: nghiaTa, From: from, Until: until, EnteredBy: "officer", EnteredAs: "Lan", Keeper: "Bí mật"}
				if until != "" {
					p.EndReason = "hết hợp đồng"
				}
				must(t, tx.InsertPlace(t.Context(), &p, scope))
			}
			place("Cửa hàng Ba", "2024-01-01", "", theCommune, committee.VietnamesePlace)
			place("Điểm một trăm", "2025-08-01", "2026-06-30", theCommune, committee.OCOPPlace)
			place("Điểm Ánh Dương", "2027-01-01", "", otherPlaces, committee.OCOPPlace)
			for name, c := range map[string]struct {
				f    committee.PlaceFilter
				want int
			}{
				"all":                        {committee.PlaceFilter{}, 3},
				"selling on a day":           {committee.PlaceFilter{State: committee.PlaceSelling, On: "2026-06-30"}, 2},
				"selling after an end":       {committee.PlaceFilter{State: committee.PlaceSelling, On: "2026-07-01"}, 1},
				"ended":                      {committee.PlaceFilter{State: committee.PlaceEnded, On: "2026-07-01"}, 1},
				"still to open":              {committee.PlaceFilter{State: committee.PlaceComing, On: "2026-07-01"}, 1},
				"of a kind":                  {committee.PlaceFilter{Kind: committee.OCOPPlace}, 2},
				"of a commune":               {committee.PlaceFilter{Area: "02029"}, 2},
				"within reach":               {committee.PlaceFilter{Codes: []string{"01894"}}, 1},
				"within no reach":            {committee.PlaceFilter{Codes: []string{}}, 0},
				"by words in any order":      {committee.PlaceFilter{Text: "hang cua"}, 1},
				"by a sign taken literally":  {committee.PlaceFilter{Text: "b_"}, 0},
				"never by the one in charge": {committee.PlaceFilter{Text: "bi mat"}, 0},
			} {
				rows, err := tx.SalePlaces(t.Context(), c.f)
				n, countErr := tx.CountSalePlaces(t.Context(), c.f)
				if err != nil || countErr != nil || len(rows) != c.want || n != c.want {
					t.Errorf("%s: %d rows, %d counted, want %d (%v, %v)", name, len(rows), n, c.want, err, countErr)
				}
			}
			by, err := tx.SalePlacesByArea(t.Context(), committee.PlaceFilter{})
			if err != nil || by["02029"] != 2 || by["01894"] != 1 || by["19"] != 3 {
				t.Errorf("by unit %v, %v", by, err)
			}
			return nil
		})
	})
}
