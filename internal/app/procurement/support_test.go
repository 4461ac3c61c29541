package procurement_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestSupportThatCannotBeIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	b := k.Body()
	actor, _ := k.Officer(registry.Organiser, "19")
	for name, c := range map[string]struct {
		change func(*procurement.SupportInput)
		fields string
	}{
		"nothing":                    {func(in *procurement.SupportInput) { *in = procurement.SupportInput{} }, "area kind producer provider since_on"},
		"a kind that is none":        {func(in *procurement.SupportInput) { in.Kind = "tiền" }, "kind"},
		"two providers":              {func(in *procurement.SupportInput) { in.Body = string(b.ID) }, "provider"},
		"a body that is none":        {func(in *procurement.SupportInput) { in.Body, in.Provider = "khong-co", "" }, "body"},
		"an end before its begin":    {func(in *procurement.SupportInput) { in.Ended = "01/01/2020" }, "ended_on"},
		"an amount that is none":     {func(in *procurement.SupportInput) { in.Amount = "nhiều" }, "amount"},
		"a unit of another province": {func(in *procurement.SupportInput) { in.Area = "2025:00004" }, "area"},
		"a unit that is none":        {func(in *procurement.SupportInput) { in.Area = "2025:99999" }, "area"},
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedSupport()
			c.change(&in)
			if _, err := k.App.Procurement.EnterSupport(t.Context(), actor, in); fieldsOf(err) != c.fields {
				t.Errorf("refused at %q, want %q (%v)", fieldsOf(err), c.fields, err)
			}
		})
	}
}

func TestAProducerIsTiedToTheVendorOfItsName(t *testing.T) {
	k := testkit.NewApp(t)
	v, _, _ := k.OwnVendor()
	if s := k.Supported(func(in *procurement.SupportInput) { in.Producer = strings.ToUpper(v.Name) }); s.Producer.Vendor != v.ID || s.Producer.Name != v.Name {
		t.Errorf("it is tied to %+v", s.Producer)
	}
	if m := k.Matched(func(in *procurement.MatchingInput) { in.Producer = v.Name + " cũ" }); m.Producer.Vendor != "" {
		t.Errorf("another name is tied to %+v", m.Producer)
	}
}

func TestSupportedProducersCountOnceForThePlanAndItsTasks(t *testing.T) {
	k := testkit.NewApp(t)
	task := k.Task()
	counted, err := k.App.Campaign.CreateTask(t.Context(), system, task.Plan, campaign.TaskInput{Strand: string(committee.Support), Kind: string(committee.Guide),
		Title: "Hỗ trợ cơ sở", Lead: string(task.Lead), Source: string(committee.SupportSource), Measure: "cơ sở", Goal: "40"})
	testkit.Works(t, err)
	now := vn.ShowDate(k.App.Today())
	of := func(producer string) committee.SupportGiven {
		return k.Supported(func(in *procurement.SupportInput) { in.Producer, in.Since, in.Ended = producer, now, "" })
	}
	of("HTX A")
	of("htx a")
	struck := of("HTX B")
	of("HTX C")
	testkit.Works(t, k.App.Procurement.StrikeSupport(t.Context(), system, struck.ID, procurement.StrikeInput{Version: struck.Version, Reason: "ghi hai lần"}))
	f, err := k.App.Campaign.Task(t.Context(), system, counted.ID)
	if err != nil || !f.Counted || f.Done != 2 {
		t.Errorf("the task has %d, %v", f.Done, err)
	}
	l, err := k.App.Procurement.Supports(t.Context(), system, committee.SupportFilter{})
	if err != nil || l.N != 4 || l.Sums[""].Producers != 2 || l.Sums[committee.SupportBrand].Rows != 3 || l.Sums[""].Amount != 135_000_000 {
		t.Errorf("%d rows, %+v, %v", l.N, l.Sums, err)
	}
	testkit.Works(t, k.App.Procurement.StrikeSupport(t.Context(), system, struck.ID, procurement.StrikeInput{Version: struck.Version + 1, Restore: true}))
	if f, err = k.App.Campaign.Task(t.Context(), system, counted.ID); err != nil || f.Done != 3 {
		t.Errorf("counted again it has %d, %v", f.Done, err)
	}
}

