package vn

import (
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// sortRunes is how much of a text is sorted: a key stays within 1,700 bytes,
// well under what PostgreSQL takes into an index.
const sortRunes = 120

// sorter is a Collator with its buffer; neither may be used by two at once.
type sorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

var sorters = sync.Pool{New: func() any {
	return &sorter{collator: collate.New(language.Vietnamese, collate.IgnoreCase, collate.Numeric)}
}}

// SortKey returns a text that, compared byte by byte, puts s into Vietnamese
// alphabetical order: a ă â b c d đ, tones as ngang huyền hỏi ngã sắc nặng,
// numbers by value (A2 before A10), case ignored. Only the first 120 runes
// count, so break ties by id.
//
// The key is written in digits alone, two bytes as five digits: digits stand
// in the same order under every collation that a database may have been made
// with, which letters do not (Danish sorts "aa" last).
func SortKey(s string) string {
	w := sorters.Get().(*sorter)
	defer sorters.Put(w)
	w.buffer.Reset()
	key := w.collator.KeyFromString(&w.buffer, firstRunes(NFC(s), sortRunes))
	var b strings.Builder
	b.Grow(len(key)*5/2 + 5)
	for i := 0; i < len(key); i += 2 {
		pair := int(key[i]) << 8
		if i+1 < len(key) {
			pair |= int(key[i+1])
		}
		writePair(&b, pair)
	}
	return b.String()
}

func writePair(b *strings.Builder, pair int) {
	for unit := 10000; unit > 0; unit /= 10 {
		b.WriteByte(byte('0' + pair/unit%10))
	}
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
