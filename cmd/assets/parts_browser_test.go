package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	_ "hoicho/internal/testkit/site"
	"hoicho/internal/vn"
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
	{"money.js", "/healthz", func(t *testing.T) string { return "typedMoney(" + inJSON(t, moneyCases(t)) + ")" }},
	{"date.js", "/healthz", func(t *testing.T) string { return "typedDates(" + inJSON(t, dateCases(t)) + ")" }},
}

// typedCase is a text and what its field shows once it is left; empty: the text, and
// a word of what is wrong.
type typedCase struct {
	Typed string `json:"typed"`
	Shown string `json:"shown"`
}

// moneyCases are what people type and every way to put figures, marks and words of
// size together, as the server reads them.
func moneyCases(t *testing.T) (cases []typedCase) {
	t.Helper()
	add := func(text string) {
		c := typedCase{Typed: text}
		if amount, err := vn.ParseDong(text); err == nil {
			c.Shown = vn.Count(amount)
		}
		cases = append(cases, c)
	}
	for _, row := range table(t, "money.csv") {
		add(row[0])
	}
	for _, number := range []string{"5", "45", "007", "0", "1,5", "1.5", "1.50", "0,25", "1.500", "1,500", "1.500.000", "1,500,000", "1 500 000", "1500000.00", "1500000,0",
		"1.500.000,00", "1,500,000.00", "1.500.000.00", "1.5.0", "1.25.000", "12.5", ".5", "5.", "-5", "−5", "+5", "1e6", "1_000", "9223372036854775808", "1,2345"} {
		for _, unit := range []string{"", "k", " nghìn", "tr", " triệu", " trieu", "TR", " tỷ", "đ", " VND", "x"} {
			for _, tail := range []string{"", "2", "25", "250", "50", "05", " 200k", " 200 nghìn", "k", ".", " đ", "tr", " 2 3"} {
				add(number + unit + tail)
			}
		}
	}
	return cases
}

// dateCase is a date as typed, and as the server reads it on a day.
type dateCase struct {
	typedCase
	Past  bool   `json:"past"`
	Today string `json:"today"`
}

// dateCases are what people type and many other ways to write days, on several days.
func dateCases(t *testing.T) (cases []dateCase) {
	t.Helper()
	add := func(text string, past bool, today string) {
		parse := vn.ParseDate
		if past {
			parse = vn.ParsePastDate
		}
		date, err := parse(text, today)
		if err != nil {
			date = ""
		}
		cases = append(cases, dateCase{typedCase{text, vn.ShowDate(date)}, past, today})
	}
	for _, row := range table(t, "dates.csv") {
		add(row[0], row[1] == "past", row[2])
	}
	for _, today := range []string{"2026-11-29", "2028-02-29", "2026-12-31", "2027-01-01", "2100-06-01"} {
		for _, text := range []string{"5/2", "05.02", "5-2", "29/11", "30/11", "29/2", "31/12", "1/1", "31/4", "0/1", "1/13", "1/12/26", "29/02/2028", "29/02/2027", "2026-11-22", "2026/11/022",
			"22 / 11 / 2026", "22/11/0026", "22/11/1899", "22/11/2101", "22", "22/11/2026/1", "-1/2/2026", "/"} {
			add(text, true, today)
			add(text, false, today)
		}
	}
	return cases
}

// table is the rows of a file of cases that the server's tests read too.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "internal", "vn", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
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
