package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestWhoWasLimitedWaits: how long it takes until one more try is free.
func TestWhoWasLimitedWaits(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p, code := m.Phone(m.event.ID, registry.Steward, 1), m.gates(t)[0].Code
	guess := func(net string) error {
		return testkit.Second(m.App.Admission.Pair(t.Context(), net, gate.PairRequest{Token: pass.NewCode(), Name: "x"}))
	}
	for _, c := range []struct {
		claim string
		free  int
		every time.Duration
		try   func() error
	}{
		{"a wrong pairing code half a minute", 20, 30 * time.Second, func() error { return guess("one") }},
		{"a visitor behind a crowded address a fifth of a second", 1000, 200 * time.Millisecond, func() error {
			return testkit.Second(m.arrive(t, code, admission.NewPhone()))
		}},
		{"a typed code of no pass six seconds", 30, 6 * time.Second, func() error {
			_, err := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(p.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.Code = "", pass.NewCode() })))
			return err
		}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			limited := func() bool { return registry.KindOf(c.try()) == registry.Limited }
			n := 0
			for n <= c.free && !limited() {
				n++
			}
			if n != c.free {
				t.Errorf("%d were free", n)
			}
			m.Clock.Add(c.every - time.Millisecond)
			if !limited() {
				t.Error("one is free too early")
			}
			m.Clock.Add(time.Millisecond)
			if limited() || !limited() {
				t.Error("not one is free in time")
			}
		})
	}
	t.Run("wrong codes from everywhere together five seconds", func(t *testing.T) {
		m.Clock.Add(24 * time.Hour)
		n := 0
		for net := 0; n < 400 && registry.KindOf(guess(string(rune('一'+net/10)))) != registry.Limited; net++ {
			n++
		}
		m.Clock.Add(5*time.Second - time.Millisecond)
		early := guess("new")
		m.Clock.Add(time.Millisecond)
		if late := guess("newer"); n != 300 || registry.KindOf(early) != registry.Limited || registry.KindOf(late) != registry.NotFound {
			t.Errorf("%d were free, then %v and %v", n, early, late)
		}
	})
}

// TestHowLongAnInvitationLives: half an hour, for a relay a day, or as somebody asks; and
// none is made once the event is long over.
func TestHowLongAnInvitationLives(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	for claim, c := range map[string]struct {
		in   admission.PairInput
		want time.Duration
	}{
		"a phone's half an hour": {admission.PairInput{Role: registry.Steward}, 30 * time.Minute},
		"a relay's a day":        {admission.PairInput{Role: registry.Relay}, 24 * time.Hour},
		"a phone's as asked":     {admission.PairInput{Role: registry.Steward, For: time.Hour}, time.Hour},
		"a relay's as asked":     {admission.PairInput{Role: registry.Relay, For: time.Hour}, time.Hour},
	} {
		t.Run(claim, func(t *testing.T) {
			c.in.Gates = []int{1, 2}
			p, err := m.App.Admission.NewPairing(t.Context(), chief, m.event.ID, c.in)
			if err != nil || p.ExpiresAt-m.App.NowMS() != c.want.Milliseconds() || len(p.Gates) != 2 || p.Gates[1].Number != 2 || p.SVG == "" {
				t.Errorf("%d ms, gates %+v, %v", p.ExpiresAt-m.App.NowMS(), p.Gates, err)
			}
		})
	}
	t.Run("gate 0 is none", func(t *testing.T) {
		_, err := m.App.Admission.NewPairing(t.Context(), chief, m.event.ID, admission.PairInput{Gates: []int{0}, Role: registry.Steward})
		if got := testkit.FaultsAt(err)["gates"]; got != "error.gate.choose_gate" {
			t.Errorf("%v", err)
		}
	})
	t.Run("none from twelve hours after the event on", func(t *testing.T) {
		invite := func() error {
			return testkit.Second(m.App.Admission.NewPairing(t.Context(), chief, m.event.ID, admission.PairInput{Gates: []int{1}, Role: registry.Steward}))
		}
		m.Clock.Set(time.UnixMilli(m.event.EndsAt).Add(12*time.Hour - time.Millisecond))
		testkit.Works(t, invite())
		m.Clock.Add(time.Millisecond)
		testkit.Refused(t, "an invitation", invite(), registry.Conflict, "error.gate.event_over")
	})
}

// TestASenderIsKnownUntilItExpires: a phone that is remembered expires all the same.
func TestASenderIsKnownUntilItExpires(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	known := func() error { return testkit.Second(m.App.Admission.GateSender(t.Context(), p.Token)) }
	m.Clock.Set(time.UnixMilli(p.Device.ExpiresAt - 1))
	testkit.Works(t, known())
	testkit.Works(t, known())
	m.Clock.Add(time.Millisecond)
	testkit.Refused(t, "an expired phone", known(), registry.Unauthenticated, "error.device_expired")
	_, err := m.App.Admission.GateSender(t.Context(), "x")
	testkit.Refused(t, "a token that is none", err, registry.Unauthenticated, "error.device_unknown")
}
