package recurrence_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
)

func lunarDays(short recurrence.Short, days ...int) recurrence.Rule {
	return recurrence.Rule{Kind: recurrence.LunarDays, Days: days, Short: short}
}

func branches(list ...int) recurrence.Rule {
	return recurrence.Rule{Kind: recurrence.Branch, Branches: list}
}

func cycle(name string) []int {
	for _, c := range recurrence.Cycles {
		if c.Name == name {
			return c.Days
		}
	}
	return nil
}

// held writes the days held from one date to another as "2027-01: 4 9 14".
func held(r recurrence.Rule, from, until string) string {
	var b strings.Builder
	month := ""
	for _, o := range recurrence.Held(r.Occurrences(from, until)) {
		if o.Key[:7] != month {
			month = o.Key[:7]
			b.WriteString("\n" + month + ":")
		}
		day, _ := strconv.Atoi(o.Key[8:])
		b.WriteString(" " + strconv.Itoa(day))
	}
	return strings.TrimSpace(b.String())
}

// TestMarketDaysOfEarly2027 are days found by two independent computations.
func TestMarketDaysOfEarly2027(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]recurrence.Rule{
		"2027-01: 4 9 14 19 24 29\n2027-02: 3 7 12 17 22 27\n2027-03: 4 9 14 19 24 29": lunarDays(recurrence.ShortSkip, cycle("2–7")...),
		"2027-01: 3 8 13 18 23 28\n2027-02: 2 6 11 16 21 26\n2027-03: 3 8 13 18 23 28": lunarDays(recurrence.ShortSkip, cycle("1–6")...),
		"2027-01: 2 7 12 17 22 27\n2027-02: 1 10 15 20 25\n2027-03: 2 7 12 17 22 27":   lunarDays(recurrence.ShortSkip, cycle("5–10")...),
		"2027-01: 2 7 12 17 22 27\n2027-02: 1 5 10 15 20 25\n2027-03: 2 7 12 17 22 27": lunarDays(recurrence.ShortLast, cycle("5–10")...),
		"2027-01: 2 8 14 20 26\n2027-02: 1 7 13 19 25\n2027-03: 3 9 15 21 27":          branches(5, 11),
		"2027-01: 3 9 15 21 27\n2027-02: 2 8 14 20 26\n2027-03: 4 10 16 22 28":         branches(6, 0),
		"2027-01: 5 11 17 23 29\n2027-02: 4 10 16 22 28\n2027-03: 6 12 18 24 30":       branches(2, 8),
	} {
		if got := held(r, "2027-01-01", "2027-03-31"); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", r.Encode(), got, want)
		}
	}
}

// TestXaPhinIn2027 is the year of a market that is held on days of Tỵ and Hợi, six days
// apart, so that it moves back through the week (chợ lùi).
func TestXaPhinIn2027(t *testing.T) {
	t.Parallel()
	const want = `2027-01: 2 8 14 20 26
2027-02: 1 7 13 19 25
2027-03: 3 9 15 21 27
2027-04: 2 8 14 20 26
2027-05: 2 8 14 20 26
2027-06: 1 7 13 19 25
2027-07: 1 7 13 19 25 31
2027-08: 6 12 18 24 30
2027-09: 5 11 17 23 29
2027-10: 5 11 17 23 29
2027-11: 4 10 16 22 28
2027-12: 4 10 16 22 28`
	if got := held(branches(5, 11), "2027-01-01", "2027-12-31"); got != want {
		t.Errorf("the year:\n%s\nwant\n%s", got, want)
	}
}

