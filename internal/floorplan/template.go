package floorplan

import "slices"

// Template is a plan to begin with.
type Template string

// The templates.
const (
	Empty     Template = "empty"
	DoubleRow Template = "double" // rows back to back, with lanes between
	UShape    Template = "u"      // round three sides of a yard
	Street    Template = "street" // on both sides of a street
)

// Templates lists them in the order shown to people.
var Templates = []Template{DoubleRow, UShape, Street, Empty}

// MaxTemplate is how many booths can be asked of a template; those that the event has are laid in any case.
const MaxTemplate = 400

// drawer lays objects for a template.
type drawer struct {
	Layout
	stands []Given // to be laid, those of the event first
	ids    func() string
}

// margin is left free around a template.
const margin = 300

// New lays a plan for so many booths. The event's own booths come first, all of them, as large as they are and with
// their numbers; others get the numbers after them. Ids are made by ids. What becomes too large is a Fault of Valid.
func New(t Template, booths []Given, n int, ids func() string) Layout {
	d := &drawer{Layout: Layout{Lane: DefaultLane}, stands: slices.Clone(booths), ids: ids}
	for len(d.stands) < max(min(n, MaxTemplate), 1) {
		d.stands = append(d.stands, Given{W: Stand, H: Stand})
	}
	switch t {
	case UShape:
		d.yard()
	case Street:
		d.street()
	case DoubleRow:
		d.rows()
	default:
		d.W, d.H = 6000, 4000
	}
	d.number()
	return d.Layout
}

func (d *drawer) add(kind Kind, x, y, w, h int) {
	d.Objects = append(d.Objects, Object{ID: d.ids(), Kind: kind, X: x, Y: y, W: w, H: h})
}

// take are the next stands to be laid.
func (d *drawer) take(n int) []Given {
	n = max(0, min(n, len(d.stands)))
	some := d.stands[:n]
	d.stands = d.stands[n:]
	return some
}

// extent is how long stands are side by side, and how deep the deepest is.
func extent(some []Given) (long, deep int) {
	for _, g := range some {
		long, deep = long+g.W, max(deep, g.H)
	}
	return long, deep
}

// stand lays a stand so that the upright box around it begins at a place.
func (d *drawer) stand(g Given, x, y, turn int) {
	if turn%180 != 0 {
		x, y = x+(g.H-g.W)/2, y+(g.W-g.H)/2
	}
	d.Objects = append(d.Objects, Object{ID: d.ids(), Kind: Booth, X: x, Y: y, W: g.W, H: g.H, Turn: turn, Booth: g.ID, Code: g.Code})
}

// row lays stands side by side from a place, all ending at its foot if they are to.
func (d *drawer) row(some []Given, x, y, turn int, foot bool) {
	_, deep := extent(some)
	for _, g := range some {
		at := y
		if foot {
			at += deep - g.H
		}
		d.stand(g, x, at, turn)
		x += g.W
	}
}

// number gives the booths that are new the numbers after those of the event's.
func (d *drawer) number() {
	for i, o := range d.Objects {
		if o.Kind == Booth && o.Code == "" {
			d.Objects[i].Code = d.NextCode()
		}
	}
}

// rows lays pairs of rows back to back, ten to a row, with a fire lane below each pair.
func (d *drawer) rows() {
	columns := min(10, (len(d.stands)+1)/2)
	y := margin
	for len(d.stands) > 0 {
		for _, back := range []bool{true, false} {
			some := d.take(columns)
			long, deep := extent(some)
			d.row(some, margin, y, 0, back)
			d.W, y = max(d.W, long+2*margin), y+deep
		}
		d.add(Fire, 0, y+50, 0, DefaultLane)
		y += DefaultLane + 100
	}
	for i, o := range d.Objects {
		if o.Kind == Fire {
			d.Objects[i].W = d.W
		}
	}
	d.H = y + margin
	d.foot()
}

// foot puts a gate at the lower edge.
func (d *drawer) foot() {
	w := min(400, d.W)
	d.add(Gate, (d.W-w)/2, d.H-100, w, 100)
}

// yard lays booths round three sides of a yard with a fire lane inside.
func (d *drawer) yard() {
	n := (len(d.stands) + 2) / 3
	left, across, right := d.take(n), d.take(len(d.stands)-n), d.take(n)
	leftLong, leftDeep := extent(left)
	acrossLong, acrossDeep := extent(across)
	rightLong, rightDeep := extent(right)
	inner := max(acrossLong, 2*DefaultLane)
	acrossDeep = max(acrossDeep, Stand)
	d.W, d.H = inner+leftDeep+max(rightDeep, Stand)+2*margin, acrossDeep+100+max(leftLong, rightLong)+2*margin
	top := margin + acrossDeep + 50
	y := top + leftLong
	for _, g := range left {
		y -= g.W
		d.stand(g, margin+leftDeep-g.H, y, 90)
	}
	d.row(across, margin+leftDeep, margin, 0, true)
	y = top
	for _, g := range right {
		d.stand(g, margin+leftDeep+inner, y, 270)
		y += g.W
	}
	d.add(Fire, margin+leftDeep+inner/2-DefaultLane/2, top, DefaultLane, d.H-top-150)
	d.foot()
}

// street lays booths on both sides of a street, which is the fire lane.
func (d *drawer) street() {
	above := d.take((len(d.stands) + 1) / 2)
	below := d.take(len(d.stands))
	aboveLong, aboveDeep := extent(above)
	belowLong, belowDeep := extent(below)
	d.W, d.H = max(aboveLong, belowLong)+2*margin, aboveDeep+max(belowDeep, Stand)+DefaultLane+200+2*margin
	lane := margin + aboveDeep + 100
	d.row(above, margin, margin, 0, true)
	d.row(below, margin, lane+DefaultLane+100, 180, false)
	d.add(Fire, 100, lane, d.W-100, DefaultLane)
	d.add(Gate, 0, lane, 100, DefaultLane)
}
