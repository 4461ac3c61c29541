package fonts

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MMPerPoint is a point in millimetres.
const MMPerPoint = 25.4 / 72

// Clean makes a text printable: NFC, no control characters, single spaces, and
// Substitute for what no typeface has.
func Clean(text string) string {
	var b strings.Builder
	for letter := range Letters(norm.NFC.String(text)) {
		b.WriteString(printable(letter))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Lacking lists the letters of texts that no typeface has, each once.
func Lacking(texts ...string) (letters []string) {
	for _, text := range texts {
		for letter := range Letters(norm.NFC.String(text)) {
			if letter != Substitute && strings.Contains(printable(letter), Substitute) && !slices.Contains(letters, letter) {
				letters = append(letters, letter)
			}
		}
	}
	return letters
}

// printable is a letter as it can be drawn.
func printable(letter string) string {
	first, size := utf8.DecodeRuneInString(letter)
	switch {
	case first == '\u2011':
		return "-" + printableMarks(letter[size:])
	case unicode.IsSpace(first):
		return " "
	case unseen(first):
		return printableMarks(letter[size:])
	case known(letter):
		return letter
	}
	if simple := norm.NFKC.String(letter); simple != letter {
		if s := Clean(simple); !strings.Contains(s, Substitute) {
			return s
		}
	}
	if size == len(letter) || !known(letter[:size]) {
		return Substitute
	}
	return letter[:size] + printableMarks(letter[size:])
}

// printableMarks is marks without a letter that could carry all of them.
func printableMarks(marks string) string {
	var b strings.Builder
	for _, r := range marks {
		switch {
		case unseen(r):
		case known(string(r)):
			b.WriteRune(r)
		default:
			b.WriteString(Substitute)
		}
	}
	return b.String()
}

func known(letter string) bool {
	if r, n := utf8.DecodeRuneInString(letter); n == len(letter) && chains[Face{}][0].glyphs()[r].advance > 0 {
		return true
	}
	_, ok := Face{}.spell(letter)
	return ok
}

// unseen reports whether a sign only steers others: controls, directions, joiners,
// and what chooses how a picture looks.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) || r >= 0x1F3FB && r <= 0x1F3FF
}

// Width is how wide a clean text is at a size in points, in mm.
func (f Face) Width(text string, size float64) float64 {
	first := f.chain()[0].glyphs()
	var sum float64
	for text != "" {
		end := letterEnd(text)
		letter := text[:end]
		text = text[end:]
		if r, n := utf8.DecodeRuneInString(letter); n == end {
			if m, ok := first[r]; ok && m.advance > 0 {
				sum += m.advance
				continue
			}
		}
		s, _ := f.spell(letter)
		sum += s.advance
	}
	return sum / 1000 * size * MMPerPoint
}

// Wrap cuts a clean text into lines no wider than w mm, at spaces, and within words
// that are wider than a line by themselves. It gives one line at least.
func (f Face) Wrap(text string, size, w float64) []string { return f.WrapAfter(text, size, 0, w) }

// WrapAfter is Wrap with a first line that begins so many mm further in.
func (f Face) WrapAfter(text string, size, indent, w float64) []string {
	var lines []string
	line, wide, space, whole := "", 0.0, f.Width(" ", size), w
	w -= indent
	for _, word := range strings.Fields(text) {
		width := f.Width(word, size)
		if line != "" && wide+space+width <= w {
			line, wide = line+" "+word, wide+space+width
			continue
		}
		if line != "" {
			lines, w = append(lines, line), whole
		}
		for width > w {
			head, took := f.headOf(word, size, w)
			if head == word {
				break // a letter wider than the line
			}
			lines, word, width, w = append(lines, head), word[len(head):], width-took, whole
		}
		line, wide = word, width
	}
	return append(lines, line)
}

// headOf is as much of a word as fits the width, one letter at least, and how wide
// that is.
func (f Face) headOf(word string, size, w float64) (string, float64) {
	end, wide := 0, 0.0
	for letter := range Letters(word) {
		width := f.Width(letter, size)
		if end > 0 && wide+width > w {
			break
		}
		end, wide = end+len(letter), wide+width
	}
	return word[:end], wide
}
