package draw_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/draw"
)

// someList is a list of so many entries and booths.
func someList(entries, booths int) draw.List {
	l := draw.List{Head: draw.Head{ID: "0001", Turn: 1, Event: "nghia-ta", Title: "Phiên chợ đưa hàng Việt về Nghĩa Tá", Place: "hội trường UBND xã",
		LockedAt: "2026-12-15T08:45:00+07:00", Callers: 3}}
	for i := range entries {
		l.Entries = append(l.Entries, draw.Entry{ID: strconv.Itoa(i+1) + "/1", Name: fmt.Sprintf("HTX số %d", i+1)})
	}
	for i := range booths {
		l.Booths = append(l.Booths, fmt.Sprintf("A%02d", i+1))
	}
	return l
}

var secret = bytes.Repeat([]byte{7}, draw.SecretBytes)

func called(g draw.Log, numbers ...int) draw.Log {
	for i, n := range numbers {
		g.Calls = append(g.Calls, draw.Call{Name: "Người " + strconv.Itoa(i+1), Role: "chứng kiến", Number: n})
	}
	return g
}

func drawn(t *testing.T, l draw.List, numbers ...int) draw.Log {
	t.Helper()
	g, err := draw.Lock(l, secret)
	if err != nil {
		t.Fatal(err)
	}
	g = called(g, numbers...)
	if l.Source != "" {
		g.Source = "04213"
	}
	if g, err = g.Reveal(secret, "2026-12-15T09:02:00+07:00"); err != nil {
		t.Fatal(err)
	}
	return g
}

// TestVectorOfThePublishedExample: promise and seed of an example that was computed by another program.
func TestVectorOfThePublishedExample(t *testing.T) {
	raw, err := hex.DecodeString("d96e161ef41a89d7647573dee233575175491bf89675ecd5db499061388613bd")
	if err != nil {
		t.Fatal(err)
	}
	if got := draw.Commitment(raw); got != "73e347c93dd63133561ccd9dcee1465e0fd8ea66f1e6e5e506bddf27c6b47690" {
		t.Errorf("promise %s", got)
	}
	seed, err := draw.Seed(raw, "38393178e967c4b4a0ea39de8972e2d24f22e35373fbe00765b04bfddeee872b", []int{27, 405, 8}, "")
	if err != nil || seed != "67ba05fd3547eb9eb5d08fb8eb8dc13bea6721bbdee2ff02be6cf248134ce5d3" {
		t.Errorf("seed %s, %v", seed, err)
	}
}

// TestVectorsStay: a draw that was once held is computed the same for good.
func TestVectorsStay(t *testing.T) {
	for name, l := range map[string]draw.List{"even": someList(12, 12), "waiting": someList(7, 4), "spare": someList(3, 5)} {
		if name == "waiting" {
			l.Source, l.Callers = "giải đặc biệt xổ số miền Bắc 15/12/2026", 4
		}
		g := drawn(t, l, []int{27, 405, 8, 999}[:l.Callers]...)
		raw, err := g.Write()
		if err != nil {
			t.Fatal(err)
		}
		file := "testdata/" + name + ".json"
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(raw, want) {
			t.Errorf("%s: another log than the one that is kept (%v):\n%s", file, err, raw)
		}
		if again, err := draw.Read(raw); err != nil || !again.Verify().OK() {
			t.Errorf("%s: %v, %v", name, again.Verify(), err)
		}
	}
}

func TestEveryEntryIsDrawnOnce(t *testing.T) {
	for n := range 40 {
		for seed := range 25 {
			order, err := draw.Order(draw.CodeOf([]string{strconv.Itoa(seed)}), n)
			if err != nil {
				t.Fatal(err)
			}
			sorted := slices.Sorted(slices.Values(order))
			for i, at := range sorted {
				if i != at {
					t.Fatalf("%d entries, seed %d: %v is no permutation", n, seed, order)
				}
			}
		}
	}
}

// TestEveryPlaceIsAsLikely: over many seeds each entry comes to each place about as often (chi-squared of 25 cells
// below what one of a million even draws exceeds).
func TestEveryPlaceIsAsLikely(t *testing.T) {
	const n, rounds = 5, 20_000
	var seen [n][n]float64
	for r := range rounds {
		order, err := draw.Order(draw.CodeOf([]string{"r", strconv.Itoa(r)}), n)
		if err != nil {
			t.Fatal(err)
		}
		for place, entry := range order {
			seen[place][entry]++
		}
	}
	chi, want := 0.0, float64(rounds)/n
	for _, row := range seen {
		for _, got := range row {
			chi += math.Pow(got-want, 2) / want
		}
	}
	if chi > 58 {
		t.Errorf("chi-squared %.1f over 25 cells: %v", chi, seen)
	}
}

