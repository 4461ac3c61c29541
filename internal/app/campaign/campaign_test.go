package campaign_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// office is a province's committee with its bodies, its plan of this year, and whoever
// works with them.
type office struct {
	*testkit.Kit
	t                                    *testing.T
	organiser, viewer, branch, elsewhere registry.Actor
	committee, front, trade              committee.Body
	plan                                 committee.Plan
}

func newOffice(t *testing.T) *office {
	k := testkit.NewApp(t)
	o := &office{Kit: k, t: t}
	o.organiser, _ = k.Officer(registry.Organiser, "19")
	o.viewer, _ = k.Officer(registry.Viewer, "19")
	o.branch, _ = k.Officer(registry.Branch, "19")
	o.elsewhere, _ = k.Officer(registry.Organiser, "01")
	o.committee = o.body(committee.SteeringCommittee, "Ban Chỉ đạo tỉnh")
	o.front = o.body(committee.StandingBody, "Ủy ban MTTQ tỉnh")
	o.trade = o.body(committee.MemberBranch, "Sở Công Thương")
	o.plan = o.must(k.App.Campaign.CreatePlan(t.Context(), o.organiser, o.planInput()))
	return o
}

func (o *office) must(p committee.Plan, err error) committee.Plan {
	o.t.Helper()
	testkit.Works(o.t, err)
	return p
}

func (o *office) body(kind committee.BodyKind, name string) committee.Body {
	o.t.Helper()
	b, err := o.App.Campaign.CreateBody(o.t.Context(), o.organiser, campaign.BodyInput{Kind: string(kind), Name: name, Area: "2025:19"})
	testkit.Works(o.t, err)
	return b
}

func (o *office) planInput() campaign.PlanInput {
	return campaign.PlanInput{Year: o.App.Today()[:4], Area: "2025:19", Title: "Kế hoạch năm " + o.App.Today()[:4], Issuer: string(o.committee.ID), Standing: string(o.front.ID),
		Objectives: "Hàng Việt về xã.", Papers: []string{"28/CT-TTg", ""}, PaperDays: []string{"26/10/2021", ""}, PaperNames: []string{"", ""},
		Measures: []string{"", "cuộc", "", "phiên"}, Goals: []string{"", "1.200", "", "2"}}
}

func (o *office) taskInput() campaign.TaskInput {
	return campaign.TaskInput{Strand: "sessions", Kind: "carry", Title: "Hai phiên chợ", Lead: string(o.trade.ID), Watching: []string{string(o.front.ID)},
		Source: "events", Measure: "phiên", Goal: "2"}
}

func (o *office) task(in campaign.TaskInput) committee.Task {
	o.t.Helper()
	task, err := o.App.Campaign.CreateTask(o.t.Context(), o.organiser, o.plan.ID, in)
	testkit.Works(o.t, err)
	return task
}

// at says at which field an error is.
func at(err error) []string {
	var faults registry.Faults
	if errors.As(err, &faults) {
		var fields []string
		for _, f := range faults {
			fields = append(fields, f.Field)
		}
		slices.Sort(fields)
		return fields
	}
	var one *registry.Error
	if errors.As(err, &one) {
		return []string{one.Field}
	}
	return nil
}

func TestPlanIsMadeAndRead(t *testing.T) {
	o := newOffice(t)
	row, err := o.App.Campaign.Plan(t.Context(), o.viewer, o.plan.ID)
	testkit.Works(t, err)
	if row.Target(committee.Communications).Goal != 1200 || row.Target(committee.Sessions).Measure != "phiên" || len(row.Targets) != 2 {
		t.Errorf("targets are %+v", row.Targets)
	}
	if len(row.Papers) != 1 || row.Papers[0].IssuedOn != "2021-10-26" {
		t.Errorf("papers are %+v", row.Papers)
	}
	if row.IssuerName != "Ban Chỉ đạo tỉnh" || row.Manages || row.State != committee.PlanDraft {
		t.Errorf("read as %+v", row)
	}
	in := campaign.PlanInputOf(row.Plan)
	testkit.Works(t, o.App.Campaign.SavePlan(t.Context(), o.organiser, o.plan.ID, in))
	again, err := o.App.Campaign.Plan(t.Context(), o.viewer, o.plan.ID)
	row.Version++
	if err != nil || !slices.Equal(again.Targets, row.Targets) || !slices.Equal(again.Papers, row.Papers) || again.Version != row.Version {
		t.Errorf("saved as it was read, it is %+v, %v", again, err)
	}
}