// TestKhauVaiIn2027 is the year of a market of the days 2-7-12-17-22-27 of the lunar month.
func TestKhauVaiIn2027(t *testing.T) {
	t.Parallel()
	const want = `2027-01: 4 9 14 19 24 29
2027-02: 3 7 12 17 22 27
2027-03: 4 9 14 19 24 29
2027-04: 3 8 13 18 23 28
2027-05: 3 7 12 17 22 27
2027-06: 1 6 11 16 21 26
2027-07: 1 5 10 15 20 25 30
2027-08: 3 8 13 18 23 28
2027-09: 2 7 12 17 22 27
2027-10: 1 6 11 16 21 26 30
2027-11: 4 9 14 19 24 29
2027-12: 4 9 14 19 24 29`
	if got := held(lunarDays(recurrence.ShortSkip, cycle("2–7")...), "2027-01-01", "2027-12-31"); got != want {
		t.Errorf("the year:\n%s\nwant\n%s", got, want)
	}
}

// TestAMonthThatLacksTheDay: it is seen in the result, held or not.
func TestAMonthThatLacksTheDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule      recurrence.Rule
		from      string
		out       bool
		note, say string
	}{
		{lunarDays(recurrence.ShortSkip, 30), "2027-02-05", true, "Tháng 12 âm chỉ có 29 ngày, không có ngày 30: bỏ phiên này", "bỏ phiên"},
		{lunarDays(recurrence.ShortLast, 30), "2027-02-05", false, "Tháng 12 âm chỉ có 29 ngày, không có ngày 30: họp ngày 29", "ngày cuối tháng"},
		{lunarDays(recurrence.ShortSkip, 29, 30), "2027-02-05", false, "Tháng 12 âm chỉ có 29 ngày, không có ngày 30: bỏ phiên này", "bỏ phiên"},
		{recurrence.Rule{Kind: recurrence.MonthDay, Days: []int{31}, Short: recurrence.ShortLast}, "2027-04-30", false,
			"Tháng 4 chỉ có 30 ngày, không có ngày 31: họp ngày 30", "ngày cuối tháng"},
		{recurrence.Rule{Kind: recurrence.MonthDay, Days: []int{31}, Short: recurrence.ShortSkip}, "2027-04-30", true,
			"Tháng 4 chỉ có 30 ngày, không có ngày 31: bỏ phiên này", "bỏ phiên"},
	} {
		list := c.rule.Occurrences(c.from, c.from)
		if len(list) != 1 || list[0].Out != c.out || len(list[0].Notes) != 1 || list[0].Notes[0].Text("vi") != c.note {
			t.Errorf("%s on %s: %+v, want out %v, %q", c.rule.Encode(), c.from, list, c.out, c.note)
		}
		if got := c.rule.Sentence("vi"); !strings.Contains(got, c.say) {
			t.Errorf("%s says %q, not %q", c.rule.Encode(), got, c.say)
		}
	}
	january := recurrence.Rule{Kind: recurrence.MonthDay, Days: []int{31}, Short: recurrence.ShortLast}
	if got := held(january, "2027-01-31", "2027-04-30"); got != "2027-01: 31\n2027-02: 28\n2027-03: 31\n2027-04: 30" {
		t.Errorf("monthly from 31 January: %s", got)
	}
	// Eight lunar years in a row end without a thirtieth: 2024 to 2031.
	yearEnd := recurrence.Rule{Kind: recurrence.LunarYear, Dates: []recurrence.LunarDay{{Month: 12, Day: 30}}, Short: recurrence.ShortSkip,
		Leap: recurrence.LeapOrdinary}
	if got := held(yearEnd, "2024-01-01", "2033-12-31"); got != "2024-02: 9\n2033-01: 30" {
		t.Errorf("the 30th of the last month, in the years that have it: %q", got)
	}
}

