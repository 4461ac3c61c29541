package registry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

func TestSearchFindsWhatPeopleType(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, c := range []struct{ query, date, want string }{
		{"ba be", now, "xã Ba Bể, Thái Nguyên"},
		{"BA BỂ", now, "xã Ba Bể, Thái Nguyên"},
		{"  ba   bể. ", now, "xã Ba Bể, Thái Nguyên"},
		{"xã Ba Bể", now, "xã Ba Bể, Thái Nguyên"},
		{"x. ba be", now, "xã Ba Bể, Thái Nguyên"},
		{"ba be thai nguyen", now, "xã Ba Bể, Thái Nguyên"},
		{"xa ba be, tinh thai nguyen", now, "xã Ba Bể, Thái Nguyên"},
		{"ba be thai ng", now, "xã Ba Bể, Thái Nguyên"},
		{"p. duc xuan", now, "phường Đức Xuân, Thái Nguyên"},
		{"P Đức Xuân", now, "phường Đức Xuân, Thái Nguyên"},
		{"thai nguyen", now, "tỉnh Thái Nguyên"},
		{"tỉnh Thái Nguyên", now, "tỉnh Thái Nguyên"},
		{"tp ho chi minh", now, "Thành phố Hồ Chí Minh"},
		{"tp hue", now, "thành phố Huế"},
		{"dac khu ly son", now, "đặc khu Lý Sơn, Quảng Ngãi"},
		{"lí sơn", now, "đặc khu Lý Sơn, Quảng Ngãi"},
		{"mdrak", now, "xã M'Drắk, Đắk Lắk"},
		{"M’Drắk", now, "xã M'Drắk, Đắk Lắk"},
		{"ba be", then, "huyện Ba Bể, Bắc Kạn"},
		{"huyện ba bể", then, "huyện Ba Bể, Bắc Kạn"},
		{"h. ba be bac kan", then, "huyện Ba Bể, Bắc Kạn"},
		{"chau phu an giang", then, "huyện Châu Phú, An Giang"}, // the first unit of all
		{"tt cho ra", then, "thị trấn Chợ Rã, huyện Ba Bể, Bắc Kạn"},
		{"cho ra ba be", then, "thị trấn Chợ Rã, huyện Ba Bể, Bắc Kạn"},
		{"cho ra huyen ba be tinh bac kan", then, "thị trấn Chợ Rã, huyện Ba Bể, Bắc Kạn"},
		{"cho ra ba be bac kan", then, "thị trấn Chợ Rã, huyện Ba Bể, Bắc Kạn"},
		{"sy binh", then, "xã Sĩ Bình, huyện Bạch Thông, Bắc Kạn"},
		{"sĩ bình", then, "xã Sĩ Bình, huyện Bạch Thông, Bắc Kạn"},
		{"q1 tp ho chi minh", then, "Quận 1, Hồ Chí Minh"},
		{"quan 01", then, "Quận 1, Hồ Chí Minh"},
		{"p9 quan 3", then, "Phường 9, Quận 3, Hồ Chí Minh"},
		{"p05 quan 3", then, "Phường 5, Quận 3, Hồ Chí Minh"},
		{"tp bac kan", then, "thành phố Bắc Kạn, Bắc Kạn"},
		{"tx son tay", then, "thị xã Sơn Tây, Hà Nội"},
		{"quan lan", then, "xã Quan Lạn, huyện Vân Đồn, Quảng Ninh"},
	} {
		found := x.Search(c.query, c.date, 5)
		if len(found) == 0 || x.LongName(found[0], c.date) != c.want {
			t.Errorf("%q on %s finds %q, want %q first", c.query, c.date, names(x, found, c.date), c.want)
		}
	}
}

// Trap 3: Hoà and Hòa, Thuỷ and Thủy, y and i are the same to who searches.
func TestSearchFoldsSpelling(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, pair := range [][2]string{{"Hoà Bình", "hòa bình"}, {"Thuỷ Nguyên", "Thủy Nguyên"}, {"Mỹ Lý", "Mĩ Lí"}, {"Quy Nhơn", "Qui Nhơn"}} {
		for _, date := range []string{then, now} {
			a, b := refs(x.Search(pair[0], date, 30)), refs(x.Search(pair[1], date, 30))
			slices.Sort(a)
			slices.Sort(b)
			if len(a) == 0 || !slices.Equal(a, b) {
				t.Errorf("%s: %q finds %d, %q finds %d", date, pair[0], len(a), pair[1], len(b))
			}
		}
	}
}

