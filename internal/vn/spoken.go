package vn

import "strings"

// digitWords are the digits as they are read by themselves.
var digitWords = [10]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// NumberWords writes a number from 0 to 99 as it is read aloud: 15 is "mười lăm", 21
// "hai mươi mốt", 24 "hai mươi tư". Any other comes back "".
func NumberWords(n int) string {
	switch {
	case n < 0 || n > 99:
		return ""
	case n < 10:
		return digitWords[n]
	}
	tens, unit := n/10, n%10
	words := digitWords[tens] + " mươi"
	if tens == 1 {
		words = "mười"
	}
	switch {
	case unit == 0:
		return words
	case unit == 5:
		return words + " lăm"
	case tens > 1 && unit == 1:
		return words + " mốt"
	case tens > 1 && unit == 4:
		return words + " tư"
	}
	return words + " " + digitWords[unit]
}

// monthWords is a month as it is read; lunar months have names of their own.
func monthWords(month int, lunar bool) string {
	switch {
	case lunar && month == 1:
		return "tháng giêng"
	case lunar && month == 12:
		return "tháng chạp"
	case month == 4:
		return "tháng tư"
	}
	return "tháng " + NumberWords(month)
}

// dayWords is a day of a month as it is read; the first ten of a lunar month are
// "mùng".
func dayWords(day int, lunar bool) string {
	if lunar && day <= 10 {
		return "mùng " + NumberWords(day)
	}
	return "ngày " + NumberWords(day)
}

// SpokenDay writes a date as it is read aloud, without its year: "chủ nhật, ngày hai
// mươi hai tháng mười một". What is no date comes back as it is.
func SpokenDay(date string) string { return spoken(date, true) }

func spoken(date string, month bool) string {
	t, ok := StartOf(date)
	if !ok {
		return date
	}
	words := strings.ToLower(Weekday(date, "vi")) + ", " + dayWords(t.Day(), false)
	if month {
		words += " " + monthWords(int(t.Month()), false)
	}
	return words
}

// SpokenDays writes days in their order as they are read aloud: a row of days as "từ …
// đến …", single ones after another.
func SpokenDays(days []string) string {
	switch {
	case len(days) == 0:
		return ""
	case len(days) == 1:
		return SpokenDay(days[0])
	}
	first, last := days[0], days[len(days)-1]
	if DaysBetween(first, last) == len(days)-1 {
		return "từ " + spoken(first, first[:7] != last[:7]) + " đến " + SpokenDay(last)
	}
	words := make([]string, len(days))
	for i, d := range days {
		words[i] = SpokenDay(d)
	}
	return strings.Join(words[:len(words)-1], "; ") + " và " + words[len(words)-1]
}

// SpokenLunar writes the days from first to last by the lunar calendar as they are read
// aloud: "ngày mười bốn đến ngày mười bảy tháng mười"; "" if either is no date.
func SpokenLunar(first, last string) string {
	a, okA := Lunar(first)
	b, okB := Lunar(last)
	if !okA || !okB {
		return ""
	}
	until := dayWords(b.Day, true) + " " + lunarMonthWords(b)
	switch {
	case first == last:
		return until
	case a.Month == b.Month && a.Leap == b.Leap && a.Year == b.Year:
		return dayWords(a.Day, true) + " đến " + until
	}
	return dayWords(a.Day, true) + " " + lunarMonthWords(a) + " đến " + until
}

func lunarMonthWords(d LunarDate) string {
	words := monthWords(d.Month, true)
	if d.Leap {
		words += " nhuận"
	}
	return words
}

// SpokenClock writes a time of day, in minutes from midnight, as it is read aloud: "tám
// giờ sáng", "một giờ ba mươi chiều", "chín giờ tối".
func SpokenClock(minutes int) string {
	hour, minute := minutes/60, minutes%60
	if hour == 24 {
		return "mười hai giờ đêm"
	}
	part := "sáng"
	switch {
	case hour == 0:
		part = "đêm"
	case hour == 11, hour == 12:
		part = "trưa"
	case hour > 12 && hour < 18:
		part = "chiều"
	case hour >= 18:
		part = "tối"
	}
	if hour > 12 {
		hour -= 12
	}
	words := NumberWords(hour) + " giờ "
	if minute > 0 {
		words += NumberWords(minute) + " "
	}
	return words + part
}

// SpokenSeconds is how long a text takes to be read slowly from a loudspeaker, at a
// number of syllables a minute.
func SpokenSeconds(text string, pace int) int {
	return (len(strings.Fields(text))*60 + pace - 1) / pace
}
