package lifecycle_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestWhichStepsAsk(t *testing.T) {
	asked := map[string]string{}
	for _, from := range registry.EventStates {
		for _, to := range lifecycle.HandSteps(from) {
			if asks, reason := lifecycle.StepAsks(from, to); asks {
				asked[string(from)+" "+string(to)] = map[bool]string{true: "why", false: "sure"}[reason]
			}
		}
	}
	want := map[string]string{"ended running": "why", "reported ended": "why", "running ended": "sure",
		"announced draft": "sure", "open draft": "sure", "closed draft": "sure"}
	for _, from := range registry.EventStates {
		for _, to := range lifecycle.HandSteps(from) {
			switch to {
			case registry.Postponed, registry.Cancelled:
				want[string(from)+" "+string(to)] = "why"
			case registry.Announced:
				want[string(from)+" "+string(to)] = "sure"
			}
		}
	}
	if fmt.Sprint(asked) != fmt.Sprint(want) {
		t.Errorf("asked %v\nwant  %v", asked, want)
	}
}

func TestTakingUpAPostponedEventTellsItsApplicants(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e, _ := applicants(t, k)
	for _, to := range []registry.EventState{registry.Postponed, registry.Announced} {
		testkit.StepEvent(t, k, organiser, &e, to)
	}
	if got := notices(t, k); got["event.notice.postponed"] != 2 || got["event.notice.resumed"] != 2 || len(got) != 2 {
		t.Errorf("told %v", got)
	}
}

func TestAnnouncingANewEventTellsNobody(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event(testkit.InState(registry.Planned))
	v, _, _ := k.OwnVendor()
	k.Application(e, v.ID)
	testkit.StepEvent(t, k, organiser, &e, registry.Announced)
	if got := notices(t, k); len(got) != 0 {
		t.Errorf("told %v", got)
	}
}

func TestPostponedEventIsTakenUpUntilItsFirstDay(t *testing.T) {
	for days, want := range map[int]registry.Kind{0: registry.None, -1: registry.Invalid} {
		t.Run(fmt.Sprintf("begins in %d days", days), func(t *testing.T) {
			k := testkit.NewApp(t)
			organiser, _ := k.Officer(registry.Organiser, "19")
			e := k.Event(testkit.OnDays(registry.AddDays(k.App.Today(), days), 3), testkit.InState(registry.Postponed),
				func(e *registry.Event) { e.ApplyFrom, e.ApplyUntil = 0, 0 })
			err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, lifecycle.StepInput{To: registry.Announced, Version: e.Version})
			if registry.KindOf(err) != want {
				t.Errorf("announced: %v", err)
			}
		})
	}
}

func TestWindowIsOpenedBeforeItsEnd(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	for name, c := range map[string]struct {
		left int64
		want registry.Kind
	}{"a moment before": {1, registry.None}, "at its end": {0, registry.Invalid}} {
		t.Run(name, func(t *testing.T) {
			e := k.Event(testkit.InState(registry.Closed), func(e *registry.Event) { e.ApplyUntil = k.App.NowMS() + c.left })
			err := k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, lifecycle.StepInput{To: registry.Open, Version: e.Version})
			if registry.KindOf(err) != c.want {
				t.Errorf("opened: %v", err)
			}
		})
	}
}

func TestEarlyEndIsTakenBackBeforeTheLastMinute(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event(testkit.OnDays(k.App.Today(), 1), func(e *registry.Event) { e.State, e.ApplyFrom, e.ApplyUntil = registry.Running, 0, 0 })
	testkit.StepEvent(t, k, organiser, &e, registry.Ended)
	k.Clock.Set(time.UnixMilli(e.EndsAt))
	in := lifecycle.StepInput{To: registry.Running, Reason: "Bấm nhầm", Version: e.Version}
	testkit.Refused(t, "at its end", k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, in), registry.Conflict, "event.fault.reopen")
	k.Clock.Set(time.UnixMilli(e.EndsAt - 1))
	testkit.Works(t, k.App.Lifecycle.StepEvent(t.Context(), organiser, e.ID, in))
}

func TestStepsOfTheClockAreLogged(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Announced))
	k.Clock.Add(90 * 24 * time.Hour)
	n, err := k.App.Lifecycle.AdvanceEvents(t.Context())
	if lines := k.Audited("event.step"); err != nil || n != 1 || len(lines) != 1 || lines[0].ID != string(e.ID) {
		t.Errorf("%d moved (%v), logged %+v", n, err, lines)
	}
}

