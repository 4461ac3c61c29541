// Package fonts holds the typefaces of printed paper and sets text in them, for
// everything that writes PDF.
//
// Papers are set in Be Vietnam Pro, official reports in a serif of the measures of
// Times. Letters that a typeface lacks come from the next one of its chain: Noto
// Sans has the letters of Vietnam's smaller languages, the serif the rest. A letter
// with marks that is no sign of its own (ư̆, ơ̆) is composed: the letter, and each mark
// moved over or below it. What no typeface has is drawn as Substitute: nothing that
// somebody wrote is left out.
//
// Licences stand in OFL.txt and OFL-Noto-Tinos.txt.
package fonts

import (
	_ "embed"
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

var (
	//go:embed be-vietnam-pro-400Regular.ttf
	sansRegular []byte
	//go:embed be-vietnam-pro-700Bold.ttf
	sansBold []byte
	//go:embed noto-sans-400Regular.ttf
	moreRegular []byte
	//go:embed noto-sans-700Bold.ttf
	moreBold []byte
	//go:embed hoicho-serif-400Regular.ttf
	serifRegular []byte
	//go:embed hoicho-serif-700Bold.ttf
	serifBold []byte
	//go:embed hoicho-serif-400Italic.ttf
	serifItalic []byte
	//go:embed hoicho-serif-700BoldItalic.ttf
	serifBoldItalic []byte
)

// Face is a typeface in one look. The zero Face is the upright sans; the sans has
// no italics.
type Face struct{ Serif, Bold, Italic bool }

// chain is the fonts in which letters of the face are looked for, in turn. All
// chains hold the same letters.
func (f Face) chain() []*file { return chains[f] }

var chains = func() map[Face][]*file {
	sans, bold := newFile("sans", sansRegular), newFile("sans-bold", sansBold)
	more, moreBold := newFile("more", moreRegular), newFile("more-bold", moreBold)
	serif, serifBold := newFile("serif", serifRegular), newFile("serif-bold", serifBold)
	italic, boldItalic := newFile("serif-italic", serifItalic), newFile("serif-bold-italic", serifBoldItalic)
	regular, strong := []*file{sans, more, serif}, []*file{bold, moreBold, serifBold}
	return map[Face][]*file{
		{}: regular, {Italic: true}: regular, {Bold: true}: strong, {Bold: true, Italic: true}: strong,
		{Serif: true}: {serif, more, sans}, {Serif: true, Bold: true}: {serifBold, moreBold, bold},
		{Serif: true, Italic: true}: {italic, more, sans}, {Serif: true, Bold: true, Italic: true}: {boldItalic, moreBold, bold},
	}
}()

// file is one embedded font, read when it is first needed.
type file struct {
	name   string // in a PDF
	ttf    []byte
	glyphs func() map[rune]metric
}

// metric is the measures of a glyph in thousandths of the size, upwards from the
// baseline and to the right from where it begins.
type metric struct{ advance, left, bottom, right, top float64 }

// middle is half way between the sides of the drawn glyph.
func (m metric) middle() float64 { return (m.left + m.right) / 2 }

func newFile(name string, ttf []byte) *file {
	return &file{name: name, ttf: ttf, glyphs: sync.OnceValue(func() map[rune]metric { return measure(name, ttf) })}
}

// measure reads an embedded font, which is known to be good.
func measure(name string, ttf []byte) map[rune]metric {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		panic(fmt.Errorf("embedded font %s: %w", name, err))
	}
	var buf sfnt.Buffer
	glyphs := map[rune]metric{}
	for r := rune(' '); r < 0xffff; r++ {
		glyph, err := parsed.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		bounds, advance, err := parsed.GlyphBounds(&buf, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			panic(fmt.Errorf("embedded font %s, %q: %w", name, r, err))
		}
		glyphs[r] = metric{advance: mille(advance), left: mille(bounds.Min.X), right: mille(bounds.Max.X),
			bottom: -mille(bounds.Max.Y), top: -mille(bounds.Min.Y)}
	}
	return glyphs
}

func mille(v fixed.Int26_6) float64 { return float64(v) / 64 }