// TestLeapMonths: the sixth month of the lunar year 2025 comes twice, the fifth of 2028.
func TestLeapMonths(t *testing.T) {
	t.Parallel()
	yearly := func(leap recurrence.Leap) recurrence.Rule {
		return recurrence.Rule{Kind: recurrence.LunarYear, Dates: []recurrence.LunarDay{{Month: 6, Day: 1}}, Short: recurrence.ShortSkip, Leap: leap}
	}
	for leap, want := range map[recurrence.Leap]string{
		recurrence.LeapOrdinary: "2025-06: 25\n2026-07: 14",
		recurrence.LeapMonth:    "2025-07: 25\n2026-07: 14",
		recurrence.LeapBoth:     "2025-06: 25\n2025-07: 25\n2026-07: 14",
	} {
		if got := held(yearly(leap), "2025-01-01", "2026-12-31"); got != want {
			t.Errorf("%s: %q, want %q", leap, got, want)
		}
	}
	twice := recurrence.Held(lunarDays(recurrence.ShortSkip, 15).Occurrences("2028-05-01", "2028-08-01"))
	if len(twice) != 3 || len(twice[0].Notes)+len(twice[1].Notes) > 0 || len(twice[2].Notes) != 1 || twice[2].Notes[0].Text("vi") != "Tháng 5 âm nhuận" {
		t.Errorf("the fifteenth about the leap month of 2028: %+v", twice)
	}
}

// TestAcrossTheReformOfUnits: units of administration changed on 1 July 2025; days did not.
func TestAcrossTheReformOfUnits(t *testing.T) {
	t.Parallel()
	r := recurrence.Rule{Kind: recurrence.Weekly, Weekdays: []int{0}, Every: 1}
	if got := held(r, "2025-06-20", "2025-07-10"); got != "2025-06: 22 29\n2025-07: 6" {
		t.Errorf("Sundays: %q", got)
	}
	if got := held(branches(5, 11), "2025-06-25", "2025-07-10"); got != "2025-06: 29\n2025-07: 5" {
		t.Errorf("days of Tỵ and Hợi: %q", got)
	}
}

// TestLimitsAndExceptions: a day left out by hand is still seen.
func TestLimitsAndExceptions(t *testing.T) {
	t.Parallel()
	r := branches(5, 11)
	r.First, r.Last, r.Skipped = "2027-01-03", "2027-01-20", []string{"2027-01-14", "2027-01-15"}
	list := r.Occurrences("2027-01-01", "2027-12-31")
	if len(list) != 3 || !list[1].Out || list[1].Notes[0].Kind != recurrence.NoteSkipped || held(r, firstDate, lastDate) != "2027-01: 8 20" {
		t.Errorf("%+v", list)
	}
	for _, span := range [][2]string{{"2027-02-01", "2027-01-01"}, {"", "2027-01-31"}, {"2027-01-03", "31/01"}, {"2027-02-29", "2027-03-01"}} {
		if got := branches(1).Occurrences(span[0], span[1]); got != nil {
			t.Errorf("from %q until %q: %v", span[0], span[1], got)
		}
	}
}

func TestFaultsOfRules(t *testing.T) {
	t.Parallel()
	for fields, r := range map[string]recurrence.Rule{
		"kind":             {Kind: "daily"},
		"weekdays every":   {Kind: recurrence.Weekly},
		"weekdays since":   {Kind: recurrence.Weekly, Weekdays: []int{7}, Every: 2},
		"every":            {Kind: recurrence.Weekly, Weekdays: []int{1}, Every: 53, Since: "2027-01-01"},
		"days":             {Kind: recurrence.LunarDays, Days: []int{31}, Short: recurrence.ShortSkip},
		"days short":       {Kind: recurrence.MonthDay, Days: []int{0}},
		"weeks":            {Kind: recurrence.MonthWeekday, Weekdays: []int{0}, Weeks: []int{0}},
		"branches":         branches(1, 2, 3),
		"branches every":   {Kind: recurrence.Branch, Branches: []int{12}, Every: 6},
		"dates leap":       {Kind: recurrence.LunarYear, Dates: []recurrence.LunarDay{{Month: 13, Day: 1}}, Short: recurrence.ShortLast, Leap: "none"},
		"every since":      {Kind: recurrence.Count, Every: -1, Since: "2027-02-29"},
		"first":            {Kind: recurrence.Branch, Branches: []int{1}, First: "x"},
		"last skipped":     {Kind: recurrence.Branch, Branches: []int{1}, First: "2027-02-01", Last: "2027-01-01", Skipped: []string{"1/2"}},
		"":                 branches(1, 1, 7),
		"days every since": {Kind: recurrence.Branch, Branches: []int{1}, Days: []int{1}, Every: 1, Since: "2027-01-01"},
	} {
		var got []string
		for _, fault := range r.Faults() {
			got = append(got, fault.Field)
		}
		if strings.Join(got, " ") != fields {
			t.Errorf("%+v has faults at %q, want %q", r, got, fields)
		}
		if fields != "" && (r.Sentence("vi") != "" || r.Occurrences("2027-01-01", "2027-12-31") != nil) {
			t.Errorf("%+v with faults says or gives something", r)
		}
	}
}

