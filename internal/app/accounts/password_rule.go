package accounts

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Bounds of a password, in runes. Nothing is cut off: what is longer is refused.
const (
	minPassword = 8
	maxPassword = 200
)

// checkPassword notes what is wrong with a password that somebody chose: too
// short, or so common that it is tried first (OWASP ASVS 5.0, 6.2.1 and 6.2.4).
// No kinds of characters are asked for. own are texts that others know of the
// person: name, phone, e-mail.
func checkPassword(f *registry.Faults, password string, own ...string) {
	n := utf8.RuneCountInString(password)
	switch {
	case password == "":
		f.Add("password", "error.account.password")
	case n < minPassword:
		f.Add("password", "error.account.password_short", minPassword)
	case n > maxPassword:
		f.Add("password", "error.too_long", maxPassword)
	case commonPassword(password):
		f.Add("password", "error.account.password_common")
	case ownPassword(password, own):
		f.Add("password", "error.account.password_own")
	}
}

// commonPassword reports whether a password is a common word or name of the list
// below with digits and signs around it, one sign over and over, a run along the
// alphabet or the keyboard, a date or a phone. Marks, case and the usual swaps
// of letters for digits are looked through: "MậtKhẩu@123" is "matkhau123".
func commonPassword(password string) bool {
	for _, text := range []string{letters(password), letters(swapSigns.Replace(password))} {
		for _, plain := range []string{text, unswap.Replace(text)} {
			core := strings.Trim(plain, "0123456789")
			if trivial(plain) || len(plain)-len(core) <= 6 && madeOfCommon(core) {
				return true
			}
		}
		if digitsOnly(text) && len(text) <= 11 {
			return true
		}
	}
	return false
}

// letters folds a password and keeps its letters and digits.
func letters(s string) string { return strings.ReplaceAll(vn.Fold(s), " ", "") }

var (
	swapSigns = strings.NewReplacer("@", "a", "$", "s", "!", "i")
	unswap    = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t")
)

func digitsOnly(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// trivial reports few different letters, or runs along a row.
func trivial(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	if len(seen) <= 3 {
		return true
	}
	for _, row := range rows {
		for n := len(s); n >= 4; n-- {
			if strings.Contains(row, s[:n]) && (n == len(s) || trivial(s[n:]) || len(s)-n < 4) {
				return true
			}
		}
	}
	return false
}

// rows are the runs that fingers follow, both ways.
var rows = []string{
	"01234567890123", "98765432109876", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba",
	"qwertiuopasdfghjklzxcvbnm", "qwertzuiop", "poiuitrewq", "asdfghjkl", "lkjhgfdsa", "zxcvbnm", "mnbvcxz",
	"1qaz2wsx3edc4rfv5tgb", "zaq12wsxcde34rfvbgt5", "1q2w3e4r5t6i7u8i9o0p", "q1w2e3r4t5i6", "qazwsxedcrfvtgb", "147258369", "159357", "741852963",
}

// madeOfCommon reports whether a text is one or two words of the list.
func madeOfCommon(core string) bool {
	if core == "" {
		return false
	}
	for i := 1; i <= len(core); i++ {
		if commonWords[core[:i]] && (i == len(core) || commonWords[core[i:]]) {
			return true
		}
	}
	return false
}

// ownPassword reports whether a password is little more than what others know of
// the person.
func ownPassword(password string, own []string) bool {
	plain := letters(password)
	for _, text := range own {
		text, _, _ = strings.Cut(text, "@")
		known := letters(text)
		if len(known) >= 4 && strings.Contains(plain, known) && len(plain)-len(known) < minPassword {
			return true
		}
	}
	return false
}

//go:embed commonwords.txt
var commonWordsText string

// commonWords are the words of commonwords.txt as letters reads them.
var commonWords = func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(commonWordsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			words[letters(word)] = true
		}
	}
	return words
}()
