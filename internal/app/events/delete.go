package events

import (
	"cmp"
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
		x.EventRemains, x.Refused, err = remains(ctx, tx, x.Event)
		return err
	})
	return x, err
}

// DeleteEvent removes an event for good: one that the public never knew and on which
// nothing of vendors or visitors hangs. Its line in the audit log stays. It is a
// Conflict for any other, and for an old version.
func (a *Service) DeleteEvent(ctx context.Context, actor registry.Actor, id registry.EventID, version int64) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		e, err := a.EventFor(ctx, tx, actor, registry.ManageEvents, id)
		if err != nil {
			return err
		}
		e.Version = version
		return a.RemoveEvent(ctx, tx, actor, e)
	})
}

// RemoveEvent is DeleteEvent within a transaction, for who has read the event and may
// manage it.
func (a *Service) RemoveEvent(ctx context.Context, tx *store.Tx, actor registry.Actor, e registry.Event) error {
	if err := tx.LockPlaces(ctx, e.ID); err != nil {
		return err
	}
	left, refused, err := remains(ctx, tx, e)
	if err = cmp.Or(err, refused); err != nil {
		return err
	}
	gone := fact.Facts{fact.Said("title", e.Title), fact.Count("booths", left.Booths), fact.Count("gates_n", left.Gates), fact.Count("passes", left.Passes)}
	if err := tx.DeleteEvent(ctx, e); err != nil {
		return err
	}
	return tx.Audit(ctx, actor, EventChange("event.delete", &e, a.Areas.Scope(e.Area), gone))
}

// MayRemove says why an event stays; nil where RemoveEvent would remove it.
func (a *Service) MayRemove(ctx context.Context, tx *store.Tx, e registry.Event) (refused, err error) {
	_, refused, err = remains(ctx, tx, e)
	return refused, err
}

// remains counts what hangs on an event, and says why it stays.
func remains(ctx context.Context, tx *store.Tx, e registry.Event) (r registry.EventRemains, refused, err error) {
	copied, err := tx.CountSeriesFrom(ctx, e.ID)
	if err != nil {
		return r, nil, err
	}
	if r, err = tx.EventRemains(ctx, e.ID); err != nil {
		return r, nil, err
	}
	if copied > 0 {
		return r, registry.E(registry.Conflict, "planning.error.pattern", copied), nil
	}
	return r, mayDelete(e, r), nil
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