func TestPlansThatAreRefused(t *testing.T) {
	o := newOffice(t)
	for claim, c := range map[string]struct {
		change func(*campaign.PlanInput)
		fields []string
	}{
		"a year before the campaign":       {func(in *campaign.PlanInput) { in.Year = "2008" }, []string{"year"}},
		"a year in words":                  {func(in *campaign.PlanInput) { in.Year = "năm nay" }, []string{"year"}},
		"no title":                         {func(in *campaign.PlanInput) { in.Title = " " }, []string{"title"}},
		"a unit that is none":              {func(in *campaign.PlanInput) { in.Area = "2025:99999" }, []string{"area"}},
		"a unit of somebody else":          {func(in *campaign.PlanInput) { in.Area = "2025:01" }, []string{"area"}},
		"no issuer":                        {func(in *campaign.PlanInput) { in.Issuer = "" }, []string{"issuer"}},
		"an issuer that is none":           {func(in *campaign.PlanInput) { in.Issuer = "x" }, []string{"issuer"}},
		"a paper without its number":       {func(in *campaign.PlanInput) { in.PaperNames[1] = "Quyết định" }, []string{"paper.1"}},
		"a paper of no day":                {func(in *campaign.PlanInput) { in.PaperDays[0] = "31/02/2021" }, []string{"paper_on.0"}},
		"a unit without a number":          {func(in *campaign.PlanInput) { in.Measures[0] = "việc" }, []string{"goal.steering"}},
		"a target that counts nothing":     {func(in *campaign.PlanInput) { in.Measures[1] = "" }, []string{"measure.communications"}},
		"a target of none":                 {func(in *campaign.PlanInput) { in.Goals[1] = "0" }, []string{"goal.communications"}},
		"a target beyond all measure":      {func(in *campaign.PlanInput) { in.Goals[1] = "10000001" }, []string{"goal.communications"}},
		"a target in words":                {func(in *campaign.PlanInput) { in.Goals[3] = "hai" }, []string{"goal.sessions"}},
		"a plan above that is not there":   {func(in *campaign.PlanInput) { in.Parent = "x" }, []string{"parent"}},
		"the second of a body and year":    {func(*campaign.PlanInput) {}, []string{""}},
		"a plan above of a different year": {func(in *campaign.PlanInput) { in.Year, in.Parent = "2019", string(o.plan.ID) }, []string{"parent"}},
	} {
		t.Run(claim, func(t *testing.T) {
			in := o.planInput()
			c.change(&in)
			if _, err := o.App.Campaign.CreatePlan(t.Context(), o.organiser, in); !slices.Equal(at(err), c.fields) {
				t.Errorf("faults at %q: %v", at(err), err)
			}
		})
	}
}

func TestPlanNeedsItsNumberToBeInForce(t *testing.T) {
	o := newOffice(t)
	step := func(to committee.PlanState, version int64) error {
		return o.App.Campaign.StepPlan(t.Context(), o.organiser, o.plan.ID, to, version)
	}
	if err := step(committee.PlanInForce, 1); registry.KindOf(err) != registry.Invalid {
		t.Errorf("without a number: %v", err)
	}
	in := o.planInput()
	in.Number, in.IssuedOn, in.Version = "12/KH-BCĐ", "15/01/2026", 1
	testkit.Works(t, o.App.Campaign.SavePlan(t.Context(), o.organiser, o.plan.ID, in))
	if err := step(committee.PlanClosed, 2); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a draft is closed: %v", err)
	}
	testkit.Works(t, step(committee.PlanInForce, 2))
	if err := step(committee.PlanClosed, 2); registry.KindOf(err) != registry.Conflict {
		t.Errorf("with an old version: %v", err)
	}
	testkit.Works(t, step(committee.PlanClosed, 3))
	if _, err := o.App.Campaign.CreateTask(t.Context(), o.organiser, o.plan.ID, o.taskInput()); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a task of a closed plan: %v", err)
	}
}

