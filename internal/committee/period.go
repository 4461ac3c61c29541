package committee

import (
	"fmt"
	"math/bits"
	"slices"

	"hoicho/internal/registry"
)

// Part is a part of a year for which bodies report.
type Part string

// The parts. A body reports by quarters, by halves or by the year, whichever it keeps
// its books by; two reports of one body on the same goods never lie over each other. Nine
// months are reported to the level above alone: see package period.
const (
	Quarter1   Part = "q1"
	Quarter2   Part = "q2"
	Quarter3   Part = "q3"
	Quarter4   Part = "q4"
	Half1      Part = "h1"
	Half2      Part = "h2"
	NineMonths Part = "m9"
	WholeYear  Part = "year"
)

// Parts lists the parts by which a body keeps its books, in the order shown to people.
var Parts = []Part{Quarter1, Quarter2, Quarter3, Quarter4, Half1, Half2, WholeYear}

// Valid reports whether p is one of Parts.
func (p Part) Valid() bool { return slices.Contains(Parts, p) }

// Months are the first and the last month of the part, 1 to 12.
func (p Part) Months() (first, last int) {
	switch p {
	case Quarter1:
		return 1, 3
	case Quarter2:
		return 4, 6
	case Quarter3:
		return 7, 9
	case Quarter4:
		return 10, 12
	case Half1:
		return 1, 6
	case Half2:
		return 7, 12
	case NineMonths:
		return 1, 9
	}
	return 1, 12
}

// Contains reports whether all of another part lies in p.
func (p Part) Contains(other Part) bool {
	first, last := p.Months()
	from, until := other.Months()
	return first <= from && until <= last
}

// Overlaps reports whether the two parts share a day.
func (p Part) Overlaps(other Part) bool {
	first, last := p.Months()
	from, until := other.Months()
	return first <= until && from <= last
}

// Within lists the parts that lie in p, p itself too.
func (p Part) Within() (parts []Part) {
	for _, other := range Parts {
		if p.Contains(other) {
			parts = append(parts, other)
		}
	}
	return parts
}

// Period is a part of a year.
type Period struct {
	Year int
	Part Part
}

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

// QuarterOver is the last quarter that was over on a day.
func QuarterOver(day string) Period {
	p := Period{}
	if _, err := fmt.Sscanf(day, "%d", &p.Year); err != nil {
		return Period{}
	}
	for _, part := range []Part{Quarter3, Quarter2, Quarter1} {
		if p.Part = part; p.LastDay() < day {
			return p
		}
	}
	return Period{p.Year - 1, Quarter4}
}

// Share is a part of a whole in thousandths, rounded to the nearest; what is less than all
// is never shown as all, what is more than none never as none. False for a whole of none.
func Share(part, whole int64) (perMille int64, ok bool) {
	if whole <= 0 || part < 0 || part > whole {
		return 0, false
	}
	high, low := bits.Mul64(uint64(part), 1000)
	q, rest := bits.Div64(high, low, uint64(whole))
	if rest >= uint64(whole)-rest {
		q++
	}
	switch {
	case part < whole && q >= 1000:
		q = 999
	case part > 0 && q == 0:
		q = 1
	}
	return int64(q), true
}
