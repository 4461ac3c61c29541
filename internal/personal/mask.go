package personal

import "strings"

// MaskedName is so much of a name as somebody who has it before it can compare: its first
// word, and the first letter of each that follows.
func MaskedName(name string) string {
	words := strings.Fields(name)
	for i := 1; i < len(words); i++ {
		words[i] = string([]rune(words[i])[:1]) + "…"
	}
	return strings.Join(words, " ")
}
