package procurement

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// GoodsGroups returns all groups of goods, those retired too. NotFound for whoever manages
// no plan.
func (a *Service) GoodsGroups(ctx context.Context, actor registry.Actor) (all []committee.GoodsGroup, err error) {
	if !actor.CanSomewhere(registry.ManagePlan) {
		return nil, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.GoodsGroups(ctx)
		return err
	})
	return all, err
}

// AddGoodsGroup adds a group of goods that is offered to everybody. The actor has to manage
// a plan, else it is NotFound. Invalid at "name"; Conflict for a name that there is.
func (a *Service) AddGoodsGroup(ctx context.Context, actor registry.Actor, name string) error {
	if _, err := a.GoodsGroups(ctx, actor); err != nil {
		return err
	}
	r := core.Input{}
	g := committee.GoodsGroup{Name: r.Needed("name", name, committee.MaxGoodsGroupName)}
	if err := r.Faults.Err(); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		all, err := tx.GoodsGroups(ctx)
		if err != nil {
			return none, err
		}
		if len(all)-len(committee.GoodsGroups) >= committee.MaxOwnGoodsGroups {
			return none, registry.E(registry.Conflict, "goods_group.error.many", committee.MaxOwnGoodsGroups)
		}
		err = tx.InsertGoodsGroup(ctx, &g, actor.Account)
		return groupChange("goods_group.add", g), err
	})
}

// RetireGoodsGroup ends that a group of one's own is offered, or takes it up again: what was
// reported with it stays. The actor has to manage a plan, else it is NotFound, as is a group
// built in.
func (a *Service) RetireGoodsGroup(ctx context.Context, actor registry.Actor, id committee.GoodsGroupID, retired bool) error {
	all, err := a.GoodsGroups(ctx, actor)
	if err != nil {
		return err
	}
	g, ok := committee.GoodsGroupByID(all, id)
	if !ok || g.BuiltIn() {
		return core.ErrHidden()
	}
	action := "goods_group.take_up"
	if retired {
		action = "goods_group.retire"
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return groupChange(action, g), tx.RetireGoodsGroup(ctx, id, retired)
	})
}

func groupChange(action string, g committee.GoodsGroup) registry.Change {
	return registry.Change{Action: action, Object: "goods_group", ID: string(g.ID), Detail: fact.Facts{fact.Said("goods_group.name", g.Name)}}
}

// groupFact names the group: one built in by its code, one of one's own by its name.
func groupFact(id committee.GoodsGroupID, all []committee.GoodsGroup) fact.Fact {
	g, ok := committee.GoodsGroupByID(all, id)
	if !ok || g.BuiltIn() {
		return fact.Code("procurement.group", fact.GoodsGroup, id)
	}
	return fact.Said("procurement.group", g.Name)
}