func TestLotsAndBoothsMayDiffer(t *testing.T) {
	for _, c := range []struct{ entries, booths, waiting, spare int }{{12, 12, 0, 0}, {7, 4, 3, 0}, {3, 5, 0, 2}, {1, 1, 0, 0}} {
		g := drawn(t, someList(c.entries, c.booths), 1, 2, 3)
		if len(g.Waiting) != c.waiting || len(g.Spare) != c.spare || len(g.Result) != min(c.entries, c.booths) {
			t.Errorf("%d entries, %d booths: %d drawn, %d wait, %d spare", c.entries, c.booths, len(g.Result), len(g.Waiting), len(g.Spare))
		}
	}
	for _, l := range []draw.List{someList(0, 3), someList(3, 0)} {
		if _, err := draw.Lock(l, secret); err == nil {
			t.Errorf("%d entries and %d booths are drawn", len(l.Entries), len(l.Booths))
		}
	}
}

func TestWhatIsNoDraw(t *testing.T) {
	locked, err := draw.Lock(someList(3, 3), secret)
	if err != nil {
		t.Fatal(err)
	}
	if r := locked.Verify(); r.Verdict != draw.Unended || r.Bad() != 0 || r.Findings[1].Fault != "not_opened" || !r.Findings[1].Waits {
		t.Errorf("a locked list: %v", r)
	}
	if _, err := called(locked, 1, 2, 3).Reveal(bytes.Repeat([]byte{8}, 32), ""); err == nil {
		t.Error("another secret is taken")
	}
	for what, change := range map[string]func(*draw.Log){
		"two numbers":           func(g *draw.Log) { g.Calls = g.Calls[:2] },
		"four numbers":          func(g *draw.Log) { g.Calls = append(g.Calls, draw.Call{Name: "X", Number: 1}) },
		"the same person twice": func(g *draw.Log) { g.Calls[1].Name = "  người   1" },
		"1000":                  func(g *draw.Log) { g.Calls[1].Number = 1000 },
		"nobody":                func(g *draw.Log) { g.Calls[1].Name = "" },
		"a source unannounced":  func(g *draw.Log) { g.Source = "12" },
		"a mend without reason": func(g *draw.Log) { g.Mends = []draw.Mend{{Call: 1, Part: "number", Was: "2", Now: "1"}} },
		"a mend of another": func(g *draw.Log) {
			g.Mends = []draw.Mend{{Call: 1, Part: "number", Was: "2", Now: "3", Reason: "nghe nhầm"}}
		},
		"a mend of nothing":    func(g *draw.Log) { g.Mends = []draw.Mend{{Call: 1, Part: "list", Was: "2", Now: "1", Reason: "x"}} },
		"no name after a mend": func(g *draw.Log) { g.Mends = []draw.Mend{{Call: 1, Part: "name", Was: "x", Now: "", Reason: "x"}} },
		"a mended source":      func(g *draw.Log) { g.Mends = []draw.Mend{{Call: 0, Part: "source", Was: "1", Now: "2", Reason: "x"}} },
		"a name that hides":    func(g *draw.Log) { g.Calls[1].Name = "A\u200bB" },
		"marks apart":          func(g *draw.Log) { g.Calls[1].Name = "A\u0301" },
	} {
		g := called(locked, 1, 2, 3)
		change(&g)
		if _, err := g.Reveal(secret, "2026-12-15T09:02:00+07:00"); err == nil {
			t.Errorf("%s: drawn", what)
		}
	}
	g := called(locked, 1, 2, 3)
	g.Mends = []draw.Mend{{Call: 3, Part: "number", Was: "8", Now: "5", Reason: "nghe nhầm"}, {Call: 3, Part: "number", Was: "5", Now: "3", Reason: "gõ nhầm"},
		{Call: 1, Part: "name", Was: "Ngươi 1", Now: "Người 1", Reason: "gõ nhầm"}, {Call: 2, Part: "role", Was: "", Now: "chứng kiến", Reason: "bỏ sót"}}
	if _, err := g.Reveal(secret, "2026-12-15T09:02:00+07:00"); err != nil {
		t.Errorf("mended numbers: %v", err)
	}
}

