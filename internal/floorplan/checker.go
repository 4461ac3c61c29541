package floorplan

import (
	"cmp"
	"math"
	"slices"
)

// checker looks for what is wrong with a plan, and counts how often it has held two objects against each other.
type checker struct {
	Layout
	boxes []box // of the objects, in their order
	found []Finding
	of    map[Why]int
	full  map[Why]bool
	work  int
}

// box is the upright box around an object.
type box struct{ left, top, right, bottom int }

func newChecker(l Layout) *checker {
	c := &checker{Layout: l, of: map[Why]int{}, full: map[Why]bool{}, boxes: make([]box, len(l.Objects))}
	for i, o := range l.Objects {
		c.boxes[i] = boxOf(o)
	}
	return c
}

func boxOf(o Object) (b box) {
	b.left, b.top, b.right, b.bottom = o.Bounds()
	return b
}

func (b box) meets(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// add notes a finding, or that there are more of its sort.
func (c *checker) add(f Finding) {
	c.of[f.Why]++
	switch n := c.of[f.Why]; {
	case n <= Most:
		c.found = append(c.found, f)
	case n == Most+1:
		c.full[f.Why] = true
		c.found = append(c.found, Finding{Why: More, Severity: f.Severity, Other: string(f.Why), CM: Most})
	}
}

// crossing is crossing of two objects that may be far from each other.
func (c *checker) crossing(a, b Object) (deep float64, way vec) {
	c.work++
	return crossing(a, b)
}

// meetings finds what stands in something else. It goes over the ground from the left, so that only what is near
// is held against each other, and ends once enough is found.
func (c *checker) meetings() {
	order := make([]int, len(c.Objects))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.boxes[a].left, c.boxes[b].left) })
	var pairs []pair
	var open []int // what the line that goes over the ground is in
	for _, i := range order {
		open = slices.DeleteFunc(open, func(j int) bool { return c.boxes[j].right <= c.boxes[i].left })
		for _, j := range open {
			if c.boxes[i].meets(c.boxes[j]) {
				pairs = c.meeting(pairs, max(i, j), min(i, j))
			}
		}
		open = append(open, i)
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(slices.Index(meetingWhys, a.Why), slices.Index(meetingWhys, b.Why)), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	c.of[Overlap], c.of[InLane], c.of[Built] = 0, 0, 0
	for _, p := range pairs {
		c.add(p.Finding)
	}
}

// meetingWhys are how objects meet, in the order shown to people.
var meetingWhys = []Why{Overlap, InLane, Built}

// pair is a finding between two objects.
type pair struct {
	Finding
	i, j int // where they stand in the plan
}

// meeting adds what is wrong with two objects whose boxes meet; the later of the two comes first.
func (c *checker) meeting(pairs []pair, i, j int) []pair {
	why, grave, o, other := meet(c.Objects[i], c.Objects[j])
	if why == "" || c.of[why] > Most {
		return pairs
	}
	deep, _ := c.crossing(o, other)
	if deep == 0 {
		return pairs
	}
	c.of[why]++
	f := of(why, grave, o).with(other)
	f.CM = int(math.Ceil(deep))
	return append(pairs, pair{f, i, j})
}

// meet says what it would be if two objects met, and how grave: which stands in which. "" is nothing.
func meet(a, b Object) (why Why, grave Severity, in, at Object) {
	if b.Kind == Booth && a.Kind != Booth || a.Kind == Fire {
		a, b = b, a
	}
	switch {
	case b.Kind == Fire && slices.Contains(solid, a.Kind):
		return InLane, Must, a, b
	case b.Kind == Fire && slices.Contains(passable, a.Kind):
		return InLane, Look, a, b
	case a.Kind == Booth && b.Kind == Booth:
		return Overlap, Must, a, b
	case a.Kind == Booth && slices.Contains(built, b.Kind):
		return Built, Must, a, b
	case a.Kind == Booth && b.Kind == Power:
		return Built, Look, a, b
	}
	return "", "", a, b
}

// wayOut seeks the way out of a finding.
func (c *checker) wayOut(f *Finding) {
	i := c.Find(f.Object)
	if i < 0 {
		return
	}
	o := c.Objects[i]
	switch f.Why {
	case Unnumbered:
		f.Way.Code = c.FreeCode("A", 0)
	case Duplicate:
		zone, n, _ := SplitCode(o.Code)
		f.Way.Code = c.FreeCode(zone, n)
	case Overlap, InLane, Built:
		_, way := c.crossing(o, c.Objects[c.Find(f.Other)])
		f.Way = c.clear(i, way)
	case Outside:
		if f.Way = c.clear(i, c.over(o)); f.Way.DX == 0 && f.Way.DY == 0 {
			f.Way = Way{}
		}
	}
}

// clear is the way on which an object leaves what it stands in, if nothing is in its way there.
func (c *checker) clear(i int, way vec) Way {
	o := c.Objects[i]
	w := Way{DX: outward(way.x), DY: outward(way.y)}
	o.X, o.Y = o.X+w.DX, o.Y+w.DY
	barred := func(other Kind) bool {
		return o.Kind == Booth && (other == Booth || slices.Contains(built, other)) || other == Fire
	}
	if !c.inside(o) || c.stands(o, i, barred) >= 0 {
		return Way{}
	}
	return w
}

// stands is the first object of some kinds in which another would stand, which is the ith of the plan; -1 is none.
func (c *checker) stands(o Object, i int, some func(Kind) bool) int {
	around := boxOf(o)
	for j, other := range c.Objects {
		if j == i || !some(other.Kind) || !around.meets(c.boxes[j]) {
			continue
		}
		if deep, _ := c.crossing(o, other); deep > 0 {
			return j
		}
	}
	return -1
}

// most is how many places are tried for an object.
const most = 20_000

// room is the first place, row by row, where an object stands in nothing; the corner of the
// ground where there is none, or it is not soon found.
func (c *checker) room(o Object) (x, y int) {
	const pace = Stand / 2
	solid := func(k Kind) bool { return k != Zone && k != Text }
	tried := 0
	for y = 0; y+o.H <= c.H; y += pace {
		for x = 0; x+o.W <= c.W; {
			if tried++; tried > most {
				return 0, 0
			}
			o.X, o.Y = x, y
			at := c.stands(o, -1, solid)
			if at < 0 && c.inside(o) {
				return x, y
			}
			if x += pace; at >= 0 && c.Objects[at].Turn%90 == 0 { // beyond what is in the way
				x = max(x, c.boxes[at].right/pace*pace)
			}
		}
	}
	return 0, 0
}
