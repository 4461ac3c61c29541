package chart

import (
	"fmt"
	"slices"
	"strconv"

	"hoicho/internal/fonts"
)

// Map is a map of units, shaded by a figure of each.
type Map struct {
	Title   string
	W, High float64 // mm, with the key; High is the most that it may be
	Units   []Unit
	Unknown string // what a hatched unit is, such as "Chưa báo cáo"
	Key     string // stands above the key
}

// Unit is a unit of a map. Path is its outline: M (absolute), l (relative) and z, as whole numbers.
type Unit struct {
	Path  string
	N     int64
	Known bool
	Tip   string
}

// keyWide is how wide the key beside a map is, with the gap before it, in mm.
const keyWide, keyGap = 50.0, 8.0

// Drawing draws the map with its key; it is empty without units.
func (m Map) Drawing() (d Drawing) {
	rings := make([][][]Point, len(m.Units))
	box := box{}
	for i, u := range m.Units {
		rings[i] = parse(u.Path)
		box.take(rings[i])
	}
	if box.empty() {
		return d
	}
	scale := min((m.W-keyWide)/box.wide(), m.High/box.high())
	left := (m.W - keyWide - box.wide()*scale) / 2 // map and key together stand in the middle
	d = Drawing{W: m.W, H: box.high() * scale, Title: m.Title}
	steps := m.Steps()
	for i, u := range m.Units {
		a := Area{Rings: box.onto(rings[i], scale, left), Fill: white, Edge: grey, Width: 0.15, Tip: u.Tip}
		if u.Known {
			a.Fill = shadeInks[steps.Shade(u.N)]
		}
		d.Areas = append(d.Areas, a)
		if !u.Known {
			d.hatch(a.Rings)
		}
	}
	at := Point{m.W - left - keyWide + keyGap, 4}
	for _, line := range (fonts.Face{Serif: true}).Wrap(fonts.Clean(m.Key), sizeText, keyWide-keyGap) {
		d.text(at, line, Start)
		at.Y += lineHigh
	}
	d.H = max(d.H, d.key(at, keyWide-keyGap, m.entries(steps)))
	return d
}

func (m Map) entries(steps Steps) (list []keyEntry) {
	for i, label := range steps.Labels() {
		list = append(list, keyEntry{fill: shadeInks[i], label: label})
	}
	if slices.ContainsFunc(m.Units, func(u Unit) bool { return !u.Known }) {
		list = append(list, keyEntry{fill: white, hatched: true, label: m.Unknown})
	}
	return list
}

// Steps are the least figures of each shade above none, the last number the highest figure.
type Steps []int64

// Steps are the shades of the figures of a map: at most five, each as wide as the others.
func (m Map) Steps() Steps {
	var most int64
	for _, u := range m.Units {
		if u.Known {
			most = max(most, u.N)
		}
	}
	const shades = 5
	wide := max((most+shades-1)/shades, 1)
	var s Steps
	for least := int64(1); least <= most; least += wide {
		s = append(s, least)
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

// hatch draws lines over what is not known, so that no shade is taken for it.
func (d *Drawing) hatch(rings [][]Point) {
	const apart = 1.1
	var b box
	b.take(rings)
	for y := b.min.Y + apart/2; y < b.max.Y; y += apart {
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
	}
}

// box is the smallest rectangle around points.
type box struct {
	min, max Point
	any      bool
}

func (b *box) take(rings [][]Point) {
	for _, ring := range rings {
		for _, p := range ring {
			if !b.any {
				b.min, b.max, b.any = p, p, true
			}
			b.min = Point{min(b.min.X, p.X), min(b.min.Y, p.Y)}
			b.max = Point{max(b.max.X, p.X), max(b.max.Y, p.Y)}
		}
	}
}

func (b *box) wide() float64 { return b.max.X - b.min.X }
func (b *box) high() float64 { return b.max.Y - b.min.Y }
func (b *box) empty() bool   { return b.wide() <= 0 || b.high() <= 0 }

// onto are rings as they lie on a drawing. Corners closer than a reader sees are left out.
func (b *box) onto(rings [][]Point, scale, left float64) [][]Point {
	const seen = 0.12 // mm
	out := make([][]Point, 0, len(rings))
	for _, ring := range rings {
		var drawn []Point
		for _, p := range ring {
			at := Point{left + (p.X-b.min.X)*scale, (p.Y - b.min.Y) * scale}
			if n := len(drawn); n == 0 || max(at.X-drawn[n-1].X, drawn[n-1].X-at.X, at.Y-drawn[n-1].Y, drawn[n-1].Y-at.Y) >= seen {
				drawn = append(drawn, at)
			}
		}
		if len(drawn) > 2 {
			out = append(out, drawn)
		}
	}
	return out
}

// parse reads an outline into rings.
func parse(path string) (rings [][]Point) {
	var at Point
	for rest := path; rest != ""; {
		command := rest[0]
		var numbers []float64
		if numbers, rest = leading(rest[1:]); command == 'M' {
			at, rings = Point{}, append(rings, nil)
		}
		for i := 0; i+1 < len(numbers) && len(rings) > 0; i += 2 {
			at = Point{at.X + numbers[i], at.Y + numbers[i+1]}
			rings[len(rings)-1] = append(rings[len(rings)-1], at)
		}
	}
	return rings
}

// leading reads the whole numbers up to the next command; a minus sign parts them as a space does.
func leading(s string) (numbers []float64, rest string) {
	for s != "" {
		if s[0] == ' ' {
			s = s[1:]
			continue
		}
		end := 0
		for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && s[end] == '-') {
			end++
		}
		n, err := strconv.ParseFloat(s[:end], 64)
		if err != nil {
			return numbers, s
		}
		numbers, s = append(numbers, n), s[end:]
	}
	return numbers, ""
}
