package inspections

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

// place finds what a record is about, where it belongs, and whether the actor may hand it
// in. What is named must be there, except a booth: one that is gone is kept by its name.
func (t *taking) place(ctx context.Context) error {
	s, in := &t.rec.Subject, t.in.Subject
	steps := []func(context.Context) error{t.placeEvent, t.placeVendor, t.placeBooth, t.placeBody}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if s.Kind == inspection.OfGoods {
		s.Goods = registry.ProductGroup(in.Goods)
		if !slices.Contains(registry.ProductGroups, s.Goods) {
			return registry.At("subject", "error.choose")
		}
		if t.rec.Area.IsZero() {
			area, err := registry.ParseAreaRef(in.Area)
			if err != nil {
				return registry.Faults{registry.At("area", "error.required")}
			}
			t.rec.Area = area
		}
	}
	if t.rec.Area.IsZero() {
		return registry.At("subject", "error.required")
	}
	t.scope = t.Areas.Scope(t.rec.Area)
	return t.may(ctx)
}

// may is NotFound unless the actor may hand the record in.
func (t *taking) may(ctx context.Context) error {
	if t.rec.Kind == inspection.VendorSelf && t.actor.Owns(t.rec.Subject.Vendor) {
		return nil
	}
	is, err := t.rightsTo(ctx, t.tx, t.actor, t.rec)
	if err == nil && !is.writes {
		err = core.ErrHidden()
	}
	return err
}

func (t *taking) placeEvent(ctx context.Context) error {
	s, id := &t.rec.Subject, registry.EventID(t.in.Subject.Event)
	if id == "" {
		if t.rec.Kind.AtEvent(s.Kind) {
			return registry.At("event", "error.required")
		}
		return nil
	}
	e, err := t.tx.Event(ctx, id)
	if registry.KindOf(err) == registry.NotFound {
		return registry.At("event", "error.choose")
	}
	if err != nil {
		return err
	}
	s.Event, t.rec.Area = e.ID, e.Area
	if s.Kind == inspection.OfEvent {
		s.Name = e.Title
	}
	if e.State.Stopped() {
		t.rec.Remarks = append(t.rec.Remarks, inspection.EventStopped)
	}
	return nil
}

func (t *taking) placeVendor(ctx context.Context) error {
	s, id := &t.rec.Subject, registry.VendorID(t.in.Subject.Vendor)
	if id == "" {
		if s.Kind == inspection.OfVendor {
			return registry.At("vendor", "error.required")
		}
		return nil
	}
	if s.Kind != inspection.OfVendor && s.Kind != inspection.OfBooth {
		return nil
	}
	v, err := t.tx.Vendor(ctx, id)
	if registry.KindOf(err) == registry.NotFound {
		return registry.At("vendor", "error.choose")
	}
	if err != nil {
		return err
	}
	if s.Vendor = v.ID; s.Kind == inspection.OfVendor {
		s.Name = v.Name
	}
	if t.rec.Area.IsZero() {
		t.rec.Area = v.Area
	}
	return nil
}

func (t *taking) placeBooth(ctx context.Context) error {
	s, id := &t.rec.Subject, registry.BoothID(t.in.Subject.Booth)
	if s.Kind != inspection.OfBooth {
		return nil
	}
	b, err := t.tx.Booth(ctx, s.Event, id)
	if registry.KindOf(err) == registry.NotFound {
		if s.Name == "" {
			return registry.At("booth", "error.choose")
		}
		t.rec.Remarks = append(t.rec.Remarks, inspection.BoothGone)
		return nil
	}
	if err != nil {
		return err
	}
	s.Booth, s.Name = b.ID, b.Code
	if b.Application == "" {
		return t.nameVendor(ctx)
	}
	app, err := t.tx.Application(ctx, b.Application)
	if err != nil {
		return err
	}
	switch {
	case s.Vendor == "":
		s.Vendor = app.Vendor
	case s.Vendor != app.Vendor:
		t.rec.Remarks = append(t.rec.Remarks, inspection.OtherVendor)
	}
	return t.nameVendor(ctx)
}

