package gate

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoicho/internal/registry"
)

// neverTogether are rules with their next one that no scan can meet both, so that
// their order means nothing.
var neverTogether = map[string]bool{
	"entry 5":   true, // not_yet and expired
	"entry 7":   true, // hours are for staff and vehicles, uses for visitors
	"entry 8":   true, // uses are for visitors, being inside for all others
	"voucher 6": true, // not_yet and expired
}

// TestEveryRuleIsNeeded takes each rule out in turn, and each with its next the
// other way round: some case has to notice. It is not parallel, because it bends
// the books that Decide reads.
func TestEveryRuleIsNeeded(t *testing.T) {
	v := made()
	if n := failing(&v); n > 0 {
		t.Fatalf("%d cases fail with every rule in place", n)
	}
	for name, book := range map[string]*rulebook{"booth": &boothBook, "entry": &entryBook, "vehicle exit": &vehicleExitBook, "voucher": &voucherBook} {
		whole := book.stops
		for i := range whole {
			book.stops = slices.Delete(slices.Clone(whole), i, i+1)
			if failing(&v) == 0 {
				t.Errorf("no case notices that rule %d of %s is gone", i, name)
			}
			if i+1 == len(whole) || neverTogether[fmt.Sprint(name, " ", i)] {
				continue
			}
			book.stops = slices.Clone(whole)
			book.stops[i], book.stops[i+1] = whole[i+1], whole[i]
			if failing(&v) == 0 {
				t.Errorf("no case notices that rules %d and %d of %s change places", i, i+1, name)
			}
		}
		book.stops = whole
	}
}

// failing counts the cases that do not give what they want.
func failing(v *vectors) (n int) {
	for _, c := range v.Cases {
		s := *v.Snapshots[c.Snapshot]
		passes := make(Passes, len(s.Passes))
		for code, p := range s.Passes {
			passes[code] = p
		}
		s.Passes = passes
		for _, step := range c.Steps {
			got := Decide(&s, step.Scan, step.Now)
			if !cmp.Equal(step.Want, got) {
				n++
				break
			}
			happen(&s, step, got)
		}
	}
	return n
}

// Whatever is scanned in whatever order, what the rules promise holds.
func TestRulesHoldForAnyHistory(t *testing.T) {
	t.Parallel()
	codes := []string{lan, minh, hoa, son, tuyet, truck, official, guest, blockedOne, stranger}
	texts := map[string]string{}
	for _, c := range codes {
		texts[c] = genuine(c)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := fair()
		s.Policy.MaxInside = rapid.IntRange(1, 3).Draw(t, "limit")
		now := at("2026-11-22 04:30")
		guestEntries := 0
		for range rapid.IntRange(1, 40).Draw(t, "scans") {
			now += int64(rapid.IntRange(0, 4*3600).Draw(t, "seconds")) * 1000
			c := rapid.SampledFrom(codes).Draw(t, "code")
			direction := rapid.SampledFrom([]registry.Direction{registry.In, registry.In, registry.Out}).Draw(t, "way")
			scan := Scan{QR: texts[c], Direction: direction, Gate: rapid.IntRange(1, 4).Draw(t, "gate")}
			before, _ := json.Marshal(s)
			v := Decide(s, scan, now)
			if after, _ := json.Marshal(s); !bytes.Equal(before, after) {
				t.Fatal("Decide changed the snapshot")
			}
			if v.Group != v.Code.Group() || v.Group == "" {
				t.Fatalf("verdict %+v has the wrong group", v)
			}
			p, listed := s.Passes[c]
			if listed {
				s.Passes[c] = s.After(p, scan, v, now)
			}
			if v.Group == registry.Admit && (!listed || direction == registry.In && p.State != registry.PassValid) {
				t.Fatalf("%s was let in by %+v", c, v)
			}
			if v.Group == registry.Admit && c == guest && direction == registry.In {
				guestEntries++
			}
			if n := insideNow(s, now); n > s.Policy.MaxInside {
				t.Fatalf("%d of a booth inside, at most %d", n, s.Policy.MaxInside)
			}
		}
		if guestEntries > 1 {
			t.Fatalf("a pass for one entry entered %d times", guestEntries)
		}
	})
}

