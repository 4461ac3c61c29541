package costs

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Input is what the form of a line holds, as it was typed. The events of a line of a plan and
// their parts stand side by side.
type Input struct {
	Kind      string   `form:"kind"`
	Source    string   `form:"source"`
	Title     string   `form:"title"`
	Estimate  string   `form:"estimate"`
	Spent     string   `form:"spent"` // "" is not said
	Paper     string   `form:"paper"`
	PaperOn   string   `form:"issued_on"`
	Events    []string `form:"share_event" lines:"row"`
	Parts     []string `form:"share_parts" lines:"row"` // "" has no part
	DropPhoto bool     `form:"drop_photo"`
	Version   int64    `form:"version"`
	Photo     []byte
}

// InputOf is a line as its form takes it.
func InputOf(c committee.Cost) Input {
	in := Input{Kind: string(c.Kind), Source: string(c.Source), Title: c.Title, Paper: c.Paper, Version: c.Version}
	if c.Estimate > 0 {
		in.Estimate = vn.Count(c.Estimate)
	}
	if c.Paid {
		in.Spent = vn.Count(c.Spent)
	}
	if c.PaperOn != "" {
		in.PaperOn = vn.ShowDate(c.PaperOn)
	}
	for _, s := range c.Shares {
		in.Events, in.Parts = append(in.Events, string(s.Event)), append(in.Parts, vn.Count(s.Parts))
	}
	return in
}

// fill reads a form into a line, or returns all faults at once.
func (a *Service) fill(in Input, c *committee.Cost) error {
	r := core.Input{Today: a.Today()}
	c.Kind, c.Source = committee.CostKind(in.Kind), committee.CostSource(in.Source)
	r.Faults.Check(c.Kind.Valid(), "kind", "error.choose")
	r.Faults.Check(c.Source.Valid(), "source", "error.choose")
	c.Title = r.Needed("title", in.Title, committee.MaxCostLine)
	c.Estimate = r.Money("estimate", in.Estimate, committee.MaxCostDong)
	c.Paid, c.Spent = in.Spent != "", r.Money("spent", in.Spent, committee.MaxCostDong)
	r.Faults.Check(in.Estimate != "" || in.Spent != "", "estimate", "cost.error.amount")
	c.Paper, c.PaperOn = r.Line("paper", in.Paper, committee.MaxCostLine), r.Date("issued_on", in.PaperOn)
	c.Shares = nil
	if len(in.Events) != len(in.Parts) {
		return registry.E(registry.Malformed, "error.malformed")
	}
	for i, typed := range in.Parts {
		if typed == "" {
			continue
		}
		before := len(r.Faults)
		parts := r.Count("shares", typed)
		if len(r.Faults) == before {
			r.Between("shares", parts, 0, committee.MaxCostParts)
		}
		if parts > 0 {
			c.Shares = append(c.Shares, committee.CostShare{Event: registry.EventID(in.Events[i]), Parts: int64(parts)})
		}
	}
	r.Faults.Check(c.Event == "" || len(c.Shares) == 0, "shares", "cost.error.shares")
	return r.Faults.Err()
}

// sharedOver refuses events that are not of the plan's year and unit; those that the line was
// shared over already stay.
func (a *Service) sharedOver(ctx context.Context, tx *store.Tx, w owned, was, c committee.Cost) error {
	if len(c.Shares) == 0 {
		return nil
	}
	events, err := a.yearEvents(ctx, tx, w)
	if err != nil {
		return err
	}
	seen := map[registry.EventID]bool{}
	for _, s := range c.Shares {
		known := slices.ContainsFunc(events, func(e registry.Event) bool { return e.ID == s.Event }) ||
			slices.ContainsFunc(was.Shares, func(o committee.CostShare) bool { return o.Event == s.Event })
		if !known || seen[s.Event] {
			return registry.Faults{registry.At("shares", "cost.error.event")}
		}
		seen[s.Event] = true
	}
	return nil
}

// preparePhoto makes a file of a photo that was sent; the zero File without one.
func preparePhoto(ctx context.Context, raw []byte) (f registry.File, err error) {
	if len(raw) > 0 {
		f, err = core.PreparePhoto(ctx, "photo", raw)
	}
	return f, err
}

