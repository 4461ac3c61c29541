package vn

import "strings"

// TaxCodeKind says whom a tax code names.
type TaxCodeKind string

// The kinds of tax code (circular 90/2026/TT-BTC).
const (
	TaxOrganisation TaxCodeKind = "organisation" // 10 digits: an enterprise, co-operative or office
	TaxBranch       TaxCodeKind = "branch"       // 10 digits, dash, 3 digits: a dependent unit of it
	TaxPersonal     TaxCodeKind = "personal"     // 12 digits: the personal identification number of a person or household
)

// TaxCode is a tax code (mã số thuế) as it is stored: digits only, but for the
// dash of a branch.
type TaxCode struct {
	Number string
	Kind   TaxCodeKind
}

// ParseTaxCode reads a tax code with or without spaces, dots and the dash of a
// branch. The faults are FaultTaxCodeLength, FaultTaxCodeCheck and
// FaultTaxCodeBranch. The first two digits name the province of the first
// registration and do not change when the firm moves, so they are not checked
// against any address; personal numbers have no check digit at all.
func ParseTaxCode(s string) (TaxCode, error) {
	digits, ok := onlyDigits(s, " .-")
	if !ok {
		return TaxCode{}, FaultTaxCodeLength
	}
	switch len(digits) {
	case 10:
		return TaxCode{digits, TaxOrganisation}, checkTaxCode(digits)
	case 12:
		return TaxCode{digits, TaxPersonal}, nil
	case 13:
		number := digits[:10] + "-" + digits[10:]
		if digits[10:] == "000" {
			return TaxCode{}, FaultTaxCodeBranch
		}
		return TaxCode{number, TaxBranch}, checkTaxCode(digits[:10])
	}
	return TaxCode{}, FaultTaxCodeLength
}

var taxWeights = [...]int{31, 29, 23, 19, 17, 13, 7, 5, 3}

// checkTaxCode checks the tenth digit: 10 less the weighted sum modulo 11. A
// sum that leaves nothing would need the digit 10 and is never issued.
func checkTaxCode(ten string) error {
	sum := 0
	for i, w := range taxWeights {
		sum += w * int(ten[i]-'0')
	}
	if int(ten[9]-'0') != 10-sum%11 {
		return FaultTaxCodeCheck
	}
	return nil
}

// onlyDigits returns the ASCII digits of s if nothing but digits and the
// characters of skip stand in it.
func onlyDigits(s, skip string) (string, bool) {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\u00A0", " ") {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case !strings.ContainsRune(skip, r):
			return "", false
		}
	}
	return b.String(), true
}
