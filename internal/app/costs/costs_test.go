package costs_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/costs"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

var system = registry.SystemActor("test")

func fieldsOf(err error) string {
	fields := testkit.FieldsOf(err)
	slices.Sort(fields)
	return strings.Join(slices.Compact(fields), " ")
}

func TestALineThatCannotBeIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	e, plan := k.Event(), k.Task().Plan
	for name, c := range map[string]struct {
		owner  costs.Owner
		change func(*costs.Input)
		fields string
	}{
		"nothing":                    {costs.Owner{Event: e.ID}, func(in *costs.Input) { *in = costs.Input{} }, "estimate kind source title"},
		"an amount that is none":     {costs.Owner{Event: e.ID}, func(in *costs.Input) { in.Spent = "nhiều" }, "spent"},
		"a slip of the finger":       {costs.Owner{Plan: plan}, func(in *costs.Input) { in.Estimate = "99.000.000.000.000" }, "estimate"},
		"a source that is none":      {costs.Owner{Plan: plan}, func(in *costs.Input) { in.Source = "vay" }, "source"},
		"an event's line shared":     {costs.Owner{Event: e.ID}, func(in *costs.Input) { in.Events, in.Parts = []string{string(e.ID)}, []string{"1"} }, "shares"},
		"shared with what is none":   {costs.Owner{Plan: plan}, func(in *costs.Input) { in.Events, in.Parts = []string{"khong-co"}, []string{"1"} }, "shares"},
		"parts that are none":        {costs.Owner{Plan: plan}, func(in *costs.Input) { in.Events, in.Parts = []string{string(e.ID)}, []string{"nửa"} }, "shares"},
		"parts without end":          {costs.Owner{Plan: plan}, func(in *costs.Input) { in.Events, in.Parts = []string{string(e.ID)}, []string{"1.000.000"} }, "shares"},
		"shared twice with one":      {costs.Owner{Plan: plan}, func(in *costs.Input) { in.Events, in.Parts = []string{string(e.ID), string(e.ID)}, []string{"1", "2"} }, "shares"},
		"a photo that is none":       {costs.Owner{Plan: plan}, func(in *costs.Input) { in.Photo = []byte("%PDF-1.7") }, "photo"},
		"a day of a paper, no paper": {costs.Owner{Plan: plan}, func(in *costs.Input) { in.PaperOn = "32/13/2026" }, "issued_on"},
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedCost()
			c.change(&in)
			if _, err := k.App.Costs.Enter(t.Context(), system, c.owner, in); fieldsOf(err) != c.fields {
				t.Errorf("refused at %q, want %q (%v)", fieldsOf(err), c.fields, err)
			}
		})
	}
}

func TestALineOfAPlanIsSharedOverItsEvents(t *testing.T) {
	k := testkit.NewApp(t)
	plan := k.Task().Plan
	_, events, err := k.App.Costs.Choices(t.Context(), system, costs.Owner{Plan: plan})
	if err != nil || len(events) != 0 {
		t.Fatalf("%d events before there are any, %v", len(events), err)
	}
	a, b := k.Event(testkit.InState(registry.Ended)), k.Event(testkit.InState(registry.Ended))
	k.Cost(costs.Owner{Plan: plan}, func(in *costs.Input) {
		in.Events, in.Parts = []string{string(a.ID), string(b.ID)}, []string{"2", "1"}
	})
	k.Cost(costs.Owner{Event: a.ID}, func(in *costs.Input) {
		in.Estimate, in.Spent, in.Source = "10 triệu", "", string(committee.SourceContribution)
	})
	k.Cost(costs.Owner{Event: a.ID}, func(in *costs.Input) { in.Kind = string(committee.CostFeesWaived) })
	bookA, err := k.App.Costs.Book(t.Context(), system, costs.Owner{Event: a.ID})
	testkit.Works(t, err)
	bookB, err := k.App.Costs.Book(t.Context(), system, costs.Owner{Event: b.ID})
	testkit.Works(t, err)
	if bookA.Total.Estimate != 70_000_000 || bookA.Total.Spent+bookB.Total.Spent != 31_000_001 || bookB.Total.Estimate != 30_000_000 {
		t.Errorf("the events have %+v and %+v", bookA.Total, bookB.Total)
	}
	if bookA.Total.Unpaid != 1 || bookA.Waived.Rows != 1 || bookA.BySource[committee.SourceContribution].Estimate != 10_000_000 || len(bookA.Lines) != 3 {
		t.Errorf("%+v, waived %+v, %v", bookA.Total, bookA.Waived, bookA.BySource)
	}
	all, err := k.App.Costs.Book(t.Context(), system, costs.Owner{Plan: plan})
	if err != nil || all.Total.Estimate != 100_000_000 || all.Total.Spent != 31_000_001 || len(all.Events) != 1 || all.Events[0].Own.Estimate != 10_000_000 {
		t.Errorf("the plan has %+v, events %+v, %v", all.Total, all.Events, err)
	}
}

