package office

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// tipFilePage is a tip with what may be done about it.
type tipFilePage struct {
	view.Base
	view.Form
	Tip      tips.TipFile
	Root     string
	On       string
	WipedOn  string // day on which the contacts were destroyed
	Chip     view.Chip
	Steps    []tipTurn
	News     []tipTurn // what a colleague did while this was written
	Kept     string    // what was typed and has no field any more
	Fields   []view.Field
	Lead     *view.Field // the tips that it may be joined to
	Joined   []tipLine
	LeadHref string
	Slip     []view.SummaryRow
	Contacts []string // unsealed; only right after they were opened
}

// tipTurn is a line of a tip's story.
type tipTurn struct {
	registry.TipStep
	When string
	Chip view.Chip
}

// tipStepForm gives a tip its next turn.
type tipStepForm struct {
	To          string `form:"to"`
	Version     int64  `form:"version"`
	Body        string `form:"body"`
	Ask         string `form:"ask" lines:"many"`
	DueOn       string `form:"due_on"`
	AnsweredOn  string `form:"answered_on"`
	AnswerPaper string `form:"answer_paper"`
	Told        string `form:"told" lines:"many"`
	Note        string `form:"note" lines:"many"`
	Event       string `form:"event"`
}

// input is the form as the use case takes it.
func (f tipStepForm) input() tips.TipStepInput {
	return tips.TipStepInput{To: registry.TipState(f.To), Version: f.Version, Body: f.Body, Ask: f.Ask, DueOn: f.DueOn, AnsweredOn: f.AnsweredOn,
		AnswerPaper: f.AnswerPaper, Told: f.Told, Note: f.Note, Event: registry.EventID(f.Event)}
}

// showTip shows a tip to the office.
func (s *Door) showTip(c *fiber.Ctx) error {
	return s.tipFile(c, fiber.StatusOK, tipStepForm{}, tipShown{})
}

// tipShown is what a page of a tip shows beside it.
type tipShown struct {
	faults   map[string]string
	contacts []string
}

