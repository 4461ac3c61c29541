package recurrence

import (
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/vn"
)

// Sentence says in a language what a rule does: "Họp ngày 2, 7, 12, 17, 22 và 27 âm lịch
// hằng tháng". It is "" for a rule with faults.
func (r Rule) Sentence(lang string) string {
	if len(r.Faults()) > 0 {
		return ""
	}
	s := speaker(lang)
	r = r.tidy()
	parts := []string{s.kind(r)}
	if r.lacksDays() {
		parts = append(parts, i18n.T(lang, "recurrence.short."+string(r.Short)))
	}
	if r.Kind == LunarYear {
		parts = append(parts, i18n.T(lang, "recurrence.leap."+string(r.Leap)))
	}
	if span := s.span(r); span != "" {
		parts = append(parts, span)
	}
	if len(r.Skipped) > 0 {
		parts = append(parts, i18n.T(lang, "recurrence.say.skipped", len(r.Skipped)))
	}
	return strings.Join(parts, "; ")
}

// lacksDays reports whether a month may be too short for the rule.
func (r Rule) lacksDays() bool {
	least := 29
	if r.Kind == MonthDay {
		least = 28
	}
	tooFar := func(d LunarDay) bool { return d.Day > least }
	return r.Short != "" && (slices.ContainsFunc(r.Dates, tooFar) || len(r.Days) > 0 && slices.Max(r.Days) > least)
}

// speaker says parts of rules in its language.
type speaker string

func (s speaker) kind(r Rule) string {
	say := func(key string, args ...any) string { return i18n.T(string(s), key, args...) }
	switch r.Kind {
	case Weekly:
		if r.Every == 1 {
			return say("recurrence.say.weekly", s.weekdays(r))
		}
		return say("recurrence.say.weeks", s.weekdays(r), r.Every, vn.ShowDate(r.Since))
	case MonthDay:
		return say("recurrence.say.month_day", s.list(r.Days, strconv.Itoa))
	case MonthWeekday:
		return say("recurrence.say.month_weekday", s.weekdays(r), s.list(r.Weeks, s.week))
	case LunarDays:
		return say("recurrence.say.lunar_days", s.list(r.Days, strconv.Itoa))
	case Branch:
		if apart := r.branchesApart(); apart > 0 {
			return say("recurrence.say.branch_even", s.list(r.Branches, s.branch), apart)
		}
		return say("recurrence.say.branch", s.list(r.Branches, s.branch))
	case Count:
		return say("recurrence.say.count", r.Every, vn.ShowDate(r.Since))
	}
	dates := make([]int, len(r.Dates))
	for i := range dates {
		dates[i] = i
	}
	return say("recurrence.say.lunar_year", s.list(dates, func(i int) string { return r.Dates[i].show() }))
}

// branchesApart returns after how many days a rule of branches comes back: 0 if that
// changes.
func (r Rule) branchesApart() int {
	switch {
	case len(r.Branches) == 1:
		return vn.Branches
	case r.Branches[1]-r.Branches[0] == vn.Branches/2:
		return vn.Branches / 2
	}
	return 0
}

func (s speaker) weekdays(r Rule) string {
	const sunday = "2000-01-02"
	return s.list(r.Weekdays, func(n int) string {
		name := vn.Weekday(vn.AddDays(sunday, n), string(s))
		if s == i18n.Vietnamese {
			return strings.ToLower(name)
		}
		return name
	})
}

func (s speaker) week(n int) string {
	if n == Last {
		return i18n.T(string(s), "recurrence.week.last")
	}
	return i18n.T(string(s), "recurrence.week."+strconv.Itoa(n))
}

func (s speaker) branch(n int) string { return i18n.T(string(s), "recurrence.branch."+strconv.Itoa(n)) }

// list joins values by commas and the language's "and" before the last.
func (s speaker) list(list []int, show func(int) string) string {
	last := len(list) - 1
	words := joinWith(", ", list[:last], show)
	if words == "" {
		return show(list[last])
	}
	return i18n.T(string(s), "recurrence.say.and", words, show(list[last]))
}

func (s speaker) span(r Rule) string {
	first, last := vn.ShowDate(r.First), vn.ShowDate(r.Last)
	switch {
	case r.First == "" && r.Last == "":
		return ""
	case r.Last == "":
		return i18n.T(string(s), "recurrence.say.from", first)
	case r.First == "":
		return i18n.T(string(s), "recurrence.say.until", last)
	}
	return i18n.T(string(s), "recurrence.say.between", first, last)
}

// Text says a note in a language.
func (n Note) Text(lang string) string {
	switch {
	case n.Kind == NoteLeap:
		return i18n.T(lang, "recurrence.note.leap", n.Month)
	case n.Kind == NoteSkipped || n.Kind == NoteBeside:
		return i18n.T(lang, "recurrence.note."+string(n.Kind))
	case n.Lunar:
		return i18n.T(lang, "recurrence.note.lunar."+string(n.Kind), n.Day, n.Month, n.MonthDays)
	}
	return i18n.T(lang, "recurrence.note.month."+string(n.Kind), n.Day, n.Month, n.MonthDays)
}
