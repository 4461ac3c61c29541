package draws

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// givingPage shows which booths a draw gives, and why others not, before they are given.
type givingPage struct {
	view.Base
	view.Form
	booths.Placing
	Head     frame.EventHead
	Root     string
	Booths   string // address of the office's booths
	Heading  string
	Unplaced []unplacedRow
}

// unplacedRow is a lot that gets no booth now.
type unplacedRow struct{ Vendor, Why string }

func (s *Door) showGiving(c *fiber.Ctx) error { return s.giving(c, nil) }

// giving shows what would be given now, and what went wrong.
func (s *Door) giving(c *fiber.Ctx, fault error) error {
	x, err := s.App.Draws.PreviewGiving(c.UserContext(), frame.Actor(c), frame.EventParam(c), turnParam(c))
	if err != nil {
		return err
	}
	p := givingPage{Base: s.OfficePage(c, "draw.title", x.Event.Title), Placing: x, Root: view.DrawRoot(x.Event.ID), Booths: view.BoothRoot(x.Event.ID)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, x.Event)
	if p.Heading = p.T("draw.give.none"); len(x.Placed) > 0 {
		p.Heading = p.T("draw.give.heading", len(x.Placed), x.Vendors)
	}
	for _, u := range x.Unplaced {
		p.Unplaced = append(p.Unplaced, unplacedRow{u.Vendor, p.T("placing.reason." + string(u.Why))})
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "draws/giving", p)
}

// give gives the booths as they were drawn.
func (s *Door) give(c *fiber.Ctx) error {
	var form struct {
		Mark string `form:"mark"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	event := frame.EventParam(c)
	if _, err := s.App.Draws.Give(c.UserContext(), frame.Actor(c), event, turnParam(c), form.Mark); err != nil {
		return s.giving(c, err)
	}
	frame.Flash(c, "draw.flash.given")
	return c.Redirect(view.BoothRoot(event), fiber.StatusSeeOther)
}
