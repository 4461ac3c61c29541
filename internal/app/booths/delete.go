package booths

import (
	"context"
	"errors"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// DeleteBooths removes free or blocked booths of an event, all of them or none.
// It is a Conflict if somebody has one of them, or if they were promised, as in
// BlockBooth, and once the event is over or called off.
func (a *Service) DeleteBooths(ctx context.Context, actor registry.Actor, event registry.EventID, ids []registry.BoothID) error {
	if len(ids) == 0 {
		return registry.At("booths", "error.booth.choose")
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.lockPlan(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		was, err := tx.Places(ctx, event)
		if err != nil {
			return registry.Change{}, err
		}
		codes, err := deleteBooths(ctx, tx, event, ids)
		if err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "booth.delete", Object: "event", ID: string(event), Scope: a.Areas.Scope(e.Area), Detail: fact.Facts{fact.List("codes", fact.Text, codes...)}},
			promisesKept(ctx, tx, event, was)
	})
}

// deleteBooths removes booths and returns their codes.
func deleteBooths(ctx context.Context, tx *store.Tx, event registry.EventID, ids []registry.BoothID) (codes []string, err error) {
	for _, id := range ids {
		b, err := tx.Booth(ctx, event, id)
		if err != nil {
			return nil, err
		}
		codes = append(codes, b.Code)
	}
	if err := keptForDraw(ctx, tx, event, codes...); err != nil {
		return nil, err
	}
	for i, id := range ids {
		err := tx.DeleteBooth(ctx, event, id)
		if e, ok := errors.AsType[*registry.Error](err); ok { // it says which booth
			err = registry.E(e.Kind, e.Key, codes[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return codes, nil
}
