package stall

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// VendorForm is what the forms of a vendor send: the whole profile, or one page of
// the first registration. Its Area is the text that was typed.
type VendorForm struct {
	vendors.VendorInput
	Step    int    `form:"step"`
	Version int64  `form:"version"`
	Over    int64  `form:"over"`
	AreaRef string `form:"area_ref"`
}

// VendorInput turns the form into what the use cases take. What is wrong with the
// place comes back as a fault of its own, because its text is read here.
func (s *Door) VendorInput(f VendorForm) (vendors.VendorInput, *registry.Error) {
	ref, fault := s.PickedArea(f.Area, f.AreaRef, s.App.Today())
	if fault != nil {
		fault.Field = "area"
	}
	f.Area = ref.String()
	return f.VendorInput, fault
}

// vendorFormOf is the form as it shows a stored vendor, or a draft.
func (s *Door) vendorFormOf(in vendors.VendorInput) VendorForm {
	f := VendorForm{VendorInput: in, AreaRef: in.Area}
	f.Area = ""
	if a, err := s.App.Areas.Find(in.Area); err == nil {
		f.Area = s.AreaName(a.Ref)
	}
	return f
}

// autocompletes are what the browser may fill in for the reader, by field.
var autocompletes = map[string]string{"name": "organization", "phone": "tel", "email": "email", "representative": "name"}

// VendorFields draws fields of a vendor's form.
func VendorFields(b view.Base, f VendorForm, list vendors.FieldList) []view.Field {
	fields := make([]view.Field, len(list))
	for i, x := range list {
		fields[i] = vendorField(b, f, x)
	}
	return fields
}

func vendorField(b view.Base, f VendorForm, field vendors.Field) view.Field {
	d := frame.FieldOf(b, "vendor", field, f.VendorInput)
	d.Autocomplete = autocompletes[field.Name]
	if d.Type == "area" {
		d.Ref = f.AreaRef
	}
	return d
}

// vendorEditPage is the profile of a vendor as a form.
type vendorEditPage struct {
	view.Base
	view.Form
	Action  string
	Version int64
	Stale   *view.Stale
	Fields  []view.Field
	Logo    string
	LogoTo  string // where its form goes
	Upload  view.Field
	Public  string // address of the public page
}

// showProfile shows the profile of a vendor as a form.
func (s *Door) showProfile(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	return s.profile(c, profileShown{status: fiber.StatusOK, vendor: v, form: s.profileFormOf(v)})
}

// profileFormOf fills the form with a vendor.
func (s *Door) profileFormOf(v registry.Vendor) VendorForm {
	f := s.vendorFormOf(vendors.InputOf(v))
	f.Version = v.Version
	return f
}

// profileShown is what the page of the profile shows.
type profileShown struct {
	status int
	vendor registry.Vendor
	form   VendorForm
	faults map[string]string
	stale  bool // somebody else saved the profile first
}

func (s *Door) profile(c *fiber.Ctx, shown profileShown) error {
	v, f, faults := shown.vendor, shown.form, shown.faults
	home := view.StallRoot(v.ID)
	p := vendorEditPage{Base: s.vendorPage(c, v, "vendor.tab.profile"), Action: home + "/ho-so", Version: f.Version, LogoTo: home + "/ho-so/anh",
		Public: view.VendorHref(v.Slug)}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(VendorFields(p.Base, f, vendors.Fields)...)
	if shown.stale {
		theirs := VendorFields(p.Base, s.profileFormOf(v), vendors.Fields)
		p.Stale = view.NewStale(p.Base, v.Version, p.Action, p.Fields, theirs)
	}
	if v.Logo != "" {
		p.Logo = view.SmallPhoto(v.Logo)
	}
	p.Upload = p.TakeOne(view.PhotoField(p.Base, "logo", "vendor.field.logo"))
	return s.RenderStatus(c, shown.status, frame.LayoutVendor, "stall/vendor_edit", p)
}

// ownVendor is the vendor in the address, for those who may work on it.
func (s *Door) ownVendor(c *fiber.Ctx) (registry.Vendor, error) {
	return s.App.Vendors.OwnVendor(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
}

// saveVendorProfile saves the profile of a vendor.
func (s *Door) saveVendorProfile(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	var f VendorForm
	err = frame.Bind(c, &f)
	in, fault := s.VendorInput(f)
	if err == nil {
		err = s.App.Vendors.EditVendor(c.UserContext(), frame.Actor(c), v.ID, view.ReadAt(f.Version, f.Over), in)
	}
	if err != nil {
		texts, ok := s.VendorFaults(c, err, fault)
		if !ok {
			return err
		}
		late := view.IsStale(err)
		if late {
			if v, err = s.ownVendor(c); err != nil {
				return err
			}
		}
		return s.profile(c, profileShown{fiber.StatusUnprocessableEntity, v, f, texts, late})
	}
	frame.Flash(c, "vendor.saved")
	return c.Redirect(view.StallRoot(v.ID)+"/ho-so", fiber.StatusSeeOther)
}

// VendorFaults are the texts of what is wrong with a vendor's form. What is wrong
// with the typed place says more than that no place was given.
func (s *Door) VendorFaults(c *fiber.Ctx, err error, place *registry.Error) (map[string]string, bool) {
	b := s.Page(c, "vendor.tab.profile")
	texts, ok := view.FaultTexts(b, err)
	if ok && place != nil {
		texts["area"] = b.T(place.Key, place.Args...)
	}
	return texts, ok
}

// setVendorPhoto takes the picture of a vendor.
func (s *Door) setVendorPhoto(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	var f struct {
		Logo *multipart.FileHeader `form:"logo"`
	}
	raw, err := frame.Upload(c, &f, func() *multipart.FileHeader { return f.Logo })
	if err == nil {
		err = s.App.Vendors.SetVendorLogo(c.UserContext(), frame.Actor(c), v.ID, raw)
	}
	if err != nil {
		texts, ok := s.VendorFaults(c, err, nil)
		if !ok {
			return err
		}
		return s.profile(c, profileShown{status: fiber.StatusUnprocessableEntity, vendor: v, form: s.profileFormOf(v), faults: texts})
	}
	frame.Flash(c, "vendor.saved")
	return c.Redirect(view.StallRoot(v.ID)+"/ho-so", fiber.StatusSeeOther)
}

// removeVendorPhoto takes the picture of a vendor away.
func (s *Door) removeVendorPhoto(c *fiber.Ctx) error {
	if err := s.App.Vendors.RemoveVendorLogo(c.UserContext(), frame.Actor(c), frame.VendorParam(c)); err != nil {
		return err
	}
	frame.Flash(c, "vendor.saved")
	return c.Redirect(view.StallRoot(frame.VendorParam(c))+"/ho-so", fiber.StatusSeeOther)
}
