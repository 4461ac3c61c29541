package campaign_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/communications"
	"hoicho/internal/app/places"
	"hoicho/internal/app/procurement"
	"hoicho/internal/app/supervision"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// of returns the row of a strand of the plan's board.
func (o *office) of(s committee.Strand) campaign.StrandRow {
	o.t.Helper()
	board, err := o.App.Campaign.Board(o.t.Context(), o.viewer, o.plan.ID)
	testkit.Works(o.t, err)
	return board.Strands[slices.Index(committee.Strands, s)]
}

func (o *office) report(t committee.Task, in campaign.ReportInput) {
	o.t.Helper()
	in.Version = t.Version
	testkit.Works(o.t, o.App.Campaign.Report(o.t.Context(), o.organiser, t.ID, in))
}

// steering is a task that counts nothing, due on a day from today.
func (o *office) steering(title string, due int) committee.Task {
	in := campaign.TaskInput{Strand: "steering", Kind: "guide", Title: title, Lead: string(o.trade.ID), Source: "none"}
	if due != 0 {
		in.DueOn = vn.ShowDate(vn.AddDays(o.App.Today(), due))
	}
	return o.task(in)
}

func TestTheBoardCountsEachStrandFromItsRows(t *testing.T) {
	testkit.NamesDays(t)
	o := newOffice(t)
	system := registry.SystemActor("test")
	done, dropped := o.steering("xong", 0), o.steering("bỏ", -1)
	o.steering("muộn", -1)
	o.steering("còn", 10)
	o.report(done, campaign.ReportInput{State: "done", Text: "Đã họp"})
	o.report(dropped, campaign.ReportInput{State: "dropped", Text: "Không cần"})
	day := func(n int) string { return vn.ShowDate(vn.AddDays(o.App.Today(), n)) }
	for _, since := range []string{day(-300), day(0), day(1), "31/12/2026", "01/01/2027"} {
		o.Place(func(in *places.Input) { in.Since = since })
	}
	for _, c := range []struct{ times, day string }{{"3", "01/01/2026"}, {"4", "20/11/2026"}, {"100", "31/12/2025"}} {
		in := communications.EntryInput{Channel: "village_meeting", Times: c.times, People: "45", Area: testkit.BaBe.String(), Day: c.day, Confirm: true}
		_, _, err := o.App.Communications.Enter(t.Context(), system, []communications.EntryInput{in})
		testkit.Works(t, err)
	}
	body := o.Body()
	o.Reported(body, func(in *procurement.Input) { in.Year, in.Part = "2026", "q1" })
	o.Reported(o.Body(func(in *campaign.BodyInput) { in.Name = "Trạm y tế" }), func(in *procurement.Input) { in.Year, in.Part = "2025", "year" })
	for _, producer := range []string{"HTX A", "HTX B"} {
		o.Supported(func(in *procurement.SupportInput) { in.Since, in.Ended, in.Producer = day(-1), "", producer })
	}
	o.Supervised()
	o.Supervised(func(in *supervision.Input) { in.HeldOn = "2025-12-04" })
	for name, c := range map[string]struct {
		strand          committee.Strand
		done, scheduled int64
		counted         bool
		tasks, over     int
	}{
		"steering from its tasks":             {committee.Steering, 1, 1, true, 3, 1},
		"places from the register":            {committee.Outlets, 2, 2, true, 0, 0},
		"communications from the register":    {committee.Communications, 7, 0, true, 0, 0},
		"bodies that reported what they buy":  {committee.Procurement, 1, 0, true, 0, 0},
		"producers that were supported":       {committee.Support, 2, 0, true, 0, 0},
		"supervisions from their register":    {committee.Supervision, 1, 0, true, 0, 0},
		"fairs from the events, none so far":  {committee.Fairs, 0, 0, true, 0, 0},
		"sessions from the events, none here": {committee.Sessions, 0, 0, true, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			row := o.of(c.strand)
			if row.Progress.Done != c.done || row.Scheduled != c.scheduled || row.Counted != c.counted || row.Tasks != c.tasks || row.Done != c.over || row.Progress.Goal != row.Target.Goal {
				t.Errorf("it stands as %+v", row)
			}
		})
	}
	t.Run("all tasks together", func(t *testing.T) {
		board, err := o.App.Campaign.Board(t.Context(), o.viewer, o.plan.ID)
		if err != nil || board.Done != 1 || board.Open != 2 || board.Late != 1 || board.Manages || board.IssuerName != o.committee.Name {
			t.Errorf("%d done, %d open, %d late, %v", board.Done, board.Open, board.Late, err)
		}
	})
	for source, want := range map[committee.Source]int64{committee.ProcurementSource: 1, committee.SupportSource: 2} {
		t.Run("a task that counts "+string(source), func(t *testing.T) {
			in := o.taskInput()
			in.Strand, in.Source = "supervision", string(source)
			f, err := o.App.Campaign.Task(t.Context(), o.viewer, o.task(in).ID)
			if err != nil || f.Progress.Done != want || !f.Counted {
				t.Errorf("it has %+v, %v", f.Progress, err)
			}
		})
	}
	t.Run("places of a year that is over are those of its last day", func(t *testing.T) {
		in := o.planInput()
		in.Year, in.Title = "2025", "Kế hoạch năm 2025"
		old := o.must(o.App.Campaign.CreatePlan(t.Context(), o.organiser, in))
		board, err := o.App.Campaign.Board(t.Context(), o.viewer, old.ID)
		testkit.Works(t, err)
		row := board.Strands[slices.Index(committee.Strands, committee.Outlets)]
		if row.Progress.Done != 0 || row.Scheduled != 0 || len(board.Years) != 2 || board.Years[0].Year != 2025 {
			t.Errorf("it stands as %+v among %d years", row, len(board.Years))
		}
	})
	t.Run("a strand that counts no events opens none", func(t *testing.T) {
		if _, err := o.App.Campaign.PlanEvents(t.Context(), o.viewer, o.plan.ID, committee.Steering); registry.KindOf(err) != registry.NotFound {
			t.Errorf("it gives %v", err)
		}
	})
}

