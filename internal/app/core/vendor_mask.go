package core

import (
	"strings"

	"hoicho/internal/registry"
)

// MaskVendor hides personal data of a vendor from an officer who may not see it.
func (a *Core) MaskVendor(actor registry.Actor, v registry.Vendor) registry.Vendor {
	if actor.Owns(v.ID) || actor.Can(registry.ViewPersonal, a.Areas.Scope(v.Area)) {
		return v
	}
	v.Representative, v.Email = "", ""
	if n := len(v.Phone); n > 3 && !v.PhonePublic {
		v.Phone = strings.Repeat("*", n-3) + v.Phone[n-3:]
	}
	return v
}
