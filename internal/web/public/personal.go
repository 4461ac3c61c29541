package public

import (
	"github.com/gofiber/fiber/v2"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// personalRoot is the form by which people ask about their own data.
const personalRoot = "/du-lieu-ca-nhan"

// personalForm is the form of a request.
type personalForm struct {
	view.Base
	view.Form
	Fields []view.Field
	Kept   string // for how long the words are kept
	Law    string
}

// showPersonalForm shows the empty form.
func (s *Door) showPersonalForm(c *fiber.Ctx) error {
	return s.personalForm(c, apppersonal.Input{}, nil)
}

func (s *Door) personalForm(c *fiber.Ctx, in apppersonal.Input, fault error) error {
	days, err := s.App.KeepDays(c.UserContext(), personal.KeepRequests)
	if err != nil {
		return err
	}
	p := personalForm{Base: s.PublicNav(c, s.Page(c, "personal.title"))}
	p.Description, p.Light = p.T("personal.lead"), true
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Kept = p.T("personal.kept", days)
	p.Law = view.PersonalLaw(p.Base, s.App.Today())
	p.Fields = p.Take(
		view.Field{Name: "kind", Type: "radios", Label: p.T("personal.field.kind"), Options: view.Options(p.Base, "personal.ask.", personal.Kinds, in.Kind)},
		view.Field{Name: "text", Type: "textarea", Label: p.T("personal.field.text"), Hint: p.T("personal.field.text.hint"), Value: in.Text, Rows: 5, Max: personal.MaxText, Required: true},
		view.Field{Name: "name", Label: p.T("personal.field.name"), Value: in.Name, Max: personal.MaxName, Autocomplete: "name", Required: true},
		view.Field{Name: "contact", Label: p.T("personal.field.contact"), Hint: p.T("personal.field.contact.hint"), Value: in.Way, Max: personal.MaxWay, Autocomplete: "tel", Required: true})
	return s.RenderStatus(c, status, frame.LayoutForm, "public/personal_new", p)
}

// sendPersonal takes in a request and leads to its page, which shows its code once.
func (s *Door) sendPersonal(c *fiber.Ctx) error {
	var in apppersonal.Input
	err := frame.Bind(c, &in)
	in.Net = s.ClientNet(c)
	var sent apppersonal.Sent
	if err == nil {
		sent, err = s.App.Personal.Send(c.UserContext(), in)
	}
	if err != nil {
		return s.personalForm(c, in, err)
	}
	return c.Redirect(personalRoot+"/"+sent.Code+"?moi=1", fiber.StatusSeeOther)
}

// personalPage is a request as whoever holds its code follows it.
type personalPage struct {
	view.Base
	Panel *view.Panel // right after sending
	Chip  view.Chip
	Facts []view.SummaryRow
}

// followPersonal shows where a request stands, and what was answered.
func (s *Door) followPersonal(c *fiber.Ctx) error {
	r, err := s.App.Personal.Follow(c.UserContext(), c.Params("code"))
	if err != nil {
		return err
	}
	p := personalPage{Base: s.PublicNav(c, s.Page(c, "personal.track", r.Number())), Chip: view.PersonalChip(s.Page(c, "personal.title"), r, s.App.Today())}
	p.Light = true
	if c.Query("moi") == "1" {
		p.Panel = &view.Panel{Title: p.T("personal.thanks", r.Number()), Text: p.T("personal.your_code"), Number: apppersonal.ShowCode(c.Params("code"))}
	}
	p.Facts = view.PersonalFacts(p.Base, r)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.Render(c, frame.LayoutForm, "public/personal", p)
}

// findPersonal leads from a typed code to the page of the request.
func (s *Door) findPersonal(c *fiber.Ctx) error {
	code, ok := apppersonal.ReadCode(c.Query("ma"))
	if !ok {
		return registry.E(registry.NotFound, "personal.error.code")
	}
	return c.Redirect(personalRoot+"/"+code, fiber.StatusSeeOther)
}
