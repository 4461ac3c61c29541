package openfigures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// Group is the events that have something in common, summed up. The groups of some events
// add up to the sum of all of these.
type Group struct {
	Key    string // year, month, or code of a commune of today; "" is what lies in no single commune
	Name   string
	Events []report.OpenEvent
	Total  Sum
}

// ByCommune groups the events by the commune of today that they were held in, most events
// first; last what lies in no single one.
func (f *Figures) ByCommune() []Group { return byCommune(f.Events) }

// ByCommune groups the events of a group in the same way.
func (g *Group) ByCommune() []Group { return byCommune(g.Events) }

func byCommune(events []report.OpenEvent) []Group {
	groups := group(events, func(e *report.OpenEvent) (string, string) { return e.Commune, e.CommuneName })
	slices.SortStableFunc(groups, func(x, y Group) int {
		if (x.Key == "") != (y.Key == "") {
			return strings.Compare(y.Key, x.Key)
		}
		return cmp.Or(cmp.Compare(len(y.Events), len(x.Events)), strings.Compare(vn.SortKey(x.Name), vn.SortKey(y.Name)))
	})
	return groups
}

// CommunesHeld are the communes of today in which events were held.
func (f *Figures) CommunesHeld() []Group {
	return slices.DeleteFunc(f.ByCommune(), func(g Group) bool { return g.Key == "" })
}

// ByYear groups the events by the year in which they began, the latest first.
func (f *Figures) ByYear() []Group {
	return group(f.Events, func(e *report.OpenEvent) (string, string) { return e.Year(), e.Year() })
}

// ByMonth groups the events of a year by the month in which they began: all twelve of them,
// those without events too.
func (f *Figures) ByMonth() []Group {
	months := make([]Group, 12)
	for i := range months {
		months[i] = Group{Key: fmt.Sprintf("%02d", i+1), Name: fmt.Sprint(i + 1), Total: report.SumOpen(nil)}
	}
	for _, g := range group(f.Events, func(e *report.OpenEvent) (string, string) { return e.OpensOn[5:7], "" }) {
		i := slices.IndexFunc(months, func(m Group) bool { return m.Key == g.Key })
		months[i].Events, months[i].Total = g.Events, g.Total
	}
	return months
}

// LastReported is the last day on which figures were closed, "" if there is none.
func (f *Figures) LastReported() (day string) {
	for _, e := range f.Events {
		day = max(day, e.ReportedOn)
	}
	return day
}

func group(events []report.OpenEvent, of func(*report.OpenEvent) (key, name string)) (groups []Group) {
	at := map[string]int{}
	for _, e := range events {
		key, name := of(&e)
		i, ok := at[key]
		if !ok {
			i, groups = len(groups), append(groups, Group{Key: key, Name: name})
			at[key] = i
		}
		groups[i].Events = append(groups[i].Events, e)
	}
	for i := range groups {
		groups[i].Total = report.SumOpen(groups[i].Events)
	}
	return groups
}