func TestTheListShowsWhatIsAskedFor(t *testing.T) {
	o := newOffice(t)
	done, late := o.steering("xong", 0), o.steering("muộn", -1)
	o.report(done, campaign.ReportInput{State: "done", Text: "Đã họp"})
	o.Clock.Add(8 * 24 * 3600 * 1e9)
	o.steering("mới", 10)
	o.task(campaign.TaskInput{Strand: "steering", Kind: "guide", Title: "của Mặt trận", Lead: string(o.front.ID), Source: "none"})
	o.report(late, campaign.ReportInput{Text: "Đang làm", State: "in_progress"})
	o.steeringOld()
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(o.organiser)))
	for name, c := range map[string]struct {
		q      campaign.TaskQuery
		titles string
	}{
		"what is open":    {campaign.TaskQuery{Plan: o.plan.ID}, "của Mặt trận, muộn, mới, tám ngày"},
		"what is late":    {campaign.TaskQuery{Plan: o.plan.ID, Show: campaign.ShowLate}, "muộn"},
		"what is silent":  {campaign.TaskQuery{Plan: o.plan.ID, Show: campaign.ShowSilent}, "tám ngày"},
		"what is done":    {campaign.TaskQuery{Plan: o.plan.ID, Show: campaign.ShowDone}, "xong"},
		"all":             {campaign.TaskQuery{Plan: o.plan.ID, Show: campaign.ShowAll}, "của Mặt trận, muộn, mới, tám ngày, xong"},
		"of one's bodies": {campaign.TaskQuery{Plan: o.plan.ID, Mine: true}, "muộn, mới, tám ngày"},
		"without a plan":  {campaign.TaskQuery{}, "muộn, mới, tám ngày"},
		"of a body":       {campaign.TaskQuery{Plan: o.plan.ID, Body: o.front.ID}, "của Mặt trận"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := o.App.Campaign.Tasks(t.Context(), o.organiser, c.q)
			var titles []string
			for _, row := range l.Rows {
				titles = append(titles, row.Title)
				if l.Names[row.Lead] == "" {
					t.Errorf("nobody is named for %s", row.Title)
				}
			}
			slices.SortFunc(titles, func(x, y string) int { return strings.Compare(vn.SortKey(x), vn.SortKey(y)) })
			want := strings.Split(c.titles, ", ")
			slices.SortFunc(want, func(x, y string) int { return strings.Compare(vn.SortKey(x), vn.SortKey(y)) })
			if err != nil || !slices.Equal(titles, want) || l.Counts[c.q.Show] != len(titles) || l.More || !slices.Equal(l.Mine, []registry.BodyID{o.trade.ID}) {
				t.Errorf("it has %v, counts %v, more %v, %v", titles, l.Counts, l.More, err)
			}
		})
	}
	t.Run("nobody who sees no tasks", func(t *testing.T) {
		vendor, _ := o.VendorAccount()
		if _, err := o.App.Campaign.Tasks(t.Context(), vendor, campaign.TaskQuery{}); registry.KindOf(err) != registry.NotFound {
			t.Errorf("it gives %v", err)
		}
	})
}

