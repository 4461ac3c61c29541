package floorplan

import (
	"cmp"
	"math"
	"slices"
)

// Severity says how grave a finding is.
type Severity string

// The severities: what keeps a plan from being published, and what is to be looked at.
const (
	Must Severity = "must"
	Look Severity = "look"
)

// Why says what is wrong.
type Why string

// What may be wrong with a plan.
const (
	Unnumbered Why = "unnumbered" // a booth without a number
	Duplicate  Why = "duplicate"  // two booths with one number
	Overlap    Why = "overlap"    // two booths in each other
	InLane     Why = "lane"       // something stands in a fire lane
	Built      Why = "built"      // a booth stands in tables, a WC, first aid, at a power point
	Outside    Why = "outside"    // something stands beyond the ground
	Deleted    Why = "deleted"    // a booth that somebody has, or holds, is not in the plan
	InUse      Why = "in_use"     // a booth that passes or notes name is not in the plan
	Unknown    Why = "unknown"    // a booth of the plan that the event has no more
	Missing    Why = "missing"    // a booth of the event that nobody has is not in the plan
	OddSize    Why = "size"       // a booth that is no 3 x 3 m, nor as large as several
	Narrow     Why = "narrow"     // a path or fire lane narrower than a fire lane has to be
	NoLane     Why = "no_lane"    // booths, and no fire lane
	NoGate     Why = "no_gate"    // booths, and no gate
	More       Why = "more"       // there is more of this than is listed
)

// Most is how many findings of one sort are listed, and Ways for how many of them a way out is sought.
const (
	Most = 200
	Ways = 50
)

// Given is a booth of the event as the register has it.
type Given struct {
	ID    string
	Code  string
	Had   bool // assigned, or held for somebody
	InUse bool // passes or notes name it: it cannot be removed
	W, H  int
	Owner string // who has it; "" nobody, or not to be said
}

// Finding is something that is wrong with a plan, or is to be looked at.
type Finding struct {
	Why      Why
	Severity Severity
	Object   string // its id; "" of a booth that is not in the plan
	Name     string // number or label
	Kind     Kind   // of it
	Other    string // id of what it meets
	With     string // number or label of what it meets
	WithKind Kind
	Owner    string // who has the booth
	CM       int    // how far
	Way      Way
}

// Way is a way out of a finding; without one all is zero.
type Way struct {
	Code   string // it gets this number
	DX, DY int    // it is moved by so much
	Booth  Given  // it is put into the plan
}

// None reports whether there is no way out that the program can take.
func (w Way) None() bool { return w == Way{} }

// Key names a finding among those of a plan.
func (f Finding) Key() string { return string(f.Why) + "." + f.Object + f.Way.Booth.ID + "." + f.Other }

// solid is what may not stand in a fire lane, passable what may if somebody has looked; built is where no booth can.
var (
	solid    = []Kind{Booth, Table, WC, Aid}
	passable = []Kind{Gate, Power}
	built    = []Kind{Table, WC, Aid}
)

// Check finds what is wrong with a plan of an event that has these booths, the gravest first: of every sort as
// many as Most, and ways out of the first ones.
func Check(l Layout, event []Given) []Finding {
	c := newChecker(l)
	return c.check(event)
}

func (c *checker) check(event []Given) []Finding {
	c.numbers()
	c.meetings()
	c.places()
	c.against(event)
	c.advice()
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		return cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity))
	})
	for i := range c.found[:min(len(c.found), Ways)] {
		c.wayOut(&c.found[i])
	}
	return c.found
}

var severities = []Severity{Must, Look}

// Stops are the findings that keep the plan from being published.
func Stops(found []Finding) (stops []Finding) {
	for _, f := range found {
		if f.Severity == Must {
			stops = append(stops, f)
		}
	}
	return stops
}

// of is a finding at an object.
func of(why Why, severity Severity, o Object) Finding {
	return Finding{Why: why, Severity: severity, Object: o.ID, Name: o.Name(), Kind: o.Kind}
}

