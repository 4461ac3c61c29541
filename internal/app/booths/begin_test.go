package booths_test

import (
	"slices"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// A vendor that applies again finds what it asked for last time, of what it still sells,
// and the days of this event; its price cuts and remarks were of that event.
func TestApplyAgainAsLastTime(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	vendor, owner, _ := k.OwnVendor()
	kept, hidden := k.Product(vendor), k.Product(vendor)
	k.Product(vendor) // sold by now, not brought last time
	last := k.Application(k.Event(), vendor.ID, testkit.Standing(registry.AppDeclined), testkit.Bringing(kept, hidden), func(a *registry.Application) {
		a.Booths, a.StaffN, a.NeedsPower, a.Note, a.Vehicles, a.Zone = 2, 4, true, "Gần cổng", []string{"97C-012.34"}, "Z"
	})
	hidden.Hidden = true
	k.Write(func(tx *store.Tx) error { return tx.SaveProduct(t.Context(), &hidden) })
	event := k.Event()
	a, made, err := k.App.Booths.BeginApplication(t.Context(), owner, event.ID, vendor.ID, last.ID)
	testkit.Works(t, err)
	v, err := k.App.Booths.Application(t.Context(), owner, a.ID)
	testkit.Works(t, err)
	got := v.Application
	if !made || got.Booths != 2 || got.StaffN != 4 || !got.NeedsPower || !slices.Equal(got.Vehicles, last.Vehicles) || !slices.Equal(got.Products, []registry.ProductID{kept.ID}) {
		t.Errorf("filled in with %+v", got)
	}
	if len(got.Days) != len(event.Days) || got.Note != "" || got.Zone != "" || got.State != registry.AppDraft {
		t.Errorf("taken over what was of that event: %+v", got)
	}
	again, made, err := k.App.Booths.BeginApplication(t.Context(), owner, event.ID, vendor.ID, "")
	if err != nil || made || again.ID != a.ID {
		t.Errorf("the second try made another: %v %v", made, err)
	}
	other, stranger, _ := k.OwnVendor()
	_, _, err = k.App.Booths.BeginApplication(t.Context(), stranger, event.ID, other.ID, last.ID)
	testkit.Refused(t, "like the application of another vendor", err, registry.NotFound, "error.not_found")
	_, _, err = k.App.Booths.BeginApplication(t.Context(), stranger, k.Event().ID, vendor.ID, "")
	testkit.Refused(t, "for another vendor", err, registry.NotFound, "error.not_found")
}