// steeringOld is a task about which nobody has said a word for eight days.
func (o *office) steeringOld() {
	now := o.Clock.Now()
	o.Clock.Add(-8 * 24 * 3600 * 1e9)
	o.steering("tám ngày", 0)
	o.Clock.Set(now)
}

func TestAListOfTasksHasPages(t *testing.T) {
	o := newOffice(t)
	for i := range 101 {
		o.steering(fmt.Sprint("Việc ", i), 0)
	}
	for page, rows := range []int{100, 1, 0} {
		t.Run(fmt.Sprint("page ", page), func(t *testing.T) {
			l, err := o.App.Campaign.Tasks(t.Context(), o.viewer, campaign.TaskQuery{Plan: o.plan.ID, Page: page})
			if err != nil || len(l.Rows) != rows || l.More != (page == 0) || l.Counts[campaign.ShowOpen] != 101 {
				t.Errorf("%d rows, more %v, %v", len(l.Rows), l.More, err)
			}
		})
	}
}

func TestTheFormOfATaskChangesNothingByItself(t *testing.T) {
	o := newOffice(t)
	above := o.steering("Việc trên", 0)
	in := o.taskInput()
	in.Parent, in.DueOn, in.Movements, in.Content, in.Supporting = "NV1", vn.ShowDate(vn.AddDays(o.App.Today(), 5)), "Nông thôn mới\nThi đua", "Theo kế hoạch", []string{string(o.committee.ID)}
	in.Watching = []string{string(o.front.ID)}
	for name, task := range map[string]committee.Task{"in full": o.task(in), "as short as can be": o.steering("Họp", 0)} {
		t.Run(name, func(t *testing.T) {
			file, err := o.App.Campaign.Task(t.Context(), o.organiser, task.ID)
			testkit.Works(t, err)
			shown := campaign.TaskInputOf(file.Task, file.Above.N)
			if (shown.Goal == "") != (task.Goal == 0) || (shown.Parent == "") != (task.Parent == "") {
				t.Errorf("the form shows %+v", shown)
			}
			testkit.Works(t, o.App.Campaign.EditTask(t.Context(), o.organiser, task.ID, shown))
			again, err := o.App.Campaign.Task(t.Context(), o.organiser, task.ID)
			file.Version, file.UpdatedAt = again.Version, again.UpdatedAt
			if err != nil || fmt.Sprint(again.Task) != fmt.Sprint(file.Task) || again.Entries[0].Kind != committee.EntryEdited {
				t.Errorf("it became %+v from %+v, %v", again.Task, file.Task, err)
			}
		})
	}
	t.Run("its page shows what is above, below and beside it", func(t *testing.T) {
		event := o.Event()
		testkit.Works(t, o.App.Campaign.TieEvent(t.Context(), o.organiser, above.ID, o.Event().ID, true))
		file, err := o.App.Campaign.Task(t.Context(), o.organiser, above.ID)
		testkit.Works(t, err)
		if len(file.Children) != 1 || file.Names[file.Children[0].Lead] != o.trade.Name || file.Above.ID != "" || !file.Manages || !file.Reports {
			t.Errorf("below it stand %+v", file.Children)
		}
		if len(file.Tied) != 1 || len(file.Tieable) != 1 || file.Tieable[0].ID != event.ID || file.PlanYear != o.plan.Year || file.PlanTitle != o.plan.Title {
			t.Errorf("%d tied, %d tieable, of %d", len(file.Tied), len(file.Tieable), file.PlanYear)
		}
		seen, err := o.App.Campaign.Task(t.Context(), o.viewer, above.ID)
		if err != nil || len(seen.Tieable) != 0 || seen.Manages || seen.Reports {
			t.Errorf("a viewer ties %d, reports %v, %v", len(seen.Tieable), seen.Reports, err)
		}
	})
	t.Run("each step is a line of the log", func(t *testing.T) {
		for action, n := range map[string]int{"task.create": 3, "task.edit": 2, "task.tie": 1, "plan.create": 1, "body.create": 3} {
			if lines := o.Audited(action); len(lines) != n {
				t.Errorf("%d lines of %s", len(lines), action)
			}
		}
	})
}

