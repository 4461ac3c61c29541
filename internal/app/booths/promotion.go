package booths

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// tetPromotionDays is for how many days before the lunar New Year prices may be cut
// beyond the ceiling (39/2025/TT-BCT).
const tetPromotionDays = 30

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
	f.Check(basisHolds(app, products), "promo_basis", "error.application.promo_basis."+string(app.Promotion.Basis))
	return f.Err()
}

// basisHolds reports whether the days and goods are such as the basis is about, as
// far as that can be seen from here.
func basisHolds(app registry.Application, products []registry.Product) bool {
	everyDay := func(fits func(string) bool) bool {
		return !slices.ContainsFunc(app.Days, func(day string) bool { return !fits(day) })
	}
	switch app.Promotion.Basis {
	case registry.PromotionBeforeTet:
		return everyDay(func(day string) bool { n := vn.DaysToTet(day); return n >= 1 && n <= tetPromotionDays })
	case registry.PromotionHoliday:
		return everyDay(vn.Holiday)
	case registry.PromotionFresh:
		return !slices.ContainsFunc(products, func(p registry.Product) bool { return p.Group != registry.FreshGroup })
	}
	return true
}
