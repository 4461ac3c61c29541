package surveys

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/surveys"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// surveyForm is the form of a survey as it is sent.
type surveyForm struct {
	surveys.Input
	AreaText string `form:"area"`
	Over     int64  `form:"over"`
}

// formPage is the form of a survey, new or stored.
type formPage struct {
	view.Base
	view.Form
	Action  string
	Back    string
	New     bool
	Version int64
	Fields  []view.Field
	Stale   *view.Stale
}

// shown is what a page of the form shows.
type shown struct {
	form  surveyForm
	file  *surveys.File
	place *registry.Error // what is wrong with the unit
	err   error
}

// read reads the form and the unit that was typed.
func (s *Door) read(c *fiber.Ctx) (x shown) {
	if x.err = frame.Bind(c, &x.form); x.err != nil {
		return x
	}
	x.form.Version = view.ReadAt(x.form.Version, x.form.Over)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.Since)
	return x
}

// reshow shows a form.
func (s *Door) reshow(c *fiber.Ctx, x shown) error {
	p := formPage{Base: s.OfficePage(c, "survey.new_title"), Action: root + "/moi", Back: root, New: true, Version: x.form.Version}
	if x.file != nil {
		p.Base = s.OfficePage(c, "survey.edit_title", x.file.Title)
		p.Action, p.Back, p.New = href(x.file.ID)+"/sua", href(x.file.ID), false
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, frame.AtArea(x.err, x.place))
	if err != nil {
		return err
	}
	p.Fields = p.Take(fields(p.Base, x.form)...)
	if view.IsStale(x.err) && x.file != nil {
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.Fields, fields(p.Base, s.formOf(x.file.Survey)))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "surveys/form", p)
}

// fields are those of the form in its order.
func fields(b view.Base, f surveyForm) []view.Field {
	label := func(name string) string { return b.T("survey.field." + name) }
	hint := func(name string) string { return b.T("survey.field." + name + ".hint") }
	date := b.T("form.date_shape")
	return []view.Field{
		{Name: "title", Label: label("title"), Hint: hint("title"), Value: f.Title, Max: committee.MaxSurveyLine, Required: true},
		{Name: "question", Label: label("question"), Hint: hint("question"), Value: f.Question, Max: committee.MaxSurveyText, Required: true},
		{Name: "share", Label: label("share"), Hint: hint("share"), Value: f.Share, InputMode: "decimal", Required: true},
		{Name: "method", Type: "radios", Label: label("method"), Options: view.Options(b, "survey.method.", committee.SurveyMethods, f.Method)},
		{Name: "sample", Type: "number", Label: label("sample"), Hint: hint("sample"), Value: f.Sample, Required: true},
		{Name: "method_note", Type: "textarea", Label: label("method_note"), Hint: hint("method_note"), Value: f.MethodNote, Rows: 3, Max: committee.MaxSurveyText},
		{Name: "population", Label: label("population"), Hint: hint("population"), Value: f.Population, Max: committee.MaxSurveyLine, Required: true},
		{Name: "area", Type: "area", Label: label("area"), Value: f.AreaText, Ref: f.Area, On: "since_on", Required: true},
		{Name: "since_on", Type: "date", Label: label("since_on"), Value: f.Since, Shape: date, Required: true},
		{Name: "ended_on", Type: "date", Label: label("ended_on"), Value: f.Ended, Shape: date, Required: true},
		{Name: "carried_by", Label: label("carried_by"), Value: f.By, Max: committee.MaxSurveyLine, Required: true},
		{Name: "source", Label: label("source"), Hint: hint("source"), Value: f.Source, Max: committee.MaxSurveyLine, Required: true},
		{Name: "link", Label: label("link"), Value: f.Link, InputMode: "url", Max: committee.MaxCommLink},
		{Name: "issued_on", Type: "date", Label: label("issued_on"), Hint: hint("issued_on"), Value: f.IssuedOn, Shape: date},
		{Name: "public", Type: "checkbox", Label: label("public"), Hint: hint("public"), Value: view.Ticked(f.Public)},
	}
}

// formOf fills the form with what is stored.
func (s *Door) formOf(x committee.Survey) surveyForm {
	f := surveyForm{Input: surveys.InputOf(x)}
	f.AreaText = s.AreaText(f.Area, x.From)
	return f
}

// showNew shows the form of a new survey: of the reader's unit, else of the province.
func (s *Door) showNew(c *fiber.Ctx) error {
	actor := frame.Actor(c)
	if !actor.CanSomewhere(registry.ViewPlan) {
		return registry.E(registry.NotFound, "error.not_found")
	}
	province, err := s.App.Events.Province(c.UserContext())
	if err != nil {
		return err
	}
	area := province.Ref
	if codes, all := actor.Reach(registry.Communicate); !all && len(codes) > 0 {
		area = frame.TodaysUnit(codes[0])
	}
	f := surveyForm{Input: surveys.Input{Method: string(committee.ByInterview)}}
	if !area.IsZero() {
		f.Area, f.AreaText = area.String(), s.AreaName(area)
	}
	return s.reshow(c, shown{form: f})
}

// create enters a survey.
func (s *Door) create(c *fiber.Ctx) error {
	x := s.read(c)
	if x.err == nil {
		var made committee.Survey
		if made, x.err = s.App.Surveys.Create(c.UserContext(), frame.Actor(c), x.form.Input); x.err == nil {
			frame.Flash(c, "survey.flash.created")
			return c.Redirect(href(made.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshow(c, x)
}

// writable is the survey that an address names, for whoever may change it.
func (s *Door) writable(c *fiber.Ctx) (*surveys.File, error) {
	f, err := s.App.Surveys.Survey(c.UserContext(), frame.Actor(c), surveyParam(c))
	return frame.Writable(f, f.Writes, err)
}

// showEdit shows the form of a survey as it is stored.
func (s *Door) showEdit(c *fiber.Ctx) error {
	f, err := s.writable(c)
	if err != nil {
		return err
	}
	return s.reshow(c, shown{form: s.formOf(f.Survey), file: f})
}

// save corrects a survey. Where a colleague was quicker, the two are compared.
func (s *Door) save(c *fiber.Ctx) error {
	x := s.read(c)
	if x.err == nil {
		if x.err = s.App.Surveys.Save(c.UserContext(), frame.Actor(c), surveyParam(c), x.form.Input); x.err == nil {
			frame.Flash(c, "survey.flash.saved")
			return c.Redirect(href(surveyParam(c)), fiber.StatusSeeOther)
		}
	}
	var gone error
	if x.file, gone = s.writable(c); gone != nil {
		return gone
	}
	return s.reshow(c, x)
}
