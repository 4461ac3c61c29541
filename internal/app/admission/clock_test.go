package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestClockSetBackBetweenStarts: somebody comes in, goes out at the other gate and
// comes in again, while the app of the first phone is started anew with its clock set
// back: by its clock the second entry is within three seconds of the first. It counts,
// whoever sends first.
func TestClockSetBackBetweenStarts(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		for i, backwards := range []bool{false, true} {
			a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
			came := a.Scan(m.staff[i], testkit.Offline(registry.VerdictOK))
			first := a.Batch(came)
			m.Clock.Add(10 * time.Minute)
			left := b.Scan(m.staff[i], testkit.Offline(registry.VerdictExitOK), testkit.Going)
			m.Clock.Add(time.Second)
			a.Start(-(10*time.Minute - time.Second).Milliseconds())
			again := a.Scan(m.staff[i], testkit.Offline(registry.VerdictOK))
			if off := again.At - came.At; off < 0 || off >= gate.RepeatMS {
				t.Fatalf("control: %d ms by the phone's clock", off)
			}
			second := a.Batch(again)
			first.SentAt = m.App.NowMS() // what the clock of that start would show
			uploads := []func(){func() { m.hand(t, a, first) }, func() { m.send(t, b, left) }, func() { m.hand(t, a, second) }}
			for n := range uploads {
				if backwards {
					n = len(uploads) - 1 - n
				}
				uploads[n]()
			}
			for _, s := range m.scans(t, came.ID, left.ID, again.ID) {
				if !s.Moves {
					t.Errorf("backwards %t: the scan of %d at %d counts for nothing", backwards, s.At, s.CorrectedAt)
				}
			}
			if inside := m.stats(t, a).Inside; inside != i+1 {
				t.Errorf("backwards %t: %d inside", backwards, inside)
			}
		}
	})
}

func (m *market) hand(t *testing.T, p *testkit.Phone, batch gate.ScanBatch) {
	t.Helper()
	if _, err := m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil {
		t.Fatal(err)
	}
}

// TestSlowUploadIsNoWrongClock: an entry and a press reach the server six seconds
// late, after the exit that came three seconds behind. As soon as anything of the
// same start comes quickly, all of it is in its place; what was quick stays.
func TestSlowUploadIsNoWrongClock(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		m.Clock.Add(59*time.Minute + 57*time.Second) // by the hour's end
		entered := m.App.NowMS()
		slow, press := a.Batch(a.Scan(m.staff[0], testkit.Offline(registry.VerdictOK))), a.Presses(1)
		m.Clock.Add(3 * time.Second)
		left := b.Scan(m.staff[0], testkit.Offline(registry.VerdictExitOK), testkit.Going)
		m.Clock.Add(3 * time.Second)
		m.hand(t, a, slow)
		if _, err := m.App.Admission.Count(t.Context(), a.Device, press); err != nil {
			t.Fatal(err)
		}
		m.send(t, b, left)
		if s := m.stats(t, a); s.Inside != 1 {
			t.Fatalf("control: %d inside before anything quick has come", s.Inside)
		}
		m.send(t, a, a.Scan(m.staff[1])) // quick, of the same start
		m.hand(t, a, slow)               // slow once more
		if s := m.scans(t, slow.Scans[0].ID)[0]; s.CorrectedAt != entered {
			t.Errorf("the entry was at %d, put %d ms later", entered, s.CorrectedAt-entered)
		}
		s := m.stats(t, a)
		if s.Inside != 1 || len(s.Hours) != 2 || s.Hours[0].In != 1 || s.Hours[0].Visits != 1 || s.Hours[1].In != 1 || s.Hours[1].Out != 1 {
			t.Errorf("stats %+v", s)
		}
	})
}

// TestFirstByteIsWhenAnUploadCame: what the rest of the request took does not count.
func TestFirstByteIsWhenAnUploadCame(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	batch, press := p.Batch(p.Scan(m.staff[0])), p.Presses(1)
	batch.ReceivedAt, press.ReceivedAt = m.App.NowMS(), m.App.NowMS()
	m.Clock.Add(6 * time.Second)
	m.hand(t, p, batch)
	if s := m.scans(t, batch.Scans[0].ID)[0]; s.CorrectedAt != s.At || s.ReceivedAt != s.At {
		t.Errorf("scan of %d received %d, put to %d", s.At, s.ReceivedAt, s.CorrectedAt)
	}
}
