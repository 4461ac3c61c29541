// Package card draws the picture that messengers and social networks show beside a link
// to a page of ours.
//
// What stands on it is decided by the page; typefaces belong to package fonts, printed
// paper to print.
package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"

	"hoicho/internal/fonts"
)

// Width and Height are what the networks ask for, in pixels.
const (
	Width  = 1200
	Height = 630
)

// Card is what a picture says.
type Card struct {
	Kicker string // above the title: what it is
	Title  string
	Lines  []string // when and where; each in one line
	Stop   string   // postponed or cancelled, in red; "" is neither
	Site   string
}

// The colours of the product, and its measures on a card.
var (
	navy  = color.RGBA{0x14, 0x30, 0x4f, 0xff}
	red   = color.RGBA{0xb3, 0x26, 0x1e, 0xff}
	gold  = color.RGBA{0xe2, 0xb0, 0x4a, 0xff}
	paper = color.RGBA{0xff, 0xfd, 0xf8, 0xff}
)

const (
	margin    = 72
	titleSize = 68.0
	titleMost = 3 // lines
	lineSize  = 38.0
	smallSize = 30.0
	bandHigh  = 48
)

// PNG draws the card.
func (c Card) PNG() ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, Width, Height))
	draw.Draw(img, img.Bounds(), image.NewUniform(navy), image.Point{}, draw.Src)
	band(img)
	p := fonts.NewPainter(img)
	bold := fonts.Face{Bold: true}
	y := 118.0
	p.Line(fonts.Pen{Face: bold, Size: smallSize, Ink: gold, X: margin, Y: y}, fonts.Clean(c.Kicker))
	if stop := fonts.Clean(c.Stop); stop != "" {
		stamp(img, p, stop)
	}
	y += 84
	for _, line := range title(p, fonts.Clean(c.Title)) {
		p.Line(fonts.Pen{Face: bold, Size: titleSize, Ink: paper, X: margin, Y: y}, line)
		y += titleSize * 1.2
	}
	y += 6
	for _, line := range c.Lines {
		for _, part := range p.Wrap(fonts.Face{}, lineSize, Width-2*margin, fonts.Clean(line)) {
			if y < Height-bandHigh-70 {
				p.Line(fonts.Pen{Face: fonts.Face{}, Size: lineSize, Ink: paper, X: margin, Y: y}, part)
			}
			y += lineSize * 1.35
		}
	}
	p.Line(fonts.Pen{Face: bold, Size: smallSize, Ink: gold, X: margin, Y: Height - bandHigh - 28}, fonts.Clean(c.Site))
	var buf bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img); err != nil {
		return nil, fmt.Errorf("card: %w", err)
	}
	return buf.Bytes(), nil
}

// title cuts a title into as many lines as there is room for; what is left out is shown to
// be.
func title(p *fonts.Painter, text string) []string {
	lines := p.Wrap(fonts.Face{Bold: true}, titleSize, Width-2*margin, text)
	if len(lines) <= titleMost {
		return evened(p, text, lines)
	}
	lines = lines[:titleMost]
	last := lines[titleMost-1] + " …"
	for p.Width(fonts.Face{Bold: true}, titleSize, last) > Width-2*margin {
		cut := strings.LastIndexByte(strings.TrimSuffix(last, " …"), ' ')
		if cut < 0 {
			break
		}
		last = last[:cut] + " …"
	}
	lines[titleMost-1] = last
	return lines
}

// evened breaks a title into as many lines as it has, none much shorter than the others: no
// half of a name stands alone in the last.
func evened(p *fonts.Painter, text string, lines []string) []string {
	for width := float64(Width - 2*margin); width > Width/3; width -= 8 {
		narrow := p.Wrap(fonts.Face{Bold: true}, titleSize, width, text)
		if len(narrow) > len(lines) || widest(p, narrow) > width {
			break
		}
		lines = narrow
	}
	return lines
}

// widest is how wide the longest line of a title is.
func widest(p *fonts.Painter, lines []string) (most float64) {
	for _, line := range lines {
		most = max(most, p.Width(fonts.Face{Bold: true}, titleSize, line))
	}
	return most
}

// stamp says in the upper right corner that the event does not take place as it was.
func stamp(img draw.Image, p *fonts.Painter, text string) {
	const pad = 24
	w := p.Width(fonts.Face{Bold: true}, smallSize, text)
	x := Width - margin - w - 2*pad
	draw.Draw(img, image.Rect(int(x), 72, Width-margin, 72+64), image.NewUniform(red), image.Point{}, draw.Src)
	p.Line(fonts.Pen{Face: fonts.Face{Bold: true}, Size: smallSize, Ink: paper, X: x + pad, Y: 72 + 43}, text)
}

// band draws the woven band below: diamonds in a row.
func band(img *image.RGBA) {
	top := Height - bandHigh
	draw.Draw(img, image.Rect(0, top, Width, Height), image.NewUniform(red), image.Point{}, draw.Src)
	for y := range bandHigh {
		for x := range Width {
			const half = bandHigh / 2
			away := abs(x%bandHigh-half) + abs(y-half)
			switch {
			case away < half/3:
				img.SetRGBA(x, top+y, navy)
			case away < half*4/5:
				img.SetRGBA(x, top+y, gold)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }
