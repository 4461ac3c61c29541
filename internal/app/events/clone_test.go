package events_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestCloneIntoSeveralCommunes(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	source, err := k.App.Events.CreateEvent(t.Context(), organiser, with(func(in *events.EventInput) {
		in.Title, in.Organiser, in.CoOrganisers = "Phiên chợ hàng Việt về Ba Bể", "UBND xã Ba Bể", "Đoàn xã Ba Bể"
		in.Summary, in.Body, in.Directions, in.Place = "Đi hồ Ba Bể", "Có chỗ gửi xe.", "Qua cầu", "22.4, 105.6"
		in.Registration, in.LegalNumber, in.LegalIssuer = "not_needed", "717/QĐ-UBND", "UBND tỉnh"
	}))
	if err != nil {
		t.Fatal(err)
	}
	testkit.Works(t, testkit.Second(k.App.Booths.AddBooths(t.Context(), organiser, source.ID, testkit.TypedGrid("A", 1, 3))))
	k.Write(func(tx *store.Tx) error {
		booths, err := tx.Booths(t.Context(), source.ID)
		if err != nil {
			return err
		}
		return tx.BlockBooth(t.Context(), booths[2].ID)
	})
	if err := k.App.Admission.AddGate(t.Context(), organiser, source.ID, admission.GateInput{Name: "Cổng chính"}); err != nil {
		t.Fatal(err)
	}
	if err := k.App.Admission.SaveGatePolicy(t.Context(), organiser, source.ID, admission.PolicyInput{MaxInside: 3, VisitorRule: registry.DefaultGatePolicy().VisitorRule,
		LoadDays: []string{"27/11/2026"}, LoadFrom: []string{"5h"}, LoadUntil: []string{"7h"}}); err != nil {
		t.Fatal(err)
	}
	rows := []events.CloneRow{{Area: "2025:01906", FirstDay: "4/12/2026"}, {},
		{Area: "2025:01840", FirstDay: "11/12/2026", LastDay: "11/12/2026"}, {Area: "2025:01900", FirstDay: "18/12"}, {Area: "2025:01840", FirstDay: "11/12/2026"},
		{Area: "2025:01849", FirstDay: "31/02"}}
	if _, err := k.App.Events.CloneEvents(t.Context(), organiser, source.ID, rows); !slices.Equal(testkit.FieldsOf(err), []string{"area-4", "area-5", "first_day-6"}) {
		t.Errorf("faults at %v: %v", testkit.FieldsOf(err), err)
	}
	if n := countEvents(t, k, source.ID); n != 0 {
		t.Errorf("%d copies were made beside faults", n)
	}
	made, err := k.App.Events.CloneEvents(t.Context(), organiser, source.ID, []events.CloneRow{rows[0], rows[2], {Area: "2025:01849", FirstDay: "18/12/2026", Title: "Chợ phiên mới"}})
	if err != nil || len(made) != 3 {
		t.Fatal(len(made), err)
	}
	same, other, named := testkit.RereadEvent(t, k, made[0].ID), testkit.RereadEvent(t, k, made[1].ID), testkit.RereadEvent(t, k, made[2].ID)
	if same.Title != source.Title || same.Venue != source.Venue || same.Legal != source.Legal || len(same.Asked) != 0 {
		t.Errorf("a copy in the same commune: %+v", same)
	}
	asked := []string{"title", "summary", "venue", "place", "directions", "organiser", "phone", "co_organisers", "legal_number"}
	if other.Title != "Phiên chợ hàng Việt về Đức Xuân" || other.Organiser != "UBND phường Đức Xuân" || !slices.Equal(other.Asked, asked) ||
		other.Venue+other.Directions+other.Phone+other.Summary+other.Legal.Number+other.Legal.Issuer != "" || other.HasPlace() || other.CoOrganiser != nil ||
		other.Body != source.Body || len(other.Days) != 1 {
		t.Errorf("a copy in another commune: %+v", other)
	}
	if named.Title != "Chợ phiên mới" || slices.Contains(named.Asked, "title") {
		t.Errorf("a copy with a name: %q, asked %v", named.Title, named.Asked)
	}
	checkCopied(t, k, source, other)
	if _, err := k.App.Events.CloneEvents(t.Context(), organiser, source.ID, rows[:1]); !slices.Equal(testkit.FieldsOf(err), []string{"area-1"}) {
		t.Errorf("the same copy again: %v", err)
	}
	checkAnswers(t, k, organiser, other)
}

func countEvents(t *testing.T, k *testkit.Kit, of registry.EventID) (n int) {
	k.Read(func(tx *store.Tx) (err error) {
		n, err = tx.CountEvents(t.Context(), registry.EventFilter{Copies: of})
		return err
	})
	return n
}

