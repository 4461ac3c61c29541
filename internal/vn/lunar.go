package vn

import (
	"fmt"
	"math"
	"sort"
	"sync"
	"time"
)

// LunarDate is a day of the Vietnamese lunar calendar (âm lịch). Year is the
// Gregorian year in which the lunar year began; Leap marks the month that
// repeats the number of the month before it (tháng nhuận).
type LunarDate struct {
	Year, Month, Day int
	Leap             bool
}

// Short returns day and month, "14/10". Whether the month is a leap month is
// for the caller to say in the reader's language.
func (d LunarDate) Short() string { return fmt.Sprintf("%d/%d", d.Day, d.Month) }

// YearName returns the name of the lunar year in the cycle of sixty: "Bính Ngọ".
func (d LunarDate) YearName() string { return YearName(d.Year) }

var (
	stems    = [...]string{"Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ"}
	branches = [...]string{"Thân", "Dậu", "Tuất", "Hợi", "Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi"}
)

// YearName returns the name of a lunar year in the cycle of sixty (can chi).
func YearName(year int) string {
	if year < 0 {
		return ""
	}
	return stems[year%10] + " " + branches[year%12]
}

// Lunar returns the lunar date of a date; false if it is none or lies outside
// 1900 to 2100. It follows the rules of the Vietnamese calendar at UTC+7
// throughout, also before 1968, when other meridians were official.
func Lunar(date string) (LunarDate, bool) {
	t, ok := StartOf(date)
	if !ok {
		return LunarDate{}, false
	}
	day := dayNumber(t)
	months := lunarMonths()
	i := sort.Search(len(months), func(i int) bool { return months[i].start > day }) - 1
	m := months[i]
	return LunarDate{Year: m.year, Month: m.month, Leap: m.leap, Day: day - m.start + 1}, true
}

// Solar returns the date of a lunar date; false if that year has no such month
// or the month no such day, or the date lies outside 1900 to 2100.
func (d LunarDate) Solar() (string, bool) {
	m, ok := d.month()
	if !ok || d.Day < 1 || d.Day > m.days {
		return "", false
	}
	date := fromDayNumber(m.start + d.Day - 1)
	return date, ValidDate(date)
}

// MonthDays returns 29 or 30, the number of days of the month of d, or 0 if
// that year has no such month.
func (d LunarDate) MonthDays() int {
	m, _ := d.month()
	return m.days
}

// month finds the month of d, whatever its day; false if the year has none such.
func (d LunarDate) month() (lunarMonth, bool) {
	months := lunarMonths()
	i := sort.Search(len(months)-1, func(i int) bool { return !months[i].before(d) })
	m := months[i]
	if m.year != d.Year || m.month != d.Month || m.leap != d.Leap {
		return lunarMonth{}, false
	}
	return m, true
}

// lunarMonth is one month of the calendar: the day number on which it starts,
// its length and its place. term is the sign of the zodiac (0 to 11, from the
// spring equinox) in which the sun stands as its first day begins.
type lunarMonth struct {
	start, days, year, month int
	leap                     bool
	term                     int
}

func (m lunarMonth) before(d LunarDate) bool {
	if m.year != d.Year {
		return m.year < d.Year
	}
	if m.month != d.Month {
		return m.month < d.Month
	}
	return !m.leap && d.Leap
}

// lunarMonths holds every month from the eleventh of 1898 to the tenth of 2102.
// It takes some ten milliseconds once; every answer after that is a search.
var lunarMonths = sync.OnceValue(func() []lunarMonth {
	months := moons(firstYear-2, lastYear+3)
	named := months[:0:0]
	from := -1
	for i := range len(months) - 1 {
		if !months[i].hasSolstice(months[i+1]) {
			continue
		}
		if from >= 0 {
			named = append(named, nameYear(months[from:i+1])...)
		}
		from = i
	}
	return named
})

// moons lists the months of the years, still without a name.
func moons(fromYear, toYear int) []lunarMonth {
	const perYear = 12.3685
	k := int(math.Floor(float64(fromYear-2000) * perYear))
	var months []lunarMonth
	for start := localDay(newMoon(k)); start < dayNumber(time.Date(toYear, 1, 1, 0, 0, 0, 0, Zone)); {
		k++
		next := localDay(newMoon(k))
		months = append(months, lunarMonth{start: start, days: next - start, term: signAt(start)})
		start = next
	}
	return months
}

// hasSolstice reports whether the winter solstice falls into m, which makes it
// the eleventh month. The sun may change its sign twice within one month.
func (m lunarMonth) hasSolstice(next lunarMonth) bool {
	const capricorn = 9
	return m.term < capricorn && m.term >= capricorn-2 && next.term >= capricorn
}

// nameYear numbers the months from one eleventh month up to the next, which
// comes last and is left out. If there are thirteen, the first in which the
// sun stays within one sign is the leap month.
func nameYear(months []lunarMonth) []lunarMonth {
	last := len(months) - 1
	leap := last == 13
	solstice := fromDayNumber(months[0].start)
	year, number := yearOf(solstice), 11
	for i := range last {
		m := &months[i]
		if i > 0 && leap && m.term == months[i+1].term {
			m.leap, leap = true, false
		} else if i > 0 {
			number++
		}
		if number == 13 {
			number, year = 1, year+1
		}
		m.month, m.year = number, year
	}
	return months[:last]
}

func yearOf(date string) int {
	t, _ := time.Parse(time.DateOnly, date)
	return t.Year()
}

// Day numbers are Julian day numbers: they change at noon of universal time in
// astronomy, but here they stand for whole days of Viet Nam.

const unixEpochDay = 2440588

// DayNumber returns the Julian day number of a date, by which days are counted without a
// calendar: those that 7 divides are Mondays. It is false if date is none.
func DayNumber(date string) (int, bool) {
	t, ok := StartOf(date)
	return dayNumber(t), ok
}

// Branches is the number of the earthly branches (địa chi) by which days are named.
const Branches = 12

// Branch returns the branch of a date, counted from Tý, which is 0: 1 January 2000 was a
// day of Ngọ, which is 6. It is false if date is none.
func Branch(date string) (int, bool) {
	n, ok := DayNumber(date)
	return (n + 1) % Branches, ok
}

func dayNumber(t time.Time) int {
	return unixEpochDay + int(math.Floor(float64(t.Unix()+7*60*60)/86400))
}

func fromDayNumber(day int) string {
	return time.Unix(int64(day-unixEpochDay)*86400, 0).UTC().Format(time.DateOnly)
}

const zoneDays = 7.0 / 24

// localDay returns the day number in Viet Nam of a JD.
func localDay(jd float64) int { return int(math.Floor(jd + 0.5 + zoneDays)) }

// signAt returns the sign of the zodiac in which the sun stands as the day begins.
func signAt(day int) int { return int(sunLongitude(float64(day)-0.5-zoneDays) / 30) }
