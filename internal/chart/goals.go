package chart

import "hoicho/internal/fonts"

// Goals is a chart of what was reached of each goal, one below the other.
type Goals struct {
	Title string
	W     float64 // mm
	Mark  string  // what stands at the line of all goals, such as "Chỉ tiêu"
	List  []Goal
}

// Goal is what was reached of what was to be.
type Goal struct {
	Label string
	N, Of int64  // Of is above 0
	Said  string // stands beside the bar: "19 / 24 (79 %)"
	Known bool   // false: nothing is told, and no bar drawn
}

// Measures of a chart of goals in mm.
const (
	goalHigh = 4.4
	goalGap  = 3.0
	goalTop  = 6.0
	goalMost = 1.25 // of the goal; what is longer is cut and told beside it
)

// Drawing draws the goals; it is empty where there is none.
func (c Goals) Drawing() (d Drawing) {
	if len(c.List) == 0 {
		return d
	}
	d = Drawing{W: c.W, Title: c.Title}
	label, bar := c.W*0.40, c.W*0.34
	full := bar / goalMost
	y := goalTop
	for _, g := range c.List {
		lines := (fonts.Face{Serif: true}).Wrap(fonts.Clean(g.Label), sizeText, label-3)
		for i, line := range lines {
			d.text(Point{label - 2, y + goalHigh - 1 + float64(i)*lineHigh}, line, End)
		}
		d.goal(g, Point{label, y}, full)
		d.text(Point{label + bar + 2, y + goalHigh - 1}, g.Said, Start)
		y += goalHigh + goalGap + float64(max(len(lines)-1, 0))*lineHigh
	}
	d.line(Point{label, goalTop - 1.5}, Point{label, y}, black, frameWidth)
	d.line(Point{label + full, goalTop - 1.5}, Point{label + full, y}, red, frameWidth)
	d.text(Point{label + full, goalTop - 2.6}, c.Mark, Middle).Size = sizeSmall
	d.H = y + 1
	return d
}

// goal draws the bar of a goal; one that is longer than the chart ends in a point.
func (d *Drawing) goal(g Goal, at Point, full float64) {
	if !g.Known || g.N <= 0 {
		return
	}
	share := float64(g.N) / float64(g.Of)
	long := full * min(share, goalMost)
	ring := []Point{at, {at.X + long, at.Y}, {at.X + long, at.Y + goalHigh}, {at.X, at.Y + goalHigh}}
	if share > goalMost {
		ring = []Point{at, {at.X + long - 2, at.Y}, {at.X + long, at.Y + goalHigh/2}, {at.X + long - 2, at.Y + goalHigh}, {at.X, at.Y + goalHigh}}
	}
	fill := partInks[1]
	if share >= 1 {
		fill = deep
	}
	d.Areas = append(d.Areas, Area{Rings: [][]Point{ring}, Fill: fill, Tip: g.Label + ": " + g.Said})
}
