package booths

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// maxPreset is up to how many goods a vendor is taken to bring all it has.
const maxPreset = 12

// BeginApplication is StartApplication for a member of the vendor, with the draft filled
// in for checking: every day of the event, the goods that may be sold if they are few,
// one booth, one seller. Like an application of the same vendor, it takes over what that
// one asked for, except its price cuts and remarks, which were of that event; the days
// are all of this event. It is NotFound for an application of another vendor.
func (a *Service) BeginApplication(ctx context.Context, actor registry.Actor, event registry.EventID, vendor registry.VendorID, like registry.ApplicationID) (app registry.Application, made bool, err error) {
	if !actor.Owns(vendor) {
		return app, false, registry.E(registry.NotFound, "error.not_found")
	}
	return a.start(ctx, actor, event, vendor, func(tx *store.Tx, e registry.Event, app *registry.Application) error {
		for _, d := range e.Days {
			app.Days = append(app.Days, d.Day)
		}
		products, err := tx.VendorProducts(ctx, vendor)
		if err != nil {
			return err
		}
		products = slices.DeleteFunc(products, unsellable)
		if like != "" {
			return fillLike(ctx, tx, app, like, products)
		}
		if len(products) <= maxPreset {
			app.Products = idsOf(products)
		}
		return nil
	})
}

// unsellable reports whether a product cannot be chosen for an application.
func unsellable(p registry.Product) bool { return p.Hidden || p.Evidence == registry.Excluded }

func idsOf(products []registry.Product) []registry.ProductID {
	ids := make([]registry.ProductID, len(products))
	for i := range products {
		ids[i] = products[i].ID
	}
	slices.Sort(ids)
	return ids
}

// fillLike takes over what another application asked for, as far as it can be had here.
func fillLike(ctx context.Context, tx *store.Tx, app *registry.Application, like registry.ApplicationID, sold []registry.Product) error {
	old, err := tx.Application(ctx, like)
	if err != nil {
		return err
	}
	if old.Vendor != app.Vendor {
		return registry.E(registry.NotFound, "error.not_found")
	}
	zones, err := tx.Zones(ctx, app.Event)
	if err != nil {
		return err
	}
	app.Products = idsOf(slices.DeleteFunc(sold, func(p registry.Product) bool { return !slices.Contains(old.Products, p.ID) }))
	app.Booths, app.NeedsPower, app.StaffN, app.Vehicles = max(old.Booths, 1), old.NeedsPower, max(old.StaffN, 1), old.Vehicles
	if slices.Contains(zones, old.Zone) {
		app.Zone = old.Zone
	}
	return nil
}
