package supervision

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/supervision"
	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// page is a supervision with what is said of it, and its answer.
type page struct {
	view.Base
	view.Form
	File    supervision.File
	Root    string
	Heading string
	Chips   []view.Chip
	Facts   []view.SummaryRow
	Event   string
	Papers  []view.NavItem
	Reply   []view.SummaryRow
	Fields  []view.Field // of the answer; none for whoever may not answer
	Open    bool         // the form of the answer is shown at once
	Struck  bool
	Reason  view.Field
}

// answerForm is the form of an answer as it is sent.
type answerForm struct {
	supervision.AnswerInput
	Over int64 `form:"over"`
}

// again is what the page of a supervision says when it is shown again.
type again struct {
	answer *answerForm
	reason string
	fault  error
	chosen bool // a paper came with the answer
}

// show shows a supervision.
func (s *Door) show(c *fiber.Ctx) error { return s.page(c, again{}) }

func (s *Door) page(c *fiber.Ctx, x again) error {
	f, err := s.App.Supervision.Supervision(c.UserContext(), frame.Actor(c), param(c))
	if err != nil {
		return err
	}
	p := page{Base: s.OfficePage(c, "supervision.file_title", f.Number()), File: f, Root: href(f.ID), Struck: f.Struck.Is()}
	status := fiber.StatusOK
	if x.fault != nil {
		texts, ok := view.FaultTexts(p.Base, x.fault)
		if !ok {
			return x.fault
		}
		tellLost(p.Base, texts, x.chosen)
		p.Form, status = view.NewForm(&p.Base, texts), frame.FaultStatus(c, x.fault)
	}
	p.Heading = p.T("supervision.said", f.ByName, vn.ShowDate(f.HeldOn))
	p.Chips = []view.Chip{stateChip(p.Base, f.State(s.App.Today()))}
	if p.Struck {
		p.Chips = []view.Chip{{Class: "off", Icon: "x", Label: p.T("communication.state.struck")}}
	}
	p.facts(s)
	p.reply(x)
	p.Reason = p.TakeOne(view.Field{Name: "reason", Label: p.T("communication.field.reason"), Hint: p.T("supervision.field.reason.hint"), Value: x.reason,
		Max: committee.MaxSupportReason, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "supervision/row", p)
}

// adder adds lines that say something.
func (p *page) adder(to *[]view.SummaryRow) func(name, value string) {
	return func(name, value string) {
		if value != "" {
			*to = append(*to, view.SummaryRow{Label: p.T("supervision.field." + name), Value: value})
		}
	}
}

// facts are what is said of the supervision.
func (p *page) facts(s *Door) {
	f, add := p.File, p.adder(&p.Facts)
	add("content", f.Content)
	add("body", f.ByName)
	add("day", vn.ShowDate(f.HeldOn))
	add("area", s.UnitName(f.Area, f.HeldOn))
	add("subject", f.SubjectSaid)
	add("event", f.EventTitle)
	add("recommendation", f.Recommendation)
	if f.DueOn != "" {
		add("due_on", vn.ShowDate(f.DueOn))
	}
	add("paper", f.Paper)
	for _, title := range f.TaskTitles {
		add("task", title)
	}
	add("entered", p.T("register.entered", f.Entered.As, view.ShowTime(f.Entered.At)))
	if p.Struck {
		add("struck", p.T("register.struck_by", f.Struck.By, view.ShowTime(f.Struck.At), f.Struck.Why))
	}
	if f.Evidence != "" {
		p.Papers = append(p.Papers, view.NavItem{Href: p.Root + "/tep/" + string(supervision.OfSupervision), Label: p.T("supervision.paper_file")})
	}
	if f.AnswerFile != "" {
		p.Papers = append(p.Papers, view.NavItem{Href: p.Root + "/tep/" + string(supervision.OfAnswer), Label: p.T("supervision.answer_paper_file")})
	}
}

// reply is the answer, with the form by which it is written or corrected.
func (p *page) reply(x again) {
	f, add := p.File, p.adder(&p.Reply)
	add("answer", f.Answer)
	if f.AnsweredOn != "" {
		add("answered_on", vn.ShowDate(f.AnsweredOn))
	}
	add("answer_paper", f.AnswerPaper)
	add("answered_as", f.AnsweredAs)
	if !f.Answers || p.Struck || f.Recommendation == "" {
		return
	}
	typed := answerForm{AnswerInput: supervision.AnswerInput{Answer: f.Answer, Paper: f.AnswerPaper}}
	if f.AnsweredOn != "" {
		typed.AnsweredOn = vn.ShowDate(f.AnsweredOn)
	}
	if x.answer != nil {
		typed = *x.answer
	}
	p.Open = f.Answer == "" || x.answer != nil
	fields := []view.Field{
		{Name: "answer", Type: "textarea", Label: p.T("supervision.field.answer"), Value: typed.Answer, Rows: 4, Max: committee.MaxSupervisionText, Required: true},
		{Name: "answered_on", Type: "date", Label: p.T("supervision.field.answered_on"), Value: typed.AnsweredOn, Shape: p.T("form.date_shape"), Required: true},
		{Name: "answer_paper", Label: p.T("supervision.field.answer_paper"), Value: typed.Paper, Max: committee.MaxSupervisionLine},
		fileField(p.Base, "supervision.field.answer_file"),
	}
	if f.AnswerFile != "" {
		fields = append(fields, view.Field{Name: "drop_file", Type: "checkbox", Label: p.T("supervision.field.drop_file"), Value: view.Ticked(typed.DropPaper)})
	}
	p.Fields = p.Take(fields...)
}

// answer writes the answer to a recommendation.
func (s *Door) answer(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	var form answerForm
	var x again
	form.File, x.chosen, x.fault = s.ReadFileForm(c, &share, &form)
	defer frame.StartDeadline(c)()
	if x.fault == nil {
		x.fault = s.App.Supervision.Answer(c.UserContext(), frame.Actor(c), param(c), form.AnswerInput)
	}
	if x.fault != nil {
		x.answer = &form
		return s.page(c, x)
	}
	frame.Flash(c, "supervision.flash.answered")
	return c.Redirect(href(param(c)), fiber.StatusSeeOther)
}

// strike strikes a supervision out, or counts it again.
func (s *Door) strike(restore bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form struct {
			Version int64  `form:"version"`
			Reason  string `form:"reason"`
		}
		err := frame.Bind(c, &form)
		if _, gone := s.writable(c); gone != nil {
			return gone
		}
		if err == nil {
			err = s.App.Supervision.Strike(c.UserContext(), frame.Actor(c), param(c), supervision.StrikeInput{Version: form.Version, Reason: form.Reason, Restore: restore})
		}
		if err != nil {
			return s.page(c, again{reason: form.Reason, fault: err})
		}
		flash := "communication.flash.struck"
		if restore {
			flash = "communication.flash.restored"
		}
		frame.Flash(c, flash)
		return c.Redirect(href(param(c)), fiber.StatusSeeOther)
	}
}
