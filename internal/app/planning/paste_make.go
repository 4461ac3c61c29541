package planning

import (
	"context"
	"errors"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/yearplan"
)

// NewPasteKey is the key of a new form.
func NewPasteKey() string { return string(store.NewID[stored.PasteID]()) }

// MakePaste makes a draft of every new row of a plan, all of them or none. A form that is sent
// twice gives the plan that it made (already). Rights as in CheckPaste, and in the area of each row.
// A Conflict where rows mean something else than what was shown, are wrong, are to be confirmed,
// or are all there.
func (a *Service) MakePaste(ctx context.Context, actor registry.Actor, in PasteInput) (made stored.Paste, already bool, err error) {
	if len(in.Key) < 16 || len(in.Key) > 64 {
		return made, false, registry.E(registry.Malformed, "error.malformed")
	}
	g, err := a.ground(ctx)
	if err != nil {
		return made, false, err
	}
	key := string(actor.Account) + ":" + in.Key
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := stored.LockPastes(ctx, tx); err != nil {
			return err
		}
		if made, err = stored.PasteOf(ctx, tx, key); err != nil || made.ID != "" {
			if already = made.ID != ""; made.Undone {
				err = registry.E(registry.Conflict, "paste.error.undone")
			}
			return err
		}
		p, err := a.pastePlan(ctx, tx, actor, pasted{in, g})
		if err == nil {
			err = p.refusal(in.Shown)
		}
		if err == nil {
			err = bounded(ctx, tx, p)
		}
		if err != nil {
			return err
		}
		made = stored.Paste{Key: key, Pattern: p.Pattern.ID, CreatedBy: actor.Account}
		return a.storePaste(ctx, tx, actor, p, &made)
	})
	return made, already, err
}

// storePaste makes the drafts of a plan that is ready.
func (a *Service) storePaste(ctx context.Context, tx *store.Tx, actor registry.Actor, p PastePlan, made *stored.Paste) error {
	for _, r := range p.Rows {
		if r.State != PasteNew {
			continue
		}
		e := r.Event
		if err := a.events.StoreCopy(ctx, tx, actor, p.Pattern, &e); err != nil {
			return err
		}
		made.Events = append(made.Events, e.ID)
	}
	if err := stored.InsertPaste(ctx, tx, made); err != nil {
		return err
	}
	return tx.Audit(ctx, actor, a.pasteChange("event.paste", p.Pattern, fact.Count("planning.sessions", len(made.Events))))
}

// boothsMost is how many booths all sessions of a plan may get from their pattern: what one
// transaction writes within a second or two.
const boothsMost = 50_000

// bounded refuses a plan whose sessions would copy more booths than that.
func bounded(ctx context.Context, tx *store.Tx, p PastePlan) error {
	booths, err := tx.Booths(ctx, p.Pattern.ID)
	if n := len(booths) * p.N[PasteNew]; err == nil && n > boothsMost {
		err = registry.E(registry.Conflict, "paste.error.booths", p.N[PasteNew], len(booths), n, boothsMost)
	}
	return err
}

// refusal says why a plan is not made; nil where it is.
func (p PastePlan) refusal(shown string) error {
	switch {
	case p.N[PasteWrong] > 0:
		return registry.E(registry.Conflict, "paste.error.wrong", p.N[PasteWrong])
	case p.N[PasteConfirm] > 0:
		return registry.E(registry.Conflict, "paste.error.confirm", p.N[PasteConfirm])
	case p.N[PasteNew] == 0:
		return registry.E(registry.Conflict, "paste.error.nothing")
	case shown != p.Digest:
		return registry.E(registry.Conflict, "paste.error.moved")
	}
	return nil
}

func (a *Service) pasteChange(action string, pattern registry.Event, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "event", ID: string(pattern.ID), Scope: a.Areas.Scope(pattern.Area), Detail: fact.Facts(facts)}
}

