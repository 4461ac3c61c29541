package web

import (
	"cmp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
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
	base
	Step   int // from 1
	Steps  []Step
	Fields []Field
	Faults []FieldFault
	Rows   []SummaryRow // on the last page
	Back   string
}

// showNewVendor shows a page of the first registration with the draft in it.
func (s *Server) showNewVendor(c *fiber.Ctx) error {
	draft, err := s.vendorDraft(c)
	if err != nil {
		return err
	}
	step := smallNumber(c.Query("buoc"), len(vendorSteps))
	return s.vendorStep(c, fiber.StatusOK, max(step, 1), s.vendorFormOf(draft), nil)
}

// vendorDraft is the half-filled form of the reader; a new one begins with the
// phone and e-mail of their account.
func (s *Server) vendorDraft(c *fiber.Ctx) (vendors.VendorInput, error) {
	draft, err := s.app.Vendors.VendorDraft(c.UserContext(), actor(c))
	if in, ok := signedIn(c); ok && draft == (vendors.VendorInput{}) {
		draft.Phone, draft.Email = vn.ShowPhone(in.Account.Phone), in.Account.Email
	}
	return draft, err
}

func (s *Server) vendorStep(c *fiber.Ctx, status, step int, f vendorForm, faults map[string]string) error {
	p := vendorStepPage{base: s.publicNav(c, s.page(c, vendorSteps[step-1].label)), Step: step}
	p.Goal = s.goal(c)
	for i, st := range vendorSteps {
		p.Steps = append(p.Steps, Step{Label: p.T(st.label + "_short"), Done: i < step-1, Current: i == step-1})
	}
	names := vendorSteps[step-1].fields
	p.Fields = s.vendorFields(p.base, f, faults, names...)
	p.Faults = summary(p.base, faults, names...)
	p.HasError = len(faults) > 0
	if step > 1 {
		p.Back = "/gian-hang/moi?buoc=" + strconv.Itoa(step-1)
	}
	if names == nil {
		p.Rows = s.vendorAnswers(p.base, f)
	}
	return s.renderStatus(c, status, layoutForm, "vendor-step", p)
}

// vendorAnswers lists what was filled in, each line with the way back to its page.
func (s *Server) vendorAnswers(b base, f vendorForm) []SummaryRow {
	var rows []SummaryRow
	for i, st := range vendorSteps {
		for _, field := range s.vendorFields(b, f, nil, st.fields...) {
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
			rows = append(rows, SummaryRow{Label: field.Label, Value: value, ChangeHref: "/gian-hang/moi?buoc=" + strconv.Itoa(i+1) + "#f-" + field.Name})
		}
	}
	return rows
}

func chosenLabel(choices []Option) string {
	for _, o := range choices {
		if o.Selected {
			return o.Label
		}
	}
	return ""
}

// saveNewVendor keeps one page of the first registration and shows the next one;
// from the last page the vendor is registered.
func (s *Server) saveNewVendor(c *fiber.Ctx) error {
	var f vendorForm
	bound := bind(c, &f)
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
		err = s.app.Vendors.SaveVendorDraft(c.UserContext(), actor(c), in, names...)
	}
	if err != nil {
		texts, ok := faultTexts(s.page(c, "vendor.step.who"), err)
		if !ok {
			return err
		}
		return s.vendorStep(c, fiber.StatusUnprocessableEntity, f.Step, f, texts)
	}
	return c.Redirect("/gian-hang/moi?buoc="+strconv.Itoa(f.Step+1), fiber.StatusSeeOther)
}

// mergeStep puts the fields of one page into the draft.
func (s *Server) mergeStep(draft vendors.VendorInput, f vendorForm, names []string) (vendors.VendorInput, error) {
	in, fault := s.vendorInput(f)
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
func (s *Server) finishNewVendor(c *fiber.Ctx, draft vendors.VendorInput) error {
	v, err := s.app.Vendors.CreateVendor(c.UserContext(), actor(c), draft)
	if err != nil {
		texts, ok := faultTexts(s.page(c, "vendor.step.check"), err)
		if !ok {
			return err
		}
		return s.vendorStep(c, fiber.StatusUnprocessableEntity, len(vendorSteps), s.vendorFormOf(draft), texts)
	}
	flash(c, "vendor.created")
	if s.goal(c) != nil { // an application needs goods
		return c.Redirect(stallRoot(v.ID)+"/san-pham/moi", fiber.StatusSeeOther)
	}
	return c.Redirect(stallRoot(v.ID), fiber.StatusSeeOther)
}
