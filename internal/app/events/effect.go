package events

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Effect is what a step of an event touches, for the question that comes before it.
type Effect struct {
	Applications int // that were sent and are not over
	Passes       int // valid ones
	Letters      int // vendors to whom a notice goes as a letter
	Calls        int // vendors who would have to be called
	Pushes       int // of Calls: vendors who get a notification on a phone too
}

// sentStates are those of applications that were sent and are not over.
var sentStates = slices.DeleteFunc(slices.Clone(registry.ApplicationStates), func(s registry.ApplicationState) bool {
	return s == registry.AppDraft || slices.Contains(registry.ApplicationsOver, s)
})

// EventEffect counts what a step of an event would touch. It needs ManageEvents in
// the event's area.
func (a *Service) EventEffect(ctx context.Context, actor registry.Actor, e registry.Event) (x Effect, err error) {
	if !actor.Can(registry.ManageEvents, a.Areas.Scope(e.Area)) {
		return x, registry.E(registry.Forbidden, "error.forbidden")
	}
	id := e.ID
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		n, err := tx.CountEach(ctx, registry.ApplicationFilter{Event: id, States: sentStates}, registry.PassFilter{Event: id, State: registry.PassValid})
		if err != nil {
			return err
		}
		x.Applications, x.Passes = n[0], n[1]
		x.Letters, x.Calls, err = tx.Reach(ctx, id)
		if a.NoMail {
			x.Letters, x.Calls = 0, x.Letters+x.Calls
		}
		if err == nil && a.PushOn() {
			x.Pushes, err = tx.ReachByPush(ctx, id, a.NoMail)
		}
		return err
	})
	return x, err
}
