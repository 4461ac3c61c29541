package campaign

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// boardPage is the year of a plan: strands, then tasks with the overdue on top.
type boardPage struct {
	view.Base
	view.Form
	Board   campaign.Board
	Kick    string
	Chip    view.Chip
	Years   []view.NavItem
	Strands []strandLine
	Tasks   taskTable
	Steps   []planStep
	Papers  []committee.Paper
	Place   string
	Empty   bool // no target yet
	Copied  string
	Surveys []view.SurveyRow
	Signed  *fileLine  // the signed paper in force
	Former  []fileLine // those that it replaced
	File    view.Field
}

// planStep is a step that the plan may take.
type planStep struct {
	To    committee.PlanState
	Label string
}

// strandLine is a strand on the board.
type strandLine struct {
	campaign.StrandRow
	N        int
	Name     string
	Href     string // of its tasks
	DoneHref string // of the rows that make its figure; "" has none
	Bar      template.HTML
	Chip     view.Chip
	Goal     string
	Done     string
	Set      string
}

// verdictLook is how a verdict looks.
var verdictLook = map[committee.Verdict]view.Chip{
	committee.NoGoal:  {Class: "off"},
	committee.Reached: {Class: "go", Icon: "circle-check"}, committee.OnSchedule: {Class: "go", Icon: "circle-check"},
	committee.OnPace: {Class: "go", Icon: "circle-check"}, committee.Short: {Class: "wait", Icon: "clock"},
	committee.ShortBehind: {Class: "stop", Icon: "triangle-alert"},
}

func (s *Door) strandLine(b view.Base, board campaign.Board, i int, row campaign.StrandRow) strandLine {
	l := strandLine{StrandRow: row, N: i + 1, Name: b.T("plan.strand." + string(row.Strand)), Chip: verdictLook[row.Verdict],
		Href: view.Query(taskRoot, "ke-hoach", string(board.ID), "mang", string(row.Strand), "xem", "all")}
	l.Goal, l.Done, l.Set = "–", vn.Count(row.Progress.Done), vn.Count(row.Scheduled)
	l.DoneHref = s.strandRows(board, row.Strand)
	if row.Progress.Goal > 0 {
		l.Goal = vn.Count(row.Progress.Goal)
	}
	l.Chip.Label = b.T("plan.verdict."+string(row.Verdict), vn.Count(row.Missing()))
	bar := view.TargetBar{Done: row.Progress.Done, Scheduled: row.Scheduled, Goal: row.Progress.Goal, Gone: board.Gone,
		Label: l.Name + ": " + l.Done + " / " + l.Goal}
	switch row.Verdict {
	case committee.ShortBehind:
		bar.Tone = "bad"
	case committee.Reached:
		bar.Tone = "ok"
	}
	if row.Progress.Goal > 0 {
		l.Bar = bar.Draw()
	}
	return l
}

// strandRows is the address of the rows that make the figure of a strand.
func (s *Door) strandRows(board campaign.Board, strand committee.Strand) string {
	switch strand {
	case committee.Fairs, committee.Sessions:
		return view.Query(planHref(board.ID)+"/su-kien", "mang", string(strand))
	case committee.Outlets:
		codes := s.App.Areas.Scope(board.Area)
		return view.Query("/quan-ly/diem-ban", "ngay", board.PlaceDay(s.App.Today()), "don-vi", codes[0])
	case committee.Procurement:
		return view.Query("/quan-ly/mua-sam", "nam", board.FirstDay()[:4], "don-vi", s.App.Areas.Scope(board.Area)[0])
	case committee.Support:
		return view.Query("/quan-ly/ho-tro", "nam", board.FirstDay()[:4], "don-vi", s.App.Areas.Scope(board.Area)[0])
	case committee.Supervision:
		return view.Query(view.SupervisionRoot, "nam", board.FirstDay()[:4], "don-vi", s.App.Areas.Scope(board.Area)[0])
	case committee.Inspection:
		return view.Query(view.InspectionsRoot, "nam", board.FirstDay()[:4], "don-vi", s.App.Areas.Scope(board.Area)[0], "xem", "tinh")
	case committee.Communications:
		return view.Query("/quan-ly/tuyen-truyen", "nam", board.FirstDay()[:4])
	}
	return view.Query(taskRoot, "ke-hoach", string(board.ID), "mang", string(strand), "xem", "done")
}

