package vn

import (
	"strconv"
	"strings"
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

// ParseDong reads an amount of whole đồng: "1.250.000", "1,250,000",
// "1 250 000", "1250000 đ", "1.250.000 VND". The faults are those of ParseCount.
func ParseDong(s string) (int64, error) {
	s = strings.ToLower(NFC(strings.TrimSpace(s)))
	for _, sign := range dongSigns {
		if rest, ok := strings.CutSuffix(s, sign); ok {
			s = rest
			break
		}
	}
	return ParseCount(s)
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
