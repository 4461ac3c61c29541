package vn

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the search key of s: lower case, without diacritics, đ as d,
// y as i, apostrophes dropped, every other run of punctuation and spaces as
// one space, none at the ends. "Sỹ Bình" and "SĨ BÌNH", "Hoà" and "Hòa",
// "M'Drắk" and "mdrak" have the same key. Query and stored text both pass it.
//
// Every letter is folded without looking at its neighbours, although y and i
// are rivals only in some syllables (Sỹ/Sĩ, Quý/Quí) and not in others
// (Tây/Tai). So the key of a part is always a part of the key of the whole,
// which prefix and substring searches rest on; the price is a few more hits.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	put := func(r rune) {
		switch {
		case r == dropped:
		case r == ' ':
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	for _, r := range s {
		foldRune(r, put)
	}
	return b.String()
}

// dropped marks a rune that leaves nothing behind.
const dropped rune = -1

// latinEnd is the end of the block that holds the Vietnamese letters.
const latinEnd = 0x1F00

// foldTable holds the fold of each rune below latinEnd that folds to one rune
// at most; 0 where it folds to several.
var foldTable = sync.OnceValue(func() *[latinEnd]rune {
	var table [latinEnd]rune
	for r := range rune(latinEnd) {
		n := 0
		foldSlowly(r, func(f rune) {
			table[r] = f
			n++
		})
		switch n {
		case 0:
			table[r] = dropped
		case 1:
		default:
			table[r] = 0
		}
	}
	return &table
})

func foldRune(r rune, put func(rune)) {
	if r < latinEnd {
		if f := foldTable()[r]; f != 0 {
			put(f)
			return
		}
	}
	foldSlowly(r, put)
}

// foldSlowly decomposes r by compatibility, so that full-width letters and
// ligatures fold as what they look like.
func foldSlowly(r rune, put func(rune)) {
	for _, part := range norm.NFKD.String(string(r)) {
		if f := foldLetter(unaccent(part)); f != dropped {
			put(f)
		}
	}
}

func foldLetter(r rune) rune {
	switch {
	case r == dropped, isApostrophe(r):
		return dropped
	case r == 'y':
		return 'i'
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return r
	}
	return ' '
}

// unaccent lowers one decomposed rune and takes off what makes a Vietnamese
// letter out of a Latin one. Eth and D with tail look like Đ and are typed
// for it.
func unaccent(r rune) rune {
	if unicode.Is(unicode.M, r) {
		return dropped
	}
	switch r = unicode.ToLower(r); r {
	case 'đ', 'ð', 'ɖ':
		return 'd'
	case 'ı':
		return 'i'
	}
	return r
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '‘', '’', 'ʼ', 'ʻ', '′':
		return true
	}
	return false
}
