package campaign

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// stepForm moves a plan on.
type stepForm struct {
	To      string `form:"to"`
	Version int64  `form:"version"`
}

// stepPlan puts a plan in force, back to a draft, or closes it.
func (s *Door) stepPlan(c *fiber.Ctx) error {
	var form stepForm
	if err := frame.Bind(c, &form); err != nil {
		return s.boardPage(c, err)
	}
	if err := s.App.Campaign.StepPlan(c.UserContext(), frame.Actor(c), planParam(c), committee.PlanState(form.To), form.Version); err != nil {
		return s.boardPage(c, err)
	}
	frame.Flash(c, "plan.flash.stepped")
	return c.Redirect(planHref(planParam(c)), fiber.StatusSeeOther)
}

// clonePage asks before a plan is copied, with what would be copied.
type clonePage struct {
	view.Base
	view.Form
	Plan  campaign.PlanRow
	Tasks int
	Year  int
}

// askClone asks before a plan is copied to the next year.
func (s *Door) askClone(c *fiber.Ctx) error { return s.clonePage(c, nil) }

func (s *Door) clonePage(c *fiber.Ctx, fault error) error {
	board, err := s.App.Campaign.Board(c.UserContext(), frame.Actor(c), planParam(c))
	if err != nil {
		return err
	}
	if !board.Manages {
		return registry.E(registry.NotFound, "error.not_found")
	}
	p := clonePage{Base: s.OfficePage(c, "plan.clone_title", board.Year+1), Plan: board.PlanRow, Tasks: board.Open + board.Done, Year: board.Year + 1}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/clone", p)
}

// clonePlan copies a plan to the next year.
func (s *Door) clonePlan(c *fiber.Ctx) error {
	plan, err := s.App.Campaign.ClonePlan(c.UserContext(), frame.Actor(c), planParam(c))
	if err != nil {
		return s.clonePage(c, err)
	}
	frame.Flash(c, "plan.flash.cloned")
	return c.Redirect(planHref(plan.ID), fiber.StatusSeeOther)
}