// nameVendor puts the name of the vendor behind the code of its booth.
func (t *taking) nameVendor(ctx context.Context) error {
	s := &t.rec.Subject
	if s.Vendor == "" {
		return nil
	}
	v, err := t.tx.Vendor(ctx, s.Vendor)
	s.Name += " · " + v.Name
	return err
}

func (t *taking) placeBody(ctx context.Context) error {
	s, id := &t.rec.Subject, registry.BodyID(t.in.Subject.Body)
	if id == "" {
		if s.Kind == inspection.OfBody {
			return registry.At("body", "error.required")
		}
		return nil
	}
	if s.Kind != inspection.OfBody && s.Kind != inspection.OfEvent {
		return nil
	}
	b, err := t.tx.Body(ctx, id)
	if registry.KindOf(err) == registry.NotFound {
		return registry.At("body", "error.choose")
	}
	if err != nil {
		return err
	}
	s.Body = b.ID
	if s.Kind == inspection.OfBody {
		s.Name, t.rec.Area = b.Name, b.Area
		return nil
	}
	of, at := t.Areas.Scope(b.Area), t.Areas.Scope(t.rec.Area)
	if len(of) == 0 || !slices.Contains(at, of[0]) { // the event lies outside its unit
		return registry.At("body", "error.choose")
	}
	return nil
}

// refer checks what a record refers to beside its subject: round, record before, issuer and
// tasks are such as the actor may name.
func (t *taking) refer(ctx context.Context) error {
	rec := &t.rec
	var fault error
	find := func(field, id string, read func() error) {
		if id == "" || fault != nil {
			return
		}
		if fault = read(); registry.KindOf(fault) == registry.NotFound {
			fault = registry.At(field, "error.choose")
		}
	}
	find("round", t.in.Round, func() error {
		round, err := t.roundFor(ctx, t.tx, t.actor, registry.RoundID(t.in.Round), false)
		rec.Round, rec.Issuer = round.ID, round.Body
		if round.Task != "" {
			rec.Tasks = append(rec.Tasks, round.Task)
		}
		return err
	})
	find("recheck", t.in.Recheck, func() error {
		before, is, err := t.recordFor(ctx, t.tx, t.actor, registry.InspectionID(t.in.Recheck), false)
		if err == nil && !is.writes && t.rec.Kind != inspection.Self {
			return core.ErrHidden()
		}
		rec.Recheck = before.ID
		return err
	})
	find("issuer", t.in.Issuer, func() error {
		b, err := t.tx.Body(ctx, registry.BodyID(t.in.Issuer))
		if err == nil && !t.actor.Can(registry.Inspect, t.Areas.Scope(b.Area)) && b.ID != rec.Subject.Body {
			err = core.ErrHidden()
		}
		rec.Issuer = b.ID
		return err
	})
	for _, id := range t.in.Tasks {
		find("task", id, func() error {
			err := t.taskFor(ctx, registry.TaskID(id))
			if err == nil && !slices.Contains(rec.Tasks, registry.TaskID(id)) {
				rec.Tasks = append(rec.Tasks, registry.TaskID(id))
			}
			return err
		})
	}
	if rec.Issuer == "" && rec.Kind == inspection.Self {
		rec.Issuer = rec.Subject.Body
	}
	return fault
}

// taskFor is NotFound unless the actor reads the plan of a task, or an own body has a part in
// it.
func (t *taking) taskFor(ctx context.Context, id registry.TaskID) error {
	task, err := t.tx.Task(ctx, id)
	if err != nil {
		return err
	}
	plan, err := t.tx.Plan(ctx, task.Plan)
	if err != nil || t.actor.Can(registry.ViewPlan, t.Areas.Scope(plan.Area)) {
		return err
	}
	own, err := core.OwnBodies(ctx, t.tx, t.actor, registry.ViewTasks)
	if err == nil && !slices.ContainsFunc(task.Bodies(), func(b registry.BodyID) bool { return slices.Contains(own, b) }) {
		err = core.ErrHidden()
	}
	return err
}
