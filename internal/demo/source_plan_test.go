package demo_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

var update = flag.Bool("update", false, "write testdata/source_plan.md anew")

// planRows are S01 to S30, into which the phrases of the plan are divided that the
// product serves.
const planRows = 30

// planLine is a phrase of the source plan, where it is kept and who sees it.
type planLine struct {
	row, phrase, page, who, shows, table, where string
	paper                                       string // heading of the year's paper that sums it up
}

// later marks a phrase that the product does not serve yet.
const later = "later"

func readSourcePlan(t *testing.T) (lines []planLine) {
	t.Helper()
	text, err := os.ReadFile("testdata/source_plan.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		lines = append(lines, planLine{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]})
	}
	return lines
}

// sourcePlan follows every phrase of the source plan to a record of the demo, and from
// it to the page that shows it to those who may see it, and to nobody else. The table
// is written down in testdata/source_plan.md.
func (d filled) sourcePlan(t *testing.T) {
	var table strings.Builder
	table.WriteString("| row | phrase | page | who | record | paper of the year |\n|---|---|---|---|---|---|\n")
	seen, paper := map[string]bool{}, d.paperOf2020(t)
	for _, line := range readSourcePlan(t) {
		seen[line.row] = true
		if !strings.Contains(paper, line.paper) {
			t.Errorf("%s: the paper of 2020 lacks %q", line.row, line.paper)
		}
		t.Run(line.row+" "+line.phrase, func(t *testing.T) { d.follow(t, line) })
		page, record := "`"+line.page+"`", "`"+line.table+"` "+line.where
		if line.who == later {
			page, record = "", ""
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %s | %s | %s |\n", line.row, line.phrase, page, line.who, record, line.paper)
	}
	for n := range planRows {
		if row := fmt.Sprintf("S%02d", n+1); !seen[row] {
			t.Errorf("%s has no line in testdata/source_plan.csv", row)
		}
	}
	const golden = "testdata/source_plan.md"
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(golden); err != nil || string(got) != table.String() {
		t.Errorf("%s does not say what the test found (%v): go test ./internal/demo -update", golden, err)
	}
}

// paperOf2020 is what the committee of Bắc Kạn reported of the year: final, since its period is
// locked.
func (d filled) paperOf2020(t *testing.T) string {
	_, token := d.k.Officer(registry.Viewer, "19")
	c := testkit.NewClient(t, d.c.Base)
	c.SignInAs(token)
	page := testkit.Page(t, c.Get("/quan-ly/bao-cao/van-ban/2020-year?tinh=2025-before:06").Body)
	if text := page.In("article.a4").Text(); !strings.Contains(strings.ToUpper(text), "DỰ THẢO") {
		return text
	}
	t.Error("the paper of 2020 is a draft still")
	return ""
}

// follow goes from the record of a phrase to its page.
func (d filled) follow(t *testing.T, line planLine) {
	if line.who == later {
		return
	}
	address, ok := d.addressOf(t, line)
	if !ok {
		return
	}
	stranger := testkit.NewClient(t, d.c.Base)
	got := stranger.Get(address)
	if line.who != "public" {
		if got.Status == http.StatusOK {
			t.Errorf("a stranger opens %s", address)
		}
		_, token := d.k.Officer(registry.Role(line.who), "19")
		c := testkit.NewClient(t, d.c.Base)
		c.SignInAs(token)
		got = c.Get(address)
	}
	main := testkit.Page(t, got.Body).Find("main").Text()
	if got.Status != http.StatusOK || !strings.Contains(strings.ToLower(main), strings.ToLower(line.shows)) {
		t.Errorf("%s as %s: %d, without %q:\n%.400s", address, line.who, got.Status, line.shows, main)
	}
}

var columnInPage = regexp.MustCompile(`\{([a-z_]+)\}`)

// addressOf puts the first record of a line into the address of its page; false if the
// demo has no such record.
func (d filled) addressOf(t *testing.T, line planLine) (string, bool) {
	column := "*"
	if at := columnInPage.FindStringSubmatch(line.page); at != nil {
		column = at[1]
	}
	rows := d.k.Look("SELECT " + column + " FROM " + line.table + " WHERE " + line.where + " LIMIT 1")
	if len(rows) == 0 {
		t.Errorf("the demo has no row of %s where %s", line.table, line.where)
		return "", false
	}
	return columnInPage.ReplaceAllString(line.page, fmt.Sprint(rows[0][0])), true
}
