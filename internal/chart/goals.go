package chart

import "hoicho/internal/fonts"

// Goals is a chart of what was reached of each goal, one below the other.
type Goals struct {
	Title string
	W     float64 // mm
	Mark  string  // what stands at the line of all goals, such as "Kế hoạch"
	List  []Goal
}

// Goal is what was reached of what was to be.
type Goal struct {
	Label  string
	N, Of  int64  // Of is above 0
	Beside string // stands beside the bar: "19 / 24 (79 %)"
	Told   bool   // false: nothing is known, and no bar drawn
}

// Measures of a chart of goals in mm.
const (
	goalHigh  = 4.4
	goalGap   = 3.0
	goalTop   = 6.0
	goalLeast = 20.0 // of the bars
	goalMost  = 1.25 // of the goal; what is longer is cut and told beside it
)

// Drawing draws the goals; it is empty where there is none.
func (c Goals) Drawing() (d Drawing) {
	if len(c.List) == 0 {
		return d
	}
	d = Drawing{W: c.W, Title: c.Title}
	beside := 0.0
	for _, g := range c.List {
		beside = max(beside, widest(sizeText, g.Beside))
	}
	label := min(c.W*0.40, c.W-beside-goalLeast-2)
	bar := c.W - label - beside - 2
	full := bar / goalMost
	y := goalTop
	for _, g := range c.List {
		lines := (fonts.Face{Serif: true}).Wrap(fonts.Clean(g.Label), sizeText, label-3)
		for i, line := range lines {
			d.text(Point{label - 2, y + goalHigh - 1 + float64(i)*lineHigh}, line, End)
		}
		d.goal(g, Point{label, y}, full)
		d.text(Point{label + bar + 2, y + goalHigh - 1}, g.Beside, Start)
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
	if !g.Told || g.N <= 0 {
		return
	}
	share := float64(g.N) / float64(g.Of)
	long := full * min(share, goalMost)
	ring := []Point{at, {at.X + long, at.Y}, {at.X + long, at.Y + goalHigh}, {at.X, at.Y + goalHigh}}
	if share > goalMost {
		ring = []Point{at, {at.X + long - 2, at.Y}, {at.X + long, at.Y + goalHigh/2}, {at.X + long - 2, at.Y + goalHigh}, {at.X, at.Y + goalHigh}}
	}
	d.Areas = append(d.Areas, Area{Rings: [][]Point{ring}, Fill: partInks[0], Tip: g.Label + ": " + g.Beside})
}
