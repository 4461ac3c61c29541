package inspections

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// StepInput is what becomes of a finding. The fields of a handover are read for that state
// alone.
type StepInput struct {
	Version int64  `form:"version"`
	State   string `form:"state"`
	Note    string `form:"step_note"`
	DueOn   string `form:"due_on"`     // a new day, of a finding that is open again
	On      string `form:"handed_on"`  // day of the handover
	To      string `form:"handed_to"`  // office of market surveillance
	Dossier string `form:"dossier"`    // number
	Answer  string `form:"answer_due"` // day by which an answer is due
	Outcome string `form:"outcome"`    // "" none yet
}

// StepFinding moves a finding to its next state, and lets a booth open that it held. Of one
// that is handed over, the same state writes down what market surveillance answered. Back to
// open and closing without a re-check need a note. Invalid at a field; NotFound for whoever
// may not inspect there; Conflict for a step that there is not, or where a colleague was
// quicker.
func (a *Service) StepFinding(ctx context.Context, actor registry.Actor, id registry.FindingID, in StepInput) (record registry.InspectionID, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		f, err := tx.Finding(ctx, id)
		if err != nil {
			return none, err
		}
		r, _, err := a.recordFor(ctx, tx, actor, f.Record, true)
		if err != nil {
			return none, err
		}
		record = r.ID
		was, next := f, inspection.FindingState(in.State)
		answered := was.State == inspection.HandedOver && next == was.State
		if f.Version != in.Version || !answered && !was.State.CanBecome(next) {
			return none, registry.E(registry.Conflict, "error.stale")
		}
		note, err := a.readStep(in, r.On, &f, next)
		if err != nil {
			return none, err
		}
		f.State = next
		if err := tx.StepFinding(ctx, &f, inspection.FindingStep{By: actor.Name, Text: note}); err != nil {
			return none, err
		}
		if f.Holds {
			if _, err := tx.SyncHolds(ctx, r.Subject.Event); err != nil {
				return none, err
			}
		}
		return change("inspection.finding", r, a.Areas.Scope(r.Area), append(fact.Facts{fact.Number("inspection.finding", f.N),
			fact.Moved("inspection.finding_state", fact.FindingState, was.State, f.State), fact.Said("inspection.step_note", note)},
			fact.Differences(handoverFacts(was.Handover), handoverFacts(f.Handover))...)...), nil
	})
	return record, err
}

// readStep reads the fields of a step into the finding.
func (a *Service) readStep(in StepInput, found string, f *inspection.Finding, next inspection.FindingState) (note string, err error) {
	r := core.Input{Today: a.Today()}
	if next == inspection.Open || next == inspection.Closed || next == inspection.Escalated {
		note = r.Needed("step_note", in.Note, inspection.MaxText)
	} else {
		note = r.Line("step_note", in.Note, inspection.MaxText)
	}
	switch next {
	case inspection.Open:
		if due := r.Date("due_on", in.DueOn); due != "" {
			r.Faults.Check(due >= found, "due_on", "inspection.error.due")
			f.DueOn = due
		}
	case inspection.HandedOver:
		h := &f.Handover
		h.On, h.To, h.Dossier = r.Date("handed_on", in.On), r.Needed("handed_to", in.To, inspection.MaxLine), r.Needed("dossier", in.Dossier, inspection.MaxLine)
		h.DueOn, h.Outcome = r.Date("answer_due", in.Answer), r.Line("outcome", in.Outcome, inspection.MaxText)
		r.Faults.Check(in.On != "", "handed_on", "error.required")
		r.Faults.Check(h.On == "" || h.On >= found && h.On <= r.Today, "handed_on", "inspection.error.handed_on")
		r.Faults.Check(h.DueOn == "" || h.DueOn >= h.On, "answer_due", "error.date_order")
	}
	return note, r.Faults.Err()
}

// handoverFacts are the fields of a handover as the audit log compares them.
func handoverFacts(h inspection.Handover) fact.Facts {
	return fact.Facts{fact.Date("inspection.handed_on", h.On), fact.Said("inspection.handed_to", h.To), fact.Said("inspection.dossier", h.Dossier),
		fact.Date("inspection.answer_due", h.DueOn), fact.Said("inspection.outcome", h.Outcome)}
}

