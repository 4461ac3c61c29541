package floorplan

import (
	"regexp"
	"slices"
	"strconv"
)

// Kind says what an object is.
type Kind string

// The kinds of object.
const (
	Booth Kind = "booth"
	Zone  Kind = "zone"
	Table Kind = "table" // tables, or an area with something in it
	Path  Kind = "path"
	Gate  Kind = "gate"
	Power Kind = "power" // point where power is taken
	WC    Kind = "wc"
	Aid   Kind = "aid"  // first aid
	Fire  Kind = "fire" // lane that fire engines need
	Text  Kind = "text"
)

// Kinds lists the kinds in the order shown to people.
var Kinds = []Kind{Booth, Zone, Table, Path, Fire, Gate, Power, WC, Aid, Text}

// Limits of a plan, in centimetres where nothing else is said.
const (
	MaxObjects = 1000
	MinGround  = 100
	MaxGround  = 100_000
	MinSide    = 10
	MinBooth   = 50 // as the register of booths has it
	MaxBooth   = 10_000
	MinLane    = 200
	MaxLane    = 1_000
	MaxEdge    = 40 // corners of a ground
	MaxLabel   = 60 // letters
	far        = 2 * MaxGround
)

// Stand is the side of a standard stand, and DefaultLane how wide a fire lane is until the
// organiser says otherwise.
const (
	Stand       = 300
	DefaultLane = 400
)

// Point is a place on the ground, from its upper left corner.
type Point struct{ X, Y int }

// Object is something on the ground. X and Y are the upper left corner that it has before
// it is turned around its middle, by whole degrees, clockwise.
type Object struct {
	ID    string `json:"id"`
	Kind  Kind   `json:"kind"`
	X     int    `json:"x"`
	Y     int    `json:"y"`
	W     int    `json:"w"`
	H     int    `json:"h"`
	Turn  int    `json:"turn,omitempty"`
	Label string `json:"label,omitempty"`
	Code  string `json:"code,omitempty"`  // of a booth: its number
	Booth string `json:"booth,omitempty"` // of a booth: which of the event's it is; "" = a new one
}

// Layout is a plan.
type Layout struct {
	W       int      // of the ground
	H       int      // of the ground
	Edge    []Point  // corners of a ground that is no rectangle
	Lane    int      // how wide a fire lane has to be
	Objects []Object // in the order in which they are drawn
}

// codeForm is how a booth is numbered, as the register has it.
var codeForm = regexp.MustCompile(`^([A-Z]{1,2})([0-9]{2,3})$`)

// SplitCode parts the number of a booth into its zone and its number there.
func SplitCode(code string) (zone string, n int, ok bool) {
	m := codeForm.FindStringSubmatch(code)
	if m == nil {
		return "", 0, false
	}
	n, err := strconv.Atoi(m[2])
	return m[1], n, err == nil && n > 0
}

// Clone returns a plan that can be changed by itself.
func (l Layout) Clone() Layout {
	l.Edge, l.Objects = slices.Clone(l.Edge), slices.Clone(l.Objects)
	return l
}

// Find returns where an object stands in the plan, -1 if it does not.
func (l Layout) Find(id string) int {
	return slices.IndexFunc(l.Objects, func(o Object) bool { return o.ID == id })
}

// Count returns how many objects of a kind there are.
func (l Layout) Count(kind Kind) (n int) {
	for _, o := range l.Objects {
		if o.Kind == kind {
			n++
		}
	}
	return n
}

// Booths are the booths of the plan.
func (l Layout) Booths() (booths []Object) {
	for _, o := range l.Objects {
		if o.Kind == Booth {
			booths = append(booths, o)
		}
	}
	return booths
}

// FreeCode is the first number of a zone after n that no booth has; "" where there is none.
func (l Layout) FreeCode(zone string, n int) string {
	taken := make(map[string]bool, len(l.Objects))
	for _, o := range l.Objects {
		taken[o.Code] = true
	}
	for n++; n <= 999; n++ {
		if code := Code(zone, n); !taken[code] {
			return code
		}
	}
	return ""
}

// Zones are the zones of the numbers of booths, in their order.
func (l Layout) Zones() (zones []string) {
	for _, o := range l.Booths() {
		if zone, _, ok := SplitCode(o.Code); ok && !slices.Contains(zones, zone) {
			zones = append(zones, zone)
		}
	}
	slices.Sort(zones)
	return zones
}

// NextCode is the number after that of the last booth that has one.
func (l Layout) NextCode() string {
	zone, last := "A", 0
	for _, o := range l.Booths() {
		if z, n, ok := SplitCode(o.Code); ok {
			zone, last = z, n
		}
	}
	return l.FreeCode(zone, last)
}

// Code is the number of a booth of a zone.
func Code(zone string, n int) string {
	digits := strconv.Itoa(n)
	if n < 10 {
		digits = "0" + digits
	}
	return zone + digits
}

// Middle is the middle of an object, twice as far from the corner as it is, so that it is whole.
func (o Object) middle2() (x, y int) { return 2*o.X + o.W, 2*o.Y + o.H }
