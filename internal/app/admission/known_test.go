package admission_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestServersRememberTheSamePasses: each server remembers where a pass is, and what
// happens at another one counts at once. Gates of two servers take turns with the
// passes of one stall.
func TestServersRememberTheSamePasses(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		m.policy(t, func(in *admission.PolicyInput) { in.MaxInside = 1 })
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		servers := map[*testkit.Phone]*app.App{a: m.App, b: m.Another()}
		for i, step := range []struct {
			phone *testkit.Phone
			pass  registry.PassRow
			way   registry.Direction
			want  registry.VerdictCode
		}{
			{a, m.staff[0], registry.In, registry.VerdictOK},
			{b, m.staff[0], registry.In, registry.VerdictAlreadyInside},
			{b, m.staff[1], registry.In, registry.VerdictTooManyInside},
			{b, m.staff[0], registry.Out, registry.VerdictExitOK},
			{a, m.staff[1], registry.In, registry.VerdictOK},
			{b, m.staff[0], registry.In, registry.VerdictTooManyInside},
			{b, m.staff[1], registry.Out, registry.VerdictExitOK},
			{a, m.staff[0], registry.In, registry.VerdictOKAgain},
		} {
			m.App = servers[step.phone]
			scan := step.phone.Scan(step.pass)
			scan.Direction = step.way
			if v := m.verdict(t, step.phone, scan); v != step.want {
				t.Errorf("step %d: %s, want %s", i+1, v, step.want)
			}
			m.Clock.Add(time.Minute)
		}
	})
}

// acked is up to where the scans of phones are stored, as their rows say it.
func (m *market) acked(t *testing.T, phones []*testkit.Phone) (upTo []int64) {
	t.Helper()
	for _, p := range phones {
		m.Read(func(tx *store.Tx) error {
			d, err := tx.DevicesByID(t.Context(), []registry.DeviceID{p.Device.ID})
			if err == nil {
				upTo = append(upTo, d[0].AckedSeq)
			}
			return err
		})
	}
	return upTo
}

// rush has phones send one scan each while the writer is held up, so that most of them
// share a group commit.
func (m *market) rush(t *testing.T, phones []*testkit.Phone, people []registry.PassRow) {
	t.Helper()
	batches := make([]gate.ScanBatch, len(phones))
	for i, p := range phones {
		batches[i] = p.Batch(p.Scan(people[i]))
	}
	var wg sync.WaitGroup
	testkit.Works(t, m.DB.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.HoldChanges(t.Context(), []registry.EventID{m.event.ID}); err != nil {
			return err
		}
		for i, p := range phones {
			if i == 1 {
				time.Sleep(200 * time.Millisecond) // for the first to be a group by itself
			}
			wg.Go(func() {
				a, err := m.App.Admission.Scan(t.Context(), p.Device, batches[i])
				if err != nil || a.AckedSeq != p.Seq {
					t.Errorf("phone %d has %d acknowledged of %d, %v", i, a.AckedSeq, p.Seq, err)
				}
			})
		}
		time.Sleep(300 * time.Millisecond) // for all of them to stand in line
		return nil
	}))
	wg.Wait()
}

// TestLateWatermarksLoseNothing: in a rush the rows of phones say less than the phones were
// told. A server that starts then, as after a kill -9, knows it all the same from the
// scans, and the next scan of a quiet gate makes the rows say it too.
func TestLateWatermarksLoseNothing(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		people := m.Issued(m.event, registry.OfficialPass, 36)
		var phones []*testkit.Phone
		for range 12 {
			phones = append(phones, m.Phone(m.event.ID, registry.Steward, 1))
		}
		m.rush(t, phones, people)
		if first := m.acked(t, phones); slices.Min(first) != 1 {
			t.Errorf("first scans: the rows say %d", first)
		}
		for try := 1; ; try++ {
			m.rush(t, phones, people[12:])
			if rows := m.acked(t, phones); slices.Min(rows) < phones[0].Seq {
				break
			} else if try == 10 { // on a slow machine some rushes are one group, which stores all of it
				t.Fatalf("control: no watermark is late: %d", rows)
			}
		}
		server := m.App
		m.App = m.Another()
		for i, p := range phones {
			batch := p.Batch(p.Scan(people[24+i]))
			batch.DeviceSeqFrom = 1 // it keeps all of them
			if a, err := m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil || a.AckedSeq != p.Seq {
				t.Errorf("a new server told phone %d that up to %d of %d is stored: %v", i, a.AckedSeq, p.Seq, err)
			}
		}
		m.App = server
		m.Clock.Add(2 * time.Second)
		m.rush(t, phones, people)
		m.send(t, phones[0], phones[0].Scan(people[0]))
		for i, upTo := range m.acked(t, phones) {
			if upTo != phones[i].Seq {
				t.Errorf("later the row of phone %d says %d of %d", i, upTo, phones[i].Seq)
			}
		}
	})
}

