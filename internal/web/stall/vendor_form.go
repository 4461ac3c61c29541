package stall

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// VendorForm is what the forms of a vendor send: the whole profile, or one page of
// the first registration.
type VendorForm struct {
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
func (s *Door) VendorInput(f VendorForm) (vendors.VendorInput, *registry.Error) {
	in := vendors.VendorInput{Kind: f.Kind, Name: f.Name, TaxCode: f.TaxCode, Representative: f.Representative, Phone: f.Phone,
		PhonePublic: f.PhonePublic, Email: f.Email, Village: f.Village, About: f.About}
	ref, fault := s.PickedArea(f.Area, f.AreaRef, s.App.Today())
	if fault != nil {
		fault.Field = "area"
	}
	in.Area = ref.String()
	return in, fault
}

// vendorFormOf is the form as it shows a stored vendor, or a draft.
func (s *Door) vendorFormOf(in vendors.VendorInput) VendorForm {
	f := VendorForm{Kind: in.Kind, Name: in.Name, TaxCode: in.TaxCode, Representative: in.Representative, Phone: in.Phone,
		PhonePublic: in.PhonePublic, Email: in.Email, Village: in.Village, About: in.About, AreaRef: in.Area}
	if a, err := s.App.Areas.Find(in.Area); err == nil {
		f.Area = s.AreaName(a.Ref)
	}
	return f
}

// inputOf is a stored vendor as its form takes it; a personal number is masked.
func inputOf(v registry.Vendor) vendors.VendorInput {
	return vendors.VendorInput{Kind: string(v.Kind), Name: v.Name, TaxCode: v.TaxCode.String(), Representative: v.Representative,
		Phone: vn.ShowPhone(v.Phone), PhonePublic: v.PhonePublic, Email: v.Email, Area: v.Area.String(), Village: v.Village, About: v.About}
}

// VendorFields draws the fields of a vendor's form by name.
func (s *Door) VendorFields(b view.Base, f VendorForm, faults map[string]string, names ...string) []view.Field {
	all := map[string]view.Field{
		"kind":           {Type: "radios", Label: b.T("vendor.field.kind"), Options: view.WithHints(b, view.Options(b, "vendor.kind.", registry.VendorKinds, f.Kind), "vendor.kind_hint.")},
		"name":           {Label: b.T("vendor.field.name"), Hint: b.T("vendor.field.name_hint"), Value: f.Name, Max: 150, Autocomplete: "organization"},
		"area":           {Type: "area", Label: b.T("vendor.field.area"), Hint: b.T("vendor.field.area_hint"), Value: f.Area, Ref: f.AreaRef},
		"village":        {Label: b.T("vendor.field.village"), Hint: b.T("vendor.field.village_hint"), Value: f.Village, Max: 120},
		"phone":          {Type: "tel", Label: b.T("vendor.field.phone"), Hint: b.T("vendor.field.phone_hint"), Value: f.Phone, InputMode: "tel", Autocomplete: "tel"},
		"phone_public":   {Type: "checkbox", Label: b.T("vendor.field.phone_public"), Hint: b.T("vendor.field.phone_public_hint"), Value: view.Ticked(f.PhonePublic)},
		"email":          {Type: "email", Label: b.T("vendor.field.email"), Hint: b.T("vendor.field.email_hint"), Value: f.Email, Autocomplete: "email"},
		"representative": {Label: b.T("vendor.field.representative"), Hint: b.T("vendor.field.representative_hint"), Value: f.Representative, Max: 120, Autocomplete: "name"},
		"tax_code":       {Label: b.T("vendor.field.tax_code"), Hint: b.T("vendor.field.tax_code_hint"), Value: f.TaxCode, Max: 20},
		"about":          {Type: "textarea", Label: b.T("vendor.field.about"), Hint: b.T("vendor.field.about_hint"), Value: f.About, Rows: 5, Max: 2000},
	}
	fields := make([]view.Field, len(names))
	for i, name := range names {
		fields[i] = all[name]
		fields[i].Name, fields[i].Error = name, faults[name]
	}
	return fields
}

// vendorEditPage is the profile of a vendor as a form.
type vendorEditPage struct {
	view.Base
	Action  string
	Version int64
	Stale   *view.Stale
	Fields  []view.Field
	Faults  []view.FieldFault
	Logo    string
	LogoTo  string // where its form goes
	Upload  view.Field
	Public  string // address of the public page
}

// ProfileFields are the fields of the profile in the order of the page.
var ProfileFields = []string{"name", "kind", "area", "village", "phone", "phone_public", "email", "representative", "tax_code", "about"}

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
	f := s.vendorFormOf(inputOf(v))
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
	p.Fields = s.VendorFields(p.Base, f, faults, ProfileFields...)
	p.Faults = view.Summary(p.Base, faults, ProfileFields...)
	p.HasError = len(faults) > 0
	if shown.stale {
		theirs := s.VendorFields(p.Base, s.profileFormOf(v), nil, ProfileFields...)
		p.Stale = view.NewStale(p.Base, v.Version, p.Action, p.Fields, theirs)
	}
	if v.Logo != "" {
		p.Logo = view.SmallPhoto(v.Logo)
	}
	p.Upload = view.PhotoField(p.Base, "logo", "vendor.field.logo", faults)
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