func TestWhoSeesWhatOfTheCampaign(t *testing.T) {
	o := newOffice(t)
	own, other := o.task(o.taskInput()), o.task(campaign.TaskInput{Strand: "steering", Kind: "guide", Title: "Họp", Lead: string(o.front.ID), Source: "none"})
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(o.branch)))
	sees := func(actor registry.Actor, id registry.TaskID) bool {
		_, err := o.App.Campaign.Task(t.Context(), actor, id)
		return err == nil
	}
	reads := func(actor registry.Actor) bool {
		_, err := o.App.Campaign.Board(t.Context(), actor, o.plan.ID)
		return err == nil
	}
	listed := func(actor registry.Actor, q campaign.TaskQuery) (titles []string) {
		list, _ := o.App.Campaign.Tasks(t.Context(), actor, q)
		for _, row := range list.Rows {
			titles = append(titles, row.Title)
		}
		return titles
	}
	nobody, vendor := registry.Actor{}, registry.Actor{Account: "v", Members: []registry.Membership{{Vendor: "x", Role: registry.Owner}}}
	for claim, holds := range map[string]bool{
		"whoever reads plans sees all tasks":        sees(o.viewer, own.ID) && sees(o.viewer, other.ID),
		"a body's people see the own tasks":         sees(o.branch, own.ID),
		"and no other":                              !sees(o.branch, other.ID),
		"another province sees none":                !sees(o.elsewhere, own.ID) && !reads(o.elsewhere),
		"nobody and vendors see none":               !sees(nobody, own.ID) && !sees(vendor, own.ID) && !reads(nobody) && !reads(vendor),
		"a body's people do not see the board":      !reads(o.branch),
		"the list of the plan is all of it":         slices.Equal(listed(o.viewer, campaign.TaskQuery{Plan: o.plan.ID}), []string{"Hai phiên chợ", "Họp"}),
		"a body's people list the own tasks":        slices.Equal(listed(o.branch, campaign.TaskQuery{}), []string{"Hai phiên chợ"}),
		"even when they ask for the plan":           slices.Equal(listed(o.branch, campaign.TaskQuery{Plan: o.plan.ID}), []string{"Hai phiên chợ"}),
		"another province lists none of it":         listed(o.elsewhere, campaign.TaskQuery{Plan: o.plan.ID}) == nil,
		"whoever acts for no body has no own tasks": listed(o.viewer, campaign.TaskQuery{Mine: true}) == nil,
	} {
		if !holds {
			t.Errorf("%s: does not hold", claim)
		}
	}
	for who, actor := range map[string]registry.Actor{"viewer": o.viewer, "branch": o.branch, "another province": o.elsewhere, "nobody": nobody, "vendor": vendor} {
		for what, do := range map[string]func() error{
			"makes a plan":    func() error { _, err := o.App.Campaign.CreatePlan(t.Context(), actor, o.planInput()); return err },
			"edits the plan":  func() error { return o.App.Campaign.SavePlan(t.Context(), actor, o.plan.ID, o.planInput()) },
			"steps the plan":  func() error { return o.App.Campaign.StepPlan(t.Context(), actor, o.plan.ID, committee.PlanInForce, 1) },
			"copies the plan": func() error { _, err := o.App.Campaign.ClonePlan(t.Context(), actor, o.plan.ID); return err },
			"makes a body": func() error {
				_, err := o.App.Campaign.CreateBody(t.Context(), actor, campaign.BodyInput{Kind: "member_org", Name: "Hội", Area: "2025:19"})
				return err
			},
			"edits a body": func() error {
				return o.App.Campaign.SaveBody(t.Context(), actor, o.trade.ID, campaign.BodyInputOf(o.trade))
			},
			"joins a body":  func() error { return o.App.Campaign.AddBodyPerson(t.Context(), actor, o.front.ID, o.login(actor)) },
			"leaves a body": func() error { return o.App.Campaign.RemoveBodyPerson(t.Context(), actor, o.trade.ID, o.branch.Account) },
			"makes a task": func() error {
				_, err := o.App.Campaign.CreateTask(t.Context(), actor, o.plan.ID, o.taskInput())
				return err
			},
			"edits a task":  func() error { return o.App.Campaign.EditTask(t.Context(), actor, own.ID, o.taskInput()) },
			"ties an event": func() error { return o.App.Campaign.TieEvent(t.Context(), actor, own.ID, "x", true) },
			"writes about another's task": func() error {
				return o.App.Campaign.Report(t.Context(), actor, other.ID, campaign.ReportInput{Text: "xong", Version: 1})
			},
		} {
			if err := do(); err == nil {
				t.Errorf("%s %s", who, what)
			}
		}
	}
}

