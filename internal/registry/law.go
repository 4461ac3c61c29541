package registry

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// LawPaper is a law, decree, circular or other paper that the product cites (văn
// bản). Papers end and are replaced, so they are dated rows of a table.
type LawPaper struct {
	Number     string // whole: numbers begin anew for each issuer and kind
	Kind       string // luat, nghi-dinh, …
	Title      string // empty where it was not read
	From       string // in force from, YYYY-MM-DD or a part of it; empty: not known
	To         string // last day in force; empty: no end is known
	ReplacedBy string // number, may be empty
	Confidence string // H, M, L, or U for what was not verified
}

// Ended reports whether the paper is out of force on a day.
func (p LawPaper) Ended(day string) bool { return p.To != "" && p.To < day }

// Unverified reports whether nobody has read the paper: it is shown as such.
func (p LawPaper) Unverified() bool { return p.Confidence == "U" }

// lawKinds are the names of the kinds of paper, as they stand before the number.
var lawKinds = map[string]string{
	"luat": "Luật", "nghi-dinh": "Nghị định", "thong-tu": "Thông tư", "quyet-dinh": "Quyết định", "nghi-quyet": "Nghị quyết",
	"chi-thi": "Chỉ thị", "cong-van": "Công văn", "cong-dien": "Công điện", "ke-hoach": "Kế hoạch", "ket-luan": "Kết luận",
	"thong-bao": "Thông báo", "huong-dan": "Hướng dẫn",
}

// Name is the paper as it is cited: "Nghị định 81/2018/NĐ-CP".
func (p LawPaper) Name() string { return strings.TrimSpace(lawKinds[p.Kind] + " " + p.Number) }

// LawPapers is the dated table of papers.
type LawPapers struct {
	rows []LawPaper
	at   map[string]int
}

// ParseLawPapers reads the table (package data, papers.csv). A number that stands
// twice is an error.
func ParseLawPapers(table io.Reader) (LawPapers, error) {
	t := LawPapers{at: map[string]int{}}
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil || len(rows) == 0 {
		return t, fmt.Errorf("table of papers: %w", err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		cell := func(name string) string { return row[column[name]] }
		p := LawPaper{Number: cell("number"), Kind: cell("kind"), Title: cell("title_vi"), From: cell("in_force_from"), To: cell("in_force_to"),
			ReplacedBy: cell("replaced_by"), Confidence: cell("confidence")}
		if _, twice := t.at[p.Number]; twice {
			return t, fmt.Errorf("table of papers: %s stands twice", p.Number)
		}
		t.at[p.Number] = len(t.rows)
		t.rows = append(t.rows, p)
	}
	return t, nil
}

// Paper returns a paper by its whole number.
func (t LawPapers) Paper(number string) (LawPaper, bool) {
	i, ok := t.at[number]
	if !ok {
		return LawPaper{Number: number}, false
	}
	return t.rows[i], true
}

// Papers lists the table in its order.
func (t LawPapers) Papers() []LawPaper { return t.rows }

// Citation is a place in papers of the table.
type Citation struct {
	Numbers  []string
	Place    string // "Điều 29.10", of the first; may be empty
	Doubtful bool   // that the rule still stands there was not verified
}

// Cite names a place in a paper, as rules hold it.
func Cite(place string, numbers ...string) Citation {
	return Citation{Numbers: numbers, Place: place}
}

// Doubted is the citation of a rule of which nobody has verified that it still
// stands there.
func (c Citation) Doubted() Citation {
	c.Doubtful = true
	return c
}

// String is the citation by its numbers alone, for logs and for doors that have no table
// of papers: "81/2018/NĐ-CP, Điều 5".
func (c Citation) String() string {
	text := strings.Join(c.Numbers, "; ")
	if c.Place != "" {
		text += ", " + c.Place
	}
	return text
}

// Unverified reports whether a citation is to be shown as not verified: the rule is
// doubtful, or nobody has read one of its papers.
func (t LawPapers) Unverified(c Citation) bool {
	return c.Doubtful || slices.ContainsFunc(c.Numbers, func(number string) bool {
		p, ok := t.Paper(number)
		return !ok || p.Unverified()
	})
}

// Cited writes a citation as people read it: "Nghị định 37/2026/NĐ-CP, Điều 35.2e".
func (t LawPapers) Cited(c Citation) string {
	names := make([]string, len(c.Numbers))
	for i, number := range c.Numbers {
		p, _ := t.Paper(number)
		names[i] = p.Name()
		if i == 0 && c.Place != "" {
			names[i] += ", " + c.Place
		}
	}
	return strings.Join(names, "; ")
}
