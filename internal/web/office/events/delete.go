package events

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventDeletePage asks before an event is removed, or says why it stays.
type eventDeletePage struct {
	view.Base
	Head    frame.EventHead
	Root    string
	Effects []string
	Refused string
	Cancel  bool // it can be called off instead
	Version int64
}

// showDeleteEvent shows what goes with an event.
func (s *Door) showDeleteEvent(c *fiber.Ctx) error {
	x, err := s.App.Events.DeleteEffect(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	return s.deletePage(c, fiber.StatusOK, x)
}

func (s *Door) deletePage(c *fiber.Ctx, status int, x events.DeleteEffect) error {
	e := x.Event
	p := eventDeletePage{Base: s.OfficeNav(c, s.Titled(c, e.Title)), Root: view.EventRoot(e.ID), Version: e.Version, Cancel: e.State.CanBecome(registry.Cancelled)}
	p.Head = s.EventHead(c, p.Base, e)
	if texts, ok := view.FaultTexts(p.Base, x.Refused); ok {
		p.Refused = texts[""]
	}
	p.Effects = []string{p.T("event.delete.what", e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn)), p.T("event.delete.goes", x.Booths, x.Gates, x.Items, x.Passes)}
	if x.Phones > 0 {
		p.Effects = append(p.Effects, p.T("event.delete.phones", x.Phones))
	}
	p.Effects = append(p.Effects, p.T("event.delete.stays"))
	return s.RenderStatus(c, status, frame.LayoutOffice, "events/delete", p)
}

// deleteEvent removes an event.
func (s *Door) deleteEvent(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	id := frame.EventParam(c)
	err := s.App.Events.DeleteEvent(c.UserContext(), frame.Actor(c), id, form.Version)
	if err == nil {
		frame.Flash(c, "event.flash.deleted")
		return c.Redirect("/quan-ly/su-kien?xem=nhap", fiber.StatusSeeOther)
	}
	if registry.KindOf(err) != registry.Conflict {
		return err
	}
	x, gone := s.App.Events.DeleteEffect(c.UserContext(), frame.Actor(c), id)
	if gone != nil {
		return gone
	}
	x.Refused = err
	return s.deletePage(c, fiber.StatusConflict, x)
}