// login is what an actor signs in with.
func (o *office) login(actor registry.Actor) string {
	if actor.Account == "" || actor.Account == "v" {
		return "0900000000"
	}
	var phone string
	o.Read(func(tx *store.Tx) error {
		account, err := tx.Account(o.t.Context(), actor.Account)
		phone = account.Phone
		return err
	})
	return phone
}

func TestTaskCountsWhatIsTiedToIt(t *testing.T) {
	o := newOffice(t)
	task := o.task(o.taskInput())
	done, ahead, off := o.Event(testkit.InState(registry.Ended)), o.Event(testkit.InState(registry.Announced)), o.Event(testkit.InState(registry.Cancelled))
	for _, e := range []registry.Event{done, ahead, off, done} {
		testkit.Works(t, o.App.Campaign.TieEvent(t.Context(), o.organiser, task.ID, e.ID, true))
	}
	file, err := o.App.Campaign.Task(t.Context(), o.viewer, task.ID)
	testkit.Works(t, err)
	if file.Progress != (committee.Progress{Goal: 2, Done: 1, Scheduled: 1, Counted: true}) || len(file.Tied) != 3 {
		t.Errorf("counted as %+v, tied to %d", file.Progress, len(file.Tied))
	}
	testkit.Works(t, o.App.Campaign.TieEvent(t.Context(), o.organiser, task.ID, done.ID, false))
	if file, _ = o.App.Campaign.Task(t.Context(), o.viewer, task.ID); file.Progress.Done != 0 {
		t.Errorf("untied, it still counts %d", file.Progress.Done)
	}
	if err := o.App.Campaign.TieEvent(t.Context(), o.organiser, task.ID, "no event", true); !slices.Equal(at(err), []string{"event"}) {
		t.Errorf("an event that is none: %v", err)
	}
}

func TestTwoOfficersCloseTheSameTask(t *testing.T) {
	o := newOffice(t)
	task := o.task(o.taskInput())
	closeIt := func() error {
		return o.App.Campaign.Report(t.Context(), o.organiser, task.ID, campaign.ReportInput{Text: "Đã xong", State: "done", Version: task.Version})
	}
	testkit.Works(t, closeIt())
	if err := closeIt(); registry.KindOf(err) == registry.None {
		t.Error("the second one closes it again")
	}
	file, err := o.App.Campaign.Task(t.Context(), o.viewer, task.ID)
	if err != nil || file.State != committee.TaskDone || file.Result != "Đã xong" || len(file.Entries) != 2 {
		t.Errorf("the task is %+v with %d lines, %v", file.State, len(file.Entries), err)
	}
}

func TestWordsAboutATask(t *testing.T) {
	o := newOffice(t)
	counted, told := o.task(o.taskInput()), o.task(campaign.TaskInput{Strand: "steering", Kind: "urge", Title: "Đôn đốc", Lead: string(o.trade.ID), Source: "none"})
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(o.branch)))
	for claim, c := range map[string]struct {
		task   committee.Task
		in     campaign.ReportInput
		fields []string
	}{
		"nothing said":                 {told, campaign.ReportInput{}, []string{"text"}},
		"a percent of what is counted": {counted, campaign.ReportInput{Percent: "50"}, []string{"percent"}},
		"a percent beyond all":         {told, campaign.ReportInput{Percent: "101"}, []string{"percent"}},
		"a percent in words":           {told, campaign.ReportInput{Percent: "nửa"}, []string{"percent", "text"}},
		"a state that does not follow": {told, campaign.ReportInput{Text: "x", State: "closed"}, []string{"state"}},
		"dropped without a word":       {told, campaign.ReportInput{State: "dropped"}, []string{"text"}},
		"a text of more than it takes": {told, campaign.ReportInput{Text: longText(committee.MaxTaskText + 1)}, []string{"text"}},
	} {
		c.in.Version = c.task.Version
		if err := o.App.Campaign.Report(t.Context(), o.branch, c.task.ID, c.in); !slices.Equal(at(err), c.fields) {
			t.Errorf("%s: faults at %q, %v", claim, at(err), err)
		}
	}
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.branch, told.ID, campaign.ReportInput{Text: "Đã gọi 6 xã", Percent: "40", State: "in_progress", Version: 1}))
	file, err := o.App.Campaign.Task(t.Context(), o.branch, told.ID)
	if err != nil || file.Percent != 40 || file.State != committee.TaskInProgress || file.Entries[0].Text != "Đã gọi 6 xã" || file.Entries[0].By != o.branch.Name || !file.Reports || file.Manages {
		t.Errorf("written as %+v, %v", file, err)
	}
}

