package vendors_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestSearchFindsWithoutDiacritics(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	k.Event(testkit.Titled("Phiên chợ đưa hàng Việt về Ba Bể"))
	k.Event(testkit.Titled("Hội chợ kín Ba Bể"), testkit.InState(registry.Draft))
	v := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name = "HTX Tài Hoan" }))
	k.Product(v, func(p *registry.Product) { p.Name = "Miến dong Tài Hoan" })
	for text, want := range map[string][3]int{"mien dong": {0, 0, 1}, "MIẾN DONG": {0, 0, 1}, "ba be": {1, 0, 0}, "tai hoan": {0, 1, 1},
		"dong mien": {0, 0, 1}, "": {}, "   ": {}, "%": {}, "không có gì": {}} {
		f, err := k.App.Vendors.Search(t.Context(), text)
		if got := [3]int{f.EventsN, f.VendorsN, f.ProductsN}; err != nil || got != want {
			t.Errorf("%q finds %v events, vendors, products, want %v (%v)", text, got, want, err)
		}
		if f.Empty() != (want == [3]int{}) {
			t.Errorf("%q finds nothing: %v", text, f.Empty())
		}
	}
	f, err := k.App.Vendors.Search(t.Context(), "ba be")
	if err != nil || len(f.Areas) == 0 || f.Areas[0].Ref != testkit.BaBe || f.Areas[0].VendorsN != 1 || f.Areas[0].EventsN != 1 {
		t.Errorf("areas %+v (%v)", f.Areas, err)
	}
}
