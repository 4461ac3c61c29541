package vendors_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestSearchReadsMistypedWords(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name = "HTX Tài Hoan" }))
	k.Product(v, func(p *registry.Product) { p.Name = "Miến dong Tài Hoan" })
	k.Product(v, func(p *registry.Product) { p.Name = "Bột nghệ kín"; p.Hidden = true })
	for typed, read := range map[string]string{"mieng dong": "miến dong", "mein dong": "miến dong", "MIẾN DNG": "miến dong", "tai hoann": "tài hoan",
		"mien dong": "", "zzzzzz": "", "ab": "", "nghee": "", "zzzzz dong": ""} {
		t.Run(typed, func(t *testing.T) {
			f, err := k.App.Vendors.SearchFor(t.Context(), vendors.ReadSearch(typed))
			if err != nil || f.Read != read {
				t.Errorf("read as %q, want %q (%v)", f.Read, read, err)
			}
			if read != "" && f.Empty() {
				t.Error("and still nothing is found")
			}
		})
	}
	exact := vendors.ReadSearch("mieng dong")
	exact.Exact = true
	if f, err := k.App.Vendors.SearchFor(t.Context(), exact); err != nil || !f.Empty() {
		t.Errorf("what was typed is not looked for as it is: %+v (%v)", f, err)
	}
}

func TestSearchIsUnderstood(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]vendors.SearchAsk{
		"4 sao": {Stars: 4}, "mien dong 5 SAO": {Text: "mien dong", Stars: 5}, "6 sao": {Text: "6 sao"}, "Hôm nay": {Today: true},
		"miến hom nay": {Text: "mien", Today: true}, "a05": {Text: "a05", Booth: "A05"}, "A05 mien": {Text: "A05 mien"}, "05": {Text: "05"},
		"Hoan": {Text: "Hoan"}, "A12345": {Text: "A12345"}, "": {}} {
		want.Asked = typed
		got := vendors.ReadSearch(typed)
		if got.Asked != want.Asked || got.Text != want.Text || got.Stars != want.Stars || got.Today != want.Today || got.Booth != want.Booth {
			t.Errorf("%q is read as %+v, want %+v", typed, got, want)
		}
	}
}

func TestSearchPutsWhatIsSoldTodayFirst(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v := k.Vendor()
	for _, name := range []string{"Chè Alpha", "Chè Beta"} {
		k.Product(v, func(p *registry.Product) { p.Name = name })
	}
	last := k.Product(v, func(p *registry.Product) { p.Name = "Chè Omega" })
	f, err := k.App.Vendors.SearchFor(t.Context(), vendors.SearchAsk{Text: "che", Sold: []registry.ProductID{last.ID}})
	if err != nil || f.ProductsN != 3 || len(f.Products) != 3 || f.Products[0].ID != last.ID {
		t.Errorf("found %d, %+v (%v)", f.ProductsN, f.Products, err)
	}
	f, err = k.App.Vendors.SearchFor(t.Context(), vendors.SearchAsk{Today: true, Sold: []registry.ProductID{last.ID}})
	if err != nil || f.ProductsN != 1 {
		t.Errorf("of today: %d (%v)", f.ProductsN, err)
	}
}

// TestAUnitIsFoundByItsOldName: "yen" stands in "Thái Nguyên", but is no word of it.
func TestAUnitIsFoundByItsOldName(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	f, err := k.App.Vendors.SearchFor(t.Context(), vendors.SearchAsk{Text: "yen duong"})
	testkit.Works(t, err)
	for _, a := range f.Areas {
		if strings.HasSuffix(a.Area.Name, "Thượng Minh") && !strings.Contains(a.Was, "Yến Dương") {
			t.Errorf("found as %q", a.Was)
		}
	}
	if len(f.Areas) == 0 {
		t.Error("nothing was found")
	}
}
