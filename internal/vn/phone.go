package vn

import "strings"

// ParsePhone reads a mobile or landline number of Viet Nam with or without
// +84, 0084 or 84, spaces, dots, dashes and brackets, and returns it as stored:
// "0" and the national number. The fault is FaultPhone. Mobile numbers of
// eleven digits ended in 2018 and are refused, not guessed at.
func ParsePhone(s string) (string, error) {
	digits, ok := onlyDigits(strings.Replace(s, "+84", "84", 1), " .-()/")
	if !ok {
		return "", FaultPhone
	}
	national := nationalNumber(digits)
	if !isMobile(national) && !isLandline(national) {
		return "", FaultPhone
	}
	return national, nil
}

func nationalNumber(digits string) string {
	digits = strings.TrimPrefix(digits, "00")
	if rest, ok := strings.CutPrefix(digits, "84"); ok {
		return "0" + strings.TrimPrefix(rest, "0")
	}
	return digits
}

// IsMobile reports whether a stored number is one of mobile phones, which messengers take.
func IsMobile(phone string) bool { return isMobile(phone) }

func isMobile(n string) bool {
	return len(n) == 10 && n[0] == '0' && strings.IndexByte("35789", n[1]) >= 0
}

func isLandline(n string) bool {
	return len(n) == 11 && n[0] == '0' && n[1] == '2'
}

// ShowPhone returns a stored number in groups as people read it out:
// "0912 345 678", "0209 3870 123", "024 3825 1234".
func ShowPhone(phone string) string {
	switch {
	case isMobile(phone):
		return phone[:4] + " " + phone[4:7] + " " + phone[7:]
	case isLandline(phone) && (phone[2] == '4' || phone[2] == '8'):
		return phone[:3] + " " + phone[3:7] + " " + phone[7:]
	case isLandline(phone):
		return phone[:4] + " " + phone[4:8] + " " + phone[8:]
	}
	return phone
}

// DialPhone returns a stored number for a tel: link and for messages (E.164).
func DialPhone(phone string) string {
	if rest, ok := strings.CutPrefix(phone, "0"); ok {
		return "+84" + rest
	}
	return phone
}
