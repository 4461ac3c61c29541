package booths

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// checkPromotion says what is wrong with the price cuts that an application tells:
// spirits are never promoted, and a basis must be true of the days and goods. A cut
// beyond the ceiling without a basis is let through: it is a finding for the
// reviewer.
func checkPromotion(ctx context.Context, tx *store.Tx, app registry.Application) error {
	if app.Promotion.Percent == 0 {
		return nil
	}
	products, err := tx.ProductsByID(ctx, app.Products)
	if err != nil {
		return err
	}
	promotable := func(p registry.Product) bool { return p.Group.Promotable() }
	var f registry.Faults
	f.Check(len(products) == 0 || slices.ContainsFunc(products, promotable), "promo_percent", "error.application.promo_spirits")
	groups := make([]registry.ProductGroup, len(products))
	for i, p := range products {
		groups[i] = p.Group
	}
	f.Check(stimulus.BasisHolds(app.Promotion.Basis, app.Days, groups), "promo_basis", "error.application.promo_basis."+string(app.Promotion.Basis))
	return f.Err()
}
