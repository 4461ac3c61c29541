package lifecycle_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestOnlyTheStepsOfAPersonAreTaken(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	for _, from := range registry.EventStates {
		for _, to := range registry.EventStates {
			e := k.Event(testkit.InState(from), func(e *registry.Event) {
				switch {
				case from == registry.Closed: // so that it can be opened again
					e.ApplyUntil = k.App.NowMS() + 1
				case to == registry.Running: // as if it had ended early
					testkit.OnDays(k.App.Today(), 1)(e)
					e.ApplyFrom, e.ApplyUntil = 0, 0
				}
			})
			err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, lifecycle.StepInput{To: to, Reason: "Mưa lũ", Version: e.Version})
			legal := slices.Contains(lifecycle.HandSteps(from), to)
			if legal && (err != nil || !from.CanBecome(to)) || !legal && registry.KindOf(err) != registry.Conflict {
				t.Errorf("%s to %s (a step of hand: %t): %v", from, to, legal, err)
			}
			if got := testkit.RereadEvent(t, k, e.ID); !legal && (got.State != from || got.Version != e.Version) {
				t.Errorf("%s to %s was refused but left %s", from, to, got.State)
			}
		}
	}
}

func TestStepNeedsItsReasonAndVersion(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event()
	for name, c := range map[string]struct {
		in   lifecycle.StepInput
		want registry.Kind
	}{
		"no reason":   {lifecycle.StepInput{To: registry.Cancelled, Reason: "  ", Version: 1}, registry.Invalid},
		"old version": {lifecycle.StepInput{To: registry.Closed, Version: 0}, registry.Conflict},
		"no state":    {lifecycle.StepInput{To: "gone", Version: 1}, registry.Conflict},
	} {
		if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, c.in); registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	refused := k.Event(testkit.InState(registry.Draft), func(e *registry.Event) { e.Legal.Registration = registry.RegistrationRefused })
	if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, refused.ID, lifecycle.StepInput{To: registry.Announced, Version: 1}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("announcing without a registration: %v", err)
	}
	over := k.Event(testkit.InState(registry.Closed))
	if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, over.ID, lifecycle.StepInput{To: registry.Open, Version: 1}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("opening a window that is over: %v", err)
	}
}

// TestGraveStepsAskAndCanBeTakenBack lists the steps that vendors, visitors or gates
// feel at once: each is asked about, and what takes it back works while the world
// allows it.
func TestGraveStepsAskAndCanBeTakenBack(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	reader, _ := k.Officer(registry.Viewer, "19")
	for _, x := range []struct {
		from, to, back registry.EventState // back "": it cannot be taken back, and says so
		reason         bool
	}{
		{registry.Running, registry.Ended, registry.Running, false},
		{registry.Open, registry.Draft, registry.Announced, false},
		{registry.Open, registry.Postponed, registry.Announced, true},
		{registry.Open, registry.Cancelled, "", true},
	} {
		asks, reason := lifecycle.StepAsks(x.from, x.to)
		if !asks || reason != x.reason {
			t.Errorf("%s to %s asks %t, for a reason %t", x.from, x.to, asks, reason)
		}
		e := k.Event(testkit.InState(x.from))
		testkit.StepEvent(t, k, organiser, &e, x.to)
		if e.State != x.to {
			t.Errorf("%s became %s", x.from, e.State)
		}
		if x.back == "" {
			continue
		}
		desk, err := k.App.Lifecycle.EventDesk(t.Context(), organiser, e.ID)
		if err != nil || !slices.Contains(desk.Steps, x.back) {
			t.Errorf("from %s there is no way back to %s: %v, %v", x.to, x.back, desk.Steps, err)
		}
		if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, lifecycle.StepInput{To: x.back, Reason: "Bấm nhầm", Version: e.Version}); err != nil {
			t.Errorf("%s back to %s: %v", x.to, x.back, err)
		}
		if got := testkit.RereadEvent(t, k, e.ID); got.State != x.from {
			t.Errorf("%s taken back is %s", x.to, got.State)
		}
		if desk, err := k.App.Lifecycle.EventDesk(t.Context(), reader, e.ID); err != nil || len(desk.Steps) > 0 {
			t.Errorf("a reader is offered %v, %v", desk.Steps, err)
		}
	}
}