func TestStoredRules(t *testing.T) {
	t.Parallel()
	r := lunarDays(recurrence.ShortSkip, 7, 2, 2)
	const text = `{"v":1,"kind":"lunar_days","days":[2,7],"short":"skip"}`
	if r.Encode() != text {
		t.Errorf("stored as %s", r.Encode())
	}
	if _, err := recurrence.Decode(`{"v":2,"kind":"lunar_days","moon":true}`); !errors.Is(err, recurrence.ErrNewer) {
		t.Errorf("of a newer program: %v", err)
	}
	for _, bad := range []string{"", "{}", "null", `{"kind":"branch","branches":[1]}`, `{"v":0,"kind":"branch","branches":[1]}`,
		`{"v":1,"kind":"branch","branches":[1],"twelfth":2}`, text + "{}", text + "x", `{"v":1,"kind":"branch","branches":[12]}`,
		`{"v":1,"kind":"branch","branches":["Tý"]}`, `{"v":"1"}`} {
		if got, err := recurrence.Decode(bad); err == nil {
			t.Errorf("%s is read as %+v", bad, got)
		}
	}
	if _, err := recurrence.Decode(`{"v":1,"kind":"branch","branches":[12]}`); registry.KindOf(err) != registry.Invalid {
		t.Errorf("a stored rule with a fault: %v", err)
	}
}

