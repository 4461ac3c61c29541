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

// MaxTemplate is how many booths a template lays at most.
const MaxTemplate = 400

// drawer lays objects for a template.
type drawer struct {
	Layout
	booths []Given // of the event, used first
	left   int
	ids    func() string
}

// margin is left free around a template.
const margin = 300

// New lays a plan for so many booths. The event's own booths come first, with their numbers;
// others get the numbers after them. Ids are made by ids.
func New(t Template, booths []Given, n int, ids func() string) Layout {
	d := &drawer{Layout: Layout{Lane: DefaultLane}, booths: slices.Clone(booths), left: min(max(n, len(booths), 1), MaxTemplate), ids: ids}
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

// stand adds the next booth with its middle at a place, as long as any is left.
func (d *drawer) stand(x, y, turn int) {
	if d.left == 0 {
		return
	}
	d.left--
	o := Object{ID: d.ids(), Kind: Booth, X: x, Y: y, W: Stand, H: Stand, Turn: turn}
	if len(d.booths) > 0 {
		g := d.booths[0]
		d.booths, o.Booth, o.Code = d.booths[1:], g.ID, g.Code
	}
	d.Objects = append(d.Objects, o)
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
	const perRow = 10
	columns := min(perRow, (d.left+1)/2)
	d.W = columns*Stand + 2*margin
	y := margin
	for d.left > 0 {
		for range 2 {
			for i := 0; i < columns; i++ {
				d.stand(margin+i*Stand, y, 0)
			}
			y += Stand
		}
		d.add(Fire, 0, y+50, d.W, DefaultLane)
		y += DefaultLane + 100
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
	deep := max((d.left+2)/3, 1)
	across := max(d.left-2*deep, 1)
	inner := max(across*Stand, 2*DefaultLane)
	d.W, d.H = inner+2*Stand+2*margin, Stand+100+deep*Stand+2*margin
	top := margin + Stand + 50
	for i := range deep {
		d.stand(margin, top+(deep-1-i)*Stand, 90)
	}
	for i := range across {
		d.stand(margin+Stand+i*Stand, margin, 0)
	}
	for i := range deep {
		d.stand(margin+Stand+inner, top+i*Stand, 270)
	}
	d.add(Fire, d.W/2-DefaultLane/2, top, DefaultLane, d.H-top-150)
	d.foot()
}

// street lays booths on both sides of a street, which is the fire lane.
func (d *drawer) street() {
	columns := (d.left + 1) / 2
	d.W, d.H = columns*Stand+2*margin, 2*Stand+DefaultLane+200+2*margin
	lane := margin + Stand + 100
	for i := range columns {
		d.stand(margin+i*Stand, margin, 0)
	}
	for i := range columns {
		d.stand(margin+i*Stand, lane+DefaultLane+100, 180)
	}
	d.add(Fire, 0, lane, d.W, DefaultLane)
	d.add(Gate, 0, lane, 100, DefaultLane)
}
