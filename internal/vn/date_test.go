package vn

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	const today = "2026-11-22"
	for in, want := range map[string]string{
		"22/11/2026": "2026-11-22", "1/2/2027": "2027-02-01", "22-11-2026": "2026-11-22", "22.11.2026": "2026-11-22",
		"2026-11-22": "2026-11-22", " 22 / 11 / 2026 ": "2026-11-22", "22/11/26": "2026-11-22", "29/02/2028": "2028-02-29",
		"22/11": "2026-11-22", "21/11": "2027-11-21", "31/12": "2026-12-31", "29/2": "", "1-1": "2027-01-01",
		"31/02/2026": "", "29/02/2027": "", "31/02": "", "0/1/2026": "", "1/13/2026": "", "32/1/2026": "", "22/11/0026": "",
		"22/11/1899": "", "22/11/2101": "", "": "", "22": "", "22/11/2026/1": "", "hôm nay": "", "-1/2/2026": "2026-02-01",
		"é/1/2026": "", "+1/2/2026": "", "2026/11/022": "",
	} {
		got, err := ParseDate(in, today)
		if got != want || (want == "") != (err == FaultDate) {
			t.Errorf("ParseDate(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

// TestDatesAsPeopleTypeThem runs the cases that the script of the fields runs too.
func TestDatesAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for _, row := range caseRows(t, "dates.csv") {
		parse := ParseDate
		if row[1] == "past" {
			parse = ParsePastDate
		}
		if got, err := parse(row[0], row[2]); got != row[3] || (row[3] == "") != (err == FaultDate) {
			t.Errorf("%q in a %s field on %s is read as %q, %v; it means %q (%s)", row[0], row[1], row[2], got, err, row[3], row[4])
		}
	}
}

func TestDatesWithoutYear(t *testing.T) {
	t.Parallel()
	for _, c := range [][4]string{ // typed, today, the next such day, the last
		{"22/11", "2026-11-22", "2026-11-22", "2026-11-22"}, {"21/11", "2026-11-22", "2027-11-21", "2026-11-21"}, {"1/1", "2026-12-31", "2027-01-01", "2026-01-01"},
		{"29/2", "2028-02-29", "2028-02-29", "2028-02-29"}, {"29/2", "2028-01-31", "2028-02-29", ""}, {"29/2", "2028-03-01", "", "2028-02-29"}, {"29/2", "2027-12-31", "2028-02-29", ""},
		{"Rằm tháng 7", "2026-11-29", "2027-08-16", "2026-08-27"}, {"rằm tháng Giêng", "2026-11-29", "2027-02-20", "2026-03-03"}, {"mùng 1 tháng Chạp", "2026-11-29", "2027-01-08", "2026-01-19"},
		{"23/Chạp", "2027-01-30", "2027-01-30", "2027-01-30"}, {"mồng 10 tháng ba", "2026-11-29", "2027-04-16", "2026-04-26"}, {"15/ giêng", "2026-11-29", "2027-02-20", "2026-03-03"},
		{"rằm tháng 6", "2025-08-01", "2026-07-28", "2025-07-09"}, {"rằm tháng 7", "2025-08-01", "2025-09-06", "2024-08-18"}, // in the leap month behind the sixth
		{"mùng 2/9", "2026-11-29", "", ""}, {"15 tháng ba", "2026-11-29", "", ""}, {"mùng 3", "2026-11-29", "", ""}, {"31/Giêng", "2026-11-29", "", ""}, {"mùng rằm tháng 7", "2026-11-29", "", ""},
	} {
		next, _ := ParseDate(c[0], c[1])
		last, _ := ParsePastDate(c[0], c[1])
		if next != c[2] || last != c[3] {
			t.Errorf("%q on %s: the next is %q, the last %q; want %q, %q", c[0], c[1], next, last, c[2], c[3])
		}
	}
}

func TestParseDateWithoutYearAtTheEnd(t *testing.T) {
	t.Parallel()
	if got, err := ParseDate("1/1", "2100-06-01"); err != FaultDate {
		t.Errorf("a day after 2100: %q, %v", got, err)
	}
	if got, err := ParseDate("29/2", "2096-03-01"); err != FaultDate {
		t.Errorf("2100 has no 29 February: %q, %v", got, err)
	}
	if got, err := ParseDate("1/1", "no date"); err != FaultDate {
		t.Errorf("from no date: %q, %v", got, err)
	}
}

func TestShowRange(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"2026-11-22", "2026-11-22", "22/11/2026"},
		{"2026-11-22", "2026-11-25", "22–25/11/2026"},
		{"2026-11-28", "2026-12-02", "28/11–02/12/2026"},
		{"2026-12-30", "2027-01-02", "30/12/2026–02/01/2027"},
		{"2025-11-22", "2026-11-22", "22/11/2025–22/11/2026"},
		{"2026-11-22", "", "22/11/2026"},
		{"2026-11-22", "2026", "22/11/2026"},
		{"2025-04", "2025-05-01", "2025-04"},
		{"", "", ""},
	} {
		if got := ShowRange(c[0], c[1]); got != c[2] {
			t.Errorf("ShowRange(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestWeekday(t *testing.T) {
	t.Parallel()
	for _, c := range [][4]string{
		{"2026-11-22", "vi", "Chủ nhật", "CN"}, {"2026-11-23", "vi", "Thứ hai", "T2"}, {"2026-11-28", "en", "Saturday", "Sat"}, {"2026-02-30", "vi", "", ""},
	} {
		if got, short := Weekday(c[0], c[1]), WeekdayShort(c[0], c[1]); got != c[2] || short != c[3] {
			t.Errorf("weekday of %s in %s is %q, %q", c[0], c[1], got, short)
		}
	}
}

func TestInstants(t *testing.T) {
	t.Parallel()
	night := time.Date(2026, 11, 21, 17, 30, 0, 0, time.UTC)
	if DateOf(night) != "2026-11-22" || ClockOf(night) != "00:30" {
		t.Errorf("17:30 UTC is %s %s in Viet Nam", DateOf(night), ClockOf(night))
	}
	at, ok := InstantOf("2026-11-22", 30)
	if !ok || !at.Equal(night) {
		t.Errorf("InstantOf = %v, %v", at, ok)
	}
	if at, ok := InstantOf("2026-02-30", 30); ok {
		t.Errorf("an instant on 30 February: %v", at)
	}
}

func TestParseClock(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"7h": "07:00", "7h30": "07:30", "7:30": "07:30", "07.30": "07:30", "7 giờ 30": "07:30", "17 giờ": "17:00",
		"23:59": "23:59", "0h": "00:00", "8": "08:00", "24h": "24:00", "0812": "08:12", "812": "08:12", "08h12": "08:12", "2400": "24:00",
	} {
		if got, err := ParseClock(in); err != nil || ShowClock(got) != want {
			t.Errorf("ParseClock(%q) = %d, %v, want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "24h01", "25h", "7h60", "h30", "-7h", "7:3:0", "0760", "2401", "08120", "8.123", "trưa", "7h-5"} {
		if got, err := ParseClock(in); err != FaultClock {
			t.Errorf("ParseClock(%q) = %d, %v", in, got, err)
		}
	}
}

func TestDaysOfDates(t *testing.T) {
	t.Parallel()
	if AddDays("2026-12-31", 1) != "2027-01-01" || AddDays("2028-03-01", -1) != "2028-02-29" || AddDays("2026-02-30", 1) != "" {
		t.Error("AddDays")
	}
	rapid.Check(t, func(t *rapid.T) {
		from := AddDays("1900-01-01", rapid.IntRange(0, 70000).Draw(t, "from"))
		n := rapid.IntRange(-3000, 3000).Draw(t, "days")
		to := AddDays(from, n)
		if ValidDate(to) && DaysBetween(from, to) != n {
			t.Fatalf("%s to %s is %d days, not %d", from, to, DaysBetween(from, to), n)
		}
		if back, err := ParseDate(ShowDate(from), from); err != nil || back != from {
			t.Fatalf("%s is read back as %q, %v", ShowDate(from), back, err)
		}
	})
}

func TestShortDates(t *testing.T) {
	for want, dates := range map[string][]string{"[06/11 07/11]": {"2026-11-06", "2026-11-07"}, "[31/12/26 01/01/27  x]": {"2026-12-31", "2027-01-01", "", "x"}, "[]": nil} {
		if got := fmt.Sprint(ShortDates(dates)); got != want {
			t.Errorf("%v are shown as %s, want %s", dates, got, want)
		}
	}
}
