package communications

import (
	"context"
	"errors"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// EntryFile is an entry as its page shows it.
type EntryFile struct {
	committee.Communication
	ChannelIs  committee.Channel
	EventTitle string
	BodyName   string
	TaskTitles []string // in the order of Tasks
	Writes     bool     // the actor may change it
}

// Entry returns an entry that the actor may read, or NotFound.
func (a *Service) Entry(ctx context.Context, actor registry.Actor, id registry.CommunicationID) (f EntryFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Communication, err = a.entryFor(ctx, tx, actor, id, false); err != nil {
			return err
		}
		r, err := a.rightsTo(ctx, tx, actor, f.Communication)
		if err != nil {
			return err
		}
		f.Writes = r.writes
		return a.name(ctx, tx, &f)
	})
	return f, err
}

// name fills in the names of what an entry refers to.
func (a *Service) name(ctx context.Context, tx *store.Tx, f *EntryFile) error {
	channels, err := tx.Channels(ctx)
	if err != nil {
		return err
	}
	f.ChannelIs, _ = committee.ChannelByID(channels, f.Channel)
	if f.Event != "" {
		e, err := tx.Event(ctx, f.Event)
		if err != nil {
			return err
		}
		f.EventTitle = e.Title
	}
	if f.Body != "" {
		b, err := tx.Body(ctx, f.Body)
		if err != nil {
			return err
		}
		f.BodyName = b.Name
	}
	for _, id := range f.Tasks {
		t, err := tx.Task(ctx, id)
		if err != nil {
			return err
		}
		f.TaskTitles = append(f.TaskTitles, t.Title)
	}
	return nil
}

// Save corrects an entry as it was read. What is not plausible comes back as questions
// first, unless the form confirms it. NotFound for whoever may not change it; Invalid at
// a field; Conflict where a colleague was quicker, or the entry is struck out.
func (a *Service) Save(ctx context.Context, actor registry.Actor, id registry.CommunicationID, in EntryInput) (asked []Question, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.entryFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		if was.Struck() {
			return none, registry.E(registry.Conflict, "register.error.struck")
		}
		channels, err := tx.Channels(ctx)
		if err != nil {
			return none, err
		}
		c := was
		c.Version = in.Version
		if err := a.fill(in, channels, &c); err != nil {
			return none, err
		}
		if err := a.refer(ctx, tx, actor, was, c); err != nil {
			return none, err
		}
		if asked, err = a.doubts(ctx, tx, 0, c); err != nil {
			return none, err
		}
		if c.Asked = len(asked) > 0; c.Asked && !in.Confirm {
			return none, errAsked
		}
		scope := a.Areas.Scope(c.Area)
		return registry.Change{Action: "communication.save", Object: "communication", ID: string(id), Scope: scope,
			Detail: changes(was, c, channels)}, tx.SaveCommunication(ctx, &c, scope)
	})
	if errors.Is(err, errAsked) {
		return asked, nil
	}
	return nil, err
}

// Strike strikes out an entry for a reason: it stays in the register and counts no more.
// Without a reason it is Invalid at "reason"; NotFound for whoever may not change it;
// Conflict where a colleague was quicker.
func (a *Service) Strike(ctx context.Context, actor registry.Actor, id registry.CommunicationID, version int64, reason string) error {
	r := core.Input{}
	if reason = r.Needed("reason", reason, committee.MaxCommReason); r.Faults.Err() != nil {
		return r.Faults.Err()
	}
	return a.strike(ctx, actor, id, version, reason)
}

// Restore counts an entry again that was struck out. NotFound for whoever may not change
// it; Conflict where a colleague was quicker.
func (a *Service) Restore(ctx context.Context, actor registry.Actor, id registry.CommunicationID, version int64) error {
	return a.strike(ctx, actor, id, version, "")
}

func (a *Service) strike(ctx context.Context, actor registry.Actor, id registry.CommunicationID, version int64, reason string) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		c, err := a.entryFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		if c.Struck() == (reason != "") || c.Version != version {
			return none, registry.E(registry.Conflict, "error.stale")
		}
		action, number := "communication.restore", c.Number()
		if reason != "" {
			action = "communication.strike"
		}
		return registry.Change{Action: action, Object: "communication", ID: string(id), Scope: a.Areas.Scope(c.Area),
				Detail: fact.Facts{fact.Said("communication.number", number), fact.Said("reason", reason)}},
			tx.StrikeCommunication(ctx, &c, actor.Name, reason)
	})
}

// AddPhoto adds a photo to an entry. Invalid at "photo" for what is no photo, or one too
// many; NotFound for whoever may not change the entry.
func (a *Service) AddPhoto(ctx context.Context, actor registry.Actor, id registry.CommunicationID, raw []byte) error {
	err := a.DB.Read(ctx, func(tx *store.Tx) error { // before work is done for whoever may not
		_, err := a.entryFor(ctx, tx, actor, id, true)
		return err
	})
	if err != nil {
		return err
	}
	if len(raw) == 0 {
		return registry.Faults{registry.At("photo", "error.required")}
	}
	photo, err := core.PreparePhoto(ctx, "photo", raw)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		c, err := a.entryFor(ctx, tx, actor, id, true)
		switch {
		case err != nil:
			return none, err
		case len(c.Photos) >= committee.MaxCommPhotos:
			return none, registry.Faults{registry.At("photo", "communication.error.photos", committee.MaxCommPhotos)}
		}
		file, err := tx.InsertFile(ctx, photo)
		if err != nil {
			return none, err
		}
		return a.photoChange("communication.add_photo", c), tx.AddCommunicationPhoto(ctx, id, file)
	})
}

// RemovePhoto destroys a photo of an entry. NotFound for whoever may not change the
// entry, and for a photo that it does not have.
func (a *Service) RemovePhoto(ctx context.Context, actor registry.Actor, id registry.CommunicationID, file registry.FileID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		c, err := a.entryFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		return a.photoChange("communication.remove_photo", c), tx.RemoveCommunicationPhoto(ctx, id, file)
	})
}

func (a *Service) photoChange(action string, c committee.Communication) registry.Change {
	return registry.Change{Action: action, Object: "communication", ID: string(c.ID), Scope: a.Areas.Scope(c.Area),
		Detail: fact.Facts{fact.Said("communication.number", c.Number())}}
}

// Photo returns a photo of an entry that the actor may read, or NotFound.
func (a *Service) Photo(ctx context.Context, actor registry.Actor, id registry.CommunicationID, file registry.FileID, size registry.PhotoSize) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, err := a.entryFor(ctx, tx, actor, id, false)
		if err != nil {
			return err
		}
		if !slices.Contains(c.Photos, file) {
			return core.ErrHidden()
		}
		f, err = tx.File(ctx, file, size)
		return err
	})
	return f, err
}