func insideNow(s *Snapshot, now int64) (n int) {
	for _, p := range s.Passes {
		if p.Kind == registry.StaffPass && p.Booth == "A05" && p.insideOn(s.GateDay(now)) {
			n++
		}
	}
	return n
}

func TestSnapshotSurvivesJSON(t *testing.T) {
	t.Parallel()
	for name, s := range snapshots() {
		first, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back Snapshot
		if err := json.Unmarshal(first, &back); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		second, err := json.Marshal(&back)
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: not the same after a round trip (%v)", name, err)
		}
	}
	var s Snapshot
	for _, bad := range []string{`{"keys":[{"id":16,"state":"active","public":""}]}`, `{"keys":{}}`, `{"passes":{}}`} {
		if err := json.Unmarshal([]byte(bad), &s); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

// 10,000 passes are 400 kB compressed at most, and a quiet delta 2 kB.
func TestSnapshotIsSmall(t *testing.T) {
	t.Parallel()
	s := fair()
	s.Passes = Passes{}
	if n := gzipped(t, s); n > 2_000 {
		t.Errorf("a quiet delta is %d bytes", n)
	}
	for i := range 10_000 {
		c := code(fmt.Sprintf("%011d", i*7_654_321%100_000_000_000))
		s.Passes[c] = Pass{Code: c, Kind: registry.PassKinds[i%5], State: registry.PassValid, Booth: fmt.Sprintf("A%03d", i/6),
			Vendor: fmt.Sprintf("Hợp tác xã nông nghiệp số %d", i/6), FirstDay: "2026-11-22", Days: 4}
	}
	if n := gzipped(t, s); len(s.Passes) != 10_000 || n > 400_000 {
		t.Errorf("%d passes are %d bytes", len(s.Passes), n)
	}
}

func gzipped(t *testing.T, s *Snapshot) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if err := json.NewEncoder(w).Encode(s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestEventOf(t *testing.T) {
	t.Parallel()
	got := EventOf(&registry.Event{
		Number: 17, Title: "Phiên chợ", State: registry.Postponed,
		Days: []registry.EventDay{{Day: "2026-11-23", OpensAt: 7 * 60, ClosesAt: 17 * 60}, {Day: "2026-11-22"}, {Day: "2026-11-24", OpensAt: 9 * 60, ClosesAt: 9 * 60}},
	})
	want := Event{Number: 17, Title: "Phiên chợ", Stopped: true, Days: []Day{
		{Day: "2026-11-22", Hours: hours("2026-11-22 00:00", "2026-11-23 00:00")},
		{Day: "2026-11-23", Hours: hours("2026-11-23 07:00", "2026-11-23 17:00")},
		{Day: "2026-11-24", Hours: hours("2026-11-24 00:00", "2026-11-25 00:00")},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if EventOf(&registry.Event{State: registry.Running}).Stopped {
		t.Error("a running event is stopped")
	}
}

func TestGatesOfKeepKinds(t *testing.T) {
	t.Parallel()
	raw, err := json.Marshal(GatesOf([]registry.Gate{{Number: 1, Name: "A", Code: "57240000"}, {Number: 2, Name: "B", Kinds: []registry.PassKind{registry.VehiclePass}}}))
	const want = `[{"number":1,"name":"A","kinds":[]},{"number":2,"name":"B","kinds":["vehicle"]}]`
	if err != nil || string(raw) != want {
		t.Errorf("%s, %v", raw, err)
	}
}

func TestCorrectedAt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ at, sent, received, want, skew int64 }{
		"right clock":               {1000, 5000, 5000, 1000, 0},
		"an hour behind":            {1000, 5000, 3_605_000, 3_601_000, 3_600_000},
		"an hour ahead":             {3_601_000, 3_605_000, 5000, 1000, -3_600_000},
		"went back before it sent":  {9_000_000, 5000, 5000, 5000, 0},
		"queued for a day, in time": {1000, 86_401_000, 86_401_000, 1000, 0},
	} {
		if got, skew := CorrectedAt(c.at, c.sent, c.received); got != c.want || skew != c.skew {
			t.Errorf("%s: %d, skew %d", name, got, skew)
		}
	}
}

func TestVoid(t *testing.T) {
	t.Parallel()
	scan := &registry.Scan{Device: "d1", Event: "e1", CorrectedAt: 1000}
	for name, c := range map[string]struct {
		by     registry.Device
		reason string
		now    int64
		want   registry.VerdictCode
	}{
		"own scan":                     {registry.Device{ID: "d1", Event: "e1"}, "", 1000 + VoidMS - 1, registry.VerdictOK},
		"own scan, too late":           {registry.Device{ID: "d1", Event: "e1"}, "", 1000 + VoidMS, registry.VerdictNeedsSupervisor},
		"another's scan":               {registry.Device{ID: "d2", Event: "e1"}, "mistake", 2000, registry.VerdictNeedsSupervisor},
		"supervisor with a reason":     {registry.Device{ID: "d2", Event: "e1", Role: registry.Supervisor}, "mistake", 99_000_000, registry.VerdictOK},
		"supervisor without a reason":  {registry.Device{ID: "d2", Event: "e1", Role: registry.Supervisor}, "", 2000, registry.VerdictNeedsSupervisor},
		"supervisor of another event":  {registry.Device{ID: "d2", Event: "e2", Role: registry.Supervisor}, "mistake", 2000, registry.VerdictUnknown},
		"same device id, other event":  {registry.Device{ID: "d1", Event: "e2"}, "", 2000, registry.VerdictUnknown},
		"steward of the own, a reason": {registry.Device{ID: "d1", Event: "e1"}, "mistake", 2000, registry.VerdictOK},
	} {
		if got := Void(scan, &c.by, c.reason, c.now); got.Code != c.want {
			t.Errorf("%s: %s, want %s", name, got.Code, c.want)
		}
	}
}

func TestCodeOfReading(t *testing.T) {
	t.Parallel()
	for want, scan := range map[string]Scan{lan: in(lan, 1), minh: typed(minh), "": read("x")} {
		if got := codeOf(scan); got != want {
			t.Errorf("code of %+v = %q", scan, got)
		}
	}
}

func TestOnlyAGoodProofProves(t *testing.T) {
	t.Parallel()
	keys, forged := fair().Keys, in(lan, 1)
	forged.QR = strings.Replace(genuine(lan), lan, minh, 1)
	for name, c := range map[string]struct {
		scan Scan
		want bool
	}{"genuine": {in(lan, 1), true}, "typed": {typed(lan), false}, "no pass": {read("x"), false}, "forged": {forged, false}} {
		if got := keys.Read(c.scan).Proven(); got != c.want {
			t.Errorf("%s: proven is %v", name, got)
		}
	}
}

func TestResultOfLiftsTheFirstEntry(t *testing.T) {
	t.Parallel()
	v := since(on(lan, registry.VerdictAlreadyInside), "2026-11-22 08:12", 2)
	raw, err := json.Marshal(ResultOf("7d9f", lan, v))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"7d9f","verdict":"already_inside","code":"` + lan + `","detail":{"kind":"staff","booth":"A05","vendor":"HTX Tài Hoan"},"first":{"at":` +
		fmt.Sprint(at("2026-11-22 08:12")) + `,"gate":2}}`
	if string(raw) != want {
		t.Errorf("%s\nwant\n%s", raw, want)
	}
	if v.Detail.First == nil {
		t.Error("the verdict itself was changed")
	}
}

func FuzzDecide(f *testing.F) {
	for _, seed := range []string{genuine(lan), genuine(stranger), lan, "", strings.Repeat("9", 300)} {
		f.Add(seed, at("2026-11-22 08:00"), 1)
	}
	s := fair()
	f.Fuzz(func(t *testing.T, text string, now int64, gate int) {
		v := Decide(s, Scan{QR: text, Direction: registry.In, Gate: gate}, now)
		if v.Group == "" {
			t.Fatalf("%q gives %+v", text, v)
		}
		if _, listed := s.Passes[codeOf(Scan{QR: text})]; v.Group == registry.Admit && !listed {
			t.Fatalf("%q is let in by %+v", text, v)
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	s, scan, now := fair(), in(lan, 1), at("2026-11-22 08:00")
	for b.Loop() {
		if v := Decide(s, scan, now); v.Group != registry.Admit {
			b.Fatal(v)
		}
	}
}