func longText(n int) string { return string(slices.Repeat([]rune{'a'}, n)) }

func TestDayOfATaskMovesForAReason(t *testing.T) {
	o := newOffice(t)
	in := o.taskInput()
	in.DueOn = "15/12/2026"
	task := o.task(in)
	in.DueOn, in.Version = "20/12/2026", task.Version
	if err := o.App.Campaign.EditTask(t.Context(), o.organiser, task.ID, in); !slices.Equal(at(err), []string{"due_reason"}) {
		t.Errorf("without a reason: %v", err)
	}
	in.DueReason = "Mưa lũ tại 9 xã"
	testkit.Works(t, o.App.Campaign.EditTask(t.Context(), o.organiser, task.ID, in))
	file, err := o.App.Campaign.Task(t.Context(), o.viewer, task.ID)
	if e := file.Entries[0]; err != nil || e.Kind != committee.EntryDue || e.From != "2026-12-15" || e.To != "2026-12-20" || e.Text != "Mưa lũ tại 9 xã" {
		t.Errorf("the log says %+v, %v", e, err)
	}
	in.Title = "Khác"
	if err := o.App.Campaign.EditTask(t.Context(), o.organiser, task.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("an old version: %v", err)
	}
}

func TestTasksThatAreRefused(t *testing.T) {
	o := newOffice(t)
	above := o.task(o.taskInput())
	for claim, c := range map[string]struct {
		change func(*campaign.TaskInput)
		fields []string
	}{
		"no strand":                        {func(in *campaign.TaskInput) { in.Strand = "" }, []string{"strand"}},
		"no kind":                          {func(in *campaign.TaskInput) { in.Kind = "x" }, []string{"kind"}},
		"no title":                         {func(in *campaign.TaskInput) { in.Title = "" }, []string{"title"}},
		"nobody leads":                     {func(in *campaign.TaskInput) { in.Lead = "" }, []string{"lead"}},
		"a body that is none leads":        {func(in *campaign.TaskInput) { in.Lead = "x" }, []string{"lead"}},
		"a body that is none supports":     {func(in *campaign.TaskInput) { in.Supporting = []string{"x"} }, []string{"supporting"}},
		"a body that leads and supports":   {func(in *campaign.TaskInput) { in.Supporting = []string{in.Lead} }, []string{"supporting"}},
		"a body that supports and watches": {func(in *campaign.TaskInput) { in.Supporting = in.Watching }, []string{"watching"}},
		"a goal that counts nothing":       {func(in *campaign.TaskInput) { in.Measure = "" }, []string{"measure"}},
		"a day that is none":               {func(in *campaign.TaskInput) { in.DueOn = "32/1" }, []string{"due_on"}},
		"a task above that is not there":   {func(in *campaign.TaskInput) { in.Parent = "99" }, []string{"parent"}},
		"a task above that is no number":   {func(in *campaign.TaskInput) { in.Parent = "NV x" }, []string{"parent"}},
		"eleven movements":                 {func(in *campaign.TaskInput) { in.Movements = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk" }, []string{"movements"}},
	} {
		t.Run(claim, func(t *testing.T) {
			in := o.taskInput()
			c.change(&in)
			if _, err := o.App.Campaign.CreateTask(t.Context(), o.organiser, o.plan.ID, in); !slices.Equal(at(err), c.fields) {
				t.Errorf("faults at %q: %v", at(err), err)
			}
		})
	}
	in := o.taskInput()
	in.Parent = "NV 1"
	in.Supporting, in.Watching = []string{string(o.front.ID), string(o.front.ID)}, []string{string(o.committee.ID)}
	child := o.task(in)
	if child.Parent != above.ID || !slices.Equal(child.Supporting, []registry.BodyID{o.front.ID}) || !slices.Equal(child.Watching, []registry.BodyID{o.committee.ID}) {
		t.Errorf("the parts are %+v", child)
	}
	circle := campaign.TaskInputOf(above, child.N)
	if err := o.App.Campaign.EditTask(t.Context(), o.organiser, above.ID, circle); !slices.Equal(at(err), []string{"parent"}) {
		t.Errorf("a circle: %v", err)
	}
}

func TestBoardCountsTheYear(t *testing.T) {
	o := newOffice(t)
	o.Event(testkit.InState(registry.Ended))
	o.Event(testkit.InState(registry.Announced))
	o.Event(testkit.InState(registry.Cancelled))
	in := o.taskInput()
	in.DueOn = vn.ShowDate(registry.AddDays(o.App.Today(), -1))
	o.task(in)
	board, err := o.App.Campaign.Board(t.Context(), o.viewer, o.plan.ID)
	testkit.Works(t, err)
	sessions := board.Strands[slices.Index(committee.Strands, committee.Sessions)]
	if sessions.Progress.Done != 1 || sessions.Scheduled != 1 || sessions.Verdict != committee.OnSchedule || sessions.Late != 1 {
		t.Errorf("sessions stand as %+v", sessions)
	}
	rows, err := o.App.Campaign.PlanEvents(t.Context(), o.viewer, o.plan.ID, committee.Sessions)
	if err != nil || int64(len(rows)) != sessions.Progress.Done+sessions.Scheduled {
		t.Errorf("the figure opens %d rows, %v", len(rows), err)
	}
	for who, actor := range map[string]registry.Actor{"another province": o.elsewhere, "a body's people": o.branch, "nobody": {}} {
		if _, err := o.App.Campaign.PlanEvents(t.Context(), actor, o.plan.ID, committee.Sessions); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s opens the rows: %v", who, err)
		}
	}
	if supervision := board.Strands[slices.Index(committee.Strands, committee.Supervision)]; supervision.Progress.Done != 0 || supervision.Verdict != committee.NoGoal {
		t.Errorf("supervision stands as %+v", supervision)
	}
	if board.Late != 1 || board.Open != 1 || board.Silent != 0 || board.Standing != "Ủy ban MTTQ tỉnh" || len(board.Years) != 1 {
		t.Errorf("the board says %+v", board)
	}
	o.Clock.Add(8 * 24 * time.Hour)
	if board, _ = o.App.Campaign.Board(t.Context(), o.viewer, o.plan.ID); board.Silent != 1 {
		t.Errorf("after eight days without a word %d are silent", board.Silent)
	}
}

func TestPlanIsCopiedToTheNextYear(t *testing.T) {
	o := newOffice(t)
	first := o.App.Today()[:4] + "-12-31"
	old := o.body(committee.MemberOrg, "Hội Nông dân tỉnh")
	heir := o.body(committee.MemberOrg, "Ban Công tác nông dân")
	in := campaign.BodyInputOf(old)
	in.Until, in.Successor = vn.ShowDate(first), string(heir.ID)
	testkit.Works(t, o.App.Campaign.SaveBody(t.Context(), o.organiser, old.ID, in))
	above := o.taskInput()
	above.Supporting = []string{string(old.ID), string(heir.ID)}
	above.DueOn = "30/11/" + first[:4]
	o.task(above)
	below := o.taskInput()
	below.Title, below.Parent = "Việc con", "1"
	o.task(below)
	dropped := o.task(o.taskInput())
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.organiser, dropped.ID, campaign.ReportInput{State: "dropped", Text: "Không cần nữa", Version: dropped.Version}))

	next, err := o.App.Campaign.ClonePlan(t.Context(), o.organiser, o.plan.ID)
	testkit.Works(t, err)
	list, err := o.App.Campaign.Tasks(t.Context(), o.viewer, campaign.TaskQuery{Plan: next.ID, Show: campaign.ShowAll})
	testkit.Works(t, err)
	if next.Year != o.plan.Year+1 || next.State != committee.PlanDraft || len(next.Targets) != 2 || len(list.Rows) != 2 {
		t.Fatalf("copied as %+v with %d tasks", next, len(list.Rows))
	}
	if parent := list.Rows[0]; parent.DueOn[:4] != next.FirstDay()[:4] || !slices.Equal(parent.Supporting, []registry.BodyID{heir.ID}) {
		t.Errorf("the task above is %+v", parent)
	}
	if child := list.Rows[1]; child.Parent != list.Rows[0].ID {
		t.Errorf("the task below hangs on %q", child.Parent)
	}
	if _, err := o.App.Campaign.ClonePlan(t.Context(), o.organiser, o.plan.ID); registry.KindOf(err) != registry.Conflict {
		t.Errorf("copied twice: %v", err)
	}
}

