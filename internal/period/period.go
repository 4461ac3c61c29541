package period

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

// Part is a part of a year that is reported on. Six months, nine months and years count from
// the first of January on, as reports in Vietnam do.
type Part = committee.Part

// The parts.
const (
	Quarter1   = committee.Quarter1
	Quarter2   = committee.Quarter2
	Quarter3   = committee.Quarter3
	Quarter4   = committee.Quarter4
	SixMonths  = committee.Half1
	NineMonths = committee.NineMonths
	WholeYear  = committee.WholeYear
)

// Parts lists the parts in the order shown to people.
var Parts = []Part{Quarter1, Quarter2, SixMonths, Quarter3, NineMonths, Quarter4, WholeYear}

// The years that may be reported on: the campaign began in 2009.
const (
	FirstYear = 2009
	LastYear  = 2100
)

// Period is a part of a year that is reported on.
type Period committee.Period

// Parse reads the form that String writes; false for what is no period.
func Parse(s string) (p Period, ok bool) {
	year, part, _ := strings.Cut(s, "-")
	n, err := strconv.Atoi(year)
	p = Period{n, Part(part)}
	return p, err == nil && slices.Contains(Parts, p.Part) && n >= FirstYear && n <= LastYear && p.String() == s
}

// String writes a period as addresses have it: "2026-h1".
func (p Period) String() string { return fmt.Sprintf("%04d-%s", p.Year, p.Part) }

// FirstDay is the first day of the period, YYYY-MM-DD.
func (p Period) FirstDay() string { return committee.Period(p).FirstDay() }

// LastDay is the last day of the period, YYYY-MM-DD.
func (p Period) LastDay() string { return committee.Period(p).LastDay() }

// LastYear is the same part of the year before.
func (p Period) LastYear() Period { return Period{p.Year - 1, p.Part} }

// Edition is the list of units that report on the period: the one in force on its last day.
func (p Period) Edition() registry.AreaEdition { return registry.EditionOn(p.LastDay()) }

// Before is the period of the same form before this one, of its parts in their order.
func (p Period) Before(parts []Part) Period {
	if i := slices.Index(parts, p.Part); i > 0 {
		return Period{p.Year, parts[i-1]}
	}
	return Period{p.Year - 1, parts[len(parts)-1]}
}
