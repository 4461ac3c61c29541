package vn

import "time"

// fixedHolidays are the public holidays that stand on one day of the Gregorian
// year, "MM-DD". National Day is two days: the Government says each year whether
// the second comes before or after, so both neighbours count.
var fixedHolidays = map[string]bool{"01-01": true, "04-30": true, "05-01": true, "09-01": true, "09-02": true, "09-03": true}

// Holiday reports whether nobody works in offices on a date because of a public
// holiday: the fixed ones, the day of the Hùng kings (10/3 of the lunar year) and
// Tết from the last day of the old year to the fourth of the new one. Which days
// are made up for is announced from year to year and not known here.
func Holiday(date string) bool {
	if len(date) == len(time.DateOnly) && fixedHolidays[date[5:]] {
		return true
	}
	d, ok := Lunar(date)
	if !ok || d.Leap {
		return false
	}
	if d.Month == 3 && d.Day == 10 || d.Month == 1 && d.Day <= 4 {
		return true
	}
	tomorrow, ok := Lunar(AddDays(date, 1))
	return ok && tomorrow.Month == 1 && tomorrow.Day == 1 && !tomorrow.Leap
}

// DaysToTet is how many days lie between a date and the next lunar New Year's Day,
// 0 on that day; -1 outside the years that are known.
func DaysToTet(date string) int {
	year := yearOf(date)
	for _, y := range []int{year, year + 1} {
		if first, ok := (LunarDate{Year: y, Month: 1, Day: 1}).Solar(); ok && first >= date {
			return DaysBetween(date, first)
		}
	}
	return -1
}

// WorkingDay reports whether offices work on a date: Monday to Friday, no holiday.
func WorkingDay(date string) bool {
	t, ok := StartOf(date)
	return ok && t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !Holiday(date)
}

// AddWorkingDays returns the n-th working day after a date, or before it where n is
// negative. The date itself does not count.
func AddWorkingDays(date string, n int) string {
	if !ValidDate(date) {
		return date
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if date = AddDays(date, step); WorkingDay(date) {
			n--
		}
	}
	return date
}
