package tips

import (
	"context"
	"slices"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// readJoins reads the tips that go the way of one, and those that it may be joined to: about
// the same stall, vendor or event, that go their own way.
func (f *TipFile) readJoins(ctx context.Context, tx *store.Tx, actor registry.Actor) (err error) {
	mine := registry.TipFilter{Limit: alikeMost}
	if codes, all := actor.Reach(registry.ManageTips); !all {
		mine.Areas = codes
	}
	if f.JoinedN > 0 {
		of := mine
		of.Join, of.Lead = registry.TipsJoined, f.ID
		if f.Joined, _, err = tx.Tips(ctx, of); err != nil {
			return err
		}
	}
	if f.Lead != "" || f.JoinedN > 0 || f.State == registry.TipClosed {
		return nil
	}
	mine.Event, mine.Vendor = f.Event, f.Vendor
	f.Alike, _, err = tx.Tips(ctx, mine)
	f.Alike = slices.DeleteFunc(f.Alike, func(t registry.TipRow) bool { return t.ID == f.ID })
	return err
}

// alikeMost is how many tips are offered to be joined to.
const alikeMost = 30

// JoinTip joins a tip to another one about the same thing: from then on it goes the way of that
// one, and whoever follows it reads that one's outcome. The actor needs ManageTips at both.
// Conflict for a tip that is closed or that others are joined to, for a lead that is joined
// itself, and where another officer was quicker.
func (a *Service) JoinTip(ctx context.Context, actor registry.Actor, id, lead registry.TipID, version int64) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		t, scope, err := tipFor(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		other, _, err := tipFor(ctx, tx, actor, lead)
		switch {
		case registry.KindOf(err) == registry.NotFound:
			return none, registry.Faults{registry.At("lead", "tip.error.lead")}
		case err != nil:
			return none, err
		case t.Version != version:
			return none, registry.E(registry.Conflict, "error.tip.moved")
		case t.JoinedN > 0:
			return none, registry.E(registry.Conflict, "tip.error.leads", t.JoinedN)
		case t.Lead != "" || t.State == registry.TipClosed || other.Lead != "" || id == lead:
			return none, registry.E(registry.Conflict, "tip.error.lead")
		}
		step := registry.TipStep{Act: registry.TipJoined, By: actor.Name, State: t.State}
		if err := tx.StepTip(ctx, &t.Tip, step, actor.Account); err != nil {
			return none, err
		}
		if err := tx.LeadTip(ctx, id, lead); err != nil {
			return none, err
		}
		return registry.Change{Action: "tip.join", Object: "tip", ID: string(id), Scope: scope, Detail: fact.Facts{fact.Ref("tip.lead", "tip", lead)}}, nil
	})
}

// SplitTip lets a tip that was joined to another go its own way again, from where it stood.
// The actor needs ManageTips there. Conflict where it is not joined, or another officer was
// quicker.
func (a *Service) SplitTip(ctx context.Context, actor registry.Actor, id registry.TipID, version int64) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		t, scope, err := tipFor(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		if t.Version != version || t.Lead == "" {
			return none, registry.E(registry.Conflict, "error.tip.moved")
		}
		was := t.Lead
		step := registry.TipStep{Act: registry.TipSplit, By: actor.Name, State: t.State}
		if err := tx.StepTip(ctx, &t.Tip, step, actor.Account); err != nil {
			return none, err
		}
		if err := tx.LeadTip(ctx, id, ""); err != nil {
			return none, err
		}
		return registry.Change{Action: "tip.split", Object: "tip", ID: string(id), Scope: scope, Detail: fact.Facts{fact.Ref("tip.lead", "tip", was)}}, nil
	})
}
