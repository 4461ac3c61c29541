package stall

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// pickPage is the plan on which an approved vendor picks its booth.
type pickPage struct {
	view.Base
	view.Form
	booths.ApplicationView
	Root  string
	Days  string
	Plan  frame.PlanView
	Shown *registry.Booth // free booth looked at
	Facts string          // size, power, fee
	Held  *registry.Booth
	Until string
	Left  int
	Free  []registry.Booth
}

func (s *Door) showPick(c *fiber.Ctx) error { return s.pick(c, nil) }

// pick shows the plan with what went wrong; the free booths are always there to
// choose another.
func (s *Door) pick(c *fiber.Ctx, fault error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	root := view.StallApplication(v.Vendor.ID, v.ID)
	if v.State != registry.AppApproved || !v.Event.SelfPick {
		return c.Redirect(root, fiber.StatusSeeOther)
	}
	plan, err := s.App.Booths.BoothPlan(c.UserContext(), frame.Actor(c), v.Event.Slug)
	if err != nil {
		return err
	}
	p := pickPage{Base: s.vendorPage(c, v.Vendor, "booth.pick.title", v.Event.Title), ApplicationView: v, Root: root,
		Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn), Left: v.Granted}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fill(plan, c.Query("gian"))
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/booth_pick", p)
}

func (p *pickPage) fill(plan booths.Plan, code string) {
	own := map[registry.BoothID]bool{}
	for _, b := range p.Assigned {
		own[b.ID] = true
		if b.State == registry.BoothHeld {
			p.Held, p.Until = &b, view.ShowTime(b.HeldUntil)
			continue
		}
		p.Left--
	}
	for _, b := range plan.Booths {
		if b.State == registry.BoothFree {
			p.Free = append(p.Free, b)
		}
	}
	if b, ok := plan.Find(code); ok && b.State == registry.BoothFree {
		p.Shown, p.Facts = &b, BoothFacts(p.Base, b)
	}
	drawing := frame.PlanDrawing{Base: p.Base, Plan: plan,
		Href: func(b registry.Booth) string { return p.Root + "/gian?gian=" + b.Code + "#gian" },
		Hit:  func(b registry.Booth) bool { return own[b.ID] || p.Shown != nil && p.Shown.ID == b.ID }}
	p.Plan = drawing.Draw()
}

// pickBooth handles the forms of the plan: hold, take, drop.
func (s *Door) pickBooth(message, next string, do func(*fiber.Ctx, registry.ApplicationID, registry.BoothID) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form struct {
			Booth registry.BoothID `form:"booth"`
		}
		if err := frame.Bind(c, &form); err != nil {
			return s.pick(c, err)
		}
		v, err := s.ownView(c)
		if err != nil {
			return err
		}
		if err := do(c, v.ID, form.Booth); err != nil {
			return s.pick(c, err)
		}
		frame.Flash(c, message)
		return c.Redirect(view.StallApplication(v.Vendor.ID, v.ID)+next, fiber.StatusSeeOther)
	}
}

func (s *Door) holdBooth(c *fiber.Ctx, id registry.ApplicationID, booth registry.BoothID) error {
	_, err := s.App.Booths.HoldBooth(c.UserContext(), frame.Actor(c), id, booth)
	return err
}

func (s *Door) takeBooth(c *fiber.Ctx, id registry.ApplicationID, booth registry.BoothID) error {
	return s.App.Booths.TakeBooth(c.UserContext(), frame.Actor(c), id, booth)
}

func (s *Door) dropHold(c *fiber.Ctx, id registry.ApplicationID, _ registry.BoothID) error {
	return s.App.Booths.DropHold(c.UserContext(), frame.Actor(c), id)
}

// BoothFacts says what a booth is like: "Tiêu chuẩn · 3 × 3 m · có điện · miễn phí".
func BoothFacts(b view.Base, booth registry.Booth) string {
	facts := []string{b.T("booth.kind." + string(booth.Kind)), view.BoothSize(booth)}
	if booth.Power {
		facts = append(facts, b.T("booth.power"))
	}
	if booth.FeeDong == 0 {
		return strings.Join(append(facts, b.T("booth.free_of_charge")), " · ")
	}
	return strings.Join(append(facts, vn.Dong(booth.FeeDong)), " · ")
}
