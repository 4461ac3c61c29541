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

// TestWhoCannotBePlacedIsSaid: a pass let in twice by phones without network, one
// forced in a second time, and people let in without a pass of the list. The live page
// and the evacuation sheet say how many entries that are, until the line of the first
// is closed and one of the strangers has gone out.
func TestWhoCannotBePlacedIsSaid(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		system := registry.SystemActor("t")
		a, b := m.Phone(m.event.ID, registry.Supervisor, 1), m.Phone(m.event.ID, registry.Supervisor, 2)
		want := func(n int, when string) {
			t.Helper()
			live, err := m.App.Admission.GateLive(t.Context(), system, m.event.ID)
			testkit.Works(t, err)
			sheet, err := m.App.Admission.Evacuation(t.Context(), system, m.event.ID)
			testkit.Works(t, err)
			if live.Unplaced != n || sheet.Unplaced != n {
				t.Errorf("%s: the live page says %d, the sheet %d, want %d", when, live.Unplaced, sheet.Unplaced, n)
			}
		}
		forced := func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }
		m.send(t, a, a.Scan(m.staff[0]))
		want(0, "one person in")
		m.Clock.Add(time.Minute)
		m.send(t, b, b.Scan(m.staff[0], testkit.Offline(registry.VerdictOK)))
		want(1, "let in twice without network")
		m.Clock.Add(time.Minute)
		m.send(t, a, a.Scan(m.staff[1]))
		m.Clock.Add(time.Minute)
		m.send(t, a, a.Scan(m.staff[1], forced))
		want(2, "forced in a second time")
		stranger := pass.NewCode()
		byCode := func(s *gate.SentScan) { s.QR, s.Code = "", stranger }
		m.send(t, a, a.Scan(m.staff[2], byCode, forced))
		m.send(t, b, b.Scan(m.staff[2], forced, func(s *gate.SentScan) { s.QR = "một tờ giấy" }))
		want(4, "two let in without a pass")
		m.Clock.Add(time.Minute)
		m.send(t, a, a.Scan(m.staff[2], byCode, forced, testkit.Going))
		want(3, "one of them went out")
		page, err := m.App.Admission.Differences(t.Context(), system, m.event.ID, admission.DifferenceFilter{Kind: registry.DiffDouble, Limit: 10})
		testkit.Works(t, err)
		for _, line := range page.Lines {
			testkit.Works(t, m.App.Admission.CloseDifference(t.Context(), system, m.event.ID, admission.DifferenceInput{Key: line.Key, Word: registry.WordHandled}))
		}
		want(2, "the double entry was looked at")
	})
}

// TestCodesOfPassesAreNeverLimited: a phone that sent many typed codes of no pass is
// limited for such, and goes on with codes of its event's passes.
func TestCodesOfPassesAreNeverLimited(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		typed := func(code string) gate.SentScan {
			return p.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.Code = "", code })
		}
		var guesses []gate.SentScan
		for range 200 {
			guesses = append(guesses, typed(pass.NewCode()))
		}
		m.send(t, p, guesses...)
		for name, code := range map[string]string{"a code of no pass": pass.NewCode(), "no code": "abc"} {
			if _, err := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(typed(code))); registry.KindOf(err) != registry.Limited {
				t.Errorf("%s: %v", name, err)
			}
		}
		if v := m.verdict(t, p, typed(m.staff[0].Code[:4]+" "+m.staff[0].Code[4:])); v != registry.VerdictOK {
			t.Errorf("a code that exists: %s", v)
		}
	})
}