// checkCopied looks for the booths, gates and rules of an event at its copy.
func checkCopied(t *testing.T, k *testkit.Kit, source, e registry.Event) {
	t.Helper()
	k.Read(func(tx *store.Tx) error {
		was, err := tx.Gates(t.Context(), source.ID)
		if err != nil {
			return err
		}
		gates, err := tx.Gates(t.Context(), e.ID)
		if len(gates) != 1 || gates[0].Name != "Cổng chính" || gates[0].Code == was[0].Code {
			t.Errorf("gates of the copy: %+v", gates)
		}
		if err != nil {
			return err
		}
		rules, err := tx.GateSettings(t.Context(), e.ID)
		if p := rules.Policy; p.MaxInside != 3 || len(p.LoadWindows) != 1 || p.LoadWindows[0].FromAt != instant(e.OpensOn, 5*60) || rules.Pin != nil {
			t.Errorf("rules of the copy: %+v", rules)
		}
		if err != nil {
			return err
		}
		booths, err := tx.Booths(t.Context(), e.ID)
		if len(booths) != 3 || booths[0].State != registry.BoothFree || booths[2].State != registry.BoothBlocked {
			t.Errorf("booths of the copy: %+v", booths)
		}
		return err
	})
}

// checkAnswers goes the way from a copy to its announcement.
func checkAnswers(t *testing.T, k *testkit.Kit, organiser registry.Actor, e registry.Event) {
	t.Helper()
	step := lifecycle.StepInput{To: registry.Announced, Version: e.Version}
	if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, step); registry.KindOf(err) != registry.Invalid {
		t.Errorf("announced with %d open answers: %v", len(e.Asked), err)
	}
	in := events.EventInputOf(e)
	in.Capacity = "10"
	e, err := k.App.Events.EditEvent(t.Context(), organiser, e.ID, in)
	if err != nil || !slices.Equal(e.Asked, []string{"summary", "venue", "place", "directions", "phone", "co_organisers", "legal_number"}) {
		t.Fatalf("after an edit of something else: %v, %v", e.Asked, err)
	}
	in = events.EventInputOf(e)
	in.Venue, in.LegalNumber, in.Phone = "Sân vận động", "9/KH-UBND", "0209 3870 123"
	in.None = []string{"summary", "place", "directions", "co_organisers", "venue"}
	if e, err = k.App.Events.EditEvent(t.Context(), organiser, e.ID, in); err != nil || len(e.Asked) != 0 {
		t.Fatalf("after all answers: %v, %v", e.Asked, err)
	}
	in = events.EventInputOf(e)
	in.Venue = ""
	if _, err := k.App.Events.EditEvent(t.Context(), organiser, e.ID, in); !slices.Equal(testkit.FieldsOf(err), []string{"venue"}) {
		t.Errorf("the venue taken away again: %v", err)
	}
	step.Version = e.Version
	if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, step); err != nil {
		t.Errorf("announcing: %v", err)
	}
}

// TestCalledOffBeforeAnybodyKnew calls off events that the public never knew and one
// that it did: only that one is told to it.
func TestCalledOffBeforeAnybodyKnew(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	for name, c := range map[string]struct {
		from, to registry.EventState
		public   bool
	}{
		"cancelled draft": {registry.Draft, registry.Cancelled, false},
		"cancelled plan":  {registry.Planned, registry.Cancelled, false},
		"postponed plan":  {registry.Planned, registry.Postponed, false},
		"cancelled event": {registry.Open, registry.Cancelled, true},
	} {
		t.Run(name, func(t *testing.T) {
			e := k.Event(testkit.InState(c.from))
			testkit.Works(t, k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, lifecycle.StepInput{To: c.to, Reason: "Thiếu kinh phí", Version: e.Version}))
			_, err := k.App.Events.EventBySlug(t.Context(), registry.Actor{}, e.Slug)
			listed, _, listErr := k.App.Events.PublicEvents(t.Context(), registry.EventFilter{Limit: 100})
			testkit.Works(t, listErr)
			found, findErr := k.App.Vendors.Search(t.Context(), e.Title)
			testkit.Works(t, findErr)
			is := func(x registry.Event) bool { return x.ID == e.ID }
			if (err == nil) != c.public || slices.ContainsFunc(listed, is) != c.public || slices.ContainsFunc(found.Events, is) != c.public {
				t.Errorf("page: %v, listed: %t, found: %t", err, slices.ContainsFunc(listed, is), slices.ContainsFunc(found.Events, is))
			}
			if lifecycle.CanMove(testkit.RereadEvent(t, k, e.ID)) {
				t.Error("can be moved, which would announce it unasked")
			}
		})
	}
}
