package passes_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// signs are the passes of an event whose openings are watched: of a booth, and of its staff.
type signs struct {
	*testkit.Kit
	t       *testing.T
	event   registry.Event
	officer registry.Actor
	sign    string
	others  []string
}

func newSigns(t *testing.T) *signs {
	t.Helper()
	k, event, organiser, list := testkit.StallOf(t)
	s := &signs{Kit: k, t: t, event: event, officer: organiser, sign: testkit.PassCodeOf(list, registry.BoothPass)}
	for _, p := range list {
		if p.Code != s.sign {
			s.others = append(s.others, p.Code)
		}
	}
	return s
}

func (s *signs) open(code, net string, times int) {
	for range times {
		s.App.Passes.Opened(code, net)
	}
}

// raised are the kinds of the alarms of the event after a look.
func (s *signs) raised() (kinds []registry.AlarmKind) {
	s.t.Helper()
	testkit.Works(s.t, testkit.Second(s.App.Passes.RaiseAlarms(s.t.Context())))
	list, err := s.App.Passes.Alarms(s.t.Context(), s.officer, s.event.ID)
	testkit.Works(s.t, err)
	for _, a := range list {
		kinds = append(kinds, a.Kind)
	}
	slices.Sort(kinds)
	return kinds
}

const (
	wifi  = "203.0.113.0/24"
	away  = "198.51.100.0/24"
	third = "192.0.2.0/24"
)

func TestAlarmForASignThatIsOpenedTooOften(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		own, others int
		want        bool
	}{
		"a quiet sign":             {registry.AlarmOpens - 1, 0, false},
		"a hundred in an hour":     {registry.AlarmOpens, 1, true},
		"a crowded market":         {registry.AlarmOpens, registry.AlarmOpens/registry.AlarmTimesOthers + 1, false},
		"five times as the others": {registry.AlarmTimesOthers * 30, 30, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSigns(t)
			for n := range c.own {
				s.open(s.sign, fmt.Sprint(wifi, n%40), 1)
			}
			for _, other := range s.others {
				s.open(other, wifi, c.others)
			}
			if got := s.raised(); slices.Contains(got, registry.AlarmOften) != c.want {
				t.Errorf("raised %v", got)
			}
		})
	}
}

func TestAlarmForASignThatIsOpenedElsewhere(t *testing.T) {
	t.Parallel()
	s := newSigns(t)
	s.open(s.others[0], wifi, 4)
	s.open(s.sign, wifi, registry.AlarmInside)
	s.open(s.sign, third, 2)
	s.open(s.sign, away, registry.AlarmOutside-1)
	if got := s.raised(); len(got) != 0 {
		t.Fatalf("before there is enough, raised %v", got)
	}
	s.open(s.sign, away, 1)
	if got := s.raised(); !slices.Equal(got, []registry.AlarmKind{registry.AlarmElsewhere}) {
		t.Fatalf("raised %v", got)
	}
	list, _ := s.App.Passes.Alarms(t.Context(), s.officer, s.event.ID)
	if list[0].N != registry.AlarmOutside || list[0].OtherN != registry.AlarmInside || list[0].BoothCode != "A05" {
		t.Errorf("it says %+v", list[0])
	}
}

func TestOpeningsOfAnHourAreForgotten(t *testing.T) {
	t.Parallel()
	s := newSigns(t)
	s.open(s.sign, wifi, registry.AlarmOpens-1)
	s.Clock.Add(time.Hour)
	s.open(s.sign, wifi, registry.AlarmOpens-1)
	if got := s.raised(); len(got) != 0 {
		t.Errorf("raised %v", got)
	}
}