func (s *Door) tipFile(c *fiber.Ctx, status int, form tipStepForm, shown tipShown) error {
	tip, err := s.App.Tips.Tip(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")))
	if err != nil {
		return err
	}
	p := tipFilePage{Base: s.OfficePage(c, "tip.file_title", tip.Number()), Tip: tip, Root: "/quan-ly/phan-anh/" + string(tip.ID),
		On: view.ShowInstant(tip.ReceivedAt), WipedOn: view.ShowDay(tip.WipedAt), Contacts: shown.contacts}
	p.Chip = tipChip(p.Base, tip.State)
	p.Steps, p.News = tipTurns(p.Base, tip.Steps), tipTurns(p.Base, tip.Since(form.Version))
	p.Form = view.NewForm(&p.Base, shown.faults)
	p.Fields = p.Take(form.fields(p.Base, tip, s.App.Tips.SlipDue())...)
	if len(p.News) > 0 {
		p.Kept = form.without(p.Base, p.Fields)
	}
	p.drawJoins()
	p.drawSlip()
	return s.RenderStatus(c, status, frame.LayoutOffice, "office/tip", p)
}

func tipTurns(b view.Base, steps []registry.TipStep) (turns []tipTurn) {
	for _, step := range steps {
		turn := tipTurn{step, view.ShowInstant(step.At), tipChip(b, step.State)}
		if step.Act != registry.TipStepped {
			turn.Chip.Label = b.T("tip.act." + string(step.Act))
		}
		if step.By == "" {
			turn.By = b.T("tip.by_sender")
		}
		turns = append(turns, turn)
	}
	return turns
}

// drawJoins shows the tips that go its way, the one whose way it goes, and those it may be
// joined to.
func (p *tipFilePage) drawJoins() {
	for _, row := range p.Tip.Joined {
		p.Joined = append(p.Joined, tipLine{TipRow: row, On: view.ShowInstant(row.ReceivedAt)})
	}
	if p.Tip.Lead != "" {
		p.LeadHref = "/quan-ly/phan-anh/" + string(p.Tip.Lead)
	}
	if len(p.Tip.Alike) == 0 {
		return
	}
	options := []view.Option{{Label: p.T("tip.lead_choose")}}
	for _, row := range p.Tip.Alike {
		about := strings.TrimPrefix(row.BoothCode+" · "+row.VendorName, " · ")
		options = append(options, view.Option{Value: string(row.ID), Label: p.T("tip.lead_option", row.Number(), p.T("tip.kind."+string(row.Kind)),
			view.ShowDay(row.ReceivedAt), about, p.T("tip.state."+string(row.State)))})
	}
	field := p.TakeOne(view.Field{Name: "lead", Type: "select", Label: p.T("tip.field.lead"), Hint: p.T("tip.field.lead.hint"), Options: options})
	p.Lead = &field
}

// drawSlip shows the slip with which it was handed over.
func (p *tipFilePage) drawSlip() {
	s := p.Tip.Slip
	if s.N == 0 {
		return
	}
	answer := p.T("tip.slip_open")
	switch {
	case s.AnsweredOn != "":
		answer = strings.TrimSuffix(vn.ShowDate(s.AnsweredOn)+" · "+s.AnswerPaper, " · ")
	case p.Tip.State == registry.TipClosed:
		answer = p.T("tip.slip_never")
	}
	p.Slip = []view.SummaryRow{{Label: p.T("tip.slip_number"), Value: s.Number()}, {Label: p.T("tip.field.body"), Value: s.Body},
		{Label: p.T("tip.slip_on"), Value: vn.ShowDate(vn.DateOf(time.UnixMilli(s.IssuedAt)))}, {Label: p.T("tip.due_on"), Value: vn.ShowDate(s.DueOn)},
		{Label: p.T("tip.field.answered_on"), Value: answer}}
	if s.Ask != "" {
		p.Slip = append(p.Slip, view.SummaryRow{Label: p.T("tip.field.ask"), Value: s.Ask})
	}
}

// without is what a form says that none of the fields holds: the page keeps it in sight, when a
// colleague's step has taken its field away.
func (f tipStepForm) without(b view.Base, fields []view.Field) string {
	var kept []string
	for _, typed := range [][2]string{{"body", f.Body}, {"ask", f.Ask}, {"due_on", f.DueOn}, {"answered_on", f.AnsweredOn}, {"answer_paper", f.AnswerPaper}} {
		held := false
		for _, field := range fields {
			held = held || field.Name == typed[0]
		}
		if !held && typed[1] != "" {
			kept = append(kept, b.T("tip.field."+typed[0])+": "+typed[1])
		}
	}
	return strings.Join(kept, "\n")
}

// fields are those of the steps that may follow, and of a note.
func (f tipStepForm) fields(b view.Base, tip tips.TipFile, due string) []view.Field {
	next := tip.State.Next()
	if tip.Lead != "" {
		next = nil
	}
	steps := append(view.Options(b, "tip.step.", next, f.To), view.Option{Value: string(tip.State), Label: b.T("tip.step_note")})
	chosen := false
	for i := range steps {
		steps[i].Selected = steps[i].Value == f.To
		chosen = chosen || steps[i].Selected
	}
	steps[0].Selected = steps[0].Selected || !chosen
	fields := []view.Field{{Name: "to", Type: "radios", Label: b.T("tip.next"), Options: steps}}
	if len(tip.Placeable) > 0 {
		places := []view.Option{{Label: b.T("tip.no_event")}}
		for _, e := range tip.Placeable {
			places = append(places, view.Option{Value: string(e.ID), Label: e.Title, Selected: string(e.ID) == f.Event})
		}
		fields = append(fields, view.Field{Name: "event", Type: "select", Label: b.T("tip.event"), Hint: b.T("tip.event_hint"), Options: places})
	}
	if len(next) > 0 {
		fields = append(fields, f.slipFields(b, tip, due)...)
		fields = append(fields, view.Field{Name: "told", Type: "textarea", Label: b.T("tip.told"), Hint: b.T("tip.told_hint"), Value: f.Told, Rows: 3, Max: 1000})
	}
	return append(fields, view.Field{Name: "note", Type: "textarea", Label: b.T("tip.note"), Hint: b.T("tip.note_hint"), Value: f.Note, Rows: 2, Max: 1000})
}

// slipFields ask for what stands on the slip, or for the answer to it.
func (f tipStepForm) slipFields(b view.Base, tip tips.TipFile, due string) []view.Field {
	switch {
	case tip.State == registry.TipSorted:
		if f.DueOn == "" {
			f.DueOn = vn.ShowDate(due)
		}
		return []view.Field{{Name: "body", Label: b.T("tip.field.body"), Hint: b.T("tip.field.body.hint"), Value: f.Body, Max: 120},
			{Name: "ask", Type: "textarea", Label: b.T("tip.field.ask"), Hint: b.T("tip.field.ask.hint"), Value: f.Ask, Rows: 2, Max: 1000},
			{Name: "due_on", Type: "date", Label: b.T("tip.due_on"), Hint: b.T("tip.field.due_on.hint", tips.SlipDays), Value: f.DueOn, Shape: b.T("form.date_shape")}}
	case tip.Slip.Open():
		return []view.Field{{Name: "answered_on", Type: "date", Label: b.T("tip.field.answered_on"), Hint: b.T("tip.field.answered_on.hint"), Value: f.AnsweredOn, Shape: b.T("form.date_shape")},
			{Name: "answer_paper", Label: b.T("tip.field.answer_paper"), Value: f.AnswerPaper, Max: 80}}
	}
	return nil
}

// tipAnswer shows a tip again with a fault that its page can show, or leads back to it.
func (s *Door) tipAnswer(c *fiber.Ctx, err error, form tipStepForm, flash string) error {
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "tip.desk_title"), err); ok {
			return s.tipFile(c, frame.FaultStatus(c, err), form, tipShown{faults: texts})
		}
		return err
	}
	frame.Flash(c, flash)
	return c.Redirect("/quan-ly/phan-anh/"+c.Params("tip"), fiber.StatusSeeOther)
}

