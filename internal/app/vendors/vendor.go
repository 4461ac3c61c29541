package vendors

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Limits of what one person and one vendor may pile up.
const (
	maxVendorsOf  = 10 // vendors that an account acts for
	maxMembersOf  = 20
	maxProductsOf = 200
	maxPapersOf   = 500 // replaced ones count, because they are kept
)

// Lengths in runes of what is typed in.
const (
	maxLine   = 120
	maxReason = 500
)

// checkCommune reads a commune of today.
func (a *Service) checkCommune(f *registry.Faults, text string) registry.AreaRef {
	if text == "" {
		f.Add("area", "error.required")
		return registry.AreaRef{}
	}
	area, err := a.Areas.Find(text)
	_, today := a.Areas.At(area.Ref, a.Today())
	if err != nil || !area.Ref.IsCommune() || !today {
		f.Add("area", "error.vendor.area")
	}
	return area.Ref
}

// CreateVendor registers a vendor whose owner is the actor. The public sees it once
// an officer does: see PublishVendor. It is a Conflict at
// tax_code if another vendor has the code.
func (a *Service) CreateVendor(ctx context.Context, actor registry.Actor, in VendorInput) (registry.Vendor, error) {
	if actor.Account == "" {
		return registry.Vendor{}, registry.E(registry.Unauthenticated, "error.sign_in_first")
	}
	v := registry.Vendor{State: registry.VendorNew, CreatedBy: actor.Account}
	if err := a.checkVendor(in, &v); err != nil {
		return v, err
	}
	err := a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		n, err := tx.CountMemberships(ctx, actor.Account)
		if err != nil {
			return registry.Change{}, err
		}
		if n >= maxVendorsOf {
			return registry.Change{}, registry.E(registry.Conflict, "error.vendor.too_many", maxVendorsOf)
		}
		c, err := a.insertVendor(ctx, tx, &v)
		if err != nil {
			return c, err
		}
		return c, tx.InsertMember(ctx, v.ID, actor.Account, registry.Owner, actor.Account)
	})
	return v, err
}

// RegisterVendor registers a vendor on its behalf, from a paper form; the public
// sees it at once. It needs
// ManageVendors in the vendor's area and makes nobody a member: a join code hands
// the vendor over later.
func (a *Service) RegisterVendor(ctx context.Context, actor registry.Actor, in VendorInput) (registry.Vendor, error) {
	v, err := a.CheckRegister(actor, in)
	if err != nil {
		return v, err
	}
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) { return a.insertVendor(ctx, tx, &v) })
	return v, err
}

// CheckRegister is the vendor that RegisterVendor would store, or all that is wrong.
func (a *Service) CheckRegister(actor registry.Actor, in VendorInput) (registry.Vendor, error) {
	v := registry.Vendor{State: registry.VendorActive, CreatedBy: actor.Account}
	if !actor.CanSomewhere(registry.ManageVendors) {
		return v, registry.E(registry.NotFound, "error.not_found")
	}
	if err := a.checkVendor(in, &v); err != nil {
		return v, err
	}
	if !actor.Can(registry.ManageVendors, a.Areas.Scope(v.Area)) {
		return v, registry.At("area", "error.vendor.outside")
	}
	return v, nil
}

func (a *Service) insertVendor(ctx context.Context, tx *store.Tx, v *registry.Vendor) (registry.Change, error) {
	scope := a.Areas.Scope(v.Area)
	if err := tx.InsertVendor(ctx, v, scope); err != nil {
		return registry.Change{}, err
	}
	return registry.Change{Action: "vendor.create", Object: "vendor", ID: string(v.ID), Scope: scope,
		Detail: Fields.Quoted("vendor", *v)}, nil
}

// EditVendor changes what the form of a vendor holds, as a member or as an officer
// with ManageVendors in its area. It is a Conflict if the vendor is no longer at
// the version that the form showed. An officer cannot move a vendor out of the
// area in which they hold the right.
func (a *Service) EditVendor(ctx context.Context, actor registry.Actor, id registry.VendorID, version int64, in VendorInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		old, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, id)
		if err != nil {
			return registry.Change{}, err
		}
		v, err := a.CheckEdit(actor, old, in)
		if err != nil {
			return registry.Change{}, err
		}
		v.Version = version
		return a.saveVendor(ctx, tx, "vendor.edit", old, &v)
	})
}

// CheckEdit is what EditVendor would make of a vendor that the actor may change, or all
// that is wrong.
func (a *Service) CheckEdit(actor registry.Actor, old registry.Vendor, in VendorInput) (registry.Vendor, error) {
	v := old
	if err := a.checkVendor(in, &v); err != nil {
		return v, err
	}
	if !actor.Owns(v.ID) && !actor.Can(registry.ManageVendors, a.Areas.Scope(v.Area)) {
		return v, registry.At("area", "error.vendor.outside")
	}
	return v, nil
}

// saveVendor stores a vendor that was changed; the audit log keeps in what.
func (a *Service) saveVendor(ctx context.Context, tx *store.Tx, action string, old registry.Vendor, v *registry.Vendor) (registry.Change, error) {
	scope := a.Areas.Scope(v.Area)
	return vendorChange(action, *v, scope, Fields.Difference("vendor", old, *v)), tx.SaveVendor(ctx, v, scope)
}

