package campaign

import (
	"cmp"
	"html/template"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

func taskParam(c *fiber.Ctx) registry.TaskID { return registry.TaskID(c.Params("task")) }

// tasksPage lists tasks of one plan, or those of the bodies for which the reader acts.
type tasksPage struct {
	view.Base
	Tasks taskTable
	Lead  string
	Empty view.Empty
	Plan  campaign.PlanRow
}

// readTasks reads what the address of the list asks for.
func readTasks(c *fiber.Ctx) campaign.TaskQuery {
	return campaign.TaskQuery{Plan: registry.PlanID(c.Query("ke-hoach")), Strand: frame.OneOf(c, "mang", committee.Strands...),
		Body: registry.BodyID(c.Query("co-quan")), Mine: c.Query("cua") == "toi", Show: askedShow(c), Page: view.SmallNumber(c.Query("trang"), 1000)}
}

// showTasks lists tasks, the overdue first.
func (s *Door) showTasks(c *fiber.Ctx) error {
	q := readTasks(c)
	list, err := s.App.Campaign.Tasks(c.UserContext(), frame.Actor(c), q)
	if err != nil {
		return err
	}
	p := tasksPage{Base: s.OfficePage(c, "task.list_title", list.Counts[campaign.ShowLate], list.Counts[campaign.ShowOpen])}
	p.Lead = p.T("task.lead_own")
	if q.Plan != "" {
		if p.Plan, err = s.App.Campaign.Plan(c.UserContext(), frame.Actor(c), q.Plan); err != nil && registry.KindOf(err) != registry.NotFound {
			return err
		}
		p.Lead = p.Plan.Title
	}
	p.Empty = view.Empty{Icon: "circle-check", Title: p.T("task.none"), Text: p.T("task.none_text")}
	if q.Plan == "" && list.Counts[campaign.ShowAll] == 0 {
		p.Empty = view.Empty{Icon: "flag", Title: p.T("task.none_own"), Text: p.T("task.none_own_text")}
	}
	p.Tasks = s.taskTable(c, p.Base, list, taskRoot)
	return s.Render(c, frame.LayoutOffice, "campaign/tasks", p)
}

// countedIn are the registers that list the rows that a task counts, each with what else
// their address asks for.
var countedIn = map[committee.Source][]string{
	committee.InspectionSource:    {view.InspectionsRoot, "xem", "tinh"},
	committee.SupervisionSource:   {view.SupervisionRoot},
	committee.CommunicationSource: {"/quan-ly/tuyen-truyen"},
}

// taskPage is one task: how far it is, what was written about it, and a word to add.
type taskPage struct {
	view.Base
	view.Form
	File     campaign.TaskFile
	Back     string
	Chip     view.Chip
	Kind     string
	Line     taskLine
	Missing  string
	Bar      template.HTML
	Rows     string // address of the rows that are counted; "" where they have no list of their own
	Facts    []view.SummaryRow
	Children []taskLine
	Entries  []entryLine
	Fields   []view.Field
	Tie      view.Field
	Tied     []tiedLine
	Version  int64
	Files    []fileLine
	File0    view.Field // for new files
	Chase    chasePart
}

// entryLine is a line of the log in words.
type entryLine struct {
	When, By, Text, Words string
	Late                  bool
}

// tiedLine is an event that counts for the task.
type tiedLine struct {
	ID    registry.EventID
	Title string
	Place string
	Days  string
	Chips []view.Chip
}

// reportForm is a word about a task.
type reportForm struct {
	campaign.ReportInput
}

// readReport reads the form with its files, whatever becomes of which the words are kept.
func (s *Door) readReport(c *fiber.Ctx, share *frame.Share) (form reportForm, err error) {
	parts, err := s.ReadParts(c, share)
	if err != nil {
		return form, err
	}
	if err := frame.BindValues(parts.Values, nil, &form); err != nil {
		return form, err
	}
	for _, f := range parts.Files {
		form.Files = append(form.Files, core.Upload{Name: f.Name, Data: f.Data})
	}
	if parts.Lost != nil {
		return form, parts.Lost
	}
	return form, nil
}

// taskShown is what the page of a task shows beside what is stored.
type taskShown struct {
	form   reportForm
	event  string
	picked []string
	chased *campaign.Chased
	fault  error
}

// showTask shows a task.
func (s *Door) showTask(c *fiber.Ctx) error { return s.taskPage(c, taskShown{}) }

func (s *Door) taskPage(c *fiber.Ctx, shown taskShown) error {
	file, err := s.App.Campaign.Task(c.UserContext(), frame.Actor(c), taskParam(c))
	if err != nil {
		return err
	}
	p := taskPage{Base: s.OfficePage(c, "task.title", file.Title), File: file, Version: file.Version, Back: taskRoot}
	if frame.Actor(c).CanSomewhere(registry.ViewPlan) {
		p.Back = planHref(file.Plan)
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, shown.fault)
	if err != nil {
		return err
	}
	p.describe(s, file)
	p.Tied = s.tiedLines(p.Base, file.Tied)
	if file.Reports {
		p.Fields = p.Take(reportFields(p.Base, file, shown.form)...)
		p.File0 = p.TakeOne(filesField(p.Base, shown))
	}
	p.Files = fileLines(p.Base, file)
	p.chase(s, file, shown)
	p.Tie = p.TakeOne(tieField(p.Base, file, shown.event))
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/task", p)
}

// tieField offers the events of the year that are not tied yet.
func tieField(b view.Base, file campaign.TaskFile, chosen string) view.Field {
	f := view.Field{Name: "event", Type: "select", Label: b.T("task.field.event"), Options: []view.Option{{Label: b.T("task.event_none"), Selected: chosen == ""}}}
	for _, e := range file.Tieable {
		f.Options = append(f.Options, view.Option{Value: string(e.ID), Label: vn.ShowRange(e.OpensOn, e.ClosesOn) + " · " + e.Title, Selected: string(e.ID) == chosen})
	}
	return f
}

// describe puts a task into words.
func (p *taskPage) describe(s *Door, file campaign.TaskFile) {
	p.Line = s.taskLine(p.Base, file.TaskRow, file.Names)
	p.Chip, p.Kind = taskChip(p.Base, file.Task, s.App.Today()), p.T("task.kind."+string(file.Kind))
	if file.Counted && file.Progress.Goal > 0 {
		p.Missing = vn.Count(max(0, file.Progress.Goal-file.Progress.Done)) + " " + file.Measure
		tone := ""
		if p.Line.Late {
			tone = "bad"
		}
		p.Bar = view.TargetBar{Done: file.Progress.Done, Scheduled: file.Scheduled, Goal: file.Progress.Goal, Gone: -1, Tone: tone, Label: p.Line.Reached}.Draw()
	}
	if at, ok := countedIn[file.Source]; ok {
		p.Rows = view.Query(at[0], append([]string{"nhiem-vu", string(file.ID)}, at[1:]...)...)
	}
	p.Facts = taskFacts(p.Base, file)
	for _, child := range file.Children {
		p.Children = append(p.Children, s.taskLine(p.Base, child, file.Names))
	}
	for _, e := range file.Entries {
		p.Entries = append(p.Entries, entryWords(p.Base, e))
	}
}

// taskChip is where a task stands.
func taskChip(b view.Base, t committee.Task, today string) view.Chip {
	switch {
	case t.Overdue(today):
		return view.Chip{Class: "stop", Icon: "triangle-alert", Label: b.T("task.chip_late", registry.DaysBetween(t.DueOn, today))}
	case t.State == committee.TaskDone:
		return view.Chip{Class: "go", Icon: "circle-check", Label: b.T("task.state.done")}
	case t.State == committee.TaskDropped:
		return view.Chip{Class: "off", Label: b.T("task.state.dropped")}
	}
	return view.Chip{Class: "wait", Icon: "clock", Label: b.T("task.state." + string(t.State))}
}

// taskFacts are who has a part in a task and what it rests on.
func taskFacts(b view.Base, file campaign.TaskFile) (rows []view.SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("task.field." + name), Value: value})
		}
	}
	names := func(ids []registry.BodyID) (text string) {
		for i, id := range ids {
			if i > 0 {
				text += ", "
			}
			text += file.Names[id]
		}
		return text
	}
	add("lead", file.Names[file.Lead])
	add("supporting", names(file.Supporting))
	add("watching", names(file.Watching))
	add("strand", b.T("plan.strand."+string(file.Strand)))
	add("measure", file.Measure)
	for _, m := range file.Movements {
		add("movements", m)
	}
	add("result", file.Result)
	return rows
}

