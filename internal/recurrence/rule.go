// Package recurrence holds the rules by which market sessions come back: by the week or
// the month, by days of the lunar month, by the branch of the day (địa chi), by a count of
// days, by dates of the lunar year. A rule is a label: the dates that it gives are stored
// with the sessions made of it, and what has been held is never counted anew.
//
// Sessions themselves belong to app/events and store.
package recurrence

import (
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Kind says by what a session comes back.
type Kind string

// The kinds.
const (
	Weekly       Kind = "weekly"        // on weekdays, each week or every few weeks
	MonthDay     Kind = "month_day"     // on days of the month
	MonthWeekday Kind = "month_weekday" // on a weekday of the month, as the last Sunday
	LunarDays    Kind = "lunar_days"    // on days of the lunar month, also of a leap month
	Branch       Kind = "branch"        // on days of a branch: two opposite ones are six days apart
	Count        Kind = "count"         // every so many days, counted from a known day both ways
	LunarYear    Kind = "lunar_year"    // on dates of the lunar year
)

// Kinds lists the kinds in the order shown to people: the commonest in the mountains first.
var Kinds = []Kind{LunarDays, Branch, Weekly, MonthDay, MonthWeekday, Count, LunarYear}

// Short says what becomes of a day that a month does not have: the 30th of a lunar month
// of 29 days, the 31st of April.
type Short string

// What becomes of such a day.
const (
	ShortSkip Short = "skip" // no session
	ShortLast Short = "last" // a session on the last day of the month
)

// Leap says in which of two lunar months of one number a yearly date is held.
type Leap string

// Which of the two; a year without the leap month has the ordinary one alone.
const (
	LeapOrdinary Leap = "ordinary"
	LeapMonth    Leap = "leap"
	LeapBoth     Leap = "both"
)

// Last, as a week of a month, is the last such weekday.
const Last = -1

// Limits of a rule.
const (
	MostWeeks   = 52      // between two weeks of a weekly rule
	MostCount   = 366     // days of a count
	mostDates   = 60      // dates of a lunar year
	mostSkipped = 2 * 366 // of a year that is planned and the one before
)

// LunarDay is a date of every lunar year.
type LunarDay struct {
	Month int `json:"month"`
	Day   int `json:"day"`
}

// Rule says when sessions are held. Only the fields of its kind may be filled in; the
// last four are those of every kind. Dates are YYYY-MM-DD.
type Rule struct {
	Kind     Kind       `json:"kind"`
	Weekdays []int      `json:"weekdays,omitempty"` // Weekly, MonthWeekday: 0 is Sunday
	Weeks    []int      `json:"weeks,omitempty"`    // MonthWeekday: 1 to 4 or Last
	Days     []int      `json:"days,omitempty"`     // MonthDay: 1 to 31, LunarDays: 1 to 30
	Branches []int      `json:"branches,omitempty"` // Branch: one or two, 0 is Tý
	Dates    []LunarDay `json:"dates,omitempty"`    // LunarYear
	Every    int        `json:"every,omitempty"`    // Weekly: weeks, Count: days
	Since    string     `json:"since,omitempty"`    // Count, Weekly of more than one week: a day on which one is held
	Short    Short      `json:"short,omitempty"`    // MonthDay, LunarDays, LunarYear
	Leap     Leap       `json:"leap,omitempty"`     // LunarYear
	First    string     `json:"first,omitempty"`    // no session before; "" is no limit
	Last     string     `json:"last,omitempty"`     // no session after
	Skipped  []string   `json:"skipped,omitempty"`  // keys of occurrences that are left out
}

// uses names the fields of each kind.
var uses = map[Kind][]string{
	Weekly:       {"weekdays", "every", "since"},
	MonthDay:     {"days", "short"},
	MonthWeekday: {"weekdays", "weeks"},
	LunarDays:    {"days", "short"},
	Branch:       {"branches"},
	Count:        {"every", "since"},
	LunarYear:    {"dates", "short", "leap"},
}

// Uses reports whether rules of the kind have a field, by its name in JSON.
func (k Kind) Uses(field string) bool { return slices.Contains(uses[k], field) }

// MostEvery is how many weeks or days may lie between two turns of a rule.
func (k Kind) MostEvery() int {
	if k == Weekly {
		return MostWeeks
	}
	return MostCount
}

// Valid reports whether k is one of Kinds.
func (k Kind) Valid() bool { return slices.Contains(Kinds, k) }

// Same reports whether two rules give the same days, but for when they begin and end and what
// is left out.
func (r Rule) Same(other Rule) bool {
	bare := func(r Rule) string {
		r.First, r.Last, r.Skipped = "", "", nil
		return r.tidy().Encode()
	}
	return bare(r) == bare(other)
}

// Extended is the rule followed by the same rule from its first day on: one rule over both
// times. Of the days that are left out, those of a year before it are remembered.
func (r Rule) Extended(next Rule) Rule {
	from := vn.AddDays(next.First, -mostSkipped/2)
	for _, day := range r.Skipped {
		if day >= from && day < next.First {
			next.Skipped = append(next.Skipped, day)
		}
	}
	next.First = min(r.First, next.First)
	return next
}

// Faults says what is wrong with a rule, by the names of the fields in JSON.
func (r Rule) Faults() registry.Faults {
	var f registry.Faults
	if !r.Kind.Valid() {
		f.Add("kind", "error.choose")
		return f
	}
	for _, part := range r.parts() {
		switch {
		case !r.Kind.Uses(part.field):
			f.Check(!part.filled, part.field, "recurrence.error.other_kind")
		case !part.filled && !part.optional:
			f.Add(part.field, "error.required")
		case part.filled:
			f.Check(part.fits, part.field, part.key, part.args...)
		}
	}
	r.checkSpan(&f)
	return f
}

// part is a field of some kinds and what Faults asks of it.
type part struct {
	field                  string
	filled, optional, fits bool
	key                    string
	args                   []any
}

func (r Rule) parts() []part {
	most, mostDays := r.Kind.MostEvery(), 31
	if r.Kind == LunarDays {
		mostDays = 30
	}
	return []part{
		{field: "weekdays", filled: len(r.Weekdays) > 0, fits: within(r.Weekdays, 0, 6), key: "recurrence.error.weekdays"},
		{field: "weeks", filled: len(r.Weeks) > 0, fits: within(r.Weeks, Last, 4) && !slices.Contains(r.Weeks, 0), key: "recurrence.error.weeks"},
		{field: "days", filled: len(r.Days) > 0, fits: within(r.Days, 1, mostDays), key: "recurrence.error.days", args: []any{mostDays}},
		{field: "branches", filled: len(r.Branches) > 0, fits: within(r.Branches, 0, vn.Branches-1) && len(distinct(r.Branches)) <= 2,
			key: "recurrence.error.branches"},
		{field: "dates", filled: len(r.Dates) > 0, fits: len(r.Dates) <= mostDates && !slices.ContainsFunc(r.Dates, LunarDay.impossible),
			key: "recurrence.error.dates", args: []any{mostDates}},
		{field: "every", filled: r.Every != 0, fits: r.Every >= 1 && r.Every <= most, key: "recurrence.error.every", args: []any{most}},
		{field: "since", filled: r.Since != "", optional: r.Kind == Weekly && r.Every <= 1, fits: vn.ValidDate(r.Since), key: "error.date"},
		{field: "short", filled: r.Short != "", fits: r.Short == ShortSkip || r.Short == ShortLast, key: "error.choose"},
		{field: "leap", filled: r.Leap != "", fits: r.Leap == LeapOrdinary || r.Leap == LeapMonth || r.Leap == LeapBoth, key: "error.choose"},
	}
}

func (d LunarDay) impossible() bool { return d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 30 }

func (r Rule) checkSpan(f *registry.Faults) {
	f.Check(r.First == "" || vn.ValidDate(r.First), "first", "error.date")
	f.Check(r.Last == "" || vn.ValidDate(r.Last), "last", "error.date")
	f.Check(r.First == "" || r.Last == "" || r.First <= r.Last, "last", "recurrence.error.reversed")
	badDate := func(date string) bool { return !vn.ValidDate(date) }
	f.Check(!slices.ContainsFunc(r.Skipped, badDate), "skipped", "error.date")
	f.Check(len(r.Skipped) <= mostSkipped, "skipped", "recurrence.error.skipped", mostSkipped)
}

func within(list []int, least, most int) bool {
	return !slices.ContainsFunc(list, func(n int) bool { return n < least || n > most })
}

// distinct returns the values in their order, each once.
func distinct(list []int) []int {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}
