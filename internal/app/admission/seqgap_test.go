package admission_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// missing are the numbers that a phone made and did not send, from those that it sent.
func missing(sent []int64) (gaps []string) {
	from := int64(1)
	for _, n := range slices.Sorted(slices.Values(sent)) {
		if n > from {
			gaps = append(gaps, fmt.Sprintf("%d-%d", from, n-1))
		}
		from = n + 1
	}
	return gaps
}

// TestGapsHoweverNumbersArrive sends the scans of two phones in any order and looks after
// each batch: what is missing is what an obvious count says, whatever was found whole before.
func TestGapsHoweverNumbersArrive(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		r := rand.New(rand.NewPCG(3, 4))
		sent := map[registry.DeviceID][]int64{}
		looked, gaps := 0, 0
		for range 6 {
			for i, p := range []*testkit.Phone{m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)} {
				for _, chunk := range chunksInAnyOrder(r, m, p, 12) {
					m.send(t, p, chunk...)
					for _, s := range chunk {
						sent[p.Device.ID] = append(sent[p.Device.ID], s.Seq)
					}
					if r.IntN(3) == 0 && i == 1 {
						continue // nobody looks
					}
					found := m.gaps(t)
					for device, numbers := range sent {
						if want := missing(numbers); !slices.Equal(found[device], want) {
							t.Fatalf("phone %s: %v are missing, want %v of %v", device, found[device], want, numbers)
						}
						gaps += len(found[device])
					}
					looked++
				}
			}
		}
		if looked < 20 || gaps < 20 {
			t.Errorf("looked %d times and saw %d gaps: too little to tell", looked, gaps)
		}
	})
}

// chunksInAnyOrder are n scans of a phone, in batches that come in any order. The last one
// never comes now and then.
func chunksInAnyOrder(r *rand.Rand, m *market, p *testkit.Phone, n int) (chunks [][]gate.SentScan) {
	var scans []gate.SentScan
	for range n {
		scans = append(scans, p.Scan(m.staff[r.IntN(len(m.staff))]))
	}
	for len(scans) > 0 {
		k := min(len(scans), 1+r.IntN(4))
		chunks, scans = append(chunks, scans[:k]), scans[k:]
	}
	if r.IntN(2) == 0 {
		r.Shuffle(len(chunks), func(i, j int) { chunks[i], chunks[j] = chunks[j], chunks[i] })
	}
	return chunks
}

// gaps are the stretches that the server says are missing, by phone.
func (m *market) gaps(t *testing.T) map[registry.DeviceID][]string {
	t.Helper()
	found := map[registry.DeviceID][]string{}
	m.Read(func(tx *store.Tx) error {
		list, err := tx.SeqGaps(t.Context(), m.event.ID)
		slices.SortFunc(list, func(a, b registry.SeqGap) int { return int(a.From - b.From) })
		for _, g := range list {
			found[g.Device] = append(found[g.Device], fmt.Sprintf("%d-%d", g.From, g.Until))
		}
		return err
	})
	return found
}

// TestGapBesideARepeatedNumber: a phone that used a number twice hides no gap.
func TestGapBesideARepeatedNumber(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		again := p.Scan(m.staff[0])
		m.send(t, p, p.Scan(m.staff[1]))
		m.send(t, p, again)
		other := p.Scan(m.staff[2]) // number 3, which is told as 2
		other.Seq = 2
		m.send(t, p, other)
		m.send(t, p, p.Scan(m.staff[3]))
		if got := m.gaps(t)[p.Device.ID]; !slices.Equal(got, []string{"3-3"}) {
			t.Errorf("%v are missing, want 3", got)
		}
	})
}
