package fonts

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
)

// Setter draws text into one PDF that measures in mm. The PDF carries the fonts
// that were needed, cut down to the letters that were drawn.
type Setter struct {
	pdf    *fpdf.Fpdf
	has    map[*file]bool
	lacked bool
}

// NewSetter is a setter for a PDF.
func NewSetter(pdf *fpdf.Fpdf) *Setter { return &Setter{pdf: pdf, has: map[*file]bool{}} }

// Line draws a clean text from x on with its baseline at y, in a size in points.
func (s *Setter) Line(f Face, size, x, y float64, text string) {
	unit := size * MMPerPoint / 1000
	var run run
	for letter := range Letters(text) {
		spelled, ok := f.spell(letter)
		if !ok {
			spelled, _ = f.spell(Substitute)
			letter = Substitute
		}
		s.lacked = s.lacked || letter == Substitute
		if g := spelled.glyphs[0]; len(spelled.glyphs) == 1 && g.dx == 0 {
			if run.font != g.font {
				s.draw(&run, size, y)
				run = newRun(g.font, x)
			}
			run.text.WriteRune(g.r)
		} else {
			s.draw(&run, size, y)
			s.compose(spelled.glyphs, size, x, y, letter)
		}
		x += spelled.advance * unit
	}
	s.draw(&run, size, y)
}

// compose draws the parts of a letter, and says in the PDF which letter they are, so
// that it can be searched and copied.
func (s *Setter) compose(glyphs []glyph, size, x, y float64, letter string) {
	unit, hex := size*MMPerPoint/1000, ""
	for _, v := range utf16.Encode([]rune(letter)) {
		hex += fmt.Sprintf("%04X", v)
	}
	s.pdf.RawWriteStr("/Span <</ActualText <FEFF" + hex + ">>> BDC")
	for _, g := range glyphs {
		part := newRun(g.font, x+g.dx*unit)
		part.text.WriteRune(g.r)
		s.draw(&part, size, y-g.dy*unit)
	}
	s.pdf.RawWriteStr("EMC")
}

// Lacked reports whether Substitute was drawn since it was last asked.
func (s *Setter) Lacked() bool {
	lacked := s.lacked
	s.lacked = false
	return lacked
}

// run is text of one font that stands on one line.
type run struct {
	font *file
	x    float64
	text *strings.Builder
}

func newRun(font *file, x float64) run { return run{font, x, &strings.Builder{}} }

// draw puts a run on the page and empties it.
func (s *Setter) draw(r *run, size, y float64) {
	if r.font == nil {
		return
	}
	if !s.has[r.font] {
		s.pdf.AddUTF8FontFromBytes(r.font.name, "", r.font.ttf)
		s.has[r.font] = true
	}
	s.pdf.SetFont(r.font.name, "", size)
	s.pdf.Text(r.x, y, r.text.String())
	*r = run{}
}
