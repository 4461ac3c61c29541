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

// Reader reads days of a plan: those without a year lie in its year. A text is of the sun's calendar
// unless its words are of the moon's alone (15/Giêng, rằm tháng 7) or it says so (12/2 âm).
type Reader struct {
	Year  int
	Month int    // that is meant where a text says a day or a weekday alone; 0 none
	From  string // before which no weekday alone is meant
}

const moonWord, sunWord = `(?:âm lịch|âm|âl|al)`, `(?:dương lịch|dương|dl)`

var (
	weekdayWord = regexp.MustCompile(`^(thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|t[2-7]|chủ nhật|cn)(?:$|[ ,]+(?:ngày +)?)`)
	moonMark    = regexp.MustCompile(` *` + moonWord + `$|^` + moonWord + ` +`)
	sunMark     = regexp.MustCompile(` *` + sunWord + `$|^` + sunWord + ` +`)
	asideText   = regexp.MustCompile(` *\(([^()]*)\)$`)
	whole       = regexp.MustCompile(`^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?|\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d{2}))?|\d{1,2}-\d{1,2}(?:-(?:\d{4}|\d{2}))?)$`)
	twoDays     = regexp.MustCompile(`^\d{1,2}-\d{1,2}$`)
	isoBetween  = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})(?: *[/–—] *| +- +|\.\.| đến )(\d{4}-\d{1,2}-\d{1,2})$`)
	between     = regexp.MustCompile(` *[–—] *| +- +| *\.\. *| đến(?: hết)?(?: ngày)? | tới(?: ngày)? `)
	lunarYear   = regexp.MustCompile(`^(.*?)[/ ](\d{4})$`)
	leapWord    = regexp.MustCompile(` *\(?nhuận\)?`)
	moonNames   = regexp.MustCompile(`giêng|chạp|rằm`)
	numbersOnly = regexp.MustCompile(`^\d{1,2}([/.-]\d{1,2})?$`)
	tidy        = []struct {
		from *regexp.Regexp
		to   string
	}{
		{regexp.MustCompile(`[ ,.;]+$`), ""},
		{regexp.MustCompile(` 0?0:00(?::00)?$`), ""},
		{regexp.MustCompile(` năm (\d{4})`), "/$1"},
		{regexp.MustCompile(`(\d) ?([/.]) ?(\d)`), "$1$2$3"},
		{regexp.MustCompile(`(\d) ?([/.]) ?(\d)`), "$1$2$3"}, // 1/2/3 shares its middle
		{regexp.MustCompile(`(^|[^\d/.])(\d{1,2}) tháng (\d{1,2})\b`), "$1$2/$3"},
	}
)

var weekdays = map[string]int{"hai": 1, "2": 1, "t2": 1, "ba": 2, "3": 2, "t3": 2, "tư": 3, "4": 3, "t4": 3, "năm": 4, "5": 4, "t5": 4,
	"sáu": 5, "6": 5, "t6": 5, "bảy": 6, "7": 6, "t7": 6, "nhật": 0, "cn": 0}

// Solar reads days that a text names: of the sun's calendar unless it says otherwise.
func (r Reader) Solar(text string) (Span, *registry.Error) { return r.read(text, false) }

// Lunar reads days of the moon's calendar, unless a text says otherwise.
func (r Reader) Lunar(text string) (Span, *registry.Error) { return r.read(text, true) }

func fault(key string, args ...any) *registry.Error {
	return registry.At(string(Date), "paste.error."+key, args...)
}

func (r Reader) read(said string, lunar bool) (s Span, wrong *registry.Error) {
	text := strings.Join(strings.Fields(strings.ToLower(vn.NFC(said))), " ")
	aside := ""
	if m := asideText.FindStringSubmatch(text); m != nil && !leapWord.MatchString(m[0]) {
		text, aside = strings.TrimSuffix(text, m[0]), strings.TrimSpace(m[1])
	}
	for _, t := range tidy {
		text = t.from.ReplaceAllString(text, t.to)
	}
	named := weekdayWord.FindStringSubmatch(text)
	if named != nil {
		text = text[len(named[0]):]
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "từ "), "ngày ")
	if named != nil && text == "" && aside == "" && r.Month > 0 {
		return r.weekday(named[1])
	}
	if moonMark.ReplaceAllString(aside, "") == "" || sunMark.ReplaceAllString(aside, "") == "" {
		text, aside = strings.TrimSpace(text+" "+aside), ""
	}
	if s, wrong = r.span(text, lunar); wrong != nil {
		return s, wrong
	}
	if named != nil && !falls(s.First, named[1]) {
		return Span{}, fault("weekday", vn.ShowDate(s.First), strings.ToLower(vn.Weekday(s.First, "vi")))
	}
	return s, r.agrees(aside, s.First)
}

// agrees checks what stands beside a day in brackets: a weekday, or the day in the moon's calendar.
func (r Reader) agrees(aside, day string) *registry.Error {
	if aside == "" {
		return nil
	}
	if named := weekdayWord.FindStringSubmatch(aside); named != nil && named[0] == aside {
		if !falls(day, named[1]) {
			return fault("weekday", vn.ShowDate(day), strings.ToLower(vn.Weekday(day, "vi")))
		}
		return nil
	}
	other, wrong := r.read(aside, true)
	switch {
	case wrong != nil:
		return wrong
	case !SameMoon(other.First, day):
		return fault("two_days", vn.ShowDate(day), vn.ShowDate(other.First))
	}
	return nil
}

// SameMoon reports whether two days are the same of the moon's calendar, of whatever year.
func SameMoon(a, b string) bool {
	x, known := vn.Lunar(a)
	y, found := vn.Lunar(b)
	return known && found && x.Day == y.Day && x.Month == y.Month && x.Leap == y.Leap
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

// ends parts the first from the last of several days; last is "" where there is one.
func (r Reader) ends(text string) (first, last string) {
	if pair := isoBetween.FindStringSubmatch(text); pair != nil {
		return pair[1], pair[2]
	}
	if at := between.FindStringIndex(text); at != nil {
		return text[:at[0]], strings.TrimPrefix(text[at[1]:], "ngày ")
	}
	if whole.MatchString(text) && !(r.Month > 0 && twoDays.MatchString(text)) || strings.Count(text, "-") != 1 {
		return text, ""
	}
	first, last, _ = strings.Cut(text, "-")
	return strings.TrimSpace(first), strings.TrimSpace(last)
}

// unmarked takes the words from a day that say whose calendar it is.
func unmarked(text string) (plain string, moon, sun bool) {
	if m := moonMark.FindString(text); m != "" {
		return strings.TrimSpace(strings.Replace(text, m, "", 1)), true, false
	}
	if m := sunMark.FindString(text); m != "" {
		return strings.TrimSpace(strings.Replace(text, m, "", 1)), false, true
	}
	return text, false, false
}

// span reads one day, or the first and the last of several: both of one calendar.
func (r Reader) span(text string, lunar bool) (s Span, wrong *registry.Error) {
	first, last := r.ends(text)
	first, moonFirst, sunFirst := unmarked(first)
	last, moonLast, sunLast := unmarked(last)
	guess := ""
	switch {
	case (moonFirst || moonLast) && (sunFirst || sunLast):
		return s, fault("date", text)
	case moonFirst || moonLast || sunFirst || sunLast:
		lunar = moonFirst || moonLast
	case !lunar && (moonOnly(first) || moonOnly(last)):
		if lunar = true; !moonNames.MatchString(text) {
			guess = "paste.guess.lunar" // mùng 3 tháng Ba
		}
	}
	if last == "" {
		if s, wrong = r.day(first, lunar); wrong == nil {
			s.Last = s.First
		}
	} else {
		s, wrong = r.several(first, last, lunar)
	}
	if s.Guess == "" {
		s.Guess = guess
	}
	return s, wrong
}

// moonOnly reports whether the words of a day are of the moon's calendar alone.
func moonOnly(text string) bool {
	text = leapWord.ReplaceAllString(text, "")
	if m := lunarYear.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	_, ok := vn.NamedLunarDay(text)
	return ok
}

// several reads the last of several days, then the first, which may be told shorter.
func (r Reader) several(first, last string, lunar bool) (s Span, wrong *registry.Error) {
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
	switch {
	case alone == nil:
		return r.day(first, lunar)
	case lunar:
		return beginMoon(first, end, alone[1] == "")
	case alone[1] == "":
		first += "/" + end[5:7]
	}
	first = strings.NewReplacer("-", "/", ".", "/").Replace(first)
	day, err := vn.ParseDate(first+"/"+end[:4], end)
	if err != nil {
		return Span{}, noSuchDay(first+"/"+end[:4], first)
	}
	if day > end && alone[1] != "" { // 30/12 - 1/1/2027
		before, _ := strconv.Atoi(end[:4])
		if day, err = vn.ParseDate(first+"/"+strconv.Itoa(before-1), end); err != nil || vn.DaysBetween(day, end) > 60 {
			return Span{}, fault("reversed", first, vn.ShowDate(end))
		}
	}
	return Span{First: day}, nil
}

// beginMoon is begin in the moon's calendar.
func beginMoon(first, end string, alone bool) (Span, *registry.Error) {
	d, _ := vn.Lunar(end)
	if alone {
		d.Day, _ = strconv.Atoi(first)
	} else if at, err := vn.ParseLunarDay(first); err == nil {
		d.Day, d.Month = at.Day, at.Month
	}
	if day, ok := d.Solar(); ok {
		return Span{First: day}, nil
	}
	return Span{}, fault("date", first)
}

// day reads one day.
func (r Reader) day(text string, lunar bool) (s Span, wrong *registry.Error) {
	if n, err := strconv.Atoi(text); err == nil && r.Month > 0 && n >= 1 && n <= 31 {
		text += "/" + strconv.Itoa(r.Month)
	}
	if lunar {
		s, wrong = r.lunarDay(text)
	} else {
		s, wrong = r.solarDay(text)
	}
	if wrong == nil {
		if year, _ := strconv.Atoi(s.First[:4]); year < r.Year-1 || year > r.Year+1 {
			return Span{}, fault("far_year", year, r.Year)
		}
	}
	return s, wrong
}

func (r Reader) solarDay(text string) (Span, *registry.Error) {
	if !whole.MatchString(text) {
		return Span{}, fault("date", text)
	}
	full := text
	if parts := strings.FieldsFunc(text, isDateSign); len(parts) == 2 {
		full = fmt.Sprintf("%s/%s/%d", parts[0], parts[1], r.Year)
	}
	day, err := vn.ParseDate(full, fmt.Sprintf("%d-01-01", r.Year))
	if err != nil {
		return Span{}, noSuchDay(full, text)
	}
	return Span{First: day}, nil
}

func isDateSign(c rune) bool { return strings.ContainsRune("/.-", c) }

// noSuchDay says how long a month is that has no such day.
func noSuchDay(full, text string) *registry.Error {
	parts := strings.FieldsFunc(full, isDateSign)
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
func (r Reader) lunarDay(text string) (Span, *registry.Error) {
	leap := leapWord.MatchString(text)
	plain, year := leapWord.ReplaceAllString(text, ""), 0
	if m := lunarYear.FindStringSubmatch(plain); m != nil {
		plain = m[1]
		year, _ = strconv.Atoi(m[2])
	}
	d, err := vn.ParseLunarDay(plain)
	if err != nil {
		return Span{}, fault("date", text)
	}
	d.Leap = leap
	years := []int{r.Year - 1, r.Year}
	if year > 0 {
		years = []int{year}
	}
	var found []string
	var short *registry.Error
	for _, d.Year = range years {
		day, ok := d.Solar()
		switch {
		case ok && (year > 0 || strings.HasPrefix(day, strconv.Itoa(r.Year)+"-")):
			found = append(found, day)
		case !ok && d.MonthDays() > 0:
			short = r.short(d, year > 0)
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
