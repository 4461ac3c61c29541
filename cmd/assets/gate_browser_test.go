package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/testkit"
)

// TestBrowserGateVectors runs the cases of gate.Decide with the rules of the gate
// app in Chromium: a rule that one side lacks or changes alone fails here.
func TestBrowserGateVectors(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "internal", "gate", "testdata", "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := bundle(filepath.Join("..", "..", "static", "src", "gate", "vectors.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Allow("favicon.ico")
	b.Open(testkit.NewApp(t).Serve() + "/healthz")
	if faults := runVectors(b, rules, raw); len(faults) > 0 {
		t.Errorf("%d cases differ:\n%s", len(faults), strings.Join(faults, "\n"))
	}
	if bent := strings.ReplaceAll(string(raw), `"max_inside": 4`, `"max_inside": 3`); len(runVectors(b, rules, []byte(bent))) == 0 {
		t.Error("control: another limit was not noticed")
	}
}

// runVectors returns what the browser found to differ.
func runVectors(b *testkit.Browser, rules, cases []byte) []string {
	testkit.Get(b, chromedp.Evaluate[any](string(rules)+";true"))
	found := testkit.Get(b, chromedp.Evaluate[string]("gateVectors("+string(cases)+").then((f) => JSON.stringify(f))", chromedp.EvalAwaitPromise))
	var faults []string
	if err := json.Unmarshal([]byte(found), &faults); err != nil {
		return []string{found}
	}
	return faults
}
