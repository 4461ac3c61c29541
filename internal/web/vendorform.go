package web

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// vendorForm is what the forms of a vendor send: the whole profile, or one page of
// the first registration.
type vendorForm struct {
	Step           int    `form:"step"`
	Version        int64  `form:"version"`
	Over           int64  `form:"over"`
	Kind           string `form:"kind"`
	Name           string `form:"name"`
	TaxCode        string `form:"tax_code"`
	Representative string `form:"representative"`
	Phone          string `form:"phone"`
	PhonePublic    bool   `form:"phone_public"`
	Email          string `form:"email"`
	Area           string `form:"area"`
	AreaRef        string `form:"area_ref"`
	Village        string `form:"village"`
	About          string `form:"about" lines:"many"`
}

// input turns the form into what the use cases take. What is wrong with the place
// comes back as a fault of its own, because its text is read here.
func (s *Server) vendorInput(f vendorForm) (vendors.VendorInput, *registry.Error) {
	in := vendors.VendorInput{Kind: f.Kind, Name: f.Name, TaxCode: f.TaxCode, Representative: f.Representative, Phone: f.Phone,
		PhonePublic: f.PhonePublic, Email: f.Email, Village: f.Village, About: f.About}
	ref, fault := s.pickedArea(f.Area, f.AreaRef, s.app.Today())
	if fault != nil {
		fault.Field = "area"
	}
	in.Area = ref.String()
	return in, fault
}

// vendorFormOf is the form as it shows a stored vendor, or a draft.
func (s *Server) vendorFormOf(in vendors.VendorInput) vendorForm {
	f := vendorForm{Kind: in.Kind, Name: in.Name, TaxCode: in.TaxCode, Representative: in.Representative, Phone: in.Phone,
		PhonePublic: in.PhonePublic, Email: in.Email, Village: in.Village, About: in.About, AreaRef: in.Area}
	if a, err := s.app.Areas.Find(in.Area); err == nil {
		f.Area = s.areaName(a.Ref)
	}
	return f
}

// inputOf is a stored vendor as its form takes it; a personal number is masked.
func inputOf(v registry.Vendor) vendors.VendorInput {
	return vendors.VendorInput{Kind: string(v.Kind), Name: v.Name, TaxCode: v.TaxCode.String(), Representative: v.Representative,
		Phone: vn.ShowPhone(v.Phone), PhonePublic: v.PhonePublic, Email: v.Email, Area: v.Area.String(), Village: v.Village, About: v.About}
}

// vendorFields draws the fields of a vendor's form by name.
func (s *Server) vendorFields(b base, f vendorForm, faults map[string]string, names ...string) []Field {
	all := map[string]Field{
		"kind":           {Type: "radios", Label: b.T("vendor.field.kind"), Options: withHints(b, options(b, "vendor.kind.", registry.VendorKinds, f.Kind), "vendor.kind_hint.")},
		"name":           {Label: b.T("vendor.field.name"), Hint: b.T("vendor.field.name_hint"), Value: f.Name, Max: 150, Autocomplete: "organization"},
		"area":           {Type: "area", Label: b.T("vendor.field.area"), Hint: b.T("vendor.field.area_hint"), Value: f.Area, Ref: f.AreaRef},
		"village":        {Label: b.T("vendor.field.village"), Hint: b.T("vendor.field.village_hint"), Value: f.Village, Max: 120},
		"phone":          {Type: "tel", Label: b.T("vendor.field.phone"), Hint: b.T("vendor.field.phone_hint"), Value: f.Phone, InputMode: "tel", Autocomplete: "tel"},
		"phone_public":   {Type: "checkbox", Label: b.T("vendor.field.phone_public"), Hint: b.T("vendor.field.phone_public_hint"), Value: ticked(f.PhonePublic)},
		"email":          {Type: "email", Label: b.T("vendor.field.email"), Hint: b.T("vendor.field.email_hint"), Value: f.Email, Autocomplete: "email"},
		"representative": {Label: b.T("vendor.field.representative"), Hint: b.T("vendor.field.representative_hint"), Value: f.Representative, Max: 120, Autocomplete: "name"},
		"tax_code":       {Label: b.T("vendor.field.tax_code"), Hint: b.T("vendor.field.tax_code_hint"), Value: f.TaxCode, Max: 20},
		"about":          {Type: "textarea", Label: b.T("vendor.field.about"), Hint: b.T("vendor.field.about_hint"), Value: f.About, Rows: 5, Max: 2000},
	}
	fields := make([]Field, len(names))
	for i, name := range names {
		fields[i] = all[name]
		fields[i].Name, fields[i].Error = name, faults[name]
	}
	return fields
}

// vendorEditPage is the profile of a vendor as a form.
type vendorEditPage struct {
	base
	Action  string
	Version int64
	Stale   *stale
	Fields  []Field
	Faults  []FieldFault
	Logo    string
	LogoTo  string // where its form goes
	Upload  Field
	Public  string // address of the public page
}

