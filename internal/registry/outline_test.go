package registry_test

import (
	"testing"

	"hoicho/data"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

func TestEveryProvinceHasItsOutlines(t *testing.T) {
	x, err := registry.ParseAreas(data.Units, vn.Fold, vn.SortKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, province := range x.Provinces("2026-01-01") {
		communes := x.Communes(province.Ref)
		outlines, err := x.Outlines(province.Ref)
		if err != nil || len(outlines) != len(communes) || len(communes) == 0 {
			t.Errorf("%s: %d outlines of %d communes, %v", province.Name, len(outlines), len(communes), err)
			continue
		}
		for i, o := range outlines {
			a := communes[i]
			px, py := int((a.Lon-102)*958.8), int((23.5-a.Lat)*1000)
			if o.Ref != a.Ref || o.Path == "" || px < o.Box.MinX-1 || px > o.Box.MaxX+1 || py < o.Box.MinY-1 || py > o.Box.MaxY+1 {
				t.Errorf("%s, %s: its point %d,%d lies outside %v", province.Name, a.Name, px, py, o.Box)
			}
		}
	}
}
