// Package imports holds the use cases of imports: a file of rows that becomes rows of a
// register. Its columns are matched with fields, what each row means is shown before
// anything is written, and the rows are written all or not at all, by the use cases of
// their own room, and can be taken back.
//
// How a file is read belongs to package sheet. What a row of a register may hold belongs
// to the room of that register: there are no rules of rows here.
package imports

import (
	"context"
	"slices"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/vendors"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/sheet"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
)

// Kinds of long work.
const (
	writeJob = "rows.write"
	undoJob  = "rows.undo"
)

// How long things are kept: a file that nobody took in, and how to take back what a file
// did.
const (
	FileDays = 7
	UndoDays = 30
)

// latest is how many imports a person reads of.
const latest = 20

// Service runs the use cases of imports. New makes one.
type Service struct {
	*core.Core
	registers map[intake.Kind]register
}

// New makes a Service on what all share, which writes through the rooms of the registers.
func New(c *core.Core, v *vendors.Service) *Service {
	s := &Service{Core: c, registers: map[intake.Kind]register{intake.Vendors: vendorRegister{v}}}
	c.Workers[writeJob], c.Workers[undoJob] = s.write, s.takeBackAll
	return s
}

// Kinds are the registers into which the actor may take files, in the order shown.
func (s *Service) Kinds(actor registry.Actor) (kinds []intake.Kind) {
	for _, kind := range Kinds {
		if actor.CanSomewhere(s.registers[kind].right()) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Kinds are the registers that take files.
var Kinds = []intake.Kind{intake.Vendors}

// Upload keeps a file that can be read, with a guess which column is which field. Nothing
// of it is written into the register. What cannot be read is Invalid at the field "file".
func (s *Service) Upload(ctx context.Context, actor registry.Actor, kind intake.Kind, file *core.Upload) (intake.Import, error) {
	if !slices.Contains(s.Kinds(actor), kind) {
		return intake.Import{}, registry.At("kind", "error.choose")
	}
	if file == nil || len(file.Data) == 0 {
		return intake.Import{}, registry.At("file", "import.file.none")
	}
	book, err := sheet.Read(file.Data, "")
	if err != nil {
		return intake.Import{}, err
	}
	var in core.Input
	x := intake.Import{Kind: kind, FileName: in.Line("file", file.Name, 200), CreatedBy: actor.Account, CreatedAs: actor.Name}
	if err := in.Faults.Err(); err != nil {
		return x, err
	}
	habit, err := s.habit(ctx, actor, kind)
	if err != nil {
		return x, err
	}
	x.Mapping = guess(book, s.registers[kind].columns(), habit)
	return x, s.DB.Write(ctx, func(tx *store.Tx) error { return intake.Insert(ctx, tx, &x, file.Data) })
}

// habit is what headings meant to the actor the last time.
func (s *Service) habit(ctx context.Context, actor registry.Actor, kind intake.Kind) (fields map[string]string, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		fields, err = intake.Habit(ctx, tx, actor.Account, kind)
		return err
	})
	return fields, err
}

// Latest returns the last imports of the actor, the newest first; of everybody to whoever has
// the right everywhere.
func (s *Service) Latest(ctx context.Context, actor registry.Actor) (list []intake.Import, err error) {
	by := actor.Account
	if actor.Can(registry.ManageVendors, nil) {
		by = ""
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = intake.Latest(ctx, tx, by, latest)
		return err
	})
	return slices.DeleteFunc(list, func(x intake.Import) bool { return !s.reads(actor, x) }), err
}

// Import returns an import to whoever sent the file and has the right still, and to whoever
// has it everywhere. To others it is NotFound.
func (s *Service) Import(ctx context.Context, actor registry.Actor, id intake.ID) (x intake.Import, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		x, err = s.importFor(ctx, tx, actor, id)
		return err
	})
	return x, err
}

func (s *Service) importFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id intake.ID) (intake.Import, error) {
	x, err := intake.Get(ctx, tx, id)
	if err != nil {
		return x, err
	}
	if !s.reads(actor, x) {
		return intake.Import{}, core.ErrHidden()
	}
	return x, nil
}

func (s *Service) reads(actor registry.Actor, x intake.Import) bool {
	right := s.registers[x.Kind].right()
	return actor.Can(right, nil) || x.CreatedBy == actor.Account && actor.CanSomewhere(right)
}

// Discard removes the file of an import that has written nothing.
func (s *Service) Discard(ctx context.Context, actor registry.Actor, id intake.ID) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		x, err := s.importFor(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		return intake.Delete(ctx, tx, x)
	})
}

// Stop asks for an end of the writing: what has been written is taken back.
func (s *Service) Stop(ctx context.Context, actor registry.Actor, id intake.ID) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		if _, err := s.importFor(ctx, tx, actor, id); err != nil {
			return err
		}
		return intake.Stop(ctx, tx, id)
	})
}

// Forget removes files that nobody took in and what is needed to take back rows, once
// they are old.
func (s *Service) Forget(ctx context.Context) (n int64, err error) {
	err = s.DB.Write(ctx, func(tx *store.Tx) (err error) {
		before := func(days int) int64 { return tx.Now().AddDate(0, 0, -days).UnixMilli() }
		n, err = intake.Forget(ctx, tx, before(FileDays), before(UndoDays))
		return err
	})
	return n, err
}

// UndoUntil is the last day on which the rows of an import can be taken back.
func UndoUntil(x intake.Import) time.Time { return time.UnixMilli(x.MovedAt).AddDate(0, 0, UndoDays) }

// change is the line of the audit log for a step of an import.
func change(action string, x intake.Import, scope registry.Scope, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "import", ID: string(x.ID), Scope: scope, Detail: append(fact.Facts{
		fact.Code("kind", fact.ImportKind, string(x.Kind)), fact.Said("file", x.FileName)}, facts...)}
}
