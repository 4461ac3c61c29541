package data

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
)

// papersState is the day as of which the table of papers was last gone through.
// Whoever goes through it again moves the day, and this test says which texts cite
// what has ended since.
const papersState = "2026-11-29"

// citation is a paper by its whole number, whoever issued it: 81/2018/NĐ-CP,
// 91/2025/QH15, 148/QĐ-TTg, 264-TB/TW.
var citation = regexp.MustCompile(`\b(?:[0-9]+(?:\.[0-9]+)?/(?:[0-9]{4}/)?(?:QH[0-9]+|[A-ZĐ]{2,}-[A-ZĐ][A-Za-zĐ0-9]*)|[0-9]+-[A-ZĐ]{2}/(?:TW|VPTW))`)

// local is a paper of a provincial office or committee. These are not of the table: their numbers
// come again everywhere, and people type them into forms.
var local = regexp.MustCompile(`/(?:[A-ZĐ]+-(?:UBND|SCT|XTTM|BCĐ)|(?:SCT|UBND|NNPTNT)-[A-Z]+|BB-T?KT)$`)

// torn is a decree, circular or law cited by half its number, which nobody can look
// up in the table.
var torn = regexp.MustCompile(`\b(?:NĐ|TT|QĐ|Nghị định|Thông tư|Decree|Luật|Law) [0-9]+/[0-9]{4}\b(?:[^/]|$)`)

// ofThePast names the places that cite an ended paper, each with the day that they
// speak of, on which it was in force.
var ofThePast = map[string]map[string]string{
	"internal/registry/ocop.go": {"1048/QĐ-TTg": "2019-08-20", "148/QĐ-TTg": "2023-02-24"},
	"internal/registry/law_test.go": {"43/2017/NĐ-CP": "2026-01-22", "1048/QĐ-TTg": "2019-08-20",
		"148/QĐ-TTg": "2023-02-24"},
	"data/checklists.csv":                    {"43/2017/NĐ-CP": "2020-06-01", "1048/QĐ-TTg": "2020-06-01", "148/QĐ-TTg": "2024-06-01"},
	"internal/demo/campaign.go":              {"634/QĐ-TTg": "2020-12-31"}, // the plan of 2020
	"internal/demo/testdata/source_plan.csv": {"634/QĐ-TTg": "2020-12-31"},
	"internal/demo/testdata/source_plan.md":  {"634/QĐ-TTg": "2020-12-31"},
}

// madeUp are numbers that tests type into forms, and the one that they give a plan.
var madeUp = []string{"1418/QĐ-BNN", "12/KH-BCĐ"}

func papers(t *testing.T) registry.LawPapers {
	t.Helper()
	table, err := registry.ParseLawPapers(bytes.NewReader(Papers))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestPapersTable(t *testing.T) {
	t.Parallel()
	table := papers(t)
	if n := len(table.Papers()); n != 70 {
		t.Errorf("%d papers, want 70", n)
	}
	ended := 0
	for _, p := range table.Papers() {
		if p.Ended(papersState) {
			ended++
		}
		if p.Number != citation.FindString(p.Number) && !strings.HasPrefix(p.Number, "5115/UBND") {
			t.Errorf("nobody would see that a text cites %s", p.Number)
		}
	}
	if ended != 17 {
		t.Errorf("%d papers had ended by %s, want 17", ended, papersState)
	}
}

// TestCitedPapersAreInForce reads every source and text of the product: what it
// cites must be in the table, by its whole number, and in force on the day that it
// speaks of.
func TestCitedPapersAreInForce(t *testing.T) {
	t.Parallel()
	table, cited, read := papers(t), map[string]bool{}, 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && (d.Name() == ".git" || path == filepath.Join("..", "data", "local")) {
				return fs.SkipDir
			}
			return err
		}
		if name := filepath.Base(path); name == "papers_test.go" || name == "papers.csv" {
			return nil
		}
		text, err := os.ReadFile(path)
		if !utf8.Valid(text) || bytes.HasPrefix(text, []byte("SQLite format")) {
			return err
		}
		read++
		at := filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))
		for _, fault := range citationFaults(table, at, string(text)) {
			t.Error(fault)
		}
		for _, number := range citation.FindAllString(string(text), -1) {
			cited[at+" "+number] = true
		}
		return err
	})
	if err != nil || read < 500 {
		t.Errorf("read %d files, %v", read, err)
	}
	for path, numbers := range ofThePast {
		for number, day := range numbers {
			if p, _ := table.Paper(number); !cited[path+" "+number] || !inForce(p, day) || !p.Ended(papersState) {
				t.Errorf("ofThePast: %s need not, or may not, cite %s as of %s", path, number, day)
			}
		}
	}
}

// inForce reports whether a paper was in force on a day, as far as its days are known.
func inForce(p registry.LawPaper, day string) bool { return p.From <= day && !p.Ended(day) }

