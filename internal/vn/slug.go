package vn

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// slugMax is the longest slug in bytes.
const slugMax = 80

// emptySlug stands for a text without one Latin letter or digit.
const emptySlug = "muc"

// Slug returns s as a part of an address: lower-case Latin letters without
// diacritics, digits, single hyphens, at most 80 bytes cut between words where
// possible, never empty. Unlike Fold it keeps y. It is not unique: whoever
// stores it adds a number.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		r = unaccent(r)
		switch {
		case r == dropped || isApostrophe(r):
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := cutSlug(strings.Trim(b.String(), "-"))
	if slug == "" {
		return emptySlug
	}
	return slug
}

func cutSlug(slug string) string {
	if len(slug) <= slugMax {
		return slug
	}
	slug = slug[:slugMax+1]
	if i := strings.LastIndexByte(slug, '-'); i > 0 {
		return slug[:i]
	}
	return slug[:slugMax]
}
