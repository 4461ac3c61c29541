package vn

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Zone is the time of Viet Nam. It is a fixed +07:00 because the country keeps
// no summer time, so a machine without a time-zone database tells it right.
var Zone = time.FixedZone("+07", 7*60*60)

// Dates are texts YYYY-MM-DD in Zone between these years; the product and its
// lunar calendar reach no further.
const (
	firstYear = 1900
	lastYear  = 2100
)

// DateOf returns the date of an instant in Viet Nam.
func DateOf(t time.Time) string { return t.In(Zone).Format(time.DateOnly) }

// ClockOf returns the time of day of an instant in Viet Nam as HH:MM.
func ClockOf(t time.Time) string { return t.In(Zone).Format("15:04") }

// ShowTime writes an instant as people in Viet Nam read it, with its time first: "17:00 25/11/2026".
func ShowTime(t time.Time) string { return ClockOf(t) + " " + ShowDate(DateOf(t)) }

// StartOf returns the first instant of a date in Viet Nam; false if it is none.
func StartOf(date string) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly, date, Zone)
	return t, err == nil && t.Year() >= firstYear && t.Year() <= lastYear
}

// InstantOf returns the instant of a date and a time of day in minutes from
// midnight in Viet Nam; false if the date is none.
func InstantOf(date string, minutes int) (time.Time, bool) {
	t, ok := StartOf(date)
	return t.Add(time.Duration(minutes) * time.Minute), ok
}

// ValidDate reports whether s is a date of the calendar, written YYYY-MM-DD.
func ValidDate(s string) bool {
	_, ok := StartOf(s)
	return ok
}

// ParseDate reads a date as people type it: 22/11/2026, 22-11-2026, 22.11.2026,
// 22/11/26, 2026-11-22, or without a year for the next such day from today on:
// 22/11, and of the lunar calendar 15/Giêng, mùng 3 tháng Ba, rằm tháng 7. The fault
// is FaultDate, also for days that the calendar does not have (31/02) or not in the
// year meant (29/02).
func ParseDate(s, today string) (string, error) { return parseDate(s, today, false) }

// ParsePastDate is ParseDate for a field whose day lies behind: without a year it is
// the last such day up to today.
func ParsePastDate(s, today string) (string, error) { return parseDate(s, today, true) }

func parseDate(s, today string, past bool) (string, error) {
	if d, ok := lunarDay(s); ok {
		return d.nearest(today, past)
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/-. ", r) })
	if len(parts) == 3 && len(parts[0]) == 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	if len(parts) == 2 {
		parts = append(parts, yearMeant(parts[0], parts[1], today, past))
	}
	if len(parts) != 3 {
		return "", FaultDate
	}
	if len(parts[2]) == 2 {
		parts[2] = "20" + parts[2]
	}
	if date, ok := dateOfParts(parts[0], parts[1], parts[2]); ok {
		return date, nil
	}
	return "", FaultDate
}

// yearMeant is the year of the next or the last such day, whether or not it has one.
func yearMeant(day, month, today string, past bool) string {
	from, ok := StartOf(today)
	leap, known := dateOfParts(day, month, "2000")
	if !ok || !known {
		return ""
	}
	year, order := from.Year(), strings.Compare(leap[4:], today[4:])
	if past && order > 0 {
		year--
	}
	if !past && order < 0 {
		year++
	}
	return strconv.Itoa(year)
}

func dateOfParts(day, month, year string) (string, bool) {
	if len(day) > 2 || len(month) > 2 || len(year) != 4 {
		return "", false
	}
	pad := func(s string) string { return strings.Repeat("0", 2-len(s)) + s }
	date := year + "-" + pad(month) + "-" + pad(day)
	return date, ValidDate(date)
}

// ParseClock reads a time of day as people type it (7h, 7h30, 7:30, 07.30, 7 giờ
// 30, and 0730 or 730 where there is no time for more) and returns the minutes
// from midnight, up to 1440 for 24h, the end of the day. The fault is FaultClock.
func ParseClock(s string) (int, error) {
	s = strings.ReplaceAll(strings.ToLower(NFC(s)), "giờ", "h")
	s = strings.NewReplacer(" ", "", "h", ":", ".", ":").Replace(s)
	hour, minute, cut := strings.Cut(s, ":")
	if bare := len(hour); !cut && (bare == 3 || bare == 4) {
		hour, minute = hour[:bare-2], hour[bare-2:]
	}
	if minute == "" {
		minute = "0"
	}
	h, okHour := smallNumber(hour)
	m, okMinute := smallNumber(minute)
	if !okHour || !okMinute || m > 59 || h*60+m > 24*60 {
		return 0, FaultClock
	}
	return h*60 + m, nil
}

// ShowClock writes minutes from midnight as HH:MM.
func ShowClock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// smallNumber reads one or two digits.
func smallNumber(s string) (int, bool) {
	if len(s) > 2 {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 8)
	return int(n), err == nil
}

// ShowDate writes a date dd/mm/yyyy. What is no date is returned as it is.
func ShowDate(date string) string {
	if t, ok := StartOf(date); ok {
		return t.Format("02/01/2006")
	}
	return date
}

// ShortDates writes dates as short as tells them apart: "06/11", with their year where they lie in
// several. What is no date stays as it is.
func ShortDates(dates []string) (short []string) {
	year := func(date string) string { return date[:min(len("2006"), len(date))] }
	several := slices.ContainsFunc(dates, func(date string) bool { return year(date) != year(dates[0]) })
	for _, date := range dates {
		shown := ShowDate(date)
		if len(shown) == len("02/01/2006") {
			shown = shown[:len("02/01")]
			if several {
				shown += "/" + date[len("20"):len("2006")]
			}
		}
		short = append(short, shown)
	}
	return short
}

// ShowRange writes the days from first to last as short as can be read:
// "22/11/2026", "22–25/11/2026", "28/11–02/12/2026", "30/12/2026–02/01/2027".
// If either is no date, first stands alone.
func ShowRange(first, last string) string {
	a, b := ShowDate(first), ShowDate(last)
	switch {
	case a == b || !ValidDate(first) || !ValidDate(last):
		return a
	case a[3:] == b[3:]:
		a = a[:2]
	case a[6:] == b[6:]:
		a = a[:5]
	}
	return a + "–" + b
}

// AddDays returns the date that many days later, or earlier if days is
// negative; "" if date is none.
func AddDays(date string, days int) string {
	t, ok := StartOf(date)
	if !ok {
		return ""
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// DaysBetween returns how many days to lies after from: 0 on the same day,
// negative if it lies before. Both must be valid dates.
func DaysBetween(from, to string) int {
	a, _ := StartOf(from)
	b, _ := StartOf(to)
	return int(b.Sub(a) / (24 * time.Hour))
}

var weekdayNames = map[string][7]string{
	"vi": {"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"},
	"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

var weekdayShorts = map[string][7]string{
	"vi": {"CN", "T2", "T3", "T4", "T5", "T6", "T7"},
	"en": {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
}

// Weekday names the day of the week of a date in the language vi or en.
func Weekday(date, lang string) string { return weekdayIn(weekdayNames, date, lang) }

// WeekdayShort names it in two or three letters, for the head of a calendar.
func WeekdayShort(date, lang string) string { return weekdayIn(weekdayShorts, date, lang) }

func weekdayIn(names map[string][7]string, date, lang string) string {
	t, ok := StartOf(date)
	if !ok {
		return ""
	}
	return names[lang][t.Weekday()]
}
