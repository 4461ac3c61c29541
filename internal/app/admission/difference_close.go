package admission

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// DifferenceInput is what the gate chief says of a line.
type DifferenceInput struct {
	Key     string
	Word    registry.DifferenceWord
	Note    string
	Version int64 // of the closing that the page showed, 0 for none
}

func (in *DifferenceInput) check() (note string, err error) {
	var read core.Input
	read.Faults.Check(in.Word.Valid(), "word", "error.choose")
	if in.Word == registry.WordOther {
		note = read.Needed("note", in.Note, 200)
	} else {
		note = read.Line("note", in.Note, 200)
	}
	return note, read.Faults.Err()
}

// CloseDifference closes a line with a word. The actor needs ManageGate in the
// event's area. Invalid at a field, NotFound for a line that the event has not (any
// more), Conflict when somebody has closed it already or opened it again since the
// page was shown.
func (a *Service) CloseDifference(ctx context.Context, actor registry.Actor, id registry.EventID, in DifferenceInput) error {
	note, err := in.check()
	if err != nil {
		return err
	}
	return a.saySomething(ctx, actor, id, "difference.close", registry.Closing{Line: in.Key, Word: in.Word, Note: note, Version: in.Version})
}

// ReopenDifference opens a closed line again. Rights and errors are those of
// CloseDifference.
func (a *Service) ReopenDifference(ctx context.Context, actor registry.Actor, id registry.EventID, key string, version int64) error {
	return a.saySomething(ctx, actor, id, "difference.reopen", registry.Closing{Line: key, Open: true, Version: version})
}

// saySomething stores what is said of a line that the event has. One that is
// opened again keeps the word with which it was closed. The line is looked for before
// anything is written: that takes the longer the more happened, and phones wait for
// whoever writes.
func (a *Service) saySomething(ctx context.Context, actor registry.Actor, id registry.EventID, action string, c registry.Closing) error {
	var line Difference
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id); err != nil {
			return err
		}
		lines, err := findDifferences(ctx, tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(lines, func(d Difference) bool { return d.Key == c.Line })
		if i < 0 || c.Open && lines[i].Closing.Version == 0 {
			return registry.E(registry.NotFound, "error.difference.gone")
		}
		line = lines[i]
		return nil
	})
	if err != nil {
		return err
	}
	if c.Open {
		c.Word, c.Note = line.Closing.Word, line.Closing.Note
	}
	return a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		c.Event, c.By = id, actor.Name
		return a.gateChange(action, at.event, fact.Handle("difference", c.Line), fact.Code("kind", fact.DifferenceKind, line.Kind),
				fact.Code("word", fact.DifferenceWord, c.Word), fact.Said("note", c.Note)),
			at.tx.SaveClosing(ctx, c)
	})
}
