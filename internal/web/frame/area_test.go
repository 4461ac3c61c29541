package frame

import (
	"testing"

	"hoicho/data"
	"hoicho/internal/app"
	"hoicho/internal/app/core"
	"hoicho/internal/registry"
)

func TestPickedArea(t *testing.T) {
	t.Parallel()
	areas, err := app.Units(data.Units)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{App: &app.App{Core: &core.Core{Areas: areas}}}
	const now, before = "2026-11-22", "2024-05-01"
	for _, test := range []struct{ text, ref, on, want, fault string }{
		{"", "", now, "", ""},
		{"", "2025:01906", now, "", ""},
		{"ba be", "", now, "2025:01906", ""},
		{"xã Ba Bể, tỉnh Thái Nguyên", "", now, "2025:01906", ""},
		{"Ba Bể", "2025:01906", now, "2025:01906", ""},
		{"xã Ba Bể, Thái Nguyên", "2025:01906", now, "2025:01906", ""},
		{"xã Ba Bể, Thái Nguyên", "2025:19", now, "2025:01906", ""},
		{"Thái Nguyên", "2025:01906", now, "2025:19", ""},
		{"Ba Bể", "", before, "2025-before:061", ""},
		{"không có xã này", "2025:01906", now, "", "error.area_unknown"},
		{"Tân Bình", "", now, "", "error.area_several"},
		{"x", "rác", now, "", "error.area_several"},
	} {
		ref, fault := s.PickedArea(test.text, test.ref, test.on)
		key := ""
		if fault != nil {
			key = fault.Key
		}
		if ref.String() != test.want || key != test.fault {
			t.Errorf("%q with %q on %s is %q %q, want %q %q", test.text, test.ref, test.on, ref, key, test.want, test.fault)
		}
	}
	if s.AreaName(registry.AreaRef{}) != "" {
		t.Error("no unit has a name")
	}
}
