package booths

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// paperPage begins an application from a form on paper.
type paperPage struct {
	view.Base
	view.Form
	Query   string
	Chosen  string // event asked for by the address
	Event   view.Field
	Vendors []registry.Vendor
	Kinds   map[registry.VendorID]string
	None    bool // no event takes applications
	NoEvent view.Empty
}

func (s *Door) showPaper(c *fiber.Ctx) error { return s.paper(c, nil) }

func (s *Door) paper(c *fiber.Ctx, fault error) error {
	query := frame.AskedText(c, "q")
	d, err := s.App.Booths.PaperDoorway(c.UserContext(), frame.Actor(c), query)
	if err != nil {
		return err
	}
	p := paperPage{Base: s.OfficePage(c, "application.paper.title"), Query: query, Chosen: c.Query("event"), Vendors: d.Vendors, None: len(d.Events) == 0,
		Kinds: map[registry.VendorID]string{}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.NoEvent = view.Empty{Icon: "calendar-days", Title: p.T("application.paper.no_event"), Href: "/quan-ly/su-kien", Action: p.T("nav.events")}
	p.Event = p.TakeOne(view.Field{Name: "event", Type: "select", Label: p.T("application.paper.event")})
	p.Part("vendor", "")
	for _, e := range d.Events {
		p.Event.Options = append(p.Event.Options, view.Option{Value: string(e.ID), Label: e.Title + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn),
			Selected: string(e.ID) == c.Query("event")})
	}
	for _, v := range d.Vendors {
		p.Kinds[v.ID] = p.T("vendor.kind." + string(v.Kind))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/application_new", p)
}

func (s *Door) startPaper(c *fiber.Ctx) error {
	var form struct {
		Event  registry.EventID  `form:"event"`
		Vendor registry.VendorID `form:"vendor"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	if form.Vendor == "" {
		return s.paper(c, registry.At("vendor", "error.choose"))
	}
	a, made, err := s.App.Booths.StartApplication(c.UserContext(), frame.Actor(c), form.Event, form.Vendor)
	switch {
	case err != nil:
		return s.paper(c, err)
	case made:
		return c.Redirect(view.ReviewRoot(a.ID)+"/sua", fiber.StatusSeeOther)
	}
	frame.Flash(c, "application.flash.first")
	return c.Redirect(view.ReviewRoot(a.ID), fiber.StatusSeeOther)
}
