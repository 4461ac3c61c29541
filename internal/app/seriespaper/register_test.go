package seriespaper_test

import (
	"testing"

	"github.com/google/uuid"

	"hoicho/internal/app/communications"
	"hoicho/internal/app/costs"
	"hoicho/internal/registry"
	"hoicho/internal/report/series"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestWhatRegistersHoldOfASession: costs, communication and inspections of a session are in the paper
// once its report is closed, and open their rows.
func TestWhatRegistersHoldOfASession(t *testing.T) {
	y := newYear(t)
	e := y.Event(testkit.InState(registry.Running))
	stall := y.Stall(e, 1)[0]
	y.HandedIn(y.TypedInspection(stall))
	y.HandedIn(y.TypedCheck(stall))
	y.Cost(costs.Owner{Event: e.ID})
	struck := y.Cost(costs.Owner{Event: e.ID}, func(in *costs.Input) { in.Title = "Ghi nhầm" })
	testkit.Works(t, y.App.Costs.Strike(t.Context(), registry.SystemActor("test"), struck.ID, costs.StrikeInput{Version: struck.Version, Reason: "Ghi hai lần"}))
	_, asked, err := y.App.Communications.Enter(t.Context(), registry.SystemActor("test"), []communications.EntryInput{{Client: uuid.NewString(), Event: string(e.ID),
		Channel: "village_meeting", Times: "2", People: "61", Area: testkit.BaBe.String(), Day: vn.ShowDate(y.App.Today()), Topic: "Mời bà con đi chợ"}})
	if err != nil || len(asked) > 0 {
		t.Fatal(err, asked)
	}
	y.id = y.Series(y.pattern, e, y.held(-3))
	if f := y.paper().Figure("costs_dong"); f.Told {
		t.Errorf("costs of a session without a report are told: %+v", f)
	}
	y.goTo(vn.AddDays(e.ClosesOn, 1))
	y.close(&e)
	p := y.paper()
	for key, want := range map[series.Key]int64{"costs_dong": 31_000_001, "costs_estimate": 90_000_000, "communications": 2, "comm_people": 61, "inspections": 1, "self_checks": 1,
		"findings": 1, "findings_open": 1} {
		if f := p.Figure(key); f.N != want || !f.Told || f.Of != 1 {
			t.Errorf("%s is %+v, want %d", key, f, want)
		}
		lines := 1
		if key == "costs_dong" || key == "costs_estimate" {
			lines = 0 // they have a page of their own
		}
		if o, err := y.App.SeriesPaper.Open(t.Context(), y.reporter, y.id, key, "vi"); err != nil || len(o.Lines) != lines || o.Costs != (lines == 0) {
			t.Errorf("%s opens %+v: %v", key, o.Lines, err)
		}
	}
}

// goTo sets the clock to nine in the morning of a day, and carries events on.
func (y *year) goTo(day string) {
	y.T.Helper()
	at, _ := vn.InstantOf(day, 9*60)
	y.Clock.Set(at)
	if _, err := y.App.Lifecycle.AdvanceEvents(y.T.Context()); err != nil {
		y.T.Fatal(err)
	}
}