func TestWhatCannotBeTakenBackAnyMore(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	back := func(e registry.Event, to registry.EventState, reason string) error {
		return k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, lifecycle.StepInput{To: to, Reason: reason, Version: e.Version})
	}
	open := k.Event()
	k.Application(open, k.Vendor().ID, testkit.Standing(registry.AppDraft))
	k.Application(open, k.Vendor().ID, testkit.Standing(registry.AppDeclined))
	testkit.Refused(t, "withdrawn though somebody applied", back(open, registry.Draft, ""), registry.Conflict, "event.fault.applied")
	if desk, err := k.App.Lifecycle.EventDesk(t.Context(), organiser, open.ID); err != nil || slices.Contains(desk.Steps, registry.Draft) {
		t.Errorf("it is still offered: %v, %v", desk.Steps, err)
	}
	ended := k.Event(testkit.InState(registry.Running))
	testkit.StepEvent(t, k, organiser, &ended, registry.Ended)
	if err := back(ended, registry.Running, " "); registry.KindOf(err) != registry.Invalid {
		t.Errorf("reopened without a reason: %v", err)
	}
	k.Clock.Add(24 * time.Hour)
	testkit.Refused(t, "reopened a day later", back(ended, registry.Running, "Bấm nhầm"), registry.Conflict, "event.fault.reopen")
}

func TestDatesCarryEventsOn(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Announced)) // window 23/11 to 27/11 00:00, open 27/11 to 29/11 21:00
	moved := k.Event(testkit.InState(registry.Moved))
	still := k.Event(testkit.InState(registry.Postponed))
	var states []registry.EventState
	for _, at := range []string{"2026-11-22T23:59:59+07:00", "2026-11-23T00:00:00+07:00", "2026-11-26T23:59:59+07:00",
		"2026-11-27T00:00:00+07:00", "2026-11-29T20:59:59+07:00", "2026-11-29T21:00:00+07:00"} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		k.Clock.Set(now)
		if _, err := k.App.Lifecycle.AdvanceEvents(t.Context()); err != nil {
			t.Fatal(err)
		}
		states = append(states, testkit.RereadEvent(t, k, e.ID).State)
		if n, err := k.App.Lifecycle.AdvanceEvents(t.Context()); n != 0 || err != nil {
			t.Errorf("at %s the second time moved %d, %v", at, n, err)
		}
	}
	want := []registry.EventState{registry.Announced, registry.Open, registry.Open, registry.Running, registry.Running, registry.Ended}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
	if got := testkit.RereadEvent(t, k, moved.ID); got.State != registry.Ended || got.StateReason == "" {
		t.Errorf("the moved event is %s, reason %q", got.State, got.StateReason)
	}
	if got := testkit.RereadEvent(t, k, still.ID); got.State != registry.Postponed {
		t.Errorf("the postponed event is %s", got.State)
	}
}

