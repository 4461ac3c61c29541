package registry_test

import (
	"maps"
	"slices"
	"testing"

	"hoicho/internal/registry"
)

// Trap 5: five island districts had no communes.
func TestIslandDistricts(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for code, want := range map[string]registry.Scope{
		"318": {"11948", "31"}, "471": {"19742", "44"}, "498": {"20333", "48"}, "536": {"21548", "51"}, "755": {"26732", "79"},
	} {
		district := ref(t, "2025-before:"+code)
		if n := len(x.Children(district)); n != 0 {
			t.Errorf("%s has %d communes", code, n)
		}
		if got := x.Scope(district); !slices.Equal(got, want) {
			t.Errorf("scope of %s is %v, want %v", code, got, want)
		}
		zone, _ := x.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: want[0]})
		if zone.Kind != registry.AreaSpecialZone {
			t.Errorf("%s became %s", code, zone.FullName())
		}
		if former := x.Predecessors(zone.Ref); len(former) != 1 || former[0].Ref != district {
			t.Errorf("%s came from %v", zone.FullName(), former)
		}
	}
}

func TestEveryUnitHasItsPlaceInTheSuccession(t *testing.T) {
	t.Parallel()
	x := areas(t)
	split := 0
	for _, p := range x.Provinces(then) {
		if got := x.Successors(p.Ref); len(got) != 1 || !got[0].Whole {
			t.Errorf("%s became %v", p.FullName(), got)
		}
		for _, a := range x.Communes(p.Ref) {
			if in, ok := x.Province(a.Ref); !ok || in.Ref != p.Ref {
				t.Errorf("%s lies in %s", a.Ref, in.FullName())
			}
			next := x.Successors(a.Ref)
			if len(next) > 1 {
				split++
			}
			if len(next) == 0 || len(x.Scope(a.Ref)) < 2 {
				t.Errorf("%s has no successor", a.Ref)
			}
		}
	}
	if split != 460 {
		t.Errorf("%d old communes have several successors, want 460", split)
	}
	for _, p := range x.Provinces(now) {
		for _, a := range x.Communes(p.Ref) {
			if len(x.Predecessors(a.Ref)) == 0 {
				t.Errorf("%s came from nothing", a.Ref)
			}
			if a.Lat < 7 || a.Lat > 24 || a.Lon < 102 || a.Lon > 117 {
				t.Errorf("%s lies at %v, %v", a.Ref, a.Lat, a.Lon)
			}
		}
	}
}

// A district went to where its communes went: wholly only if that is one commune.
func TestWhatBecameOfADistrict(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for _, p := range x.Provinces(then) {
		for _, d := range x.Children(p.Ref) {
			next := x.Successors(d.Ref)
			if len(next) == 0 || len(x.Children(d.Ref)) > 0 && next[0].Whole != (len(next) == 1) {
				t.Errorf("%s became %v", d.FullName(), next)
			}
		}
	}
}

// 34 of Bắc Kạn's 37 communes come from one old district, three from two.
func TestFormerDistrictsOfBacKan(t *testing.T) {
	t.Parallel()
	x := areas(t)
	all, fromTwo := map[string]bool{}, map[string][]string{}
	for _, old := range x.Communes(ref(t, "2025-before:06")) {
		for _, next := range x.Successors(old.Ref) {
			if !next.Whole {
				t.Errorf("%s was split", old.FullName())
			}
			all[next.Ref.Code] = true
			former := map[string]bool{}
			for _, p := range x.Predecessors(next.Ref) {
				former[lookup(t, lookup(t, p.Ref.String()).Parent.String()).Name] = true
			}
			if len(former) == 2 {
				fromTwo[lookup(t, next.Ref.String()).Name] = slices.Sorted(maps.Keys(former))
			}
		}
	}
	if len(all) != 37 || len(fromTwo) != 3 {
		t.Errorf("%d communes, %v of two districts", len(all), fromTwo)
	}
	for name, want := range map[string][]string{"Phong Quang": {"Bạch Thông", "Bắc Kạn"}, "Đồng Phúc": {"Ba Bể", "Chợ Đồn"}, "Bạch Thông": {"Bạch Thông", "Chợ Đồn"}} {
		slices.Sort(fromTwo[name])
		slices.Sort(want)
		if !slices.Equal(fromTwo[name], want) {
			t.Errorf("%s comes from %v, want %v", name, fromTwo[name], want)
		}
	}
}

func TestScope(t *testing.T) {
	t.Parallel()
	x := areas(t)
	for text, want := range map[string]registry.Scope{
		"2025:01843":        {"01843", "19"},
		"2025:19":           {"19"},
		"2025-before:06":    {"19"},
		"2025-before:01843": {"01843", "19"},
	} {
		if got := x.Scope(ref(t, text)); !slices.Equal(got, want) {
			t.Errorf("scope of %s is %v, want %v", text, got, want)
		}
	}
	district := x.Scope(ref(t, "2025-before:061"))
	baBe := x.Search("xã Ba Bể", now, 1)[0]
	if !slices.Contains(district, baBe.Ref.Code) || district[len(district)-1] != "19" || len(district) != 6 {
		t.Errorf("huyện Ba Bể is today %v", district)
	}
	if got := x.Scope(registry.AreaRef{Edition: registry.Edition2025, Code: "99999"}); len(got) != 0 {
		t.Errorf("scope of nothing: %v", got)
	}
}

// An officer of a commune of today reaches the events of the old units that it
// came from, and of no others.
func TestScopeGivesRights(t *testing.T) {
	t.Parallel()
	x := areas(t)
	officer := registry.Actor{Account: "a", Grants: []registry.Grant{{Role: registry.Organiser, Area: x.Search("xã Ba Bể", now, 1)[0].Ref.Code}}}
	for text, want := range map[string]bool{"2025-before:061": true, "2025-before:064": false, "2025-before:06": false, "2025:19": false} {
		if got := officer.Can(registry.ManageEvents, x.Scope(ref(t, text))); got != want {
			t.Errorf("an officer of xã Ba Bể may plan in %s: %v", lookup(t, text).FullName(), got)
		}
	}
}
