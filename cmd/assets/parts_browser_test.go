package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// parts are the scripts of testdata, each with the page that it runs on and the call
// that runs its cases over parts of the browser's code and promises a list of what
// went wrong.
var parts = []struct {
	script, page string
	call         func(*testing.T) string
}{
	{"store.js", "/healthz", func(*testing.T) string { return "gateStore()" }},
	{"wedge.js", "/healthz", func(*testing.T) string { return "gateWedge()" }},
	{"signs.js", "/cong", func(t *testing.T) string { return "gateSigns(" + inJSON(t, registry.VerdictCodes) + ")" }},
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestBrowserParts runs parts of the browser's code by themselves, in one browser.
func TestBrowserParts(t *testing.T) {
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Allow("favicon.ico")
	base := testkit.NewApp(t).Serve()
	for _, part := range parts {
		t.Run(part.script, func(t *testing.T) {
			script, err := bundle(filepath.Join("testdata", part.script))
			if err != nil {
				t.Fatal(err)
			}
			b.Open(base + part.page)
			testkit.Get(b, chromedp.Evaluate[any](string(script)+";true"))
			for _, fault := range faultsOf(t, b, part.call(t)) {
				t.Error(fault)
			}
			b.Screenshot("part-" + part.script)
		})
	}
}

// faultsOf runs a call in the page.
func faultsOf(t *testing.T, b *testkit.Browser, call string) (faults []string) {
	t.Helper()
	found := testkit.Get(b, chromedp.Evaluate[string](call+".then((f) => JSON.stringify(f))", chromedp.EvalAwaitPromise))
	if err := json.Unmarshal([]byte(found), &faults); err != nil {
		t.Fatalf("%s: %v", found, err)
	}
	return faults
}
