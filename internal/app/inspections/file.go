package inspections

import (
	"context"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Trace is a finding with its log.
type Trace struct {
	inspection.Finding
	Steps []inspection.FindingStep
}

// File is a record as its page and its minutes show it.
type File struct {
	inspection.Record
	Last       []inspection.Said // the answers that count, in the order of the checklist
	Findings   []Trace
	Steps      []inspection.Step
	Event      registry.Event     // zero where it is of none
	Round      inspection.Round   // zero where it is of none
	IssuerName string             // "" is the unit
	Before     *inspection.Record // that it looks at again
	Rechecks   []inspection.Record
	Leads      *inspection.Record  // that it follows
	Followers  []inspection.Record // that follow it
	Twins      []inspection.Record // of the same stall on the same day, joined or not
	Tasks      []string            // titles
	Writes     bool                // the actor may change what becomes of it
	Reads      bool                // the actor reads the register, and is not its vendor alone
}

// File returns a record to whoever may read it, its vendor too once it is handed in; else
// NotFound.
func (a *Service) File(ctx context.Context, actor registry.Actor, id registry.InspectionID) (f File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		r, is, err := a.readable(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		f = File{Record: r, Writes: is.writes, Reads: is.reads || is.writes, Last: inspection.Last(r.List, r.Said)}
		return a.fillFile(ctx, tx, &f)
	})
	return f, err
}

func (a *Service) fillFile(ctx context.Context, tx *store.Tx, f *File) (err error) {
	found, err := tx.Findings(ctx, f.ID)
	for _, x := range found {
		steps, err := tx.FindingSteps(ctx, x.ID)
		if err != nil {
			return err
		}
		f.Findings = append(f.Findings, Trace{x, steps})
	}
	if err != nil {
		return err
	}
	if f.Steps, err = tx.InspectionSteps(ctx, f.ID); err != nil {
		return err
	}
	if f.Subject.Event != "" {
		if f.Event, err = tx.Event(ctx, f.Subject.Event); err != nil {
			return err
		}
	}
	if f.Record.Round != "" {
		if f.Round, err = tx.Round(ctx, f.Record.Round); err != nil {
			return err
		}
	}
	if f.Issuer != "" {
		b, err := tx.Body(ctx, f.Issuer)
		if f.IssuerName = b.Name; err != nil {
			return err
		}
	}
	for _, id := range f.Record.Tasks {
		t, err := tx.Task(ctx, id)
		if err != nil {
			return err
		}
		f.Tasks = append(f.Tasks, t.Title)
	}
	return a.fillOthers(ctx, tx, f)
}

// fillOthers reads the records that a record has to do with.
func (a *Service) fillOthers(ctx context.Context, tx *store.Tx, f *File) (err error) {
	if f.Recheck != "" {
		before, err := tx.Inspection(ctx, f.Recheck)
		if f.Before = &before; err != nil {
			return err
		}
	}
	if f.Rechecks, err = tx.RecheckedBy(ctx, f.ID); err != nil {
		return err
	}
	if f.Twins, err = tx.Twins(ctx, f.Record); err != nil {
		return err
	}
	for _, t := range f.Twins {
		switch {
		case t.ID == f.Lead:
			f.Leads = &t
		case t.Lead == f.ID:
			f.Followers = append(f.Followers, t)
		}
	}
	return nil
}
