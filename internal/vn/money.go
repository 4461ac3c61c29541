package vn

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Count writes n with a dot after every thousand: 1250000 is "1.250.000".
func Count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	head := len(digits) % 3
	groups := make([]string, 0, len(digits)/3+1)
	if head > 0 {
		groups = append(groups, digits[:head])
	}
	for i := head; i < len(digits); i += 3 {
		groups = append(groups, digits[i:i+3])
	}
	return sign + strings.Join(groups, ".")
}

// Dong writes an amount of đồng: "1.250.000 ₫". The space is an ordinary one.
func Dong(amount int64) string { return Count(amount) + " ₫" }

var dongSigns = []string{"₫", "đồng", "vnđ", "vnd", "đ", "d"}

// dongUnits are the words behind a number and how many zeros they stand for; many
// type them without accents.
var dongUnits = map[string]int{"k": 3, "nghìn": 3, "ngàn": 3, "nghin": 3, "ngan": 3, "tr": 6, "triệu": 6, "trieu": 6, "tỷ": 9, "tỉ": 9, "ty": 9, "ti": 9}

// ParseDong reads an amount of whole đồng as people mean it: "1.250.000",
// "1,250,000", "1 250 000", "1250000 đ", "1.500.000,00", "45k", "1,5 triệu", "1tr2"
// and "1 triệu 200 nghìn". A mark before three digits groups thousands. What may be
// meant in two ways is refused. The faults are FaultMoney, FaultNegative and
// FaultNumberTooBig. The script of the money fields (static/src/js/part/money.js)
// reads the same.
func ParseDong(s string) (int64, error) {
	s = strings.ToLower(NFC(strings.TrimSpace(s)))
	s = strings.Join(strings.FieldsFunc(s, groupsBlank), " ")
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") {
		return 0, FaultNegative
	}
	for _, sign := range dongSigns {
		if rest, ok := strings.CutSuffix(s, sign); ok {
			s = strings.TrimSpace(rest)
			break
		}
	}
	digits, ok := wholeDong(s)
	if !ok {
		digits, ok = spokenDong(s)
	}
	if !ok {
		return 0, FaultMoney
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, FaultNumberTooBig
	}
	return n, nil
}

// groupsBlank holds for the blanks that people and other programs put between
// thousands.
func groupsBlank(r rune) bool { return strings.ContainsRune(" \t\u00a0\u2009\u202f", r) }

// wholeDong reads an amount in figures alone. Decimals are let go where they are
// one or two zeros behind another mark than the one that groups.
func wholeDong(s string) (digits string, ok bool) {
	if at := strings.LastIndexAny(s, ".,"); at > 0 {
		if rest := s[at+1:]; rest == "0" || rest == "00" {
			if strings.Contains(s[:at], s[at:at+1]) {
				return "", false
			}
			s = s[:at]
		}
	}
	return ungroup(s)
}

// spokenDong reads numbers with words of size behind them, the larger first: "1,5
// triệu", "1tr2", "1 triệu 200 nghìn". Digits behind the last word are its tenths.
func spokenDong(s string) (digits string, ok bool) {
	const most = 19
	total, above := new(big.Int), most
	for s != "" {
		number, rest := cutWhere(s, func(r rune) bool { return !strings.ContainsRune("0123456789., ", r) })
		word, rest := cutWhere(rest, func(r rune) bool { return !unicode.IsLetter(r) })
		zeros, known := dongUnits[word]
		if word == "" && above < most && tenths.MatchString(number) {
			zeros, known, number = above, true, "0,"+number
		}
		part, whole := scaled(strings.TrimSpace(number), zeros)
		if !known || !whole || word != "" && zeros >= above || above < most && len(part.String()) > above {
			return "", false
		}
		total.Add(total, part)
		above, s = zeros, strings.TrimSpace(rest)
	}
	return total.String(), above < most
}

// tenths are digits behind a word of size that can be meant in one way only: "1tr50"
// may be 1.500.000 or 1.050.000.
var tenths = regexp.MustCompile(`^([1-9]|[0-9][1-9]|[0-9]{3})$`)

// scaled is a number with at most so many decimals, times ten to their power. "1,500
// triệu" may be meant in two ways.
func scaled(number string, zeros int) (*big.Int, bool) {
	whole, decimals := number, ""
	if at := strings.LastIndexAny(number, ",."); at > 0 && (number[at] == ',' || len(number)-at-1 != 3) {
		whole, decimals = number[:at], number[at+1:]
		if decimals == "" || strings.Trim(decimals, "0123456789") != "" || len(decimals) == 3 && whole != "0" {
			return nil, false
		}
	}
	whole, ok := ungroup(whole)
	if !ok || len(decimals) > zeros {
		return nil, false
	}
	return new(big.Int).SetString(whole+decimals+strings.Repeat("0", zeros-len(decimals)), 10)
}

// cutWhere cuts a text before the first letter that ends says.
func cutWhere(s string, ends func(rune) bool) (before, after string) {
	if at := strings.IndexFunc(s, ends); at >= 0 {
		return s[:at], s[at:]
	}
	return s, ""
}

// ParseCount reads a whole number from zero up, plain or with one kind of mark
// (dot, comma or space) after every thousand. The faults are FaultNumber, also
// for decimals and signs, and FaultNumberTooBig.
func ParseCount(s string) (int64, error) {
	s = strings.ReplaceAll(strings.TrimSpace(s), "\u00A0", " ")
	digits, ok := ungroup(s)
	if !ok {
		return 0, FaultNumber
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, FaultNumberTooBig
	}
	return n, nil
}

// ungroup takes the thousands marks out of s. Groups must be of three digits:
// "12.5" and "0.500" may be meant as decimals and must not become 125 and 500.
func ungroup(s string) (string, bool) {
	mark := strings.Trim(s, "0123456789")
	if mark != "" {
		mark = mark[:1]
	}
	groups := []string{s}
	if mark == "." || mark == "," || mark == " " {
		groups = strings.Split(s, mark)
		if len(groups[0]) > 3 || strings.HasPrefix(s, "0") {
			return "", false
		}
	}
	for i, g := range groups {
		if g == "" || strings.Trim(g, "0123456789") != "" || (i > 0 && len(g) != 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
