package supervision

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/supervision"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// form is the form of a supervision as it is sent.
type form struct {
	supervision.Input
	AreaText string `form:"area"`
	Over     int64  `form:"over"`
}

// sent is a form that was not stored: the supervision that it changes, what was typed, what is
// wrong with it.
type sent struct {
	form   form
	file   *supervision.File
	place  *registry.Error
	err    error
	chosen bool // a paper came with it, which has to be chosen again
}

// formPage is the page with the form.
type formPage struct {
	view.Base
	view.Form
	Action  string
	Back    string
	Home    view.NavItem
	Version int64
	Fields  []view.Field
	Stale   *view.Stale
	Submit  string
}

func (s *Door) reshow(c *fiber.Ctx, x sent) error {
	p := formPage{Base: s.OfficePage(c, "supervision.enter_title"), Action: root + "/ghi", Back: root, Version: x.form.Version, Submit: "supervision.enter"}
	if x.file != nil {
		p.Base = s.OfficePage(c, "supervision.edit_title", x.file.Number())
		p.Action, p.Back, p.Submit = href(x.file.ID)+"/sua", href(x.file.ID), "register.save"
	}
	p.Home = view.NavItem{Href: root, Label: p.T("supervision.title")}
	status := fiber.StatusOK
	if fault := frame.AtArea(x.err, x.place); fault != nil {
		texts, ok := view.FaultTexts(p.Base, fault)
		if !ok {
			return fault
		}
		tellLost(p.Base, texts, x.chosen)
		p.Form, status = view.NewForm(&p.Base, texts), frame.FaultStatus(c, fault)
	}
	ch, err := s.App.Supervision.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p.Fields = p.Take(fields(p.Base, x.form, ch, x.file)...)
	if view.IsStale(x.err) && x.file != nil {
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.Fields, fields(p.Base, s.formOf(x.file), ch, x.file))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "supervision/form", p)
}

// formOf fills the form with what is stored.
func (s *Door) formOf(f *supervision.File) form {
	return form{Input: supervision.InputOf(f.SupervisionHeld), AreaText: s.AreaText(f.Area.String(), f.HeldOn)}
}

// choice makes options of a list; what is chosen and not offered any more stays.
func choice(none, chosen, chosenName string, list []view.Option) []view.Option {
	options, offered := []view.Option{{Label: none}}, chosen == ""
	for _, o := range list {
		o.Selected = o.Value == chosen
		options, offered = append(options, o), offered || o.Selected
	}
	if !offered && chosenName != "" {
		options = append(options, view.Option{Value: chosen, Label: chosenName, Selected: true})
	}
	return options
}

func bodyOptions(list []committee.Body) (options []view.Option) {
	for _, b := range list {
		options = append(options, view.Option{Value: string(b.ID), Label: b.Name})
	}
	return options
}

