package personal_test

import (
	"fmt"
	"testing"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// keepOf is the line of a kind on the board.
func keepOf(t *testing.T, k *testkit.Kit, admin registry.Actor, kind personal.KeepKind) (apppersonal.Keeping, apppersonal.KeepBoard) {
	t.Helper()
	board, err := k.App.Personal.KeepBoard(t.Context(), admin)
	testkit.Works(t, err)
	for _, row := range board.Kinds {
		if row.Kind == kind {
			return row, board
		}
	}
	t.Fatalf("no line of %s", kind)
	return apppersonal.Keeping{}, board
}

// TestWhatARuleIsForetoldToDoItDoes: the number told before is the number of rows that go.
func TestWhatARuleIsForetoldToDoItDoes(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	for range 3 {
		sent := k.PersonalRequest()
		testkit.Works(t, k.App.Personal.Close(t.Context(), admin, sent.ID, apppersonal.Outcome{Outcome: "done", Answer: "Xong.", Version: 1}))
	}
	k.PersonalRequest() // stays open
	k.Clock.Add(10 * day)
	ahead := vn.ShowDate(vn.AddDays(k.App.Today(), 5))
	in := apppersonal.RuleInput{From: ahead, Days: "14", Basis: "Quy chế 12"}
	e, err := k.App.Personal.PlanRule(t.Context(), admin, personal.KeepRequests, in)
	if err != nil || e.Gone != 3 || e.Otherwise != 0 {
		t.Errorf("foretold %+v, %v", e, err)
	}
	testkit.Works(t, k.App.Personal.SetRule(t.Context(), admin, personal.KeepRequests, in))
	row, board := keepOf(t, k, admin, personal.KeepRequests)
	if row.Rule.Days != 90 || len(row.Coming) != 1 || row.Due != 0 {
		t.Errorf("before its day: %+v", row)
	}
	testkit.Refused(t, "of an older reading", k.App.Personal.SetRule(t.Context(), admin, personal.KeepRequests, in), registry.Conflict, "error.stale")
	testkit.Works(t, k.App.Personal.DropRule(t.Context(), admin, personal.KeepRequests, row.Coming[0].From, board.Version))
	if row, _ := keepOf(t, k, admin, personal.KeepRequests); len(row.Coming) != 0 {
		t.Errorf("taken back: %+v", row)
	}
	in.Version = board.Version + 1
	testkit.Works(t, k.App.Personal.SetRule(t.Context(), admin, personal.KeepRequests, in))
	k.Clock.Add(5 * day)
	testkit.Refused(t, "once it holds", k.App.Personal.DropRule(t.Context(), admin, personal.KeepRequests, e.From, in.Version+1), registry.Conflict, "keep.error.holds")
	if row, _ := keepOf(t, k, admin, personal.KeepRequests); row.Due != 3 {
		t.Errorf("on its day %d are due", row.Due)
	}
	if n, err := k.App.Personal.KeepNightly(t.Context()); err != nil || n != 3 {
		t.Errorf("%d destroyed, %v", n, err)
	}
	_, board = keepOf(t, k, admin, personal.KeepRequests)
	if len(board.Runs) != len(personal.KeepKinds) {
		t.Fatalf("%d runs, want one of each kind", len(board.Runs))
	}
	for _, run := range board.Runs {
		if run.Kind == personal.KeepRequests && (run.Gone != 3 || run.Days != 14 || run.From != e.From) {
			t.Errorf("the run says %+v", run)
		}
	}
	if lines := k.Audited("keep.rule"); len(lines) != 3 {
		t.Errorf("%d lines of changes, want 3", len(lines))
	}
}

// TestWhatTheBoardForetellsGoesInTheNextRun: a day has one run, so that after it the board tells of
// the next day's; a rule that is set after the run of today is foretold for that one too.
func TestWhatTheBoardForetellsGoesInTheNextRun(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	for range 3 {
		sent := k.PersonalRequest()
		testkit.Works(t, k.App.Personal.Close(t.Context(), admin, sent.ID, apppersonal.Outcome{Outcome: "done", Answer: "Xong.", Version: 1}))
	}
	run := func() int {
		t.Helper()
		n, err := k.App.Personal.KeepNightly(t.Context())
		testkit.Works(t, err)
		return n
	}
	k.Clock.Add(9 * day)
	run()
	e, err := k.App.Personal.PlanRule(t.Context(), admin, personal.KeepRequests, apppersonal.RuleInput{From: vn.ShowDate(k.App.Today()), Days: "9"})
	if err != nil || e.Gone != 3 || e.Until != vn.AddDays(k.App.Today(), 1) {
		t.Errorf("foretold after the run of today: %+v, %v", e, err)
	}
	gone := 0
	for range 85 {
		row, _ := keepOf(t, k, admin, personal.KeepRequests)
		k.Clock.Add(day)
		if n := run(); n != row.Due || row.Next != k.App.Today() {
			t.Errorf("%d of %s were foretold, and %d went on %s", row.Due, row.Next, n, k.App.Today())
		}
		gone += row.Due
	}
	if gone != 3 {
		t.Errorf("%d went", gone)
	}
}

func TestABadRuleIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	today := vn.ShowDate(k.App.Today())
	for what, c := range map[string]struct {
		in     apppersonal.RuleInput
		fields string
	}{
		"nothing":       {apppersonal.RuleInput{}, "[from days]"},
		"yesterday":     {apppersonal.RuleInput{From: vn.ShowDate(vn.AddDays(k.App.Today(), -1)), Days: "30"}, "[from]"},
		"no days":       {apppersonal.RuleInput{From: today, Days: "0"}, "[days]"},
		"words":         {apppersonal.RuleInput{From: today, Days: "ba mươi"}, "[days]"},
		"too many days": {apppersonal.RuleInput{From: today, Days: "99999"}, "[days]"},
	} {
		if err := k.App.Personal.SetRule(t.Context(), admin, personal.KeepCodes, c.in); fmt.Sprint(testkit.FieldsOf(err)) != c.fields {
			t.Errorf("%s: %v, want %s", what, err, c.fields)
		}
	}
	good := apppersonal.RuleInput{From: today, Days: "5"}
	testkit.Refused(t, "an unknown kind", k.App.Personal.SetRule(t.Context(), admin, "names", good), registry.NotFound, "error.not_found")
	organiser, _ := k.Officer(registry.Organiser, "")
	ofOneArea, _ := k.Officer(registry.Admin, "19")
	for _, actor := range []registry.Actor{{}, organiser, ofOneArea} {
		_, board := k.App.Personal.KeepBoard(t.Context(), actor)
		_, plan := k.App.Personal.PlanRule(t.Context(), actor, personal.KeepCodes, good)
		for what, err := range map[string]error{"board": board, "plan": plan, "set": k.App.Personal.SetRule(t.Context(), actor, personal.KeepCodes, good),
			"drop": k.App.Personal.DropRule(t.Context(), actor, personal.KeepCodes, "2027-01-01", 0)} {
			testkit.Refused(t, what+" by somebody else", err, registry.NotFound, "error.not_found")
		}
	}
}

