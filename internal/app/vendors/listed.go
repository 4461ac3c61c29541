package vendors

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
)

// What an import of a list does goes the way of the forms, many in one transaction, each
// with its line of the audit log.

// RegisterListed is RegisterVendor within a transaction.
func (a *Service) RegisterListed(ctx context.Context, tx *store.Tx, actor registry.Actor, in VendorInput) (registry.Vendor, error) {
	v, err := a.CheckRegister(actor, in)
	if err != nil {
		return v, err
	}
	c, err := a.insertVendor(ctx, tx, &v)
	if err != nil {
		return v, err
	}
	return v, tx.Audit(ctx, actor, c)
}

// EditListed is EditVendor for an officer within a transaction. It returns the vendor as
// it was, and as it is.
func (a *Service) EditListed(ctx context.Context, tx *store.Tx, actor registry.Actor, read registry.Vendor, in VendorInput) (was, now registry.Vendor, err error) {
	if was, err = a.officeVendorFor(ctx, tx, actor, registry.ManageVendors, read.ID); err != nil {
		return was, now, err
	}
	if now, err = a.CheckEdit(actor, was, in); err != nil {
		return was, now, err
	}
	now.Version = read.Version
	c, err := a.saveVendor(ctx, tx, "vendor.edit", was, &now)
	if err != nil {
		return was, now, err
	}
	return was, now, tx.Audit(ctx, actor, c)
}

// Untouched returns a vendor of the office if it stands in the version in which it was
// left, and if it may be removed, whether nothing hangs on it. It is a Conflict if not.
func (a *Service) Untouched(ctx context.Context, tx *store.Tx, actor registry.Actor, left registry.Vendor, removed bool) (registry.Vendor, error) {
	v, err := a.officeVendorFor(ctx, tx, actor, registry.ManageVendors, left.ID)
	if err != nil {
		return v, err
	}
	held := false
	if removed {
		held, err = intake.VendorHeld(ctx, tx, v.ID)
	}
	if err == nil && (held || v.Version != left.Version) {
		err = registry.E(registry.Conflict, "error.stale")
	}
	return v, err
}

// RemoveListed removes a vendor that a list registered, within a transaction, if it is
// Untouched.
func (a *Service) RemoveListed(ctx context.Context, tx *store.Tx, actor registry.Actor, left registry.Vendor) error {
	v, err := a.Untouched(ctx, tx, actor, left, true)
	if err != nil {
		return err
	}
	if err := intake.DeleteVendor(ctx, tx, v); err != nil {
		return err
	}
	return tx.Audit(ctx, actor, vendorChange("vendor.remove", v, a.Areas.Scope(v.Area), Fields.Quoted("vendor", v)))
}

// RestoreListed gives a vendor that a list changed the fields that it had before, within
// a transaction, if it is Untouched.
func (a *Service) RestoreListed(ctx context.Context, tx *store.Tx, actor registry.Actor, left, before registry.Vendor) error {
	v, err := a.Untouched(ctx, tx, actor, left, false)
	if err != nil {
		return err
	}
	if !actor.Can(registry.ManageVendors, a.Areas.Scope(before.Area)) {
		return registry.E(registry.Forbidden, "error.forbidden")
	}
	now := Fields.Taken(v, before)
	c, err := a.saveVendor(ctx, tx, "vendor.restore", v, &now)
	if err != nil {
		return err
	}
	return tx.Audit(ctx, actor, c)
}