// entryWords puts a line of the log into words.
func entryWords(b view.Base, e committee.TaskEntry) entryLine {
	l := entryLine{When: view.ShowInstant(e.At), By: cmp.Or(e.By, b.T("task.by_itself")), Words: e.Text}
	switch e.Kind {
	case committee.EntryState:
		l.Text = b.T("task.entry.moved", b.T("task.state."+e.To))
	case committee.EntryDue:
		l.Text = b.T("task.entry.due", orNone(b, vn.ShowDate(e.From)), orNone(b, vn.ShowDate(e.To)))
	case committee.EntryRemind:
		l.Text, l.Late = b.T("task.entry.remind."+e.To, e.From), e.To == "0"
	case committee.EntryWords:
		l.Text = b.T("task.entry.words")
	case committee.EntryChased:
		l.Text, l.Words = b.T("task.entry.chase", e.Text, e.From), ""
	default:
		l.Text = b.T("task.entry." + string(e.Kind))
	}
	return l
}

func orNone(b view.Base, text string) string {
	if text == "" {
		return b.T("task.no_day")
	}
	return text
}

// reportFields ask for a word about a task; a percent only where nothing can be counted.
func reportFields(b view.Base, file campaign.TaskFile, form reportForm) []view.Field {
	states := []view.Option{{Label: b.T("task.state_stays", b.T("task.state."+string(file.State))), Selected: form.State == ""}}
	for _, to := range committee.TaskStates {
		if file.State.CanBecome(to) {
			states = append(states, view.Option{Value: string(to), Label: b.T("task.step." + string(to)), Selected: string(to) == form.State})
		}
	}
	fields := []view.Field{
		{Name: "text", Type: "textarea", Label: b.T("task.field.text"), Hint: b.T("task.field.text.hint"), Value: form.Text, Rows: 3, Max: committee.MaxTaskText},
		{Name: "state", Type: "radios", Label: b.T("task.field.state"), Options: states},
	}
	if file.Source == committee.NoSource {
		value := form.Percent
		if value == "" && file.Percent > 0 {
			value = strconv.Itoa(file.Percent)
		}
		fields = append(fields, view.Field{Name: "percent", Type: "number", Label: b.T("task.field.percent"), Hint: b.T("task.field.percent.hint"), Value: value})
	}
	return fields
}

