package chart

import (
	"fmt"
	"slices"
	"strconv"

	"hoicho/internal/fonts"
	"hoicho/internal/outline"
)

// Map is a map of units, shaded by a figure of each.
type Map struct {
	Title   string
	W, High float64 // mm, with the key; High is the most that the map itself may be
	Units   []Unit
	Unknown string // what a unit under lines is, such as "chưa gửi báo cáo"
	Key     string // stands above the key
}

// Unit is a unit of a map.
type Unit struct {
	Name  string
	Rings [][]outline.Point
	N     int64
	Told  bool // false: nothing is known, which is not 0
	Tip   string
}

// keyWide is how wide the key beside a map is, with the gap before it, in mm.
const keyWide, keyGap = 50.0, 8.0

// Drawing draws the map with its key, and islands far from the rest in frames of their own; it is
// empty without units.
func (m Map) Drawing() (d Drawing) {
	groups := together(m.Units)
	if len(groups) == 0 {
		return d
	}
	main := groups[0]
	scale := min((m.W-keyWide)/main.wide(), m.High/main.high())
	left := (m.W - keyWide - main.wide()*scale) / 2 // map and key together stand in the middle
	d = Drawing{W: m.W, H: main.high() * scale, Title: m.Title}
	steps := m.Steps()
	d.group(main, steps, Point{left, 0}, scale)
	at := Point{m.W - left - keyWide + keyGap, 4}
	for _, line := range (fonts.Face{Serif: true}).Wrap(fonts.Clean(m.Key), sizeText, keyWide-keyGap) {
		d.text(at, line, Start)
		at.Y += lineHigh
	}
	at.Y = d.key(at, keyWide-keyGap, m.entries(steps))
	for _, g := range groups[1:] {
		at.Y = d.inset(g, steps, at)
	}
	d.H = max(d.H, at.Y)
	return d
}

// group draws units with the corner of their box at a place.
func (d *Drawing) group(g group, steps Steps, at Point, scale float64) {
	for _, u := range g.units {
		a := Area{Rings: g.onto(u, at, scale), Fill: unknown, Edge: grey, Width: 0.15, Tip: u.Tip}
		if u.Told {
			a.Fill = shadeInks[steps.Shade(u.N)]
		}
		d.Areas = append(d.Areas, a)
		if !u.Told {
			d.hatch(a.Rings)
		}
	}
}

func (m Map) entries(steps Steps) (list []keyEntry) {
	for i, label := range steps.Labels() {
		list = append(list, keyEntry{fill: shadeInks[i], label: label})
	}
	if slices.ContainsFunc(m.Units, func(u Unit) bool { return !u.Told }) {
		list = append(list, keyEntry{hatched: true, label: m.Unknown})
	}
	return list
}

// Steps are the least figures of each shade above none, and the highest figure after them.
type Steps []int64

// shades is how many shades there are above none at most.
const shades = 5

// Steps are the shades of the figures of a map: equally wide but for the last one.
func (m Map) Steps() Steps {
	var most int64
	for _, u := range m.Units {
		if u.Told {
			most = max(most, u.N)
		}
	}
	wide := max(most/shades+min(most%shades, 1), 1)
	var s Steps
	for i := range int64(shades) {
		if i <= (most-1)/wide && most > 0 {
			s = append(s, 1+i*wide)
		}
	}
	return append(s, most)
}

// Shade is the shade of a figure, 0 for none.
func (s Steps) Shade(n int64) (shade int) {
	for _, least := range s[:len(s)-1] {
		if n >= least {
			shade++
		}
	}
	return shade
}

// Labels say what each shade stands for: "0", "1–3", "4–6".
func (s Steps) Labels() []string {
	list := []string{"0"}
	for i, least := range s[:len(s)-1] {
		end := s[len(s)-1]
		if i+2 < len(s) {
			end = s[i+1] - 1
		}
		if end == least {
			list = append(list, strconv.FormatInt(least, 10))
			continue
		}
		list = append(list, fmt.Sprintf("%d–%d", least, end))
	}
	return list
}

// hatchApart is how far lines over what is not known lie apart, in mm.
const hatchApart = 1.1

// hatch draws lines over what is not known, so that no shade is taken for it. All lie on one grid;
// what is between two of them has one through its middle.
func (d *Drawing) hatch(rings [][]Point) {
	var b box
	b.take(rings)
	drawn := false
	for row := int(b.min.Y/hatchApart) + 1; float64(row)*hatchApart < b.max.Y; row++ {
		drawn = d.cut(rings, float64(row)*hatchApart) || drawn
	}
	if !drawn {
		d.cut(rings, (b.min.Y+b.max.Y)/2)
	}
}

// cut draws a level line where it lies inside of rings, and reports whether it does.
func (d *Drawing) cut(rings [][]Point, y float64) bool {
	var cuts []float64
	for _, ring := range rings {
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			if (p.Y > y) != (q.Y > y) {
				cuts = append(cuts, p.X+(y-p.Y)*(q.X-p.X)/(q.Y-p.Y))
			}
		}
	}
	slices.Sort(cuts)
	for i := 0; i+1 < len(cuts); i += 2 {
		d.line(Point{cuts[i], y}, Point{cuts[i+1], y}, grey, 0.15)
	}
	return len(cuts) > 1
}
