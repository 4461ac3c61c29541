package fonts

import (
	"iter"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Substitute stands for a letter that no typeface has.
const Substitute = "□"

// Letters cuts a text in NFC into its letters, each with the marks that belong to
// it.
func Letters(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for text != "" {
			end := letterEnd(text)
			if !yield(text[:end]) {
				return
			}
			text = text[end:]
		}
	}
}

// letterEnd is where the first letter of a text ends. A mark belongs to no space.
func letterEnd(text string) int {
	first, end := utf8.DecodeRuneInString(text)
	if unicode.IsSpace(first) || unicode.IsControl(first) {
		return end
	}
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !isMark(r) {
			break
		}
		end += n
	}
	return end
}

// isMark reports whether a sign belongs to the letter before it.
func isMark(r rune) bool { return r >= 0x300 && unicode.Is(unicode.Mn, r) }

// glyph is one sign of a font, moved from where the letter begins, in thousandths
// of the size.
type glyph struct {
	font   *file
	r      rune
	dx, dy float64
}

// spelled is the glyphs of a letter and how wide it is, in thousandths of the size.
type spelled struct {
	glyphs  []glyph
	advance float64
}

// spell finds the glyphs of a letter in as few fonts of the chain as have all of it.
// It is false if some part of it is in none.
func (f Face) spell(letter string) (spelled, bool) {
	chain := f.chain()
	first, size := utf8.DecodeRuneInString(letter)
	if m, ok := chain[0].glyphs()[first]; ok && size == len(letter) && m.advance > 0 { // nearly all letters
		return spelled{[]glyph{{font: chain[0], r: first}}, m.advance}, true
	}
	for i := range chain {
		if s, ok := f.compose(letter, chain[i:i+1]); ok {
			return s, true
		}
		if s, ok := f.compose(letter, chain[:i+1]); ok && i > 0 {
			return s, true
		}
	}
	return spelled{}, false
}

// compose draws a letter with glyphs of these fonts.
func (f Face) compose(letter string, from []*file) (s spelled, ok bool) {
	runes := []rune(letter)
	font, base, ok := lookup(from, runes[0])
	if !ok {
		runes = []rune(norm.NFD.String(letter))
		if font, base, ok = lookup(from, runes[0]); !ok {
			return s, false
		}
	}
	marks := runes[1:]
	if without, dotted := dotless[runes[0]]; dotted && slices.ContainsFunc(marks, isAbove) {
		if len(from) == 1 {
			return s, false // another font may have it as one sign
		}
		if font, base, ok = lookup(from, without); !ok {
			return s, false
		}
		runes[0] = without
	}
	s = spelled{[]glyph{{font: font, r: runes[0]}}, base.advance}
	if isMark(runes[0]) { // by itself
		s.glyphs[0].dx, s.advance = -base.left, base.right-base.left
	}
	shape := base
	for _, r := range marks {
		g, m, ok := f.mark(r, from, font, runes[0], shape)
		if !ok {
			return s, false
		}
		s.glyphs = append(s.glyphs, g)
		shape.top, shape.bottom = max(shape.top, m.top+g.dy), min(shape.bottom, m.bottom+g.dy)
	}
	return s, true
}

// lookup finds a sign in the first font that has it.
func lookup(from []*file, r rune) (*file, metric, bool) {
	for _, font := range from {
		if m, ok := font.glyphs()[r]; ok {
			return font, m, true
		}
	}
	return nil, metric{}, false
}

// dotless is the letters that lose their dot below a mark.
var dotless = map[rune]rune{'i': 'ı', 'j': 'ȷ'}

// The combining classes of Unicode that are placed here.
const (
	classOverlay = 1
	classHorn    = 216
	classAbove   = 230
)

func classOf(r rune) uint8 { return norm.NFD.PropertiesString(string(r)).CCC() }
func isAbove(r rune) bool  { return classOf(r) == classAbove }

// mark places a mark on a letter, of which shape is what has been drawn of it. The
// font of the letter is looked at first. Marks are made for x: over a taller letter
// they rise by what it is taller, below a deeper one they sink.
func (f Face) mark(r rune, from []*file, home *file, letter rune, shape metric) (glyph, metric, bool) {
	font, m, ok := lookup(append([]*file{home}, from...), r)
	if !ok {
		return glyph{}, m, false
	}
	g := glyph{font: font, r: r, dx: bare(home, letter, shape).middle() - m.middle()}
	switch class := classOf(r); class {
	case classOverlay:
	case classHorn:
		g.dx = shape.right - m.middle()
	case classAbove:
		x := font.glyphs()['x'].top
		if x == 0 { // a font of marks alone
			x = home.glyphs()['x'].top
		}
		g.dy = max(shape.top-x, shape.top+leastGap-m.bottom)
		if f.Serif && f.Italic {
			g.dx += g.dy * italicSlant
		}
	default:
		g.dy = min(0, shape.bottom+overshoot)
	}
	return g, m, true
}

const (
	leastGap    = 40   // between a letter and the mark over it
	overshoot   = 25   // by which round letters reach below the baseline
	italicSlant = 0.28 // to the right for each step up
)

// bare is the shape of a letter without its marks, over whose middle others stand:
// ư is wider than u by its horn.
func bare(font *file, letter rune, shape metric) metric {
	first, _ := utf8.DecodeRuneInString(norm.NFD.String(string(letter)))
	if m, ok := font.glyphs()[first]; ok {
		return m
	}
	return shape
}
