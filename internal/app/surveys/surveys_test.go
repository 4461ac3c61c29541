package surveys_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/surveys"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestABadSurveyIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	later := vn.ShowDate(vn.AddDays(k.App.Today(), 3))
	for name, c := range map[string]struct {
		change func(*surveys.Input)
		fields string
	}{
		"nothing":                 {func(in *surveys.Input) { *in = surveys.Input{} }, "area carried_by ended_on method population question sample share since_on source title"},
		"nobody was asked":        {func(in *surveys.Input) { in.Sample = "0" }, "sample"},
		"fewer than nobody":       {func(in *surveys.Input) { in.Sample = "-5" }, "sample"},
		"more than a hundred":     {func(in *surveys.Input) { in.Share = "100,1" }, "share"},
		"two decimals":            {func(in *surveys.Input) { in.Share = "83,45" }, "share"},
		"an end before its start": {func(in *surveys.Input) { in.Since, in.Ended = in.Ended, in.Since }, "ended_on"},
		"an end to come":          {func(in *surveys.Input) { in.Ended, in.IssuedOn, in.Public = later, "", false }, "ended_on"},
		"no source":               {func(in *surveys.Input) { in.Source = " " }, "source"},
		"published before":        {func(in *surveys.Input) { in.IssuedOn = in.Since }, "issued_on"},
		"public, unpublished":     {func(in *surveys.Input) { in.IssuedOn = "" }, "issued_on"},
		"a link of another kind":  {func(in *surveys.Input) { in.Link = "javascript:alert(1)" }, "link"},
		"a method that is none":   {func(in *surveys.Input) { in.Method = "đoán" }, "method"},
		"another province":        {func(in *surveys.Input) { in.Area = "2025:01" }, "area"},
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedSurvey()
			c.change(&in)
			_, err := k.App.Surveys.Create(t.Context(), actor, in)
			fields := testkit.FieldsOf(err)
			slices.Sort(fields)
			if got := strings.Join(slices.Compact(fields), " "); got != c.fields {
				t.Errorf("refused at %q, want %q (%v)", got, c.fields, err)
			}
		})
	}
}

func TestWhoReadsAndWritesSurveys(t *testing.T) {
	k := testkit.NewApp(t)
	s := k.Survey()
	for name, c := range map[string]struct {
		role          registry.Role
		area          string
		reads, writes bool
	}{
		"a communicator of the province": {registry.Communicator, "19", true, true},
		"a communicator of a commune":    {registry.Communicator, testkit.BaBe.Code, false, false},
		"a viewer":                       {registry.Viewer, "19", true, false},
		"somebody of a body":             {registry.Branch, "19", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			actor, _ := k.Officer(c.role, c.area)
			f, err := k.App.Surveys.Survey(t.Context(), actor, s.ID)
			if (err == nil) != c.reads || f.Writes != c.writes {
				t.Errorf("reads %v (%v), writes %v", err == nil, err, f.Writes)
			}
			in := surveys.InputOf(s)
			in.Version = 99
			for what, err := range map[string]error{"saving": k.App.Surveys.Save(t.Context(), actor, s.ID, in), "striking": k.App.Surveys.Strike(t.Context(), actor, s.ID, 99, "x")} {
				if (registry.KindOf(err) == registry.Conflict) != c.writes {
					t.Errorf("%s gives %v", what, err)
				}
			}
		})
	}
}

func TestTheFormOfASurveyChangesNothingByItself(t *testing.T) {
	k := testkit.NewApp(t)
	s := k.Survey()
	testkit.Works(t, k.App.Surveys.Save(t.Context(), registry.SystemActor("test"), s.ID, surveys.InputOf(s)))
	f, err := k.App.Surveys.Survey(t.Context(), registry.SystemActor("test"), s.ID)
	if s.Version++; err != nil || f.Survey != s {
		t.Errorf("it became %+v from %+v, %v", f.Survey, s, err)
	}
}

