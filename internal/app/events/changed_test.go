package events_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestVendorsHearOfAnotherPlaceOrHour walks what an edit may change, in every state
// of an event: vendors are told what they rely on, while there is something to come
// to, and nothing else.
func TestVendorsHearOfAnotherPlaceOrHour(t *testing.T) {
	testkit.WithinADay(t)
	s := testkit.NewStage(t)
	edits := map[string]struct {
		change func(*events.EventInput)
		told   bool
		before string
	}{
		"venue": {func(in *events.EventInput) { in.Venue = "Nhà văn hóa xã" }, true, "Sân vận động xã Ba Bể"},
		"hours": {func(in *events.EventInput) { in.ClosesAt = "22h"; in.Days = nil }, true, "08:00–21:00"},
		"one day": {func(in *events.EventInput) {
			in.Days = []events.DayInput{{Day: in.LastDay, OpensAt: "9h", ClosesAt: "12h"}}
		}, true, "08:00–21:00"},
		"map point":  {func(in *events.EventInput) { in.Place = "22.41, 105.61" }, true, ""},
		"directions": {func(in *events.EventInput) { in.Directions = "Rẽ trái ở cây đa" }, false, ""},
		"title":      {func(in *events.EventInput) { in.Title += " II" }, false, ""},
		"nothing":    {func(*events.EventInput) {}, false, ""},
	}
	for _, state := range registry.EventStates {
		if state == registry.Reported || state == registry.Cancelled {
			continue // they cannot be edited
		}
		for name, x := range edits {
			e := s.Event(testkit.InState(state))
			v := s.Vendor()
			s.Application(e, v.ID, testkit.Standing(registry.AppApproved))
			s.Application(e, s.Vendor().ID, testkit.Standing(registry.AppDraft))
			in := events.EventInputOf(e)
			x.change(&in)
			ctx, told := core.Hear(t.Context())
			if _, err := s.App.Events.EditEvent(ctx, s.Reviewer, e.ID, in); err != nil {
				t.Fatalf("%s of a %s event: %v", name, state, err)
			}
			want := x.told && state.Public() && state != registry.Ended
			if got := len(told.ToCall) == 1; got != want || told.Asked != want {
				t.Errorf("%s of a %s event: told %+v", name, state, told)
			}
			if want {
				changedReads(s, e, x.before)
			}
		}
	}
}

// changedReads checks that the notice gives the old plan and reads well.
func changedReads(s *testkit.Stage, e registry.Event, before string) {
	s.T.Helper()
	list, err := s.App.Vendors.CallList(s.T.Context(), s.Reviewer, e.ID)
	testkit.Works(s.T, err)
	n := list.ToCall[0].News[0]
	if n.Key != "event.notice.changed" || n.Args[5] != before {
		s.T.Errorf("%s says that before it was %q, want %q", n.Key, n.Args[5], before)
	}
	args := make([]any, len(n.Args))
	for i, a := range n.Args {
		args[i] = a
	}
	for _, lang := range i18n.Languages {
		for _, part := range []string{".subject", ".body", ".say"} {
			if text := i18n.T(lang, n.Key+part, args...); !strings.Contains(text, e.Title) || strings.Contains(text, "{{") || strings.Contains(text, "no value") {
				s.T.Errorf("%s%s reads %q", n.Key, part, text)
			}
		}
	}
}
