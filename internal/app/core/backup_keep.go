package core

import (
	"slices"
	"time"

	"hoicho/internal/vn"
)

// backupCopy is a timed backup in its folder.
type backupCopy struct {
	Name  string
	At    time.Time // when it was made, by its name
	Whole bool      // it has a manifest: it was checked
}

// keptFor says how far apart the backups that stay are, up to which age.
var keptFor = []struct {
	age  time.Duration
	slot func(time.Time) string // backups of one slot are as good as one
}{
	{4 * time.Hour, func(at time.Time) string { return at.Truncate(15 * time.Minute).Format("2006-01-02 15:04") }},
	{2 * 24 * time.Hour, func(at time.Time) string { return at.Format("2006-01-02 15") }},
	{30 * 24 * time.Hour, func(at time.Time) string { return at.Format("2006-01-02") }},
	{366 * 24 * time.Hour, func(at time.Time) string { return at.Format("2006-01") }},
}

// spent returns the timed backups that may go at an instant: of each quarter of an
// hour in the last four hours the newest stays, of each hour in the last two days, of
// each day in the last 30 days, of each month in the last 12 months, by the calendar of
// Vietnam. What is whole stays before what is not. Backups of a clock that ran ahead
// stay and count for nothing, so that they push out none of today's. The newest whole
// one of the past stays whatever its age.
func spent(copies []backupCopy, now time.Time) (gone []backupCopy) {
	past, stays := inPast(copies, now), map[string]bool{}
	if len(past) > 0 && past[0].Whole {
		stays[past[0].Name] = true
	}
	for _, tier := range keptFor {
		taken := map[string]bool{}
		for _, c := range past {
			slot := tier.slot(c.At.In(vn.Zone))
			if now.Sub(c.At) > tier.age || taken[slot] {
				continue
			}
			taken[slot], stays[c.Name] = true, true
		}
	}
	for _, c := range past {
		if !stays[c.Name] {
			gone = append(gone, c)
		}
	}
	return gone
}

// inPast are the backups that are not of the future, what is whole first and then the
// newest first.
func inPast(copies []backupCopy, now time.Time) []backupCopy {
	past := slices.DeleteFunc(slices.Clone(copies), func(c backupCopy) bool { return c.At.After(now) })
	slices.SortFunc(past, better)
	return past
}

// better orders what is whole before what is not, and then the newest first.
func better(a, b backupCopy) int {
	switch {
	case a.Whole != b.Whole && a.Whole:
		return -1
	case a.Whole != b.Whole:
		return 1
	case !a.At.Equal(b.At):
		return b.At.Compare(a.At)
	}
	return -byAge(a.Name, b.Name)
}