// with is a finding between two.
func (f Finding) with(o Object) Finding {
	f.Other, f.With, f.WithKind = o.ID, o.Name(), o.Kind
	return f
}

// Name is what an object is called on the plan: the number of a booth, else its label.
func (o Object) Name() string { return cmp.Or(o.Code, o.Label) }

// numbers finds booths without a number, or with one that another has.
func (c *checker) numbers() {
	first := map[string]Object{}
	for _, o := range c.Booths() {
		if o.Code == "" {
			c.add(of(Unnumbered, Must, o))
			continue
		}
		had, twice := first[o.Code]
		if !twice {
			first[o.Code] = o
			continue
		}
		c.add(of(Duplicate, Must, o).with(had))
	}
}

// step is by what ways out are rounded.
const step = 5

func outward(by float64) int {
	if math.Abs(by) < slack/2 {
		return 0
	}
	return int(math.Copysign(math.Ceil((math.Abs(by)-slack/2)/step)*step, by))
}

// places finds what stands beyond the ground.
func (c *checker) places() {
	for _, o := range c.Objects {
		if c.full[Outside] || o.Kind == Text || c.inside(o) {
			continue
		}
		f := of(Outside, Must, o)
		over := c.over(o)
		f.CM = int(math.Round(over.length()))
		c.add(f)
	}
}

// over is how an object has to move to stand within the width and depth of the ground.
func (l Layout) over(o Object) vec {
	left, top, right, bottom := o.Bounds()
	return vec{push(left, right, l.W), push(top, bottom, l.H)}
}

// push is how far a span has to move to lie between 0 and most.
func push(low, high, most int) float64 {
	switch {
	case low < 0:
		return float64(-low)
	case high > most:
		return float64(most - high)
	}
	return 0
}

// against holds the plan against the booths that the event has.
func (c *checker) against(event []Given) {
	drawn, known := map[string]bool{}, map[string]bool{}
	for _, g := range event {
		known[g.ID] = true
	}
	for _, o := range c.Booths() {
		if drawn[o.Booth] = true; o.Booth != "" && !known[o.Booth] {
			c.add(of(Unknown, Look, o))
		}
	}
	for _, g := range event {
		if drawn[g.ID] {
			continue
		}
		f := Finding{Why: Missing, Severity: Look, Name: g.Code, Kind: Booth, Owner: g.Owner, Way: Way{Booth: g}}
		switch {
		case g.Had:
			f.Why, f.Severity = Deleted, Must
		case g.InUse:
			f.Why, f.Severity = InUse, Must
		}
		c.add(f)
	}
}

// advice finds what is to be looked at.
func (c *checker) advice() {
	for _, o := range c.Objects {
		switch o.Kind {
		case Booth:
			if o.W%Stand != 0 || o.H%Stand != 0 {
				c.add(of(OddSize, Look, o))
			}
		case Path, Fire:
			if width := min(o.W, o.H); width < c.Lane {
				f := of(Narrow, Look, o)
				f.CM = width
				c.add(f)
			}
		}
	}
	if c.Count(Booth) > 0 && c.Count(Fire) == 0 {
		c.add(Finding{Why: NoLane, Severity: Look})
	}
	if c.Count(Booth) > 0 && c.Count(Gate) == 0 {
		c.add(Finding{Why: NoGate, Severity: Look})
	}
}

// Take goes the way out of a finding. What is new in the plan gets the id.
func (l Layout) Take(f Finding, id string) Layout {
	l = l.Clone()
	i := l.Find(f.Object)
	switch w := f.Way; {
	case w.Booth.ID != "":
		o := Object{ID: id, Kind: Booth, W: w.Booth.W, H: w.Booth.H, Code: w.Booth.Code, Booth: w.Booth.ID}
		o.X, o.Y = newChecker(l).room(o)
		l.Objects = append(l.Objects, o)
	case i < 0:
	case w.Code != "":
		l.Objects[i].Code = w.Code
	default:
		l.Objects[i].X += w.DX
		l.Objects[i].Y += w.DY
	}
	return l
}