func TestALineIsCorrectedStruckOutAndCountedAgain(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event()
	c := k.Cost(costs.Owner{Event: e.ID})
	in := costs.InputOf(c)
	in.Spent = ""
	testkit.Works(t, k.App.Costs.Save(t.Context(), system, c.ID, in))
	if err := k.App.Costs.Save(t.Context(), system, c.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("saving an old version gives %v", err)
	}
	f, err := k.App.Costs.Line(t.Context(), system, c.ID)
	if err != nil || f.Paid || f.Spent != 0 {
		t.Errorf("it is %+v, %v", f.Cost, err)
	}
	if err := k.App.Costs.Strike(t.Context(), system, c.ID, costs.StrikeInput{Version: f.Version}); fieldsOf(err) != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	testkit.Works(t, k.App.Costs.Strike(t.Context(), system, c.ID, costs.StrikeInput{Version: f.Version, Reason: "nhầm"}))
	if sum, reads, err := k.App.Costs.EventSum(t.Context(), system, e); err != nil || !reads || sum.Rows != 0 {
		t.Errorf("struck out the event has %+v, %v", sum, err)
	}
	testkit.Works(t, k.App.Costs.Strike(t.Context(), system, c.ID, costs.StrikeInput{Version: f.Version + 1, Restore: true}))
	if sum, _, err := k.App.Costs.EventSum(t.Context(), system, e); err != nil || sum.Estimate != 90_000_000 {
		t.Errorf("counted again it has %+v, %v", sum, err)
	}
}

func TestWhoReadsAndWritesCosts(t *testing.T) {
	k := testkit.NewApp(t)
	event, plan := costs.Owner{Event: k.Event().ID}, costs.Owner{Plan: k.Task().Plan}
	ofEvent, ofPlan := k.Cost(event), k.Cost(plan)
	for name, c := range map[string]struct {
		role                    registry.Role
		area                    string
		event, plan             bool // reads
		writesEvent, writesPlan bool
	}{
		"an organiser of the province": {registry.Organiser, "19", true, true, true, true},
		"an organiser of the commune":  {registry.Organiser, testkit.BaBe.Code, true, false, true, false},
		"an organiser elsewhere":       {registry.Organiser, "01", false, false, false, false},
		"a viewer":                     {registry.Viewer, "19", true, true, false, false},
		"a reporter":                   {registry.Reporter, "19", true, true, false, false},
		"a gate chief":                 {registry.GateChief, "19", false, false, false, false},
		"somebody of a body":           {registry.Branch, "19", false, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			actor, _ := k.Officer(c.role, c.area)
			for _, x := range []struct {
				owner         costs.Owner
				line          registry.CostID
				reads, writes bool
			}{{event, ofEvent.ID, c.event, c.writesEvent}, {plan, ofPlan.ID, c.plan, c.writesPlan}} {
				book, err := k.App.Costs.Book(t.Context(), actor, x.owner)
				file, errFile := k.App.Costs.File(t.Context(), actor, x.owner, report.FormCSV, "vi")
				line, errLine := k.App.Costs.Line(t.Context(), actor, x.line)
				if (err == nil) != x.reads || (errLine == nil) != x.reads || (errFile == nil) != x.reads || book.Writes != x.writes || line.Writes != x.writes || strings.Contains(string(file.Data), "gian tiêu chuẩn") != x.reads {
					t.Errorf("%+v: reads %v %v %v, writes %v %v", x.owner, err, errLine, errFile, book.Writes, line.Writes)
				}
				bad := k.TypedCost()
				bad.Kind = "x"
				if _, err := k.App.Costs.Enter(t.Context(), actor, x.owner, bad); (fieldsOf(err) == "kind") != x.writes {
					t.Errorf("entering gives %v", err)
				}
				if err := k.App.Costs.Save(t.Context(), actor, x.line, bad); (fieldsOf(err) == "kind") != x.writes {
					t.Errorf("saving gives %v", err)
				}
				if err := k.App.Costs.Strike(t.Context(), actor, x.line, costs.StrikeInput{Version: 99, Reason: "x"}); (registry.KindOf(err) == registry.Conflict) != x.writes {
					t.Errorf("striking out gives %v", err)
				}
			}
		})
	}
}