func TestSupportThatEndedAsksForItsResult(t *testing.T) {
	k := testkit.NewApp(t)
	s := k.Supported()
	k.Supported(func(in *procurement.SupportInput) { in.Ended = "" })
	l, err := k.App.Procurement.Supports(t.Context(), system, committee.SupportFilter{NoResult: k.App.Today()})
	if err != nil || l.N != 1 || l.NoResult != 1 || l.Rows[0].ID != s.ID {
		t.Errorf("%d rows, %d, %v", l.N, l.NoResult, err)
	}
	in := procurement.SupportInputOf(s)
	in.Result = "Tăng sản lượng 20 %"
	testkit.Works(t, k.App.Procurement.SaveSupport(t.Context(), system, s.ID, in))
	if err := k.App.Procurement.SaveSupport(t.Context(), system, s.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("saving an old version gives %v", err)
	}
	if l, err = k.App.Procurement.Supports(t.Context(), system, committee.SupportFilter{}); err != nil || l.NoResult != 0 {
		t.Errorf("still %d, %v", l.NoResult, err)
	}
}

func TestWhoReadsAndWritesSupportAndMatchings(t *testing.T) {
	k := testkit.NewApp(t)
	s, m := k.Supported(), k.Matched()
	for name, c := range map[string]struct {
		role          registry.Role
		area          string
		reads, writes bool
	}{
		"an organiser of the province":    {registry.Organiser, "19", true, true},
		"an organiser of the commune":     {registry.Organiser, testkit.BaBe.Code, true, true},
		"an organiser of another commune": {registry.Organiser, elsewhere, false, false},
		"a viewer":                        {registry.Viewer, "19", true, false},
		"a communicator":                  {registry.Communicator, "19", true, false},
		"somebody of a body":              {registry.Branch, "19", false, false},
		"a gate chief":                    {registry.GateChief, "19", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			actor, _ := k.Officer(c.role, c.area)
			gotS, errS := k.App.Procurement.Support(ctx, actor, s.ID)
			gotM, errM := k.App.Procurement.Matching(ctx, actor, m.ID)
			if (errS == nil) != c.reads || (errM == nil) != c.reads || gotS.Writes != c.writes || gotM.Writes != c.writes {
				t.Errorf("reads %v %v, writes %v %v", errS, errM, gotS.Writes, gotM.Writes)
			}
			table, _ := k.App.Procurement.SupportTable(ctx, actor, committee.SupportFilter{}, report.FormCSV, "vi")
			other, _ := k.App.Procurement.MatchingTable(ctx, actor, committee.MatchingFilter{}, report.FormCSV, "vi")
			if a, b := strings.Contains(string(table.Data), s.Producer.Name), strings.Contains(string(other.Data), m.Buyer); a != c.reads || b != c.reads {
				t.Errorf("the files have it: %v, %v", a, b)
			}
			late := procurement.StrikeInput{Version: 99, Reason: "x"} // refused before it could be written
			for what, err := range map[string]error{
				"saving support":    k.App.Procurement.SaveSupport(ctx, actor, s.ID, k.TypedSupport()),
				"striking support":  k.App.Procurement.StrikeSupport(ctx, actor, s.ID, late),
				"saving a matching": k.App.Procurement.SaveMatching(ctx, actor, m.ID, k.TypedMatching()),
				"telling":           k.App.Procurement.FollowUp(ctx, actor, m.ID, procurement.FollowUpInput{Months: 3, Outcome: "partly", Result: "x"}),
				"striking one":      k.App.Procurement.StrikeMatching(ctx, actor, m.ID, late),
			} {
				if (registry.KindOf(err) == registry.Conflict) != c.writes {
					t.Errorf("%s gives %v", what, err)
				}
			}
			bad := k.TypedSupport()
			bad.Area = "2025:00004"
			if _, err := k.App.Procurement.EnterSupport(ctx, actor, bad); (fieldsOf(err) == "area") != (c.role == registry.Organiser) {
				t.Errorf("entering elsewhere gives %v", err)
			}
			if n, err := k.App.Procurement.DueMatchings(ctx, actor); err != nil || (n == 1) != c.writes {
				t.Errorf("the desk has %d, %v", n, err)
			}
		})
	}
}

