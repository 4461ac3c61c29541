package print

import (
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"hoicho/internal/registry"
)

// polygon is corners in the units of its drawing, x and y in turn.
type polygon []float64

// The brocade band of the Tày and Nùng: one tile of 64 by 16, as on the pages.
const (
	tileW = 64
	tileH = 16
)

var bandTile = []struct {
	colour colour
	shapes []polygon
}{
	{red, []polygon{
		{0, 16, 8, 8, 16, 16}, {16, 16, 24, 8, 32, 16}, {32, 16, 40, 8, 48, 16}, {48, 16, 56, 8, 64, 16},
	}},
	{deep, []polygon{
		{0, 0, 8, 8, 16, 0}, {16, 0, 24, 8, 32, 0}, {32, 0, 40, 8, 48, 0}, {48, 0, 56, 8, 64, 0},
	}},
	{gold, []polygon{{16, 4, 20, 8, 16, 12, 12, 8}, {48, 4, 52, 8, 48, 12, 44, 8}}},
	{cream, []polygon{
		{32, 5.5, 34.5, 8, 32, 10.5, 29.5, 8}, {0, 5.5, 2.5, 8, 0, 10.5, -2.5, 8},
	}},
	{navy, []polygon{{16, 6.5, 17.5, 8, 16, 9.5, 14.5, 8}, {48, 6.5, 49.5, 8, 48, 9.5, 46.5, 8}}},
}

// band draws the brocade band in a box, as many whole tiles as come nearest to
// its height.
func (p *paper) band(b box) {
	n := max(1, int(b.w/(b.h*tileW/tileH)+0.5))
	p.pdf.ClipRect(b.x, b.y, b.w, b.h, false)
	p.rect(b, navy)
	width := b.w / float64(n)
	var ops strings.Builder
	for i := range n + 1 { // one more for its left edge, which is shared
		tile(&ops, float64(i)*tileW)
	}
	p.raw(b.x, b.y, width/tileW, ops.String())
	p.pdf.ClipEnd()
}

func tile(ops *strings.Builder, dx float64) {
	for _, layer := range bandTile {
		c := layer.colour
		fmt.Fprintf(ops, "%.3f %.3f %.3f rg\n", float64(c[0])/255, float64(c[1])/255, float64(c[2])/255)
		for _, shape := range layer.shapes {
			for i := 0; i < len(shape); i += 2 {
				op := "l"
				if i == 0 {
					op = "m"
				}
				fmt.Fprintf(ops, "%g %g %s ", shape[i]+dx, shape[i+1], op)
			}
			ops.WriteString("h\n")
		}
		ops.WriteString("f\n")
	}
}

// kindColour is the band of a kind. Visitors have none: their band is white with
// an edge, which a printer without colours shows as well.
func kindColour(kind registry.PassKind) (fill colour, filled bool) {
	switch kind {
	case registry.BoothPass:
		return navy, true
	case registry.StaffPass:
		return green, true
	case registry.VehiclePass:
		return amber, true
	case registry.OfficialPass:
		return red, true
	}
	return white, false
}

// kindBand draws the band that says what a pass is: colour, picture, word, and as
// many bars at its end as the kind's number, so that it tells the kinds apart
// without colours too.
func (p *paper) kindBand(b box, kind registry.PassKind, ordinal string) {
	fill, filled := kindColour(kind)
	on := white
	if !filled {
		on = ink
	}
	p.rect(b, fill)
	if !filled {
		p.outline(b, b.h/16, ink)
	}
	end := p.bars(b, kind.Number(), on)
	side := b.h * 0.62
	p.icon(box{b.x + b.h*0.22, b.y + (b.h-side)/2, side, side}, kind, on)
	size := b.h * 0.42 / mmPerPoint
	word := box{b.x + b.h*0.95, b.y, end - b.x - b.h*1.1, b.h}
	if ordinal != "" {
		w := min(faceOf(true).Width(ordinal, size)+b.h*0.15, (end-b.x)*0.4)
		p.block(box{end - w - b.h*0.1, b.y, w, b.h}, style{bold: true, size: size, least: size / 2, colour: on, align: right, middle: true}, ordinal)
		word.w -= w
	}
	p.block(word, style{bold: true, size: size, least: size / 2, lines: 1, colour: on, middle: true}, strings.ToUpper(p.t("print.kind."+string(kind))))
}

