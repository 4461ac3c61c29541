package vn

import "strings"

// ParseGTIN reads the number under a bar code (GTIN-8, -12, -13 or -14), with
// or without spaces and dashes, and returns its digits. The faults are
// FaultGTINLength and FaultGTINCheck.
func ParseGTIN(s string) (string, error) {
	digits, ok := onlyDigits(s, " -")
	if !ok {
		return "", FaultGTINLength
	}
	switch len(digits) {
	case 8, 12, 13, 14:
	default:
		return "", FaultGTINLength
	}
	if digits[len(digits)-1] != gtinCheck(digits[:len(digits)-1]) {
		return "", FaultGTINCheck
	}
	return digits, nil
}

// gtinCheck weighs from the right, 3 first, so that one rule serves all lengths.
func gtinCheck(body string) byte {
	sum := 0
	for i := range len(body) {
		d := int(body[len(body)-1-i] - '0')
		if i%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// GTINLicensedByVietnam reports whether GS1 Việt Nam licensed the number
// (prefix 893). It says who gave the number out, not where the goods were made.
func GTINLicensedByVietnam(gtin string) bool {
	if len(gtin) == 14 {
		gtin = gtin[1:]
	}
	return (len(gtin) == 8 || len(gtin) == 13) && strings.HasPrefix(gtin, "893")
}
