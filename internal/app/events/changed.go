package events

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// tellChanged tells applicants that an event which the public knows, and which is
// not over, has another venue, other hours or another point on the map. They come
// to the wrong place or at the wrong time else.
func (a *Service) tellChanged(ctx context.Context, tx *store.Tx, was, e registry.Event) error {
	if !concernsVendors(was, e) {
		return nil
	}
	n := a.EventNews("event.notice.changed", e)
	n.Args = []string{e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), e.Venue, hoursText(e), a.eventURL(e), former(was, e)}
	return a.TellApplicants(ctx, tx, n)
}

// TellsChanges reports whether vendors are told of changes of an event: while the
// public knows it and it is not over.
func TellsChanges(e registry.Event) bool {
	switch e.State {
	case registry.Ended, registry.Reported, registry.Cancelled:
		return false
	}
	return e.Public()
}

// concernsVendors reports whether an edit changes what those who come to a public
// event rely on: its venue, its hours, its point on the map.
func concernsVendors(was, now registry.Event) bool {
	point := was.LatE6 != now.LatE6 || was.LonE6 != now.LonE6
	return TellsChanges(was) && (was.Venue != now.Venue || point || !sameHours(was, now))
}

func sameHours(was, now registry.Event) bool {
	return slices.EqualFunc(was.Days, now.Days, func(x, y registry.EventDay) bool {
		return x.Day == y.Day && x.OpensAt == y.OpensAt && x.ClosesAt == y.ClosesAt
	})
}

// former is what no longer holds: the old venue and the old hours, those that are
// other ones. It is empty where only the point on the map moved.
func former(was, now registry.Event) string {
	var old []string
	if was.Venue != now.Venue {
		old = append(old, was.Venue)
	}
	if !sameHours(was, now) {
		old = append(old, hoursText(was))
	}
	return strings.Join(old, ", ")
}

// hoursText writes the hours of an event: once where all days have the same.
func hoursText(e registry.Event) string {
	span := func(d registry.EventDay) string { return vn.ShowClock(d.OpensAt) + "–" + vn.ShowClock(d.ClosesAt) }
	var days []string
	for _, d := range e.Days {
		days = append(days, vn.ShowDate(d.Day)+" "+span(d))
	}
	same := !slices.ContainsFunc(e.Days, func(d registry.EventDay) bool { return span(d) != span(e.Days[0]) })
	if same && len(e.Days) > 0 {
		return span(e.Days[0])
	}
	return strings.Join(days, "; ")
}