// TestShutOutAtOnceByAnyServer: one that remembers a phone lets it in no more once another
// has shut it out.
func TestShutOutAtOnceByAnyServer(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		m.send(t, p, p.Scan(m.staff[0]))
		other := m.Another()
		testkit.Works(t, other.Admission.RevokeDevice(t.Context(), registry.SystemActor("t"), m.event.ID, p.Device.ID))
		if _, err := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(p.Scan(m.staff[1]))); registry.KindOf(err) != registry.Unauthenticated {
			t.Errorf("a phone that was shut out elsewhere: %v", err)
		}
	})
}

// TestAnIDOfBeforeUnderANewNumber: a phone that gives an id twice, the second time with a
// number that nobody had, gets the answer of before, and others beside it theirs.
func TestAnIDOfBeforeUnderANewNumber(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		first := p.Scan(m.staff[0])
		told := m.send(t, p, first)
		for range 3 {
			again := first
			p.Seq += 5
			again.Seq = p.Seq
			if got := m.send(t, p, again, p.Scan(m.staff[1])); got[0].Verdict != told[0].Verdict || got[0].ID != first.ID {
				t.Errorf("told %v, then %v", told[0], got[0])
			}
		}
		if rows := m.scans(t, first.ID); len(rows) != 1 {
			t.Errorf("the scan is stored %d times", len(rows))
		}
	})
}

// TestServersKnowWhatTheOtherStored: a phone sends to one server, then to another, and what
// had no answer there again to the first.
func TestServersKnowWhatTheOtherStored(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		one, two := m.App, m.Another()
		m.send(t, p, p.Scan(m.staff[0]))
		s := p.Scan(m.staff[1])
		m.App = two
		told := m.send(t, p, s)
		m.App = one
		again, a := m.sent(t, p, s)
		if again[0].Verdict != told[0].Verdict || a.AckedSeq != 2 || len(m.scans(t, s.ID)) != 1 {
			t.Errorf("the other server told %v, this one %v, all stored up to %d", told[0], again[0], a.AckedSeq)
		}
	})
}

// TestAFullDiskIsNotRemembered: what could not be written is taken for nothing, neither
// stored nor acknowledged, and goes in when there is room.
func TestAFullDiskIsNotRemembered(t *testing.T) {
	m := newMarket(t, "sqlite")
	p := m.Phone(m.event.ID, registry.Steward, 1)
	m.send(t, p, p.Scan(m.staff[0]))
	var scans []gate.SentScan
	for range 400 {
		scans = append(scans, p.Scan(m.staff[1]))
	}
	testkit.Works(t, m.DB.LimitPages(t.Context(), 1))
	if _, err := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(scans...)); registry.KindOf(err) != registry.Unavailable {
		t.Fatalf("a full disk: %v", err)
	}
	testkit.Works(t, m.DB.LimitPages(t.Context(), 1<<30))
	if _, a := m.sent(t, p, scans[399]); a.AckedSeq != 401 { // the phone says that it keeps nothing before
		t.Errorf("up to %d is stored", a.AckedSeq)
	}
	first, _ := m.sent(t, p, scans[:399]...)
	again, a := m.sent(t, p, scans...)
	if first[0].Verdict != again[0].Verdict || a.AckedSeq != 401 {
		t.Errorf("%v, then %v; up to %d is stored", first[0], again[0], a.AckedSeq)
	}
}
