package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// late hands a batch in some seconds after it was made.
func (m *market) late(t *testing.T, p *testkit.Phone, seconds int, scans ...gate.SentScan) {
	t.Helper()
	batch := p.Batch(scans...)
	m.Clock.Add(time.Duration(seconds) * time.Second)
	m.hand(t, p, batch)
}

// TestAQuickUploadPutsAllOfItsStartInPlace: two passes came in six seconds before it
// seemed, one of them before it went out at another gate.
func TestAQuickUploadPutsAllOfItsStartInPlace(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		m.Clock.Add(59*time.Minute + 57*time.Second)
		came := m.App.NowMS()
		guests := m.Issued(m.event, registry.VisitorPass, 2)
		press := a.Presses(1)
		slow := []gate.SentScan{a.Scan(guests[0], testkit.Offline(registry.VerdictOK)), a.Scan(guests[1], testkit.Offline(registry.VerdictOK))}
		m.Clock.Add(3 * time.Second)
		left := b.Scan(guests[0], testkit.Offline(registry.VerdictExitOK), testkit.Going)
		m.Clock.Add(-3 * time.Second)
		m.late(t, a, 6, slow...)
		testkit.Works(t, testkit.Second(m.App.Admission.Count(t.Context(), a.Device, press)))
		m.send(t, b, left)
		m.send(t, a, a.Scan(m.staff[1]))
		t.Run("each pass is where its scans say", func(t *testing.T) {
			first, second := m.presence(t, guests[0]), m.presence(t, guests[1])
			if first.Inside() != nil || second.Inside() == nil || first.Used[0].At != came || second.Used[0].At != came {
				t.Errorf("%+v, %+v", first, second)
			}
		})
		t.Run("visits and presses move to their hour", func(t *testing.T) {
			s := m.stats(t, a)
			if len(s.Hours) != 2 || s.Hours[0].In != 2 || s.Hours[0].Visits != 3 || s.Hours[1].In != 1 || s.Hours[1].Out != 1 || s.Hours[1].Visits != 0 {
				t.Errorf("%+v", s.Hours)
			}
		})
		t.Run("a press taken back later leaves its own hour", func(t *testing.T) {
			void := a.Presses(1)
			void.Counts[0].N, void.Counts[0].VoidOf = 0, press.Counts[0].ID
			m.press(t, a, void)
			if s := m.stats(t, a); s.Hours[0].Visits != 2 || s.Hours[1].Visits != 0 {
				t.Errorf("%+v", s.Hours)
			}
		})
	})
}

// TestLittleIsNoOtherClock: what is less than a tenth of a second stays as it was told.
func TestLittleIsNoOtherClock(t *testing.T) {
	for late, moved := range map[int64]int64{99: 0, 100: 100} {
		m := newMarket(t, testkit.Engine())
		p := m.Phone(m.event.ID, registry.Steward, 1)
		first := p.Batch(p.Scan(m.staff[0]))
		m.Clock.Add(time.Duration(late) * time.Millisecond)
		m.hand(t, p, first)
		m.Clock.Add(time.Second)
		m.send(t, p, p.Scan(m.staff[1]))
		s := m.scans(t, first.Scans[0].ID)[0]
		if got := s.At + late - s.CorrectedAt; got != moved {
			t.Errorf("%d ms late it was moved by %d ms", late, got)
		}
	}
}

// TestAVoidThatWasInTime: a steward took a scan of the start before back, just in time
// by the true clock, which a quick upload tells.
func TestAVoidThatWasInTime(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		entry := p.Scan(m.staff[0])
		m.send(t, p, entry)
		p.Start(0)
		m.Clock.Add(15*time.Minute - 2*time.Second)
		m.late(t, p, 6, p.Scan(m.staff[0], testkit.Offline(""), func(s *gate.SentScan) { s.QR, s.VoidOf, s.Mode = "", entry.ID, registry.Online }))
		if n := m.stats(t, p).Inside; n != 1 {
			t.Fatalf("control: %d inside", n)
		}
		m.send(t, p, p.Scan(m.staff[1]))
		if n := m.stats(t, p).Inside; n != 1 || m.presence(t, m.staff[0]).Inside() != nil {
			t.Errorf("%d inside, who was taken back is %+v", n, m.presence(t, m.staff[0]))
		}
	})
}

// TestARepeatAfterAVoid: once the exit is taken back, the entry is the newest again, and
// the symbol read once more is answered as it was.
func TestARepeatAfterAVoid(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		first := m.verdict(t, p, p.Scan(m.staff[0]))
		out := p.Scan(m.staff[0], testkit.Going)
		m.send(t, p, out)
		m.send(t, p, p.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.VoidOf = "", out.ID }))
		if again := m.verdict(t, p, p.Scan(m.staff[0])); again != first || first != registry.VerdictOK {
			t.Errorf("first %s, again %s", first, again)
		}
	})
}