// Enter writes a line of cost of an event or plan. The actor needs ManageEvents in the event's
// area, or ManagePlan in the plan's, else it is NotFound. Invalid at a field.
func (a *Service) Enter(ctx context.Context, actor registry.Actor, o Owner, in Input) (c committee.Cost, err error) {
	if _, _, err := a.Choices(ctx, actor, o); err != nil {
		return c, err
	}
	c = committee.Cost{Plan: o.Plan, Event: o.Event, Entered: committee.Entry{By: actor.Account, As: actor.Name}}
	if err := a.fill(in, &c); err != nil {
		return c, err
	}
	photo, err := preparePhoto(ctx, in.Photo)
	if err != nil {
		return c, err
	}
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		w, err := a.ownerFor(ctx, tx, actor, o)
		switch {
		case err != nil:
			return none, err
		case !w.writes:
			return none, core.ErrHidden()
		}
		if err := a.sharedOver(ctx, tx, w, committee.Cost{}, c); err != nil {
			return none, err
		}
		if len(photo.Data) > 0 {
			if c.Photo, err = tx.InsertFile(ctx, photo); err != nil {
				return none, err
			}
		}
		if err := tx.InsertCost(ctx, &c); err != nil {
			return none, err
		}
		return a.change("cost.enter", w, c, append(fact.Facts{fact.Said("cost.number", c.Number()), fact.Ref("cost.plan", "plan", c.Plan),
			fact.Ref("cost.event", "event", c.Event)}, facts(c)...)...), nil
	})
	return c, err
}

// Save corrects a line as it was read. NotFound for whoever may not change it; Invalid at a
// field; Conflict where a colleague was quicker, or it is struck out.
func (a *Service) Save(ctx context.Context, actor registry.Actor, id registry.CostID, in Input) error {
	err := a.DB.Read(ctx, func(tx *store.Tx) error { // before work is done for whoever may not
		_, _, err := a.lineFor(ctx, tx, actor, id, true)
		return err
	})
	if err != nil {
		return err
	}
	photo, err := preparePhoto(ctx, in.Photo)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, w, err := a.lineFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		c := was
		c.Version = in.Version
		switch err := a.fill(in, &c); {
		case err != nil:
			return none, err
		case c.Struck.Is():
			return none, registry.E(registry.Conflict, "register.error.struck")
		}
		if err := a.sharedOver(ctx, tx, w, was, c); err != nil {
			return none, err
		}
		switch {
		case len(photo.Data) > 0:
			if c.Photo, err = tx.InsertFile(ctx, photo); err != nil {
				return none, err
			}
		case in.DropPhoto:
			c.Photo = ""
		}
		if err := tx.SaveCost(ctx, &c); err != nil {
			return none, err
		}
		if was.Photo != "" && was.Photo != c.Photo {
			if err := tx.DeleteFile(ctx, was.Photo); err != nil {
				return none, err
			}
		}
		return a.change("cost.save", w, c, append(fact.Facts{fact.Said("cost.number", c.Number())}, fact.Differences(facts(was), facts(c))...)...), nil
	})
}

// Strike strikes out a line for a reason, or with restore counts it again. Invalid at "reason"
// without one; NotFound for whoever may not change it; Conflict where a colleague was quicker.
func (a *Service) Strike(ctx context.Context, actor registry.Actor, id registry.CostID, in StrikeInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		c, w, err := a.lineFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		if c.Struck.Is() != in.Restore {
			return none, registry.E(registry.Conflict, "error.stale")
		}
		c.Version, c.Struck = in.Version, committee.Struck{}
		action := "cost.restore"
		if !in.Restore {
			r := core.Input{}
			action, c.Struck = "cost.strike", committee.Struck{By: actor.Name, Why: r.Needed("reason", in.Reason, committee.MaxSupportReason)}
			if err := r.Faults.Err(); err != nil {
				return none, err
			}
		}
		return a.change(action, w, c, fact.Said("cost.number", c.Number()), fact.Said("reason", c.Struck.Why)), tx.StrikeCost(ctx, &c)
	})
}

// StrikeInput strikes out a line for a reason, or counts it again.
type StrikeInput struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
	Restore bool   // count it again
}

func (a *Service) change(action string, w owned, c committee.Cost, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "cost", ID: string(c.ID), Scope: a.Areas.Scope(w.area), Detail: fact.Facts(facts)}
}

// facts are the fields of a line as the audit log compares them.
func facts(c committee.Cost) fact.Facts {
	spent := fact.Fact{Field: "cost.spent", Kind: fact.Dong}
	if c.Paid {
		spent = fact.Amount("cost.spent", c.Spent)
	}
	events := make([]registry.EventID, len(c.Shares))
	for i, s := range c.Shares {
		events[i] = s.Event
	}
	return fact.Facts{fact.Code("cost.kind", fact.CostKind, c.Kind), fact.Code("cost.source", fact.CostSource, c.Source), fact.Said("cost.title", c.Title),
		fact.Amount("cost.estimate", c.Estimate), spent, fact.Said("cost.paper", c.Paper), fact.Date("cost.issued_on", c.PaperOn),
		fact.Hidden("cost.photo", string(c.Photo)), fact.List("cost.shares", fact.IDs("event"), events...)}
}
