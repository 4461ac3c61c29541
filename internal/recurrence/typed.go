package recurrence

import (
	"regexp"
	"strconv"
	"strings"

	"hoicho/internal/vn"
)

// Cycles are the usual cycles of markets by lunar days, by the name that people call
// them: the market of 2–7 is held six times in a month.
var Cycles = []struct {
	Name string
	Days []int
}{
	{"1–6", []int{1, 6, 11, 16, 21, 26}},
	{"2–7", []int{2, 7, 12, 17, 22, 27}},
	{"3–8", []int{3, 8, 13, 18, 23, 28}},
	{"4–9", []int{4, 9, 14, 19, 24, 29}},
	{"5–10", []int{5, 10, 15, 20, 25, 30}},
}

// listMarks part the numbers of a typed list.
const listMarks = ",;-–. \t\r\n"

// ParseDays reads days of a month as people list them: 2-7-12-17-22-27, or with commas or
// spaces between. The fault names the word that is no day from 1 to most.
func ParseDays(text string, most int) (days []int, wrong string) {
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(listMarks, c) }) {
		day, err := strconv.Atoi(word)
		if err != nil || day < 1 || day > most {
			return nil, word
		}
		days = append(days, day)
	}
	return distinct(days), ""
}

// severalDays is a row of days of one lunar month: 9-11/1.
var severalDays = regexp.MustCompile(`^(\d{1,2})\s*[-–]\s*(\d{1,2})(\s*[/ ].+)$`)

// ParseLunarDays reads dates of the lunar year as people list them, with commas between:
// "9-11/1, rằm tháng 7". The fault names the part that is no such date.
func ParseLunarDays(text string) (dates []LunarDay, wrong string) {
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",;\r\n", c) }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		from, until, rest := part, part, ""
		if row := severalDays.FindStringSubmatch(part); row != nil {
			from, until, rest = row[1], row[2], row[3]
		}
		a, errA := vn.ParseLunarDay(from + rest)
		b, errB := vn.ParseLunarDay(until + rest)
		if errA != nil || errB != nil || b.Day < a.Day {
			return nil, part
		}
		for day := a.Day; day <= b.Day; day++ {
			dates = append(dates, LunarDay{a.Month, day})
		}
	}
	return Rule{Dates: dates}.tidy().Dates, ""
}

// ShowDays writes days as ParseDays reads them.
func ShowDays(days []int) string { return joinWith("-", days, strconv.Itoa) }

// ShowLunarDays writes dates as ParseLunarDays reads them.
func ShowLunarDays(dates []LunarDay) string { return joinWith(", ", dates, LunarDay.show) }

func (d LunarDay) show() string { return strconv.Itoa(d.Day) + "/" + strconv.Itoa(d.Month) }

func joinWith[T any](mark string, list []T, show func(T) string) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = show(v)
	}
	return strings.Join(words, mark)
}
