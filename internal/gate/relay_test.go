package gate

import (
	"fmt"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

const phoneUUID = "0193567a-9b1c-7d3e-8f00-00000000000a"

// goodRelayBatch is of a relay with gate 1 of an event with gates 1 to 3, whose
// phone stood at gate 3 before it was paired anew.
func goodRelayBatch() RelayBatch {
	scan, boot := goodScans().Scans[0], strings.Repeat("b", maxName)
	scan.Gate = 3
	return RelayBatch{SentAt: 1, Waiting: 2,
		Phones: []RelayPhone{{ID: phoneUUID, Name: strings.Repeat("n", maxName), Role: registry.Supervisor, Gates: []int{1}, PairedAt: 1}},
		Scans:  []RelayScan{{Device: phoneUUID, Boot: boot, CorrectedAt: 1, Answered: registry.VerdictOK, Scan: scan}},
		Counts: []RelayCount{{Device: phoneUUID, Boot: boot, CorrectedAt: 1, Count: SentCount{ID: scanUUID, Seq: 1, Gate: 2, N: 1, Who: registry.Person}}},
	}
}

func checkRelay(b RelayBatch) error { return b.Check([]int{1}, []int{1, 2, 3}) }

func TestRelayBatchCheck(t *testing.T) {
	t.Parallel()
	if err := checkRelay(goodRelayBatch()); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", maxName+1)
	for want, changes := range map[string][]func(*RelayBatch){
		"[sent_at]":         {func(b *RelayBatch) { b.SentAt = -1 }},
		"[waiting]":         {func(b *RelayBatch) { b.Waiting = -1 }},
		"[phones]":          {func(b *RelayBatch) { b.Phones = append(b.Phones, b.Phones[0]) }, func(b *RelayBatch) { b.Phones = relayPhones(maxRelayPhones + 1) }},
		"[phones.id]":       {func(b *RelayBatch) { b.Phones[0].ID = "x" }},
		"[phones.name]":     {func(b *RelayBatch) { b.Phones[0].Name = "" }, func(b *RelayBatch) { b.Phones[0].Name = long }},
		"[phones.role]":     {func(b *RelayBatch) { b.Phones[0].Role = registry.Relay }, func(b *RelayBatch) { b.Phones[0].Role = "" }},
		"[phones.gates]":    {func(b *RelayBatch) { b.Phones[0].Gates = nil }, func(b *RelayBatch) { b.Phones[0].Gates = []int{1, 2} }},
		"[phones.paired_at": {func(b *RelayBatch) { b.Phones[0].PairedAt = -1 }},
		"[1 device]":        {func(b *RelayBatch) { b.Scans[0].Device = scanUUID }, func(b *RelayBatch) { b.Scans = nil; b.Counts[0].Device = scanUUID }},
		"[1 boot]":          {func(b *RelayBatch) { b.Scans[0].Boot = "" }, func(b *RelayBatch) { b.Scans[0].Boot = long }, func(b *RelayBatch) { b.Counts[0].Boot = "" }, func(b *RelayBatch) { b.Counts[0].Boot = long }},
		"[1 corrected_at]":  {func(b *RelayBatch) { b.Scans[0].CorrectedAt = -1 }, func(b *RelayBatch) { b.Counts[0].CorrectedAt = -1 }},
		"[1 answered]":      {func(b *RelayBatch) { b.Scans[0].Answered = "perhaps" }},
		"[1 gate]":          {func(b *RelayBatch) { b.Scans[0].Scan.Gate = 4 }, func(b *RelayBatch) { b.Counts[0].Count.Gate = 4 }},
		"[1 id]":            {func(b *RelayBatch) { b.Scans[0].Scan.ID = "1" }, func(b *RelayBatch) { b.Counts[0].Count.ID = "1" }},
		"[2 id]":            {func(b *RelayBatch) { b.Scans = append(b.Scans, b.Scans[0]); b.Scans[1].Scan.ID = "1" }, func(b *RelayBatch) { b.Counts = append(b.Counts, b.Counts[0]); b.Counts[1].Count.ID = "1" }},
	} {
		for i, change := range changes {
			b := goodRelayBatch()
			change(&b)
			if err := checkRelay(b); registry.KindOf(err) != registry.Malformed || !strings.Contains(fmt.Sprint(err), want) {
				t.Errorf("%s %d: %v", want, i, err)
			}
		}
	}
}

func relayPhones(n int) (phones []RelayPhone) {
	for i := range n {
		p := goodRelayBatch().Phones[0]
		p.ID = registry.DeviceID(fmt.Sprintf("%s%012d", phoneUUID[:24], i))
		phones = append(phones, p)
	}
	return phones
}

// Rows of both kinds count together, and the most of them is taken.
func TestRelayBatchSize(t *testing.T) {
	t.Parallel()
	for counts, ok := range map[int]bool{MaxScans - 400: true, MaxScans - 399: false} {
		b := goodRelayBatch()
		b.Phones = append(b.Phones, relayPhones(maxRelayPhones-1)...)
		for len(b.Scans) < 400 {
			b.Scans = append(b.Scans, b.Scans[0])
		}
		for len(b.Counts) < counts {
			b.Counts = append(b.Counts, b.Counts[0])
		}
		err := checkRelay(b)
		if ok && err != nil || !ok && !strings.Contains(fmt.Sprint(err), "batch_size") {
			t.Errorf("400 scans and %d counts: %v", counts, err)
		}
	}
	empty := RelayBatch{SentAt: 1}
	if err := checkRelay(empty); err != nil {
		t.Errorf("a relay that only says how it is: %v", err)
	}
}
