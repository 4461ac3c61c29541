package places

import (
	"context"

	"hoicho/internal/committee"
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