// citationFaults finds what a file cites wrongly, by its lines.
func citationFaults(table registry.LawPapers, path, text string) (faults []string) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Sprintf("%s:%d: %s", path, n, fmt.Sprintf(format, args...)))
		}
		for _, number := range citation.FindAllString(line, -1) {
			p, known := table.Paper(number)
			_, past := ofThePast[path][number]
			switch {
			case local.MatchString(number) || past:
			case !known && strings.HasSuffix(path, "_test.go") && slices.Contains(madeUp, number):
			case !known && !strings.HasPrefix(path, "data/units/"):
				fault("%s is not in data/papers.csv: read it and add its row", number)
			case p.Ended(papersState):
				fault("%s ended on %s: cite %s, or say in ofThePast of which day this speaks", number, p.To, p.ReplacedBy)
			case p.From > papersState:
				fault("%s is in force only from %s", number, p.From)
			}
		}
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, half := range torn.FindAllString(line, -1) {
			fault("%q is half a number, which nobody finds in data/papers.csv", half)
		}
	}
	return faults
}

// An ended paper, an unknown one and half a number are seen, by line; a paper of the
// past where it may stand is not.
func TestCitationCheckSees(t *testing.T) {
	t.Parallel()
	table := papers(t)
	for _, c := range []struct{ path, text, want string }{
		{"a.go", "Nghị định 37/2026/NĐ-CP, Điều 98", ""},
		{"a.go", "x\nNghị định 43/2017/NĐ-CP", "a.go:2: 43/2017/NĐ-CP ended on 2026-01-22: cite 37/2026/NĐ-CP"},
		{"a.go", "148/NQ-CP, Quyết định 148/QĐ-TTg", "a.go:1: 148/QĐ-TTg ended"},
		{"internal/registry/ocop.go", "148/QĐ-TTg", ""},
		{"a.json", "9999/2026/NĐ-CP", "9999/2026/NĐ-CP is not in data/papers.csv"},
		{"a.html", "35-CT/TW", "35-CT/TW is not in"},
		{"a.go", "12/2031/TT-BNV", "12/2031/TT-BNV is not in"},
		{"a.go", "Luật 35/2031/QH16", "35/2031/QH16 is not in"},
		{"a.go", "NĐ 81/2018, Điều 29", `"NĐ 81/2018," is half a number`},
		{"a_test.go", "NĐ 81/2018, Điều 29; 1418/QĐ-BNN", ""},
		{"a.go", "1418/QĐ-BNN", "1418/QĐ-BNN is not in"},
		{"a.go", "TT 39/2025/TT-BCT, 112/KH-UBND, 15/BC-XTTM, 148/QĐ-UBND, 1502/SCT-QLTM", ""},
	} {
		got := strings.Join(citationFaults(table, c.path, c.text), "\n")
		if !strings.Contains(got, c.want) || (got == "") != (c.want == "") || strings.Contains(got, "\n") {
			t.Errorf("%s %q gives %q, want %q", c.path, c.text, got, c.want)
		}
	}
}

// datedRule is a rule that holds from a day on until the next of its kind.
type datedRule struct {
	from    string
	numbers []string // of the papers that it stands in
}

func datedRules() map[string][]datedRule {
	all := map[string][]datedRule{}
	for _, r := range registry.OCOPRules {
		all["OCOP"] = append(all["OCOP"], datedRule{r.From, r.Law().Numbers})
	}
	for _, r := range registry.PromotionRules {
		all["promotion"] = append(all["promotion"], datedRule{r.From, r.Law.Numbers})
	}
	for _, r := range registry.FilingRules {
		all["filing"] = append(all["filing"], datedRule{r.From, citation.FindAllString(r.Basis, -1)})
	}
	for kind, rules := range personal.DefaultKeepRules() {
		for _, r := range rules {
			if r.Basis == "" {
				continue // our default, which no paper orders
			}
			all["keeping of "+string(kind)] = append(all["keeping of "+string(kind)], datedRule{r.From, citation.FindAllString(r.Basis, -1)})
		}
	}
	return all
}

// A dated rule stands in papers that are in force on its first day and its last.
func TestDatedRulesCitePapersOfTheirDays(t *testing.T) {
	t.Parallel()
	table := papers(t)
	for kind, rules := range datedRules() {
		for i, r := range rules {
			last := papersState
			if i+1 < len(rules) {
				last = dayBefore(t, rules[i+1].from)
			}
			if len(r.numbers) == 0 {
				t.Errorf("the %s rule of %s cites nothing", kind, r.from)
			}
			for _, number := range r.numbers {
				if p, known := table.Paper(number); !known || !inForce(p, r.from) || !inForce(p, last) {
					t.Errorf("the %s rule of %s to %s cites %s, in force from %q to %q", kind, r.from, last, number, p.From, p.To)
				}
			}
		}
	}
}

func dayBefore(t *testing.T, day string) string {
	t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDate(0, 0, -1).Format(time.DateOnly)
}
