package period

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// Part is a part of a year that is reported on. Halves, nine months and years count from the
// first of January on, as reports in Vietnam do.
type Part string

// The parts.
const (
	Quarter1   Part = "q1"
	Quarter2   Part = "q2"
	Quarter3   Part = "q3"
	Quarter4   Part = "q4"
	SixMonths  Part = "h1"
	NineMonths Part = "m9"
	WholeYear  Part = "year"
)

// Parts lists the parts in the order shown to people.
var Parts = []Part{Quarter1, Quarter2, SixMonths, Quarter3, NineMonths, Quarter4, WholeYear}

// months are the first and the last month of each part.
var months = map[Part][2]int{Quarter1: {1, 3}, Quarter2: {4, 6}, Quarter3: {7, 9}, Quarter4: {10, 12}, SixMonths: {1, 6}, NineMonths: {1, 9}, WholeYear: {1, 12}}

// Valid reports whether p is a known part.
func (p Part) Valid() bool { return months[p][0] > 0 }

// Months are the first and the last month of the part, 1 to 12.
func (p Part) Months() (first, last int) { return months[p][0], months[p][1] }

// The years that may be reported on: the campaign began in 2009.
const (
	FirstYear = 2009
	LastYear  = 2100
)

// Period is a part of a year.
type Period struct {
	Year int
	Part Part
}

// Parse reads the form that String writes; false for what is no period.
func Parse(s string) (p Period, ok bool) {
	year, part, _ := strings.Cut(s, "-")
	n, err := strconv.Atoi(year)
	p = Period{n, Part(part)}
	return p, err == nil && p.Part.Valid() && n >= FirstYear && n <= LastYear && p.String() == s
}

// String writes a period as addresses have it: "2026-h1".
func (p Period) String() string { return fmt.Sprintf("%04d-%s", p.Year, p.Part) }

// FirstDay is the first day of the period, YYYY-MM-DD.
func (p Period) FirstDay() string {
	first, _ := p.Part.Months()
	return fmt.Sprintf("%04d-%02d-01", p.Year, first)
}

// LastDay is the last day of the period, YYYY-MM-DD.
func (p Period) LastDay() string {
	_, last := p.Part.Months()
	if last == 12 {
		return fmt.Sprintf("%04d-12-31", p.Year)
	}
	return registry.AddDays(fmt.Sprintf("%04d-%02d-01", p.Year, last+1), -1)
}

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
