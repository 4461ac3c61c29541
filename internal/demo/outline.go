package demo

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// The box in which outlines are drawn.
const boxWidth, boxHeight = 120, 90

// circleBow is how far the handles of a Bézier curve stand off to draw a quarter
// of a circle.
const circleBow = 0.5523

// outline is a path in the language of SVG: M, L, Q, C with absolute coordinates
// and Z, and O for an ellipse (centre, radii). Points are in pixels.
type outline struct {
	scale    float64
	words    []string
	commands []command
	min, max [2]float32 // the box around all points
}

// command is one step of an outline.
type command struct {
	letter string
	points []float32
}

// fill paints an outline onto a picture in one colour. Only the box around it is
// looked at.
func fill(dst *image.RGBA, path string, c color.Color) error {
	o := outline{scale: float64(dst.Bounds().Dx()) / boxWidth, words: strings.Fields(path),
		min: [2]float32{math.MaxFloat32, math.MaxFloat32}}
	for len(o.words) > 0 {
		if err := o.read(); err != nil {
			return fmt.Errorf("outline %q: %w", path, err)
		}
	}
	box := image.Rect(int(o.min[0])-1, int(o.min[1])-1, int(o.max[0])+2, int(o.max[1])+2).Intersect(dst.Bounds())
	raster := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, c := range o.commands {
		c.draw(raster, float32(box.Min.X), float32(box.Min.Y))
	}
	raster.Draw(dst, box, image.NewUniform(c), image.Point{})
	return nil
}

// read reads one command.
func (o *outline) read() error {
	letter := o.words[0]
	o.words = o.words[1:]
	n, known := map[string]int{"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0, "O": 4}[letter]
	if !known {
		return fmt.Errorf("no command %q", letter)
	}
	p, err := o.numbers(n)
	if err != nil {
		return err
	}
	o.commands = append(o.commands, command{letter, p})
	if letter == "O" {
		p = []float32{p[0] - p[2], p[1] - p[3], p[0] + p[2], p[1] + p[3]}
	}
	for i, v := range p {
		o.min[i%2], o.max[i%2] = min(o.min[i%2], v), max(o.max[i%2], v)
	}
	return nil
}

// draw hands a command on, with x and y taken off its points.
func (c command) draw(r *vector.Rasterizer, x, y float32) {
	p := slices.Clone(c.points)
	if c.letter == "O" {
		ellipse(r, p[0]-x, p[1]-y, p[2], p[3])
		return
	}
	for i := range p {
		p[i] -= [2]float32{x, y}[i%2]
	}
	switch c.letter {
	case "M":
		r.MoveTo(p[0], p[1])
	case "L":
		r.LineTo(p[0], p[1])
	case "Q":
		r.QuadTo(p[0], p[1], p[2], p[3])
	case "C":
		r.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
	case "Z":
		r.ClosePath()
	}
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

func ellipse(r *vector.Rasterizer, x, y, rx, ry float32) {
	bx, by := rx*circleBow, ry*circleBow
	r.MoveTo(x+rx, y)
	r.CubeTo(x+rx, y+by, x+bx, y+ry, x, y+ry)
	r.CubeTo(x-bx, y+ry, x-rx, y+by, x-rx, y)
	r.CubeTo(x-rx, y-by, x-bx, y-ry, x, y-ry)
	r.CubeTo(x+bx, y-ry, x+rx, y-by, x+rx, y)
	r.ClosePath()
}
