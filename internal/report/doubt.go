package report

import (
	"fmt"
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Usual figures of a market session, from published results (Thái Nguyên 2017, BSA
// 2009-2010): what lies outside is asked about, never refused.
const (
	fewVisits, manyVisits = 1_000, 20_000
	fewDong, manyDong     = 100_000_000, 1_000_000_000
	dongPerVisit          = 500_000
)

// Doubt is a figure that does not look right. Args fill the text report.doubt.<Text>.
type Doubt struct {
	Key  Key // the figure it concerns
	Text string
	Args []any
}

// Say is the doubt in a language.
func (d Doubt) Say(lang string) string { return i18n.T(lang, "report.doubt."+d.Text, d.Args...) }

// doubtRule finds one thing that does not look right.
type doubtRule struct {
	key   Key
	text  string
	holds func(*Snapshot) bool
	args  func(*Snapshot) []any
}

var doubtRules = []doubtRule{
	{"visits", "no_visits", func(s *Snapshot) bool { return s.N("visits") == 0 }, nil},
	{"visits", "few_visits", func(s *Snapshot) bool { return s.session() && s.N("visits") > 0 && s.N("visits") < fewVisits },
		func(s *Snapshot) []any { return []any{vn.Count(s.N("visits")), vn.Count(fewVisits)} }},
	{"visits", "many_visits", func(s *Snapshot) bool { return s.session() && s.N("visits") > manyVisits },
		func(s *Snapshot) []any { return []any{vn.Count(s.N("visits")), vn.Count(manyVisits)} }},
	{"visits_estimated", "estimated", func(s *Snapshot) bool {
		return s.N("visits") > 0 && 2*s.N(visitsBy(registry.CountEstimated)) > s.N("visits")
	}, nil},
	{"sales_missing", "missing", func(s *Snapshot) bool { return 5*s.N("sales_missing") > s.N("vendors") },
		func(s *Snapshot) []any { return []any{s.N("sales_missing"), s.N("vendors")} }},
	{"sales_missing", "missing_days", func(s *Snapshot) bool { return untoldDays(s) != "" },
		func(s *Snapshot) []any { return []any{untoldDays(s)} }},
	{"sales_dong", "few_dong", func(s *Snapshot) bool {
		return s.session() && s.N("sales_filed") >= fewest && s.N("sales_dong") < fewDong
	}, func(s *Snapshot) []any { return []any{vn.Dong(fewDong)} }},
	{"sales_dong", "many_dong", func(s *Snapshot) bool { return s.session() && s.N("sales_dong") > manyDong },
		func(s *Snapshot) []any { return []any{vn.Dong(manyDong)} }},
	{"sales_dong", "dong_per_visit", func(s *Snapshot) bool {
		return s.N("visits") > 0 && s.N("sales_dong") > dongPerVisit*s.N("visits")
	}, func(s *Snapshot) []any { return []any{vn.Dong(dongPerVisit)} }},
	{"booths_no_show", "no_show", func(s *Snapshot) bool {
		return 5*s.N("booths_no_show") > s.N("booths_given") && s.N("booths_no_show") > 0
	},
		func(s *Snapshot) []any { return []any{s.N("booths_no_show"), s.N("booths_given")} }},
	{"vendors", "no_booth", func(s *Snapshot) bool { return s.N("vendors") > s.N("booths_given") },
		func(s *Snapshot) []any { return []any{s.N("vendors"), s.N("booths_given")} }},
}

// untoldDays names the days of which vendors have told no sales: "28/11/2026 (2)".
func untoldDays(s *Snapshot) string {
	var days []string
	for _, d := range s.Sales {
		if d.Untold > 0 {
			days = append(days, fmt.Sprintf("%s (%d)", vn.ShowDate(d.Day), d.Untold))
		}
	}
	return strings.Join(days, ", ")
}

// session reports whether the bounds of market sessions apply.
func (s *Snapshot) session() bool { return s.Event.Kind == registry.MarketSession }

// Doubts lists what does not look right in the figures.
func (s *Snapshot) Doubts() []Doubt {
	var found []Doubt
	for _, r := range doubtRules {
		if !r.holds(s) {
			continue
		}
		d := Doubt{Key: r.key, Text: r.text}
		if r.args != nil {
			d.Args = r.args(s)
		}
		found = append(found, d)
	}
	return found
}
