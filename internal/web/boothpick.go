package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// pickPage is the plan on which an approved vendor picks its booth.
type pickPage struct {
	base
	faulty
	booths.ApplicationView
	Root  string
	Days  string
	Plan  planView
	Shown *registry.Booth // free booth looked at
	Facts string          // size, power, fee
	Held  *registry.Booth
	Until string
	Left  int
	Free  []registry.Booth
}

func (s *Server) showPick(c *fiber.Ctx) error { return s.pick(c, nil) }

// pick shows the plan with what went wrong; the free booths are always there to
// choose another.
func (s *Server) pick(c *fiber.Ctx, fault error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	root := stallApplication(v.Vendor.ID, v.ID)
	if v.State != registry.AppApproved || !v.Event.SelfPick {
		return c.Redirect(root, fiber.StatusSeeOther)
	}
	plan, err := s.app.Booths.BoothPlan(c.UserContext(), actor(c), v.Event.Slug)
	if err != nil {
		return err
	}
	p := pickPage{base: s.vendorPage(c, v.Vendor, "booth.pick.title", v.Event.Title), ApplicationView: v, Root: root,
		Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn), Left: v.Granted}
	status, err := p.noteFault(c, &p.base, fault)
	if err != nil {
		return err
	}
	p.fill(plan, c.Query("gian"))
	return s.renderStatus(c, status, layoutVendor, "boothpick", p)
}

func (p *pickPage) fill(plan booths.Plan, code string) {
	own := map[registry.BoothID]bool{}
	for _, b := range p.Assigned {
		own[b.ID] = true
		if b.State == registry.BoothHeld {
			p.Held, p.Until = &b, showTime(b.HeldUntil)
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
		p.Shown, p.Facts = &b, p.boothFacts(b)
	}
	drawing := planDrawing{base: p.base, plan: plan,
		href: func(b registry.Booth) string { return p.Root + "/gian?gian=" + b.Code + "#gian" },
		hit:  func(b registry.Booth) bool { return own[b.ID] || p.Shown != nil && p.Shown.ID == b.ID }}
	p.Plan = drawing.draw()
}

// pickBooth handles the forms of the plan: hold, take, drop.
func (s *Server) pickBooth(message, next string, do func(*fiber.Ctx, registry.ApplicationID, registry.BoothID) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form struct {
			Booth registry.BoothID `form:"booth"`
		}
		if err := bind(c, &form); err != nil {
			return err
		}
		v, err := s.ownView(c)
		if err != nil {
			return err
		}
		if err := do(c, v.ID, form.Booth); err != nil {
			return s.pick(c, err)
		}
		flash(c, message)
		return c.Redirect(stallApplication(v.Vendor.ID, v.ID)+next, fiber.StatusSeeOther)
	}
}

func (s *Server) holdBooth(c *fiber.Ctx, id registry.ApplicationID, booth registry.BoothID) error {
	_, err := s.app.Booths.HoldBooth(c.UserContext(), actor(c), id, booth)
	return err
}

func (s *Server) takeBooth(c *fiber.Ctx, id registry.ApplicationID, booth registry.BoothID) error {
	return s.app.Booths.TakeBooth(c.UserContext(), actor(c), id, booth)
}

func (s *Server) dropHold(c *fiber.Ctx, id registry.ApplicationID, _ registry.BoothID) error {
	return s.app.Booths.DropHold(c.UserContext(), actor(c), id)
}

// boothFacts says what a booth is like: "Tiêu chuẩn · 3 × 3 m · có điện · miễn phí".
func (b base) boothFacts(booth registry.Booth) string {
	facts := []string{b.T("booth.kind." + string(booth.Kind)), boothSize(booth)}
	if booth.Power {
		facts = append(facts, b.T("booth.power"))
	}
	if booth.FeeDong == 0 {
		return strings.Join(append(facts, b.T("booth.free_of_charge")), " · ")
	}
	return strings.Join(append(facts, vn.Dong(booth.FeeDong)), " · ")
}