func refs(found []registry.Area) []string {
	texts := make([]string, len(found))
	for i, a := range found {
		texts[i] = a.Ref.String()
	}
	return texts
}

func TestSearchShowsWhatLiesInside(t *testing.T) {
	t.Parallel()
	x := areas(t)
	found := x.Search("ba be", then, 40)
	inside := 0
	for _, a := range found {
		if a.Parent == ref(t, "2025-before:061") {
			inside++
		}
	}
	if inside != 15 {
		t.Errorf("%d communes of huyện Ba Bể among %q", inside, names(x, found, then))
	}
	for _, d := range x.Children(ref(t, "2025-before:06")) {
		within := slices.DeleteFunc(x.Search(d.FullName(), then, 60), func(a registry.Area) bool { return a.Parent != d.Ref })
		namesake := func(a registry.Area) bool { return strings.Contains(vn.Fold(a.Name), vn.Fold(d.Name)) }
		if want := slices.DeleteFunc(x.Children(d.Ref), namesake); !slices.Equal(refs(slices.DeleteFunc(within, namesake)), refs(want)) {
			t.Errorf("%s shows %q, want %q", d.FullName(), names(x, within, then), names(x, want, then))
		}
	}
}

// People still say the old names: today's communes are found by them too, after
// those that have the name now.
func TestSearchKnowsOldNames(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for query, want := range map[string]string{
		"chợ rã":   "xã Chợ Rã, Thái Nguyên",
		"hà hiệu":  "xã Phúc Lộc, Thái Nguyên",
		"nam mẫu":  "xã Ba Bể, Thái Nguyên",
		"pac nam":  "xã Bằng Thành, Thái Nguyên",
		"h ba be":  "xã Ba Bể, Thái Nguyên",
		"gia sàng": "phường Gia Sàng, Thái Nguyên",
	} {
		if got := names(x, x.Search(query, now, 12), now); !slices.Contains(got, want) {
			t.Errorf("%q finds %q, not %q", query, got, want)
		}
	}
	for _, a := range x.Search("pac nam", now, 12) {
		if a.Ref.Edition != registry.Edition2025 {
			t.Errorf("a unit of another edition: %v", a)
		}
	}
}

// TestSearchSaysByWhichOldNameAUnitIsFound names the old unit, and none where the name of
// today fits.
func TestSearchSaysByWhichOldNameAUnitIsFound(t *testing.T) {
	t.Parallel()
	x := areas(t)
	was := map[string]string{}
	for _, query := range []string{"yến dương", "ba bể"} {
		for _, hit := range x.SearchNear(query, now, registry.AreaRef{}, 12) {
			was[query+": "+x.FullName(hit.Area, now)] = hit.Was
		}
	}
	for hit, want := range map[string]string{"yến dương: xã Thượng Minh": "xã Yến Dương, huyện Ba Bể, Bắc Kạn", "ba bể: xã Ba Bể": ""} {
		if got, found := was[hit]; !found || got != want {
			t.Errorf("%s was %q (found: %t), want %q", hit, got, found, want)
		}
	}
}

// TestSearchPutsTheHomeProvinceFirst looks for names that stand in many provinces.
func TestSearchPutsTheHomeProvinceFirst(t *testing.T) {
	t.Parallel()
	x := areas(t)
	home, _ := x.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	for _, date := range []string{now, "2024-05-01"} {
		away, near := x.Search("tân", date, 12), x.SearchNear("tân", date, home.Ref, 12)
		inHome := func(a registry.Area) bool {
			p, _ := x.Province(a.Ref)
			return p.Ref == home.Ref || slices.ContainsFunc(x.Successors(p.Ref), func(s registry.Succession) bool { return s.Ref == home.Ref })
		}
		if len(near) == 0 || !inHome(near[0].Area) {
			t.Errorf("%s: the first of %d is %v", date, len(near), near[0].Area)
		}
		if inHome(away[0]) {
			t.Errorf("%s: without a home province its unit comes first: the test says nothing", date)
		}
	}
	if hits := x.SearchNear("yến dương", now, home.Ref, 12); len(hits) == 0 || x.FullName(hits[0].Area, now) != "xã Thượng Minh" {
		t.Errorf("by an old name: %v", hits)
	}
	if hits := x.SearchNear("ba đình", now, home.Ref, 12); len(hits) == 0 || x.FullName(hits[0].Area, now) != "phường Ba Đình" {
		t.Errorf("a name that fits better elsewhere: %v", hits)
	}
}

