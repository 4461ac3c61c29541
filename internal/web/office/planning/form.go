package planning

import (
	"slices"
	"strconv"

	"hoicho/internal/recurrence"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// fields are those of the form for a kind of rule, in its order.
func fields(b view.Base, f seriesForm) (list []view.Field) {
	kind, date := recurrence.Kind(f.Kind), b.T("form.date_shape")
	label := func(name string) string { return b.T("planning.field." + name) }
	every, days := "every_days", "days"
	if kind == recurrence.Weekly {
		every = "every_weeks"
	}
	if kind == recurrence.LunarDays {
		days = "lunar_days"
	}
	all := []view.Field{
		{Name: "days", Label: label(days), Hint: label(days + ".hint"), Value: f.Days, Max: 120, Required: true},
		{Name: "dates", Label: label("dates"), Hint: label("dates.hint"), Value: f.Dates, Max: 400, Required: true},
		{Name: "weekdays", Type: "checkboxes", Label: label("weekdays"), Options: numbered([]int{1, 2, 3, 4, 5, 6, 0}, f.Weekdays, weekday(b)), Tight: true},
		{Name: "weeks", Type: "checkboxes", Label: label("weeks"), Options: numbered([]int{1, 2, 3, 4, recurrence.Last}, f.Weeks, week(b)), Tight: true},
		{Name: "branches", Type: "checkboxes", Label: label("branches"), Hint: label("branches.hint"),
			Options: numbered([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, f.Branches, branch(b)), Tight: true},
		{Name: "every", Type: "number", Label: label(every), Hint: label(every + ".hint"), Value: f.Every, Required: true},
		{Name: "since", Type: "date", Label: label("since"), Hint: label("since.hint"), Value: f.Since, Shape: date},
		{Name: "short", Type: "radios", Label: label("short"),
			Options: view.Options(b, "planning.short.", []recurrence.Short{recurrence.ShortSkip, recurrence.ShortLast}, f.Short)},
		{Name: "leap", Type: "radios", Label: label("leap"),
			Options: view.Options(b, "planning.leap.", []recurrence.Leap{recurrence.LeapOrdinary, recurrence.LeapMonth, recurrence.LeapBoth}, f.Leap)},
	}
	for _, x := range all {
		if kind.Uses(x.Name) {
			list = append(list, x)
		}
	}
	return append(list, view.Field{Name: "first", Type: "date", Label: label("first"), Value: f.First, Shape: date, Required: true},
		view.Field{Name: "last", Type: "date", Label: label("last"), Hint: label("last.hint"), Value: f.Last, Shape: date, Required: true})
}

// numbered are choices whose values are numbers.
func numbered(values []int, chosen []string, label func(int) string) (list []view.Option) {
	for _, n := range values {
		value := strconv.Itoa(n)
		list = append(list, view.Option{Value: value, Label: label(n), Selected: slices.Contains(chosen, value)})
	}
	return list
}

func weekday(b view.Base) func(int) string {
	const sunday = "2000-01-02"
	return func(n int) string { return vn.Weekday(vn.AddDays(sunday, n), b.Lang) }
}

func week(b view.Base) func(int) string {
	return func(n int) string {
		if n == recurrence.Last {
			return b.T("recurrence.week.last")
		}
		return b.T("recurrence.week." + strconv.Itoa(n))
	}
}

func branch(b view.Base) func(int) string {
	return func(n int) string { return b.T("recurrence.branch." + strconv.Itoa(n)) }
}