// stepTip gives a tip its next turn, or adds a note.
func (s *Door) stepTip(c *fiber.Ctx) error {
	var form tipStepForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Tips.StepTip(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")), form.input())
	}
	return s.tipAnswer(c, err, form, "tip.flash_stepped")
}

// joinTip joins a tip to another one.
func (s *Door) joinTip(c *fiber.Ctx) error {
	var form struct {
		Lead    string `form:"lead"`
		Version int64  `form:"version"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Tips.JoinTip(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")), registry.TipID(form.Lead), form.Version)
	}
	return s.tipAnswer(c, err, tipStepForm{Version: form.Version}, "tip.flash.joined")
}

// splitTip lets a tip that was joined to another go its own way again.
func (s *Door) splitTip(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Tips.SplitTip(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")), form.Version)
	}
	return s.tipAnswer(c, err, tipStepForm{Version: form.Version}, "tip.flash.split")
}

// tipSlip sends the slip of a tip as a PDF.
func (s *Door) tipSlip(c *fiber.Ctx) error {
	f, err := s.App.Tips.SlipFile(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")), s.Page(c, "tip.desk_title").Lang)
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// openTipContacts shows how the senders can be reached, once: the page is kept
// nowhere, and the opening is in the audit log.
func (s *Door) openTipContacts(c *fiber.Ctx) error {
	contacts, err := s.App.Tips.OpenTipContacts(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")))
	if err != nil {
		return err
	}
	return s.tipFile(c, fiber.StatusOK, tipStepForm{}, tipShown{contacts: contacts})
}

// tipPhoto sends a photo of a tip to the office.
func (s *Door) tipPhoto(c *fiber.Ctx) error {
	f, err := s.App.Tips.TipPhoto(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")), registry.FileID(c.Params("file")), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	return c.Send(f.Data)
}
