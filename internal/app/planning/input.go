package planning

import (
	"slices"
	"strconv"

	"hoicho/internal/app/core"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// MostMonths is how far a series reaches from its first day.
const MostMonths = 12

// YearFrom is the last day of the MostMonths that begin on a day.
func YearFrom(first string) string {
	start, _ := vn.StartOf(first)
	return vn.DateOf(start.AddDate(0, MostMonths, -1))
}

// Input is what the form of a series holds, as it was typed.
type Input struct {
	Pattern  string   `form:"pattern"`
	Kind     string   `form:"kind"`
	Days     string   `form:"days"`
	Dates    string   `form:"dates"`
	Weekdays []string `form:"weekdays"`
	Weeks    []string `form:"weeks"`
	Branches []string `form:"branches"`
	Every    string   `form:"every"`
	Since    string   `form:"since"`
	Short    string   `form:"short"`
	Leap     string   `form:"leap"`
	First    string   `form:"first"`
	Last     string   `form:"last"`
}

// readRule reads the rule that was typed, or returns all faults at once.
func (a *Service) readRule(in Input) (recurrence.Rule, error) {
	r := core.Input{Today: a.Today()}
	rule := recurrence.Rule{Kind: recurrence.Kind(in.Kind), Short: recurrence.Short(in.Short), Leap: recurrence.Leap(in.Leap)}
	rule.Weekdays, rule.Weeks, rule.Branches = numbers(&r, "weekdays", in.Weekdays), numbers(&r, "weeks", in.Weeks), numbers(&r, "branches", in.Branches)
	rule.Days, rule.Dates = readDays(&r, in), readDates(&r, in)
	if in.Every != "" {
		rule.Every = r.Count("every", in.Every)
		r.Faults.Check(rule.Every != 0, "every", "recurrence.error.every", rule.Kind.MostEvery())
	}
	rule.Since, rule.First, rule.Last = r.Date("since", in.Since), r.Date("first", in.First), r.Date("last", in.Last)
	r.Faults.Check(in.First != "", "first", "error.required")
	r.Faults.Check(in.Last != "", "last", "error.required")
	if rule.First != "" {
		until := YearFrom(rule.First)
		r.Faults.Check(rule.Last <= until, "last", "planning.error.long", MostMonths, vn.ShowDate(until))
	}
	for _, fault := range rule.Faults() {
		told := func(f *registry.Error) bool { return f.Field == fault.Field }
		if !slices.ContainsFunc(r.Faults, told) {
			r.Faults = append(r.Faults, fault)
		}
	}
	return rule, r.Faults.Err()
}

func readDays(r *core.Input, in Input) []int {
	most := 31
	if recurrence.Kind(in.Kind) == recurrence.LunarDays {
		most = 30
	}
	days, wrong := recurrence.ParseDays(in.Days, most)
	r.Faults.Check(wrong == "", "days", "planning.error.day", wrong, most)
	return days
}

func readDates(r *core.Input, in Input) []recurrence.LunarDay {
	dates, wrong := recurrence.ParseLunarDays(in.Dates)
	r.Faults.Check(wrong == "", "dates", "planning.error.date", wrong)
	return dates
}

func numbers(r *core.Input, field string, typed []string) (list []int) {
	for _, text := range typed {
		n, err := strconv.Atoi(text)
		r.Faults.Check(err == nil, field, "error.choose")
		list = append(list, n)
	}
	return list
}

// InputOf is the form of a rule as it would be typed.
func InputOf(pattern registry.EventID, r recurrence.Rule) Input {
	in := Input{Pattern: string(pattern), Kind: string(r.Kind), Days: recurrence.ShowDays(r.Days), Dates: recurrence.ShowLunarDays(r.Dates),
		Weekdays: texts(r.Weekdays), Weeks: texts(r.Weeks), Branches: texts(r.Branches), Short: string(r.Short), Leap: string(r.Leap),
		Since: typedDate(r.Since), First: typedDate(r.First), Last: typedDate(r.Last)}
	if r.Every > 0 {
		in.Every = strconv.Itoa(r.Every)
	}
	return in
}

func typedDate(date string) string {
	if date == "" {
		return ""
	}
	return vn.ShowDate(date)
}

func texts(list []int) (typed []string) {
	for _, n := range list {
		typed = append(typed, strconv.Itoa(n))
	}
	return typed
}
