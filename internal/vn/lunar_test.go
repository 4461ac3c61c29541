package vn

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// Tết of each year at UTC+7, with the number of the leap month after "+".
// From 1968 on they equal the printed Vietnamese calendars.
const tetDays = `
1900 01-31+8 02-19 02-08 01-28+5 02-16 02-04 01-25+4 02-13 02-02 01-22+2
1910 02-10 01-30+6 02-18 02-06 01-26+5 02-14 02-03 01-23+3 02-11 02-01+7
1920 02-20 02-08 01-28+6 02-16 02-05 01-24+4 02-13 02-02 01-23+2 02-10
1930 01-30+6 02-17 02-06 01-26+5 02-14 02-03 01-24+3 02-11 01-31+8 02-19
1940 02-08 01-27+6 02-15 02-05 01-25+4 02-13 02-02 01-22+2 02-10 01-29+7
1950 02-17 02-06 01-27+5 02-14 02-03 01-24+3 02-12 01-31+8 02-18 02-08
1960 01-28+6 02-15 02-05 01-25+4 02-13 02-01 01-21+3 02-09 01-29+7 02-16
1970 02-06 01-27+5 02-15 02-03 01-23+4 02-11 01-31+8 02-18 02-07 01-28+6
1980 02-16 02-05 01-25+4 02-13 02-02 01-21+2 02-09 01-29+7 02-17 02-06
1990 01-27+5 02-15 02-04 01-23+3 02-10 01-31+8 02-19 02-07 01-28+5 02-16
2000 02-05 01-24+4 02-12 02-01 01-22+2 02-09 01-29+7 02-17 02-07 01-26+5
2010 02-14 02-03 01-23+4 02-10 01-31+9 02-19 02-08 01-28+6 02-16 02-05
2020 01-25+4 02-12 02-01 01-22+2 02-10 01-29+6 02-17 02-06 01-26+5 02-13
2030 02-02 01-23+3 02-11 01-31+11 02-19 02-08 01-28+6 02-15 02-04 01-24+5
2040 02-12 02-01 01-22+2 02-10 01-30+7 02-17 02-06 01-26+5 02-14 02-02
2050 01-23+3 02-11 02-01+8 02-18 02-08 01-28+6 02-15 02-04 01-24+4 02-12
2060 02-02 01-21+3 02-09 01-29+7 02-17 02-05 01-26+5 02-14 02-03 01-23+4
2070 02-11 01-31+8 02-19 02-07 01-27+6 02-15 02-05 01-24+4 02-12 02-02
2080 01-22+3 02-09 01-29+7 02-17 02-06 01-26+5 02-14 02-03 01-24+4 02-10
2090 01-30+8 02-18 02-07 01-27+6 02-15 02-05 01-25+4 02-12 02-01 01-21+2
2100 02-09`

func TestTetAndLeapMonths(t *testing.T) {
	t.Parallel()
	year := 1900
	for line := range strings.Lines(strings.TrimSpace(tetDays)) {
		for _, want := range strings.Fields(line)[1:] {
			if got := tetOf(year); got != want {
				t.Errorf("Tết %d and its leap month: %s, want %s", year, got, want)
			}
			year++
		}
	}
	if year != 2101 {
		t.Errorf("the list ends before %d", year)
	}
}

func tetOf(year int) string {
	date, _ := LunarDate{Year: year, Month: 1, Day: 1}.Solar()
	got := strings.TrimPrefix(date, strconv.Itoa(year)+"-")
	for month := 1; month <= 12; month++ {
		if (LunarDate{Year: year, Month: month, Leap: true}).MonthDays() > 0 {
			got += fmt.Sprintf("+%d", month)
		}
	}
	return got
}

// Days on which Viet Nam and its neighbour to the north differ, and days that
// were checked one by one.
func TestLunarDaysThatDecide(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]LunarDate{
		"1968-01-29": {1968, 1, 1, false},
		"1985-01-21": {1985, 1, 1, false},
		"2007-02-17": {2007, 1, 1, false},
		"2030-02-02": {2030, 1, 1, false},
		"1985-02-20": {1985, 2, 1, false},
		"1985-03-21": {1985, 2, 1, true},
		"2025-07-25": {2025, 6, 1, true},
		"2026-11-22": {2026, 10, 14, false},
		"2033-12-22": {2033, 11, 1, true},
		"1900-01-01": {1899, 12, 1, false},
		"2100-12-31": {2100, 12, 1, false},
	} {
		if got, ok := Lunar(date); !ok || got != want {
			t.Errorf("Lunar(%s) = %+v, %v, want %+v", date, got, ok, want)
		}
	}
}

