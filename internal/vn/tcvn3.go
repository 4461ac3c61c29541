package vn

import (
	"strings"
	"unicode"
)

// tcvn3 are the letters of TCVN 5712:1993 (VN3), for which .VnTime and its like were
// drawn, in the order of their codes; programs of today show the same codes as the
// letters and signs of western Europe. A blank is a code without a letter.
const (
	tcvn3First   = 0xA1
	tcvn3Letters = "ĂÂÊÔƠƯĐăâêôơưđ" + "      " + "àảãáạ" + " " + "ằẳẵắ" + "       " + "ặầẩẫấậè" + " " + "ẻẽéẹềểễếệìỉ" + "   " + "ĩíịò" +
		" " + "ỏõóọồổỗốộờởỡớợù" + " " + "ủũúụừửữứựỳỷỹýỵ"
)

// tcvn3Table gives the letter of each code; 0 for none.
var tcvn3Table = func() (table [0x100]rune) {
	for i, r := range []rune(tcvn3Letters) {
		if r != ' ' {
			table[tcvn3First+i] = r
		}
	}
	return table
}()

// unicodeVietnamese are the letters of Vietnamese words that Unicode has below U+0100.
const unicodeVietnamese = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"

// isTCVN3 returns the letter for which an old typeface has the sign r; 0 for none.
func isTCVN3(r rune) rune {
	if r < 0x100 {
		return tcvn3Table[r]
	}
	return 0
}

// MayBeTCVN3 reports whether a text may have been typed for an old typeface: nothing in
// it is a letter of today alone, and something would become another letter.
func MayBeTCVN3(s string) bool {
	found := false
	for _, r := range s {
		if r >= 0x80 && isTCVN3(r) == 0 && unicode.IsLetter(r) {
			return false
		}
		found = found || isTCVN3(r) != 0
	}
	return found
}

// SignsOfTCVN3 reports whether a text was surely typed for an old typeface: beside a
// letter stands a sign that no word has, as in "Tµi Hoan".
func SignsOfTCVN3(s string) bool {
	if !MayBeTCVN3(s) {
		return false
	}
	before := ' '
	for _, r := range s {
		beside := isASCIILetter(r) && oddSign(before) || isASCIILetter(before) && oddSign(r)
		if beside {
			return true
		}
		before = r
	}
	return false
}

// oddSign reports whether r is a letter in an old typeface and none of Vietnamese words
// in Unicode.
func oddSign(r rune) bool { return isTCVN3(r) != 0 && !strings.ContainsRune(unicodeVietnamese, r) }

func isASCIILetter(r rune) bool { return r < 0x80 && unicode.IsLetter(r) }

// FromTCVN3 turns a text that was typed for an old typeface into Unicode. Those have
// small letters with marks alone: in a word whose other letters are capitals, and
// everywhere in a typeface of capitals, they become capitals.
func FromTCVN3(s string, capitals bool) string {
	words := strings.SplitAfter(s, " ")
	for i, word := range words {
		now := strings.Map(func(r rune) rune {
			if letter := isTCVN3(r); letter != 0 {
				return letter
			}
			return r
		}, word)
		if capitals || inCapitals(word) {
			now = strings.ToUpper(now)
		}
		words[i] = now
	}
	return strings.Join(words, "")
}

// inCapitals reports whether a word has at least one plain letter and all of them are
// capitals.
func inCapitals(word string) bool {
	some := false
	for _, r := range word {
		if isASCIILetter(r) {
			if !unicode.IsUpper(r) {
				return false
			}
			some = true
		}
	}
	return some
}
