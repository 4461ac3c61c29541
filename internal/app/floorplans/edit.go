package floorplans

import (
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/floorplan"
	"hoicho/internal/vn"
)

// Edit is a change of a plan that is tried on the plan from which somebody began.
type Edit = func(floorplan.Layout) (floorplan.Layout, error)

// Typed is an object as it is typed: lengths in metres.
type Typed struct {
	Kind  floorplan.Kind
	Code  string
	Label string
	X     string
	Y     string
	W     string
	H     string
	Turn  string
}

// TypedOf writes an object as it is typed.
func TypedOf(o floorplan.Object) Typed {
	return Typed{Kind: o.Kind, Code: o.Code, Label: o.Label, X: vn.ShowMetres(o.X), Y: vn.ShowMetres(o.Y), W: vn.ShowMetres(o.W), H: vn.ShowMetres(o.H), Turn: strconv.Itoa(o.Turn)}
}

// reading collects what cannot be read.
type reading struct{ faults registry.Faults }

// metres reads a length into centimetres.
func (r *reading) metres(field, text string) int {
	cm, ok := vn.ParseMetres(text)
	if !ok {
		r.faults.Add(field, "floor_plan.error.metres")
	}
	return cm
}

// put reads the numbers of an object onto one that there is.
func (t Typed) put(o floorplan.Object, r *reading) floorplan.Object {
	o.X, o.Y = r.metres("x", t.X), r.metres("y", t.Y)
	o.W, o.H = r.metres("w", t.W), r.metres("h", t.H)
	turn, err := strconv.Atoi(strings.TrimSpace(t.Turn))
	if err != nil && t.Turn != "" {
		r.faults.Add("turn", fieldKeys["turn"])
	}
	o.Turn, o.Label, o.Code = turn, t.Label, strings.ToUpper(t.Code)
	if o.Kind == floorplan.Booth && o.Label != "" {
		r.faults.Add("label", "floor_plan.error.label_booth")
	}
	if o.Kind != floorplan.Booth && o.Code != "" {
		r.faults.Add("code", "floor_plan.error.code_booth")
	}
	return o
}

// Add puts a new object into the plan, and names it.
func Add(t Typed) (change Edit, id string) {
	id = store.NewID[string]()
	return func(l floorplan.Layout) (floorplan.Layout, error) {
		r := &reading{}
		o := t.put(floorplan.Object{ID: id, Kind: t.Kind}, r)
		if o.Kind == floorplan.Booth && o.Code == "" {
			o.Code = l.NextCode()
		}
		l = l.Clone()
		l.Objects = append(l.Objects, o)
		return l, r.faults.Err()
	}, id
}

// Set gives an object other numbers. It is a Conflict if the object is gone.
func Set(id string, t Typed) Edit {
	return onObject(id, func(l floorplan.Layout, i int) (floorplan.Layout, error) {
		r := &reading{}
		l.Objects[i] = t.put(l.Objects[i], r)
		return l, r.faults.Err()
	})
}

// Remove takes an object out of the plan.
func Remove(id string) Edit {
	return onObject(id, func(l floorplan.Layout, i int) (floorplan.Layout, error) {
		l.Objects = slices.Delete(l.Objects, i, i+1)
		return l, nil
	})
}

func onObject(id string, fn func(floorplan.Layout, int) (floorplan.Layout, error)) Edit {
	return func(l floorplan.Layout) (floorplan.Layout, error) {
		l = l.Clone()
		i := l.Find(id)
		if i < 0 {
			return l, registry.E(registry.Conflict, "error.stale")
		}
		return fn(l, i)
	}
}

// Row is a row of booths as it is typed.
type Row struct {
	Zone   string
	First  int
	Count  int
	Across bool // beside each other; else one below the other
	Typed       // of the first
}

// MaxRow is how many booths a row has at most.
const MaxRow = 100

// AddRow puts a row of booths into the plan, numbered one after the other.
func AddRow(row Row) Edit {
	return func(l floorplan.Layout) (floorplan.Layout, error) {
		r := &reading{}
		proto, zone := row.put(floorplan.Object{Kind: floorplan.Booth}, r), strings.ToUpper(row.Zone)
		if row.Count < 1 || row.Count > MaxRow {
			r.faults.Add("count", "floor_plan.error.count", MaxRow)
		}
		if _, _, ok := floorplan.SplitCode(floorplan.Code(zone, row.First)); !ok {
			r.faults.Add("zone", fieldKeys["code"])
		} else if _, _, ok := floorplan.SplitCode(floorplan.Code(zone, row.First+row.Count-1)); !ok {
			r.faults.Add("first", fieldKeys["code"])
		}
		for i := 0; i < row.Count && len(r.faults) == 0; i++ {
			if code := floorplan.Code(zone, row.First+i); taken(l, code) {
				r.faults.Add("first", "floor_plan.error.taken", code)
			}
		}
		if len(r.faults) > 0 {
			return l, r.faults
		}
		l = l.Clone()
		for i := range row.Count {
			o := proto
			o.ID, o.Code = store.NewID[string](), floorplan.Code(zone, row.First+i)
			if row.Across {
				o.X += i * o.W
			} else {
				o.Y += i * o.H
			}
			l.Objects = append(l.Objects, o)
		}
		return l, nil
	}
}