func TestAMatchingIsAskedAboutAfterThreeAndSixMonths(t *testing.T) {
	k := testkit.NewApp(t)
	m := k.Matched()
	l, err := k.App.Procurement.Matchings(t.Context(), system, committee.MatchingFilter{DueBy: k.App.Procurement.DueBy()})
	if err != nil || l.N != 1 || l.Due != 1 || l.Memos != 1 {
		t.Errorf("%+v, %v", l, err)
	}
	for name, c := range map[string]struct {
		in     procurement.FollowUpInput
		fields string
	}{
		"nothing":       {procurement.FollowUpInput{Months: 3, Version: m.Version}, "outcome_3 result_3"},
		"without words": {procurement.FollowUpInput{Months: 6, Outcome: "trading", Version: m.Version}, "result_6"},
	} {
		if err := k.App.Procurement.FollowUp(t.Context(), system, m.ID, c.in); fieldsOf(err) != c.fields {
			t.Errorf("%s is refused at %q (%v)", name, fieldsOf(err), err)
		}
	}
	if err := k.App.Procurement.FollowUp(t.Context(), system, m.ID, procurement.FollowUpInput{Months: 4, Outcome: "trading", Result: "x"}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("after four months: %v", err)
	}
	testkit.Works(t, k.App.Procurement.FollowUp(t.Context(), system, m.ID, procurement.FollowUpInput{Months: 3, Outcome: "partly", Result: "1 chuyến", Version: m.Version}))
	f, err := k.App.Procurement.Matching(t.Context(), system, m.ID)
	if err != nil || f.FollowUps[0].Outcome != committee.OutcomePartly || f.FollowUps[0].DoneOn != k.App.Today() || f.DueOn() != f.FollowUps[1].DueOn {
		t.Errorf("it is %+v, %v", f.FollowUps, err)
	}
	if n, err := k.App.Procurement.DueMatchings(t.Context(), system); err != nil || n != 0 {
		t.Errorf("still %d due, %v", n, err)
	}
	t.Run("its day moves what is still open", func(t *testing.T) {
		in := procurement.MatchingInputOf(f.Matching)
		in.MemoOn = vn.ShowDate(vn.AddDays(k.App.Today(), -200))
		testkit.Works(t, k.App.Procurement.SaveMatching(t.Context(), system, m.ID, in))
		if n, err := k.App.Procurement.DueMatchings(t.Context(), system); err != nil || n != 1 {
			t.Errorf("%d due, %v", n, err)
		}
		if f, err = k.App.Procurement.Matching(t.Context(), system, m.ID); err != nil || f.FollowUps[0].Result != "1 chuyến" {
			t.Errorf("what was told is %+v, %v", f.FollowUps, err)
		}
	})
	t.Run("struck out it is asked about no more", func(t *testing.T) {
		testkit.Works(t, k.App.Procurement.StrikeMatching(t.Context(), system, m.ID, procurement.StrikeInput{Version: f.Version, Reason: "nhầm"}))
		if n, err := k.App.Procurement.DueMatchings(t.Context(), system); err != nil || n != 0 {
			t.Errorf("%d due, %v", n, err)
		}
	})
}

func TestAMatchingThatCannotBeIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	for name, c := range map[string]struct {
		change func(*procurement.MatchingInput)
		fields string
	}{
		"nothing":                    {func(in *procurement.MatchingInput) { *in = procurement.MatchingInput{} }, "area buyer day producer product"},
		"a day to come":              {func(in *procurement.MatchingInput) { in.HeldOn = "01/01/2099" }, "area day"},
		"a memorandum without a day": {func(in *procurement.MatchingInput) { in.MemoOn = "" }, "signed_on"},
		"an event that is none":      {func(in *procurement.MatchingInput) { in.Event = "khong-co" }, "event"},
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedMatching()
			c.change(&in)
			_, err := k.App.Procurement.EnterMatching(t.Context(), system, in)
			if got := fieldsOf(err); got != c.fields && !(name == "a day to come" && got == "day") {
				t.Errorf("refused at %q, want %q (%v)", got, c.fields, err)
			}
		})
	}
}
