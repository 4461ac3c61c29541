package booths

import (
	"context"
	"slices"
	"time"

	"hoicho/internal/app/events"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// UndoFor is how long an officer may take back a decision of its own.
const UndoFor = 10 * time.Minute

// Decided is a decision that an officer has just taken.
type Decided struct {
	registry.Application
	Vendor    string        // name
	UndoUntil int64         // unix ms; 0: it cannot be undone
	Effect    events.Effect // who would have to be told of the undoing
}

// Decided returns the decision on an application, for who may decide on it. It is
// NotFound for anybody else, as while nothing has been decided.
func (a *Service) Decided(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (d Decided, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, err := subjectOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := a.mayReview(actor, s.app, s.event); err != nil {
			return err
		}
		if !slices.Contains(decided, s.app.State) {
			return registry.E(registry.NotFound, "error.not_found")
		}
		d.Application, d.Vendor = s.app, s.vendor
		if undoFault(ctx, tx, actor, s.app, s.event) == nil {
			d.UndoUntil = s.app.DecidedAt + UndoFor.Milliseconds()
		}
		d.Effect, err = a.willReach(ctx, tx, id)
		return err
	})
	return d, err
}

// UndoDecision takes back what the actor has just decided on an application of the
// queue: it waits again at its turn, with nothing promised. What the vendor has been
// told cannot be taken back, so it is told that this no longer holds; a new vendor stays
// visible to the public. It is a Conflict after UndoFor, for a decision of somebody
// else, for one on an application that did not wait in the queue, and once anybody has
// gone on from it: the vendor with an answer, the office with a booth, the waiting list
// with an offer.
func (a *Service) UndoDecision(ctx context.Context, actor registry.Actor, id registry.ApplicationID, version int64) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, e, err := a.lockApplication(ctx, tx, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := a.mayReview(actor, app, e); err != nil {
			return registry.Change{}, err
		}
		if app.Version != version {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		if err := undoFault(ctx, tx, actor, app, e); err != nil {
			return registry.Change{}, err
		}
		story, err := tx.ApplicationNotes(ctx, id, false)
		if err != nil {
			return registry.Change{}, err
		}
		from, before := app.State, stepBefore(story)
		change := a.applicationChange("application.undo", app, e, fact.Moved("state", fact.ApplicationState, from, registry.AppSubmitted))
		app.State, app.Granted, app.Reason, app.DecidedAt, app.DecidedBy, app.WaitSince = registry.AppSubmitted, 0, "", 0, "", 0
		app.Asks = before.Asks
		if err := tx.SaveApplication(ctx, app, from); err != nil {
			return registry.Change{}, err
		}
		note := registry.ApplicationNote{Application: id, AuthorID: actor.Account, Author: actor.Name, State: registry.AppSubmitted, Asks: app.Asks}
		if err := tx.InsertApplicationNote(ctx, note); err != nil {
			return registry.Change{}, err
		}
		return change, a.tellTurn(ctx, tx, app, turn{actor: actor, event: e, to: registry.AppSubmitted, notice: "undone"})
	})
}

// undoFault says why a decision cannot be undone by the actor now.
func undoFault(ctx context.Context, tx *store.Tx, actor registry.Actor, app registry.Application, e registry.Event) error {
	moved := registry.E(registry.Conflict, "review.error.undo_moved")
	switch {
	case !slices.Contains(decided, app.State) || app.UpdatedAt != app.DecidedAt:
		return moved
	case app.DecidedBy != actor.Account:
		return registry.E(registry.Conflict, "review.error.undo_other")
	case tx.NowMS() > app.DecidedAt+UndoFor.Milliseconds():
		return registry.E(registry.Conflict, "review.error.undo_late", int(UndoFor.Minutes()))
	}
	if err := givesBooths(e); err != nil {
		return err
	}
	booths, err := tx.BoothsOf(ctx, app.ID)
	if err != nil {
		return err
	}
	story, err := tx.ApplicationNotes(ctx, app.ID, false)
	if err != nil {
		return err
	}
	if len(booths) > 0 || stepBefore(story).State != registry.AppSubmitted {
		return moved
	}
	return nil
}

// stepBefore is the step of an application's story before the last one, none if there is
// none.
func stepBefore(story []registry.ApplicationNote) (before registry.ApplicationNote) {
	var last registry.ApplicationNote
	for _, n := range story {
		if n.State != "" {
			before, last = last, n
		}
	}
	return before
}
