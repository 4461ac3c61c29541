package events

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// DeleteEffect is what removing an event touches, and why it is refused.
type DeleteEffect struct {
	Event registry.Event
	registry.EventRemains
	Refused error // nil: it can be removed
}

// DeleteEffect tells what removing an event would touch. It needs ManageEvents in
// its area.
func (a *Service) DeleteEffect(ctx context.Context, actor registry.Actor, id registry.EventID) (x DeleteEffect, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if x.Event, err = a.EventFor(ctx, tx, actor, registry.ManageEvents, id); err != nil {
			return err
		}
		x.EventRemains, err = tx.EventRemains(ctx, id)
		x.Refused = mayDelete(x.Event, x.EventRemains)
		return err
	})
	return x, err
}

// DeleteEvent removes an event for good: one that the public never knew and on which
// nothing of vendors or visitors hangs. Its line in the audit log stays. It is a
// Conflict for any other, and for an old version.
func (a *Service) DeleteEvent(ctx context.Context, actor registry.Actor, id registry.EventID, version int64) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.EventFor(ctx, tx, actor, registry.ManageEvents, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.LockPlaces(ctx, id); err != nil {
			return registry.Change{}, err
		}
		remains, err := tx.EventRemains(ctx, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := mayDelete(e, remains); err != nil {
			return registry.Change{}, err
		}
		e.Version = version
		gone := fact.Facts{fact.Said("title", e.Title), fact.Count("booths", remains.Booths), fact.Count("gates_n", remains.Gates), fact.Count("passes", remains.Passes)}
		return EventChange("event.delete", &e, a.Areas.Scope(e.Area), gone), tx.DeleteEvent(ctx, e)
	})
}

// mayDelete says why an event stays.
func mayDelete(e registry.Event, r registry.EventRemains) error {
	switch {
	case e.PublishedAt > 0:
		return registry.E(registry.Conflict, "event.fault.was_public", core.ShowInstant(e.PublishedAt))
	case r.Applications > 0:
		return registry.E(registry.Conflict, "event.fault.has_applications", r.Applications)
	case r.Held > 0:
		return registry.E(registry.Conflict, "event.fault.held")
	}
	return nil
}