func TestLunarRoundTripEveryDay(t *testing.T) {
	t.Parallel()
	before, _ := Lunar("1900-01-01")
	for date := "1900-01-02"; date != ""; date = AddDays(date, 1) {
		lunar, ok := Lunar(date)
		if !ok {
			if date != "2101-01-01" {
				t.Fatalf("%s has no lunar date", date)
			}
			return
		}
		if back, ok := lunar.Solar(); !ok || back != date {
			t.Fatalf("%s is %+v, which is %s", date, lunar, back)
		}
		if !follows(before, lunar) {
			t.Fatalf("%s: %+v follows %+v", date, lunar, before)
		}
		before = lunar
	}
}

// follows reports whether b may be the day after a.
func follows(a, b LunarDate) bool {
	if b.Day == a.Day+1 {
		return a.Day < 30 && a.Month == b.Month && a.Leap == b.Leap && a.Year == b.Year
	}
	if b.Day != 1 || a.Day < 29 {
		return false
	}
	leap := b.Leap && !a.Leap && b.Month == a.Month && b.Year == a.Year
	next := !b.Leap && b.Month == a.Month+1 && b.Year == a.Year
	newYear := !b.Leap && a.Month == 12 && b.Month == 1 && b.Year == a.Year+1
	return leap || next || newYear
}

func TestLunarDaysThatDoNotExist(t *testing.T) {
	t.Parallel()
	for _, d := range []LunarDate{
		{2026, 13, 1, false}, {2026, 0, 1, false}, {2026, 1, 0, false}, {2026, 1, 31, false}, {2026, 1, -1, false},
		{2026, 6, 1, true}, {2025, 5, 1, true}, {1800, 1, 1, false}, {2200, 1, 1, false}, {2100, 12, 20, false}, {},
	} {
		if date, ok := d.Solar(); ok {
			t.Errorf("%+v is %s", d, date)
		}
	}
	for year, want := range map[int]int{2023: 30, 2024: 29, 2025: 29, 2026: 29, 2031: 29, 2032: 30} {
		if got := (LunarDate{Year: year, Month: 12}).MonthDays(); got != want {
			t.Errorf("the twelfth month of %d has %d days, want %d", year, got, want)
		}
	}
	for _, date := range []string{"", "2026-02-30", "1899-12-31", "2101-01-01"} {
		if d, ok := Lunar(date); ok {
			t.Errorf("Lunar(%q) = %+v", date, d)
		}
	}
}

func TestYearName(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		1968: "Mậu Thân", 1984: "Giáp Tý", 1985: "Ất Sửu", 2007: "Đinh Hợi", 2023: "Quý Mão", 2026: "Bính Ngọ", 2030: "Canh Tuất", 0: "Canh Thân", -1: "",
	} {
		if got := YearName(year); got != want {
			t.Errorf("YearName(%d) = %q, want %q", year, got, want)
		}
	}
	eve, _ := Lunar("2026-02-16")
	if eve.Short() != "29/12" || eve.YearName() != "Ất Tỵ" {
		t.Errorf("the eve of Tết 2026 is %s %s", eve.Short(), eve.YearName())
	}
}

func BenchmarkLunar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Lunar("2026-11-22")
	}
}

// TestBranchesOfDays: 1 January 2000 was a day of Ngọ, and a Saturday.
func TestBranchesOfDays(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]int{"2000-01-01": 6, "2000-01-02": 7, "1999-12-31": 5, "2027-01-02": 5, "2027-01-08": 11, "1900-01-01": 10} {
		if got, ok := Branch(date); got != want || !ok {
			t.Errorf("the branch of %s is %d, %v, want %d", date, got, ok, want)
		}
	}
	if n, ok := DayNumber("2000-01-01"); n != 2451545 || !ok || n%7 != 5 {
		t.Errorf("the day number is %d, %v", n, ok)
	}
	if _, ok := Branch("2027-02-29"); ok {
		t.Error("a day that there is not has a branch")
	}
}

func TestParseLunarDay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]LunarDate{"9/1": {Month: 1, Day: 9}, "Mùng 3 tháng Ba": {Month: 3, Day: 3}, "rằm tháng 7": {Month: 7, Day: 15},
		"30/Chạp": {Month: 12, Day: 30}, "31/1": {}, "0/1": {}, "1/13": {}, "9": {}, "": {}, "9/1/2027": {}} {
		if got, err := ParseLunarDay(text); got != want || (err == nil) != (want.Day > 0) {
			t.Errorf("%q is read as %+v, %v", text, got, err)
		}
	}
}
