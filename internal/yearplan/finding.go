package yearplan

import (
	"cmp"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Severity says how grave a finding is.
type Severity string

// The severities, the gravest first. Advice of the house is never MustMend: that is a clash or a
// rule of a paper.
const (
	MustMend Severity = "must"
	Look     Severity = "look"
)

// Severities lists the severities, the gravest first.
var Severities = []Severity{MustMend, Look}

// Kind says what stands in the way.
type Kind string

// The kinds of finding.
const (
	SameVenue   Kind = "venue"     // two events in the same place on the same days
	SameCommune Kind = "commune"   // two events in the same commune on the same days
	Neighbour   Kind = "neighbour" // two events in communes that share a border on the same days
	FilingLate  Kind = "filing"    // the registration is not filed, and its window is over
	NearTet     Kind = "tet"       // in the two weeks before Tết, or the week after
)

// Finding is something that stands in the way of an event.
type Finding struct {
	Kind     Kind
	Severity Severity
	Session  *Session
	Other    *Session            // the one that it meets; nil where there is none
	Rule     registry.FilingRule // of FilingLate
	Until    string              // last day on which it could be filed, of FilingLate
	Ways     []string            // first days near it on which nothing stands in the way, YYYY-MM-DD
}

// Judge is what findings are judged by.
type Judge struct {
	Today      string
	Neighbours Neighbours
	Rules      []registry.FilingRule
}

// How near to an event another day is looked for, and how many are told.
const (
	wayReach = 28
	waysMost = 2
)

// Find looks for what stands in the way of the events that are still ahead.
func (y *Year) Find(j Judge) {
	in := y.byCommune()
	for _, s := range y.Sessions {
		if s.OpensOn < j.Today {
			continue
		}
		var found []Finding
		near := j.near(s, in)
		for _, o := range near {
			if kind, severity := meets(s, o); kind != "" && (o.OpensOn < j.Today || byDay(s, o) < 0) {
				found = append(found, Finding{Kind: kind, Severity: severity, Session: s, Other: o})
			}
		}
		if rule, ok := registry.FilingRuleOf(j.Rules, s.Event, j.Today); ok {
			if f := registry.FilingOf(s.Event, rule, j.Today); f.State == registry.FilingOverdue {
				found = append(found, Finding{Kind: FilingLate, Severity: MustMend, Session: s, Rule: rule, Until: f.Until})
			}
		}
		if nearTet(s.OpensOn) || nearTet(s.ClosesOn) {
			found = append(found, Finding{Kind: NearTet, Severity: Look, Session: s})
		}
		if len(found) == 0 {
			continue
		}
		ways := ways(s, near, j)
		for k := range found {
			if found[k].Kind != FilingLate { // another day near it is as late
				found[k].Ways = ways
			}
			found[k].mark()
		}
		y.Findings = append(y.Findings, found...)
	}
	slices.SortStableFunc(y.Findings, func(a, b Finding) int {
		return cmp.Compare(slices.Index(Severities, a.Severity), slices.Index(Severities, b.Severity))
	})
}

// mark gives the events of a finding its severity, unless they have a graver one.
func (f Finding) mark() {
	for _, s := range []*Session{f.Session, f.Other} {
		if s != nil && s.Gravest != MustMend {
			s.Gravest = f.Severity
		}
	}
}

// byCommune are the events of each commune, by its code.
func (y *Year) byCommune() map[string][]*Session {
	in := map[string][]*Session{}
	for _, s := range y.Sessions {
		for _, code := range s.Communes {
			in[code] = append(in[code], s)
		}
	}
	return in
}

// near are the events about the same time in the communes of one, and in those beside them.
func (j Judge) near(s *Session, in map[string][]*Session) (found []*Session) {
	from, until := vn.AddDays(s.OpensOn, -wayReach), vn.AddDays(s.ClosesOn, wayReach)
	for _, code := range s.Communes {
		for _, at := range append([]string{code}, j.Neighbours[code]...) {
			for _, o := range in[at] {
				if o != s && o.ClosesOn >= from && o.OpensOn <= until && !slices.Contains(found, o) {
					found = append(found, o)
				}
			}
		}
	}
	return found
}

// meets says how two events that lie near one another stand in each other's way, if they do.
func meets(s, o *Session) (Kind, Severity) {
	if o.OpensOn > s.ClosesOn || o.ClosesOn < s.OpensOn {
		return "", ""
	}
	shares := slices.ContainsFunc(s.Communes, func(code string) bool { return slices.Contains(o.Communes, code) })
	switch {
	case shares && s.Venue != "" && vn.Fold(s.Venue) == vn.Fold(o.Venue):
		return SameVenue, MustMend
	case shares:
		return SameCommune, Look
	}
	return Neighbour, Look
}

// ways are the first days nearest to an event on which it would meet none, after today; the same day
// of the week before others.
func ways(s *Session, near []*Session, j Judge) (days []string) {
	long := vn.DaysBetween(s.OpensOn, s.ClosesOn)
	free := func(first string) bool {
		last := vn.AddDays(first, long)
		return first > j.Today && !nearTet(first) && !nearTet(last) &&
			!slices.ContainsFunc(near, func(o *Session) bool { return o.OpensOn <= last && o.ClosesOn >= first })
	}
	for _, step := range []int{7, 1} {
		for n := step; n <= wayReach; n += step {
			for _, day := range []string{vn.AddDays(s.OpensOn, n), vn.AddDays(s.OpensOn, -n)} {
				if len(days) < waysMost && free(day) && !slices.Contains(days, day) {
					days = append(days, day)
				}
			}
		}
	}
	slices.Sort(days)
	return days
}

// nearTet reports whether a day lies between the 16th of the twelfth lunar month and the 7th of the
// first.
func nearTet(day string) bool {
	if at := day[5:]; at < "01-05" || at > "02-28" { // Tết falls between 21 January and 20 February
		return false
	}
	d, ok := vn.Lunar(day)
	return ok && !d.Leap && (d.Month == 12 && d.Day >= 16 || d.Month == 1 && d.Day <= 7)
}
