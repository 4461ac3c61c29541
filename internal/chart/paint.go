package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/vector"

	"hoicho/internal/fonts"
)

// PDF draws with its upper left corner at x, y (mm) of the page that is open.
func (d Drawing) PDF(pdf *fpdf.Fpdf, set *fonts.Setter, x, y float64) {
	for _, a := range d.Areas {
		pdf.SetFillColor(a.Fill.rgb())
		how := "F"
		if a.Width > 0 {
			pdf.SetDrawColor(a.Edge.rgb())
			pdf.SetLineWidth(a.Width)
			how = "FD"
		}
		for _, ring := range a.Rings {
			corners := make([]fpdf.PointType, len(ring))
			for i, p := range ring {
				corners[i] = fpdf.PointType{X: x + p.X, Y: y + p.Y}
			}
			pdf.Polygon(corners, how)
		}
	}
	for _, l := range d.Lines {
		pdf.SetDrawColor(l.Ink.rgb())
		pdf.SetLineWidth(l.Width)
		pdf.Line(x+l.From.X, y+l.From.Y, x+l.To.X, y+l.To.Y)
	}
	for _, t := range d.Texts {
		pdf.SetTextColor(t.Ink.rgb())
		set.Line(t.face(), t.Size, x+t.left(), y+t.At.Y, t.Text)
	}
	pdf.SetTextColor(0, 0, 0)
	pdf.SetDrawColor(0, 0, 0)
}

func (i Ink) rgb() (r, g, b int) { return int(i >> 16), int(i >> 8 & 0xff), int(i & 0xff) }

func (i Ink) color() color.Color {
	r, g, b := i.rgb()
	return color.NRGBA{uint8(r), uint8(g), uint8(b), 0xff}
}

// DPI is how fine a picture is, in dots an inch: as an office prints.
const DPI = 200.0

const dotsPerMM = DPI / 25.4

// PNG is the drawing as a picture for files that take no strokes.
func (d Drawing) PNG() ([]byte, error) {
	full := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(d.W*dotsPerMM)), int(math.Ceil(d.H*dotsPerMM))))
	draw.Draw(full, full.Bounds(), image.White, image.Point{}, draw.Src)
	c := canvas{full}
	for _, a := range d.Areas {
		c.fill(a.Fill, a.Rings...)
		for _, ring := range a.Rings {
			for i := range ring {
				c.stroke(ring[i], ring[(i+1)%len(ring)], a.Edge, a.Width)
			}
		}
	}
	for _, l := range d.Lines {
		c.stroke(l.From, l.To, l.Ink, l.Width)
	}
	painter := fonts.NewPainter(full)
	for _, t := range d.Texts {
		painter.Line(fonts.Pen{Face: t.face(), Size: t.Size * fonts.MMPerPoint * dotsPerMM, Ink: t.Ink.color(), X: t.left() * dotsPerMM, Y: t.At.Y * dotsPerMM}, t.Text)
	}
	var buf bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, full)
	return buf.Bytes(), err
}

// canvas is the picture that is painted.
type canvas struct{ dst *image.RGBA }

// fill paints the inside of rings. It works in their box alone: a map has many small ones.
func (c canvas) fill(ink Ink, rings ...[]Point) {
	box := image.Rectangle{}
	for _, ring := range rings {
		for _, p := range ring {
			at := image.Pt(int(p.X*dotsPerMM), int(p.Y*dotsPerMM))
			box = box.Union(image.Rectangle{at, at.Add(image.Pt(2, 2))})
		}
	}
	if box = box.Intersect(c.dst.Bounds()); box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, ring := range rings {
		for i, p := range ring {
			x, y := float32(p.X*dotsPerMM-float64(box.Min.X)), float32(p.Y*dotsPerMM-float64(box.Min.Y))
			if i == 0 {
				r.MoveTo(x, y)
				continue
			}
			r.LineTo(x, y)
		}
		r.ClosePath()
	}
	r.Draw(c.dst, box, image.NewUniform(ink.color()), image.Point{})
}

// stroke paints a line as the thin rectangle that it is.
func (c canvas) stroke(from, to Point, ink Ink, width float64) {
	dx, dy := to.X-from.X, to.Y-from.Y
	long := math.Hypot(dx, dy)
	if long == 0 || width == 0 {
		return
	}
	x, y := -dy/long*width/2, dx/long*width/2
	c.fill(ink, []Point{{from.X + x, from.Y + y}, {to.X + x, to.Y + y}, {to.X - x, to.Y - y}, {from.X - x, from.Y - y}})
}