// pastesShown is how many of the plans that somebody pasted are listed.
const pastesShown = 8

// OwnPastes returns the last plans that the actor pasted, the newest first. The actor needs
// ManageEvents somewhere.
func (a *Service) OwnPastes(ctx context.Context, actor registry.Actor) (list []stored.Paste, err error) {
	if !actor.CanSomewhere(registry.ManageEvents) {
		return nil, registry.E(registry.Forbidden, "error.forbidden")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		list, err = stored.PastesOf(ctx, tx, actor.Account, pastesShown)
		return err
	})
	return list, err
}

// PasteFile is a plan that was made, with what there is of it and what stands against its undoing.
type PasteFile struct {
	stored.Paste
	Left   []registry.Event
	Edited int // of them, since they were made
	Away   int // where the actor may not manage events: they are not shown
	Booths int // that would go with them
	Stays  map[registry.EventID]*registry.Error
}

// Undoes reports whether the plan can be taken back.
func (f PasteFile) Undoes() bool { return !f.Undone && len(f.Left) > 0 && len(f.Stays)+f.Away == 0 }

// Pasted returns a plan that was made, to whoever made it and may still manage events, and to whoever
// may everywhere. To others it is NotFound.
func (a *Service) Pasted(ctx context.Context, actor registry.Actor, id stored.PasteID) (f PasteFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		f, err = a.pastedFile(ctx, tx, actor, id)
		return err
	})
	return f, err
}

func (a *Service) pastedFile(ctx context.Context, tx *store.Tx, actor registry.Actor, id stored.PasteID) (f PasteFile, err error) {
	if f.Paste, err = stored.GetPaste(ctx, tx, id); err != nil {
		return f, err
	}
	if !actor.Can(registry.ManageEvents, nil) && (f.CreatedBy != actor.Account || !actor.CanSomewhere(registry.ManageEvents)) {
		return PasteFile{}, registry.E(registry.NotFound, "error.not_found")
	}
	if f.Undone || len(f.Events) == 0 {
		return f, nil
	}
	all, _, err := tx.Events(ctx, registry.EventFilter{IDs: f.Events, Limit: len(f.Events)})
	if err != nil {
		return f, err
	}
	f.Stays = map[registry.EventID]*registry.Error{}
	for _, e := range all {
		if !actor.Can(registry.ManageEvents, a.Areas.Scope(e.Area)) {
			f.Away++
			continue
		}
		f.Left = append(f.Left, e)
		refused, err := a.events.MayRemove(ctx, tx, e)
		if err != nil {
			return f, err
		}
		if why, ok := errors.AsType[*registry.Error](refused); ok {
			f.Stays[e.ID] = why
		} else if refused != nil {
			return f, refused
		}
		if e.Version > 1 {
			f.Edited++
		}
		f.Booths += e.BoothsN
	}
	return f, nil
}

// UndoPaste removes the sessions of a plan that are still there, all of them or none: a Conflict
// where one of them was published, has applications, or lies where the actor may not delete it.
// Rights as in Pasted.
func (a *Service) UndoPaste(ctx context.Context, actor registry.Actor, id stored.PasteID, version int64) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (c registry.Change, err error) {
		f, err := a.pastedFile(ctx, tx, actor, id)
		if err != nil {
			return c, err
		}
		if n := len(f.Stays) + f.Away; n > 0 {
			return c, registry.E(registry.Conflict, "paste.error.stays", n)
		}
		f.Version, n = version, len(f.Left)
		for _, e := range f.Left {
			if err := a.events.RemoveEvent(ctx, tx, actor, e); err != nil {
				return c, err
			}
		}
		return registry.Change{Action: "event.paste_undo", Object: "event", ID: string(f.Pattern), Scope: actor.Scope(registry.ManageEvents),
			Detail: fact.Facts{fact.Count("planning.removed", n)}}, stored.UndoPaste(ctx, tx, f.Paste)
	})
	return n, err
}