func vendorChange(action string, v registry.Vendor, scope registry.Scope, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "vendor", ID: string(v.ID), Scope: scope, Detail: facts}
}

// vendorFor reads a vendor for a use case that its members and officers with the
// right in its area may do. It is NotFound for everybody else, but Forbidden for
// an officer who sees the office of the area.
func (a *Service) vendorFor(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id registry.VendorID) (registry.Vendor, error) {
	if actor.Owns(id) {
		return tx.Vendor(ctx, id)
	}
	return a.officeVendorFor(ctx, tx, actor, right, id)
}

// Emptied reports whether a vendor is a household that was emptied with its owner.
func Emptied(v registry.Vendor) bool { return personal.Emptied(v.Name, v.StateReason) }

// officeVendorFor reads a vendor for a use case of the office alone. One that was emptied with its
// owner is not managed any more: a Conflict.
func (a *Service) officeVendorFor(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id registry.VendorID) (registry.Vendor, error) {
	v, err := tx.Vendor(ctx, id)
	if err != nil {
		return registry.Vendor{}, err
	}
	scope := a.Areas.Scope(v.Area)
	switch {
	case actor.Can(right, scope) && right == registry.ManageVendors && Emptied(v):
		return registry.Vendor{}, registry.E(registry.Conflict, "vendor.error.emptied")
	case actor.Can(right, scope):
		return v, nil
	case actor.Can(registry.ViewOffice, scope):
		return registry.Vendor{}, registry.E(registry.Forbidden, "error.forbidden")
	}
	return registry.Vendor{}, registry.E(registry.NotFound, "error.not_found")
}

// blockedWithVendor is why passes are blocked whose vendor is; they are valid again
// with it.
const blockedWithVendor = "vendor_blocked"

// BlockVendor takes a vendor out of the public pages, of new applications and of
// booths, and blocks its passes of events that are not over, with a reason that its
// members are told. It needs ManageVendors; a member of the
// vendor cannot judge it.
func (a *Service) BlockVendor(ctx context.Context, actor registry.Actor, id registry.VendorID, reason string) error {
	var read core.Input
	reason = read.Text("reason", reason, maxReason)
	read.Faults.Check(reason != "", "reason", "error.required")
	return a.judgeVendor(ctx, actor, id, func(v *registry.Vendor) (string, error) {
		if err := read.Faults.Err(); err != nil {
			return "", err
		}
		if v.State == registry.VendorBlocked {
			return "", registry.E(registry.Conflict, "error.stale")
		}
		v.State, v.StateReason = registry.VendorBlocked, reason
		return "block", nil
	})
}

// PublishVendor shows a new vendor to the public, which its first approved or
// waitlisted application does too. It needs ManageVendors, and is a Conflict if the
// vendor is not new.
func (a *Service) PublishVendor(ctx context.Context, actor registry.Actor, id registry.VendorID) error {
	return a.judgeVendor(ctx, actor, id, func(v *registry.Vendor) (string, error) {
		if v.State != registry.VendorNew {
			return "", registry.E(registry.Conflict, "error.stale")
		}
		v.State = registry.VendorActive
		return "publish", nil
	})
}

// UnblockVendor takes a block back. The passes that were blocked with the vendor
// are valid again.
func (a *Service) UnblockVendor(ctx context.Context, actor registry.Actor, id registry.VendorID) error {
	return a.judgeVendor(ctx, actor, id, func(v *registry.Vendor) (string, error) {
		if v.State != registry.VendorBlocked {
			return "", registry.E(registry.Conflict, "error.stale")
		}
		v.State, v.StateReason = registry.VendorActive, ""
		return "unblock", nil
	})
}

func (a *Service) judgeVendor(ctx context.Context, actor registry.Actor, id registry.VendorID, step func(*registry.Vendor) (string, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := a.officeVendorFor(ctx, tx, actor, registry.ManageVendors, id)
		if err != nil {
			return registry.Change{}, err
		}
		if actor.Owns(id) {
			return registry.Change{}, registry.E(registry.Forbidden, "error.vendor.own")
		}
		verb, err := step(&v)
		if err != nil {
			return registry.Change{}, err
		}
		scope := a.Areas.Scope(v.Area)
		if err := tx.SaveVendor(ctx, &v, scope); err != nil {
			return registry.Change{}, err
		}
		passes, err := a.judgePasses(ctx, tx, v)
		if err != nil {
			return registry.Change{}, err
		}
		return vendorChange("vendor."+verb, v, scope, fact.Facts{fact.Said("reason", v.StateReason), fact.Count("passes", passes)}),
			a.Tell(ctx, tx, core.News{Vendor: id, Topic: "vendor", Key: "vendor.mail." + verb,
				Args: []string{v.Name, v.StateReason, a.BaseURL + "/gian-hang/" + string(id)}})
	})
}

// judgePasses blocks the passes of a vendor that was blocked, or makes those valid
// that were blocked with it, and returns how many.
func (a *Service) judgePasses(ctx context.Context, tx *store.Tx, v registry.Vendor) (int64, error) {
	if v.State == registry.VendorBlocked {
		return tx.BlockVendorPasses(ctx, v.ID, a.Today(), blockedWithVendor)
	}
	return tx.UnblockVendorPasses(ctx, v.ID, blockedWithVendor)
}
