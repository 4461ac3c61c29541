package booths

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// BatchRef tells a batch of the actor's from the others: what was decided, and when it began
// and ended, unix ms.
type BatchRef struct {
	To          registry.ApplicationState
	From, Until int64
}

// UndoUntil is until when a batch may be taken back, unix ms: as long as its first decision.
func (r BatchRef) UndoUntil() int64 { return r.From + UndoFor.Milliseconds() }

// UndoEffect tells what undoing a batch of the actor's would do now: on which applications,
// who would have to be told that what they were told no longer holds, and which are left for
// what reason. The actor decides on applications somewhere, else it is NotFound.
func (a *Service) UndoEffect(ctx context.Context, actor registry.Actor, ref BatchRef) (x BatchEffect, err error) {
	if !actor.CanSomewhere(registry.ReviewApplications) {
		return x, registry.E(registry.NotFound, "error.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		x = BatchEffect{BatchDone: BatchDone{Ref: ref}} // the transaction may run again
		ids, err := tx.SteppedBy(ctx, actor.Account, ref.To, ref.From, ref.Until)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := a.tryUndo(ctx, tx, actor, id, &x); err != nil {
				return err
			}
		}
		return nil
	})
	return x, err
}

// tryUndo counts an application of a batch: as one to be taken back, or as left with why.
func (a *Service) tryUndo(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.ApplicationID, x *BatchEffect) error {
	s, err := subjectOf(ctx, tx, id)
	if err != nil {
		return err
	}
	c := Choice{ID: id, Version: s.app.Version}
	fault := a.mayReview(actor, s.app, s.event)
	if fault == nil {
		fault = undoFault(ctx, tx, actor, s.app, s.event)
	}
	if fault != nil {
		return x.leave(Left{c, s.app.Number, s.vendor, fault})
	}
	told, err := a.willReach(ctx, tx, id)
	x.Rows, x.Done = append(x.Rows, c), x.Done+1
	x.Booths += s.app.Granted
	x.Told.Letters, x.Told.Calls = x.Told.Letters+told.Letters, x.Told.Calls+told.Calls
	return err
}

// UndoMany takes back decisions of the actor's one by one, as UndoDecision does, and says how
// many were and which were left.
func (a *Service) UndoMany(ctx context.Context, actor registry.Actor, choices []Choice) (BatchDone, error) {
	return a.oneByOne(ctx, actor, choices, func(c Choice, _ registry.Application) error {
		return a.UndoDecision(ctx, actor, c.ID, c.Version)
	})
}