func TestPlanOfAUnitThatIsNoMore(t *testing.T) {
	o := newOffice(t)
	in := o.planInput()
	in.Year, in.Area, in.Title = "2020", "2025-before:06", "Kế hoạch năm 2020"
	old, err := o.App.Campaign.CreatePlan(t.Context(), o.organiser, in)
	testkit.Works(t, err)
	board, err := o.App.Campaign.Board(t.Context(), o.viewer, old.ID)
	if err != nil || board.Area.Edition != registry.Edition2025Before || len(board.Strands) != len(committee.Strands) || board.Gone != 1000 {
		t.Errorf("a plan of Bắc Kạn reads %+v, %v", board, err)
	}
}

func TestBodiesThatAreRefused(t *testing.T) {
	o := newOffice(t)
	child := campaign.BodyInput{Kind: "member_org", Name: "Chi hội", Area: "2025:19", Parent: string(o.trade.ID)}
	below, err := o.App.Campaign.CreateBody(t.Context(), o.organiser, child)
	testkit.Works(t, err)
	edit := func(change func(*campaign.BodyInput)) error {
		in := campaign.BodyInputOf(o.trade)
		change(&in)
		return o.App.Campaign.SaveBody(t.Context(), o.organiser, o.trade.ID, in)
	}
	for claim, c := range map[string]struct {
		change func(*campaign.BodyInput)
		fields []string
	}{
		"no name":                     {func(in *campaign.BodyInput) { in.Name = "" }, []string{"name"}},
		"a kind that is none":         {func(in *campaign.BodyInput) { in.Kind = "bộ" }, []string{"kind"}},
		"a unit of somebody else":     {func(in *campaign.BodyInput) { in.Area = "2025:01" }, []string{"area"}},
		"an end before the beginning": {func(in *campaign.BodyInput) { in.From, in.Until = "01/07/2025", "30/06/2025" }, []string{"until"}},
		"a successor without an end":  {func(in *campaign.BodyInput) { in.Successor = string(o.front.ID) }, []string{"until"}},
		"below itself":                {func(in *campaign.BodyInput) { in.Parent = string(o.trade.ID) }, []string{"parent"}},
		"below what stands below it":  {func(in *campaign.BodyInput) { in.Parent = string(below.ID) }, []string{"parent"}},
		"below what is none":          {func(in *campaign.BodyInput) { in.Parent = "x" }, []string{"parent"}},
		"an address that is none":     {func(in *campaign.BodyInput) { in.Email = "a@b" }, []string{"email"}},
		"a number that is none":       {func(in *campaign.BodyInput) { in.Phone = "12" }, []string{"phone"}},
	} {
		if err := edit(c.change); !slices.Equal(at(err), c.fields) {
			t.Errorf("%s: faults at %q, %v", claim, at(err), err)
		}
	}
	if err := o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, "0911111199"); !slices.Equal(at(err), []string{"login"}) {
		t.Errorf("nobody joins: %v", err)
	}
	testkit.Works(t, edit(func(in *campaign.BodyInput) { in.Name = "Sở Công Thương Thái Nguyên" }))
	if err := edit(func(in *campaign.BodyInput) { in.Name = "Khác" }); registry.KindOf(err) != registry.Conflict {
		t.Errorf("an old version: %v", err)
	}
}
