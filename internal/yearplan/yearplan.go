// Package yearplan lays out a year of events over the communes of a province: which commune has
// one when, which has none, and what stands in the way of each. It is pure: app reads the events.
//
//   - yearplan.go is the board, neighbours.go who shares a border with whom;
//   - finding.go is what stands in the way, with the days that would do instead.
package yearplan

import (
	"cmp"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Year is a year of events of a province.
type Year struct {
	Number   int
	Units    []Unit     // communes without an event first, those that have waited longest before others; then the rest by name
	Beside   []*Session // of the province as a whole, which lie in no commune
	Sessions []*Session // all, by their days
	Findings []Finding  // the gravest first, then by day
}

// Unit is a commune with its events of the year, by their days.
type Unit struct {
	registry.Area
	Sessions []*Session
	Last     string // first day of its last event before the year, YYYY-MM-DD; "" none is known
}

// Session is an event of the year.
type Session struct {
	registry.Event
	Communes []string // codes of today's communes in which it lies
	Gravest  Severity // of its findings; "" none
	Row      int      // of a plan that is being read; 0 an event that there is
}

// Lay lays events out over communes. Events that were called off are left out: nobody plans around
// them. last is the first day of the last event of each commune before the year, by code.
func Lay(number int, communes []registry.Area, sessions []*Session, last map[string]string) *Year {
	y := &Year{Number: number}
	at := map[string]int{}
	for i, area := range communes {
		at[area.Ref.Code] = i
		y.Units = append(y.Units, Unit{Area: area, Last: last[area.Ref.Code]})
	}
	for _, s := range sessions {
		if s.State == registry.Cancelled {
			continue
		}
		y.Sessions = append(y.Sessions, s)
		placed := false
		for _, code := range s.Communes {
			if i, ok := at[code]; ok {
				y.Units[i].Sessions = append(y.Units[i].Sessions, s)
				placed = true
			}
		}
		if !placed {
			y.Beside = append(y.Beside, s)
		}
	}
	slices.SortFunc(y.Sessions, byDay)
	slices.SortFunc(y.Beside, byDay)
	for _, u := range y.Units {
		slices.SortFunc(u.Sessions, byDay)
	}
	slices.SortStableFunc(y.Units, func(a, b Unit) int {
		bare := func(u Unit) int { return min(len(u.Sessions), 1) }
		if bare(a) != bare(b) {
			return bare(a) - bare(b)
		}
		if bare(a) == 0 && a.Last != b.Last {
			return cmp.Compare(a.Last, b.Last)
		}
		return cmp.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name))
	})
	return y
}

// byDay is the order of events.
func byDay(a, b *Session) int {
	return cmp.Or(cmp.Compare(a.OpensOn, b.OpensOn), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Row, b.Row))
}

// Bare is how many communes have no event in the year.
func (y *Year) Bare() (n int) {
	for _, u := range y.Units {
		if len(u.Sessions) == 0 {
			n++
		}
	}
	return n
}

// Booths is how many booths are planned over the year.
func (y *Year) Booths() (n int) {
	for _, s := range y.Sessions {
		n += s.BoothsN
	}
	return n
}

// Count is how many events are of a kind.
func (y *Year) Count(kind registry.EventKind) (n int) {
	for _, s := range y.Sessions {
		if s.Kind == kind {
			n++
		}
	}
	return n
}

// In are the events of a unit that begin in a month, 1 to 12; those that began the year before
// stand in January.
func (u Unit) In(year, month int) (list []*Session) {
	for _, s := range u.Sessions {
		if MonthOf(s, year) == month {
			list = append(list, s)
		}
	}
	return list
}

// MonthOf is the month of a year in which an event stands: that of its first day, or January where
// that lies in the year before.
func MonthOf(s *Session, year int) int {
	at, ok := vn.StartOf(s.OpensOn)
	if !ok || at.Year() < year {
		return 1
	}
	return int(at.Month())
}
