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

// EventEffect counts what a step of an event would touch. It needs ManageEvents in
// the event's area.
func (a *Service) EventEffect(ctx context.Context, actor registry.Actor, id registry.EventID) (x Effect, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.EventFor(ctx, tx, actor, registry.ManageEvents, id); err != nil {
			return err
		}
		live, err := tx.LiveApplications(ctx, id)
		if err != nil {
			return err
		}
		sent := slices.DeleteFunc(live, func(app registry.Application) bool { return app.State == registry.AppDraft })
		x.Applications = len(sent)
		if x.Passes, err = tx.CountPasses(ctx, registry.PassFilter{Event: id, State: registry.PassValid}); err != nil {
			return err
		}
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
