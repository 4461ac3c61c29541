package inspections

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// RoundInput is a round as its form holds it.
type RoundInput struct {
	Number   string   `form:"number"`
	IssuedOn string   `form:"issued_on"`
	Title    string   `form:"title"`
	Kind     string   `form:"kind"`
	Body     string   `form:"body"`
	Area     string   `form:"area_ref"` // text form of the unit
	From     string   `form:"from_on"`
	Until    string   `form:"until_on"`
	Event    string   `form:"event"`
	Task     string   `form:"task"`
	Note     string   `form:"note"`
	Team     string   `form:"team" lines:"many"` // one a line: name, body; the leader first
	Bodies   []string `form:"bodies"`
	Version  int64
}

// RoundInputOf fills the form with what is stored; show writes a day as people type it.
func RoundInputOf(r inspection.Round, show func(string) string) RoundInput {
	in := RoundInput{Number: r.Number, IssuedOn: show(r.IssuedOn), Title: r.Title, Kind: string(r.Kind), Body: string(r.Body), Area: r.Area.String(),
		From: show(r.From), Until: show(r.Until), Event: string(r.Event), Task: string(r.Task), Note: r.Note, Version: r.Version}
	for i, p := range r.Team {
		if i > 0 {
			in.Team += "\n"
		}
		in.Team += p.Name
		if p.Body != "" {
			in.Team += ", " + p.Body
		}
	}
	for _, b := range r.Bodies {
		in.Bodies = append(in.Bodies, string(b))
	}
	return in
}

// roundFor reads a round for whoever reads plans in its area or acts for a body that it
// names, or whoever inspects there if it is to be written; else it is NotFound.
func (a *Service) roundFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.RoundID, write bool) (r inspection.Round, err error) {
	if r, err = tx.Round(ctx, id); err != nil {
		return r, err
	}
	right := registry.ViewPlan
	if write {
		right = registry.Inspect
	}
	if actor.Can(right, a.Areas.Scope(r.Area)) {
		return r, nil
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if err == nil && (write || !slices.ContainsFunc(own, func(b registry.BodyID) bool { return b == r.Body || slices.Contains(r.Bodies, b) })) {
		err = core.ErrHidden()
	}
	return r, err
}

// fillRound reads the form into a round.
func (a *Service) fillRound(in RoundInput, r *inspection.Round) error {
	typed := core.Input{Today: a.Today()}
	r.Number, r.Title = typed.Line("number", in.Number, inspection.MaxLine), typed.Needed("title", in.Title, inspection.MaxLine)
	r.IssuedOn, r.From, r.Until = typed.Date("issued_on", in.IssuedOn), typed.Date("from_on", in.From), typed.Date("until_on", in.Until)
	typed.Faults.Check(in.From != "", "from_on", "error.required")
	if r.Until == "" {
		r.Until = r.From
	}
	typed.Faults.Check(r.From <= r.Until, "until_on", "error.date_order")
	r.Kind, r.Note = inspection.Kind(in.Kind), typed.Text("note", in.Note, inspection.MaxText)
	typed.Faults.Check(r.Kind.Valid() && r.Kind != inspection.VendorSelf, "kind", "error.choose")
	area, err := registry.ParseAreaRef(in.Area)
	typed.Faults.Check(err == nil, "area", "error.required")
	r.Area, r.Event, r.Task, r.Body, r.Team, r.Bodies = area, registry.EventID(in.Event), registry.TaskID(in.Task), registry.BodyID(in.Body), nil, nil
	for _, line := range typed.Lines("team", in.Team, 2*inspection.MaxLine) {
		name, body, _ := strings.Cut(line, ",")
		r.Team = append(r.Team, inspection.Person{Name: strings.TrimSpace(name), Body: strings.TrimSpace(body)})
	}
	typed.Faults.Check(len(r.Team) <= inspection.MaxPeople, "team", "inspection.error.many", inspection.MaxPeople)
	for _, id := range in.Bodies {
		if !slices.Contains(r.Bodies, registry.BodyID(id)) && id != "" {
			r.Bodies = append(r.Bodies, registry.BodyID(id))
		}
	}
	typed.Faults.Check(len(r.Bodies) <= inspection.MaxRoundBodies, "bodies", "inspection.error.many", inspection.MaxRoundBodies)
	return typed.Faults.Err()
}

// referRound checks that what a round names is there, and that the actor inspects in its
// area.
func (a *Service) referRound(ctx context.Context, tx *store.Tx, actor registry.Actor, r inspection.Round) error {
	if !actor.Can(registry.Inspect, a.Areas.Scope(r.Area)) {
		return registry.At("area", "inspection.error.area")
	}
	for _, c := range []struct {
		field, id string
		read      func() error
	}{
		{"event", string(r.Event), func() error { _, err := tx.Event(ctx, r.Event); return err }},
		{"body", string(r.Body), func() error { _, err := tx.Body(ctx, r.Body); return err }},
		{"task", string(r.Task), func() error {
			t := taking{Service: a, tx: tx, actor: actor}
			return t.taskFor(ctx, r.Task)
		}},
	} {
		if c.id == "" {
			continue
		}
		err := c.read()
		if registry.KindOf(err) == registry.NotFound {
			return registry.At(c.field, "error.choose")
		}
		if err != nil {
			return err
		}
	}
	for _, id := range r.Bodies {
		_, err := tx.Body(ctx, id)
		if registry.KindOf(err) == registry.NotFound {
			return registry.At("bodies", "error.choose")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// EnterRound stores a new round. NotFound for whoever inspects nowhere; Invalid at a field.
func (a *Service) EnterRound(ctx context.Context, actor registry.Actor, in RoundInput) (r inspection.Round, err error) {
	if !actor.CanSomewhere(registry.Inspect) {
		return r, core.ErrHidden()
	}
	if err := a.fillRound(in, &r); err != nil {
		return r, err
	}
	r.Entered, r.EnterAs = actor.Account, actor.Name
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		if err := a.referRound(ctx, tx, actor, r); err != nil {
			return none, err
		}
		return a.roundChange("round.enter", &r, roundFacts(r)), tx.InsertRound(ctx, &r, a.Areas.Scope(r.Area))
	})
	return r, err
}

// SaveRound corrects a round as it was read. NotFound for whoever may not change it; Invalid
// at a field; Conflict where a colleague was quicker, or it is struck out.
func (a *Service) SaveRound(ctx context.Context, actor registry.Actor, id registry.RoundID, in RoundInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.roundFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		r := was
		if r.Version = in.Version; was.StruckAt > 0 {
			return none, registry.E(registry.Conflict, "register.error.struck")
		}
		if err := a.fillRound(in, &r); err != nil {
			return none, err
		}
		if err := a.referRound(ctx, tx, actor, r); err != nil {
			return none, err
		}
		return a.roundChange("round.save", &r, append(fact.Facts{fact.Said("round.title", r.Title)}, fact.Differences(roundFacts(was), roundFacts(r))...)),
			tx.SaveRound(ctx, &r, a.Areas.Scope(r.Area))
	})
}