// bars draws n slanted bars at the end of a band and gives where they begin.
func (p *paper) bars(b box, n int, c colour) float64 {
	thick, slant := b.h*0.11, b.h*0.25
	x := b.x + b.w - b.h*0.2
	p.pdf.SetFillColor(c[0], c[1], c[2])
	for range n {
		p.shape(b.x, b.y, polygon{
			x - b.x, b.h * 0.2, x - b.x - slant, b.h * 0.8, x - b.x - slant - thick, b.h * 0.8, x - b.x - thick, b.h * 0.2,
		}, "F")
		x -= 2 * thick
	}
	return x - slant
}

// shape draws a polygon whose corners count from x, y.
func (p *paper) shape(x, y float64, corners polygon, how string) {
	points := make([]fpdf.PointType, len(corners)/2)
	for i := range points {
		points[i] = fpdf.PointType{X: x + corners[2*i], Y: y + corners[2*i+1]}
	}
	p.pdf.Polygon(points, how)
}

// icon draws the picture of a kind in a square, on a grid of 24.
func (p *paper) icon(b box, kind registry.PassKind, c colour) {
	u := b.w / 24
	p.pen(2*u, c)
	p.pdf.SetLineJoinStyle("round")
	p.pdf.SetLineCapStyle("round")
	path := func(corners ...float64) { p.strokes(b, u, corners) }
	switch kind {
	case registry.BoothPass: // a stall with its awning
		path(4, 3, 20, 3, 22, 9, 2, 9, 4, 3)
		path(4, 9, 4, 21, 20, 21, 20, 9)
		path(8, 21, 8, 14, 14, 14, 14, 21)
	case registry.StaffPass: // head and shoulders
		p.pdf.Circle(b.x+12*u, b.y+7*u, 4.5*u, "D")
		p.pdf.Arc(b.x+12*u, b.y+22*u, 8.5*u, 8*u, 0, 0, 180, "D")
	case registry.VehiclePass:
		path(2, 5, 14, 5, 14, 17, 2, 17, 2, 5)
		path(14, 9, 19, 9, 22, 13, 22, 17, 14, 17)
		p.pdf.Circle(b.x+7*u, b.y+18*u, 2.5*u, "FD")
		p.pdf.Circle(b.x+18*u, b.y+18*u, 2.5*u, "FD")
	case registry.OfficialPass: // a shield with a tick
		path(12, 2, 20, 5, 20, 12, 17, 18, 12, 22, 7, 18, 4, 12, 4, 5, 12, 2)
		path(8.5, 12, 11, 14.5, 15.5, 9.5)
	default: // a ticket
		path(2, 6, 22, 6, 22, 10, 20, 12, 22, 14, 22, 18, 2, 18, 2, 14, 4, 12, 2, 10, 2, 6)
		path(13, 9, 13, 9.5)
		path(13, 14.5, 13, 15)
	}
}

// strokes draws connected lines through corners on a grid of u mm.
func (p *paper) strokes(b box, u float64, corners []float64) {
	p.pdf.MoveTo(b.x+corners[0]*u, b.y+corners[1]*u)
	for i := 2; i < len(corners); i += 2 {
		p.pdf.LineTo(b.x+corners[i]*u, b.y+corners[i+1]*u)
	}
	p.pdf.DrawPath("D")
}

// cutMarks draws where to cut a sheet into columns and rows of cards: lines in the
// margins for a guillotine, crosses between the cards for scissors.
func (p *paper) cutMarks(xs, ys []float64) {
	const gap, length, cross = 1.5, 5, 2
	p.pen(0.1, line)
	p.pdf.SetLineCapStyle("butt")
	top, bottom := ys[0], ys[len(ys)-1]
	first, last := xs[0], xs[len(xs)-1]
	for _, x := range xs {
		p.pdf.Line(x, top-gap-length, x, top-gap)
		p.pdf.Line(x, bottom+gap, x, bottom+gap+length)
	}
	for _, y := range ys {
		p.pdf.Line(first-gap-length, y, first-gap, y)
		p.pdf.Line(last+gap, y, last+gap+length, y)
	}
	for _, x := range xs {
		for _, y := range ys {
			p.pdf.Line(x-cross, y, x+cross, y)
			p.pdf.Line(x, y-cross, x, y+cross)
		}
	}
}
