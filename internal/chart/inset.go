package chart

import (
	"cmp"
	"slices"
	"strings"

	"hoicho/internal/fonts"
)

// farAway is how far from all others units lie that have a frame of their own, in the numbers of
// outlines: some 22 km.
const farAway = 200

// group is units that lie near one another, with the box around them and those of their rings.
type group struct {
	units []Unit
	rings []box
	box
}

// together are the units by where they lie: those of the mainland, the most, first.
func together(units []Unit) (groups []group) {
	for _, u := range units {
		g := group{units: []Unit{u}}
		for _, ring := range u.Rings {
			var own box
			for _, p := range ring {
				own.point(Point{float64(p.X), float64(p.Y)})
			}
			g.rings = append(g.rings, own)
			g.point(own.min)
			g.point(own.max)
		}
		if g.any {
			groups = joined(groups, g)
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(len(b.units), len(a.units)) })
	return groups
}

// joined are groups with one more, which takes in those near it.
func joined(groups []group, g group) []group {
	more := g
	apart := slices.DeleteFunc(groups, func(o group) bool {
		if !o.near(g) {
			return false
		}
		more.units, more.rings = append(o.units, more.units...), append(o.rings, more.rings...)
		more.point(o.min)
		more.point(o.max)
		return true
	})
	return append(apart, more)
}

// near reports whether some ring of a group lies close to one of another.
func (g group) near(o group) bool {
	return slices.ContainsFunc(g.rings, func(a box) bool {
		return slices.ContainsFunc(o.rings, func(b box) bool {
			return a.min.X-b.max.X < farAway && b.min.X-a.max.X < farAway && a.min.Y-b.max.Y < farAway && b.min.Y-a.max.Y < farAway
		})
	})
}

// insetHigh is how high the map in a frame is, in mm.
const insetHigh = 20.0

// inset draws a group in a frame with its names below it, and returns where that ends.
func (d *Drawing) inset(g group, steps Steps, at Point) float64 {
	const pad = 1.5
	wide := keyWide - keyGap
	scale := min((wide-2*pad)/max(g.wide(), 1), (insetHigh-2*pad)/max(g.high(), 1))
	frame := d.rectangle(at.X, at.Y, wide, insetHigh, white)
	frame.Edge, frame.Width = grey, 0.15
	d.group(g, steps, Point{at.X + (wide-g.wide()*scale)/2, at.Y + (insetHigh-g.high()*scale)/2}, scale)
	var names []string
	for _, u := range g.units {
		names = append(names, u.Name)
	}
	at.Y += insetHigh + lineHigh - 0.5
	for _, line := range (fonts.Face{Serif: true}).Wrap(fonts.Clean(strings.Join(names, ", ")), sizeSmall, wide) {
		d.text(at, line, Start).Size = sizeSmall
		at.Y += lineHigh
	}
	return at.Y
}

// box is the smallest rectangle around points.
type box struct {
	min, max Point
	any      bool
}

func (b *box) point(p Point) {
	if !b.any {
		b.min, b.max, b.any = p, p, true
	}
	b.min = Point{min(b.min.X, p.X), min(b.min.Y, p.Y)}
	b.max = Point{max(b.max.X, p.X), max(b.max.Y, p.Y)}
}

func (b *box) take(rings [][]Point) {
	for _, ring := range rings {
		for _, p := range ring {
			b.point(p)
		}
	}
}

func (b *box) wide() float64 { return b.max.X - b.min.X }
func (b *box) high() float64 { return b.max.Y - b.min.Y }

// What is smaller than seen is no corner, and a ring smaller than dot is drawn as one, in mm.
const seen, dot = 0.2, 0.7

// onto are the rings of a unit as they lie on a drawing: every one of them, however small.
func (b *box) onto(u Unit, at Point, scale float64) (rings [][]Point) {
	for _, ring := range u.Rings {
		var own box
		var drawn []Point
		for _, p := range ring {
			q := Point{at.X + (float64(p.X)-b.min.X)*scale, at.Y + (float64(p.Y)-b.min.Y)*scale}
			own.point(q)
			if n := len(drawn); n == 0 || max(q.X-drawn[n-1].X, drawn[n-1].X-q.X, q.Y-drawn[n-1].Y, drawn[n-1].Y-q.Y) >= seen {
				drawn = append(drawn, q)
			}
		}
		if len(drawn) < 3 || max(own.wide(), own.high()) < dot {
			x, y := (own.min.X+own.max.X)/2, (own.min.Y+own.max.Y)/2
			drawn = []Point{{x - dot/2, y}, {x, y - dot/2}, {x + dot/2, y}, {x, y + dot/2}}
		}
		rings = append(rings, drawn)
	}
	return rings
}