// profileFields are the fields of the profile in the order of the page.
var profileFields = []string{"name", "kind", "area", "village", "phone", "phone_public", "email", "representative", "tax_code", "about"}

// showProfile shows the profile of a vendor as a form.
func (s *Server) showProfile(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	return s.profile(c, profileShown{status: fiber.StatusOK, vendor: v, form: s.profileFormOf(v)})
}

// profileFormOf fills the form with a vendor.
func (s *Server) profileFormOf(v registry.Vendor) vendorForm {
	f := s.vendorFormOf(inputOf(v))
	f.Version = v.Version
	return f
}

// profileShown is what the page of the profile shows.
type profileShown struct {
	status int
	vendor registry.Vendor
	form   vendorForm
	faults map[string]string
	stale  bool // somebody else saved the profile first
}

func (s *Server) profile(c *fiber.Ctx, shown profileShown) error {
	v, f, faults := shown.vendor, shown.form, shown.faults
	home := stallRoot(v.ID)
	p := vendorEditPage{base: s.vendorPage(c, v, "vendor.tab.profile"), Action: home + "/ho-so", Version: f.Version, LogoTo: home + "/ho-so/anh",
		Public: vendorHref(v.Slug)}
	p.Fields = s.vendorFields(p.base, f, faults, profileFields...)
	p.Faults = summary(p.base, faults, profileFields...)
	p.HasError = len(faults) > 0
	if shown.stale {
		theirs := s.vendorFields(p.base, s.profileFormOf(v), nil, profileFields...)
		p.Stale = newStale(p.base, v.Version, p.Action, p.Fields, theirs)
	}
	if v.Logo != "" {
		p.Logo = smallPhoto(v.Logo)
	}
	p.Upload = photoField(p.base, "logo", "vendor.field.logo", faults)
	return s.renderStatus(c, shown.status, layoutVendor, "vendor-edit", p)
}

// ownVendor is the vendor in the address, for those who may work on it.
func (s *Server) ownVendor(c *fiber.Ctx) (registry.Vendor, error) {
	return s.app.Vendors.OwnVendor(c.UserContext(), actor(c), vendorParam(c))
}

// saveVendorProfile saves the profile of a vendor.
func (s *Server) saveVendorProfile(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	var f vendorForm
	err = bind(c, &f)
	in, fault := s.vendorInput(f)
	if err == nil {
		err = s.app.Vendors.EditVendor(c.UserContext(), actor(c), v.ID, readAt(f.Version, f.Over), in)
	}
	if err != nil {
		texts, ok := s.vendorFaults(c, err, fault)
		if !ok {
			return err
		}
		late := isStale(err)
		if late {
			if v, err = s.ownVendor(c); err != nil {
				return err
			}
		}
		return s.profile(c, profileShown{fiber.StatusUnprocessableEntity, v, f, texts, late})
	}
	flash(c, "vendor.saved")
	return c.Redirect(stallRoot(v.ID)+"/ho-so", fiber.StatusSeeOther)
}

// vendorFaults are the texts of what is wrong with a vendor's form. What is wrong
// with the typed place says more than that no place was given.
func (s *Server) vendorFaults(c *fiber.Ctx, err error, place *registry.Error) (map[string]string, bool) {
	b := s.page(c, "vendor.tab.profile")
	texts, ok := faultTexts(b, err)
	if ok && place != nil {
		texts["area"] = b.T(place.Key, place.Args...)
	}
	return texts, ok
}

// setVendorPhoto takes the picture of a vendor.
func (s *Server) setVendorPhoto(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	var f struct {
		Logo *multipart.FileHeader `form:"logo"`
	}
	raw, err := upload(c, &f, func() *multipart.FileHeader { return f.Logo })
	if err == nil {
		err = s.app.Vendors.SetVendorLogo(c.UserContext(), actor(c), v.ID, raw)
	}
	if err != nil {
		texts, ok := s.vendorFaults(c, err, nil)
		if !ok {
			return err
		}
		return s.profile(c, profileShown{status: fiber.StatusUnprocessableEntity, vendor: v, form: s.profileFormOf(v), faults: texts})
	}
	flash(c, "vendor.saved")
	return c.Redirect(stallRoot(v.ID)+"/ho-so", fiber.StatusSeeOther)
}

// removeVendorPhoto takes the picture of a vendor away.
func (s *Server) removeVendorPhoto(c *fiber.Ctx) error {
	if err := s.app.Vendors.RemoveVendorLogo(c.UserContext(), actor(c), vendorParam(c)); err != nil {
		return err
	}
	flash(c, "vendor.saved")
	return c.Redirect(stallRoot(vendorParam(c))+"/ho-so", fiber.StatusSeeOther)
}
