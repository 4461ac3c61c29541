package supervision_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/core"
	"hoicho/internal/app/supervision"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

var system = registry.SystemActor("test")

func fieldsOf(err error) string {
	fields := testkit.FieldsOf(err)
	slices.Sort(fields)
	return strings.Join(slices.Compact(fields), " ")
}

func TestASupervisionThatCannotBeIsRefusedAtItsField(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	front, other := k.Front(), k.Body()
	draft := k.Event(testkit.InState(registry.Draft))
	ahead, early := vn.ShowDate(vn.AddDays(k.App.Today(), 1)), vn.ShowDate(vn.AddDays(k.App.Today(), -11))
	for name, c := range map[string]struct {
		change func(*supervision.Input)
		fields string
	}{
		"nothing":                       {func(in *supervision.Input) { *in = supervision.Input{} }, "area body content day subject_name"},
		"a body that supervises nobody": {func(in *supervision.Input) { in.By = string(other.ID) }, "body"},
		"a body that is none":           {func(in *supervision.Input) { in.By = "khong-co" }, "body"},
		"a day that is ahead":           {func(in *supervision.Input) { in.HeldOn = ahead }, "day"},
		"two subjects":                  {func(in *supervision.Input) { in.Subject = string(other.ID) }, "subject_name"},
		"a subject that is none":        {func(in *supervision.Input) { in.Subject, in.SubjectName = "khong-co", "" }, "subject"},
		"an event that is none":         {func(in *supervision.Input) { in.Event = "khong-co" }, "event"},
		"an event nobody knows":         {func(in *supervision.Input) { in.Event = string(draft.ID) }, "event"},
		"no day for the answer":         {func(in *supervision.Input) { in.DueOn = "" }, "due_on"},
		"nothing to answer":             {func(in *supervision.Input) { in.Recommendation = "" }, "recommendation"},
		"an answer before it":           {func(in *supervision.Input) { in.DueOn = early }, "due_on"},
		"a task that is none":           {func(in *supervision.Input) { in.Task = "khong-co" }, "task"},
		"a unit that is none":           {func(in *supervision.Input) { in.Area = "2025:99999" }, "area"},
		"a file that is none":           {func(in *supervision.Input) { in.File = &core.Upload{Name: "a.pdf", Data: []byte("MZ")} }, "file"},
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedSupervision(front.ID)
			c.change(&in)
			if _, err := k.App.Supervision.Enter(t.Context(), system, in); fieldsOf(err) != c.fields {
				t.Errorf("refused at %q, want %q (%v)", fieldsOf(err), c.fields, err)
			}
		})
	}
}

func TestARecommendationIsAnswered(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	s := k.Supervised()
	good := supervision.AnswerInput{Answer: "Đã niêm yết giá ở mọi gian.", AnsweredOn: vn.ShowDate(k.App.Today()), Paper: "12", Version: s.Version,
		File: &core.Upload{Name: "tra-loi.jpg", Data: testkit.PhotoPNG(t)}}
	ahead, early := vn.ShowDate(vn.AddDays(k.App.Today(), 1)), vn.ShowDate(vn.AddDays(k.App.Today(), -11))
	for name, c := range map[string]struct {
		change func(*supervision.AnswerInput)
		fields string
	}{
		"nothing":   {func(in *supervision.AnswerInput) { *in = supervision.AnswerInput{} }, "answer answered_on"},
		"ahead":     {func(in *supervision.AnswerInput) { in.AnsweredOn = ahead }, "answered_on"},
		"too early": {func(in *supervision.AnswerInput) { in.AnsweredOn = early }, "answered_on"},
		"no file":   {func(in *supervision.AnswerInput) { in.File = &core.Upload{Name: "a.exe", Data: []byte("MZ")} }, "file"},
	} {
		t.Run(name, func(t *testing.T) {
			in := good
			c.change(&in)
			if err := k.App.Supervision.Answer(t.Context(), system, s.ID, in); fieldsOf(err) != c.fields {
				t.Errorf("refused at %q, want %q (%v)", fieldsOf(err), c.fields, err)
			}
		})
	}
	testkit.Works(t, k.App.Supervision.Answer(t.Context(), system, s.ID, good))
	if err := k.App.Supervision.Answer(t.Context(), system, s.ID, good); registry.KindOf(err) != registry.Conflict {
		t.Errorf("from an old version: %v", err)
	}
	f, err := k.App.Supervision.Supervision(t.Context(), system, s.ID)
	if err != nil || f.State(k.App.Today()) != committee.SupervisionAnswered || f.AnsweredAs != system.Name {
		t.Errorf("it is %+v, %v", f.SupervisionHeld, err)
	}
	if paper, err := k.App.Supervision.Paper(t.Context(), system, s.ID, supervision.OfAnswer); err != nil || paper.Name != "tra-loi.jpg" {
		t.Errorf("its paper is %q, %v", paper.Name, err)
	}
	if _, err := k.App.Supervision.Paper(t.Context(), system, s.ID, supervision.OfSupervision); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a paper that is none: %v", err)
	}
	t.Run("the recommendation can no longer be left out", func(t *testing.T) {
		in := supervision.InputOf(f.SupervisionHeld)
		in.Recommendation, in.DueOn = "", ""
		if err := k.App.Supervision.Save(t.Context(), system, s.ID, in); fieldsOf(err) != "recommendation" {
			t.Errorf("%v", err)
		}
	})
	t.Run("where nothing was recommended, nothing is answered", func(t *testing.T) {
		none := k.Supervised(func(in *supervision.Input) { in.By, in.Recommendation, in.DueOn = string(s.By), "", "" })
		in := good
		in.Version, in.File = none.Version, nil
		if err := k.App.Supervision.Answer(t.Context(), system, none.ID, in); registry.KindOf(err) != registry.Conflict {
			t.Errorf("%v", err)
		}
	})
}

