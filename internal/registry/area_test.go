package registry_test

import (
	"encoding/json"
	"testing"

	"hoicho/internal/registry"
)

func TestAreaRefText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]registry.AreaRef{
		"2025:01843":        {Edition: registry.Edition2025, Code: "01843"},
		"2025-before:058":   {Edition: registry.Edition2025Before, Code: "058"},
		"2025-before:06":    {Edition: registry.Edition2025Before, Code: "06"},
		"2025-before:01843": {Edition: registry.Edition2025Before, Code: "01843"},
	} {
		if got, err := registry.ParseAreaRef(text); err != nil || got != want || got.String() != text {
			t.Errorf("ParseAreaRef(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", ":", "01843", "2025:", "2025:1", "2025:018", "2025:0184x", "2020:01843", "2025:01843:1", "2025:-1843", "2025: 1843"} {
		if got, err := registry.ParseAreaRef(text); registry.KindOf(err) != registry.Invalid || !got.IsZero() {
			t.Errorf("ParseAreaRef(%q) = %v, %v", text, got, err)
		}
	}
}

func TestAreaRefInJSON(t *testing.T) {
	t.Parallel()
	type carrier struct{ Area, None registry.AreaRef }
	in := carrier{Area: registry.AreaRef{Edition: registry.Edition2025, Code: "01843"}}
	raw, err := json.Marshal(in)
	if err != nil || string(raw) != `{"Area":"2025:01843","None":""}` {
		t.Fatalf("%s, %v", raw, err)
	}
	var out carrier
	if err := json.Unmarshal(raw, &out); err != nil || out != in {
		t.Errorf("read back %v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"Area":"somewhere"}`), &out); err == nil || out != in {
		t.Errorf("a place that is none gave %v, %v", out, err)
	}
}

func TestEditionOn(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]registry.AreaEdition{
		"2020-05-01": registry.Edition2025Before, "2025-06-30": registry.Edition2025Before,
		"2025-07-01": registry.Edition2025, "2026-11-22": registry.Edition2025,
	} {
		if got := registry.EditionOn(date); got != want {
			t.Errorf("EditionOn(%s) = %s", date, got)
		}
	}
}

func TestAreaFullName(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]registry.Area{
		"xã Ba Bể":              {Name: "Ba Bể", Kind: registry.AreaCommune},
		"phường Bắc Kạn":        {Name: "Bắc Kạn", Kind: registry.AreaWard},
		"Phường 6":              {Name: "6", Kind: registry.AreaWard},
		"Quận 10":               {Name: "10", Kind: registry.AreaUrbanDistrict},
		"tỉnh Thái Nguyên":      {Name: "Thái Nguyên", Kind: registry.AreaProvince},
		"thành phố Huế":         {Name: "Huế", Kind: registry.AreaCity},
		"Thành phố Hồ Chí Minh": {Name: "Hồ Chí Minh", Kind: registry.AreaCity},
		"đặc khu Lý Sơn":        {Name: "Lý Sơn", Kind: registry.AreaSpecialZone},
		"thị trấn Chợ Rã":       {Name: "Chợ Rã", Kind: registry.AreaTownship},
		"thị xã Sơn Tây":        {Name: "Sơn Tây", Kind: registry.AreaDistrictTown},
	} {
		if got := a.FullName(); got != want {
			t.Errorf("FullName = %q, want %q", got, want)
		}
	}
}