func TestABookSaysWhatIsSharedAndWhoOpensIt(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	plan, e := costs.Owner{Plan: k.Task().Plan}, costs.Owner{Event: k.Event(testkit.InState(registry.Ended)).ID}
	k.Cost(e)
	k.Cost(plan)
	k.Cost(plan, func(in *costs.Input) { in.Events, in.Parts = []string{string(e.Event), "x"}, []string{"3", "0"} })
	commune, _ := k.Officer(registry.Organiser, testkit.BaBe.Code)
	for name, c := range map[string]struct {
		actor registry.Actor
		owner costs.Owner
		lines string // shared and readable, by line
	}{
		"the event, by who reads the plan":   {system, e, "false true, true true"},
		"the event, by the commune":          {commune, e, "false true, true false"},
		"the plan, with a line of its alone": {system, plan, "false true, true true"},
	} {
		t.Run(name, func(t *testing.T) {
			book, err := k.App.Costs.Book(t.Context(), c.actor, c.owner)
			testkit.Works(t, err)
			var lines []string
			for _, l := range book.Lines {
				lines = append(lines, fmt.Sprint(l.Shared, " ", l.Readable))
			}
			if slices.Sort(lines); strings.Join(lines, ", ") != c.lines {
				t.Errorf("the lines are %s, want %s", strings.Join(lines, ", "), c.lines)
			}
		})
	}
	t.Run("what is shared names its event, and no part has none", func(t *testing.T) {
		lines, err := k.App.Costs.Book(t.Context(), system, plan)
		testkit.Works(t, err)
		shared := slices.IndexFunc(lines.Lines, func(l costs.Line) bool { return l.Shared })
		f, err := k.App.Costs.Line(t.Context(), system, lines.Lines[shared].ID)
		if err != nil || len(f.Shares) != 1 || len(f.Events) != 1 || f.Events[e.Event] == "" {
			t.Errorf("it is shared over %v as %v, %v", f.Events, f.Shares, err)
		}
	})
	t.Run("a line of the plan offers the events of its year", func(t *testing.T) {
		if _, events, err := k.App.Costs.Choices(t.Context(), system, plan); err != nil || len(events) != 1 {
			t.Errorf("%d events, %v", len(events), err)
		}
	})
	t.Run("a line of an event offers none", func(t *testing.T) {
		if _, events, err := k.App.Costs.Choices(t.Context(), system, e); err != nil || len(events) != 0 {
			t.Errorf("%d events, %v", len(events), err)
		}
	})
}

func TestTheFormOfALineChangesNothingByItself(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	plan, e := costs.Owner{Plan: k.Task().Plan}, k.Event(testkit.InState(registry.Ended))
	for name, change := range map[string]func(*costs.Input){
		"in full":            func(in *costs.Input) {},
		"spent, not planned": func(in *costs.Input) { in.Estimate = "" },
		"shared":             func(in *costs.Input) { in.Events, in.Parts = []string{string(e.ID)}, []string{"1.000"} },
	} {
		t.Run(name, func(t *testing.T) {
			c := k.Cost(plan, change)
			testkit.Works(t, k.App.Costs.Save(t.Context(), system, c.ID, costs.InputOf(c)))
			f, err := k.App.Costs.Line(t.Context(), system, c.ID)
			if c.Version++; err != nil || !reflect.DeepEqual(f.Cost, c) {
				t.Errorf("it became %+v from %+v, %v", f.Cost, c, err)
			}
			if in := costs.InputOf(c); (in.Estimate == "") != (c.Estimate == 0) || in.PaperOn != "01/02/2026" {
				t.Errorf("the form shows %+v", in)
			}
		})
	}
	if lines := k.Audited("cost.enter"); len(lines) != 3 {
		t.Errorf("%d lines were entered", len(lines))
	}
}

func TestThePhotoOfAPaperIsKeptReplacedAndDropped(t *testing.T) {
	k := testkit.NewApp(t)
	c := k.Cost(costs.Owner{Event: k.Event().ID}, func(in *costs.Input) { in.Photo = testkit.PhotoPNG(t) })
	for _, step := range []struct {
		name    string
		change  func(*costs.Input)
		removes bool
		photo   bool
	}{
		{"kept", func(in *costs.Input) { in.Title = "Thuê gian" }, false, true},
		{"replaced", func(in *costs.Input) { in.Photo = testkit.PhotoPNG(t) }, true, true},
		{"dropped", func(in *costs.Input) { in.DropPhoto = true }, true, false},
	} {
		t.Run(step.name, func(t *testing.T) {
			was, in := c.Photo, costs.InputOf(c)
			step.change(&in)
			testkit.Works(t, k.App.Costs.Save(t.Context(), system, c.ID, in))
			f, err := k.App.Costs.Line(t.Context(), system, c.ID)
			testkit.Works(t, err)
			if c = f.Cost; (c.Photo != was) != step.removes || (c.Photo != "") != step.photo {
				t.Errorf("the photo was %q, is %q", was, c.Photo)
			}
			k.Read(func(tx *store.Tx) error {
				if _, err := tx.File(t.Context(), was, ""); (registry.KindOf(err) == registry.NotFound) != step.removes {
					t.Errorf("the old photo: %v", err)
				}
				return nil
			})
			if _, err := k.App.Costs.Photo(t.Context(), system, c.ID, registry.PhotoSmall); (err == nil) != step.photo {
				t.Errorf("reading it gives %v", err)
			}
		})
	}
}
