package committee_test

import (
	"slices"
	"testing"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

func claims(t *testing.T, all map[string]bool) {
	t.Helper()
	for claim, holds := range all {
		t.Run(claim, func(t *testing.T) {
			if !holds {
				t.Error("does not hold")
			}
		})
	}
}

func TestBodiesAreFollowedToWhoGoesOn(t *testing.T) {
	t.Parallel()
	all := committee.Bodies{
		"old":  {ID: "old", From: "2018-01-01", Until: "2025-06-30", Successor: "new"},
		"new":  {ID: "new", From: "2025-07-01", Until: "2026-02-28", Successor: "last"},
		"last": {ID: "last", From: "2026-03-01"},
		"gone": {ID: "gone", Until: "2025-06-30"},
		"a":    {ID: "a", Until: "2020-01-01", Successor: "b"},
		"b":    {ID: "b", Until: "2020-01-01", Successor: "a"},
	}
	claims(t, map[string]bool{
		"before its end a body is its own heir":       all.Heir("old", "2025-06-30") == "old",
		"after it the successor goes on":              all.Heir("old", "2025-07-01") == "new",
		"two renamings are followed":                  all.Heir("old", "2026-03-01") == "last",
		"without a successor it stays":                all.Heir("gone", "2026-03-01") == "gone",
		"a circle ends":                               all.Heir("a", "2026-01-01") == "a",
		"none has no heir":                            all.Heir("", "2026-01-01") == "",
		"it bears its name on the first and last day": all["old"].StandsOn("2018-01-01") && all["old"].StandsOn("2025-06-30"),
		"not on the day after":                        !all["old"].StandsOn("2025-07-01"),
		"nor on the day before":                       !all["old"].StandsOn("2017-12-31"),
	})
}

func TestJudgementComesBeforeTheYearEnds(t *testing.T) {
	t.Parallel()
	judge := func(goal, done, scheduled, gone int64) committee.Verdict {
		return committee.Progress{Goal: goal, Done: done, Scheduled: scheduled, Counted: true}.Judge(gone)
	}
	claims(t, map[string]bool{
		"without a goal there is none":                  judge(0, 5, 0, 500) == committee.NoGoal,
		"the goal itself is reached":                    judge(24, 24, 0, 100) == committee.Reached,
		"dates that fill it are enough":                 judge(24, 20, 4, 999) == committee.OnSchedule,
		"one short of them is not":                      judge(24, 19, 4, 999) != committee.OnSchedule,
		"as far as the year is on pace":                 judge(1200, 600, 0, 500) == committee.OnPace,
		"a little behind is short":                      judge(1200, 599, 0, 500) == committee.Short,
		"a tenth of the goal behind is still short":     judge(1000, 400, 0, 500) == committee.Short,
		"more than a tenth is behind":                   judge(1000, 399, 0, 500) == committee.ShortBehind,
		"what is missing leaves out what has a date":    committee.Progress{Goal: 24, Done: 19, Scheduled: 4}.Missing() == 1,
		"more than the goal leaves nothing missing":     committee.Progress{Goal: 3, Done: 4}.Missing() == 0,
		"the first day has begun the year":              committee.Plan{Year: 2026}.Gone("2026-01-01") == 2,
		"the last day ends it":                          committee.Plan{Year: 2026}.Gone("2026-12-31") == 1000,
		"before it nothing has gone, after it all":      committee.Plan{Year: 2026}.Gone("2025-12-31") == 0 && committee.Plan{Year: 2026}.Gone("2027-01-01") == 1000,
		"a target that was not set is none":             committee.Plan{}.Target(committee.Fairs) == committee.Target{Strand: committee.Fairs},
		"a draft does not close without being in force": !committee.PlanDraft.CanBecome(committee.PlanClosed) && committee.PlanClosed.CanBecome(committee.PlanInForce),
	})
}

func TestNextYear(t *testing.T) {
	t.Parallel()
	plan := committee.Plan{ID: "p", Year: 2026, Number: "12/KH", IssuedOn: "2026-01-15", Title: "Kế hoạch năm 2026", State: committee.PlanClosed, Parent: "x",
		Targets: []committee.Target{{Strand: committee.Fairs, Goal: 3}}}
	next := plan.NextYear()
	task := committee.Task{ID: "t", Plan: "p", N: 4, DueOn: "2028-02-29", State: committee.TaskDone, Percent: 80, Result: "xong", Lead: "b"}.NextYear("q", "2029-01-01")
	undated := committee.Task{}.NextYear("q", "2029-01-01")
	claims(t, map[string]bool{
		"its title says the new year":             next.Title == "Kế hoạch năm 2027" && next.Year == 2027,
		"number, day and parent stay behind":      next.Number == "" && next.IssuedOn == "" && next.Parent == "",
		"it is a draft that says whence it comes": next.State == committee.PlanDraft && next.ClonedFrom == "p" && next.ID == "",
		"targets come along":                      slices.Equal(next.Targets, plan.Targets),
		"a task's day is a year later":            task.DueOn == "2029-02-28" && task.AssignedOn == "2029-01-01",
		"a task without a day has none":           undated.DueOn == "",
		"a task begins anew":                      task.State == committee.TaskOpen && task.Percent == 0 && task.Result == "" && task.N == 0 && task.ID == "" && task.Plan == "q",
	})
}

func TestTasks(t *testing.T) {
	t.Parallel()
	late := committee.Task{State: committee.TaskInProgress, DueOn: "2026-11-29"}
	ordered := committee.ParentsFirst([]committee.Task{{ID: "c", Parent: "b"}, {ID: "b", Parent: "a"}, {ID: "x", Parent: "missing"}, {ID: "a"}})
	var ids []registry.TaskID
	for _, task := range ordered {
		ids = append(ids, task.ID)
	}
	claims(t, map[string]bool{
		"overdue the day after":            late.Overdue("2026-11-30") && !late.Overdue("2026-11-29"),
		"what is done is not overdue":      !committee.Task{State: committee.TaskDone, DueOn: "2020-01-01"}.Overdue("2026-01-01"),
		"without a day it never is":        !committee.Task{State: committee.TaskOpen}.Overdue("2026-01-01"),
		"a done task can be taken up":      committee.TaskDone.CanBecome(committee.TaskInProgress) && !committee.TaskDone.CanBecome(committee.TaskDropped),
		"parents stand before children":    slices.Equal(ids, []registry.TaskID{"x", "a", "b", "c"}),
		"all bodies of a task, lead first": slices.Equal(committee.Task{Lead: "l", Supporting: []registry.BodyID{"s"}, Watching: []registry.BodyID{"w"}}.Bodies(), []registry.BodyID{"l", "s", "w"}),
		"words that are none are refused":  !committee.Strand("x").Valid() && !committee.TaskKind("").Valid() && !committee.Source("sums").Valid() && !committee.BodyKind("ministry").Valid(),
		"the known ones are taken":         committee.Fairs.Valid() && committee.Urge.Valid() && committee.ChildSource.Valid() && committee.MemberOrg.Valid(),
	})
}
