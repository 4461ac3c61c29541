package floorplans

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// edition is a change that somebody sends.
type edition struct {
	ref    refForm
	change floorplans.Edit
	to     string // object where it is seen
	flash  string
	again  func(error) error // shows the form again
}

// edit makes a change. Where somebody else has changed the same objects, it is asked whose is kept.
func (s *Door) edit(c *fiber.Ctx, e edition) error {
	saved, err := s.App.FloorPlans.Edit(c.UserContext(), frame.Actor(c), floorplans.Input{Ref: e.ref.ref(c)}, e.change)
	return s.saved(c, e, saved, err)
}

func (s *Door) saved(c *fiber.Ctx, e edition, saved floorplans.Saved, err error) error {
	switch {
	case len(saved.Open) > 0:
		return s.ask(c, e.ref, saved, err)
	case err != nil:
		return e.again(err)
	case saved.Told:
		frame.Flash(c, "floor_plan.flash.merged")
	default:
		frame.Flash(c, e.flash)
	}
	if saved.Plan.Layout.Find(e.to) < 0 {
		e.to = ""
	}
	return back(c, e.to)
}

// beginForm lays a plan from a template.
type beginForm struct {
	Template floorplan.Template `form:"template"`
	Count    view.Number        `form:"count"`
}

// begin lays the first plan of an event.
func (s *Door) begin(c *fiber.Ctx) error {
	var form beginForm
	unread, err := frame.BindOpen(c, &form)
	if err != nil {
		return err
	}
	if len(unread) > 0 {
		return s.desk(c, form, unread)
	}
	d, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	l, err := floorplans.Begin(form.Template, form.Count.N, d.Given())
	if err != nil {
		return s.desk(c, form, err)
	}
	saved, err := s.App.FloorPlans.Save(c.UserContext(), frame.Actor(c), floorplans.Input{Ref: floorplans.Ref{Event: d.Event.ID}, Layout: l}) // a Conflict where there is a plan
	return s.saved(c, edition{flash: "floor_plan.flash.begun", again: func(err error) error { return s.desk(c, form, err) }}, saved, err)
}

// mend goes the way out of a finding.
func (s *Door) mend(c *fiber.Ctx) error {
	var form struct {
		refForm
		Key string `form:"key"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	d, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	return s.edit(c, edition{ref: form.refForm, change: floorplans.Mend(form.Key, d), flash: "floor_plan.flash.mended",
		again: func(err error) error { return s.desk(c, beginForm{}, err) }})
}

// remove takes an object out of the plan.
func (s *Door) remove(c *fiber.Ctx) error {
	var form refForm
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	return s.edit(c, edition{ref: form, change: floorplans.Remove(c.Params("object")), flash: "floor_plan.flash.removed",
		again: func(err error) error { return s.desk(c, beginForm{}, err) }})
}

// step is a button of the draft.
func (s *Door) step(flash string, act func(context.Context, registry.Actor, floorplans.Ref) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form refForm
		if err := frame.Bind(c, &form); err != nil {
			return err
		}
		if err := act(c.UserContext(), frame.Actor(c), form.ref(c)); err != nil {
			return s.desk(c, beginForm{}, err)
		}
		frame.Flash(c, flash)
		return back(c, "")
	}
}

// takeUp makes a draft like an older version.
func (s *Door) takeUp(c *fiber.Ctx) error {
	var form struct {
		refForm
		From int `form:"from"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	if err := s.App.FloorPlans.TakeUp(c.UserContext(), frame.Actor(c), form.ref(c), form.From); err != nil {
		return s.desk(c, beginForm{}, err)
	}
	frame.Flash(c, "floor_plan.flash.taken")
	return back(c, "")
}
