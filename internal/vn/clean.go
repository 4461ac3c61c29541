package vn

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC returns s with letters and their marks composed, as every door stores it.
func NFC(s string) string { return norm.NFC.String(s) }

// CleanLine prepares one line that a person typed: NFC, no control characters,
// no zero-width or direction marks, runs of spaces as one, none at the ends;
// line breaks become spaces. It reports false if s is not valid UTF-8.
func CleanLine(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	return norm.NFC.String(strings.Join(strings.Fields(strip(s)), " ")), true
}

// CleanText prepares a text of several lines as CleanLine does each of them,
// and keeps the line breaks as "\n" except those at the ends.
func CleanText(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	lines := strings.Split(lineBreaks.Replace(s), "\n")
	for i, line := range lines {
		lines[i], _ = CleanLine(line)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n"), true
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// strip takes out what cannot be seen and turns every kind of space into ' '.
// Format characters (Cf) are the zero-width and direction marks: they can make
// two names look alike, or one text read backwards.
func strip(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Z, r):
			return ' '
		case unicode.Is(unicode.C, r), unicode.Is(unicode.Noncharacter_Code_Point, r), isBlank(r):
			return -1
		}
		return r
	}, s)
}

// isBlank reports letters and marks that show nothing: fillers and the
// grapheme joiner, which the categories do not tell from real letters.
func isBlank(r rune) bool {
	switch r {
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0', '\u2800':
		return true
	}
	return false
}