// fields are the fields of the form.
func fields(b view.Base, f form, ch supervision.Choices, file *supervision.File) []view.Field {
	label := func(name string) string { return b.T("supervision.field." + name) }
	hint := func(name string) string { return b.T("supervision.field." + name + ".hint") }
	if file == nil {
		file = &supervision.File{}
	}
	var events, tasks []view.Option
	for _, e := range ch.Events {
		events = append(events, view.Option{Value: string(e.ID), Label: e.Title})
	}
	for _, t := range ch.Tasks {
		tasks = append(tasks, view.Option{Value: string(t.ID), Label: t.Title})
	}
	task := ""
	if len(file.TaskTitles) > 0 {
		task = file.TaskTitles[0]
	}
	list := []view.Field{
		{Name: "body", Type: "select", Label: label("body"), Options: choice(b.T("supervision.choose_body"), f.By, file.ByName, bodyOptions(ch.Supervisors)), Required: true},
		{Name: "day", Type: "date", Label: label("day"), Value: f.HeldOn, Shape: b.T("form.date_shape"), Required: true},
		{Name: "area", Type: "area", Label: label("area"), Value: f.AreaText, Ref: f.Area, On: "day", Required: true},
		{Name: "content", Type: "textarea", Label: label("content"), Hint: hint("content"), Value: f.Content, Rows: 3, Max: committee.MaxSupervisionText, Required: true},
		{Name: "subject", Type: "select", Label: label("subject"), Options: choice(b.T("supervision.no_body"), f.Subject, file.SubjectSaid, bodyOptions(ch.Subjects))},
		{Name: "subject_name", Label: label("subject_name"), Hint: hint("subject_name"), Value: f.SubjectName, Max: committee.MaxSupervisionLine},
		{Name: "event", Type: "select", Label: label("event"), Options: choice(b.T("register.no_event"), f.Event, file.EventTitle, events)},
		{Name: "recommendation", Type: "textarea", Label: label("recommendation"), Hint: hint("recommendation"), Value: f.Recommendation, Rows: 3, Max: committee.MaxSupervisionText},
		{Name: "due_on", Type: "date", Label: label("due_on"), Hint: hint("due_on"), Value: f.DueOn, Shape: b.T("form.date_shape")},
		{Name: "paper", Label: label("paper"), Hint: hint("paper"), Value: f.Paper, Max: committee.MaxSupervisionLine},
	}
	if len(tasks) > 0 || f.Task != "" {
		list = append(list, view.Field{Name: "task", Type: "select", Label: label("task"), Hint: hint("task"), Options: choice(b.T("supervision.no_task"), f.Task, task, tasks)})
	}
	list = append(list, fileField(b, "supervision.field.file"))
	if file.Evidence != "" {
		list = append(list, view.Field{Name: "drop_file", Type: "checkbox", Label: label("drop_file"), Value: view.Ticked(f.DropPaper)})
	}
	return list
}

// fileField asks for a paper: a PDF or a photo of it.
func fileField(b view.Base, label string) view.Field {
	return view.Field{Name: "file", Type: "file", Label: b.T(label), Hint: b.T("supervision.field.file.hint"), Accept: "application/pdf,image/jpeg,image/png"}
}

// showEnter shows the form of a new supervision.
func (s *Door) showEnter(c *fiber.Ctx) error {
	ch, err := s.App.Supervision.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	f := form{Input: supervision.Input{HeldOn: vn.ShowDate(s.App.Today())}}
	if len(ch.Supervisors) == 1 {
		f.By = string(ch.Supervisors[0].ID)
	}
	if !ch.Area.IsZero() {
		f.Area, f.AreaText = ch.Area.String(), s.AreaName(ch.Area)
	}
	return s.reshow(c, sent{form: f})
}

// readForm reads a form with its paper, whatever becomes of which the words are kept.
func (s *Door) readForm(c *fiber.Ctx, share *frame.Share) (x sent) {
	x.form.File, x.chosen, x.err = s.ReadFileForm(c, share, &x.form)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.HeldOn)
	return x
}

// enter writes a new supervision.
func (s *Door) enter(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if x.err == nil {
		var h committee.SupervisionHeld
		if h, x.err = s.App.Supervision.Enter(c.UserContext(), frame.Actor(c), x.form.Input); x.err == nil {
			frame.Flash(c, "supervision.flash.entered")
			return c.Redirect(href(h.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshow(c, x)
}

// writable is the supervision that an address names, for whoever may change it.
func (s *Door) writable(c *fiber.Ctx) (*supervision.File, error) {
	f, err := s.App.Supervision.Supervision(c.UserContext(), frame.Actor(c), param(c))
	return frame.Writable(f, f.Writes, err)
}

// showEdit shows the form of a supervision as it is stored.
func (s *Door) showEdit(c *fiber.Ctx) error {
	f, err := s.writable(c)
	if err != nil {
		return err
	}
	return s.reshow(c, sent{form: s.formOf(f), file: f})
}

// save corrects a supervision. Where a colleague was quicker, the two are compared.
func (s *Door) save(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if _, err := s.writable(c); err != nil {
		return err
	}
	if x.err == nil {
		in := x.form.Input
		in.Version = view.ReadAt(x.form.Version, x.form.Over)
		if x.err = s.App.Supervision.Save(c.UserContext(), frame.Actor(c), param(c), in); x.err == nil {
			frame.Flash(c, "supervision.flash.saved")
			return c.Redirect(href(param(c)), fiber.StatusSeeOther)
		}
	}
	var gone error
	if x.file, gone = s.writable(c); gone != nil {
		return gone
	}
	return s.reshow(c, x)
}
