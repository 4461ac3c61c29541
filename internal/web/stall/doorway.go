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

// doorwayPage is the page before an application.
type doorwayPage struct {
	view.Base
	booths.Doorway
	Days   string
	Until  string
	Shut   bool // nobody can apply now
	Why    view.Notice
	NoneOf view.Empty // for whoever acts for no vendor
	Limits []QuotaLine
	Chips  map[registry.VendorID]view.Chip
	Left   int
	Like   map[registry.VendorID]string // what each asked for last time
	SignUp string                       // for whoever is not signed in
	SignIn string
	Phone  string // of the organiser
	view.Form
}

// showDoorway shows what an application needs. Whoever has no account yet makes one from
// here, and whoever has no vendor yet goes straight on to that: the event stays named.
func (s *Door) showDoorway(c *fiber.Ctx) error { return s.doorway(c, nil) }

func (s *Door) doorway(c *fiber.Ctx, fault error) error {
	d, err := s.App.Booths.ApplicationDoorway(c.UserContext(), frame.Actor(c), c.Params("slug"))
	if err != nil {
		return err
	}
	p := doorwayPage{Base: s.PublicNav(c, s.Page(c, "application.doorway.title", d.Event.Title)), Doorway: d,
		Days: vn.ShowRange(d.Event.OpensOn, d.Event.ClosesOn), Left: max(d.Places.Left(), 0), Chips: map[registry.VendorID]view.Chip{},
		Like: map[registry.VendorID]string{}}
	if d.Event.ApplyUntil > 0 {
		p.Until = p.Deadline(d.Event.ApplyUntil)
	}
	if d.Closed != nil {
		p.Shut, p.Why = true, view.Notice{Class: "wait", Icon: "clock", Title: p.ErrorText(d.Closed)}
	}
	p.NoneOf = view.Empty{Icon: "store", Title: p.T("application.doorway.no_vendor"), Text: p.T("application.doorway.no_vendor_text"),
		Href: "/gian-hang/moi", Action: p.T("application.doorway.make_vendor")}
	if !p.Shut {
		s.HeadFor(c, d.Event.Slug)
	}
	p.Phone = vn.ShowPhone(d.Event.Phone)
	if in, ok := frame.SignedIn(c); !ok {
		here := view.QueryEscape(view.EventHref(d.Event.Slug) + "/dang-ky")
		p.SignUp, p.SignIn = "/dang-ky?next="+here, "/dang-nhap?next="+here
		return s.Render(c, frame.LayoutForm, "stall/application_start", p)
	} else if len(d.Vendors) == 0 && !p.Shut && !in.Actor.Office() && fault == nil {
		return c.Redirect("/gian-hang/moi", fiber.StatusSeeOther)
	}
	p.Limits = Quotas(p.Base, d.Quotas, nil)
	for _, v := range d.Vendors {
		if v.Application != "" {
			p.Chips[v.ID] = p.ApplicationChip(v.State)
		}
		if v.Last != nil {
			p.Like[v.ID] = p.T("application.like.was", v.Last.EventTitle, v.Last.Booths, v.Last.StaffN, strings.Join(v.Last.Goods, ", "))
		}
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/application_new", p)
}

// startApplication opens the draft, or leads to the application that is there.
func (s *Door) startApplication(c *fiber.Ctx) error {
	var form struct {
		Vendor registry.VendorID      `form:"vendor"`
		Like   registry.ApplicationID `form:"like"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.doorway(c, err)
	}
	e, err := s.App.Events.EventBySlug(c.UserContext(), frame.Actor(c), c.Params("slug"))
	if err != nil {
		return err
	}
	if !frame.Actor(c).Owns(form.Vendor) {
		return s.doorway(c, registry.At("vendor", "error.choose"))
	}
	a, made, err := s.App.Booths.BeginApplication(c.UserContext(), frame.Actor(c), e.ID, form.Vendor, form.Like)
	switch {
	case err != nil:
		return s.doorway(c, err)
	case made && form.Like != "" && len(a.Products) > 0:
		return c.Redirect(view.StallApplication(a.Vendor, a.ID)+"/kiem-tra", fiber.StatusSeeOther)
	case made:
		return c.Redirect(view.StallApplication(a.Vendor, a.ID)+"/sua", fiber.StatusSeeOther)
	}
	frame.Flash(c, "application.flash.first")
	return c.Redirect(view.StallApplication(a.Vendor, a.ID), fiber.StatusSeeOther)
}