// Join lets a record lead another one of the same stall and day: both papers stay, the other
// one counts no more. It can be undone with Unjoin. NotFound for whoever may not inspect
// there; Conflict where they are not of one stall and day, or one follows a third.
func (a *Service) Join(ctx context.Context, actor registry.Actor, lead, follower registry.InspectionID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		r, o, err := a.pair(ctx, tx, actor, lead, follower)
		if err != nil {
			return none, err
		}
		others, err := tx.Twins(ctx, o)
		if err != nil {
			return none, err
		}
		for _, x := range others {
			if x.Lead == o.ID {
				return none, registry.E(registry.Conflict, "inspection.error.join")
			}
		}
		if r.Lead != "" || o.Lead != "" {
			return none, registry.E(registry.Conflict, "inspection.error.join")
		}
		r.Twin, o.Twin, o.Lead = inspection.NoTwin, inspection.NoTwin, r.ID
		return a.saveTwins(ctx, tx, actor, twinned{"inspection.join", r, o})
	})
}

// Apart says that two records of a stall and day are about two visits: neither waits for a
// person any more.
func (a *Service) Apart(ctx context.Context, actor registry.Actor, one, other registry.InspectionID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		r, o, err := a.pair(ctx, tx, actor, one, other)
		if err != nil {
			return none, err
		}
		r.Twin, o.Twin = inspection.TwinApart, inspection.TwinApart
		return a.saveTwins(ctx, tx, actor, twinned{"inspection.apart", r, o})
	})
}

// Unjoin takes back that a record follows another one, or that the two stay apart: both wait
// for a person again.
func (a *Service) Unjoin(ctx context.Context, actor registry.Actor, one, other registry.InspectionID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		r, o, err := a.pair(ctx, tx, actor, one, other)
		if err != nil {
			return none, err
		}
		joined := o.Lead == r.ID
		if !joined && (r.Twin != inspection.TwinApart || o.Twin != inspection.TwinApart) {
			return none, registry.E(registry.Conflict, "error.stale")
		}
		o.Lead, r.Twin, o.Twin = "", inspection.TwinOpen, inspection.TwinOpen
		return a.saveTwins(ctx, tx, actor, twinned{"inspection.unjoin", r, o})
	})
}

// pair reads two records of one stall and day that the actor may write.
func (a *Service) pair(ctx context.Context, tx *store.Tx, actor registry.Actor, one, other registry.InspectionID) (r, o inspection.Record, err error) {
	if r, _, err = a.recordFor(ctx, tx, actor, one, true); err != nil {
		return r, o, err
	}
	if o, _, err = a.recordFor(ctx, tx, actor, other, true); err != nil {
		return r, o, err
	}
	twins, err := tx.Twins(ctx, r)
	for _, t := range twins {
		if t.ID == o.ID {
			return r, o, nil
		}
	}
	if err == nil {
		err = registry.E(registry.Conflict, "inspection.error.join")
	}
	return r, o, err
}

var twinSteps = map[string]inspection.StepKind{"inspection.join": inspection.StepJoined, "inspection.apart": inspection.StepApart,
	"inspection.unjoin": inspection.StepUnjoined}

// twinned is what was decided about two records of a stall and day.
type twinned struct {
	action string
	r, o   inspection.Record
}

func (a *Service) saveTwins(ctx context.Context, tx *store.Tx, actor registry.Actor, t twinned) (none registry.Change, err error) {
	for _, x := range []struct{ it, other *inspection.Record }{{&t.r, &t.o}, {&t.o, &t.r}} {
		if err := tx.JoinInspection(ctx, x.it); err != nil {
			return none, err
		}
		step := inspection.Step{By: actor.Name, Kind: twinSteps[t.action], Text: x.other.Number()}
		if err := tx.AddInspectionStep(ctx, x.it.ID, step); err != nil {
			return none, err
		}
	}
	return change(t.action, t.r, a.Areas.Scope(t.r.Area), fact.Said("inspection.other", t.o.Number())), nil
}