// TestFiguresStayWhenPlatesGo: passes of vehicles lose their plates, none of them goes, and
// check-db finds nothing.
func TestFiguresStayWhenPlatesGo(t *testing.T) {
	k, _, _, _ := testkit.StallOf(t)
	count := func(query string) string { return fmt.Sprint(k.Look(query)[0][0]) }
	all, plates := count(`SELECT COUNT(*) FROM passes`), count(`SELECT COUNT(*) FROM passes WHERE kind = 'vehicle' AND label <> ''`)
	k.Clock.Add(60 * day)
	testkit.Works(t, testkit.Second(k.App.Lifecycle.AdvanceEvents(t.Context())))
	k.Clock.Add(366 * day)
	n, err := k.App.Personal.KeepNightly(t.Context())
	if err != nil || n == 0 || plates == "0" {
		t.Errorf("%d rows of %s plates, %v", n, plates, err)
	}
	if got := count(`SELECT COUNT(*) FROM passes`); got != all {
		t.Errorf("%s passes, there were %s", got, all)
	}
	if got := count(`SELECT COUNT(*) FROM passes WHERE kind = 'vehicle' AND (label <> '' OR search_fold <> '')`); got != "0" {
		t.Errorf("%s plates are left", got)
	}
	if got := count(`SELECT COUNT(*) FROM applications WHERE vehicles <> ''`); got != "0" {
		t.Errorf("%s applications name vehicles", got)
	}
	if c, err := k.DB.Check(t.Context()); err != nil || !c.OK() {
		t.Errorf("check-db: %+v, %v", c, err)
	}
}
