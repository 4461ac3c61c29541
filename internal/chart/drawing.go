// Package chart draws charts and maps of papers: each is a Drawing, lines and letters measured in
// millimetres, which a page shows as SVG, a PDF as strokes and a text file as a picture. So a
// reader of any of them sees the same.
//
//   - drawing.go is the drawing, svg.go, paint.go (PDF and picture) set it;
//   - bars.go, goals.go and map.go make one of figures, inset.go places islands far from a map.
//
// What a drawing says stands in a table or in words beside it too: none is the only place of a
// figure.
package chart

import "hoicho/internal/fonts"

// Drawing is a chart or a map, W by H millimetres. Areas lie below lines, lines below texts.
type Drawing struct {
	W, H  float64
	Title string // what it shows, for whoever does not see it
	Areas []Area
	Lines []Line
	Texts []Text
}

// Empty reports whether there is nothing to see.
func (d Drawing) Empty() bool { return len(d.Areas) == 0 }

// Point is a place on a drawing, in mm from its upper left corner.
type Point struct{ X, Y float64 }

// Ink is a colour, 0xRRGGBB.
type Ink uint32

// The inks of drawings.
const (
	black   Ink = 0x000000
	grey    Ink = 0x8c8c8c
	faint   Ink = 0xd8d8d8
	white   Ink = 0xffffff
	red     Ink = 0xb3261e
	unknown Ink = 0xf4f1ea // below the lines over what nobody has told
)

// The inks of parts, and of shades from none on, grow lighter and darker step by step: a print
// without colours tells them apart.
var (
	partInks  = []Ink{0x14304f, 0x8a4b2b, 0x5b90c0, 0xe0b040, 0xdfe8f2}
	shadeInks = []Ink{white, 0xc3d7ea, 0x94b5d6, 0x628fbd, 0x3a6797, 0x14304f}
)

// Area is a filled outline of one or more rings, with an edge of its own ink if it has a width.
type Area struct {
	Rings [][]Point
	Fill  Ink
	Edge  Ink
	Width float64 // of the edge in mm; 0 is none
	Tip   string  // what a page says of it; "" nothing
}

// Line is a stroke from one point to another.
type Line struct {
	From, To Point
	Ink      Ink
	Width    float64 // mm
}

// Anchor says which part of a text stands at its point.
type Anchor int

// The anchors of a text.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is a line of letters whose baseline is at a point.
type Text struct {
	At     Point
	Text   string
	Size   float64 // points
	Bold   bool
	Ink    Ink
	Anchor Anchor
}

func (t Text) face() fonts.Face { return fonts.Face{Serif: true, Bold: t.Bold} }

// widest is how wide the widest of some texts is in a size, in mm.
func widest(size float64, texts ...string) (wide float64) {
	for _, text := range texts {
		wide = max(wide, (fonts.Face{Serif: true}).Width(fonts.Clean(text), size))
	}
	return wide
}

// left is where the text begins.
func (t Text) left() float64 {
	switch wide := t.face().Width(t.Text, t.Size); t.Anchor {
	case Middle:
		return t.At.X - wide/2
	case End:
		return t.At.X - wide
	}
	return t.At.X
}

// sizes of letters in points, and how far below each other their lines are, in mm.
const (
	sizeText  = 10.0
	sizeSmall = 9.0
	lineHigh  = sizeText * 1.2 * fonts.MMPerPoint
)

func (d *Drawing) rectangle(x, y, w, h float64, fill Ink) *Area {
	d.Areas = append(d.Areas, Area{Rings: [][]Point{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}}, Fill: fill})
	return &d.Areas[len(d.Areas)-1]
}

func (d *Drawing) line(from, to Point, ink Ink, width float64) {
	d.Lines = append(d.Lines, Line{from, to, ink, width})
}

func (d *Drawing) text(at Point, text string, anchor Anchor) *Text {
	d.Texts = append(d.Texts, Text{At: at, Text: fonts.Clean(text), Size: sizeText, Anchor: anchor})
	return &d.Texts[len(d.Texts)-1]
}

// keyEntry is a swatch with what it stands for.
type keyEntry struct {
	fill    Ink
	hatched bool
	label   string
}

// key sets swatches one below the other from a point on, and returns where it ends.
func (d *Drawing) key(at Point, width float64, list []keyEntry) float64 {
	const swatchW, swatchH, gap = 6.0, 3.6, 2.0
	for _, e := range list {
		a := d.rectangle(at.X, at.Y, swatchW, swatchH, e.fill)
		a.Edge, a.Width = grey, 0.15
		if e.hatched {
			a.Fill = unknown
			d.hatch(a.Rings)
		}
		for i, line := range (fonts.Face{Serif: true}).Wrap(fonts.Clean(e.label), sizeText, width-swatchW-gap) {
			if i > 0 {
				at.Y += lineHigh
			}
			d.text(Point{at.X + swatchW + gap, at.Y + swatchH - 0.5}, line, Start)
		}
		at.Y += lineHigh + 1.2
	}
	return at.Y
}
