package events

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Province returns the province whose campaign this installation serves, the zero
// Area until one is chosen.
func (a *Service) Province(ctx context.Context) (registry.Area, error) {
	set, err := a.SiteSettings(ctx)
	if err != nil || set.Province == "" {
		return registry.Area{}, err
	}
	area, _ := a.Areas.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: set.Province})
	return area, err
}

// HeldMap is how many events the communes of a province have had.
type HeldMap struct {
	Province registry.Area
	Communes []MapCommune // most events first, then by name
	Box      registry.Box // around all outlines
	Steps    []int        // least count of each of at most four shades; 0 has none
	Without  int          // communes that have had none
	Total    int          // events, each counted once
}

// MapCommune is a commune of a map with its count.
type MapCommune struct {
	Area    registry.Area
	Outline registry.Outline
	N       int
}

// OnMap are the communes of the province on its map, each with its count out of counts, by code; and
// the box around them. Nil without a province.
func (a *Service) OnMap(ctx context.Context, counts map[string]int) ([]MapCommune, registry.Box, error) {
	province, err := a.Province(ctx)
	box := registry.EmptyBox
	if err != nil || province.Ref.Code == "" {
		return nil, box, err
	}
	outlines, err := a.Areas.Outlines(province.Ref)
	if err != nil {
		return nil, box, err
	}
	var all []MapCommune
	for i, area := range a.Areas.Communes(province.Ref) {
		box = box.Join(outlines[i].Box)
		all = append(all, MapCommune{area, outlines[i], counts[area.Ref.Code]})
	}
	return all, box, nil
}

// EventsHeld counts the events that the communes of the province have had, in the
// year of today or at all. Without a province there are none.
func (a *Service) EventsHeld(ctx context.Context, ever bool) (HeldMap, error) {
	province, err := a.Province(ctx)
	if err != nil || province.Ref.Code == "" {
		return HeldMap{}, err
	}
	m := HeldMap{Province: province}
	from := a.Today()[:4] + "-01-01"
	if ever {
		from = ""
	}
	var held map[string]int
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.EventsHeld(ctx, from, "")
		return err
	})
	if err != nil {
		return m, err
	}
	if m.Communes, m.Box, err = a.OnMap(ctx, held); err != nil {
		return m, err
	}
	for _, c := range m.Communes {
		if c.N == 0 {
			m.Without++
		}
	}
	slices.SortStableFunc(m.Communes, func(x, y MapCommune) int { return y.N - x.N })
	m.Total, m.Steps = held[province.Ref.Code], shades(m.Communes[0].N)
	return m, err
}

// shades cuts the counts up to the greatest into at most four equal steps.
func shades(most int) []int {
	var steps []int
	for i := range min(most, 4) {
		steps = append(steps, i*most/min(most, 4)+1)
	}
	return steps
}

// Shade is the step in which a count lies: 0 for none, up to 4.
func (m HeldMap) Shade(n int) int {
	shade := 0
	for _, least := range m.Steps {
		if n >= least {
			shade++
		}
	}
	return shade
}