func TestAStruckSurveyIsShownNowhereElse(t *testing.T) {
	k := testkit.NewApp(t)
	actor, s := registry.SystemActor("test"), k.Survey()
	plan, err := k.App.Campaign.Plan(t.Context(), actor, k.Task().Plan)
	if err != nil {
		t.Fatal(err)
	}
	year := s.Year() == k.App.Today()[:4]
	count := func() (public, planned, listed int) {
		all, err := k.App.Surveys.Public(t.Context())
		of, planErr := k.App.Surveys.OfPlan(t.Context(), actor, plan.Plan)
		list, _, listErr := k.App.Surveys.List(t.Context(), actor)
		if err != nil || planErr != nil || listErr != nil {
			t.Fatal(err, planErr, listErr)
		}
		return len(all), len(of), len(list)
	}
	if public, planned, listed := count(); public != 1 || year && planned != 1 || listed != 1 {
		t.Errorf("public %d, in the plan %d, listed %d", public, planned, listed)
	}
	testkit.Works(t, k.App.Surveys.Strike(t.Context(), actor, s.ID, s.Version, "nhầm"))
	if public, planned, listed := count(); public != 0 || planned != 0 || listed != 1 {
		t.Errorf("struck out: public %d, in the plan %d, listed %d", public, planned, listed)
	}
	testkit.Works(t, k.App.Surveys.Restore(t.Context(), actor, s.ID, s.Version+1))
	if public, _, _ := count(); public != 1 {
		t.Errorf("restored: public %d", public)
	}
}

func TestTheSurveyOfAnOldProvinceIsNotOneOfTheNew(t *testing.T) {
	k := testkit.NewApp(t)
	k.Survey()
	k.Survey(func(in *surveys.Input) {
		in.Area, in.Since, in.Ended, in.IssuedOn = "2025-before:06", "05/09/2020", "30/09/2020", "10/11/2020"
	})
	all, err := k.App.Surveys.Public(t.Context())
	if err != nil || len(all) != 2 || all[0].Why != committee.OtherArea || !all[0].Compared || all[1].Compared {
		t.Errorf("compared as %+v, %v", all, err)
	}
}

func TestThePublicComparesWithPublicSurveysAlone(t *testing.T) {
	k := testkit.NewApp(t)
	k.Survey()
	k.Survey(func(in *surveys.Input) {
		in.Area, in.Since, in.Ended, in.IssuedOn, in.Public = "2025-before:06", "05/09/2020", "30/09/2020", "", false
	})
	all, err := k.App.Surveys.Public(t.Context())
	if err != nil || len(all) != 1 || all[0].Compared {
		t.Errorf("the public reads %+v, %v", all, err)
	}
}

func TestWhatIsJustRightIsTaken(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	today := vn.ShowDate(k.App.Today())
	for name, change := range map[string]func(*surveys.Input){
		"everybody":               func(in *surveys.Input) { in.Share = "100" },
		"one was asked":           func(in *surveys.Input) { in.Sample = "1" },
		"as many as can be":       func(in *surveys.Input) { in.Sample = "10.000.000" },
		"asked on one day":        func(in *surveys.Input) { in.Since = in.Ended },
		"ended today":             func(in *surveys.Input) { in.Ended, in.IssuedOn, in.Public = today, "", false },
		"published today":         func(in *surveys.Input) { in.IssuedOn = today },
		"published when it ended": func(in *surveys.Input) { in.IssuedOn = in.Ended },
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedSurvey()
			change(&in)
			if _, err := k.App.Surveys.Create(t.Context(), actor, in); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheLogTellsStrikingFromRestoring(t *testing.T) {
	k := testkit.NewApp(t)
	actor, s := registry.SystemActor("test"), k.Survey()
	testkit.Works(t, k.App.Surveys.Strike(t.Context(), actor, s.ID, s.Version, "nhầm"))
	testkit.Works(t, k.App.Surveys.Restore(t.Context(), actor, s.ID, s.Version+1))
	for action, reason := range map[string]bool{"survey.strike": true, "survey.restore": false} {
		if lines := k.Audited(action); len(lines) != 1 || strings.Contains(lines[0].Detail, "nhầm") != reason {
			t.Errorf("%s is told as %+v", action, lines)
		}
	}
}
