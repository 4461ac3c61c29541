package data

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// papersState is the day as of which the table of papers was last gone through.
// Whoever goes through it again moves the day, and this test says which texts cite
// what has ended since.
const papersState = "2026-11-29"

// citation is a paper with its whole number, as the table has it. Decisions of
// provinces (QĐ-UBND) are not of the table: their numbers come again everywhere.
var citation = regexp.MustCompile(`\b[0-9]+(?:\.[0-9]+)?/(?:[0-9]{4}/)?(?:QH[0-9]+|NĐ-CP|NQ-CP|NQ-UBTVQH[0-9]+|TT-[A-ZĐ]+|QĐ-TTg|QĐ-BCT|CT-TTg|CĐ-TTg)`)

// torn is a decree, circular or law cited by half its number, which nobody can look
// up in the table.
var torn = regexp.MustCompile(`\b(?:NĐ|TT|QĐ|Nghị định|Thông tư|Decree|Luật|Law) [0-9]+/[0-9]{4}\b(?:[^/]|$)`)

// ofThePast names the places that cite an ended paper because they speak of its time.
var ofThePast = map[string][]string{
	"internal/registry/ocop.go":     {"1048/QĐ-TTg", "148/QĐ-TTg"}, // the criteria of their years
	"internal/registry/law_test.go": {"43/2017/NĐ-CP", "1048/QĐ-TTg", "148/QĐ-TTg"},
	"internal/registry/law.go":      {"148/QĐ-TTg"}, // an example of a number
}

type paper struct{ to string }

func papers(t *testing.T) map[string]paper {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(Papers)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]paper{}
	for _, row := range rows[1:] {
		if _, twice := table[row[0]]; twice {
			t.Errorf("%s stands twice", row[0])
		}
		table[row[0]] = paper{row[6]}
	}
	return table
}

func TestPapersTable(t *testing.T) {
	t.Parallel()
	table := papers(t)
	if len(table) != 70 {
		t.Errorf("%d papers, want 70", len(table))
	}
	ended := 0
	for _, p := range table {
		if p.to != "" && p.to < papersState {
			ended++
		}
	}
	if ended != 17 {
		t.Errorf("%d papers had ended by %s, want 17", ended, papersState)
	}
}

// TestCitedPapersAreInForce reads every source and text of the product: what it
// cites must be in the table, by its whole number, and in force.
func TestCitedPapersAreInForce(t *testing.T) {
	t.Parallel()
	table := papers(t)
	read := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && (d.Name() == ".git" || path == filepath.Join("..", "data", "local")) {
				return fs.SkipDir
			}
			return err
		}
		if !slices.Contains([]string{".go", ".json", ".html", ".md", ".yaml", ".js", ".sql"}, filepath.Ext(path)) || filepath.Base(path) == "papers_test.go" {
			return nil
		}
		text, err := os.ReadFile(path)
		read++
		checkCitations(t, table, filepath.ToSlash(strings.TrimPrefix(path, "../")), string(text))
		return err
	})
	if err != nil || read < 500 {
		t.Errorf("read %d files, %v", read, err)
	}
}

func checkCitations(t *testing.T, table map[string]paper, path, text string) {
	t.Helper()
	for _, number := range citation.FindAllString(text, -1) {
		p, known := table[number]
		switch {
		case !known && !strings.HasPrefix(path, "data/units/"):
			t.Errorf("%s cites %s, which is not in papers.csv", path, number)
		case p.to != "" && p.to < papersState && !slices.Contains(ofThePast[path], number):
			t.Errorf("%s cites %s, which ended on %s", path, number, p.to)
		}
	}
	if strings.HasSuffix(path, "_test.go") {
		return
	}
	for _, half := range torn.FindAllString(text, -1) {
		t.Errorf("%s cites %q by half its number", path, half)
	}
}

// An ended paper, an unknown one and half a number are seen; a paper of the past
// where it may stand is not.
func TestCitationCheckSees(t *testing.T) {
	t.Parallel()
	table := papers(t)
	for text, want := range map[string]int{
		"Nghị định 43/2017/NĐ-CP": 1, "Nghị định 37/2026/NĐ-CP, Điều 98": 0, "Quyết định 148/QĐ-TTg; 148/NQ-CP": 1,
		"9999/2026/NĐ-CP": 1, "NĐ 81/2018, Điều 29": 1, "TT 39/2025/TT-BCT": 0, "Quyết định 148/QĐ-UBND": 0,
	} {
		n := 0
		for _, number := range citation.FindAllString(text, -1) {
			if p, ok := table[number]; !ok || p.to != "" && p.to < papersState {
				n++
			}
		}
		if n += len(torn.FindAllString(text, -1)); n != want {
			t.Errorf("%q: %d faults, want %d", text, n, want)
		}
	}
}
