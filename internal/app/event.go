package app

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Event returns an event that the actor may see: public ones are for everybody,
// drafts and plans for the office of their area. Anything else is NotFound.
func (a *App) Event(ctx context.Context, actor registry.Actor, id registry.EventID) (registry.Event, error) {
	return a.seenEvent(ctx, actor, func(tx *store.Tx) (registry.Event, error) { return tx.Event(ctx, id) })
}

// EventBySlug is Event by the address of its page.
func (a *App) EventBySlug(ctx context.Context, actor registry.Actor, slug string) (registry.Event, error) {
	return a.seenEvent(ctx, actor, func(tx *store.Tx) (registry.Event, error) { return tx.EventBySlug(ctx, slug) })
}

func (a *App) seenEvent(ctx context.Context, actor registry.Actor, find func(*store.Tx) (registry.Event, error)) (e registry.Event, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		e, err = find(tx)
		return err
	})
	if err == nil && !e.State.Public() && !actor.Can(registry.ViewOffice, a.Areas.Scope(e.Area)) {
		return registry.Event{}, registry.E(registry.NotFound, "error.not_found")
	}
	return e, err
}

// OfficeEvent returns an event for its office pages. It is NotFound for whoever
// does not see the office of its area, and Forbidden for who sees it but lacks
// the right.
func (a *App) OfficeEvent(ctx context.Context, actor registry.Actor, right registry.Right, id registry.EventID) (e registry.Event, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		e, err = a.eventFor(ctx, tx, actor, right, id)
		return err
	})
	return e, err
}

// eventFor reads an event for a use case that needs a right in its area. It is
// the first step of every change to what hangs on an event.
func (a *App) eventFor(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id registry.EventID) (registry.Event, error) {
	e, err := tx.Event(ctx, id)
	if err != nil {
		return registry.Event{}, err
	}
	scope := a.Areas.Scope(e.Area)
	switch {
	case actor.Can(right, scope):
		return e, nil
	case actor.Can(registry.ViewOffice, scope):
		return registry.Event{}, registry.E(registry.Forbidden, "error.forbidden")
	}
	return registry.Event{}, registry.E(registry.NotFound, "error.not_found")
}
