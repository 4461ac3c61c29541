package events_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestMostThatAnEventTakes(t *testing.T) {
	testkit.NamesDays(t) // 22/11/2026
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	for name, c := range map[string]struct {
		change func(*events.EventInput)
		fields string
	}{
		"twenty co-organisers": {func(in *events.EventInput) { in.CoOrganisers = strings.Repeat("a\n", 20) }, ""},
		"sixty days":           {func(in *events.EventInput) { in.LastDay = "25/01/2027" }, ""},
		"a hundred items":      {func(in *events.EventInput) { in.Items = manyItems(100) }, ""},
		"a window of one day":  {func(in *events.EventInput) { in.ApplyFrom = in.ApplyUntil }, ""},
		"hours of no length":   {func(in *events.EventInput) { in.OpensAt, in.ClosesAt = "8h", "8h" }, "closes_at"},
		"own hours of no length": {func(in *events.EventInput) {
			in.Days = []events.DayInput{{Day: in.FirstDay, OpensAt: "9h", ClosesAt: "9h"}}
		}, "days"},
		"an item of no length": {func(in *events.EventInput) {
			in.Items = []events.ItemInput{{StartsAt: "9h", EndsAt: "9h", Title: "Khai mạc"}}
		}, "items"},
		"an item without its end":     {func(in *events.EventInput) { in.Items = []events.ItemInput{{StartsAt: "9h", Title: "Khai mạc"}} }, ""},
		"a day more than it may":      {func(in *events.EventInput) { in.LastDay = "26/01/2027" }, "last_day"},
		"an item too many":            {func(in *events.EventInput) { in.Items = manyItems(101) }, "items"},
		"co-organisers, one too many": {func(in *events.EventInput) { in.CoOrganisers = strings.Repeat("a\n", 21) }, "co_organisers"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := k.App.Events.CreateEvent(t.Context(), organiser, with(c.change))
			if got := strings.Join(testkit.FieldsOf(err), " "); got != c.fields {
				t.Errorf("refused at %q, want %q", got, c.fields)
			}
		})
	}
}

func TestFaultOfAnItemNamesItsRow(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	_, err := k.App.Events.CreateEvent(t.Context(), organiser, with(func(in *events.EventInput) {
		in.Items = []events.ItemInput{{StartsAt: "8h", Title: "Khai mạc"}, {Title: "Hát then"}}
	}))
	faults, _ := err.(registry.Faults)
	if len(faults) != 1 || faults[0].Key != "event.fault.item_hour" || faults[0].Args[0] != 2 {
		t.Errorf("faults %+v, want the second row", faults)
	}
}

func TestTypedEventIsShownAsItIs(t *testing.T) {
	bare := registry.Event{Days: []registry.EventDay{{Day: "2026-11-27", OpensAt: 480, ClosesAt: 1020}}, OpensOn: "2026-11-27", ClosesOn: "2026-11-27",
		Items: []registry.ProgrammeItem{{Day: "2026-11-27", StartsAt: 480, Title: "Khai mạc"}, {Day: "2026-11-27", StartsAt: 540, EndsAt: 600, Title: "Hát then"}}}
	in := events.EventInputOf(bare)
	if in.ApplyFrom != "" || in.ApplyUntil != "" || in.Place != "" || in.Items[0].EndsAt != "" || in.Items[1].EndsAt != "10:00" {
		t.Errorf("shown %+v", in)
	}
}

func TestCopyTakesAtMostTwenty(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	source := k.Event()
	rows := func(n int) (rows []events.CloneRow) {
		for i := range n {
			rows = append(rows, events.CloneRow{Area: "2025:01906", FirstDay: registry.AddDays(k.App.Today(), 20+7*i)})
		}
		return rows
	}
	for n, want := range map[int]string{0: "area-1", 21: ""} {
		_, err := k.App.Events.CloneEvents(t.Context(), organiser, source.ID, rows(n))
		if got := testkit.FieldsOf(err); len(got) != 1 || got[0] != want {
			t.Errorf("%d copies: %v, want a fault at %q", n, err, want)
		}
	}
	made, err := k.App.Events.CloneEvents(t.Context(), organiser, source.ID, rows(20))
	if err != nil || len(made) != 20 {
		t.Errorf("%d copies (%v), want 20", len(made), err)
	}
	_, err = k.App.Events.CloneEvents(t.Context(), organiser, source.ID, []events.CloneRow{{Area: "2025:01906", FirstDay: "31/02"}})
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"first_day-1"}) {
		t.Errorf("one faulty row is refused at %v", got)
	}
}

