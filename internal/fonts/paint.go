package fonts

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Painter sets text on a picture, its sizes in pixels. It is for one goroutine.
type Painter struct {
	dst   draw.Image
	faces map[painted]font.Face
}

// painted is a font at a size.
type painted struct {
	of   *file
	size float64
}

// NewPainter paints on a picture.
func NewPainter(dst draw.Image) *Painter {
	return &Painter{dst: dst, faces: map[painted]font.Face{}}
}

// Pen is how a line is set: its face, size and colour, and where its baseline begins.
type Pen struct {
	Face
	Size float64
	Ink  color.Color
	X, Y float64
}

// Line sets a clean text in one line.
func (p *Painter) Line(pen Pen, text string) {
	x, y, size := pen.X, pen.Y, pen.Size
	for letter := range Letters(text) {
		s, _ := pen.spell(letter)
		for _, g := range s.glyphs {
			d := font.Drawer{Dst: p.dst, Src: image.NewUniform(pen.Ink), Face: p.face(g.font, size), Dot: fixed.Point26_6{X: pixels(x + g.dx*size/1000), Y: pixels(y - g.dy*size/1000)}}
			d.DrawString(string(g.r))
		}
		x += s.advance * size / 1000
	}
}

// Width is how wide a clean text is.
func (p *Painter) Width(f Face, size float64, text string) float64 {
	return f.Width(text, size/MMPerPoint)
}

// Wrap cuts a clean text into lines no wider than w.
func (p *Painter) Wrap(f Face, size, w float64, text string) []string {
	return f.Wrap(text, size/MMPerPoint, w)
}

func (p *Painter) face(of *file, size float64) font.Face {
	key := painted{of, size}
	if f, ok := p.faces[key]; ok {
		return f
	}
	parsed, err := opentype.Parse(of.ttf)
	if err != nil {
		panic(err) // embedded: known to be good
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err)
	}
	p.faces[key] = f
	return f
}

func pixels(v float64) fixed.Int26_6 { return fixed.Int26_6(v * 64) }