// reportTask writes a word about a task into its log.
func (s *Door) reportTask(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	form, err := s.readReport(c, &share)
	defer frame.StartDeadline(c)()
	if err == nil {
		err = s.App.Campaign.Report(c.UserContext(), frame.Actor(c), taskParam(c), form.ReportInput)
	}
	if err != nil {
		return s.taskPage(c, taskShown{form: form, fault: err})
	}
	frame.Flash(c, "task.flash.reported")
	return c.Redirect(taskHref(taskParam(c)), fiber.StatusSeeOther)
}

// tieForm names an event by its id.
type tieForm struct {
	Event string `form:"event"`
}

// tieEvent lets an event count for a task.
func (s *Door) tieEvent(c *fiber.Ctx) error {
	var form tieForm
	if err := frame.Bind(c, &form); err != nil {
		return s.taskPage(c, taskShown{event: form.Event, fault: err})
	}
	if err := s.App.Campaign.TieEvent(c.UserContext(), frame.Actor(c), taskParam(c), registry.EventID(form.Event), true); err != nil {
		return s.taskPage(c, taskShown{event: form.Event, fault: err})
	}
	frame.Flash(c, "task.flash.tied")
	return c.Redirect(taskHref(taskParam(c)), fiber.StatusSeeOther)
}

// untieEvent ends that an event counts for a task.
func (s *Door) untieEvent(c *fiber.Ctx) error {
	err := s.App.Campaign.TieEvent(c.UserContext(), frame.Actor(c), taskParam(c), registry.EventID(c.Params("event")), false)
	if err != nil {
		return err
	}
	frame.Flash(c, "task.flash.untied")
	return c.Redirect(taskHref(taskParam(c)), fiber.StatusSeeOther)
}
