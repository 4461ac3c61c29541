package surveys

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/surveys"
	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// listPage is the list of surveys.
type listPage struct {
	view.Base
	Enters bool
	Rows   []listRow
	Empty  view.Empty
}

// listRow is a survey in the list.
type listRow struct {
	view.SurveyRow
	Chips  []view.Chip
	Struck bool
}

// chips are what stands out about a survey.
func chips(b view.Base, s committee.Survey) []view.Chip {
	switch {
	case s.Struck():
		return []view.Chip{{Class: "off", Icon: "x", Label: b.T("survey.state.struck")}}
	case s.Public:
		return []view.Chip{{Class: "go", Icon: "eye", Label: b.T("survey.state.public")}}
	}
	return []view.Chip{{Class: "off", Icon: "lock", Label: b.T("survey.state.office")}}
}

// showList shows the surveys, the newest first.
func (s *Door) showList(c *fiber.Ctx) error {
	figures, enters, err := s.App.Surveys.List(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := listPage{Base: s.OfficePage(c, "survey.none"), Enters: enters}
	for _, f := range figures {
		p.Rows = append(p.Rows, listRow{s.SurveyRow(p.Base, f), chips(p.Base, f.Survey), f.Struck()})
	}
	for _, f := range figures { // the newest that stands is the answer
		if !f.Struck() {
			p.Title = p.T("survey.heading", len(figures), committee.ShowShare(f.Share), f.Year())
			break
		}
	}
	p.Empty = view.Empty{Icon: "chart-column", Title: p.T("survey.none"), Text: p.T("survey.none_text")}
	return s.Render(c, frame.LayoutOffice, "surveys/list", p)
}

// sendList sends the surveys as a file.
func (s *Door) sendList(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.SurveyFile(c.UserContext(), frame.Actor(c), ask)
	})
}

// surveyPage is a survey.
type surveyPage struct {
	view.Base
	view.Form
	Survey surveys.File
	Row    view.SurveyRow
	Root   string
	Chips  []view.Chip
	Facts  []view.SummaryRow
	Reason view.Field
}

// showSurvey shows a survey.
func (s *Door) showSurvey(c *fiber.Ctx) error { return s.page(c, nil) }

func (s *Door) page(c *fiber.Ctx, fault error) error {
	f, err := s.App.Surveys.Survey(c.UserContext(), frame.Actor(c), surveyParam(c))
	if err != nil {
		return err
	}
	p := surveyPage{Base: s.OfficePage(c, "survey.file_title", committee.ShowShare(f.Share), f.Title), Survey: f, Root: href(f.ID)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Row, p.Chips, p.Facts = s.SurveyRow(p.Base, f.SurveyFigure), chips(p.Base, f.Survey), s.facts(p.Base, f)
	p.Reason = p.TakeOne(view.Field{Name: "reason", Label: p.T("survey.field.reason"), Hint: p.T("survey.field.reason.hint"), Max: committee.MaxCommReason, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "surveys/survey", p)
}

// facts are what is said about a survey, without what is not.
func (s *Door) facts(b view.Base, f surveys.File) (rows []view.SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("survey.field." + name), Value: value})
		}
	}
	add("question", f.Question)
	add("share", committee.ShowShare(f.Share))
	add("method", b.T("survey.method."+string(f.Method)))
	add("method_note", f.MethodNote)
	add("sample", b.T("survey.people", vn.Count(int64(f.Sample))))
	add("population", f.Population)
	add("area", s.SurveyUnit(f.Survey))
	add("days", vn.ShowRange(f.From, f.Until))
	add("carried_by", f.By)
	add("source", f.Source)
	add("issued_on", vn.ShowDate(f.IssuedOn))
	add("entered", b.T("register.entered", f.EnteredAs, view.ShowTime(f.EnteredAt)))
	if f.Struck() {
		add("struck", b.T("register.struck_by", f.StruckAs, view.ShowTime(f.StruckAt), f.StruckWhy))
	}
	return rows
}

// strikeForm strikes a survey out, or takes that back.
type strikeForm struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
}

// strike strikes a survey out.
func (s *Door) strike(c *fiber.Ctx) error {
	var form strikeForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Surveys.Strike(c.UserContext(), frame.Actor(c), surveyParam(c), form.Version, form.Reason)
	}
	return s.changed(c, err, "survey.flash.struck")
}

// restore takes back that a survey was struck out.
func (s *Door) restore(c *fiber.Ctx) error {
	var form strikeForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Surveys.Restore(c.UserContext(), frame.Actor(c), surveyParam(c), form.Version)
	}
	return s.changed(c, err, "survey.flash.restored")
}

// changed leads back to the survey, or shows on it what was wrong.
func (s *Door) changed(c *fiber.Ctx, err error, flash string) error {
	if err != nil {
		return s.page(c, err)
	}
	frame.Flash(c, flash)
	return c.Redirect(href(surveyParam(c)), fiber.StatusSeeOther)
}
