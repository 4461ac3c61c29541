package tips

import (
	"context"
	"fmt"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// errTip is what whoever may not see a tip is told.
func errTip() error { return registry.E(registry.NotFound, "error.not_found") }

// mayTip reports whether an actor holds a right where a tip is dealt with. A tip
// that lies nowhere is for everybody who deals with tips, so that it is read.
func mayTip(actor registry.Actor, right registry.Right, scope registry.Scope) bool {
	if len(scope) == 0 {
		return actor.CanSomewhere(right)
	}
	return actor.Can(right, scope)
}

// tipFor reads a tip for the office. Whoever does not deal with tips there finds
// none.
func tipFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TipID) (t registry.TipRow, scope registry.Scope, err error) {
	if t, err = tx.Tip(ctx, id); err != nil {
		return t, nil, err
	}
	if scope, err = tx.TipScope(ctx, id); err != nil {
		return t, nil, err
	}
	if !mayTip(actor, registry.ManageTips, scope) {
		return registry.TipRow{}, nil, errTip()
	}
	return t, scope, nil
}

// TipDesk is a page of the office's list of tips, with how many there are of all.
type TipDesk struct {
	Rows []registry.TipRow
	More bool
	registry.TipCounts
}

// Tips lists the tips that the actor deals with, newest first. NotFound without
// ManageTips anywhere.
func (a *Service) Tips(ctx context.Context, actor registry.Actor, f registry.TipFilter) (d TipDesk, err error) {
	f, err = reached(actor, f)
	if err != nil {
		return d, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Rows, d.More, err = tx.Tips(ctx, f); err != nil {
			return err
		}
		d.TipCounts, err = a.countTips(ctx, tx, f)
		return err
	})
	return d, err
}

// Count counts the tips that the actor deals with, of one event or of all. Errors as of Tips.
func (a *Service) Count(ctx context.Context, actor registry.Actor, event registry.EventID) (n registry.TipCounts, err error) {
	f, err := reached(actor, registry.TipFilter{Event: event})
	if err != nil {
		return n, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		n, err = a.countTips(ctx, tx, f)
		return err
	})
	return n, err
}

// reached narrows a filter to where the actor deals with tips.
func reached(actor registry.Actor, f registry.TipFilter) (registry.TipFilter, error) {
	if !actor.CanSomewhere(registry.ManageTips) {
		return f, errTip()
	}
	codes, all := actor.Reach(registry.ManageTips)
	f.Areas = codes
	if all {
		f.Areas = nil
	}
	return f, nil
}

// countTips counts what the tabs of the list hold.
func (a *Service) countTips(ctx context.Context, tx *store.Tx, f registry.TipFilter) (registry.TipCounts, error) {
	all := registry.TipFilter{Event: f.Event, Areas: f.Areas, Join: registry.TipsAll}
	return tx.CountTips(ctx, all, registry.AddDays(a.Today(), registry.SlipSoonDays+1))
}

// TipFile is a tip as the office sees it.
type TipFile struct {
	registry.TipRow
	Steps      []registry.TipStep
	Slip       registry.TipSlip  // the zero one while it was not handed over
	Joined     []registry.TipRow // those that go its way
	Alike      []registry.TipRow // those that it may be joined to
	Placeable  []registry.Event  // events it may be tied to, for a tip that names none
	OpensNames bool              // the actor may open contacts
	OpensFile  bool              // the actor may open the file of the vendor
}

// Since lists the lines of its story that were added after a version: what a colleague did
// in the meantime.
func (f *TipFile) Since(version int64) (news []registry.TipStep) {
	for _, s := range f.Steps {
		if version > 0 && s.N > version {
			news = append(news, s)
		}
	}
	return news
}

// Tip returns a tip with its story. The actor needs ManageTips where it is dealt
// with; else it is NotFound.
func (a *Service) Tip(ctx context.Context, actor registry.Actor, id registry.TipID) (f TipFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		t, scope, err := tipFor(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		f.TipRow, f.OpensNames = t, mayTip(actor, registry.ViewPersonal, scope)
		if f.Steps, err = tx.TipSteps(ctx, id); err != nil {
			return err
		}
		if f.Slip, err = tx.TipSlip(ctx, id); err != nil {
			return err
		}
		if err := f.readJoins(ctx, tx, actor); err != nil {
			return err
		}
		if t.Vendor != "" {
			v, err := tx.Vendor(ctx, t.Vendor)
			if err != nil {
				return err
			}
			f.OpensFile = actor.Can(registry.ViewOffice, a.Areas.Scope(v.Area))
		}
		if t.Event == "" && t.State == registry.TipReceived {
			f.Placeable, err = a.tipEvents(ctx, tx, actor)
		}
		return err
	})
	return f, err
}

// tipEvents are the latest events in the actor's area.
func (a *Service) tipEvents(ctx context.Context, tx *store.Tx, actor registry.Actor) ([]registry.Event, error) {
	codes, all := actor.Reach(registry.ManageTips)
	events, _, err := tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !all, Latest: true, Limit: 30,
		States: []registry.EventState{registry.Running, registry.Ended}})
	return events, err
}

// TipPhoto returns a photo of a tip, for whoever may read the tip.
func (a *Service) TipPhoto(ctx context.Context, actor registry.Actor, id registry.TipID, photo registry.FileID, size registry.PhotoSize) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		t, _, err := tipFor(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		for _, p := range t.Photos {
			if p == photo {
				f, err = tx.File(ctx, photo, size)
				return err
			}
		}
		return errTip()
	})
	return f, err
}

