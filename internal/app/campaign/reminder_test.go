package campaign_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// reminded are the reminders in the log of a task, first to last.
func (o *office) reminded(id registry.TaskID) (stages []string) {
	o.t.Helper()
	file, err := o.App.Campaign.Task(o.t.Context(), o.viewer, id)
	testkit.Works(o.t, err)
	for _, e := range slices.Backward(file.Entries) {
		if e.Kind == committee.EntryRemind {
			stages = append(stages, e.To)
		}
	}
	return stages
}

func TestTasksAreBroughtToMind(t *testing.T) {
	o := newOffice(t)
	in := campaign.BodyInputOf(o.trade)
	in.Email = "trade@hoicho.example"
	testkit.Works(t, o.App.Campaign.SaveBody(t.Context(), o.organiser, o.trade.ID, in))
	plan := o.planInput()
	plan.Number, plan.IssuedOn, plan.Version = "12/KH", "15/01/2026", o.plan.Version
	testkit.Works(t, o.App.Campaign.SavePlan(t.Context(), o.organiser, o.plan.ID, plan))
	asked := o.taskInput()
	asked.DueOn = vn.ShowDate(registry.AddDays(o.App.Today(), 9))
	task := o.task(asked)
	days := func(n int) []string {
		for range n {
			o.Clock.Add(24 * time.Hour)
			for range 2 { // the second one finds it written
				testkit.Works(t, testkit.Second(o.App.Campaign.RemindTasks(t.Context())))
			}
		}
		return o.reminded(task.ID)
	}
	if got := days(3); got != nil {
		t.Errorf("a draft plan reminds of %v", got)
	}
	testkit.Works(t, o.App.Campaign.StepPlan(t.Context(), o.organiser, o.plan.ID, committee.PlanInForce, 2))
	if got := days(5); !slices.Equal(got, []string{"7", "3", "1"}) {
		t.Errorf("up to the day before, the log has %v", got)
	}
	if got := days(4); !slices.Equal(got, []string{"7", "3", "1", "0"}) {
		t.Errorf("three days after, the log has %v", got)
	}
	letters := 0
	o.Write(func(tx *store.Tx) error {
		messages, err := tx.LeaseMessages(t.Context(), 20, time.Minute)
		for _, m := range messages {
			if m.To == "trade@hoicho.example" {
				letters++
			}
		}
		return err
	})
	if letters != 4 {
		t.Errorf("%d letters to the body that leads, want 4", letters)
	}
	asked.DueOn, asked.DueReason, asked.Version = vn.ShowDate(registry.AddDays(o.App.Today(), 3)), "Mưa lũ", task.Version
	testkit.Works(t, o.App.Campaign.EditTask(t.Context(), o.organiser, task.ID, asked))
	if got := days(1); !slices.Equal(got, []string{"7", "3", "1", "0", "3"}) {
		t.Errorf("after the day moved, the log has %v", got)
	}
}

func TestReminderOfATaskThatWasGivenLate(t *testing.T) {
	t.Parallel()
	task := committee.Task{State: committee.TaskOpen, AssignedOn: "2026-11-08", DueOn: "2026-11-10"}
	for day, want := range map[string]string{"2026-11-08": "", "2026-11-09": "1", "2026-11-10": "1", "2026-11-11": "0"} {
		if got := task.ReminderOn(day); got != want {
			t.Errorf("on %s it is %q, want %q", day, got, want)
		}
	}
	if task.State = committee.TaskDone; task.ReminderOn("2026-12-01") != "" {
		t.Error("a task that is done is overdue")
	}
}

func TestEveryReminderOfATaskReadsWell(t *testing.T) {
	t.Parallel()
	args := []any{"Hai phiên chợ", "15/12/2026", "Sở Công Thương", "Kế hoạch 2026", "https://vi-du.vn/x", "3"}
	for _, key := range []string{"task.mail.due", "task.mail.late"} {
		for _, lang := range i18n.Languages {
			for _, part := range []string{".subject", ".body"} {
				text := i18n.T(lang, key+part, args...)
				if text == key+part || !containsAll(text, "Hai phiên chợ", "15/12/2026") {
					t.Errorf("%s%s in %s: %s", key, part, lang, text)
				}
			}
		}
	}
}

func containsAll(text string, words ...string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func TestEachReminderGoesToWhomItIsFor(t *testing.T) {
	testkit.NamesDays(t)
	o := newOffice(t)
	for _, b := range []committee.Body{o.trade, o.committee, o.front} {
		in := campaign.BodyInputOf(b)
		in.Email = string(b.Kind) + "@hoicho.example"
		testkit.Works(t, o.App.Campaign.SaveBody(t.Context(), o.organiser, b.ID, in))
	}
	left := o.Account("Đã nghỉ", registry.Grant{Role: registry.Branch, Area: "19"})
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(o.branch)))
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, left.Phone))
	admin, _ := o.Officer(registry.Admin, "")
	testkit.Works(t, o.App.Accounts.DisableAccount(t.Context(), admin, left.ID))
	plan := o.planInput()
	plan.Number, plan.IssuedOn, plan.Version = "12/KH", "15/01/2026", o.plan.Version
	testkit.Works(t, o.App.Campaign.SavePlan(t.Context(), o.organiser, o.plan.ID, plan))
	testkit.Works(t, o.App.Campaign.StepPlan(t.Context(), o.organiser, o.plan.ID, committee.PlanInForce, 2))
	in := o.taskInput()
	in.DueOn, in.Supporting = vn.ShowDate(vn.AddDays(o.App.Today(), 7)), []string{string(o.committee.ID)}
	o.task(in)
	trade, board, front := string(o.trade.Kind)+"@hoicho.example", string(o.committee.Kind)+"@hoicho.example", string(o.front.Kind)+"@hoicho.example"
	for _, c := range []struct {
		name string
		days int // to let pass
		key  string
		arg  string
		to   []string // beside the person
	}{{"a week before", 0, "task.mail.due", "7", []string{trade, board}}, {"the day after", 8, "task.mail.late", "1", []string{trade, front}}} {
		t.Run(c.name, func(t *testing.T) {
			o.Clock.Add(time.Duration(c.days) * 24 * time.Hour)
			for _, want := range []int{1, 0} { // the second one finds it written
				if n, err := o.App.Campaign.RemindTasks(t.Context()); err != nil || n != want {
					t.Errorf("reminded of %d tasks, want %d, %v", n, want, err)
				}
			}
			var to []string
			o.Write(func(tx *store.Tx) error {
				messages, err := tx.LeaseMessages(t.Context(), 20, 1000*time.Hour)
				for _, m := range messages {
					if !strings.HasPrefix(m.Key, "task.mail.") {
						continue
					}
					if m.Key != c.key || m.Args[5] != c.arg || m.To == left.Email {
						t.Errorf("%s to %s says %v", m.Key, m.To, m.Args)
					}
					if strings.HasSuffix(m.To, "@hoicho.example") {
						to = append(to, m.To)
					}
				}
				if len(messages) != 3 {
					t.Errorf("%d letters", len(messages))
				}
				return err
			})
			slices.Sort(to)
			if slices.Sort(c.to); !slices.Equal(to, c.to) {
				t.Errorf("letters go to %v, want %v", to, c.to)
			}
		})
	}
	t.Run("each step is a line of the log", func(t *testing.T) {
		for action, n := range map[string]int{"task.remind": 2, "plan.edit": 1, "plan.step": 1} {
			if lines := o.Audited(action); len(lines) != n {
				t.Errorf("%d lines of %s", len(lines), action)
			}
		}
	})
}
