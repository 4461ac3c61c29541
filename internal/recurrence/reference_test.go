package recurrence_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"hoicho/internal/recurrence"
	"hoicho/internal/vn"
)

const (
	firstDate = "1900-01-01"
	lastDate  = "2100-12-31"
)

// reference makes the days of a rule by building them from years and months, where
// Occurrences looks at one day after another. The value says whether it is held.
type reference map[string]bool

func (x reference) add(date string, held bool) {
	if date >= firstDate && date <= lastDate {
		x[date] = x[date] || held
	}
}

func (x reference) month(first string, length int, days []int, short recurrence.Short) {
	for _, day := range days {
		if day <= length {
			x.add(vn.AddDays(first, day-1), true)
			continue
		}
		x.add(vn.AddDays(first, length-1), short == recurrence.ShortLast)
	}
}

// lunarMonths calls for every lunar month with its first day, if that lies in range.
func lunarMonths(each func(d vn.LunarDate, first string, length int)) {
	for year := 1899; year <= 2100; year++ {
		for month := 1; month <= 12; month++ {
			for _, leap := range []bool{false, true} {
				d := vn.LunarDate{Year: year, Month: month, Day: 1, Leap: leap}
				if first, ok := d.Solar(); ok {
					each(d, first, d.MonthDays())
				}
			}
		}
	}
}

func (x reference) lunarDays(r recurrence.Rule) {
	lunarMonths(func(_ vn.LunarDate, first string, length int) { x.month(first, length, r.Days, r.Short) })
}

func (x reference) lunarYear(r recurrence.Rule) {
	lunarMonths(func(d vn.LunarDate, first string, length int) {
		_, twin := vn.LunarDate{Year: d.Year, Month: d.Month, Day: 1, Leap: true}.Solar()
		switch {
		case d.Leap && r.Leap == recurrence.LeapOrdinary:
			return
		case !d.Leap && twin && r.Leap == recurrence.LeapMonth:
			return
		}
		for _, date := range r.Dates {
			if date.Month == d.Month {
				x.month(first, length, []int{date.Day}, r.Short)
			}
		}
	})
}

func (x reference) months(each func(first time.Time, length int)) {
	for year := 1900; year <= 2100; year++ {
		for month := time.January; month <= time.December; month++ {
			first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
			each(first, first.AddDate(0, 1, -1).Day())
		}
	}
}

func (x reference) monthWeekday(r recurrence.Rule) {
	x.months(func(first time.Time, length int) {
		for _, weekday := range r.Weekdays {
			var such []string
			for day := range length {
				if t := first.AddDate(0, 0, day); int(t.Weekday()) == weekday {
					such = append(such, t.Format(time.DateOnly))
				}
			}
			for _, week := range r.Weeks {
				if week == recurrence.Last {
					week = len(such)
				}
				x.add(such[week-1], true)
			}
		}
	})
}

// hops adds a day and every one that lies whole hops before or after it.
func (x reference) hops(date string, hop int) {
	for d := date; d != "" && d >= firstDate; d = vn.AddDays(d, -hop) {
		x.add(d, true)
	}
	for d := date; d != "" && d <= lastDate; d = vn.AddDays(d, hop) {
		x.add(d, true)
	}
}

func (x reference) weekly(r recurrence.Rule) {
	since, _ := time.Parse(time.DateOnly, r.Since)
	monday := (int(since.Weekday()) + 6) % 7
	for _, weekday := range r.Weekdays {
		x.hops(vn.AddDays(r.Since, (weekday+6)%7-monday), 7*r.Every)
	}
}

// branches counts on from a day whose branch everybody can look up: 1 January 2000 was a
// day of Ngọ, the seventh from Tý.
func (x reference) branches(r recurrence.Rule) {
	for _, branch := range r.Branches {
		x.hops(vn.AddDays("2000-01-01", branch-6), 12)
	}
}