func TestAlarmForAPassInTwoPlaces(t *testing.T) {
	t.Parallel()
	s := newSigns(t)
	elsewhere := s.Event(testkit.InState(registry.Running))
	at := s.App.NowMS()
	read := func(code string, in bool, event registry.EventID, gate int, after int64) {
		s.App.Passes.ReadAt(code, in, event, gate, at+after)
	}
	staff := s.others[0]
	read(staff, true, s.event.ID, 1, 0)
	read(staff, true, s.event.ID, 1, 1000)                       // the same gate again
	read(staff, false, s.event.ID, 2, 2000)                      // out by the other one
	read(s.sign, true, s.event.ID, 1, 0)                         // another pass
	read(s.sign, true, s.event.ID, 2, registry.AlarmGateGapMS+1) // time enough to walk
	if got := s.raised(); len(got) != 0 {
		t.Fatalf("raised %v", got)
	}
	read(staff, true, s.event.ID, 2, 3000)
	read(s.sign, true, elsewhere.ID, 1, registry.AlarmGateGapMS+2)
	if got := s.raised(); !slices.Equal(got, []registry.AlarmKind{registry.AlarmTwoEvents, registry.AlarmTwoGates}) {
		t.Errorf("raised %v", got)
	}
}

func TestAnAlarmIsLookedInto(t *testing.T) {
	t.Parallel()
	s := newSigns(t)
	s.open(s.sign, wifi, registry.AlarmOpens)
	for range 2 {
		s.raised()
	}
	open, err := s.App.Passes.OpenAlarms(t.Context(), s.officer)
	if err != nil || len(open) != 1 {
		t.Fatalf("%d on the desk, %v", len(open), err)
	}
	see := func(actor registry.Actor, word registry.AlarmWord) error {
		return s.App.Passes.SeeAlarm(t.Context(), actor, open[0].Pass, passes.AlarmInput{Kind: open[0].Kind, Day: open[0].Day, Word: word, Note: "Gọi 0912 345 678"})
	}
	elsewhere, _ := s.Officer(registry.Organiser, "01")
	viewer, _ := s.Officer(registry.Viewer, "19")
	for name, actor := range map[string]registry.Actor{"an organiser elsewhere": elsewhere, "a viewer": viewer} {
		if err := see(actor, registry.AlarmNormal); registry.KindOf(err) != registry.NotFound && registry.KindOf(err) != registry.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
		if list, err := s.App.Passes.OpenAlarms(t.Context(), actor); err != nil || len(list) != 0 {
			t.Errorf("%s sees %d, %v", name, len(list), err)
		}
	}
	if err := see(s.officer, "maybe"); registry.KindOf(err) != registry.Invalid {
		t.Errorf("a word that is none: %v", err)
	}
	testkit.Works(t, see(s.officer, registry.AlarmNormal))
	if err := see(s.officer, registry.AlarmCopied); registry.KindOf(err) != registry.Conflict {
		t.Errorf("twice: %v", err)
	}
	if open, err = s.App.Passes.OpenAlarms(t.Context(), s.officer); err != nil || len(open) != 0 {
		t.Errorf("%d on the desk, %v", len(open), err)
	}
	for action, want := range map[string]int{"pass.alarm": 2, "pass.alarm_seen": 1} /* the first names both */ {
		lines, err := s.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Action: action})
		if err != nil || len(lines) != want {
			t.Errorf("%d lines of %s, %v", len(lines), action, err)
		}
	}
}

// TestWatchedPassesAreBounded opens more codes than are watched, from more networks than are
// told apart.
func TestWatchedPassesAreBounded(t *testing.T) {
	t.Parallel()
	s := newSigns(t)
	for n := range 2*registry.AlarmMostWatched + 10 {
		s.App.Passes.Opened(fmt.Sprint(n), fmt.Sprint("net", n))
		s.App.Passes.ReadAt(fmt.Sprint(n), true, s.event.ID, 1, int64(n))
	}
	for n := range 1000 {
		s.App.Passes.Opened("0", fmt.Sprint("net", n))
	}
	codes, nets, read := s.App.Passes.Watched()
	if codes > registry.AlarmMostWatched || nets > registry.AlarmMostNetworks || read > registry.AlarmMostWatched {
		t.Errorf("%d codes, %d networks of one, %d readings are held", codes, nets, read)
	}
}
