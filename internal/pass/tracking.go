package pass

import "strings"

// TrackingDigits is the length of the code by which whoever sent a tip follows it: 24 random
// digits, which are 79.7 bits, and one that checks them. Digits, because a keyboard that writes
// Vietnamese (Telex, VNI) changes letters while they are typed and every phone has a number pad;
// five groups of five, because that is read out and compared a line at a time. So many are
// guessed by nobody, and a hash without a key tells nothing of them.
const TrackingDigits = 25

// trackingGroup is how many digits of a tracking code stand together.
const trackingGroup = 5

// NewTrackingCode makes a random tracking code.
func NewTrackingCode() string { return newCode("", TrackingDigits) }

// ParseTrackingCode reads a tracking code as typed, with spaces, dots and dashes anywhere.
// ErrMalformed means that it is none or was mistyped.
func ParseTrackingCode(typed string) (string, error) {
	return parseCode(strings.NewReplacer("-", "", ".", "", "\n", "", "\r", "").Replace(typed), TrackingDigits)
}

// FormatTrackingCode groups a tracking code for reading: 12345 67890 12345 67890 12345.
func FormatTrackingCode(code string) string {
	var groups []string
	for ; len(code) > trackingGroup; code = code[trackingGroup:] {
		groups = append(groups, code[:trackingGroup])
	}
	return strings.Join(append(groups, code), " ")
}
