package floorplans

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// publishPage says what publishing would do, before it is done.
type publishPage struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Root    string
	Ref     refForm
	Heading string
	Refused string // why it cannot be
	Effects []string
	Seen    string // digest of them
	Way     string // back
	Button  string
}

// askPublish shows what publishing would do.
func (s *Door) askPublish(c *fiber.Ctx) error { return s.publishing(c, nil) }

func (s *Door) publishing(c *fiber.Ctx, fault error) error {
	x, err := s.App.FloorPlans.Effect(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if registry.KindOf(err) == registry.NotFound && fault == nil { // there is no draft to publish
		if _, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c)); err != nil {
			return err
		}
		return back(c, "")
	}
	if err != nil {
		return err
	}
	p := publishPage{Base: s.OfficePage(c, "floor_plan.title", x.Event.Title), Root: root(x.Event.ID), Ref: refForm{x.Plan.N, x.Plan.Version}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, x.Event)
	p.Heading, p.Button = p.T("floor_plan.publish.ask", x.Plan.N), p.T("floor_plan.publish.do", x.Plan.N)
	p.effects(x)
	p.Seen = x.Digest()
	switch {
	case x.Refuse != nil:
		texts, _ := view.FaultTexts(p.Base, x.Refuse)
		p.Refused = texts[""]
	case len(x.Stops) > 0:
		p.Refused = p.T("floor_plan.error.stops", len(x.Stops))
	case x.Plan.State != floorplans.Checked:
		p.Refused = p.T("floor_plan.error.unchecked")
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "floorplans/publish", p)
}

// effects says in numbers what publishing does.
func (p *publishPage) effects(x floorplans.Effect) {
	add := func(n int, key string, args ...any) {
		if n > 0 {
			p.Effects = append(p.Effects, p.T("floor_plan.publish."+key, append([]any{n}, args...)...))
		}
	}
	var renamed []string
	for _, r := range x.Renamed {
		renamed = append(renamed, r.Code+" → "+r.To)
	}
	add(len(x.Added), "added", strings.Join(x.Added, ", "))
	add(len(x.Restored), "restored", strings.Join(x.Restored, ", "))
	add(len(x.RestoredBlocked), "restored_blocked", strings.Join(x.RestoredBlocked, ", "))
	add(len(x.Removed), "removed", strings.Join(x.Removed, ", "))
	add(len(x.RemovedBlocked), "removed_blocked", strings.Join(x.RemovedBlocked, ", "))
	add(len(x.Renamed), "renamed", strings.Join(renamed, ", "))
	add(x.Resized, "resized")
	add(x.Passes, "passes")
	add(x.Vendors, "vendors")
	if x.Nothing() {
		p.Effects = append(p.Effects, p.T("floor_plan.publish.same"))
	}
	p.Effects = append(p.Effects, p.T("floor_plan.publish.seen"))
	p.Way = p.T("floor_plan.publish.way")
	if x.First {
		p.Way = p.T("floor_plan.publish.way_first")
	}
}

// publishForm is what was confirmed.
type publishForm struct {
	refForm
	Seen string `form:"seen"`
}

// publish puts the draft in force.
func (s *Door) publish(c *fiber.Ctx) error {
	var form publishForm
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	if err := s.App.FloorPlans.Publish(c.UserContext(), frame.Actor(c), floorplans.Publication{Ref: form.ref(c), Seen: form.Seen}); err != nil {
		return s.publishing(c, err)
	}
	frame.Flash(c, "floor_plan.flash.published")
	return back(c, "")
}
