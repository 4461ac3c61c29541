package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/draw"
	"hoicho/internal/testkit"
)

// TestBrowserDrawVectors gives the logs of draws, and changed ones, to the check of the public page in Chromium and to
// that of Go: the two have to say the same of each, fault by fault.
func TestBrowserDrawVectors(t *testing.T) {
	script, err := bundle(filepath.Join("..", "..", "static", "src", "draw", "vectors.js"))
	if err != nil {
		t.Fatal(err)
	}
	var texts [][]byte
	for _, name := range []string{"even", "waiting", "spare"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "internal", "draw", "testdata", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, changedLogs(t, raw)...)
	}
	texts = append(texts, unfinishedLogs(t)...)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Allow("favicon.ico")
	b.Open(testkit.NewApp(t).Serve() + "/healthz")
	testkit.Get(b, chromedp.Evaluate[any](string(script)+";true"))
	passed, refused := 0, 0
	for part := range slices.Chunk(texts, 100) {
		for i, found := range drawsInBrowser(t, b, part) {
			want := drawInGo(part[i])
			if fmt.Sprint(found) != fmt.Sprint(want) {
				t.Errorf("the browser says %v, Go %v, of\n%s", found, want, part[i])
			}
			if len(want) > 0 && want[len(want)-1][1] != string(draw.Bad) {
				passed++
			} else {
				refused++
			}
		}
	}
	if passed < 3 || refused < 500 {
		t.Errorf("%d logs passed, %d did not: too few to compare", passed, refused)
	}
}

// changedLogs are a log, and what becomes of it when one byte is changed, or some part in ways that only a reader of
// JSON notices.
func changedLogs(t *testing.T, raw []byte) [][]byte {
	t.Helper()
	logs := [][]byte{raw, append([]byte("\uFEFF"), raw...)}
	for i := 0; i < len(raw); i += 7 {
		for _, other := range []byte{raw[i] ^ 1, 'x'} {
			changed := slices.Clone(raw)
			changed[i] = other
			logs = append(logs, changed)
		}
	}
	for _, change := range [][2]string{
		{`"source":`, `"source":"","source":`}, {`"source":`, `"Source":`}, {`"source":`, `"more":1,"source":`}, {`"number": 27`, `"number": 27.0`},
		{`"number": 27`, `"number": 2.7e1`}, {`"number": 27`, `"number": "27"`}, {`"number": 27`, `"number": -1`}, {`"number": 27`, `"number": 1000`},
		{`"name": "Người 1"`, `"name": ""`}, {`"name": "Người 1"`, `"name": "  NGƯỜI   2"`}, {`"name": "Người 1"`, `"name": "A\u0007"`},
		{`"name": "Người 1"`, `"name": "\ud800"`}, {`"name": "Người 1"`, `"name": "a.*(b"`}, {`"mends": []`, `"mends": null`},
		{`"mends": []`, `"mends": [{"call": 1, "part": "number", "was": "3", "now": "27", "reason": "nghe nhầm"}]`},
		{`"mends": []`, `"mends": [{"call": 1, "part": "number", "was": "3", "now": "4", "reason": "x"}]`},
		{`"mends": []`, `"mends": [{"call": 1, "part": "name", "was": "x", "now": "Người 1", "reason": "x"}]`},
		{`"mends": []`, `"mends": [{"call": 1, "part": "toString", "was": "x", "now": "y", "reason": "x"}]`},
		{`"mends": []`, `"mends": [{"call": 0, "part": "source", "was": "1", "now": "04213", "reason": "x"}]`},
		{`"mends": []`, `"mends": [{"call": 9, "part": "number", "was": "3", "now": "4", "reason": "x"}]`},
		{`"name": "Người 1"`, `"name": "A\u200bB"`}, {`"name": "Người 1"`, `"name": "A\u0301"`}, {"T09:02:00+07:00", "T08:02:00+07:00"}, {"T09:02:00+07:00", ""},
		{"turn 1", "turn 0"}, {"turn 1", "turn 01"}, {`"void": ""`, `"void": "mất điện"`}, {"again ", "again x"}, {"callers 3", "callers 03"}, {`"source": "`, `"source": "1`}, {`"spare": [`, `"spare": ["Z9",`},
		{`"spare": []`, `"spare": ["Z9"]`}, {`"waiting": []`, `"waiting": [{"booth": "", "entry": "1/1", "name": "x"}]`}, {"hoicho-draw-1", "hoicho-draw-2"},
	} {
		logs = append(logs, []byte(strings.Replace(string(raw), change[0], change[1], 1)))
	}
	return logs
}

// drawsInBrowser are the faults that the browser finds in logs.
func drawsInBrowser(t *testing.T, b *testkit.Browser, logs [][]byte) (found [][][]string) {
	t.Helper()
	packed := make([]string, len(logs))
	for i, raw := range logs {
		packed[i] = base64.StdEncoding.EncodeToString(raw)
	}
	ask, err := json.Marshal(packed)
	testkit.Works(t, err)
	said := testkit.Get(b, chromedp.Evaluate[string]("drawVectors("+string(ask)+")", chromedp.EvalAwaitPromise))
	testkit.Works(t, json.Unmarshal([]byte(said), &found))
	return found
}

// drawInGo are those that Go finds.
func drawInGo(raw []byte) (found [][]string) {
	g, err := draw.Read(raw)
	if err != nil {
		return nil
	}
	r := g.Verify()
	for _, f := range r.Findings {
		said := []string{string(f.Check), f.Fault}
		for _, a := range f.Args {
			said = append(said, fmt.Sprint(a))
		}
		found = append(found, said)
	}
	return append(found, []string{"verdict", string(r.Verdict)})
}

// unfinishedLogs are those of draws that are under way or were stopped, and changed ones.
func unfinishedLogs(t *testing.T) (all [][]byte) {
	t.Helper()
	secret := make([]byte, draw.SecretBytes)
	l := draw.List{Head: draw.Head{ID: "0002", Turn: 2, Event: "x", Title: "x", LockedAt: "2026-12-15T08:45:00+07:00", Callers: 3, Source: "xổ số", Again: "vì lẽ"},
		Entries: []draw.Entry{{ID: "1/1", Name: "A"}, {ID: "2/1", Name: "B"}}, Booths: []string{"A1"}}
	put := func(g draw.Log, err error) {
		testkit.Works(t, err)
		raw, err := g.Write()
		testkit.Works(t, err)
		all = append(all, raw)
		for i := 0; i < len(raw); i += 11 {
			changed := slices.Clone(raw)
			changed[i] ^= 1
			all = append(all, changed)
		}
	}
	g, err := draw.Lock(l, secret)
	for n := range 4 {
		put(g, err)
		put(g.Stop(secret, "mất điện", "2026-12-15T09:00:00+07:00"))
		g.Calls = append(g.Calls, draw.Call{Name: "Người " + string(rune('A'+n)), Number: n})
		if g.Source = ""; n == 2 {
			g.Source = "04213"
		}
	}
	return all
}