// TestEveryChangedByteIsRefused changes each byte of each value of a log, one at a time.
func TestEveryChangedByteIsRefused(t *testing.T) {
	l := someList(4, 3)
	l.Source = "xổ số"
	g := drawn(t, l, 27, 405, 8)
	g.Mends = []draw.Mend{{Call: 3, Part: "number", Was: "9", Now: "8", Reason: "gõ nhầm"}, {Call: 0, Part: "source", Was: "1", Now: "04213", Reason: "gõ nhầm"}}
	g, err := g.Reveal(secret, "2026-12-15T09:02:00+07:00")
	if err != nil {
		t.Fatal(err)
	}
	everyByte(t, g)
	stopped, err := called(lockedOf(t, l), 27, 405).Stop(secret, "mất điện", "2026-12-15T09:02:00+07:00")
	if err != nil || stopped.Verify().Verdict != draw.Stopped {
		t.Fatal(stopped.Verify(), err)
	}
	everyByte(t, stopped)
}

func lockedOf(t *testing.T, l draw.List) draw.Log {
	t.Helper()
	g, err := draw.Lock(l, secret)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// everyByte changes each byte of each value of a log, one at a time: all are refused.
func everyByte(t *testing.T, g draw.Log) {
	t.Helper()
	raw, err := g.Write()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for i, c := range raw {
		if strings.ContainsRune(" \n", rune(c)) && !inText(raw, i) {
			continue
		}
		for _, other := range []byte{c ^ 1, c ^ 0x20, '0', 'x'} {
			if other == c {
				continue
			}
			mutant := slices.Clone(raw)
			mutant[i] = other
			tried++
			if m, err := draw.Read(mutant); err == nil && m.Verify().Verdict != draw.Bad {
				t.Errorf("byte %d, %q made %q, passes: …%s…", i, c, other, mutant[max(i-20, 0):min(i+20, len(raw))])
			}
		}
	}
	if tried < 2000 {
		t.Errorf("only %d mutants", tried)
	}
}

// inText reports whether a byte of a JSON text stands within a string.
func inText(raw []byte, at int) bool {
	return bytes.Count(raw[:at], []byte{'"'})%2 == 1
}

func TestChangedLineIsNamed(t *testing.T) {
	g := drawn(t, someList(12, 12), 27, 405, 8)
	forged := g
	forged.List = slices.Clone(g.List)
	forged.List[14] = "entry 5/1 HTX Sơn Lam"
	r := forged.Verify()
	if r.OK() || r.Findings[0].Fault != "list_line" || r.Findings[0].Args[0] != 15 {
		t.Errorf("found %v, want line 15", r.Findings[0])
	}
	if d, ok := draw.Compare(g, forged); ok || d.Line != 15 || d.Was != "entry 5/1 HTX số 5" || d.Now != "entry 5/1 HTX Sơn Lam" {
		t.Errorf("compared: %+v", d)
	}
	// One who makes a whole new log is found by what was published.
	l := someList(12, 12)
	l.Entries[4].Name = "HTX Sơn Lam"
	other := drawn(t, l, 27, 405, 8)
	if d, ok := draw.Compare(g, other); !other.Verify().OK() || ok || d.Line != 15 {
		t.Errorf("a whole new log: %+v", d)
	}
	forged = g
	forged.Calls = slices.Clone(g.Calls)
	forged.Calls[0].Role = "khác"
	if d, ok := draw.Compare(g, forged); ok || d.Field != "calls" {
		t.Errorf("another witness: %+v", d)
	}
	if _, ok := draw.Compare(g, g); !ok {
		t.Error("a log differs from itself")
	}
}

func TestWhatIsNoLog(t *testing.T) {
	raw, err := drawn(t, someList(2, 2), 1, 2, 3).Write()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := draw.Read(append([]byte("\uFEFF"), raw...)); err != nil {
		t.Errorf("with a mark of the byte order: %v", err)
	}
	text := string(raw)
	for what, s := range map[string]string{
		"nothing": "", "a list": "[]", "a word": `"x"`, "cut": text[:len(text)-3], "more after it": text + "{}", "too long": text + strings.Repeat(" ", draw.MostBytes),
		"another name":   strings.Replace(text, `"source":`, `"Source":`, 1),
		"a name twice":   strings.Replace(text, `"source":`, `"source":"","source":`, 1),
		"a name missing": strings.Replace(text, " \"source\": \"\",\n", "", 1),
		"a strange name": strings.Replace(text, `"source":`, `"more":1,"source":`, 1),
		"null":           strings.Replace(text, `"source": ""`, `"source": null`, 1),
		"no text":        strings.Replace(text, `"source": ""`, `"source": []`, 1),
		"another way":    strings.ReplaceAll(text, draw.Format, "hoicho-draw-2"),
		"no UTF-8":       strings.Replace(text, "HTX", "HT\xff", 1),
	} {
		if _, err := draw.Read([]byte(s)); err == nil {
			t.Errorf("%s: read as a log", what)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"even", "waiting", "spare"} {
		raw, err := os.ReadFile("testdata/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		g, err := draw.Read(raw)
		if err != nil {
			return
		}
		if r := g.Verify(); r.Verdict != draw.Bad {
			again, err := g.Write()
			if err != nil || !json.Valid(again) {
				t.Fatalf("a log that passes is not written again: %v", err)
			}
			if h, err := draw.Read(again); err != nil || h.Verify().Verdict == draw.Bad {
				t.Errorf("written again it does not pass: %v", err)
			}
		}
	})
}

// TestEveryFaultIsListed: the sentences of all faults are handed to the page beforehand.
func TestEveryFaultIsListed(t *testing.T) {
	source, err := os.ReadFile("verify.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, part := range regexp.MustCompile(`(?:because\(|return )"([a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		fault := part[1]
		if found[fault] = true; !slices.Contains(draw.Faults, fault) {
			t.Errorf("%s is not in Faults", fault)
		}
	}
	if len(found) != len(draw.Faults) {
		t.Errorf("%d faults are found, %d are listed", len(found), len(draw.Faults))
	}
}

// TestAStoppedDrawTellsWhatItKnew: before the first number the secret stays closed; after it the secret is open, and with all
// numbers so is what would have come out. None of it is a result.
func TestAStoppedDrawTellsWhatItKnew(t *testing.T) {
	l := someList(4, 3)
	for _, numbers := range [][]int{{}, {27, 405}, {27, 405, 8}} {
		g, err := called(lockedOf(t, l), numbers...).Stop(secret, "mất điện", "2026-12-15T09:02:00+07:00")
		if err != nil {
			t.Fatal(err)
		}
		r := g.Verify()
		if r.Verdict != draw.Stopped || r.OK() || (g.Secret != "") != (len(numbers) > 0) || (g.Seed != "") != (len(numbers) == 3) || len(g.Result) != len(numbers)/3*3 {
			t.Errorf("%d numbers: %v of %+v", len(numbers), r, g)
		}
		if len(numbers) < 3 {
			continue
		}
		if would := drawn(t, l, numbers...); would.Seed != g.Seed || would.Result[0] != g.Result[0] {
			t.Error("it would have come out in another way")
		}
		g.Void = ""
		if g.Verify().Verdict != draw.Bad {
			t.Error("a stopped draw passes for a result once the word is taken out")
		}
	}
	g, err := called(lockedOf(t, l), 27).Stop(secret, "mất điện", "2026-12-15T09:02:00+07:00")
	if err != nil {
		t.Fatal(err)
	}
	g.Secret = strings.Repeat("0", 64)
	if g.Verify().Verdict != draw.Bad {
		t.Error("another secret than the promised one passes in a stopped draw")
	}
}

// TestADrawCanAlwaysBeStopped: also one whose log a fault has spoilt, which is opened by nobody and tells nothing of its seed.
func TestADrawCanAlwaysBeStopped(t *testing.T) {
	spoilt := called(lockedOf(t, someList(4, 3)), 27, 405, 8)
	spoilt.Calls[1].Name = "Nông \uFFFD Mai"
	_, err := spoilt.Reveal(secret, "2026-12-15T09:02:00+07:00")
	if err == nil || !strings.Contains(err.Error(), "numbers: call_form") {
		t.Errorf("opened: %v", err)
	}
	seed, _ := draw.Seed(secret, spoilt.ListCode, []int{27, 405, 8}, "")
	if err != nil && strings.Contains(err.Error(), seed[:8]) {
		t.Errorf("the error tells the seed: %v", err)
	}
	g, err := spoilt.Stop(secret, "tên bị hỏng", "2026-12-15T09:02:00+07:00")
	if err != nil || g.Void == "" || g.Secret == "" || g.Verify().Verdict != draw.Bad {
		t.Errorf("stopped: %v, %+v", err, g.Verify())
	}
}

// TestAStoppedDrawHidesNoSecret: once a number was called, a log of a stopped draw without its secret is refused.
func TestAStoppedDrawHidesNoSecret(t *testing.T) {
	locked := called(lockedOf(t, someList(4, 3)), 27)
	open, err := locked.Stop(secret, "mất điện", "2026-12-15T09:02:00+07:00")
	if err != nil || open.Verify().Verdict != draw.Stopped {
		t.Fatalf("%v, %v", err, open.Verify())
	}
	hides, err := lockedOf(t, someList(4, 3)).Stop(secret, "mất điện", "2026-12-15T09:02:00+07:00")
	if err != nil || hides.Verify().Verdict != draw.Stopped {
		t.Fatalf("before a number: %v, %v", err, hides.Verify())
	}
	hides.Calls = locked.Calls
	if r := hides.Verify(); r.Verdict != draw.Bad || r.Findings[1].Fault != "not_opened" || r.Findings[1].Waits {
		t.Errorf("%v", r)
	}
}

// TestEarlierStatesAreKnown: what was downloaded while numbers were called is an earlier state of the end, also where something
// was mended since; where anything else differs it is not.
func TestEarlierStatesAreKnown(t *testing.T) {
	l := someList(4, 3)
	l.Source = "xổ số"
	locked := lockedOf(t, l)
	one := called(locked, 72)
	all := called(locked, 27, 405, 8)
	all.Mends = []draw.Mend{{Call: 1, Part: draw.PartNumber, Was: "72", Now: "27", Reason: "nghe nhầm"}}
	source := all
	source.Source = "042"
	end := source
	end.Source, end.Mends = "04213", append(slices.Clip(all.Mends), draw.Mend{Part: draw.PartSource, Was: "042", Now: "04213", Reason: "thiếu số"})
	end, err := end.Reveal(secret, "2026-12-15T09:02:00+07:00")
	if err != nil {
		t.Fatal(err)
	}
	states := []draw.Log{locked, one, all, source, end}
	for i, g := range states {
		for j, earlier := range states {
			if same := g.Continues(earlier); same != (j <= i && earlier.EndedAt == "") {
				t.Errorf("state %d continues state %d: %v", i, j, same)
			}
		}
	}
	for what, change := range map[string]func(*draw.Log){
		"another list":    func(g *draw.Log) { g.List = slices.Clone(g.List); g.List[11] = "entry 1/1 HTX khác" },
		"another promise": func(g *draw.Log) { g.Commitment = strings.Repeat("0", 64) },
		"another number":  func(g *draw.Log) { g.Calls = slices.Clone(g.Calls); g.Calls[0].Number = 71 },
		"another caller":  func(g *draw.Log) { g.Calls = slices.Clone(g.Calls); g.Calls[0].Name = "Ai đó" },
		"other digits":    func(g *draw.Log) { g.Source = "043" },
	} {
		for i, g := range states[1:4] {
			if change(&g); end.Continues(g) {
				t.Errorf("%s in state %d passes", what, i+1)
			}
		}
	}
}

// TestTimesAreHeldTo: a log without the time of its end, or with one that is none or before the lock, is refused.
func TestTimesAreHeldTo(t *testing.T) {
	for _, at := range []string{"", "x", "2026-12-15T09:02:00Z", "2026-12-15T08:44:59+07:00", "2026-12-15T09:02:00+07:00\n", "2026-13-15T09:02:00+07:00"} {
		if _, err := called(lockedOf(t, someList(2, 2)), 1, 2, 3).Reveal(secret, at); err == nil {
			t.Errorf("opened at %q", at)
		}
	}
	l := someList(2, 2)
	if l.LockedAt = "2026-12-15"; true {
		if _, err := draw.Lock(l, secret); err == nil {
			t.Error("locked at no time")
		}
	}
}

// TestADrawAgainSaysWhy: the reason is a line of the list; a first draw has none.
func TestADrawAgainSaysWhy(t *testing.T) {
	l := someList(2, 2)
	l.Turn, l.Again = 2, "gian A02 không dựng được"
	if g := drawn(t, l, 1, 2, 3); g.List[9] != "again gian A02 không dựng được" || g.List[2] != "turn 2" {
		t.Errorf("list %q", g.List)
	}
	l.Turn = 1
	if _, err := draw.Lock(l, secret); err == nil {
		t.Error("a first draw is held again")
	}
}