// StrikeRound strikes out a round for a reason, or with restore counts it again. Invalid at
// "reason" without one; NotFound for whoever may not change it; Conflict where a colleague was
// quicker.
func (a *Service) StrikeRound(ctx context.Context, actor registry.Actor, id registry.RoundID, in StrikeInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		r, err := a.roundFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		if r.StruckAt > 0 != in.Restore {
			return none, registry.E(registry.Conflict, "error.stale")
		}
		r.Version, r.StruckAs, r.StruckBy = in.Version, "", ""
		action := "round.restore"
		if !in.Restore {
			typed := core.Input{}
			action, r.StruckAs, r.StruckBy = "round.strike", actor.Name, typed.Needed("reason", in.Reason, inspection.MaxLine)
			if err := typed.Faults.Err(); err != nil {
				return none, err
			}
		}
		return a.roundChange(action, &r, fact.Facts{fact.Said("round.title", r.Title), fact.Said("reason", r.StruckBy)}), tx.StrikeRound(ctx, &r)
	})
}

// StrikeInput strikes out a round for a reason, or counts it again.
type StrikeInput struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
	Restore bool   // count it again
}

func (a *Service) roundChange(action string, r *inspection.Round, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "round", ID: string(r.ID), Scope: a.Areas.Scope(r.Area), Detail: facts}
}

// roundFacts are the fields of a round as the audit log compares them. Of the team it says how
// many.
func roundFacts(r inspection.Round) fact.Facts {
	return fact.Facts{fact.Said("round.number", r.Number), fact.Date("round.issued_on", r.IssuedOn), fact.Said("round.title", r.Title),
		fact.Code("round.kind", fact.InspectionKind, r.Kind), fact.Ref("round.body", "body", r.Body), fact.Place("round.area", r.Area),
		fact.Days("round.days", r.From, r.Until), fact.Ref("round.event", "event", r.Event), fact.Ref("round.task", "task", r.Task),
		fact.Count("round.team", len(r.Team)), fact.List("round.bodies", fact.IDs("body"), r.Bodies...)}
}