func TestCancelledApplicationSaysWhy(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e, ids := applicants(t, k)
	testkit.StepEvent(t, k, organiser, &e, registry.Cancelled)
	k.Read(func(tx *store.Tx) error {
		notes, err := tx.ApplicationNotes(t.Context(), ids[registry.AppSubmitted], true)
		if len(notes) != 1 || notes[0].Text != "Mưa lũ" || notes[0].Author != organiser.Name {
			t.Errorf("notes %+v", notes)
		}
		return err
	})
}

// moveTo moves an event to new days at the same place.
func moveTo(k *testkit.Kit, actor registry.Actor, e registry.Event, first, last string) (registry.Event, error) {
	k.T.Helper()
	return k.App.Lifecycle.MoveEvent(k.T.Context(), actor, e.ID, lifecycle.MoveInput{FirstDay: first, LastDay: last, OpensAt: "8h", ClosesAt: "21h",
		Area: "2025:01906", Venue: e.Venue, Reason: "Sân đang sửa", Version: e.Version})
}

func TestMovedEventKeepsWhatFits(t *testing.T) {
	testkit.NamesDays(t) // 22/11/2026; the event is on 27 to 29/11
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event(func(e *registry.Event) {
		e.Items = []registry.ProgrammeItem{{Day: e.Days[0].Day, StartsAt: 480, Title: "Khai mạc"}, {Day: e.Days[2].Day, StartsAt: 480, Title: "Bế mạc"}}
	})
	v, _, _ := k.OwnVendor()
	last := k.Application(e, v.ID, func(a *registry.Application) { a.Days = a.Days[2:] }).ID
	moved, err := moveTo(k, organiser, e, "10/12/2026", "11/12/2026")
	testkit.Works(t, err)
	if len(moved.Items) != 1 || moved.Items[0].Title != "Khai mạc" || moved.Items[0].Day != "2026-12-10" {
		t.Errorf("programme %+v, want the first day's alone", moved.Items)
	}
	if got := application(t, k, last).Days; len(got) != 2 {
		t.Errorf("whose day is gone comes on %q, want both new days", got)
	}
	if lines := k.Audited("event.move"); len(lines) != 1 {
		t.Errorf("%d moves logged", len(lines))
	}
}

func TestEventIsMovedToTodayButNotToThePast(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event(testkit.InState(registry.Postponed), func(e *registry.Event) { e.ApplyFrom, e.ApplyUntil, e.PublishedAt = 0, 0, e.CreatedAt })
	_, err := moveTo(k, organiser, e, "21/11/2026", "23/11/2026")
	if got := testkit.FieldsOf(err); strings.Join(got, " ") != "first_day" {
		t.Errorf("moved to yesterday: %v", err)
	}
	if _, err := moveTo(k, organiser, e, "22/11/2026", "23/11/2026"); err != nil {
		t.Errorf("moved to today: %v", err)
	}
}

// TestMoveTellsOfNewlyLackingPapersAlone: what was lacking on the old days already
// is no news of the move.
func TestMoveTellsOfNewlyLackingPapersAlone(t *testing.T) {
	testkit.NamesDays(t)
	s := testkit.NewStage(t)
	for range 2 {
		s.Apply(s.Newcomer(), registry.AppApproved) // without any paper, as it was approved
	}
	_, err := moveTo(s.Kit, s.Reviewer, s.Fair, "10/12/2026", "12/12/2026")
	testkit.Works(t, err)
	if got := notices(t, s.Kit); got["event.notice.moved"] != 2 || len(got) != 1 {
		t.Errorf("told %v", got)
	}
}

func TestAdviceNamesSoManyVendorsThatLackPapers(t *testing.T) {
	s := testkit.NewStage(t)
	advice := func() string {
		t.Helper()
		desk, err := s.App.Lifecycle.EventDesk(t.Context(), s.Reviewer, s.Fair.ID)
		testkit.Works(t, err)
		for _, a := range desk.Advice {
			if a.Key == "event.advice.papers" {
				return fmt.Sprint(a.Args...)
			}
		}
		return ""
	}
	for range 12 {
		s.Apply(s.Newcomer(), registry.AppApproved)
	}
	if got := advice(); strings.Count(got, ";") != 11 || strings.Contains(got, "…") {
		t.Errorf("of twelve: %q", got)
	}
	for range 2 {
		s.Apply(s.Newcomer(), registry.AppApproved)
	}
	if got := advice(); strings.Count(got, ";") != 12 || !strings.Contains(got, "(+2)") {
		t.Errorf("of fourteen: %q", got)
	}
}
