package campaign_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// chased is a task of the committee that the trade department and the front support, with
// one below it that the women's union leads. The department has an address, and somebody.
func chased(t *testing.T) (o *office, task, below committee.Task, women committee.Body) {
	o = newOffice(t)
	women = o.body(committee.MemberOrg, "Hội Phụ nữ")
	task = o.task(campaign.TaskInput{Strand: "inspection", Kind: "urge", Title: "Gửi kết quả", Lead: string(o.committee.ID),
		Supporting: []string{string(o.trade.ID), string(o.front.ID)}, Source: "none", DueOn: "31/12/2026"})
	below = o.task(campaign.TaskInput{Strand: "inspection", Kind: "carry", Title: "Tập huấn", Lead: string(women.ID), Source: "none", Parent: "1"})
	in := campaign.BodyInputOf(o.trade)
	in.Email, in.Phone = "trade@hoicho.example", "02093871234"
	testkit.Works(t, o.App.Campaign.SaveBody(t.Context(), o.organiser, o.trade.ID, in))
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(o.branch)))
	return o, task, below, women
}

// lineOf is the line of a body.
func lineOf(t *testing.T, f campaign.TaskFile, body registry.BodyID) campaign.ChaseLine {
	t.Helper()
	for _, l := range f.Chase {
		if l.Body == body {
			return l
		}
	}
	t.Fatalf("no line for %s among %+v", body, f.Chase)
	return campaign.ChaseLine{}
}

func (o *office) letters(to string) (n int) {
	o.t.Helper()
	o.Write(func(tx *store.Tx) error {
		messages, err := tx.LeaseMessages(o.t.Context(), 50, time.Minute)
		for _, m := range messages {
			if m.To == to && strings.HasPrefix(m.Key, "task.mail.chase") {
				n++
			}
		}
		return err
	})
	return n
}

func TestWhoHasNotReportedStandsFirst(t *testing.T) {
	o, task, below, women := chased(t)
	f := o.file(task.ID)
	if len(f.Chase) != 4 || slices.ContainsFunc(f.Chase, func(l campaign.ChaseLine) bool { return l.Sent }) {
		t.Fatalf("the list is %+v, want four, none of which has reported", f.Chase)
	}
	if l := lineOf(t, f, o.trade.ID); l.Phone != "02093871234" || l.Addresses == 0 || lineOf(t, f, women.ID).Title != "Tập huấn" {
		t.Errorf("the lines are %+v", f.Chase)
	}
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.organiser, task.ID, campaign.ReportInput{Text: "Đã gọi các nơi", Version: f.Version}))
	if f = o.file(task.ID); lineOf(t, f, o.trade.ID).Sent {
		t.Error("a word of whoever manages the plan counts as one of the department")
	}
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.branch, task.ID, campaign.ReportInput{Text: "Gửi kết quả", Version: f.Version}))
	child := o.file(below.ID)
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.organiser, below.ID, campaign.ReportInput{State: "done", Version: child.Version}))
	f = o.file(task.ID)
	if !lineOf(t, f, o.trade.ID).Sent || !lineOf(t, f, women.ID).Sent || f.Chase[0].Sent || f.Chase[1].Sent || !f.Chase[3].Sent {
		t.Errorf("the list is %+v, want those missing first", f.Chase)
	}
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.organiser, task.ID, campaign.ReportInput{State: "done", Version: f.Version}))
	if f = o.file(task.ID); len(f.Chase) != 0 {
		t.Errorf("a task that is done urges %+v", f.Chase)
	}
}

func TestABodyIsUrgedOnceADay(t *testing.T) {
	o, task, _, women := chased(t)
	f := o.file(task.ID)
	picked := []string{lineOf(t, f, o.trade.ID).Key(), lineOf(t, f, women.ID).Key()}
	done, err := o.App.Campaign.Chase(t.Context(), o.organiser, task.ID, picked)
	if err != nil || len(done.Urged) != 1 || len(done.Silent) != 1 || done.Silent[0].Body != women.ID || done.Letters != lineOf(t, f, o.trade.ID).Addresses {
		t.Fatalf("urged %+v, %v", done, err)
	}
	again, err := o.App.Campaign.Chase(t.Context(), o.organiser, task.ID, picked)
	if err != nil || again.Letters != 0 || len(again.Already) != 1 {
		t.Errorf("again on the same day: %+v, %v", again, err)
	}
	o.Clock.Add(24 * time.Hour)
	if next, err := o.App.Campaign.Chase(t.Context(), o.organiser, task.ID, picked); err != nil || len(next.Urged) != 1 {
		t.Errorf("the day after: %+v, %v", next, err)
	}
	f = o.file(task.ID)
	if l := lineOf(t, f, o.trade.ID); l.Reminded != 2 || l.RemindedAt == 0 || f.Chase[0].Body != o.trade.ID {
		t.Errorf("it was urged %d times, and stands at %+v", l.Reminded, f.Chase[0])
	}
	if e := f.Entries[0]; e.Kind != committee.EntryChased || e.Text != "Sở Công Thương" {
		t.Errorf("the log says %+v", e)
	}
	if n := o.letters("trade@hoicho.example"); n != 2 {
		t.Errorf("%d letters to the department, want 2", n)
	}
}

func TestLettersInAFolderAreNotCounted(t *testing.T) {
	o, task, _, _ := chased(t)
	o.App.NoMail = true
	done, err := o.App.Campaign.Chase(t.Context(), o.organiser, task.ID, []string{lineOf(t, o.file(task.ID), o.trade.ID).Key()})
	if err != nil || done.Letters != 0 || len(done.Urged) != 1 {
		t.Errorf("urged %+v, %v", done, err)
	}
}

func TestUrgingThatIsRefused(t *testing.T) {
	o, task, below, _ := chased(t)
	key := lineOf(t, o.file(task.ID), o.trade.ID).Key()
	for name, c := range map[string]struct {
		actor  registry.Actor
		task   registry.TaskID
		picked []string
		kind   registry.Kind
	}{
		"nobody picked":                   {o.organiser, task.ID, nil, registry.Invalid},
		"a line that is none":             {o.organiser, task.ID, []string{"x:y"}, registry.Invalid},
		"a line of another task":          {o.organiser, below.ID, []string{key}, registry.Invalid},
		"by whoever only reads":           {o.viewer, task.ID, []string{key}, registry.Forbidden},
		"by a body that supports":         {o.branch, task.ID, []string{key}, registry.Forbidden},
		"by another province":             {o.elsewhere, task.ID, []string{key}, registry.NotFound},
		"by nobody, who sees no task too": {registry.Actor{}, task.ID, []string{key}, registry.NotFound},
	} {
		if _, err := o.App.Campaign.Chase(t.Context(), c.actor, c.task, c.picked); registry.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %v", name, err, c.kind)
		}
	}
	if n := o.letters("trade@hoicho.example"); n != 0 {
		t.Errorf("%d letters went out", n)
	}
	for who, actor := range map[string]registry.Actor{"whoever only reads": o.viewer, "a body that supports": o.branch} {
		if f, err := o.App.Campaign.Task(t.Context(), actor, task.ID); err != nil || f.Chase != nil {
			t.Errorf("%s reads %+v, %v", who, f.Chase, err)
		}
	}
	lead, _ := o.Officer(registry.Branch, "19")
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.committee.ID, o.login(lead)))
	if done, err := o.App.Campaign.Chase(t.Context(), lead, task.ID, []string{key}); err != nil || len(done.Urged) != 1 {
		t.Errorf("somebody of the body that leads: %+v, %v", done, err)
	}
}
