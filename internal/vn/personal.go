package vn

import (
	"regexp"
	"strings"
)

// Hidden stands for what HidePersonal takes out of a text.
const Hidden = "•••"

var (
	emailWord  = regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}.\-]+\.\p{L}{2,}`)
	digitsWord = regexp.MustCompile(`\+?\d(?:[ .\-]?\d){7,}`)
)

// HidePersonal takes out of a text that people typed what leads to a person: e-mail addresses,
// telephone numbers and personal identification numbers of 12 digits (số định danh cá nhân).
// Barcodes of 8 and 13 digits stay. It is for papers and files that leave the office.
func HidePersonal(text string) string {
	text = emailWord.ReplaceAllString(text, Hidden)
	return digitsWord.ReplaceAllStringFunc(text, func(word string) string {
		digits := strings.NewReplacer(" ", "", ".", "", "-", "", "+", "").Replace(word)
		switch phone := strings.HasPrefix(digits, "0") || strings.HasPrefix(digits, "84"); {
		case len(digits) == 12, phone && len(digits) >= 9 && len(digits) <= 11, len(digits) > 14:
			return Hidden
		}
		return word
	})
}
