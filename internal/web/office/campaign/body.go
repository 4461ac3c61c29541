package campaign

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// bodiesPage lists the bodies of the campaign.
type bodiesPage struct {
	view.Base
	Rows  []bodyLine
	Adds  bool
	Empty view.Empty
}

// bodyLine is a body in the list.
type bodyLine struct {
	campaign.BodyRow
	Href  string
	Kind  string
	Place string
	Days  string
}

// showBodies lists the bodies of the campaign.
func (s *Door) showBodies(c *fiber.Ctx) error {
	rows, err := s.App.Campaign.Bodies(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := bodiesPage{Base: s.OfficePage(c, "body.list_title"), Adds: frame.Actor(c).CanSomewhere(registry.ManagePlan)}
	p.Empty = view.Empty{Icon: "users", Title: p.T("body.none"), Text: p.T("body.none_text")}
	for _, row := range rows {
		p.Rows = append(p.Rows, bodyLine{row, bodyHref(row.ID), p.T("body.kind." + string(row.Kind)), s.PlaceName(row.Area), standing(p.Base, row.Body)})
	}
	return s.Render(c, frame.LayoutOffice, "campaign/bodies", p)
}

// standing are the days on which a body bears its name, in words; "" has no bounds.
func standing(b view.Base, body committee.Body) string {
	switch {
	case body.From != "" && body.Until != "":
		return vn.ShowRange(body.From, body.Until)
	case body.From != "":
		return b.T("body.since", vn.ShowDate(body.From))
	case body.Until != "":
		return b.T("body.until", vn.ShowDate(body.Until))
	}
	return ""
}

// bodyPage is the form of a body, with the people who act for it.
type bodyPage struct {
	view.Base
	view.Form
	Action  string
	Version int64
	Fields  []view.Field
	Stale   *view.Stale
	File    campaign.BodyFile // zero for a new one
	Kind    string
	Place   string
	Days    string
	Person  view.Field
}

// bodyForm is what the page of a body sends.
type bodyForm struct {
	campaign.BodyInput
	Ref  string `form:"area_ref"`
	Over int64  `form:"over"`
}

func (s *Door) formOfBody(b committee.Body) bodyForm {
	form := bodyForm{BodyInput: campaign.BodyInputOf(b), Ref: b.Area.String()}
	form.Area = s.AreaName(b.Area)
	return form
}

// input is the form as the use case takes it: the unit by its reference. The fault of a
// unit that is not understood is at its field.
func (s *Door) bodyInput(form bodyForm) (campaign.BodyInput, error) {
	in := form.BodyInput
	in.Version = view.ReadAt(form.Version, form.Over)
	ref, fault := s.PickedArea(form.Area, form.Ref, s.dayOf(form.From))
	if fault != nil {
		fault.Field = "area"
		return in, fault
	}
	in.Area = ref.String()
	return in, nil
}

// dayOf is the day that decides in which edition a unit is looked for: the one typed, or
// today.
func (s *Door) dayOf(typed string) string {
	if day, err := vn.ParseDate(typed, s.App.Today()); err == nil {
		return day
	}
	return s.App.Today()
}

// bodyFields are the fields of a body's form.
func (s *Door) bodyFields(b view.Base, form bodyForm, others []campaign.BodyRow, self registry.BodyID) []view.Field {
	label := func(name string) string { return b.T("body.field." + name) }
	return []view.Field{
		{Name: "name", Label: label("name"), Value: form.Name, Max: 150},
		{Name: "kind", Type: "radios", Label: label("kind"), Options: view.Options(b, "body.kind.", committee.BodyKinds, form.Kind)},
		{Name: "area", Type: "area", Label: label("area"), Hint: b.T("body.field.area.hint"), Value: form.Area, Ref: form.Ref, On: "from"},
		{Name: "parent", Type: "select", Label: label("parent"), Options: bodyOptions(b, others, form.Parent, self)},
		{Name: "phone", Type: "tel", Label: label("phone"), Value: form.Phone, Autocomplete: "off"},
		{Name: "email", Type: "email", Label: label("email"), Hint: b.T("body.field.email.hint"), Value: form.Email, Autocomplete: "off", Max: 254},
		{Name: "from", Type: "date", Label: label("from"), Value: form.From},
		{Name: "until", Type: "date", Label: label("until"), Hint: b.T("body.field.until.hint"), Value: form.Until},
		{Name: "successor", Type: "select", Label: label("successor"), Options: bodyOptions(b, others, form.Successor, self)},
	}
}

// bodyOptions offers the bodies but one.
func bodyOptions(b view.Base, rows []campaign.BodyRow, chosen string, but registry.BodyID) []view.Option {
	out := []view.Option{{Label: b.T("body.no_one"), Selected: chosen == ""}}
	for _, row := range rows {
		if row.ID != but {
			out = append(out, view.Option{Value: string(row.ID), Label: row.Name, Selected: string(row.ID) == chosen})
		}
	}
	return out
}

// bodyShown is what the page of a body shows beside what is stored.
type bodyShown struct {
	form  *bodyForm // as it was sent
	login string
	fault error
}

// showNewBody asks for a new body.
func (s *Door) showNewBody(c *fiber.Ctx) error { return s.reshowNewBody(c, bodyForm{}, nil) }

func (s *Door) reshowNewBody(c *fiber.Ctx, form bodyForm, fault error) error {
	others, err := s.App.Campaign.Bodies(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := bodyPage{Base: s.OfficePage(c, "body.new_title"), Action: bodyRoot + "/moi"}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Fields = p.Take(s.bodyFields(p.Base, form, others, "")...)
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/body", p)
}

// createBody adds a body.
func (s *Door) createBody(c *fiber.Ctx) error {
	var form bodyForm
	if err := frame.Bind(c, &form); err != nil {
		return s.reshowNewBody(c, form, err)
	}
	in, err := s.bodyInput(form)
	if err != nil {
		return s.reshowNewBody(c, form, err)
	}
	if _, err := s.App.Campaign.CreateBody(c.UserContext(), frame.Actor(c), in); err != nil {
		return s.reshowNewBody(c, form, err)
	}
	frame.Flash(c, "body.flash.created")
	return c.Redirect(bodyRoot, fiber.StatusSeeOther)
}

// showBody shows a body; whoever may change it finds its form.
func (s *Door) showBody(c *fiber.Ctx) error { return s.bodyPage(c, bodyShown{}) }

func (s *Door) bodyPage(c *fiber.Ctx, shown bodyShown) error {
	ctx, actor := c.UserContext(), frame.Actor(c)
	file, err := s.App.Campaign.Body(ctx, actor, bodyParam(c))
	if err != nil {
		return err
	}
	others, err := s.App.Campaign.Bodies(ctx, actor)
	if err != nil {
		return err
	}
	p := bodyPage{Base: s.OfficePage(c, "body.title", file.Name), Action: bodyHref(file.ID), Version: file.Version, File: file,
		Place: s.PlaceName(file.Area)}
	p.Kind, p.Days = p.T("body.kind."+string(file.Kind)), standing(p.Base, file.Body)
	status, err := frame.NoteFault(c, &p.Base, &p.Form, shown.fault)
	if err != nil {
		return err
	}
	form := s.formOfBody(file.Body)
	theirs := s.bodyFields(p.Base, form, others, file.ID)
	if shown.form != nil {
		form, p.Version = *shown.form, shown.form.Version
	}
	p.Fields = p.Take(s.bodyFields(p.Base, form, others, file.ID)...)
	p.Person = p.TakeOne(view.Field{Name: "login", Label: p.T("body.field.login"), Hint: p.T("body.field.login.hint"), Value: shown.login, Autocomplete: "off"})
	if view.IsStale(shown.fault) {
		p.Stale = view.NewStale(p.Base, file.Version, p.Action, p.Fields, theirs)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/body", p)
}

func bodyParam(c *fiber.Ctx) registry.BodyID { return registry.BodyID(c.Params("body")) }

// saveBody changes a body.
func (s *Door) saveBody(c *fiber.Ctx) error {
	var form bodyForm
	if err := frame.Bind(c, &form); err != nil {
		return s.bodyPage(c, bodyShown{form: &form, fault: err})
	}
	in, err := s.bodyInput(form)
	if err == nil {
		err = s.App.Campaign.SaveBody(c.UserContext(), frame.Actor(c), bodyParam(c), in)
	}
	if err != nil {
		return s.bodyPage(c, bodyShown{form: &form, fault: err})
	}
	frame.Flash(c, "body.flash.saved")
	return c.Redirect(bodyHref(bodyParam(c)), fiber.StatusSeeOther)
}

// personForm names who is to act for a body.
type personForm struct {
	Login string `form:"login"`
}

// addBodyPerson lets an account act for a body.
func (s *Door) addBodyPerson(c *fiber.Ctx) error {
	var form personForm
	if err := frame.Bind(c, &form); err != nil {
		return s.bodyPage(c, bodyShown{login: form.Login, fault: err})
	}
	if err := s.App.Campaign.AddBodyPerson(c.UserContext(), frame.Actor(c), bodyParam(c), form.Login); err != nil {
		return s.bodyPage(c, bodyShown{login: form.Login, fault: err})
	}
	frame.Flash(c, "body.flash.person_added")
	return c.Redirect(bodyHref(bodyParam(c)), fiber.StatusSeeOther)
}

// removeBodyPerson ends that an account acts for a body.
func (s *Door) removeBodyPerson(c *fiber.Ctx) error {
	err := s.App.Campaign.RemoveBodyPerson(c.UserContext(), frame.Actor(c), bodyParam(c), registry.AccountID(c.Params("account")))
	if err != nil {
		return err
	}
	frame.Flash(c, "body.flash.person_removed")
	return c.Redirect(bodyHref(bodyParam(c)), fiber.StatusSeeOther)
}
