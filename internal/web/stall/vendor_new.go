package stall

import (
	"cmp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// vendorSteps are the pages of the first registration, each with the fields it asks
// for. The last page is the check of the answers.
var vendorSteps = []struct {
	label  string
	fields []string
}{
	{"vendor.step.who", []string{"name", "kind"}},
	{"vendor.step.where", []string{"area", "village"}},
	{"vendor.step.contact", []string{"phone", "phone_public", "email", "representative"}},
	{"vendor.step.tax", []string{"tax_code"}},
	{"vendor.step.about", []string{"about"}},
	{"vendor.step.check", nil},
}

// vendorStepPage is one page of the first registration.
type vendorStepPage struct {
	view.Base
	Step   int // from 1
	Steps  []view.Step
	Fields []view.Field
	Faults []view.FieldFault
	Rows   []view.SummaryRow // on the last page
	Back   string
}

// showNewVendor shows a page of the first registration with the draft in it.
func (s *Door) showNewVendor(c *fiber.Ctx) error {
	draft, err := s.vendorDraft(c)
	if err != nil {
		return err
	}
	step := view.SmallNumber(c.Query("buoc"), len(vendorSteps))
	return s.vendorStep(c, fiber.StatusOK, max(step, 1), s.vendorFormOf(draft), nil)
}

// vendorDraft is the half-filled form of the reader; a new one begins with the
// phone and e-mail of their account.
func (s *Door) vendorDraft(c *fiber.Ctx) (vendors.VendorInput, error) {
	draft, err := s.App.Vendors.VendorDraft(c.UserContext(), frame.Actor(c))
	if in, ok := frame.SignedIn(c); ok && draft == (vendors.VendorInput{}) {
		draft.Phone, draft.Email = vn.ShowPhone(in.Account.Phone), in.Account.Email
	}
	return draft, err
}

func (s *Door) vendorStep(c *fiber.Ctx, status, step int, f VendorForm, faults map[string]string) error {
	p := vendorStepPage{Base: s.PublicNav(c, s.Page(c, vendorSteps[step-1].label)), Step: step}
	p.Goal = s.Goal(c)
	for i, st := range vendorSteps {
		p.Steps = append(p.Steps, view.Step{Label: p.T(st.label + "_short"), Done: i < step-1, Current: i == step-1})
	}
	names := vendorSteps[step-1].fields
	p.Fields = s.VendorFields(p.Base, f, faults, names...)
	p.Faults = view.Summary(p.Base, faults, names...)
	p.HasError = len(faults) > 0
	if step > 1 {
		p.Back = "/gian-hang/moi?buoc=" + strconv.Itoa(step-1)
	}
	if names == nil {
		p.Rows = s.vendorAnswers(p.Base, f)
	}
	return s.RenderStatus(c, status, frame.LayoutForm, "stall/vendor_new", p)
}

// vendorAnswers lists what was filled in, each line with the way back to its page.
func (s *Door) vendorAnswers(b view.Base, f VendorForm) []view.SummaryRow {
	var rows []view.SummaryRow
	for i, st := range vendorSteps {
		for _, field := range s.VendorFields(b, f, nil, st.fields...) {
			value := field.Value
			switch field.Name {
			case "kind":
				value = chosenLabel(field.Options)
			case "phone_public":
				value = b.T("vendor.answer.no")
				if f.PhonePublic {
					value = b.T("vendor.answer.yes")
				}
			case "tax_code":
				value = registry.TaxCode(value).String()
			}
			if value == "" {
				value = b.T("vendor.answer.none")
			}
			rows = append(rows, view.SummaryRow{Label: field.Label, Value: value, ChangeHref: "/gian-hang/moi?buoc=" + strconv.Itoa(i+1) + "#f-" + field.Name})
		}
	}
	return rows
}

func chosenLabel(choices []view.Option) string {
	for _, o := range choices {
		if o.Selected {
			return o.Label
		}
	}
	return ""
}

// saveNewVendor keeps one page of the first registration and shows the next one;
// from the last page the vendor is registered.
func (s *Door) saveNewVendor(c *fiber.Ctx) error {
	var f VendorForm
	bound := frame.Bind(c, &f)
	if f.Step < 1 || f.Step > len(vendorSteps) {
		return registry.E(registry.Malformed, "error.malformed")
	}
	draft, err := s.vendorDraft(c)
	if err != nil {
		return err
	}
	names := vendorSteps[f.Step-1].fields
	if names == nil {
		return s.finishNewVendor(c, draft)
	}
	in, err := s.mergeStep(draft, f, names)
	if err = cmp.Or(bound, err); err == nil {
		err = s.App.Vendors.SaveVendorDraft(c.UserContext(), frame.Actor(c), in, names...)
	}
	if err != nil {
		texts, ok := view.FaultTexts(s.Page(c, "vendor.step.who"), err)
		if !ok {
			return err
		}
		return s.vendorStep(c, fiber.StatusUnprocessableEntity, f.Step, f, texts)
	}
	return c.Redirect("/gian-hang/moi?buoc="+strconv.Itoa(f.Step+1), fiber.StatusSeeOther)
}

// mergeStep puts the fields of one page into the draft.
func (s *Door) mergeStep(draft vendors.VendorInput, f VendorForm, names []string) (vendors.VendorInput, error) {
	in, fault := s.VendorInput(f)
	for _, name := range names {
		switch name {
		case "kind":
			draft.Kind = in.Kind
		case "name":
			draft.Name = in.Name
		case "area":
			draft.Area = in.Area
			if fault != nil {
				return draft, fault
			}
		case "village":
			draft.Village = in.Village
		case "phone":
			draft.Phone = in.Phone
		case "phone_public":
			draft.PhonePublic = in.PhonePublic
		case "email":
			draft.Email = in.Email
		case "representative":
			draft.Representative = in.Representative
		case "tax_code":
			draft.TaxCode = in.TaxCode
		case "about":
			draft.About = in.About
		}
	}
	return draft, nil
}

// finishNewVendor registers the vendor of the draft. What is wrong is shown on the
// page of answers.
func (s *Door) finishNewVendor(c *fiber.Ctx, draft vendors.VendorInput) error {
	v, err := s.App.Vendors.CreateVendor(c.UserContext(), frame.Actor(c), draft)
	if err != nil {
		texts, ok := view.FaultTexts(s.Page(c, "vendor.step.check"), err)
		if !ok {
			return err
		}
		return s.vendorStep(c, fiber.StatusUnprocessableEntity, len(vendorSteps), s.vendorFormOf(draft), texts)
	}
	frame.Flash(c, "vendor.created")
	if s.Goal(c) != nil { // an application needs goods
		return c.Redirect(view.StallRoot(v.ID)+"/san-pham/moi", fiber.StatusSeeOther)
	}
	return c.Redirect(view.StallRoot(v.ID), fiber.StatusSeeOther)
}