// TipStepInput is a turn that an officer gives a tip, or with the state that it has already,
// a note.
type TipStepInput struct {
	To      registry.TipState
	Version int64
	Body    string           // whom it is handed to; needed for that step
	Ask     string           // what that body is asked to do; the same
	DueOn   string           // by when it is to answer, as typed; the same
	Told    string           // to the public; needed where there is an outcome
	Note    string           // for the office only
	Event   registry.EventID // ties a tip that names no event to one

	AnsweredOn  string // when the answer to the slip came, as typed; "" where none is in
	AnswerPaper string // its number

	hands bool // it is handed over with this step
}

// check cleans a turn of a tip in some state.
func (in *TipStepInput) check(t registry.TipState, today string) error {
	r := core.Input{Today: today}
	in.Body = r.Line("body", in.Body, 120)
	in.Ask = r.Text("ask", in.Ask, 1000)
	in.Told = r.Text("told", in.Told, 1000)
	in.Note = r.Text("note", in.Note, 1000)
	in.AnswerPaper = r.Line("answer_paper", in.AnswerPaper, 80)
	in.AnsweredOn, in.DueOn = r.Date("answered_on", in.AnsweredOn), r.Date("due_on", in.DueOn)
	r.Faults.Check(in.AnsweredOn <= today, "answered_on", "tip.error.answered_ahead")
	r.Faults.Check(in.AnsweredOn != "" || in.AnswerPaper == "", "answered_on", "tip.error.answered_when")
	if in.hands = in.To == registry.TipHandedOver && t != in.To; in.hands {
		r.Faults.Check(in.Body != "", "body", "error.tip.body")
		r.Faults.Check(in.DueOn > today && in.DueOn <= registry.AddDays(today, 366), "due_on", "tip.error.due")
	}
	r.Faults.Check(!in.To.NeedsOutcome() || t == in.To || in.Told != "", "told", "error.tip.told")
	r.Faults.Check(t != in.To || in.Note != "", "note", "tip.error.note")
	return r.Faults.Err()
}

// StepTip gives a tip its next turn, or adds a note. The actor needs ManageTips where it is
// dealt with. Invalid at a field; Conflict for a step that does not follow, for a tip that is
// joined to another, and where another officer was quicker.
func (a *Service) StepTip(ctx context.Context, actor registry.Actor, id registry.TipID, in TipStepInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		t, scope, err := tipFor(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		in, was := in, t.State // the transaction may run again
		if in.Version != t.Version || was != in.To && (t.Lead != "" || !was.CanBecome(in.To)) {
			return none, registry.E(registry.Conflict, "error.tip.moved")
		}
		if err := in.check(was, a.Today()); err != nil {
			return none, err
		}
		step := registry.TipStep{Act: registry.TipStepped, By: actor.Name, State: in.To, Body: in.Body, Told: in.Told, Note: in.Note}
		if was == in.To {
			step = registry.TipStep{Act: registry.TipNoted, By: actor.Name, State: was, Note: in.Note}
		}
		if err := tx.StepTip(ctx, &t.Tip, step, actor.Account); err != nil {
			return none, err
		}
		if err := a.stepSlip(ctx, tx, actor, id, in); err != nil {
			return none, err
		}
		if in.Event != "" && t.Event == "" {
			if scope, err = a.placeTip(ctx, tx, actor, id, in.Event); err != nil {
				return none, err
			}
		}
		return stepChange(id, scope, was, in), nil
	})
}

// stepChange is the audit line of a turn or a note: the words to the public and the notes stand
// with the tip alone, and what could lead to a person is taken out of the rest.
func stepChange(id registry.TipID, scope registry.Scope, was registry.TipState, in TipStepInput) registry.Change {
	c := registry.Change{Action: "tip.step", Object: "tip", ID: string(id), Scope: scope, Detail: fact.Facts{fact.Moved("state", fact.TipState, was, in.To),
		fact.Said("handed_to", vn.HidePersonal(in.Body)), fact.Date("tip.due_on", in.DueOn), fact.Date("tip.answered_on", in.AnsweredOn)}}
	if was == in.To {
		c.Action, c.Detail = "tip.note", nil
	}
	return c
}

// placeTip ties a tip to an event at which the actor deals with tips.
func (a *Service) placeTip(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TipID, event registry.EventID) (registry.Scope, error) {
	e, err := tx.Event(ctx, event)
	if err != nil {
		return nil, err
	}
	scope := a.Areas.Scope(e.Area)
	if !actor.Can(registry.ManageTips, scope) {
		return nil, errTip()
	}
	return scope, tx.PlaceTip(ctx, id, event, scope)
}

// OpenTipContacts unseals how the senders of a tip can be reached. The actor needs
// ManageTips, else it is NotFound, and ViewPersonal there, else it is Forbidden.
// Every opening is a line of the audit log.
func (a *Service) OpenTipContacts(ctx context.Context, actor registry.Actor, id registry.TipID) (contacts []string, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		_, scope, err := tipFor(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if !mayTip(actor, registry.ViewPersonal, scope) {
			return registry.Change{}, registry.E(registry.Forbidden, "error.forbidden")
		}
		sealed, err := tx.TipContacts(ctx, id)
		if err != nil {
			return registry.Change{}, err
		}
		contacts = nil // the transaction may run again
		for _, s := range sealed {
			contact, err := a.MasterKey.Open(s, tipPlace(id))
			if err != nil {
				return registry.Change{}, fmt.Errorf("contact of tip %s: %w", id, err)
			}
			contacts = append(contacts, string(contact))
		}
		return registry.Change{Action: "tip.open_contact", Object: "tip", ID: string(id), Scope: scope,
			Detail: fact.Facts{fact.Count("contacts", len(contacts))}}, nil
	})
	return contacts, err
}
