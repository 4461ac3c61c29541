package vendors

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// SetVendorLogo gives a vendor its picture, as a member or as an officer with
// ManageVendors in its area. The old one is deleted for good.
func (a *Service) SetVendorLogo(ctx context.Context, actor registry.Actor, id registry.VendorID, raw []byte) error {
	if err := a.maySee(ctx, actor, id); err != nil {
		return err
	}
	logo, err := core.PreparePhoto(ctx, "logo", raw)
	if err != nil {
		return err
	}
	logo.Public = true
	return a.changeLogo(ctx, actor, id, func(tx *store.Tx) (registry.FileID, error) { return tx.InsertFile(ctx, logo) })
}

// RemoveVendorLogo takes the picture of a vendor away and deletes it for good.
func (a *Service) RemoveVendorLogo(ctx context.Context, actor registry.Actor, id registry.VendorID) error {
	return a.changeLogo(ctx, actor, id, func(*store.Tx) (registry.FileID, error) { return "", nil })
}

func (a *Service) changeLogo(ctx context.Context, actor registry.Actor, id registry.VendorID, next func(*store.Tx) (registry.FileID, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, id)
		if err != nil {
			return registry.Change{}, err
		}
		old := v.Logo
		if v.Logo, err = next(tx); err != nil {
			return registry.Change{}, err
		}
		scope := a.Areas.Scope(v.Area)
		if err := tx.SaveVendor(ctx, &v, scope); err != nil {
			return registry.Change{}, err
		}
		return vendorChange("vendor.logo", v, scope, fact.Facts{fact.Yes("logo", v.Logo != ""), fact.Handle("file", v.Logo)}), tx.DeleteFile(ctx, old)
	})
}
