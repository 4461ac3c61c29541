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
	Query string
	paperForm
	Events  view.Field
	Vendors []registry.Vendor
	Kinds   map[registry.VendorID]string
	None    bool // no event takes applications
	NoEvent view.Empty

	Unchosen string // that no vendor was chosen
}

// paperForm is the form that begins an application.
type paperForm struct {
	Event  registry.EventID  `form:"event"`
	Vendor registry.VendorID `form:"vendor"`
}

func (s *Door) showPaper(c *fiber.Ctx) error {
	return s.paper(c, paperForm{Event: registry.EventID(c.Query("event"))}, nil)
}

// paper shows the vendors that were searched for, and the form as it was sent.
func (s *Door) paper(c *fiber.Ctx, sent paperForm, fault error) error {
	query := frame.AskedText(c, "q")
	d, err := s.App.Booths.PaperDoorway(c.UserContext(), frame.Actor(c), query)
	if err != nil {
		return err
	}
	p := paperPage{Base: s.OfficePage(c, "application.paper.title"), Query: query, paperForm: sent, Vendors: d.Vendors, None: len(d.Events) == 0,
		Kinds: map[registry.VendorID]string{}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.NoEvent = view.Empty{Icon: "calendar-days", Title: p.T("application.paper.no_event"), Href: "/quan-ly/su-kien", Action: p.T("nav.events")}
	p.Events = p.TakeOne(view.Field{Name: "event", Type: "select", Label: p.T("application.paper.event")})
	p.Unchosen = p.Part("vendor", p.T("application.paper.vendor"))
	for _, e := range d.Events {
		p.Events.Options = append(p.Events.Options, view.Option{Value: string(e.ID), Label: e.Title + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn),
			Selected: e.ID == sent.Event})
	}
	for _, v := range d.Vendors {
		p.Kinds[v.ID] = p.T("vendor.kind." + string(v.Kind))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/application_new", p)
}

func (s *Door) startPaper(c *fiber.Ctx) error {
	var form paperForm
	if err := frame.Bind(c, &form); err != nil {
		return s.paper(c, form, err)
	}
	if form.Vendor == "" {
		return s.paper(c, form, registry.At("vendor", "error.choose"))
	}
	a, made, err := s.App.Booths.StartApplication(c.UserContext(), frame.Actor(c), form.Event, form.Vendor)
	switch {
	case err != nil:
		return s.paper(c, form, err)
	case made:
		return c.Redirect(view.ReviewRoot(a.ID)+"/sua", fiber.StatusSeeOther)
	}
	frame.Flash(c, "application.flash.first")
	return c.Redirect(view.ReviewRoot(a.ID), fiber.StatusSeeOther)
}