func TestCopyDeskTellsWhatACopyTakesAlong(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	source := k.Event()
	k.Booths(source.ID, "A", 3)
	k.Gates(source.ID, 2)
	testkit.Works(t, testkit.Second(k.App.Events.CloneEvents(t.Context(), organiser, source.ID,
		[]events.CloneRow{{Area: "2025:01906", FirstDay: registry.AddDays(k.App.Today(), 20)}})))
	d, err := k.App.Events.CloneDesk(t.Context(), organiser, source.ID)
	if err != nil || d.Booths != 3 || d.Gates != 2 || len(d.Copies) != 1 || d.Event.ID != source.ID {
		t.Errorf("%d booths, %d gates, %d copies of %q (%v)", d.Booths, d.Gates, len(d.Copies), d.Event.Title, err)
	}
	elsewhere, _ := k.Officer(registry.Organiser, "01")
	_, err = k.App.Events.CloneDesk(t.Context(), elsewhere, source.ID)
	testkit.Refused(t, "elsewhere", err, registry.NotFound, "error.not_found")
}

func TestEffectOfAStepIsCounted(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event()
	owned, _, _ := k.OwnVendor()
	k.Application(e, owned.ID)
	for range 2 {
		k.Application(e, k.Vendor().ID)
	}
	k.Application(e, k.Vendor().ID, testkit.Standing(registry.AppDraft))
	k.Issued(e, registry.OfficialPass, 3)
	for folder, want := range map[bool]events.Effect{
		false: {Applications: 3, Passes: 3, Letters: 1, Calls: 2}, true: {Applications: 3, Passes: 3, Letters: 0, Calls: 3},
	} {
		k.App.NoMail = folder
		if x, err := k.App.Events.EventEffect(t.Context(), organiser, e); err != nil || x != want {
			t.Errorf("with letters in a folder %v: %+v (%v), want %+v", folder, x, err, want)
		}
	}
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	if _, err := k.App.Events.EventEffect(t.Context(), reviewer, e); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("for a reviewer: %v", err)
	}
}

func TestPublicListShowsTheStatesAskedFor(t *testing.T) {
	k := testkit.NewApp(t)
	for _, state := range []registry.EventState{registry.Draft, registry.Open, registry.Running} {
		k.Event(testkit.InState(state))
	}
	for name, c := range map[string]struct {
		states []registry.EventState
		want   int
	}{
		"none named": {nil, 2}, "one": {[]registry.EventState{registry.Running}, 1}, "one that is not public": {[]registry.EventState{registry.Draft, registry.Open}, 1},
	} {
		if list, _, err := k.App.Events.PublicEvents(t.Context(), registry.EventFilter{States: c.states}); err != nil || len(list) != c.want {
			t.Errorf("%s: %d events (%v), want %d", name, len(list), err, c.want)
		}
	}
}

// TestCancelledEventLeavesNothingElseToTell: what was to be said of an application is
// moot once the event is off.
func TestCancelledEventLeavesNothingElseToTell(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Newcomer()
	v := s.Vendor()
	s.Papers(v, p.Product)
	a := s.Application(s.Fair, v.ID, testkit.Standing(registry.AppApproved))
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(s.Booths(s.Fair.ID, "A", 1)[0]), a.ID))
	news := func() (keys []string) {
		t.Helper()
		list, err := s.App.Vendors.CallList(t.Context(), s.Reviewer, s.Fair.ID)
		testkit.Works(t, err)
		for _, line := range list.ToCall {
			for _, n := range line.News {
				keys = append(keys, n.Key)
			}
		}
		return keys
	}
	if got := news(); len(got) != 1 {
		t.Errorf("of the booth: %v", got)
	}
	for _, to := range []registry.EventState{registry.Postponed, registry.Cancelled} {
		in := lifecycle.StepInput{To: to, Reason: "Mưa lũ", Version: testkit.RereadEvent(t, s.Kit, s.Fair.ID).Version}
		testkit.Works(t, s.App.Lifecycle.StepEvent(t.Context(), s.Reviewer, s.Fair.ID, in))
		want := map[registry.EventState]int{registry.Postponed: 2, registry.Cancelled: 1}[to]
		if got := news(); len(got) != want {
			t.Errorf("%s: to be told %v, want %d", to, got, want)
		}
	}
}
