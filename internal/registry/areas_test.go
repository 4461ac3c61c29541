package registry_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"hoicho/data"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

var index = sync.OnceValues(func() (*registry.Areas, error) {
	return registry.ParseAreas(data.Units, vn.Fold, vn.SortKey)
})

func areas(t testing.TB) *registry.Areas {
	t.Helper()
	x, err := index()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func ref(t testing.TB, text string) registry.AreaRef {
	t.Helper()
	r, err := registry.ParseAreaRef(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func lookup(t testing.TB, text string) registry.Area {
	t.Helper()
	a, ok := areas(t).Lookup(ref(t, text))
	if !ok {
		t.Fatalf("no unit %s", text)
	}
	return a
}

const (
	then  = "2024-05-01"
	eve   = "2025-06-30"
	first = "2025-07-01"
	now   = "2026-11-22"
)

func TestAreaCounts(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, c := range []struct {
		date                string
		provinces, communes int
		kinds               map[registry.AreaKind]int
	}{
		{eve, 63, 10035, map[registry.AreaKind]int{registry.AreaWard: 1726, registry.AreaCommune: 7692, registry.AreaTownship: 617}},
		{first, 34, 3321, map[registry.AreaKind]int{registry.AreaWard: 687, registry.AreaCommune: 2621, registry.AreaSpecialZone: 13}},
		{now, 34, 3321, map[registry.AreaKind]int{registry.AreaWard: 697, registry.AreaCommune: 2611, registry.AreaSpecialZone: 13}},
	} {
		provinces, communes, kinds := x.Provinces(c.date), 0, map[registry.AreaKind]int{}
		for _, p := range provinces {
			for _, a := range x.Communes(p.Ref) {
				a, ok := x.At(a.Ref, c.date)
				if !ok {
					t.Errorf("%s is not in force on %s", a.Ref, c.date)
				}
				kinds[a.Kind]++
				communes++
			}
		}
		if len(provinces) != c.provinces || communes != c.communes {
			t.Errorf("%s: %d provinces, %d communes", c.date, len(provinces), communes)
		}
		for kind, want := range c.kinds {
			if kinds[kind] != want {
				t.Errorf("%s: %d of kind %s, want %d", c.date, kinds[kind], kind, want)
			}
		}
	}
}

// Trap 1: a code alone is no identity.
func TestAreaCodesWereUsedAgain(t *testing.T) {
	t.Parallel()
	x := areas(t)
	again, other := 0, 0
	for _, p := range x.Provinces(first) {
		for _, a := range x.Communes(p.Ref) {
			a, _ = x.At(a.Ref, first)
			old, ok := x.Lookup(registry.AreaRef{Edition: registry.Edition2025Before, Code: a.Ref.Code})
			if ok {
				again++
			}
			if ok && (old.Name != a.Name || old.Kind != a.Kind) {
				other++
			}
		}
	}
	if again != 3315 || other != 2174 {
		t.Errorf("%d codes were used again, %d of them for another unit; want 3315 and 2174", again, other)
	}
	if got := lookup(t, "2025-before:01843").FullName(); got != "phường Phùng Chí Kiên" {
		t.Errorf("01843 before: %s", got)
	}
	if got := lookup(t, "2025:01843").FullName(); got != "phường Bắc Kạn" {
		t.Errorf("01843 after: %s", got)
	}
}

// Trap 2: what Bắc Kạn means depends on the date; the districts are communes now.
func TestBacKanHasThreeMeanings(t *testing.T) {
	t.Parallel()
	x := areas(t)
	if got := names(x, x.Search("bac kan", then, 2), then); !slices.Equal(got, []string{"tỉnh Bắc Kạn", "thành phố Bắc Kạn, Bắc Kạn"}) {
		t.Errorf("in 2024: %q", got)
	}
	if got := names(x, x.Search("BẮC KẠN", now, 1), now); !slices.Equal(got, []string{"phường Bắc Kạn, Thái Nguyên"}) {
		t.Errorf("today: %q", got)
	}
	for _, name := range []string{"Ba Bể", "Chợ Đồn", "Chợ Mới", "Na Rì", "Ngân Sơn", "Bạch Thông"} {
		if got := x.Search(name, then, 1); len(got) != 1 || got[0].Kind != registry.AreaDistrict || got[0].Name != name {
			t.Errorf("%s in 2024: %+v", name, got)
		}
		if got := x.Search(name, now, 1); len(got) != 1 || got[0].Kind != registry.AreaCommune || got[0].Parent != ref(t, "2025:19") || got[0].Name != name {
			t.Errorf("%s today: %+v", name, got)
		}
	}
}

func TestBacKanAndThaiNguyenInNumbers(t *testing.T) {
	t.Parallel()
	x := areas(t)
	want := map[string]int{"Bắc Kạn": 8, "Pác Nặm": 10, "Ba Bể": 15, "Ngân Sơn": 10, "Bạch Thông": 14, "Chợ Đồn": 20, "Chợ Mới": 14, "Na Rì": 17}
	for _, d := range x.Children(ref(t, "2025-before:06")) {
		if got := len(x.Children(d.Ref)); got != want[d.Name] {
			t.Errorf("%s has %d communes, want %d", d.FullName(), got, want[d.Name])
		}
		delete(want, d.Name)
	}
	if len(want) > 0 {
		t.Errorf("missing districts: %v", want)
	}
	for text, n := range map[string]int{"2025-before:06": 108, "2025-before:19": 172, "2025:19": 92} {
		if got := len(x.Communes(ref(t, text))); got != n {
			t.Errorf("%s has %d communes, want %d", text, got, n)
		}
	}
	if got := lookup(t, "2025-before:01954").FullName(); got != "thị trấn Vân Tùng" {
		t.Errorf("on the eve of the reform 01954 is %s", got)
	}
	scope := x.Scope(ref(t, "2025-before:19"))
	if !slices.Equal(scope, registry.Scope{"19"}) {
		t.Errorf("old Thái Nguyên is today %v", scope)
	}
}

// Trap 4: two codes were changed between the list and the decision.
func TestChangedCodes(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for text, want := range map[string]string{"2025:06978": "xã Ba Chẽ", "2025:23938": "xã Ia Mơ"} {
		if got := lookup(t, text).FullName(); got != want {
			t.Errorf("%s is %s", text, got)
		}
	}
	for _, text := range []string{"2025:06970", "2025:23737"} {
		if _, err := x.Find(text); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%s was found: %v", text, err)
		}
	}
}

func TestChangesOf2026(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, c := range []struct{ text, date, want string }{
		{"2025:75", "2026-04-29", "tỉnh Đồng Nai"}, {"2025:75", "2026-04-30", "thành phố Đồng Nai"},
		{"2025:26368", "2025-07-01", "xã Long Thành"}, {"2025:26368", now, "phường Long Thành"},
	} {
		a, ok := x.At(ref(t, c.text), c.date)
		if !ok || a.FullName() != c.want {
			t.Errorf("%s on %s is %q, %v, want %q", c.text, c.date, a.FullName(), ok, c.want)
		}
		if c.date < "2026-04-30" && a.ValidTo != "2026-04-29" {
			t.Errorf("%s ends with %q", a.FullName(), a.ValidTo)
		}
		if got := x.FullName(lookup(t, c.text), c.date); got != c.want {
			t.Errorf("FullName of %s on %s: %q", c.text, c.date, got)
		}
	}
	before := x.Search("xa long thanh dong nai", "2026-04-29", 3)
	after := x.Search("xa long thanh dong nai", "2026-04-30", 3)
	if len(before) == 0 || before[0].Ref.Code != "26368" || len(after) > 0 && after[0].Ref.Code == "26368" {
		t.Errorf("xã Long Thành: %v before, %v after", before, after)
	}
	changed := 0
	for _, p := range x.Provinces(now) {
		for _, a := range append(x.Communes(p.Ref), p) {
			if a.ValidFrom == "2026-04-30" && a.ValidTo == "" {
				changed++
			}
		}
	}
	if changed != 11 {
		t.Errorf("%d units changed, want 11", changed)
	}
}

func TestAtKnowsWhatWasInForce(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, c := range []struct {
		text, date string
		want       bool
	}{
		{"2025-before:061", eve, true}, {"2025-before:061", first, false}, {"2025-before:061", "2020-01-01", true},
		{"2025:01843", first, true}, {"2025:01843", eve, false}, {"2025:99999", now, false},
	} {
		if a, ok := x.At(ref(t, c.text), c.date); ok != c.want {
			t.Errorf("%s on %s: %v, %v", c.text, c.date, a, ok)
		}
	}
}

func TestAreasAreSortedAsPeopleDo(t *testing.T) {
	t.Parallel()
	x := areas(t)
	var got []string
	for _, a := range x.Provinces(now) {
		got = append(got, a.Name)
	}
	if head := strings.Join(got[:8], ", "); head != "An Giang, Bắc Ninh, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Điện Biên" {
		t.Errorf("provinces: %s", head)
	}
	var wards []string
	for _, a := range x.Children(ref(t, "2025-before:770")) {
		wards = append(wards, a.FullName())
	}
	if list := strings.Join(wards, ", "); list != "Phường 1, Phường 2, Phường 3, Phường 4, Phường 5, Phường 9, Phường 11, Phường 12, Phường 14, phường Võ Thị Sáu" {
		t.Errorf("wards of Quận 3: %s", list)
	}
}

func names(x *registry.Areas, found []registry.Area, date string) []string {
	all := make([]string, len(found))
	for i, a := range found {
		all[i] = x.LongName(a, date)
	}
	return all
}
