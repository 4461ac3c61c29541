package vn

import "testing"

func TestWorkingDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-06-26", 5, "2026-07-03"},  // a Friday: two days of rest lie between
		{"2026-11-22", 5, "2026-11-27"},  // a Sunday
		{"2026-12-30", 5, "2027-01-07"},  // New Year
		{"2027-02-03", 3, "2027-02-11"},  // Tết: 5 to 9 February 2027
		{"2026-08-28", 1, "2026-08-31"},  // before National Day
		{"2026-08-31", 1, "2026-09-04"},  // over National Day and both neighbours
		{"2027-04-15", 1, "2027-04-19"},  // the Hùng kings' day, 16 April 2027
		{"2026-12-01", -5, "2026-11-24"}, // back
		{"2026-11-27", 0, "2026-11-27"},
		{"not a date", 3, "not a date"},
	} {
		if got := AddWorkingDays(c.from, c.n); got != c.want {
			t.Errorf("%d working days from %s: %s, want %s", c.n, c.from, got, c.want)
		}
	}
}

// The lunar New Year of a year with a leap month is the first month's, not the leap
// one's; no date of a century may panic.
func TestHolidaysOfManyYears(t *testing.T) {
	t.Parallel()
	for year, first := range map[string]string{"2026": "2026-02-17", "2027": "2027-02-06", "2028": "2028-01-26", "2030": "2030-02-02"} {
		if eve := AddDays(first, -1); !Holiday(first) || !Holiday(eve) || !Holiday(AddDays(first, 3)) || Holiday(AddDays(first, 5)) || Holiday(AddDays(eve, -1)) {
			t.Errorf("Tết of %s is not where it belongs", year)
		}
	}
}

func TestDaysToTet(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]int{"2027-02-06": 0, "2027-02-05": 1, "2027-02-07": 353, "2026-12-31": 37, "2027-01-01": 36, "2100-02-09": 0, "2100-02-10": -1, "": -1} {
		if got := DaysToTet(date); got != want {
			t.Errorf("%d days from %q to Tết, want %d", got, date, want)
		}
	}
}
