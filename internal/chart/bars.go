package chart

import (
	"math"

	"hoicho/internal/vn"
)

// Bars is a chart of bars side by side, each with its sum above it.
type Bars struct {
	Title   string
	W       float64 // mm
	Kinds   []Kind  // the parts of a bar; a single one needs no key
	List    []Bar
	Unknown string // what a place without a bar is where nothing is told: "Chưa chốt báo cáo"
}

// Kind is a kind of part. Ink is its place among all kinds that there are, so that it looks the same
// in every chart.
type Kind struct {
	Name string
	Ink  int
}

// Bar is a figure or the parts of one, from the foot up.
type Bar struct {
	Label string
	Name  string  // its full name, for its tip
	Parts []int64 // as many as there are kinds; what is below 0 counts as nothing
	Told  bool    // false: nothing is known, which is not 0
}

func (b Bar) sum() (n int64) {
	for _, part := range b.Parts {
		n += max(part, 0)
	}
	return n
}

// Measures of a chart of bars in mm.
const (
	barsHigh   = 52.0 // between the foot and the highest value
	barsTop    = 7.0
	barsFoot   = 6.0
	barWidest  = 18.0
	barShare   = 0.68 // of its place
	barEdged   = 1.0  // a narrower one has no edge: it would be all there is to see
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
	top, base := roundUp(most), barsTop+barsHigh
	left := widest(sizeSmall, vn.Count(top)) + 4
	d = Drawing{W: c.W, Title: c.Title}
	for i := range int64(5) {
		y := base - barsHigh*float64(i)/4
		d.rectangle(left, y, c.W-left, gridWidth, faint) // below the bars
		if top%4 == 0 || i%4 == 0 {
			d.text(Point{left - 1.5, y + 1.2}, vn.Count(top/4*i+top%4*i/4), End).Size = sizeSmall
		}
	}
	pitch := (c.W - left) / float64(len(c.List))
	every, sums := c.fits(pitch)
	for i, b := range c.List {
		place := Point{left + pitch*float64(i), base}
		head := d.place(c, b, place, pitch, top)
		if sums && b.Told {
			d.text(Point{place.X + pitch/2, head - 1}, vn.Count(b.sum()), Middle).Size = sizeSmall
		}
		if i%every == 0 {
			d.text(Point{place.X + pitch/2, base + 4.2}, b.Label, Middle).Size = sizeSmall
		}
	}
	d.line(Point{left, base}, Point{c.W, base}, black, frameWidth)
	d.H = base + barsFoot
	if key := c.entries(); len(key) > 0 {
		d.H = d.key(Point{left, base + barsFoot + 2}, c.W-left, key)
	}
	return d
}

// fits says at which bars there is room for labels, and whether there is for all sums.
func (c Bars) fits(pitch float64) (every int, sums bool) {
	label, sum := 0.0, 0.0
	for _, b := range c.List {
		label, sum = max(label, widest(sizeSmall, b.Label)), max(sum, widest(sizeSmall, vn.Count(b.sum())))
	}
	const apart = 1.5
	return 1 + int((label+apart)/pitch), sum+apart/2 <= pitch
}

// place draws what stands between a foot and the next, and returns how high it reaches: a bar, or
// lines over a place of which nothing is told.
func (d *Drawing) place(c Bars, b Bar, foot Point, pitch float64, top int64) float64 {
	if !b.Told {
		a := d.rectangle(foot.X+pitch*0.1, barsTop, pitch*0.8, barsHigh, unknown)
		a.Tip = b.Name + ": " + c.Unknown
		d.hatch(a.Rings)
		return foot.Y
	}
	wide := min(pitch*barShare, barWidest)
	for i, n := range b.Parts {
		if n <= 0 {
			continue
		}
		high := max(barsHigh*float64(n)/float64(top), 0.3)
		foot.Y -= high
		a := d.rectangle(foot.X+(pitch-wide)/2, foot.Y, wide, high, c.Kinds[i].ink())
		if a.Tip = b.Name + ": " + vn.Count(n); wide >= barEdged {
			a.Edge, a.Width = grey, 0.15
		}
	}
	return foot.Y
}

func (k Kind) ink() Ink { return partInks[k.Ink%len(partInks)] }

// entries is the key: the parts as they stand on one another, the uppermost first.
func (c Bars) entries() (list []keyEntry) {
	for i := len(c.Kinds) - 1; i >= 0 && len(c.Kinds) > 1; i-- {
		list = append(list, keyEntry{fill: c.Kinds[i].ink(), label: c.Kinds[i].Name})
	}
	for _, b := range c.List {
		if !b.Told {
			return append(list, keyEntry{hatched: true, label: c.Unknown})
		}
	}
	return list
}

// roundUp is the next round number at which a scale may end.
func roundUp(n int64) int64 {
	if n <= 4 {
		return 4
	}
	if n > math.MaxInt64/16 {
		return n // nothing is counted so far
	}
	for step := int64(10); ; step *= 10 {
		for _, tenths := range []int64{8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80} {
			if top := tenths * step / 10; top >= n && (top%4 == 0 || step > 10) {
				return top
			}
		}
	}
}
