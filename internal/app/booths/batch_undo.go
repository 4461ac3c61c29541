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
	app, err := tx.Application(ctx, id)
	if err != nil {
		return err
	}
	e, err := tx.Event(ctx, app.Event)
	if err != nil {
		return err
	}
	v, err := tx.Vendor(ctx, app.Vendor)
	if err != nil {
		return err
	}
	c := Choice{ID: id, Version: app.Version}
	fault := a.mayReview(actor, app, e)
	if fault == nil {
		fault = undoFault(ctx, tx, actor, app, e)
	}
	switch registry.KindOf(fault) {
	case registry.None:
	case registry.Internal, registry.Unavailable:
		return fault
	default:
		x.Left = append(x.Left, Left{c, app.Number, v.Name, fault})
		return nil
	}
	told, err := a.willReach(ctx, tx, id)
	x.Rows, x.Done = append(x.Rows, c), x.Done+1
	x.Booths += app.Granted
	x.Told.Letters, x.Told.Calls = x.Told.Letters+told.Letters, x.Told.Calls+told.Calls
	return err
}

// UndoMany takes back decisions of the actor's one by one, as UndoDecision does, and says how
// many were and which were left.
func (a *Service) UndoMany(ctx context.Context, actor registry.Actor, choices []Choice) (done BatchDone, err error) {
	for _, c := range choices {
		app, vendor, err := a.chosen(ctx, actor, c.ID)
		if err == nil {
			err = a.UndoDecision(ctx, actor, c.ID, c.Version)
		}
		switch registry.KindOf(err) {
		case registry.None:
			done.Done++
		case registry.Internal, registry.Unavailable:
			return done, err
		default:
			done.Left = append(done.Left, Left{c, app.Number, vendor, err})
		}
	}
	return done, nil
}
