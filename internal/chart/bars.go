package chart

import (
	"hoicho/internal/fonts"
	"hoicho/internal/vn"
)

// Bars is a chart of bars side by side, each with its sum above it.
type Bars struct {
	Title string
	W     float64  // mm
	Kinds []string // names of the parts of a bar; a single one needs no key
	List  []Bar
}

// Bar is a figure or the parts of one, from the foot up.
type Bar struct {
	Label string
	Parts []int64 // as many as there are kinds
	Said  string  // stands in the place of the bar where nothing is known
}

func (b Bar) sum() (n int64) {
	for _, part := range b.Parts {
		n += part
	}
	return n
}

// Measures of a chart of bars in mm.
const (
	barsHigh   = 52.0 // between the foot and the highest value
	barsTop    = 7.0
	barsLeft   = 17.0
	barWidest  = 18.0
	barsFoot   = 6.0
	barShare   = 0.68 // of its place
	gridWidth  = 0.12
	frameWidth = 0.3
)

// Drawing draws the bars; it is empty where all are nothing.
func (c Bars) Drawing() (d Drawing) {
	var most int64
	for _, b := range c.List {
		most = max(most, b.sum())
	}
	if most == 0 {
		return d
	}
	d = Drawing{W: c.W, Title: c.Title}
	top, base := roundUp(most), barsTop+barsHigh
	for i := range int64(5) {
		y := base - barsHigh*float64(i)/4
		d.rectangle(barsLeft, y, c.W-barsLeft, gridWidth, faint) // below the bars
		if top*i%4 == 0 {
			d.text(Point{barsLeft - 1.5, y + 1.2}, vn.Count(top*i/4), End).Size = sizeSmall
		}
	}
	pitch := (c.W - barsLeft) / float64(len(c.List))
	every, sums := c.fits(pitch)
	for i, b := range c.List {
		middle := barsLeft + pitch*(float64(i)+0.5)
		head := d.bar(b, middle, min(pitch*barShare, barWidest), base, top)
		if sums {
			d.text(Point{middle, head - 1}, b.shown(), Middle).Size = sizeSmall
		}
		if i%every == 0 {
			d.text(Point{middle, base + 4.2}, b.Label, Middle).Size = sizeSmall
		}
	}
	d.line(Point{barsLeft, base}, Point{c.W, base}, black, frameWidth)
	d.H = base + barsFoot
	if len(c.Kinds) > 1 {
		d.H = d.key(Point{barsLeft, base + barsFoot + 2}, c.W-barsLeft, c.entries())
	}
	return d
}

// shown is what stands above the bar.
func (b Bar) shown() string {
	if b.Said != "" {
		return b.Said
	}
	return vn.Count(b.sum())
}

// fits says at which bars there is room for labels, and whether there is for all sums.
func (c Bars) fits(pitch float64) (every int, sums bool) {
	label, sum := 0.0, 0.0
	for _, b := range c.List {
		label = max(label, (fonts.Face{Serif: true}).Width(b.Label, sizeSmall))
		sum = max(sum, (fonts.Face{Serif: true}).Width(b.shown(), sizeSmall))
	}
	const apart = 1.5
	return 1 + int((label+apart)/pitch), sum+apart/2 <= pitch
}

// bar draws a bar and returns how high it reaches.
func (d *Drawing) bar(b Bar, middle, wide, base float64, top int64) float64 {
	for kind, n := range b.Parts {
		if n == 0 {
			continue
		}
		high := max(barsHigh*float64(n)/float64(top), 0.3)
		base -= high
		a := d.rectangle(middle-wide/2, base, wide, high, partInks[kind%len(partInks)])
		a.Edge, a.Width, a.Tip = white, 0.2, b.Label+": "+vn.Count(n)
	}
	return base
}

func (c Bars) entries() (list []keyEntry) {
	for i, name := range c.Kinds {
		list = append(list, keyEntry{fill: partInks[i%len(partInks)], label: name})
	}
	return list
}

// roundUp is the next round number at which a scale may end.
func roundUp(n int64) int64 {
	if n <= 4 {
		return 4
	}
	for step := int64(10); ; step *= 10 {
		for _, tenths := range []int64{8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80} {
			if top := tenths * step / 10; top >= n && top%4 == 0 || top >= n && step > 10 {
				return top
			}
		}
	}
}