func TestWhatIsJustRightIsTakenOfPlansAndTasks(t *testing.T) {
	o := newOffice(t)
	rows := func(n int, text string) []string { return slices.Repeat([]string{text}, n) }
	for name, c := range map[string]struct {
		change func(*campaign.PlanInput)
		fields []string
	}{
		"the first year":       {func(in *campaign.PlanInput) { in.Year = "2009" }, nil},
		"the last year":        {func(in *campaign.PlanInput) { in.Year = "2100" }, nil},
		"a year behind all":    {func(in *campaign.PlanInput) { in.Year = "2101" }, []string{"year"}},
		"the smallest goal":    {func(in *campaign.PlanInput) { in.Year, in.Goals[1] = "2030", "1" }, nil},
		"the highest goal":     {func(in *campaign.PlanInput) { in.Year, in.Goals[1] = "2031", "10.000.000" }, nil},
		"twelve papers":        {func(in *campaign.PlanInput) { in.Year, in.Papers, in.PaperDays = "2032", rows(12, "28/CT-TTg"), nil }, nil},
		"a paper more":         {func(in *campaign.PlanInput) { in.Year, in.Papers, in.PaperDays = "2033", rows(13, "28/CT-TTg"), nil }, []string{"paper.0"}},
		"its papers have days": {func(in *campaign.PlanInput) { in.Year, in.Papers = "2034", nil }, []string{"paper.0"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := o.planInput()
			c.change(&in)
			if _, err := o.App.Campaign.CreatePlan(t.Context(), o.organiser, in); !slices.Equal(at(err), c.fields) {
				t.Errorf("faults at %q: %v", at(err), err)
			}
		})
	}
	for name, c := range map[string]struct {
		change func(*campaign.TaskInput)
		fields []string
	}{
		"the smallest goal": {func(in *campaign.TaskInput) { in.Goal = "1" }, nil},
		"no goal at all":    {func(in *campaign.TaskInput) { in.Goal = "0" }, []string{"goal"}},
		"the highest goal":  {func(in *campaign.TaskInput) { in.Goal = "10.000.000" }, nil},
		"a higher one":      {func(in *campaign.TaskInput) { in.Goal = "10.000.001" }, []string{"goal"}},
		"ten movements":     {func(in *campaign.TaskInput) { in.Movements = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj" }, nil},
	} {
		t.Run("a task: "+name, func(t *testing.T) {
			in := o.taskInput()
			c.change(&in)
			if _, err := o.App.Campaign.CreateTask(t.Context(), o.organiser, o.plan.ID, in); !slices.Equal(at(err), c.fields) {
				t.Errorf("faults at %q: %v", at(err), err)
			}
		})
	}
	told := o.steering("Họp", 0)
	for _, percent := range []string{"100", "0"} {
		t.Run(percent+" percent", func(t *testing.T) {
			o.report(told, campaign.ReportInput{Percent: percent, Text: "x"})
			file, err := o.App.Campaign.Task(t.Context(), o.viewer, told.ID)
			if told = file.Task; err != nil || fmt.Sprint(told.Percent) != percent {
				t.Errorf("it has %d percent, %v", told.Percent, err)
			}
		})
	}
	t.Run("less than nothing is refused", func(t *testing.T) {
		err := o.App.Campaign.Report(t.Context(), o.organiser, told.ID, campaign.ReportInput{Percent: "-1", Text: "x", Version: told.Version})
		if !slices.Equal(at(err), []string{"percent"}) {
			t.Errorf("faults at %q: %v", at(err), err)
		}
	})
	t.Run("a paper that is known has its title", func(t *testing.T) {
		row, err := o.App.Campaign.Plan(t.Context(), o.viewer, o.plan.ID)
		if err != nil || row.Papers[0].Title == "" {
			t.Errorf("it is %+v, %v", row.Papers, err)
		}
	})
}

func TestBodiesAreListedWithTheirKin(t *testing.T) {
	o := newOffice(t)
	gone, err := o.App.Campaign.CreateBody(t.Context(), o.organiser, campaign.BodyInput{Kind: "member_org", Name: "A cũ", Area: "2025:19", Parent: string(o.committee.ID),
		From: "01/01/2020", Until: "31/12/2024", Successor: string(o.trade.ID)})
	testkit.Works(t, err)
	t.Run("those that no longer stand last", func(t *testing.T) {
		rows, err := o.App.Campaign.Bodies(t.Context(), o.viewer)
		testkit.Works(t, err)
		last := rows[len(rows)-1]
		if len(rows) != 4 || last.ID != gone.ID || last.Stands || !rows[0].Stands || last.Manages || last.ParentName != o.committee.Name || last.SuccessorName != o.trade.Name {
			t.Errorf("the last of %d is %+v", len(rows), last)
		}
	})
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(o.branch)))
	for name, c := range map[string]struct {
		actor   registry.Actor
		found   bool
		manages bool
		people  int
	}{"whoever manages plans": {o.organiser, true, true, 1}, "a viewer": {o.viewer, true, false, 0}, "another province": {o.elsewhere, false, false, 0}} {
		t.Run(name, func(t *testing.T) {
			f, err := o.App.Campaign.Body(t.Context(), c.actor, o.trade.ID)
			if (err == nil) != c.found || f.Manages != c.manages || len(f.People) != c.people || f.Stands != c.found {
				t.Errorf("reads %+v with %d people, %v", f.BodyRow, len(f.People), err)
			}
		})
	}
	t.Run("who acts for it no more sees its tasks no more", func(t *testing.T) {
		task := o.steering("Họp", 0)
		_, before := o.App.Campaign.Task(t.Context(), o.branch, task.ID)
		testkit.Works(t, o.App.Campaign.RemoveBodyPerson(t.Context(), o.organiser, o.trade.ID, o.branch.Account))
		_, after := o.App.Campaign.Task(t.Context(), o.branch, task.ID)
		if before != nil || registry.KindOf(after) != registry.NotFound {
			t.Errorf("before %v, after %v", before, after)
		}
	})
	t.Run("a circle of three", func(t *testing.T) {
		in := campaign.BodyInputOf(gone)
		in.Parent = string(o.trade.ID)
		testkit.Works(t, o.App.Campaign.SaveBody(t.Context(), o.organiser, gone.ID, in))
		middle := campaign.BodyInputOf(o.front)
		middle.Parent = string(gone.ID)
		testkit.Works(t, o.App.Campaign.SaveBody(t.Context(), o.organiser, o.front.ID, middle))
		top := campaign.BodyInputOf(o.trade)
		top.Parent = string(o.front.ID)
		if err := o.App.Campaign.SaveBody(t.Context(), o.organiser, o.trade.ID, top); !slices.Equal(at(err), []string{"parent"}) {
			t.Errorf("it gives %v", err)
		}
	})
	t.Run("a day on which it begins and ends", func(t *testing.T) {
		in := campaign.BodyInputOf(o.committee)
		in.From, in.Until = "01/07/2025", "01/07/2025"
		testkit.Works(t, o.App.Campaign.SaveBody(t.Context(), o.organiser, o.committee.ID, in))
	})
	t.Run("each is a line of the log", func(t *testing.T) {
		for action, n := range map[string]int{"body.create": 4, "body.edit": 3, "body.person_add": 1, "body.person_remove": 1} {
			if lines := o.Audited(action); len(lines) != n {
				t.Errorf("%d lines of %s", len(lines), action)
			}
		}
	})
}