func TestTypedDays(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"2-7-12": "2-7-12", " 12, 7;2 7\n": "2-7-12", "5 – 30": "5-30", "": "", "2-31": "!31", "2-x": "!x", "0": "!0"} {
		days, wrong := recurrence.ParseDays(text, 30)
		if got := recurrence.ShowDays(days); got != want && "!"+wrong != want {
			t.Errorf("%q is read as %q, wrong %q", text, got, wrong)
		}
	}
	for text, want := range map[string]string{"9/1": "9/1", "11-9/1": "!11-9/1", "9-11/1, rằm tháng 7": "9/1, 10/1, 11/1, 15/7", "mùng 3 tháng Ba": "3/3",
		"15/Giêng;1/13": "!1/13", "10/3, 9/1, 10/3": "9/1, 10/3", "31/1": "!31/1", "": "", "hai": "!hai"} {
		dates, wrong := recurrence.ParseLunarDays(text)
		if got := recurrence.ShowLunarDays(dates); got != want && "!"+wrong != want {
			t.Errorf("%q is read as %q, wrong %q", text, got, wrong)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule   recurrence.Rule
		vi, en string
	}{
		{lunarDays(recurrence.ShortSkip, cycle("2–7")...), "Họp ngày 2, 7, 12, 17, 22 và 27 âm lịch hằng tháng", "Held on days 2, 7, 12, 17, 22 and 27 of each lunar month"},
		{branches(11, 5), "Họp ngày Tỵ và Hợi, 6 ngày một phiên", "Held on days of Tỵ (snake) and Hợi (pig), every 6 days"},
		{branches(0), "Họp ngày Tý, 12 ngày một phiên", "Held on days of Tý (rat), every 12 days"},
		{branches(0, 1), "Họp ngày Tý và Sửu", "Held on days of Tý (rat) and Sửu (buffalo)"},
		{recurrence.Rule{Kind: recurrence.Weekly, Weekdays: []int{0}, Every: 1, First: "2027-01-01"}, "Họp chủ nhật hằng tuần; từ 01/01/2027", "Held every week on Sunday; from 01/01/2027"},
		{recurrence.Rule{Kind: recurrence.Weekly, Weekdays: []int{6, 0}, Every: 2, Since: "2027-01-03"},
			"Họp chủ nhật và thứ bảy, 2 tuần một lần, tính từ tuần có ngày 03/01/2027", "Held on Sunday and Saturday every 2 weeks, counted from the week of 03/01/2027"},
		{recurrence.Rule{Kind: recurrence.MonthDay, Days: []int{31}, Short: recurrence.ShortLast, Skipped: []string{"2027-01-31"}},
			"Họp ngày 31 hằng tháng; tháng thiếu ngày thì họp ngày cuối tháng; bỏ 1 ngày", "Held on days 31 of each month; on the last day where a month lacks the day; 1 day left out"},
		{recurrence.Rule{Kind: recurrence.MonthWeekday, Weekdays: []int{0}, Weeks: []int{recurrence.Last, 1}},
			"Họp chủ nhật, lần thứ nhất và lần cuối trong tháng", "Held on Sunday, the first and last of the month"},
		{recurrence.Rule{Kind: recurrence.Count, Every: 7, Since: "2027-01-03", First: "2027-01-01", Last: "2027-12-31"},
			"Họp 7 ngày một lần, tính từ 03/01/2027; từ 01/01/2027 đến 31/12/2027", "Held every 7 days, counted from 03/01/2027; from 01/01/2027 to 31/12/2027"},
		{recurrence.Rule{Kind: recurrence.LunarYear, Dates: []recurrence.LunarDay{{Month: 1, Day: 9}, {Month: 1, Day: 10}}, Short: recurrence.ShortSkip, Leap: recurrence.LeapOrdinary, Last: "2027-12-31"},
			"Họp ngày 9/1 và 10/1 âm lịch hằng năm; năm có tháng nhuận thì họp tháng chính; đến hết 31/12/2027",
			"Held on 9/1 and 10/1 of each lunar year (day/month); in a year with a leap month, in the ordinary month; until 31/12/2027"},
	} {
		if vi, en := c.rule.Sentence("vi"), c.rule.Sentence("en"); vi != c.vi || en != c.en {
			t.Errorf("%s\nsays %q\nand  %q", c.rule.Encode(), vi, en)
		}
	}
}

func BenchmarkYear(b *testing.B) {
	r := lunarDays(recurrence.ShortLast, cycle("5–10")...)
	for b.Loop() {
		r.Occurrences("2027-01-01", "2027-12-31")
	}
}

// TestARuleExtended is one rule over both times, which forgets what was left out long ago.
func TestARuleExtended(t *testing.T) {
	old := recurrence.Rule{Kind: recurrence.Branch, Branches: []int{5, 11}, First: "2025-01-01", Last: "2026-12-31", Skipped: []string{"2025-01-06", "2026-11-09", "2027-01-08"}}
	next := recurrence.Rule{Kind: recurrence.Branch, Branches: []int{11, 5}, First: "2027-01-01", Last: "2027-12-31", Skipped: []string{"2027-02-01"}}
	got := old.Extended(next)
	if !old.Same(next) || got.First != "2025-01-01" || got.Last != "2027-12-31" || !slices.Equal(slices.Sorted(slices.Values(got.Skipped)), []string{"2026-11-09", "2027-02-01"}) {
		t.Errorf("%+v", got)
	}
	if other := (recurrence.Rule{Kind: recurrence.Branch, Branches: []int{5}}); old.Same(other) {
		t.Error("days of one branch are no days of two")
	}
}
