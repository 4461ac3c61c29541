package stall

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// newVendorPage is the first registration: what a vendor cannot do without. The rest of
// the profile is asked for later, on its own page.
type newVendorPage struct {
	view.Base
	view.Form
	Stage  string // of the way to an application, "" on no such way
	Fields []view.Field
}

// showNewVendor shows the form of a first registration.
func (s *Door) showNewVendor(c *fiber.Ctx) error {
	return s.newVendor(c, fiber.StatusOK, VendorForm{}, nil)
}

func (s *Door) newVendor(c *fiber.Ctx, status int, f VendorForm, faults map[string]string) error {
	p := newVendorPage{Base: s.PublicNav(c, s.Page(c, "vendor.new.heading"))}
	if p.Goal = s.Goal(c); p.Goal != nil {
		p.Stage = p.T("application.way.stage", 2)
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(VendorFields(p.Base, f, vendors.Fields.On(vendors.FirstFields))...)
	for i := range p.Fields {
		if p.Fields[i].Name == "kind" {
			p.Fields[i].Tight = true
		}
	}
	return s.RenderStatus(c, status, frame.LayoutForm, "stall/vendor_new", p)
}

// saveNewVendor registers the vendor. Phone and e-mail are those of the account until
// the profile says otherwise; neither is public.
func (s *Door) saveNewVendor(c *fiber.Ctx) error {
	var f VendorForm
	err := frame.Bind(c, &f)
	in, place := s.VendorInput(f)
	if account, ok := frame.SignedIn(c); ok {
		in.Phone, in.Email = cmp.Or(in.Phone, vn.ShowPhone(account.Account.Phone)), cmp.Or(in.Email, account.Account.Email)
	}
	var v registry.Vendor
	if err == nil {
		v, err = s.App.Vendors.CreateVendor(c.UserContext(), frame.Actor(c), in)
	}
	if err != nil {
		texts, ok := s.VendorFaults(c, err, place)
		if !ok {
			return err
		}
		return s.newVendor(c, fiber.StatusUnprocessableEntity, f, texts)
	}
	frame.Flash(c, "vendor.created")
	if s.Goal(c) != nil { // an application needs goods
		return c.Redirect(view.StallRoot(v.ID)+"/san-pham/moi", fiber.StatusSeeOther)
	}
	return c.Redirect(view.StallRoot(v.ID), fiber.StatusSeeOther)
}
