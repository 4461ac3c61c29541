package paste

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Span is the days that a text names.
type Span struct {
	First, Last string // YYYY-MM-DD
	Guess       string // key of why they are to be confirmed; "" they are not
}

// Reader reads days of a plan: those without a year lie in its year.
type Reader struct {
	Year  int
	Month int    // that is meant where a text says a day or a weekday alone; 0 none
	From  string // before which no weekday alone is meant
}

var (
	weekdayWord = regexp.MustCompile(`^(thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|t[2-7]|chủ nhật|cn)(?:$|[ ,]+(?:ngày +)?)`)
	lunarMark   = regexp.MustCompile(`^âm(?: lịch)? +| *\(?(?:âm(?: lịch)?|âl|al)\)?$`)
	solarMark   = regexp.MustCompile(` *\(?(?:dương(?: lịch)?|dl)\)?$`)
	whole       = regexp.MustCompile(`^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([/.-])\d{1,2}(?:([/.-])\d{2,4})?)$`)
	between     = regexp.MustCompile(` *(?:[–—-]|\.\.| đến(?: hết)? | tới ) *`)
	isoBetween  = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})(?: *[/–—-] *|\.\.| đến )(\d{4}-\d{1,2}-\d{1,2})$`)
	lunarYear   = regexp.MustCompile(`^(.*?)(?:/| năm | )(\d{4})$`)
	leapWord    = regexp.MustCompile(` *\(?nhuận\)?`)
	numbersOnly = regexp.MustCompile(`^\d{1,2}([/.-]\d{1,2})?$`)
)

var weekdays = map[string]int{"hai": 1, "2": 1, "t2": 1, "ba": 2, "3": 2, "t3": 2, "tư": 3, "4": 3, "t4": 3, "năm": 4, "5": 4, "t5": 4,
	"sáu": 5, "6": 5, "t6": 5, "bảy": 6, "7": 6, "t7": 6, "nhật": 0, "cn": 0}

// Solar reads days that a text names: of the sun's calendar unless it says otherwise.
func (r Reader) Solar(text string) (Span, *registry.Error) { return r.read(text, false) }

// Lunar reads days of the moon's calendar.
func (r Reader) Lunar(text string) (Span, *registry.Error) { return r.read(text, true) }

func fault(key string, args ...any) *registry.Error {
	return registry.At(string(Date), "paste.error."+key, args...)
}

func (r Reader) read(text string, lunar bool) (s Span, wrong *registry.Error) {
	text = strings.Join(strings.Fields(strings.ToLower(vn.NFC(text))), " ")
	named := weekdayWord.FindStringSubmatch(text)
	if named != nil {
		text = text[len(named[0]):]
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "từ "), "ngày ")
	if mark := lunarMark.FindString(text); mark != "" {
		lunar, text = true, strings.TrimSpace(strings.Replace(text, mark, "", 1))
	} else if mark := solarMark.FindString(text); mark != "" {
		lunar, text = false, strings.TrimSuffix(text, mark)
	}
	if named != nil && text == "" && r.Month > 0 {
		return r.weekday(named[1])
	}
	if s, wrong = r.span(text, lunar); wrong != nil {
		return s, wrong
	}
	if named != nil && !falls(s.First, named[1]) {
		return Span{}, fault("weekday", vn.ShowDate(s.First), strings.ToLower(vn.Weekday(s.First, "vi")))
	}
	return s, nil
}

// falls reports whether a day is one of a day of the week.
func falls(day, name string) bool {
	words := strings.Fields(name)
	on, ok := vn.StartOf(day)
	return ok && int(on.Weekday()) == weekdays[words[len(words)-1]]
}

// weekday is the first such day of the month that is meant, a guess.
func (r Reader) weekday(name string) (Span, *registry.Error) {
	month := fmt.Sprintf("%d-%02d", r.Year, r.Month)
	for day := max(month+"-01", r.From); strings.HasPrefix(day, month); day = vn.AddDays(day, 1) {
		if falls(day, name) {
			return Span{First: day, Last: day, Guess: "paste.guess.weekday"}, nil
		}
	}
	return Span{}, fault("date", name)
}

// span reads one day, or the first and the last of several.
func (r Reader) span(text string, lunar bool) (s Span, wrong *registry.Error) {
	first, last := text, ""
	if pair := isoBetween.FindStringSubmatch(text); pair != nil {
		first, last = pair[1], pair[2]
	} else if at := between.FindStringIndex(text); at != nil && !whole.MatchString(text) {
		first, last = text[:at[0]], text[at[1]:]
	}
	if last == "" {
		if s, wrong = r.day(first, lunar); wrong == nil {
			s.Last = s.First
		}
		return s, wrong
	}
	if !lunar && strings.ContainsFunc(last, func(c rune) bool { return c > '9' }) {
		lunar = true // 9 đến 11 tháng giêng
	}
	end, wrong := r.day(last, lunar)
	if wrong != nil {
		return s, wrong
	}
	if s, wrong = r.begin(first, end.First, lunar); wrong != nil {
		return s, wrong
	}
	if end.First < s.First {
		return Span{}, fault("reversed", vn.ShowDate(s.First), vn.ShowDate(end.First))
	}
	s.Last = end.First
	if s.Guess == "" {
		s.Guess = end.Guess
	}
	return s, nil
}

// begin reads the first of several days, of which the last is known: it may be told by its day
// alone, or without the year.
func (r Reader) begin(first, end string, lunar bool) (Span, *registry.Error) {
	first = strings.TrimPrefix(strings.TrimPrefix(first, "mùng "), "mồng ")
	alone := numbersOnly.FindStringSubmatch(first)
	if alone == nil {
		return r.day(first, lunar)
	}
	if lunar {
		d, _ := vn.Lunar(end)
		if alone[1] == "" {
			d.Day, _ = strconv.Atoi(first)
		} else {
			at, err := vn.ParseLunarDay(first + "/" + strconv.Itoa(d.Month))
			if err != nil {
				return r.day(first, lunar)
			}
			d.Day, d.Month = at.Day, at.Month
		}
		if day, ok := d.Solar(); ok {
			return Span{First: day}, nil
		}
		return Span{}, fault("date", first)
	}
	if alone[1] == "" {
		first += "/" + end[5:7]
	}
	first = strings.NewReplacer("-", "/", ".", "/").Replace(first)
	day, err := vn.ParseDate(first+"/"+end[:4], end)
	if err != nil {
		return Span{}, noSuchDay(first+"/"+end[:4], first)
	}
	if day > end && alone[1] != "" {
		before, _ := strconv.Atoi(end[:4])
		if day, err = vn.ParseDate(first+"/"+strconv.Itoa(before-1), end); err != nil || vn.DaysBetween(day, end) > 60 {
			return Span{}, fault("reversed", first, vn.ShowDate(end))
		}
	}
	return Span{First: day}, nil
}

// day reads one day.
func (r Reader) day(text string, lunar bool) (Span, *registry.Error) {
	if n, err := strconv.Atoi(text); err == nil && r.Month > 0 && n >= 1 && n <= 31 {
		text += "/" + strconv.Itoa(r.Month)
	}
	if text == "" {
		return Span{}, fault("date", text)
	}
	if lunar || !whole.MatchString(text) {
		return r.lunarDay(text, lunar)
	}
	parts := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("/.-", c) })
	full := text
	if len(parts) == 2 {
		full = fmt.Sprintf("%s/%s/%d", parts[0], parts[1], r.Year)
	}
	day, err := vn.ParseDate(full, fmt.Sprintf("%d-01-01", r.Year))
	if err != nil {
		return Span{}, noSuchDay(full, text)
	}
	return Span{First: day}, nil
}

// noSuchDay says how long a month is that has no such day.
func noSuchDay(full, text string) *registry.Error {
	parts := strings.FieldsFunc(full, func(c rune) bool { return strings.ContainsRune("/.-", c) })
	if len(parts) == 3 && len(parts[2]) == 4 {
		if begin, err := vn.ParseDate("1/"+parts[1]+"/"+parts[2], ""); err == nil {
			at, _ := vn.StartOf(begin)
			return fault("month_days", fmt.Sprintf("%d/%d", at.Month(), at.Year()), at.AddDate(0, 1, -1).Day())
		}
	}
	return fault("date", text)
}

// lunarDay reads a day of the moon's calendar. Without a year it is the one that lies in the year of
// the plan: where two do, the first is a guess.
func (r Reader) lunarDay(text string, said bool) (Span, *registry.Error) {
	leap := leapWord.MatchString(text)
	said = said || leap
	plain, year := leapWord.ReplaceAllString(text, ""), 0
	if m := lunarYear.FindStringSubmatch(plain); m != nil {
		plain = m[1]
		year, _ = strconv.Atoi(m[2])
	}
	d, err := vn.ParseLunarDay(plain)
	if !said && err == nil && numbersOnly.MatchString(plain) || err != nil {
		return Span{}, fault("date", text)
	}
	d.Leap = leap
	var found []string
	var short *registry.Error
	for _, y := range []int{r.Year - 1, r.Year} {
		if year > 0 {
			y = year
		}
		d.Year = y
		day, ok := d.Solar()
		switch {
		case ok && (year > 0 || strings.HasPrefix(day, strconv.Itoa(r.Year)+"-")):
			found = append(found, day)
		case !ok && d.MonthDays() > 0:
			short = r.short(d, year > 0)
		}
		if year > 0 {
			break
		}
	}
	switch {
	case len(found) > 1 && found[0] != found[1]:
		return Span{First: found[0], Guess: "paste.guess.two_years"}, nil
	case len(found) > 0:
		return Span{First: found[0]}, nil
	case short != nil:
		return Span{}, short
	}
	return Span{}, fault("lunar", text, r.Year)
}

// short says that a month of the moon has no thirtieth day, and when its last day is; nil where that
// lies outside the plan.
func (r Reader) short(d vn.LunarDate, said bool) *registry.Error {
	month := fmt.Sprintf("%d/%d", d.Month, d.Year)
	d.Day = d.MonthDays()
	last, ok := d.Solar()
	if !ok || !said && !strings.HasPrefix(last, strconv.Itoa(r.Year)+"-") {
		return nil
	}
	return fault("lunar_short", month, d.Day, vn.ShowDate(last))
}
