package tips

import (
	"context"
	"fmt"

	"hoicho/internal/app/core"
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

// TipDesk is a page of the office's list of tips, with how many there are in each
// state.
type TipDesk struct {
	Rows   []registry.TipRow
	More   bool
	Counts map[registry.TipState]int
}

// Tips lists the tips that the actor deals with, newest first. NotFound without
// ManageTips anywhere.
func (a *Service) Tips(ctx context.Context, actor registry.Actor, f registry.TipFilter) (d TipDesk, err error) {
	if !actor.CanSomewhere(registry.ManageTips) {
		return d, errTip()
	}
	codes, all := actor.Reach(registry.ManageTips)
	f.Areas = codes
	if all {
		f.Areas = nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Rows, d.More, err = tx.Tips(ctx, f); err != nil {
			return err
		}
		f.States = nil
		d.Counts, err = tx.CountTips(ctx, f)
		return err
	})
	return d, err
}

// TipFile is a tip as the office sees it.
type TipFile struct {
	registry.TipRow
	Steps      []registry.TipStep
	Placeable  []registry.Event // events it may be tied to, for a tip that names none
	OpensNames bool             // the actor may open contacts
	OpensFile  bool             // the actor may open the file of the vendor
}

// Tip returns a tip with its steps. The actor needs ManageTips where it is dealt
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

// TipStepInput is a turn that an officer gives a tip.
type TipStepInput struct {
	To      registry.TipState
	Version int64
	Body    string           // whom it is handed to; needed for that step
	Told    string           // to the public; needed where there is an outcome
	Note    string           // for the office only
	Event   registry.EventID // ties a tip that names no event to one
}

func (in *TipStepInput) check() error {
	r := core.Input{}
	in.Body = r.Line("body", in.Body, 120)
	in.Told = r.Text("told", in.Told, 1000)
	in.Note = r.Text("note", in.Note, 1000)
	r.Faults.Check(in.To != registry.TipHandedOver || in.Body != "", "body", "error.tip.body")
	r.Faults.Check(!in.To.NeedsOutcome() || in.Told != "", "told", "error.tip.told")
	return r.Faults.Err()
}

// StepTip gives a tip its next turn. The actor needs ManageTips where it is dealt
// with. Invalid at a field; Conflict for a step that does not follow, and where
// another officer was quicker.
func (a *Service) StepTip(ctx context.Context, actor registry.Actor, id registry.TipID, in TipStepInput) error {
	if err := in.check(); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		t, scope, err := tipFor(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		was := t.State
		if in.Version != t.Version || !was.CanBecome(in.To) {
			return registry.Change{}, registry.E(registry.Conflict, "error.tip.moved")
		}
		step := registry.TipStep{By: actor.Name, State: in.To, Body: in.Body, Told: in.Told, Note: in.Note}
		if err := tx.StepTip(ctx, &t.Tip, step, actor.Account); err != nil {
			return registry.Change{}, err
		}
		if in.Event != "" && t.Event == "" {
			if scope, err = a.placeTip(ctx, tx, actor, id, in.Event); err != nil {
				return registry.Change{}, err
			}
		}
		return registry.Change{Action: "tip.step", Object: "tip", ID: string(id), Scope: scope,
			Detail: map[string]any{"before": was, "after": in.To, "handed_to": in.Body}}, nil
	})
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
			Detail: map[string]any{"contacts": len(contacts)}}, nil
	})
	return contacts, err
}

// WipeTipContacts destroys the contacts of tips that were closed longer ago than
// the rule of their day allows, and returns of how many tips.
func (a *Service) WipeTipContacts(ctx context.Context) (n int64, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		set, err := a.SettingsIn(ctx, tx)
		if err != nil {
			return err
		}
		if n, err = wipeContacts(ctx, tx, set.Contacts); err != nil || n == 0 {
			return err
		}
		return tx.Audit(ctx, registry.SystemActor("retention"), registry.Change{Action: "tip.wipe_contacts", Object: "tip",
			Detail: map[string]any{"tips": n}})
	})
	return n, err
}

// wipeContacts applies each rule to the days in which it held, the first one also
// to all before it.
func wipeContacts(ctx context.Context, tx *store.Tx, rules []registry.KeepRule) (n int64, err error) {
	for i, rule := range rules {
		from, until := int64(0), tx.Now().AddDate(0, 0, -rule.Days).UnixMilli()
		if start, ok := vn.StartOf(rule.From); ok && i > 0 {
			from = start.UnixMilli()
		}
		if i+1 < len(rules) {
			if next, ok := vn.StartOf(rules[i+1].From); ok {
				until = min(until, next.UnixMilli())
			}
		}
		wiped, err := tx.WipeTipContacts(ctx, from, until)
		if err != nil {
			return n, err
		}
		n += wiped
	}
	return n, nil
}
