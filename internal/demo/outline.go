package demo

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// The box in which outlines are drawn.
const boxWidth, boxHeight = 120, 90

// circleBow is how far the handles of a Bézier curve stand off to draw a quarter
// of a circle.
const circleBow = 0.5523

// outline draws an outline in the language of SVG paths: M, L, Q, C with absolute
// coordinates and Z, and O for an ellipse (centre, radii).
type outline struct {
	raster *vector.Rasterizer
	scale  float64
	words  []string
}

// fill paints an outline onto a picture in one colour.
func fill(dst *image.RGBA, path string, c color.Color) error {
	size := dst.Bounds().Size()
	o := outline{raster: vector.NewRasterizer(size.X, size.Y), scale: float64(size.X) / boxWidth, words: strings.Fields(path)}
	for len(o.words) > 0 {
		if err := o.step(); err != nil {
			return fmt.Errorf("outline %q: %w", path, err)
		}
	}
	o.raster.Draw(dst, dst.Bounds(), image.NewUniform(c), image.Point{})
	return nil
}

// step draws one command.
func (o *outline) step() error {
	command := o.words[0]
	o.words = o.words[1:]
	n, known := map[string]int{"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0, "O": 4}[command]
	if !known {
		return fmt.Errorf("no command %q", command)
	}
	p, err := o.numbers(n)
	if err != nil {
		return err
	}
	switch command {
	case "M":
		o.raster.MoveTo(p[0], p[1])
	case "L":
		o.raster.LineTo(p[0], p[1])
	case "Q":
		o.raster.QuadTo(p[0], p[1], p[2], p[3])
	case "C":
		o.raster.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
	case "Z":
		o.raster.ClosePath()
	case "O":
		o.ellipse(p[0], p[1], p[2], p[3])
	}
	return nil
}

// numbers reads n coordinates in pixels.
func (o *outline) numbers(n int) ([]float32, error) {
	if len(o.words) < n {
		return nil, fmt.Errorf("%d numbers are missing", n-len(o.words))
	}
	p := make([]float32, n)
	for i := range p {
		f, err := strconv.ParseFloat(o.words[i], 64)
		if err != nil || math.IsNaN(f) {
			return nil, fmt.Errorf("%q is no number", o.words[i])
		}
		p[i] = float32(f * o.scale)
	}
	o.words = o.words[n:]
	return p, nil
}

func (o *outline) ellipse(x, y, rx, ry float32) {
	bx, by := rx*circleBow, ry*circleBow
	o.raster.MoveTo(x+rx, y)
	o.raster.CubeTo(x+rx, y+by, x+bx, y+ry, x, y+ry)
	o.raster.CubeTo(x-bx, y+ry, x-rx, y+by, x-rx, y)
	o.raster.CubeTo(x-rx, y-by, x-bx, y-ry, x, y-ry)
	o.raster.CubeTo(x+bx, y-ry, x+rx, y-by, x+rx, y)
	o.raster.ClosePath()
}
