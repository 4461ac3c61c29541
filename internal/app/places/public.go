package places

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Public returns a page of the places that sell today, as everybody may read them; a state
// in the filter counts for nothing.
func (a *Service) Public(ctx context.Context, f committee.PlaceFilter) (l List, err error) {
	f.Codes, f.State, f.On = nil, committee.PlaceSelling, a.Today()
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		l, err = a.list(ctx, tx, f)
		return err
	})
	for i := range l.Rows {
		l.Rows[i] = l.Rows[i].Public()
	}
	l.Names = nil
	return l, err
}

// PublicPlace returns the place of a public page as everybody may read it, one that has
// ended or is still to come too. NotFound for an address that is none.
func (a *Service) PublicPlace(ctx context.Context, slug string) (p committee.Place, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = tx.SalePlaceBySlug(ctx, slug)
		return err
	})
	return p.Public(), err
}

// OnMap is how many of the places that fit the communes of the province have; nil without
// a province.
func (a *Service) OnMap(ctx context.Context, units map[string]int) ([]Commune, registry.Box, error) {
	province, err := a.Events.Province(ctx)
	box := registry.EmptyBox
	if err != nil || province.Ref.Code == "" {
		return nil, box, err
	}
	outlines, err := a.Areas.Outlines(province.Ref)
	if err != nil {
		return nil, box, err
	}
	var all []Commune
	for i, area := range a.Areas.Communes(province.Ref) {
		box = box.Join(outlines[i].Box)
		all = append(all, Commune{area, outlines[i], units[area.Ref.Code]})
	}
	return all, box, nil
}

// Commune is a commune of the map with how many places it has.
type Commune struct {
	Area    registry.Area
	Outline registry.Outline
	N       int
}
