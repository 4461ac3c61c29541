package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
)

// vendorPassesPage lists a vendor's own passes by event.
type vendorPassesPage struct {
	base
	Vendor registry.VendorID
	Groups []passGroup
}

// passGroup is the passes of one event.
type passGroup struct {
	Event registry.Event
	Rows  []passRow
}

// showVendorPasses lists the passes that a vendor prints and hands to its people.
func (s *Server) showVendorPasses(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	rows, err := s.app.Passes.VendorPasses(c.UserContext(), actor(c), v.ID)
	if err != nil {
		return err
	}
	p := vendorPassesPage{base: s.vendorPage(c, v, "pass.own.title"), Vendor: v.ID}
	byEvent := map[registry.EventID]int{}
	for _, r := range showPassRows(p.base, rows) {
		at, seen := byEvent[r.Event]
		if !seen {
			event, err := s.app.Events.Event(c.UserContext(), actor(c), r.Event)
			if err != nil {
				return err
			}
			at = len(p.Groups)
			byEvent[r.Event], p.Groups = at, append(p.Groups, passGroup{Event: event})
		}
		p.Groups[at].Rows = append(p.Groups[at].Rows, r)
	}
	return s.render(c, layoutVendor, "vendorpasses", p)
}

// vendorPaper sends the vendor's passes of an event as a PDF.
func (s *Server) vendorPaper(c *fiber.Ctx) error {
	sheet := passes.SheetA6
	if c.Query("kho") == "a4" {
		sheet = passes.SheetA4
	}
	f, err := s.app.Passes.VendorPaper(c.UserContext(), actor(c), vendorParam(c),
		passes.PaperInput{Event: registry.EventID(c.Params("event")), Paper: passes.PaperPasses, Sheet: sheet, Lang: lang(c)})
	if err != nil {
		return err
	}
	return sendFile(c, f)
}