func TestSleptThroughStatesAreMadeUp(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Announced))
	k.Clock.Add(90 * 24 * time.Hour)
	var wg sync.WaitGroup
	var moved [4]int
	for i := range moved {
		wg.Go(func() {
			var err error
			if moved[i], err = k.App.Lifecycle.AdvanceEvents(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := testkit.RereadEvent(t, k, e.ID); got.State != registry.Ended || moved[0]+moved[1]+moved[2]+moved[3] != 1 {
		t.Errorf("the event is %s after %v moves", got.State, moved)
	}
}

func TestAnnouncedEventGoesWhereItsDatesCall(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event(testkit.InState(registry.Draft))
	testkit.StepEvent(t, k, organiser, &e, registry.Announced)
	if e.State != registry.Open || !e.AcceptsApplications(k.App.NowMS()) {
		t.Errorf("inside its window an announced event is %s", e.State)
	}
}

// applicants is an event with an approved and a submitted application, a draft
// and one that was declined; the vendors have an owner each.
func applicants(t *testing.T, k *testkit.Kit) (registry.Event, map[registry.ApplicationState]registry.ApplicationID) {
	t.Helper()
	e, ids := k.Event(), map[registry.ApplicationState]registry.ApplicationID{}
	for _, state := range []registry.ApplicationState{registry.AppApproved, registry.AppSubmitted, registry.AppDraft, registry.AppDeclined} {
		v, _, _ := k.OwnVendor()
		ids[state] = k.Application(e, v.ID, testkit.Standing(state), func(a *registry.Application) { a.Days = a.Days[1:] }).ID
	}
	return e, ids
}

func application(t *testing.T, k *testkit.Kit, id registry.ApplicationID) (a registry.Application) {
	t.Helper()
	k.Read(func(tx *store.Tx) (err error) {
		a, err = tx.Application(t.Context(), id)
		return err
	})
	return a
}

// notices empties the outbox and counts its notices by key.
func notices(t *testing.T, k *testkit.Kit) map[string]int {
	t.Helper()
	n := map[string]int{}
	k.Write(func(tx *store.Tx) error {
		list, err := tx.LeaseMessages(t.Context(), 100, time.Hour)
		for _, m := range list {
			n[m.Key]++
			if m.To == "" || len(m.Args) < 5 || (m.Args[3] == "") != (m.Key == "event.notice.resumed") {
				t.Errorf("notice %+v", m)
			}
		}
		return err
	})
	return n
}

func TestCancellingEndsApplicationsAndTellsApplicants(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e, ids := applicants(t, k)
	testkit.StepEvent(t, k, organiser, &e, registry.Cancelled)
	for was, id := range ids {
		want := registry.AppCancelled
		if was == registry.AppDeclined {
			want = was
		}
		if a := application(t, k, id); a.State != want || want == registry.AppCancelled && a.Reason != "Mưa lũ" {
			t.Errorf("the %s application is %s, reason %q", was, a.State, a.Reason)
		}
	}
	if diff := cmp.Diff(map[string]int{"event.notice.cancelled": 2}, notices(t, k)); diff != "" {
		t.Error(diff)
	}
	if e.State != registry.Cancelled || e.StateReason != "Mưa lũ" || !e.State.Stopped() {
		t.Errorf("the event is %s, reason %q", e.State, e.StateReason)
	}
}

func TestPostponingKeepsApplications(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e, ids := applicants(t, k)
	testkit.StepEvent(t, k, organiser, &e, registry.Postponed)
	for was, id := range ids {
		if a := application(t, k, id); a.State != was {
			t.Errorf("the %s application is %s", was, a.State)
		}
	}
	if diff := cmp.Diff(map[string]int{"event.notice.postponed": 2}, notices(t, k)); diff != "" {
		t.Error(diff)
	}
	if e.AcceptsApplications(k.App.NowMS()) || !e.State.Stopped() {
		t.Error("a postponed event goes on")
	}
	k.Clock.Add(10 * 24 * time.Hour)
	if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, lifecycle.StepInput{To: registry.Announced, Version: e.Version}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("announcing days that have passed: %v", err)
	}
	k.Clock.Add(-10 * 24 * time.Hour)
	testkit.StepEvent(t, k, organiser, &e, registry.Announced)
	if e.State != registry.Open || e.StateReason != "" {
		t.Errorf("taken up again it is %s, reason %q", e.State, e.StateReason)
	}
}

func TestMovingShiftsDaysAndTellsApplicants(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e, ids := applicants(t, k) // 27 to 29/11, coming on the 28th and 29th
	in := lifecycle.MoveInput{FirstDay: "10/12/2026", LastDay: "11/12/2026", OpensAt: "8h", ClosesAt: "21h", Area: "2025:01906",
		Venue: "Nhà văn hóa xã", ApplyFrom: "20/11/2026", ApplyUntil: "5/12/2026", Reason: "Sân đang sửa", Version: e.Version}
	moved, err := k.App.Lifecycle.MoveEvent(t.Context(), organiser, e.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	former := registry.FormerPlan{OpensOn: "2026-11-27", ClosesOn: "2026-11-29", Venue: e.Venue}
	if moved.State != registry.Moved || moved.Former != former || !moved.WasMoved() || moved.OpensOn != "2026-12-10" || moved.StateReason != in.Reason {
		t.Errorf("moved: %+v", moved)
	}
	if !moved.AcceptsApplications(k.App.NowMS()) || moved.State.Stopped() {
		t.Error("a moved event takes no applications inside its window")
	}
	if got := application(t, k, ids[registry.AppApproved]).Days; !slices.Equal(got, []string{"2026-12-11"}) {
		t.Errorf("the second of three days became %q", got)
	}
	if diff := cmp.Diff(map[string]int{"event.notice.moved": 2}, notices(t, k)); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct {
		change func(*lifecycle.MoveInput)
		kind   registry.Kind
		field  string
	}{
		"no reason": {func(in *lifecycle.MoveInput) { in.Reason = "" }, registry.Invalid, "reason"},
		"past": {func(in *lifecycle.MoveInput) {
			in.FirstDay, in.LastDay, in.ApplyFrom, in.ApplyUntil = "1/11/2026", "", "", ""
		}, registry.Invalid, "first_day"},
		"old version": {func(in *lifecycle.MoveInput) { in.Version = 1 }, registry.Conflict, ""},
		"31/02":       {func(in *lifecycle.MoveInput) { in.FirstDay = "31/02/2027" }, registry.Invalid, "first_day"},
	} {
		again := in
		again.Version = moved.Version
		c.change(&again)
		_, err := k.App.Lifecycle.MoveEvent(t.Context(), organiser, e.ID, again)
		if registry.KindOf(err) != c.kind || c.field != "" && !slices.Contains(testkit.FieldsOf(err), c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	running := k.Event(testkit.InState(registry.Running))
	if _, err := k.App.Lifecycle.MoveEvent(t.Context(), organiser, running.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("moving a running event: %v", err)
	}
}

func TestMovingIssuesPassesAnew(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event() // 27 to 29/11
	v := k.Vendor()
	a := k.Application(e, v.ID, testkit.Standing(registry.AppApproved), func(a *registry.Application) { a.Days = a.Days[1:] })
	booth := k.Booths(e.ID, "A", 1)[0]
	if err := k.App.Booths.AssignBooth(t.Context(), organiser, booths.BoothRef{Event: e.ID, Booth: booth.ID}, a.ID); err != nil {
		t.Fatal(err)
	}
	valid := func() (rows []registry.PassRow) {
		k.Read(func(tx *store.Tx) (err error) {
			rows, err = tx.Passes(t.Context(), registry.PassFilter{Event: e.ID, State: registry.PassValid})
			return err
		})
		return rows
	}
	before := valid()
	in := lifecycle.MoveInput{FirstDay: "27/11/2026", LastDay: "29/11/2026", OpensAt: "8h", ClosesAt: "21h", Area: "2025:01906", Venue: "Nhà văn hóa xã",
		Reason: "Sân đang sửa", Version: e.Version}
	moved, err := k.App.Lifecycle.MoveEvent(t.Context(), organiser, e.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, valid()); diff != "" || len(before) == 0 {
		t.Errorf("another place changed %d passes: %s", len(before), diff)
	}
	blocked := before[len(before)-1]
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, blocked.ID, registry.PassBlocked, "mất thẻ"))
	in.FirstDay, in.LastDay, in.Version = "10/12/2026", "12/12/2026", moved.Version
	if _, err := k.App.Lifecycle.MoveEvent(t.Context(), organiser, e.ID, in); err != nil {
		t.Fatal(err)
	}
	blockedStays(t, k, organiser, blocked.Pass)
	after := valid()
	if len(after) != len(before) {
		t.Fatalf("%d passes became %d", len(before), len(after))
	}
	for i, p := range after {
		if p.FirstDay != "2026-12-11" || p.Days != 2 || p.Kind != before[i].Kind || p.Label != before[i].Label || p.Code == before[i].Code {
			t.Errorf("pass %s of %s for %d days from %s", p.Code, p.Kind, p.Days, p.FirstDay)
		}
	}
	k.Read(func(tx *store.Tx) error {
		old, err := tx.Pass(t.Context(), before[0].ID)
		if old.State != registry.PassRevoked || old.StateReason != "event_moved" || old.ReplacedBy != after[0].ID {
			t.Errorf("the old pass is %s (%s), replaced by %s", old.State, old.StateReason, old.ReplacedBy)
		}
		return err
	})
}

// blockedStays checks that a blocked pass of a moved event has a new one that is
// blocked too, and unblocks it.
func blockedStays(t *testing.T, k *testkit.Kit, organiser registry.Actor, was registry.Pass) {
	t.Helper()
	var old, fresh registry.Pass
	k.Read(func(tx *store.Tx) (err error) {
		if old, err = tx.Pass(t.Context(), was.ID); err != nil {
			return err
		}
		fresh, err = tx.Pass(t.Context(), old.ReplacedBy)
		return err
	})
	if old.State != registry.PassRevoked || fresh.State != registry.PassBlocked || fresh.StateReason != "mất thẻ" || fresh.FirstDay == was.FirstDay {
		t.Errorf("a blocked pass became %s, and %s (%s) from %s", old.State, fresh.State, fresh.StateReason, fresh.FirstDay)
	}
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, fresh.ID, registry.PassValid, ""))
}

func TestRightsOnEvents(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Draft))
	owner, _ := k.VendorAccount()
	actors := map[string]struct {
		registry.Actor
		sees, manages bool
	}{
		"nobody": {registry.Actor{}, false, false}, "vendor": {owner, false, false},
	}
	for _, role := range registry.Roles {
		for area, inside := range map[string]bool{"": true, "19": true, "01906": true, "01840": false, "01": false} {
			actor, _ := k.Officer(role, area)
			actors[string(role)+" "+area] = struct {
				registry.Actor
				sees, manages bool
			}{actor, inside && role.Allows(registry.ViewOffice), inside && role.Allows(registry.ManageEvents)}
		}
	}
	uses := map[string]func(registry.Actor) error{
		"edit": func(a registry.Actor) error {
			in := events.EventInputOf(e)
			in.Version = -1 // so that whoever may is stopped by the version
			_, err := k.App.Events.EditEvent(t.Context(), a, e.ID, in)
			return err
		},
		"clone": func(a registry.Actor) error {
			_, err := k.App.Events.CloneEvents(t.Context(), a, e.ID, []events.CloneRow{{Title: "x", Area: "2025:01906", FirstDay: "1/1/2027"}})
			return err
		},
		"step": func(a registry.Actor) error {
			return k.App.Lifecycle.StepEvent(t.Context(), a, e.ID, lifecycle.StepInput{To: registry.Planned, Version: -1})
		},
		"move": func(a registry.Actor) error {
			_, err := k.App.Lifecycle.MoveEvent(t.Context(), a, e.ID, lifecycle.MoveInput{})
			return err
		},
	}
	for who, a := range actors {
		for what, use := range uses {
			kind := registry.KindOf(use(a.Actor))
			want := registry.NotFound
			if a.sees {
				want = registry.Forbidden
			}
			if (kind == registry.Forbidden || kind == registry.NotFound) == a.manages || !a.manages && kind != want {
				t.Errorf("%s by %s gives kind %d", what, who, kind)
			}
		}
		_, err := k.App.Events.CreateEvent(t.Context(), a.Actor, testkit.TypedEvent())
		if (err == nil) != a.manages {
			t.Errorf("create by %s: %v", who, err)
		}
	}
}