func TestRegisterFiltersAndCounts(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Running))
	late := k.Supervised(func(in *supervision.Input) {
		in.DueOn, in.Event = vn.ShowDate(vn.AddDays(k.App.Today(), -1)), string(e.ID)
	})
	k.Supervised(func(in *supervision.Input) { in.By, in.Recommendation, in.DueOn = string(late.By), "", "" })
	struck := k.Supervised(func(in *supervision.Input) { in.By = string(late.By) })
	testkit.Works(t, k.App.Supervision.Strike(t.Context(), system, struck.ID, supervision.StrikeInput{Version: struck.Version, Reason: "nhầm"}))
	if err := k.App.Supervision.Strike(t.Context(), system, late.ID, supervision.StrikeInput{Version: 1}); fieldsOf(err) != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	for name, c := range map[string]struct {
		f    committee.SupervisionFilter
		want int
	}{
		"all":           {committee.SupervisionFilter{}, 3},
		"late":          {committee.SupervisionFilter{State: committee.SupervisionLate}, 1},
		"noted":         {committee.SupervisionFilter{State: committee.SupervisionNoted}, 1},
		"of the event":  {committee.SupervisionFilter{Event: e.ID}, 1},
		"of the body":   {committee.SupervisionFilter{By: late.By}, 3},
		"of the unit":   {committee.SupervisionFilter{Area: testkit.BaBe.Code}, 3},
		"of nowhere":    {committee.SupervisionFilter{Area: "00004"}, 0},
		"of long ago":   {committee.SupervisionFilter{Year: 2020}, 0},
		"of the second": {committee.SupervisionFilter{Skip: 1, Limit: 1}, 1},
	} {
		l, err := k.App.Supervision.Register(t.Context(), system, c.f)
		if err != nil || len(l.Rows) != c.want {
			t.Errorf("%s: %d rows, want %d (%v)", name, len(l.Rows), c.want, err)
		}
	}
	l, _ := k.App.Supervision.Register(t.Context(), system, committee.SupervisionFilter{})
	if l.All != 2 || l.Counts[committee.SupervisionLate] != 1 || l.N != 3 {
		t.Errorf("%d count, %v, %d rows", l.All, l.Counts, l.N)
	}
	if n, err := k.App.Supervision.Late(t.Context(), system); err != nil || n != 1 {
		t.Errorf("%d late, %v", n, err)
	}
	if n, err := k.App.Supervision.OfEvent(t.Context(), system, e.ID); err != nil || n != 1 {
		t.Errorf("%d of the event, %v", n, err)
	}
	for _, form := range []string{"xlsx", "csv"} {
		if f, err := k.App.Supervision.File(t.Context(), system, committee.SupervisionFilter{}, form, "vi"); err != nil || len(f.Data) == 0 {
			t.Errorf("%s: %d bytes, %v", form, len(f.Data), err)
		}
	}
}

func TestSupervisionsCountForTheirTask(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	task := k.Task()
	counted, err := k.App.Campaign.CreateTask(t.Context(), system, task.Plan, campaign.TaskInput{Strand: string(committee.Supervision), Kind: string(committee.Guide),
		Title: "Giám sát", Lead: string(task.Lead), Source: string(committee.SupervisionSource), Measure: "cuộc", Goal: "4"})
	testkit.Works(t, err)
	held := k.Supervised(func(in *supervision.Input) { in.Task = string(counted.ID) })
	struck := k.Supervised(func(in *supervision.Input) { in.By, in.Task = string(held.By), string(counted.ID) })
	testkit.Works(t, k.App.Supervision.Strike(t.Context(), system, struck.ID, supervision.StrikeInput{Version: struck.Version, Reason: "nhầm"}))
	var done int64
	k.Read(func(tx *store.Tx) error {
		counts, err := tx.TaskCounts(t.Context(), []registry.TaskID{counted.ID})
		done = int64(counts[counted.ID][committee.SupervisionSource].Done)
		return err
	})
	if f, err := k.App.Supervision.Supervision(t.Context(), system, held.ID); done != 1 || err != nil || len(f.TaskTitles) != 1 {
		t.Errorf("%d count for the task, which is named %v, %v", done, f.TaskTitles, err)
	}
	if l, err := k.App.Supervision.Register(t.Context(), system, committee.SupervisionFilter{Task: counted.ID, Counts: true}); err != nil || len(l.Rows) != 1 {
		t.Errorf("%d rows of the task, %v", len(l.Rows), err)
	}
}

