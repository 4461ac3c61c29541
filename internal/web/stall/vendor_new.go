package stall

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/field"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// lastVendorStep is the check of the answers, after the pages of vendors.FieldSteps.
var lastVendorStep = len(vendors.FieldSteps) + 1

// stepTitle is the key of the title of a page of the first registration, from 1.
func stepTitle(step int) string {
	if step == lastVendorStep {
		return "vendor.step.check"
	}
	return "vendor.step." + string(vendors.FieldSteps[step-1])
}

// stepFields are the fields of a page of the first registration; the last has none.
func stepFields(step int) vendors.FieldList {
	if step == lastVendorStep {
		return nil
	}
	return vendors.Fields.On(vendors.FieldSteps[step-1])
}

// vendorStepPage is one page of the first registration.
type vendorStepPage struct {
	view.Base
	view.Form
	Step   int // from 1
	Steps  []view.Step
	Fields []view.Field
	Rows   []view.SummaryRow // on the last page
	Back   string
}

// showNewVendor shows a page of the first registration with the draft in it.
func (s *Door) showNewVendor(c *fiber.Ctx) error {
	draft, err := s.vendorDraft(c)
	if err != nil {
		return err
	}
	step := view.SmallNumber(c.Query("buoc"), lastVendorStep)
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
	p := vendorStepPage{Base: s.PublicNav(c, s.Page(c, stepTitle(step))), Step: step}
	p.Goal = s.Goal(c)
	for i := range lastVendorStep {
		p.Steps = append(p.Steps, view.Step{Label: p.T(stepTitle(i+1) + "_short"), Done: i < step-1, Current: i == step-1})
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(VendorFields(p.Base, f, stepFields(step))...)
	if step > 1 {
		p.Back = "/gian-hang/moi?buoc=" + strconv.Itoa(step-1)
	}
	if step == lastVendorStep {
		p.Rows = vendorAnswers(p.Base, f)
	}
	return s.RenderStatus(c, status, frame.LayoutForm, "stall/vendor_new", p)
}

// vendorAnswers lists what was filled in, each line with the way back to its page.
func vendorAnswers(b view.Base, f VendorForm) []view.SummaryRow {
	var rows []view.SummaryRow
	for _, x := range vendors.Fields {
		drawn := vendorField(b, f, x)
		page := strconv.Itoa(slices.Index(vendors.FieldSteps, x.Section) + 1)
		rows = append(rows, view.SummaryRow{Label: drawn.Label, Value: vendorAnswer(b, x, drawn), ChangeHref: "/gian-hang/moi?buoc=" + page + "#f-" + x.Name})
	}
	return rows
}

// vendorAnswer is what was filled in at a field, in words.
func vendorAnswer(b view.Base, f vendors.Field, drawn view.Field) string {
	value := drawn.Value
	switch {
	case f.Kind == field.Choice:
		value = chosenLabel(drawn.Options)
	case f.Kind == field.Tax:
		value = registry.TaxCode(value).String()
	case f.Kind == field.Tick && value == "":
		value = b.T("vendor.answer.no")
	case f.Kind == field.Tick:
		value = b.T("vendor.answer.yes")
	}
	return cmp.Or(value, b.T("vendor.answer.none"))
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
	if f.Step < 1 || f.Step > lastVendorStep {
		return registry.E(registry.Malformed, "error.malformed")
	}
	draft, err := s.vendorDraft(c)
	if err != nil {
		return err
	}
	if f.Step == lastVendorStep {
		return s.finishNewVendor(c, draft)
	}
	fields := stepFields(f.Step)
	in, err := s.mergeStep(draft, f, fields)
	if err = cmp.Or(bound, err); err == nil {
		err = s.App.Vendors.SaveVendorDraft(c.UserContext(), frame.Actor(c), in, fields.Names()...)
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
func (s *Door) mergeStep(draft vendors.VendorInput, f VendorForm, fields vendors.FieldList) (vendors.VendorInput, error) {
	in, fault := s.VendorInput(f)
	if fault != nil {
		return draft, fault
	}
	return fields.Merge(draft, in), nil
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
		return s.vendorStep(c, fiber.StatusUnprocessableEntity, lastVendorStep, s.vendorFormOf(draft), texts)
	}
	frame.Flash(c, "vendor.created")
	if s.Goal(c) != nil { // an application needs goods
		return c.Redirect(view.StallRoot(v.ID)+"/san-pham/moi", fiber.StatusSeeOther)
	}
	return c.Redirect(view.StallRoot(v.ID), fiber.StatusSeeOther)
}