func referenceOf(r recurrence.Rule) reference {
	x := reference{}
	switch r.Kind {
	case recurrence.Weekly:
		x.weekly(r)
	case recurrence.MonthDay:
		x.months(func(first time.Time, length int) { x.month(first.Format(time.DateOnly), length, r.Days, r.Short) })
	case recurrence.MonthWeekday:
		x.monthWeekday(r)
	case recurrence.LunarDays:
		x.lunarDays(r)
	case recurrence.Branch:
		x.branches(r)
	case recurrence.Count:
		x.hops(r.Since, r.Every)
	case recurrence.LunarYear:
		x.lunarYear(r)
	}
	return x
}

// some chooses up to most different values from low to high.
func some(chance *rand.Rand, most, low, high int) []int {
	chosen := map[int]bool{}
	for range 1 + chance.IntN(most) {
		chosen[low+chance.IntN(high-low+1)] = true
	}
	return slices.Sorted(maps.Keys(chosen))
}

func pick[T any](chance *rand.Rand, list ...T) T { return list[chance.IntN(len(list))] }

// randomRule makes a rule of a kind, without limits and exceptions.
func randomRule(chance *rand.Rand, kind recurrence.Kind) recurrence.Rule {
	r := recurrence.Rule{Kind: kind}
	short := pick(chance, recurrence.ShortSkip, recurrence.ShortLast)
	known := vn.AddDays(firstDate, chance.IntN(73_000))
	switch kind {
	case recurrence.Weekly:
		r.Weekdays, r.Every, r.Since = some(chance, 3, 0, 6), 1+chance.IntN(recurrence.MostWeeks), known
	case recurrence.MonthDay:
		r.Days, r.Short = append(some(chance, 4, 1, 28), some(chance, 2, 29, 31)...), short
	case recurrence.MonthWeekday:
		r.Weekdays, r.Weeks = some(chance, 2, 0, 6), append(some(chance, 2, 1, 4), recurrence.Last)
	case recurrence.LunarDays:
		r.Days, r.Short = append(some(chance, 6, 1, 29), pick(chance, 29, 30)), short
	case recurrence.Branch:
		r.Branches = some(chance, 2, 0, 11)
	case recurrence.Count:
		r.Every, r.Since = 1+chance.IntN(recurrence.MostCount), known
	case recurrence.LunarYear:
		r.Short, r.Leap = short, pick(chance, recurrence.LeapOrdinary, recurrence.LeapMonth, recurrence.LeapBoth)
		for _, month := range some(chance, 5, 1, 12) {
			r.Dates = append(r.Dates, recurrence.LunarDay{Month: month, Day: 1 + chance.IntN(30)}, recurrence.LunarDay{Month: month, Day: 30})
		}
	}
	return r
}

// TestRulesEqualTheSlowReference compares every kind with the reference over two centuries,
// and a stretch of it cut out by limits.
func TestRulesEqualTheSlowReference(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(14, 1))
	for _, kind := range recurrence.Kinds {
		for range 6 {
			r := randomRule(chance, kind)
			want := referenceOf(r)
			compare(t, r, want, firstDate, lastDate)
			from := vn.AddDays(firstDate, chance.IntN(70_000))
			r.First, r.Last = from, vn.AddDays(from, chance.IntN(900))
			compare(t, r, want, r.First, r.Last)
			if back, err := recurrence.Decode(r.Encode()); err != nil || back.Encode() != r.Encode() {
				t.Errorf("%s comes back as %+v: %v", r.Encode(), back, err)
			}
			if r.Sentence("vi") == "" || r.Sentence("en") == "" {
				t.Errorf("%s has no sentence", r.Encode())
			}
		}
	}
}

func compare(t *testing.T, r recurrence.Rule, want reference, from, until string) {
	t.Helper()
	var dates []string
	for _, date := range slices.Sorted(maps.Keys(want)) {
		if date >= from && date <= until {
			dates = append(dates, date)
		}
	}
	got := r.Occurrences(firstDate, lastDate)
	if len(got) != len(dates) {
		t.Errorf("%s gives %d days, want %d", r.Encode(), len(got), len(dates))
		return
	}
	for i, o := range got {
		if o.Key != dates[i] || o.Out == want[o.Key] {
			t.Errorf("%s: %+v, want %s held %v", r.Encode(), o, dates[i], want[dates[i]])
			return
		}
	}
}
