package vn

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// longMonths has a hexadecimal number for each lunar year, with a bit for each month
// in order, the leap month among them: 1 where it has 30 days. With Tết and the leap
// months it makes every lunar date of two centuries. All were found again by another
// theory of the moon (libastro 4.1) at UTC+7; for the new moon of July 1967, two
// seconds from midnight, that one says the next day.
const longMonths = `
1900 096d 4ae a56 1a4d d26 d93 0b55 56a 96d 095d 4ad 149b a4d d25 1aa5 b54 b6a 12da 95b 0937
1920 497 a4b 164b 6a5 6d4 15b5 2b6 957 092f 497 0c96 d4a ea5 0d65 5ac ab6 126d 92e 192d a95
1940 d4a 1b4a b55 56a 14db 25d 92d 152b a95 1695 6aa ad5 0ab5 4ba a5b 0a57 527 0d26 e95 6aa
1960 15aa 9b5 4b6 14ae a4e d26 1d26 d52 1b54 d6a 96d 095d 4ad a4d 1a4b b25 1aa5 b54 b5a 0ada
1980 95b 49b 1497 a4b aa5 16a5 6d2 15b4 ab6 937 092f 497 64b 0d4a ea5 0d55 56a aad 126d 92e
2000 c96 1a95 d4a da5 0b55 56a 14da a5d 92b 152b a95 b4a 16aa ad5 0ab5 4ba a5b 0a57 527 693
2020 0e93 6aa ad5 09b5 4b6 14ae a4e d26 1d26 d52 daa 0b6a 56d 095d 49d a4d 1a4b b25 b52 1b52
2040 b5a 55d 095b 49b 1497 a4b aa5 16a5 6d2 ad6 0ab6 537 092e c97 54b 0d4a da5 5aa 156a aad
2060 52e 192e c95 1a95 d4a d95 0b55 56a a6d 0a5d 52b 152b a93 b49 16aa ad5 55a 14b6 a57 52b
2080 1517 693 0d53 6aa ad5 05ad 2b6 a57 0a2e d16 1d25 d52 da9 0b6a 56d 2ae 149d a2d d15 1a95`

func TestLengthOfEveryLunarMonth(t *testing.T) {
	t.Parallel()
	year := 1900
	for line := range strings.Lines(strings.TrimSpace(longMonths)) {
		for _, want := range strings.Fields(line)[1:] {
			if got := longMonthsOf(year); got != want {
				t.Errorf("long months of %d: %s, want %s", year, got, want)
			}
			year++
		}
	}
	if year != 2100 {
		t.Errorf("the list ends before %d", year)
	}
}

func longMonthsOf(year int) string {
	bits := ""
	for month := 1; month <= 12; month++ {
		for _, leap := range []bool{false, true} {
			if days := (LunarDate{Year: year, Month: month, Leap: leap}).MonthDays(); days > 0 {
				bits += strconv.Itoa(days - 29)
			}
		}
	}
	n, _ := strconv.ParseUint(bits, 2, 16)
	return fmt.Sprintf("%0*x", (len(bits)+3)/4, n)
}