// TestEachVoidTurnsItsOwnPass: a pass from which more is taken back than is worked out at
// once, with others in the same batch, ends where its scans say.
func TestEachVoidTurnsItsOwnPass(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		var made, voids []gate.SentScan
		for range 6 {
			for _, row := range m.staff[:2] {
				m.Clock.Add(5 * time.Second)
				made = append(made, p.Scan(row))
				m.Clock.Add(5 * time.Second)
				made = append(made, p.Scan(row, testkit.Going))
			}
		}
		m.send(t, p, made...)
		for i, s := range made {
			if s.Direction == registry.Out || i < 4 {
				voids = append(voids, p.Scan(m.staff[0], func(v *gate.SentScan) { v.QR, v.VoidOf, v.Direction = "", s.ID, s.Direction }))
			}
		}
		m.send(t, p, voids...)
		s := m.stats(t, p)
		if s.Inside != 2 || s.Hours[0].In != 10 || s.Hours[0].Out != 0 {
			t.Errorf("%d inside, %+v", s.Inside, s.Hours)
		}
		for _, row := range m.staff[:2] {
			if got := m.presence(t, row); got.Inside() == nil || len(got.Used) != 1 || got.Used[0].At != made[map[string]int{m.staff[0].Code: 4, m.staff[1].Code: 6}[row.Code]].At {
				t.Errorf("presence %+v", got)
			}
		}
	})
}

// TestPressesSayNothingOfScans: each has numbers of its own.
func TestPressesSayNothingOfScans(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	p.CountSeq = 6
	b := p.Presses(1)
	b.DeviceSeqFrom = 7
	m.press(t, p, b)
	p.Seq = 3
	batch := p.Batch(p.Scan(m.staff[0]))
	batch.DeviceSeqFrom = 1
	if a, err := m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil || a.AckedSeq != 0 {
		t.Errorf("scans up to %d, %v", a.AckedSeq, err)
	}
}

func TestWhatTheReconciliationSays(t *testing.T) {
	testkit.WithinADay(t)
	m := newMarket(t, testkit.Engine())
	m.policy(t, func(in *admission.PolicyInput) { in.MaxInside = 1 })
	a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
	first := a.Scan(m.staff[0], testkit.Offline(registry.VerdictOK))
	m.Clock.Add(time.Minute)
	second := b.Scan(m.staff[1], testkit.Offline(registry.VerdictOK))
	m.Clock.Add(time.Minute)
	m.send(t, b, second)
	m.send(t, a, first)
	t.Run("the verdict by the order of time", func(t *testing.T) {
		line := m.onlyLine(t, registry.DiffLetIn)
		if line.Scan.ID != second.ID || line.Scan.Verdict != registry.VerdictTooManyInside {
			t.Errorf("%s for %+v", line.Scan.Verdict, line.Scan)
		}
	})
	t.Run("what is closed is counted apart, and found by its kind", func(t *testing.T) {
		line := m.onlyLine(t, registry.DiffLetIn)
		testkit.Works(t, m.App.Admission.CloseDifference(t.Context(), chief, m.event.ID, admission.DifferenceInput{Key: line.Key, Word: registry.WordHandled}))
		m.send(t, a, a.Scan(m.staff[2], func(s *gate.SentScan) { s.QR = "một tờ giấy" }))
		all := m.differences(t, admission.DifferenceFilter{All: true, Kind: registry.DiffLetIn})
		if all.Open != 1 || all.Closed != 1 || len(all.Lines) != 1 || all.ByKind[registry.DiffMalformed] != 1 || !all.MayClose {
			t.Errorf("%d open, %d closed, %d lines", all.Open, all.Closed, len(all.Lines))
		}
		if live := m.live(t); live.Waiting != 1 || live.Grave != 0 {
			t.Errorf("%d wait, %d grave", live.Waiting, live.Grave)
		}
	})
	t.Run("a line that waits and is grave", func(t *testing.T) {
		m.Clock.Add(time.Minute)
		forged := a.Scan(m.staff[3])
		forged.QR = forged.QR[:len(forged.QR)-1] + string('0'+(forged.QR[len(forged.QR)-1]-'0'+1)%10)
		m.send(t, a, forged)
		if live := m.live(t); live.Waiting != 2 || live.Grave != 1 {
			t.Errorf("%d wait, %d grave", live.Waiting, live.Grave)
		}
	})
}

// TestWhoWasKeptOutWrongly: by phones that knew too little. Staff may come again, a
// visitor once.
func TestWhoWasKeptOutWrongly(t *testing.T) {
	testkit.WithinADay(t)
	for rule, lines := range map[registry.VisitorRule]int{registry.VisitorOnce: 1, registry.VisitorDaily: 2} {
		t.Run(string(rule), func(t *testing.T) {
			m := newMarket(t, testkit.Engine())
			m.policy(t, func(in *admission.PolicyInput) { in.VisitorRule = rule })
			guest := m.Issued(m.event, registry.VisitorPass, 1)[0]
			p := m.Phone(m.event.ID, registry.Steward, 1)
			for _, row := range []registry.PassRow{m.staff[0], guest} {
				m.send(t, p, p.Scan(row))
				m.Clock.Add(time.Minute)
				m.send(t, p, p.Scan(row, testkit.Going))
				m.Clock.Add(time.Minute)
			}
			m.send(t, p, p.Scan(guest, testkit.Offline(registry.VerdictAlreadyUsed))) // rightly, on the same day
			m.Clock.Add(time.Minute)
			m.send(t, p, p.Scan(m.staff[0], testkit.Offline(registry.VerdictAlreadyInside)))
			m.Clock.Add(24 * time.Hour)
			m.send(t, p, p.Scan(guest, testkit.Offline(registry.VerdictAlreadyUsed)))
			got := m.differences(t, admission.DifferenceFilter{})
			if got.ByKind[registry.DiffKeptOut] != lines || len(got.Lines) != lines {
				t.Errorf("%v", got.ByKind)
			}
		})
	}
}
