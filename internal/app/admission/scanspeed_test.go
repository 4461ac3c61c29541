package admission_test

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// crowded makes n scans of one pass at nearly one instant, in and out in turn.
func crowded(p *testkit.Phone, row registry.PassRow, n int) []gate.SentScan {
	scans := make([]gate.SentScan, n)
	for i := range scans {
		scans[i] = p.Scan(row, testkit.Offline(registry.VerdictOK), func(s *gate.SentScan) {
			s.At, s.MonoMS = s.At+s.Seq%7, s.MonoMS+s.Seq%7
		})
		if i%2 == 1 {
			testkit.Going(&scans[i])
		}
	}
	return scans
}

// works is about how much work one upload is: what it allocates.
func (m *market) works(t *testing.T, p *testkit.Phone, scans []gate.SentScan) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	batch := p.Batch(scans...)
	runtime.ReadMemStats(&before)
	if _, err := m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

// TestHeavyOnePassIsNoMoreWorkWithHistory: a phone that sends thousands of scans of one
// pass, of one instant or taken back again, makes its tenth batch hardly more work
// than its fifth. The first ones fill what a book looks at; work that grows with
// history would double from there.
func TestHeavyOnePassIsNoMoreWorkWithHistory(t *testing.T) {
	need.Long(t)
	m := newMarket(t, "sqlite")
	p := m.Phone(m.event.ID, registry.Supervisor, 1)
	first, entered := p.Scan(m.staff[1]), p.Scan(m.staff[2])
	m.send(t, p, first, entered)
	for _, shape := range []struct {
		name string
		make func(n int) []gate.SentScan
	}{
		{"one instant", func(n int) []gate.SentScan { return crowded(p, m.staff[0], n) }},
		{"voids of one scan", func(n int) (scans []gate.SentScan) {
			for range n {
				scans = append(scans, p.Scan(m.staff[1], func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", first.ID, "nhầm" }))
			}
			return scans
		}},
		{"entries taken back", func(n int) (scans []gate.SentScan) {
			for range n / 2 {
				s := p.Scan(m.staff[2], testkit.Offline(registry.VerdictOK))
				scans = append(scans, s, p.Scan(m.staff[2], func(v *gate.SentScan) { v.QR, v.VoidOf, v.VoidReason = "", s.ID, "nhầm" }))
			}
			return scans
		}},
	} {
		var work []uint64
		for range 10 {
			m.Clock.Add(time.Second)
			work = append(work, m.works(t, p, shape.make(300)))
		}
		if slices.Max(work[8:]) > 3*work[4]/2 {
			t.Errorf("%s: batches of 300 are work of %d", shape.name, work)
		}
	}
}

// BenchmarkSingleScans is the ordinary path: people who come and go, one durable
// scan at a time.
func BenchmarkSingleScans(b *testing.B) {
	m := newMarket(b, "sqlite")
	people, p := m.Issued(m.event, registry.OfficialPass, 200), m.Phone(m.event.ID, registry.Steward, 1)
	way := []func(*gate.SentScan){func(*gate.SentScan) {}, testkit.Going}
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		m.Clock.Add(500 * time.Millisecond)
		if _, err := m.App.Admission.Scan(b.Context(), p.Device, p.Batch(p.Scan(people[i%200], way[i/200%2]))); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOnePassFlood has one phone send 12,000 scans of one pass in batches of
// 500, and tells the dearest batch and the longest wait of another phone meanwhile.
func BenchmarkOnePassFlood(b *testing.B) {
	for b.Loop() {
		m := newMarket(b, "sqlite")
		people := m.Issued(m.event, registry.OfficialPass, 200)
		bad, other := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		var batches, waits []time.Duration
		var wg sync.WaitGroup
		done := make(chan struct{})
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				batch, began := other.Batch(other.Scan(people[i%200])), b.Elapsed()
				if _, err := m.App.Admission.Scan(b.Context(), other.Device, batch); err != nil {
					b.Error(err)
				}
				waits = append(waits, b.Elapsed()-began)
			}
		})
		for range 24 {
			m.Clock.Add(time.Second)
			batch, began := bad.Batch(crowded(bad, m.staff[0], 500)...), b.Elapsed()
			if _, err := m.App.Admission.Scan(b.Context(), bad.Device, batch); err != nil {
				b.Fatal(err)
			}
			batches = append(batches, b.Elapsed()-began)
		}
		close(done)
		wg.Wait()
		slices.Sort(waits)
		b.ReportMetric(float64(slices.Max(batches).Milliseconds()), "ms/dearest-batch")
		b.ReportMetric(float64(waits[len(waits)-1].Milliseconds()), "ms/longest-wait")
		b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "ms/median-wait")
		b.Logf("batches %v", batches)
	}
}

// BenchmarkSixtyFourPhones is a rush: 64 phones, each of which waits for the answer to
// one scan before it sends the next. An op is a scan.
func BenchmarkSixtyFourPhones(b *testing.B) {
	const phones, each = 64, 8
	m := newMarket(b, "sqlite")
	people := m.Issued(m.event, registry.OfficialPass, phones*each)
	b.ReportAllocs()
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	paired := make([]*testkit.Phone, phones)
	for i := range paired {
		paired[i] = m.Phone(m.event.ID, registry.Steward, 1)
	}
	b.ResetTimer()
	for i, p := range paired {
		wg.Go(func() {
			for n := 0; left.Add(-1) >= 0; n++ {
				s := p.Scan(people[i*each+n%each])
				if s.Seq/each%2 == 1 {
					testkit.Going(&s)
				}
				if _, err := m.App.Admission.Scan(b.Context(), p.Device, p.Batch(s)); err != nil {
					b.Error(err)
				}
				m.Clock.Add(10 * time.Millisecond)
			}
		})
	}
	wg.Wait()
}

// BenchmarkBatchesOf500 is what two phones hand in that were offline. An op is a scan.
func BenchmarkBatchesOf500(b *testing.B) {
	const phones, size = 2, 500
	m := newMarket(b, "sqlite")
	people := m.Issued(m.event, registry.OfficialPass, phones*size)
	paired := make([]*testkit.Phone, phones)
	for i := range paired {
		paired[i] = m.Phone(m.event.ID, registry.Steward, 1)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for done := 0; done < b.N; done += phones * size {
		var wg sync.WaitGroup
		for i, p := range paired {
			scans := make([]gate.SentScan, size)
			for n := range scans {
				scans[n] = p.Scan(people[i*size+n], testkit.Offline(registry.VerdictOK))
				if done/(phones*size)%2 == 1 {
					testkit.Going(&scans[n])
				}
			}
			wg.Go(func() {
				if _, err := m.App.Admission.Scan(b.Context(), p.Device, p.Batch(scans...)); err != nil {
					b.Error(err)
				}
			})
		}
		wg.Wait()
		m.Clock.Add(10 * time.Second)
	}
}
