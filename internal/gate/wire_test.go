package gate

import (
	"fmt"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

const scanUUID = "0193567a-9b1c-7d3e-8f00-0123456789ab"

func goodScans() ScanBatch {
	return ScanBatch{DeviceSeqFrom: 1, Boot: "b1", SentAt: 1_763_780_000_000, Scans: []SentScan{
		{ID: scanUUID, Seq: 1, QR: "anything", Direction: registry.In, Gate: 1, At: 1_763_779_000_000, Mode: registry.Online},
		{ID: scanUUID, Seq: 2, Code: lan, Direction: registry.Out, Gate: 2, At: 0, MonoMS: 7, Mode: registry.Offline, Verdict: registry.VerdictOK, ForcedBy: "Lan"},
		{ID: scanUUID, Seq: 3, VoidOf: scanUUID, Direction: registry.In, Gate: 2, At: 5, Mode: registry.Offline},
	}}
}

func TestScanBatchCheck(t *testing.T) {
	t.Parallel()
	good := goodScans()
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	if good.DeviceSeqFrom = 0; good.Check() != nil {
		t.Errorf("a batch that does not say where its numbers begin: %v", good.Check())
	}
	if good.Scans[1].ForcedBy = strings.Repeat("L", 120); good.Check() != nil {
		t.Errorf("forced by a phone with the longest name: %v", good.Check())
	}
	for want, changes := range map[string][]func(*ScanBatch){
		"boot":        {func(b *ScanBatch) { b.Boot = "" }, func(b *ScanBatch) { b.Boot = strings.Repeat("b", 81) }},
		"sent_at":     {func(b *ScanBatch) { b.SentAt = -1 }, func(b *ScanBatch) { b.SentAt = 1 << 53 }},
		"id":          {func(b *ScanBatch) { b.Scans[1].ID = "" }, func(b *ScanBatch) { b.Scans[1].ID = "../../x" }, func(b *ScanBatch) { b.Scans[1].ID = scanUUID + "0" }},
		"seq":         {func(b *ScanBatch) { b.Scans[1].Seq = 0 }, func(b *ScanBatch) { b.Scans[1].Seq = -5 }},
		"qr":          {func(b *ScanBatch) { b.Scans[1].QR = "both" }, func(b *ScanBatch) { b.Scans[1].QR, b.Scans[1].Code = strings.Repeat("x", 513), "" }, func(b *ScanBatch) { b.Scans[2].QR = "x" }},
		"code":        {func(b *ScanBatch) { b.Scans[1].Code = "" }, func(b *ScanBatch) { b.Scans[2].Code = lan }},
		"direction":   {func(b *ScanBatch) { b.Scans[1].Direction = "up" }, func(b *ScanBatch) { b.Scans[1].Direction = "" }},
		"gate":        {func(b *ScanBatch) { b.Scans[1].Gate = 0 }, func(b *ScanBatch) { b.Scans[1].Gate = -1 }},
		"at":          {func(b *ScanBatch) { b.Scans[1].At = -1 }, func(b *ScanBatch) { b.Scans[1].At = 1 << 60 }},
		"mono_ms":     {func(b *ScanBatch) { b.Scans[1].MonoMS = -1 }},
		"mode":        {func(b *ScanBatch) { b.Scans[1].Mode = "" }},
		"verdict":     {func(b *ScanBatch) { b.Scans[1].Verdict = "fine" }},
		"forced_by":   {func(b *ScanBatch) { b.Scans[1].ForcedBy = strings.Repeat("L", 121) }},
		"void_of":     {func(b *ScanBatch) { b.Scans[2].VoidOf = "x" }},
		"void_reason": {func(b *ScanBatch) { b.Scans[2].VoidReason = strings.Repeat("L", 201) }},
	} {
		for i, change := range changes {
			b := goodScans()
			change(&b)
			wantFieldFault(t, fmt.Sprint(want, " ", i), b.Check(), want)
		}
	}
	for _, n := range []int{0, MaxScans + 1} {
		b := ScanBatch{Boot: "b", SentAt: 1, Scans: make([]SentScan, n)}
		if err := b.Check(); registry.KindOf(err) != registry.Malformed || !strings.Contains(err.Error(), "batch_size") {
			t.Errorf("%d scans: %v", n, err)
		}
	}
}

// The most that a phone may send is taken: a phone that reached a limit would
// otherwise never get rid of its queue.
func TestLargestBatchesAreTaken(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("x", n) }
	scans := ScanBatch{DeviceSeqFrom: 1, Boot: long(maxName), SentAt: 1<<53 - 1}
	counts := CountBatch{DeviceSeqFrom: 1, Boot: long(maxName), SentAt: 0}
	for i := range MaxScans {
		s := SentScan{ID: scanUUID, Seq: int64(i + 1), QR: long(maxSentText), Direction: registry.In, Gate: 1, Mode: registry.Offline, ForcedBy: long(maxForcedBy)}
		switch i % 3 {
		case 1:
			s.QR, s.Code = "", long(maxSentText)
		case 2:
			s.QR, s.VoidOf, s.VoidReason = "", scanUUID, long(maxReason)
		}
		scans.Scans = append(scans.Scans, s)
	}
	for i := range MaxCounts {
		counts.Counts = append(counts.Counts, SentCount{ID: scanUUID, Seq: int64(i + 1), Gate: 1, N: 1, Who: registry.Person})
	}
	pair := PairRequest{Token: long(maxReason), Name: long(maxName)}
	for name, err := range map[string]error{"scans": scans.Check(), "counts": counts.Check(), "pairing": pair.Check()} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBatchNamesThePlaceOfItsFault(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*ScanBatch){
		"[2 seq]":           func(b *ScanBatch) { b.Scans[1].Seq = b.Scans[0].Seq },
		"[3 gate]":          func(b *ScanBatch) { b.Scans[2].Gate = 0 },
		"[device_seq_from]": func(b *ScanBatch) { b.DeviceSeqFrom = 2 },
	} {
		b := goodScans()
		change(&b)
		if err := b.Check(); registry.KindOf(err) != registry.Malformed || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for _, from := range []int64{-1, 2} {
		counts := CountBatch{DeviceSeqFrom: from, Boot: "b", SentAt: 1, Counts: []SentCount{{ID: scanUUID, Seq: 1, Gate: 1, N: 1, Who: registry.Person}}}
		wantFieldFault(t, fmt.Sprint("counts from ", from), counts.Check(), "device_seq_from")
		scans := goodScans()
		scans.DeviceSeqFrom = from
		wantFieldFault(t, fmt.Sprint("scans from ", from), scans.Check(), "device_seq_from")
	}
	counts := CountBatch{Boot: "b", SentAt: 1, Counts: []SentCount{{ID: scanUUID, Seq: 1, Gate: 1, N: 1, Who: registry.Person}, {ID: scanUUID, Seq: 2}}}
	if err := counts.Check(); !strings.Contains(fmt.Sprint(err), "[2 gate]") {
		t.Errorf("%v, want [2 gate]", err)
	}
}

// What has happened is kept whatever the server thinks of it; what is asked is
// answered.
func TestHappened(t *testing.T) {
	t.Parallel()
	for want, scans := range map[bool][]SentScan{
		false: {{Mode: registry.Online}},
		true:  {{Mode: registry.Offline}, {Mode: registry.Online, Verdict: registry.VerdictOK}, {Mode: registry.Online, VoidOf: scanUUID}},
	} {
		for _, s := range scans {
			if s.Happened() != want {
				t.Errorf("%+v happened: %v", s, !want)
			}
		}
	}
}

// wantFieldFault fails unless err is Malformed and names the field.
func wantFieldFault(t *testing.T, name string, err error, field string) {
	t.Helper()
	if registry.KindOf(err) != registry.Malformed || !strings.Contains(fmt.Sprint(err)+" ", " "+field+"]") && !strings.Contains(fmt.Sprint(err), "["+field+"]") {
		t.Errorf("%s: %v, want Malformed at %s", name, err, field)
	}
}

func TestCountBatchCheck(t *testing.T) {
	t.Parallel()
	good := func() CountBatch {
		return CountBatch{Boot: "b1", SentAt: 1, Counts: []SentCount{
			{ID: scanUUID, Seq: 1, Gate: 1, N: 1, Who: registry.Person, At: 1},
			{ID: scanUUID, Seq: 2, Gate: 1, N: MaxHeadcount, Who: registry.Group, At: 1},
			{ID: scanUUID, Seq: 3, Gate: 1, Who: registry.Child, At: 1, VoidOf: scanUUID},
		}}
	}
	b := good()
	if err := b.Check(); err != nil {
		t.Fatal(err)
	}
	for want, changes := range map[string][]func(*CountBatch){
		"boot":    {func(b *CountBatch) { b.Boot = "" }},
		"id":      {func(b *CountBatch) { b.Counts[0].ID = "1" }},
		"seq":     {func(b *CountBatch) { b.Counts[0].Seq = 0 }},
		"gate":    {func(b *CountBatch) { b.Counts[0].Gate = 0 }},
		"n":       {func(b *CountBatch) { b.Counts[0].N = -1 }, func(b *CountBatch) { b.Counts[0].N = 0 }, func(b *CountBatch) { b.Counts[1].N = MaxHeadcount + 1 }, func(b *CountBatch) { b.Counts[2].N = 1 }},
		"who":     {func(b *CountBatch) { b.Counts[0].Who = "dog" }},
		"at":      {func(b *CountBatch) { b.Counts[0].At = -1 }},
		"mono_ms": {func(b *CountBatch) { b.Counts[0].MonoMS = -1 }},
		"void_of": {func(b *CountBatch) { b.Counts[2].VoidOf = "x" }},
	} {
		for i, change := range changes {
			b := good()
			change(&b)
			wantFieldFault(t, fmt.Sprint(want, " ", i), b.Check(), want)
		}
	}
	for _, n := range []int{0, MaxCounts + 1} {
		b := CountBatch{Boot: "b", SentAt: 1, Counts: make([]SentCount, n)}
		if err := b.Check(); registry.KindOf(err) != registry.Malformed {
			t.Errorf("%d counts: %v", n, err)
		}
	}
}

func TestPairRequestCheck(t *testing.T) {
	t.Parallel()
	good := PairRequest{Token: "abc", Name: "Điện thoại của Lan"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for field, r := range map[string]PairRequest{
		"token": {Name: "Lan"}, "name": {Token: "abc", Name: strings.Repeat("n", maxName+1)},
	} {
		faults, ok := r.Check().(registry.Faults)
		if !ok || len(faults) != 1 || faults[0].Field != field {
			t.Errorf("%s: %v", field, faults)
		}
	}
}

func TestCursor(t *testing.T) {
	t.Parallel()
	for cursor, want := range map[string][2]int64{
		Cursor(1<<31-1, 1<<40, "7.2"): {1<<31 - 1, 1 << 40}, "5.60": {5, 60}, "60": {0, 60}, "": {0, 0}, "0.0": {0, 0},
	} {
		if epoch, version, err := ParseCursor(cursor); err != nil || epoch != want[0] || version != want[1] {
			t.Errorf("%s: %d, %d, %v", cursor, epoch, version, err)
		}
	}
	for _, bad := range []string{".", "1.", ".1", "a.b", "-1.2", "1.-2", "-1", "1.99999999999999999999", "2026-11-22"} {
		if _, _, err := ParseCursor(bad); registry.KindOf(err) != registry.Malformed {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
