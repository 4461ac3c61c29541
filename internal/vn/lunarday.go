package vn

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// lunarShape is a day of the lunar calendar as people write it. A number of the month
// is meant so only behind "rằm": mùng 2/9 is a day of the sun's.
var lunarShape = regexp.MustCompile(`^(?:(mùng|mồng) ?)?(\d{1,2}|rằm)(?: ?[/.-] ?| tháng | )(\pL+(?: \pL+)?|\d{1,2})$`)

// lunarMonthNames are the names of months; giêng and chạp are of the lunar calendar
// alone.
var lunarMonthNames = map[string]int{"giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
	"mười một": 11, "mười hai": 12, "chạp": 12}

// lunarDay reads a day of the lunar calendar without its year; false where a text may
// be meant otherwise.
func lunarDay(s string) (d LunarDate, ok bool) {
	words := lunarShape.FindStringSubmatch(strings.Join(strings.Fields(strings.ToLower(NFC(s))), " "))
	if words == nil {
		return d, false
	}
	named := false
	if d.Month, named = lunarMonthNames[words[3]]; !named {
		d.Month, _ = strconv.Atoi(words[3])
	}
	full, early := words[2] == "rằm", words[1] != ""
	if d.Day, _ = strconv.Atoi(words[2]); full {
		d.Day = 15
	}
	lunarOnly := words[3] == "giêng" || words[3] == "chạp"
	return d, d.Month > 0 && (full && !early || named && (lunarOnly || early))
}

// NamedLunarDay reads a day whose words are of the lunar calendar alone: 15/Giêng, rằm tháng 7, mùng 3
// tháng Ba. Its year is 0; false where a text may be meant otherwise, and for what is no day.
func NamedLunarDay(s string) (LunarDate, bool) {
	d, ok := lunarDay(s)
	return d, ok && d.Month <= 12 && d.Day >= 1 && d.Day <= 30
}

// ParseLunarDay reads a day of the lunar calendar where no other is meant: 9/1, mùng 9
// tháng Giêng, rằm tháng 7. Its year is 0. The fault is FaultDate.
func ParseLunarDay(s string) (LunarDate, error) {
	d, _ := lunarDay(s)
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 30 {
		return LunarDate{}, FaultDate
	}
	return d, nil
}

// nearest is the next or the last such day, seen from today.
func (d LunarDate) nearest(today string, past bool) (string, error) {
	now, ok := Lunar(today)
	order := cmp.Or(cmp.Compare(d.Month, now.Month), cmp.Compare(d.Day, now.Day))
	if d.Month == now.Month && now.Leap {
		order = -1 // the month itself is over
	}
	d.Year = now.Year
	if past && order > 0 {
		d.Year--
	}
	if !past && order < 0 {
		d.Year++
	}
	date, found := d.Solar()
	if !ok || !found {
		return "", FaultDate
	}
	return date, nil
}
