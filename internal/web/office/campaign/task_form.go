package campaign

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// taskForm is what the page of a task sends.
type taskForm struct {
	campaign.TaskInput
	Over int64 `form:"over"`
}

func (f taskForm) input() campaign.TaskInput {
	in := f.TaskInput
	in.Version = view.ReadAt(f.Version, f.Over)
	return in
}

// taskFormPage is the form of a task.
type taskFormPage struct {
	view.Base
	view.Form
	Action  string
	Back    string
	Version int64
	IsNew   bool
	Fields  []view.Field
	Stale   *view.Stale
}

// taskFields are the fields of the form; moves says that the day of a stored task may
// move, for which a reason is asked.
func taskFields(b view.Base, form taskForm, bodies []campaign.BodyRow, moves bool) []view.Field {
	label := func(name string) string { return b.T("task.field." + name) }
	hint := func(name string) string { return b.T("task.field." + name + ".hint") }
	fields := []view.Field{
		{Name: "title", Label: label("title"), Value: form.Title, Max: committee.MaxTaskTitle},
		{Name: "strand", Type: "select", Label: label("strand"), Options: view.Options(b, "plan.strand.", committee.Strands, form.Strand)},
		{Name: "kind", Type: "radios", Label: label("kind"), Options: view.Options(b, "task.kind.", committee.TaskKinds, form.Kind)},
		{Name: "lead", Type: "select", Label: label("lead"), Options: bodyOptions(b, bodies, form.Lead, "")},
		{Name: "supporting", Type: "checkboxes", Label: label("supporting"), Options: bodyTicks(bodies, form.Supporting)},
		{Name: "watching", Type: "checkboxes", Label: label("watching"), Hint: hint("watching"), Options: bodyTicks(bodies, form.Watching)},
		{Name: "due_on", Type: "date", Label: label("due_on"), Value: form.DueOn},
	}
	if moves {
		fields = append(fields, view.Field{Name: "due_reason", Label: label("due_reason"), Hint: hint("due_reason"), Value: form.DueReason, Max: 500})
	}
	return append(fields,
		view.Field{Name: "source", Type: "radios", Label: label("source"), Hint: hint("source"), Options: view.Options(b, "task.source.", committee.Sources, form.Source)},
		view.Field{Name: "goal", Type: "number", Label: label("goal"), Value: form.Goal},
		view.Field{Name: "measure", Label: label("measure"), Hint: hint("measure"), Value: form.Measure, Max: 60},
		view.Field{Name: "parent", Label: label("parent"), Hint: hint("parent"), Value: form.Parent, InputMode: "numeric", Max: 8},
		view.Field{Name: "content", Type: "textarea", Label: label("content"), Value: form.Content, Rows: 5, Max: committee.MaxTaskText},
		view.Field{Name: "movements", Type: "textarea", Label: label("movements"), Hint: hint("movements"), Value: form.Movements, Rows: 2, Max: 2000})
}

func bodyTicks(rows []campaign.BodyRow, chosen []string) (out []view.Option) {
	for _, row := range rows {
		if ticked := slices.Contains(chosen, string(row.ID)); row.Stands || ticked {
			out = append(out, view.Option{Value: string(row.ID), Label: row.Name, Selected: ticked})
		}
	}
	return out
}

// showNewTask asks for a new task of a plan.
func (s *Door) showNewTask(c *fiber.Ctx) error {
	form := taskForm{TaskInput: campaign.TaskInput{Kind: string(committee.Carry), Source: string(committee.NoSource), Strand: string(frame.OneOf(c, "mang", committee.Strands...))}}
	return s.reshowNewTask(c, form, nil)
}

func (s *Door) reshowNewTask(c *fiber.Ctx, form taskForm, fault error) error {
	plan, err := s.App.Campaign.Plan(c.UserContext(), frame.Actor(c), planParam(c))
	if err != nil {
		return err
	}
	if !plan.Manages {
		return registry.E(registry.NotFound, "error.not_found")
	}
	bodies, err := s.App.Campaign.Bodies(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := taskFormPage{Base: s.OfficePage(c, "task.new_title"), Action: planHref(plan.ID) + "/nhiem-vu/moi", Back: planHref(plan.ID), IsNew: true}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Fields = p.Take(taskFields(p.Base, form, bodies, false)...)
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/task_form", p)
}

// createTask gives a body a task.
func (s *Door) createTask(c *fiber.Ctx) error {
	var form taskForm
	if err := frame.Bind(c, &form); err != nil {
		return s.reshowNewTask(c, form, err)
	}
	task, err := s.App.Campaign.CreateTask(c.UserContext(), frame.Actor(c), planParam(c), form.input())
	if err != nil {
		return s.reshowNewTask(c, form, err)
	}
	frame.Flash(c, "task.flash.created")
	return c.Redirect(taskHref(task.ID), fiber.StatusSeeOther)
}

// showTaskForm shows the form of a task.
func (s *Door) showTaskForm(c *fiber.Ctx) error { return s.reshowTask(c, nil, nil) }

func (s *Door) reshowTask(c *fiber.Ctx, sent *taskForm, fault error) error {
	file, err := s.App.Campaign.Task(c.UserContext(), frame.Actor(c), taskParam(c))
	if err != nil {
		return err
	}
	if !file.Manages {
		return registry.E(registry.NotFound, "error.not_found")
	}
	bodies, err := s.App.Campaign.Bodies(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := taskFormPage{Base: s.OfficePage(c, "task.edit_title", file.Title), Action: taskHref(file.ID) + "/sua", Back: taskHref(file.ID), Version: file.Version}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	stored := taskForm{TaskInput: campaign.TaskInputOf(file.Task, file.Above.N)}
	form := stored
	if sent != nil {
		form, p.Version = *sent, sent.Version
	}
	p.Fields = p.Take(taskFields(p.Base, form, bodies, true)...)
	if view.IsStale(fault) {
		p.Stale = view.NewStale(p.Base, file.Version, p.Action, p.Fields, taskFields(p.Base, stored, bodies, true))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/task_form", p)
}

// saveTask changes what a task asks.
func (s *Door) saveTask(c *fiber.Ctx) error {
	var form taskForm
	if err := frame.Bind(c, &form); err != nil {
		return s.reshowTask(c, &form, err)
	}
	if err := s.App.Campaign.EditTask(c.UserContext(), frame.Actor(c), taskParam(c), form.input()); err != nil {
		return s.reshowTask(c, &form, err)
	}
	frame.Flash(c, "task.flash.saved")
	return c.Redirect(taskHref(taskParam(c)), fiber.StatusSeeOther)
}