// showBoard shows the year of a plan.
func (s *Door) showBoard(c *fiber.Ctx) error { return s.boardPage(c, nil) }

func (s *Door) boardPage(c *fiber.Ctx, fault error) error {
	ctx, actor := c.UserContext(), frame.Actor(c)
	board, err := s.App.Campaign.Board(ctx, actor, planParam(c))
	if err != nil {
		return err
	}
	p := boardPage{Base: s.OfficePage(c, "plan.board_title", board.Late, board.Open-board.Late, board.Done), Board: board, Papers: board.Papers,
		Place: s.PlaceName(board.Area)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Kick, p.Chip = kick(p.Base, board), planChip(p.Base, board.State)
	for i, row := range board.Strands {
		p.Strands = append(p.Strands, s.strandLine(p.Base, board, i, row))
	}
	for _, year := range board.Years {
		p.Years = append(p.Years, view.NavItem{Href: planHref(year.ID), Label: yearLabel(p.Base, year), Current: year.ID == board.ID})
	}
	p.Empty = len(board.Targets) == 0
	for _, to := range committee.PlanStates {
		if board.Manages && board.State.CanBecome(to) {
			p.Steps = append(p.Steps, planStep{to, p.T("plan.step." + string(board.State) + "." + string(to))})
		}
	}
	list, err := s.App.Campaign.Tasks(ctx, actor, campaign.TaskQuery{Plan: board.ID, Show: askedShow(c), Mine: c.Query("cua") == "toi", Page: view.SmallNumber(c.Query("trang"), 1000)})
	if err != nil {
		return err
	}
	p.Tasks = s.taskTable(c, p.Base, list, planHref(board.ID))
	surveys, err := s.App.Surveys.OfPlan(ctx, actor, board.Plan)
	if err != nil {
		return err
	}
	p.Surveys = s.SurveyRows(p.Base, surveys, false)
	if err := s.signedPapers(c, &p); err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/board", p)
}

func yearLabel(b view.Base, plan committee.Plan) string {
	if plan.State == committee.PlanDraft {
		return b.T("plan.year_draft", plan.Year)
	}
	return plan.FirstDay()[:4]
}

// kick is the line above the heading of the board: what plan this is.
func kick(b view.Base, board campaign.Board) string {
	parts := []string{b.T("plan.kick_draft", board.Year)}
	if board.Number != "" {
		parts = []string{b.T("plan.kick", board.Number, vn.ShowDate(board.IssuedOn))}
	}
	parts = append(parts, board.IssuerName)
	if board.Standing != "" {
		parts = append(parts, b.T("plan.kick_standing", board.Standing))
	}
	return strings.Join(parts, " · ")
}

// taskTable is a list of tasks with the filters over it.
type taskTable struct {
	view.Base
	Shows  []taskShow
	Groups []taskGroup
	Prev   string
	Next   string
	Bodies []view.Option
}

// taskShow narrows a list.
type taskShow struct {
	Href    string
	Label   string
	N       int
	Current bool
}

// taskGroup is the tasks of a list under one heading.
type taskGroup struct {
	Title string
	Lines []taskLine
}

// taskLine is a task in a list.
type taskLine struct {
	committee.TaskRow
	Href    string
	Strand  string
	Lead    string
	Others  string
	Reached string
	Bar     template.HTML
	Due     string
	Left    string
	Late    bool
	Updated string
	Silent  bool
}

// askedShow is which tasks the address asks for.
func askedShow(c *fiber.Ctx) campaign.TaskShow {
	names := make([]string, len(campaign.TaskShows))
	for i, show := range campaign.TaskShows {
		names[i] = string(show)
	}
	return campaign.TaskShow(frame.OneOf(c, "xem", names[1:]...))
}

// taskTable puts a list of tasks into words; root is the address of the page.
func (s *Door) taskTable(c *fiber.Ctx, b view.Base, list campaign.TaskList, root string) (t taskTable) {
	t.Base = b
	show, page := askedShow(c), view.SmallNumber(c.Query("trang"), 1000)
	keep := []string{"ke-hoach", c.Query("ke-hoach"), "mang", c.Query("mang"), "co-quan", c.Query("co-quan"), "cua", c.Query("cua")}
	for _, name := range campaign.TaskShows {
		t.Shows = append(t.Shows, taskShow{view.Query(root, append([]string{"xem", string(name)}, keep...)...), b.T("task.show." + string(orOpen(name))),
			list.Counts[name], name == show})
	}
	today := s.App.Today()
	for _, row := range list.Rows {
		title := groupOf(b, row, today)
		if len(t.Groups) == 0 || t.Groups[len(t.Groups)-1].Title != title {
			t.Groups = append(t.Groups, taskGroup{Title: title})
		}
		group := &t.Groups[len(t.Groups)-1]
		group.Lines = append(group.Lines, s.taskLine(b, row, list.Names))
	}
	pages := append([]string{"xem", string(show)}, keep...)
	if page > 0 {
		t.Prev = view.Query(root, append(pages, "trang", strconv.Itoa(page-1))...)
	}
	if list.More {
		t.Next = view.Query(root, append(pages, "trang", strconv.Itoa(page+1))...)
	}
	return t
}

func orOpen(show campaign.TaskShow) campaign.TaskShow {
	if show == campaign.ShowOpen {
		return "open"
	}
	return show
}

// groupOf is the heading under which a task stands.
func groupOf(b view.Base, row committee.TaskRow, today string) string {
	switch {
	case row.State.Over():
		return b.T("task.state." + string(row.State))
	case row.Overdue(today):
		return b.T("task.group.late")
	case row.DueOn != "" && row.DueOn <= registry.AddDays(today, 7):
		return b.T("task.group.soon")
	}
	return b.T("task.group.open")
}

func (s *Door) taskLine(b view.Base, row committee.TaskRow, names map[registry.BodyID]string) taskLine {
	today := s.App.Today()
	l := taskLine{TaskRow: row, Href: taskHref(row.ID), Strand: b.T("plan.strand." + string(row.Strand)), Lead: names[row.Lead],
		Reached: reachedText(b, row), Late: row.Overdue(today)}
	var others []string
	for _, id := range row.Supporting {
		others = append(others, names[id])
	}
	if len(row.Watching) > 0 {
		watching := make([]string, len(row.Watching))
		for i, id := range row.Watching {
			watching[i] = names[id]
		}
		others = append(others, b.T("task.watched_by", strings.Join(watching, ", ")))
	}
	l.Others = strings.Join(others, " · ")
	if row.DueOn != "" {
		l.Due, l.Left = vn.ShowDate(row.DueOn), leftText(b, row.Task, today)
	}
	days := registry.DaysBetween(vn.DateOf(time.UnixMilli(row.UpdatedAt)), today)
	l.Updated, l.Silent = agoText(b, days), days > 7 && !row.State.Over()
	if row.Counted && row.Progress.Goal > 0 {
		l.Bar = view.TargetBar{Done: row.Progress.Done, Scheduled: row.Scheduled, Goal: row.Progress.Goal, Gone: -1, Label: l.Reached}.Draw()
	}
	return l
}

// reachedText is how far a task is: counted, or by word.
func reachedText(b view.Base, row committee.TaskRow) string {
	switch {
	case row.Counted && row.Progress.Goal > 0:
		return vn.Count(row.Progress.Done) + "/" + vn.Count(row.Progress.Goal) + " " + row.Measure
	case row.Counted:
		return strings.TrimSpace(vn.Count(row.Progress.Done) + " " + row.Measure)
	case row.Percent > 0:
		return b.T("task.percent", row.Percent)
	}
	return b.T("task.in_words")
}

// leftText is how far away the day of a task is.
func leftText(b view.Base, t committee.Task, today string) string {
	days := registry.DaysBetween(today, t.DueOn)
	switch {
	case t.State.Over():
		return ""
	case days < 0:
		return b.T("task.days_over", -days)
	case days == 0:
		return b.T("task.due_today")
	}
	return b.T("task.days_left", days)
}

// agoText is how long ago something was, in days.
func agoText(b view.Base, days int) string {
	switch {
	case days <= 0:
		return b.T("task.today")
	case days == 1:
		return b.T("task.yesterday")
	}
	return b.T("task.days_ago", days)
}