func TestSearchPrefersTheDiacriticsTyped(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, query := range []string{"Thạnh Hòa", "Thanh Hà", "An Thạnh", "Tân Lập"} {
		likes, meant := 0, 0
		for _, a := range x.Search(query, then, 60) {
			switch {
			case a.Name == query && likes > 0:
				t.Errorf("%q: %s stands after %d names that only look like it", query, a.Ref, likes)
			case a.Name == query:
				meant++
			case vn.Fold(a.Name) == vn.Fold(query):
				likes++
			}
		}
		if meant == 0 {
			t.Errorf("%q was not found", query)
		}
	}
}

func TestSearchPrefersTheDiacriticsOfAnUnfinishedName(t *testing.T) {
	t.Parallel()
	x := areas(t)
	likes, meant := 0, 0
	for _, a := range x.Search("Thạnh H", then, 200) {
		switch name := vn.Fold(a.Name); {
		case strings.HasPrefix(a.Name, "Thạnh H"):
			meant++
			if likes > 0 {
				t.Errorf("%s stands after %d names that only look like it", a.Name, likes)
			}
		case strings.HasPrefix(name, "thanh h"):
			likes++
		}
	}
	if meant == 0 || likes == 0 {
		t.Errorf("%d names begin so, %d look like it", meant, likes)
	}
}

func TestSearchBounds(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, query := range []string{"", "  ", "?!", "zzzz", "🎉"} {
		if found := x.Search(query, now, 10); len(found) != 0 {
			t.Errorf("%q finds %v", query, found)
		}
	}
	if found := x.Search("an", now, 0); len(found) != 0 {
		t.Errorf("limit 0 gave %d", len(found))
	}
	if found := x.Search("an", now, 7); len(found) != 7 {
		t.Errorf("limit 7 gave %d", len(found))
	}
	if found := x.Search(strings.Repeat("ba be ", 2000), now, 7); len(found) != 0 {
		t.Errorf("12,000 characters gave %v", found)
	}
}

func TestSearchGivesEachUnitOnceAndInForce(t *testing.T) {
	t.Parallel()
	x := areas(t)
	rapid.Check(t, func(t *rapid.T) {
		query := rapid.StringMatching(`(xã |p\. |huyện |tp )?[abchnt][aoiu]?[n]? ?(bể|hòa|thành)?`).Draw(t, "query")
		date := rapid.SampledFrom([]string{then, eve, first, now}).Draw(t, "date")
		seen := map[registry.AreaRef]bool{}
		for _, a := range x.Search(query, date, 30) {
			if _, ok := x.At(a.Ref, date); !ok || seen[a.Ref] {
				t.Fatalf("%q on %s: %s twice or not in force", query, date, a.Ref)
			}
			seen[a.Ref] = true
		}
	})
}

func TestEveryCommuneIsFoundByItsLongName(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, p := range x.Provinces(now) {
		for i, a := range x.Communes(p.Ref) {
			if i%7 > 0 {
				continue
			}
			a, _ = x.At(a.Ref, now)
			name := x.LongName(a, now)
			if found := x.Search(strings.ToUpper(name), now, 1); len(found) != 1 || found[0].Ref != a.Ref {
				t.Errorf("%s finds %q", name, names(x, found, now))
			}
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	x := areas(b)
	for name, c := range map[string][2]string{
		"today": {"ba be", now}, "old": {"ba be", then}, "parent": {"xa ba be thai nguyen", now}, "letter": {"t", then},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Search(c[0], c[1], 12)
			}
		})
	}
}

// TestKindsAreCutFromNames as people write them, and from no name that begins alike.
func TestKindsAreCutFromNames(t *testing.T) {
	x := areas(t)
	for text, want := range map[string]string{"xã Ba Bể": "[xa] Ba Bể", "x. ba be": "[xa] ba be", "TT.Chợ Rã": "[thi-tran] Chợ Rã", "phuong Duc Xuan": "[phuong] Duc Xuan",
		"Ba Bể": "[] Ba Bể", "Xuân Dương": "[] Xuân Dương", "Thái Nguyên": "[] Thái Nguyên", "xã": "[] xã", "x. .": "[] x. .", "": "[] "} {
		if kinds, rest := x.CutKind(text); fmt.Sprintf("%v %s", kinds, rest) != want {
			t.Errorf("%q is %v %q, want %s", text, kinds, rest, want)
		}
	}
}
