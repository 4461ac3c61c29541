package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// paperPage begins an application from a form on paper.
type paperPage struct {
	base
	faulty
	Query   string
	Chosen  string // event asked for by the address
	Event   Field
	Vendors []registry.Vendor
	Kinds   map[registry.VendorID]string
	None    bool // no event takes applications
	NoEvent Empty
}

func (s *Server) showPaper(c *fiber.Ctx) error { return s.paper(c, nil) }

func (s *Server) paper(c *fiber.Ctx, fault error) error {
	query := askedText(c, "q")
	d, err := s.app.Booths.PaperDoorway(c.UserContext(), actor(c), query)
	if err != nil {
		return err
	}
	p := paperPage{base: s.officePage(c, "application.paper.title"), Query: query, Chosen: c.Query("event"), Vendors: d.Vendors, None: len(d.Events) == 0,
		Kinds: map[registry.VendorID]string{}}
	status, err := p.noteFault(c, &p.base, fault, "event", "vendor")
	if err != nil {
		return err
	}
	p.NoEvent = Empty{Icon: "calendar-days", Title: p.T("application.paper.no_event"), Href: "/quan-ly/su-kien", Action: p.T("nav.events")}
	p.Event = Field{Name: "event", Type: "select", Label: p.T("application.paper.event"), Error: p.texts["event"]}
	for _, e := range d.Events {
		p.Event.Options = append(p.Event.Options, Option{Value: string(e.ID), Label: e.Title + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn),
			Selected: string(e.ID) == c.Query("event")})
	}
	for _, v := range d.Vendors {
		p.Kinds[v.ID] = p.T("vendor.kind." + string(v.Kind))
	}
	return s.renderStatus(c, status, layoutOffice, "paper", p)
}

func (s *Server) startPaper(c *fiber.Ctx) error {
	var form struct {
		Event  registry.EventID  `form:"event"`
		Vendor registry.VendorID `form:"vendor"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if form.Vendor == "" {
		return s.paper(c, registry.At("vendor", "error.choose"))
	}
	a, made, err := s.app.Booths.StartApplication(c.UserContext(), actor(c), form.Event, form.Vendor)
	switch {
	case err != nil:
		return s.paper(c, err)
	case made:
		return c.Redirect(reviewRoot(a.ID)+"/sua", fiber.StatusSeeOther)
	}
	flash(c, "application.flash.first")
	return c.Redirect(reviewRoot(a.ID), fiber.StatusSeeOther)
}
