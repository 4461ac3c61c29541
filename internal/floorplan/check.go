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
	Outside    Why = "outside"    // something stands beyond the ground
	Deleted    Why = "deleted"    // a booth that somebody has, or holds, is not in the plan
	Unknown    Why = "unknown"    // a booth of the plan that the event has no more
	Missing    Why = "missing"    // a booth of the event that nobody has is not in the plan
	OddSize    Why = "size"       // a booth that is no 3 x 3 m, nor as large as several
	Narrow     Why = "narrow"     // a path or fire lane narrower than a fire lane has to be
	NoLane     Why = "no_lane"    // booths, and no fire lane
	NoGate     Why = "no_gate"    // booths, and no gate
)

// Given is a booth of the event as the register has it.
type Given struct {
	ID    string
	Code  string
	Had   bool // assigned, or held for somebody
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

// solid is what may not stand in a fire lane.
var solid = []Kind{Booth, Table, WC, Aid}

// Check finds all that is wrong with a plan of an event that has these booths, the gravest
// first.
func Check(l Layout, event []Given) (found []Finding) {
	found = append(found, l.numbers()...)
	found = append(found, l.meetings()...)
	found = append(found, l.places()...)
	found = append(found, l.against(event)...)
	found = append(found, l.advice()...)
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity))
	})
	return found
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
	f.Other, f.With = o.ID, o.Name()
	return f
}

// Name is what an object is called on the plan: the number of a booth, else its label.
func (o Object) Name() string { return cmp.Or(o.Code, o.Label) }

// numbers finds booths without a number, or with one that another has.
func (l Layout) numbers() (found []Finding) {
	first := map[string]Object{}
	for _, o := range l.Booths() {
		if o.Code == "" {
			f := of(Unnumbered, Must, o)
			f.Way.Code = l.FreeCode("A", 0)
			found = append(found, f)
			continue
		}
		had, twice := first[o.Code]
		if !twice {
			first[o.Code] = o
			continue
		}
		f := of(Duplicate, Must, o).with(had)
		zone, n, _ := SplitCode(o.Code)
		f.Way.Code = l.FreeCode(zone, n)
		found = append(found, f)
	}
	return found
}

// meetings finds what stands in something else.
func (l Layout) meetings() (found []Finding) {
	booths := l.Booths()
	for i, o := range booths {
		for _, other := range booths[:i] {
			if f, met := l.meeting(Overlap, o, other); met {
				found = append(found, f)
			}
		}
	}
	for _, o := range l.Objects {
		for _, lane := range l.Objects {
			if lane.Kind != Fire || !slices.Contains(solid, o.Kind) {
				continue
			}
			if f, met := l.meeting(InLane, o, lane); met {
				found = append(found, f)
			}
		}
	}
	return found
}

func (l Layout) meeting(why Why, o, other Object) (Finding, bool) {
	deep, way := crossing(o, other)
	if deep == 0 {
		return Finding{}, false
	}
	f := of(why, Must, o).with(other)
	f.CM, f.Way = int(math.Ceil(deep)), l.clear(o, way)
	return f, true
}

// step is by what ways out are rounded.
const step = 5

// clear is the way on which an object leaves what it stands in, if nothing is in its way there.
func (l Layout) clear(o Object, way vec) Way {
	w := Way{DX: outward(way.x), DY: outward(way.y)}
	moved := o
	moved.X, moved.Y = o.X+w.DX, o.Y+w.DY
	if !l.inside(moved) {
		return Way{}
	}
	for _, other := range l.Objects {
		barred := other.Kind == Booth && o.Kind == Booth || other.Kind == Fire
		if deep, _ := crossing(moved, other); barred && other.ID != o.ID && deep > 0 {
			return Way{}
		}
	}
	return w
}

func outward(by float64) int {
	if math.Abs(by) < slack/2 {
		return 0
	}
	return int(math.Copysign(math.Ceil((math.Abs(by)-slack/2)/step)*step, by))
}

// places finds what stands beyond the ground.
func (l Layout) places() (found []Finding) {
	for _, o := range l.Objects {
		if o.Kind == Text || l.inside(o) {
			continue
		}
		f := of(Outside, Must, o)
		left, top, right, bottom := o.Bounds()
		over := vec{push(left, right, l.W), push(top, bottom, l.H)}
		f.CM = int(math.Round(over.length()))
		if f.Way = l.clear(o, over); f.Way.DX == 0 && f.Way.DY == 0 {
			f.Way = Way{}
		}
		found = append(found, f)
	}
	return found
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
func (l Layout) against(event []Given) (found []Finding) {
	drawn, known := map[string]bool{}, map[string]bool{}
	for _, g := range event {
		known[g.ID] = true
	}
	for _, o := range l.Booths() {
		if drawn[o.Booth] = true; o.Booth != "" && !known[o.Booth] {
			found = append(found, of(Unknown, Look, o))
		}
	}
	for _, g := range event {
		if drawn[g.ID] {
			continue
		}
		f := Finding{Why: Missing, Severity: Look, Name: g.Code, Kind: Booth, Owner: g.Owner, Way: Way{Booth: g}}
		if g.Had {
			f.Why, f.Severity = Deleted, Must
		}
		found = append(found, f)
	}
	return found
}

// advice finds what is to be looked at.
func (l Layout) advice() (found []Finding) {
	for _, o := range l.Objects {
		switch o.Kind {
		case Booth:
			if (o.W*o.H)%(Stand*Stand) != 0 {
				found = append(found, of(OddSize, Look, o))
			}
		case Path, Fire:
			if width := min(o.W, o.H); width < l.Lane {
				f := of(Narrow, Look, o)
				f.CM = width
				found = append(found, f)
			}
		}
	}
	if l.Count(Booth) > 0 && l.Count(Fire) == 0 {
		found = append(found, Finding{Why: NoLane, Severity: Look})
	}
	if l.Count(Booth) > 0 && l.Count(Gate) == 0 {
		found = append(found, Finding{Why: NoGate, Severity: Look})
	}
	return found
}

// Take goes the way out of a finding. What is new in the plan gets the id.
func (l Layout) Take(f Finding, id string) Layout {
	l = l.Clone()
	i := l.Find(f.Object)
	switch w := f.Way; {
	case w.Booth.ID != "":
		o := Object{ID: id, Kind: Booth, W: w.Booth.W, H: w.Booth.H, Code: w.Booth.Code, Booth: w.Booth.ID}
		o.X, o.Y = l.room(o)
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

// room is the first place, row by row, where an object stands in nothing; the corner of the
// ground where there is none.
func (l Layout) room(o Object) (x, y int) {
	for y = 0; y+o.H <= l.H; y += Stand / 2 {
		for x = 0; x+o.W <= l.W; x += Stand / 2 {
			o.X, o.Y = x, y
			if l.inside(o) && !l.barred(o) {
				return x, y
			}
		}
	}
	return 0, 0
}

// barred reports whether something solid, a path or a fire lane stands where an object is to.
func (l Layout) barred(o Object) bool {
	return slices.ContainsFunc(l.Objects, func(other Object) bool {
		if other.Kind == Zone || other.Kind == Text {
			return false
		}
		deep, _ := crossing(o, other)
		return deep > 0
	})
}