// TestWhoReadsWritesAndAnswers asks as each role, and as people of the body that supervised, of
// the one that was supervised, and of another one.
func TestWhoReadsWritesAndAnswers(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	front, subject, other := k.Front(), k.Body(), k.Body(func(in *campaign.BodyInput) { in.Name = "Sở khác" })
	held := k.Supervised(func(in *supervision.Input) {
		in.By, in.Subject, in.SubjectName = string(front.ID), string(subject.ID), ""
	})
	officer := func(role registry.Role, area string) registry.Actor { a, _ := k.Officer(role, area); return a }
	of := func(b committee.Body) registry.Actor {
		a := officer(registry.Branch, "19")
		k.Write(func(tx *store.Tx) error { return tx.AddBodyPerson(t.Context(), b.ID, a.Account, a.Account) })
		return a
	}
	for name, c := range map[string]struct {
		actor registry.Actor
		want  supervision.Rights
	}{
		"an organiser of the province": {officer(registry.Organiser, "19"), supervision.Rights{Reads: true, Writes: true, Answers: true}},
		"an organiser elsewhere":       {officer(registry.Organiser, "01"), supervision.Rights{}},
		"a viewer":                     {officer(registry.Viewer, "19"), supervision.Rights{Reads: true}},
		"an inspector":                 {officer(registry.Inspector, "19"), supervision.Rights{Reads: true}},
		"a gate chief":                 {officer(registry.GateChief, "19"), supervision.Rights{}},
		"the Front's people":           {of(front), supervision.Rights{Reads: true, Writes: true, Answers: true}},
		"the supervised body's people": {of(subject), supervision.Rights{Reads: true, Answers: true}},
		"another body's people":        {of(other), supervision.Rights{}},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := k.App.Supervision.Supervision(t.Context(), c.actor, held.ID)
			if f.Rights != c.want || (err == nil) != c.want.Reads {
				t.Errorf("rights %+v, %v, want %+v", f.Rights, err, c.want)
			}
			l, err := k.App.Supervision.Register(t.Context(), c.actor, committee.SupervisionFilter{})
			if slices.ContainsFunc(l.Rows, func(s committee.SupervisionHeld) bool { return s.ID == held.ID }) != c.want.Reads {
				t.Errorf("%d rows, %v", len(l.Rows), err)
			}
			saved := k.App.Supervision.Save(t.Context(), c.actor, held.ID, supervision.Input{})
			if (registry.KindOf(saved) == registry.NotFound) == c.want.Writes {
				t.Errorf("saving: %v", saved)
			}
			answered := k.App.Supervision.Answer(t.Context(), c.actor, held.ID, supervision.AnswerInput{})
			if (registry.KindOf(answered) == registry.NotFound) == c.want.Answers {
				t.Errorf("answering: %v", answered)
			}
			if _, err := k.App.Supervision.Enter(t.Context(), c.actor, k.TypedSupervision(front.ID)); (err == nil) != c.want.Writes {
				t.Errorf("entering: %v", err)
			}
		})
	}
}

func TestASupervisionIsCorrected(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	s := k.Supervised(func(in *supervision.Input) { in.File = &core.Upload{Name: "giam-sat.jpg", Data: testkit.PhotoPNG(t)} })
	in := supervision.InputOf(s)
	in.Content, in.DropPaper = "Việc ghi nhãn.", true
	testkit.Works(t, k.App.Supervision.Save(t.Context(), system, s.ID, in))
	if err := k.App.Supervision.Save(t.Context(), system, s.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("from an old version: %v", err)
	}
	f, err := k.App.Supervision.Supervision(t.Context(), system, s.ID)
	if err != nil || f.Content != in.Content || f.Evidence != "" || f.Recommendation != s.Recommendation {
		t.Errorf("it is %+v, %v", f.SupervisionHeld, err)
	}
	lines, err := k.App.Audit(t.Context(), system, core.AuditFilter{Action: "supervision.save", ID: string(s.ID)})
	if err != nil || len(lines) != 1 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}
