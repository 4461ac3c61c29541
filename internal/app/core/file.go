package core

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// File returns a stored file that the actor may read: a public one, one of a
// vendor it is a member of, or one of a vendor or event of its area. Any other is
// NotFound. Whoever reviews applications to an event reads the papers of those who
// applied, wherever they come from. A photo comes in the size asked for.
func (a *Core) File(ctx context.Context, actor registry.Actor, id registry.FileID, size registry.PhotoSize) (registry.File, error) {
	var f registry.File
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f, err = tx.File(ctx, id, size); err != nil || f.Public {
			return err
		}
		area, err := tx.FileArea(ctx, f)
		if err != nil {
			return err
		}
		if a.mayReadFile(actor, f, area) {
			return nil
		}
		return reviewsApplicant(ctx, tx, actor, f.Owner)
	})
	if err != nil {
		return registry.File{}, err
	}
	return f, nil
}

func (a *Core) mayReadFile(actor registry.Actor, f registry.File, area registry.AreaRef) bool {
	if f.Owner != "" && actor.Owns(f.Owner) {
		return true
	}
	scope := a.Areas.Scope(area)
	if f.Event != "" {
		return actor.Can(registry.ManagePasses, scope) || actor.Can(registry.ManageEvents, scope)
	}
	return f.Owner != "" && (actor.Can(registry.ManageVendors, scope) || actor.Can(registry.ReviewEvidence, scope) ||
		actor.Can(registry.ReviewApplications, scope))
}

// reviewsApplicant is NotFound unless the actor reviews applications in an area to
// an event of which the vendor has applied.
func reviewsApplicant(ctx context.Context, tx *store.Tx, actor registry.Actor, vendor registry.VendorID) error {
	codes, all := actor.Reach(registry.ReviewApplications)
	if vendor == "" || len(codes) == 0 && !all {
		return registry.E(registry.NotFound, "error.not_found")
	}
	applied, err := tx.HasApplied(ctx, vendor, codes)
	if err == nil && !applied && !all {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	return err
}
