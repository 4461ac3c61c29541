package booths

import (
	"cmp"
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// turn is a step of an application: who takes it and what the vendor is told.
type turn struct {
	actor  registry.Actor
	event  registry.Event
	to     registry.ApplicationState
	reason string // told to the vendor
	notice string // of the message if it is not the state's own

	lacking []registry.Finding // papers that an approval does without
	answer  string             // what a vendor says as it sends again
	asks    []registry.Asked   // what the vendor is to mend or add, where it is asked for more
}

// decided are the states that a decision of the office leads to.
var decided = []registry.ApplicationState{registry.AppNeedsInfo, registry.AppApproved, registry.AppWaitlisted, registry.AppDeclined}

// step moves an application to another state, adds it to its story and tells its
// vendor. A new vendor whose goods an officer let in or put on the waiting list is
// shown to the public from then on. It is a Conflict if there is no such step from its state, or somebody
// came first.
func (a *Service) step(ctx context.Context, tx *store.Tx, app registry.Application, t turn) error {
	from := app.State
	if !from.CanBecome(t.to) {
		return registry.E(registry.Conflict, "error.application.step")
	}
	back := from == registry.AppApproved && t.to == registry.AppSubmitted
	if err := mayCome(ctx, tx, app.Vendor, t.to); err != nil && !back {
		return err
	}
	app.State, app.Reason = t.to, t.reason
	switch {
	case back: // it keeps its turn in the queue
		app.DecidedAt, app.DecidedBy = 0, ""
	case t.to == registry.AppSubmitted:
		app.SubmittedAt = tx.NowMS()
	case slices.Contains(decided, t.to):
		app.DecidedAt, app.DecidedBy = tx.NowMS(), t.actor.Account
	}
	if t.to == registry.AppNeedsInfo {
		app.Asks = t.asks
	}
	if t.to == registry.AppWaitlisted {
		app.WaitSince = tx.NowMS()
	}
	if t.to != registry.AppOffered {
		app.OfferUntil = 0
	}
	if t.to != registry.AppOffered && t.to != registry.AppApproved {
		app.Granted = 0
	}
	if err := tx.SaveApplication(ctx, app, from); err != nil {
		return err
	}
	if t.to == registry.AppApproved || t.to == registry.AppWaitlisted {
		if err := tx.PublishVendor(ctx, app.Vendor); err != nil {
			return err
		}
	}
	note := registry.ApplicationNote{Application: app.ID, AuthorID: t.actor.Account, Author: t.actor.Name, State: t.to, Text: cmp.Or(t.reason, t.answer),
		Asks: app.Asks}
	if err := tx.InsertApplicationNote(ctx, note); err != nil {
		return err
	}
	if from == registry.AppDraft && t.to == registry.AppWithdrawn {
		return nil // nobody but the vendor knew of it
	}
	return a.tellTurn(ctx, tx, app, t)
}

// mayCome keeps blocked vendors from being let in.
func mayCome(ctx context.Context, tx *store.Tx, vendor registry.VendorID, to registry.ApplicationState) error {
	if to != registry.AppSubmitted && to != registry.AppApproved {
		return nil
	}
	v, err := tx.Vendor(ctx, vendor)
	if err == nil && v.State == registry.VendorBlocked {
		return registry.E(registry.Conflict, "error.application.vendor_blocked")
	}
	return err
}

// leave is a step that gives back what an application was promised: its booths go
// free and the place is offered to who waits longest.
func (a *Service) leave(ctx context.Context, tx *store.Tx, app registry.Application, t turn) error {
	if err := a.step(ctx, tx, app, t); err != nil {
		return err
	}
	if err := a.releaseAll(ctx, tx, app.ID); err != nil {
		return err
	}
	return a.offerToOthers(ctx, tx, t.event, app.Granted, app.ID)
}

// lockApplication reads an application and its event once all who decide on
// places of the event have gone before.
func (a *Service) lockApplication(ctx context.Context, tx *store.Tx, id registry.ApplicationID) (app registry.Application, e registry.Event, err error) {
	if app, err = tx.Application(ctx, id); err != nil {
		return app, e, err
	}
	if err = tx.LockPlaces(ctx, app.Event); err != nil {
		return app, e, err
	}
	if app, err = tx.Application(ctx, id); err != nil {
		return app, e, err
	}
	e, err = tx.Event(ctx, app.Event)
	return app, e, err
}

// Decision is what an officer decides about an application.
type Decision struct {
	Version int64  // of the application as it was shown
	Granted int    // booths granted, for an approval
	Reason  string // told to the vendor; needed to decline, and to ask for more where nothing is named

	Asks  []string // keys of what is asked for, as registry.Asked.Key writes them
	Found bool     // ask for what the program found lacking too
}

// decide runs a decision of an officer with ReviewApplications in the area of the
// event, and writes one audit line. A draft is NotFound: it is the vendor's alone.
// It is a Conflict if the application has changed since it was shown, or once the
// event is over.
func (a *Service) decide(ctx context.Context, actor registry.Actor, id registry.ApplicationID, d Decision, fn func(*store.Tx, registry.Application, turn) (turn, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, e, err := a.lockApplication(ctx, tx, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := a.mayReview(actor, app, e); err != nil {
			return registry.Change{}, err
		}
		if app.Version != d.Version {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		if err := givesBooths(e); err != nil {
			return registry.Change{}, err
		}
		t, err := fn(tx, app, turn{actor: actor, event: e, reason: d.Reason})
		return a.applicationChange("application."+string(t.to), app, e, decisionFacts(t, d)...), err
	})
}

// decisionFacts are what the audit log keeps of a decision.
func decisionFacts(t turn, d Decision) fact.Facts {
	facts := fact.Facts{fact.Said("reason", t.reason), fact.List("lacking", fact.Finding, named(t.lacking)...),
		fact.List("named", fact.Asked, askedFacts(t.asks)...)}
	if d.Granted > 0 {
		facts = append(facts, fact.Count("granted", d.Granted))
	}
	return facts
}

// mayReview checks the right to decide on an application.
func (a *Service) mayReview(actor registry.Actor, app registry.Application, e registry.Event) error {
	scope := a.Areas.Scope(e.Area)
	switch {
	case app.State == registry.AppDraft && !app.OnPaper || !actor.Can(registry.ViewOffice, scope):
		return registry.E(registry.NotFound, "error.not_found")
	case !actor.Can(registry.ReviewApplications, scope):
		return registry.E(registry.Forbidden, "error.forbidden")
	}
	return nil
}

// withReason cleans the reason of a decision; needed ones may not be empty.
func (d Decision) withReason(needed bool) (Decision, error) {
	in := core.Input{}
	d.Reason = in.Text("reason", d.Reason, maxReasonRunes)
	if needed {
		in.Faults.Check(d.Reason != "", "reason", "error.application.reason")
	}
	return d, in.Faults.Err()
}

// AskForMore sends an application back to its vendor with what it is to mend or add: things
// by name, words, or both. It is Invalid at ask if one of them is unknown or not of this
// application, and at reason if nothing is asked for.
func (a *Service) AskForMore(ctx context.Context, actor registry.Actor, id registry.ApplicationID, d Decision) error {
	d, fault := d.withReason(false)
	return a.decide(ctx, actor, id, d, func(tx *store.Tx, app registry.Application, t turn) (turn, error) {
		t.to = registry.AppNeedsInfo
		if fault != nil {
			return t, fault
		}
		g, err := groundsOf(ctx, tx, app, t.event)
		if err != nil {
			return t, err
		}
		if t.asks, err = g.asked(d); err != nil {
			return t, err
		}
		return t, a.step(ctx, tx, app, t)
	})
}

// DeclineApplication turns an application down with a reason. One that was
// approved loses its booths; the place is offered to who waits longest.
func (a *Service) DeclineApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID, d Decision) error {
	d, fault := d.withReason(true)
	return a.decide(ctx, actor, id, d, func(tx *store.Tx, app registry.Application, t turn) (turn, error) {
		t.to = registry.AppDeclined
		if fault != nil {
			return t, fault
		}
		return t, a.leave(ctx, tx, app, t)
	})
}

// WaitlistApplication puts an application on the waiting list of its event. What it
// was offered goes to the next in line. It is offered a place when one goes free;
// places that the organiser keeps back are not
// offered by themselves.
func (a *Service) WaitlistApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID, d Decision) error {
	d, fault := d.withReason(false)
	return a.decide(ctx, actor, id, d, func(tx *store.Tx, app registry.Application, t turn) (turn, error) {
		t.to = registry.AppWaitlisted
		if fault != nil {
			return t, fault
		}
		return t, a.leave(ctx, tx, app, t)
	})
}

