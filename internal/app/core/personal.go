package core

import "hoicho/internal/registry"

// SeesPersonal reports whether the actor may see what is personal of a vendor: as one
// of its members, or with ViewPersonal in its area.
func (a *Core) SeesPersonal(actor registry.Actor, v registry.Vendor) bool {
	return actor.Owns(v.ID) || actor.Can(registry.ViewPersonal, a.Areas.Scope(v.Area))
}
