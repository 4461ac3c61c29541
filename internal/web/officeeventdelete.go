package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// eventDeletePage asks before an event is removed, or says why it stays.
type eventDeletePage struct {
	base
	Head    eventHead
	Root    string
	Effects []string
	Refused string
	Cancel  bool // it can be called off instead
	Version int64
}

// showDeleteEvent shows what goes with an event.
func (s *Server) showDeleteEvent(c *fiber.Ctx) error {
	x, err := s.app.Events.DeleteEffect(c.UserContext(), actor(c), eventParam(c))
	if err != nil {
		return err
	}
	return s.deletePage(c, fiber.StatusOK, x)
}

func (s *Server) deletePage(c *fiber.Ctx, status int, x events.DeleteEffect) error {
	e := x.Event
	p := eventDeletePage{base: s.officeNav(c, s.titled(c, e.Title)), Root: eventRoot(e.ID), Version: e.Version, Cancel: e.State.CanBecome(registry.Cancelled)}
	p.Head = s.eventHead(c, p.base, e)
	if texts, ok := faultTexts(p.base, x.Refused); ok {
		p.Refused = texts[""]
	}
	p.Effects = []string{p.T("event.delete.what", e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn)), p.T("event.delete.goes", x.Booths, x.Gates, x.Items, x.Passes)}
	if x.Phones > 0 {
		p.Effects = append(p.Effects, p.T("event.delete.phones", x.Phones))
	}
	p.Effects = append(p.Effects, p.T("event.delete.stays"))
	return s.renderStatus(c, status, layoutOffice, "eventdelete", p)
}

// deleteEvent removes an event.
func (s *Server) deleteEvent(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	id := eventParam(c)
	err := s.app.Events.DeleteEvent(c.UserContext(), actor(c), id, form.Version)
	if err == nil {
		flash(c, "event.flash.deleted")
		return c.Redirect("/quan-ly/su-kien?xem=nhap", fiber.StatusSeeOther)
	}
	if registry.KindOf(err) != registry.Conflict {
		return err
	}
	x, gone := s.app.Events.DeleteEffect(c.UserContext(), actor(c), id)
	if gone != nil {
		return gone
	}
	x.Refused = err
	return s.deletePage(c, fiber.StatusConflict, x)
}