// ApproveApplication promises booths to an application. *LackingPapers, an Invalid
// error at reason, if a paper that the law asks for is missing or lapses and no
// reason says why it is let in all the same; that reason goes into the story, the
// audit log and the notice. It is a Conflict if the event has booths but not that
// many left; before the booths are laid out any number may be approved.
func (a *Service) ApproveApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID, d Decision) error {
	d, fault := d.withReason(false)
	return a.decide(ctx, actor, id, d, func(tx *store.Tx, app registry.Application, t turn) (turn, error) {
		t.to = registry.AppApproved
		if fault != nil {
			return t, fault
		}
		if d.Granted < 1 || d.Granted > app.Booths {
			return t, registry.At("granted", "error.application.granted", app.Booths)
		}
		if err := fits(ctx, tx, app, d.Granted); err != nil {
			return t, err
		}
		lacking, err := FindLacking(ctx, tx, app, t.event)
		if err != nil {
			return t, err
		}
		if t = t.despite(lacking); len(lacking) > 0 && t.reason == "" {
			return t, &LackingPapers{Findings: lacking}
		}
		app.Granted = d.Granted
		return t, a.step(ctx, tx, app, t)
	})
}

// fits refuses to promise more booths than are left.
func fits(ctx context.Context, tx *store.Tx, app registry.Application, granted int) error {
	places, err := tx.Places(ctx, app.Event)
	if err != nil || places.Booths == 0 {
		return err
	}
	left := places.Left()
	if app.State == registry.AppOffered {
		left += app.Granted // what it was offered is its own
	}
	if left < granted {
		return registry.E(registry.Conflict, "error.application.no_place", max(left, 0))
	}
	return nil
}

// NoteApplication adds a remark that only the office reads.
func (a *Service) NoteApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID, text string) error {
	in := core.Input{}
	text = in.Text("note", text, maxNoteRunes)
	in.Faults.Check(text != "", "note", "error.required")
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, e, err := a.lockApplication(ctx, tx, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := a.mayReview(actor, app, e); err != nil {
			return registry.Change{}, err
		}
		if err := in.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		note := registry.ApplicationNote{Application: id, AuthorID: actor.Account, Author: actor.Name, Internal: true, Text: text}
		return a.applicationChange("application.note", app, e), tx.InsertApplicationNote(ctx, note)
	})
}