func taken(l floorplan.Layout, code string) bool {
	return slices.ContainsFunc(l.Objects, func(o floorplan.Object) bool { return o.Kind == floorplan.Booth && o.Code == code })
}

// Renumber numbers the booths of a zone anew.
func Renumber(s floorplan.Scheme) Edit {
	s.Zone, s.From = strings.ToUpper(s.Zone), strings.ToUpper(s.From)
	return func(l floorplan.Layout) (floorplan.Layout, error) {
		if _, _, ok := floorplan.SplitCode(floorplan.Code(s.Zone, s.First)); !ok {
			return l, registry.At("zone", fieldKeys["code"])
		}
		l, err := l.Renumber(s)
		if err != nil {
			return l, registry.At("first", fieldKeys["code"])
		}
		return l, nil
	}
}

// Shift moves all booths of a zone.
func Shift(zone, dx, dy string) Edit {
	return func(l floorplan.Layout) (floorplan.Layout, error) {
		r := &reading{}
		x, y := r.metres("x", dx), r.metres("y", dy)
		if len(r.faults) > 0 {
			return l, r.faults
		}
		l = l.Clone()
		for i, o := range l.Objects {
			if z, _, _ := floorplan.SplitCode(o.Code); o.Kind == floorplan.Booth && z == zone {
				l.Objects[i].X, l.Objects[i].Y = o.X+x, o.Y+y
			}
		}
		return l, nil
	}
}

// Bare is the ground of a plan as it is typed. Edge has a corner to a line, "x; y"; none = a rectangle.
type Bare struct{ W, H, Lane, Edge string }

// BareOf writes the ground of a plan as it is typed.
func BareOf(l floorplan.Layout) Bare {
	b := Bare{W: vn.ShowMetres(l.W), H: vn.ShowMetres(l.H), Lane: vn.ShowMetres(l.Lane)}
	for _, p := range l.Edge {
		b.Edge += vn.ShowMetres(p.X) + "; " + vn.ShowMetres(p.Y) + "\n"
	}
	return b
}

// Ground gives the plan another ground.
func Ground(b Bare) Edit {
	return func(l floorplan.Layout) (floorplan.Layout, error) {
		r := &reading{}
		l = l.Clone()
		l.W, l.H = r.metres("w", b.W), r.metres("h", b.H)
		l.Lane, l.Edge = r.metres("lane", b.Lane), nil
		for line := range strings.Lines(b.Edge) {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			left, right, _ := strings.Cut(line, ";")
			x, okX := vn.ParseMetres(left)
			y, okY := vn.ParseMetres(right)
			if !okX || !okY {
				r.faults.Add("edge", fieldKeys["edge"])
			}
			l.Edge = append(l.Edge, floorplan.Point{X: x, Y: y})
		}
		return l, r.faults.Err()
	}
}

// Mend goes the way out of a finding of a plan as somebody saw it. It is a Conflict if that is found no more.
func Mend(key string, seen Desk) Edit {
	return func(l floorplan.Layout) (floorplan.Layout, error) {
		d := Desk{Working: &kept.Plan{Layout: l}, Booths: seen.Booths, Vendors: seen.Vendors, named: seen.named}
		d.look(&seen)
		for _, f := range d.Findings {
			if f.Key() == key && !f.Way.None() {
				return l.Take(f, store.NewID[string]()), nil
			}
		}
		return l, registry.E(registry.Conflict, "error.stale")
	}
}

// Begin lays a plan from a template.
func Begin(t floorplan.Template, n int, given []floorplan.Given) (floorplan.Layout, error) {
	var faults registry.Faults
	if !slices.Contains(floorplan.Templates, t) {
		faults.Add("template", "error.choose")
	}
	if n < 0 || n > floorplan.MaxTemplate {
		faults.Add("count", "floor_plan.error.count", floorplan.MaxTemplate)
	}
	if len(faults) > 0 {
		return floorplan.Layout{}, faults
	}
	l := floorplan.New(t, given, n, store.NewID[string])
	if l.Valid() != nil {
		return l, registry.At("template", "floor_plan.error.no_room", max(n, len(given)))
	}
	return l, nil
}
