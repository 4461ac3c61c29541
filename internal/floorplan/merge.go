package floorplan

import (
	"maps"
	"slices"
)

// Conflict is an object that two people changed, each in another way. Ground is that of the
// ground itself.
type Conflict struct {
	ID     string
	Theirs *Object // as it is kept now; nil: deleted
	Mine   *Object // as it is to be; nil: deleted
	Chosen Choice  // "" = nothing yet
}

// Open counts those for which nothing is chosen.
func Open(all []Conflict) (n int) {
	for _, c := range all {
		if c.Chosen == "" {
			n++
		}
	}
	return n
}

// Ground is the id of a Conflict about the ground.
const Ground = "ground"

// Choice says whose change of an object is kept.
type Choice string

// The choices.
const (
	KeepTheirs Choice = "theirs"
	KeepMine   Choice = "mine"
)

// Merge joins two plans that were made from one. Changes of different objects are kept both; an
// object that both changed is a Conflict, and as chosen; until something is, it is as theirs.
func Merge(base, theirs, mine Layout, chosen map[string]Choice) (Layout, []Conflict) {
	merged := theirs.Clone()
	var both []Conflict
	ask := func(c Conflict) bool {
		if kept := chosen[c.ID]; kept == KeepTheirs || kept == KeepMine {
			c.Chosen = kept
		}
		both = append(both, c)
		return c.Chosen == KeepMine
	}
	if g := mine.bare(); !same(base.bare(), g) && !same(theirs.bare(), g) {
		if same(base.bare(), theirs.bare()) || ask(Conflict{ID: Ground}) {
			merged.W, merged.H, merged.Lane, merged.Edge = g.W, g.H, g.Lane, slices.Clone(g.Edge)
		}
	}
	was, now, want := base.byID(), theirs.byID(), mine.byID()
	for _, id := range ids(base, mine) {
		b, t, m := was[id], now[id], want[id]
		switch {
		case equal(b, m) || equal(t, m):
		case equal(b, t) || ask(Conflict{ID: id, Theirs: t, Mine: m}):
			merged = merged.put(id, m)
		}
	}
	return merged, both
}

// bare is a plan without what stands on it.
func (l Layout) bare() Layout {
	l.Objects = nil
	return l
}

func same(a, b Layout) bool {
	return a.W == b.W && a.H == b.H && a.Lane == b.Lane && slices.Equal(a.Edge, b.Edge)
}

// Equal reports whether two plans are the same.
func Equal(a, b Layout) bool { return same(a, b) && slices.Equal(a.Objects, b.Objects) }

func equal(a, b *Object) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func (l Layout) byID() map[string]*Object {
	m := make(map[string]*Object, len(l.Objects))
	for i := range l.Objects {
		m[l.Objects[i].ID] = &l.Objects[i]
	}
	return m
}

// ids are those of both plans in the order of the drawing.
func ids(plans ...Layout) (all []string) {
	seen := map[string]bool{}
	for _, l := range plans {
		for _, o := range l.Objects {
			if !seen[o.ID] {
				all = append(all, o.ID)
			}
			seen[o.ID] = true
		}
	}
	return all
}

// put sets an object, or takes it out.
func (l Layout) put(id string, o *Object) Layout {
	i := l.Find(id)
	switch {
	case o == nil && i >= 0:
		l.Objects = slices.Delete(l.Objects, i, i+1)
	case o == nil:
	case i >= 0:
		l.Objects[i] = *o
	default:
		l.Objects = append(l.Objects, *o)
	}
	return l
}

// Differences counts what is new, gone and changed in a plan against another; the ground
// counts as one.
func Differences(from, to Layout) (added, gone, changed int) {
	was, now := from.byID(), to.byID()
	for id := range maps.Keys(was) {
		switch o := now[id]; {
		case o == nil:
			gone++
		case *o != *was[id]:
			changed++
		}
	}
	for id := range maps.Keys(now) {
		if was[id] == nil {
			added++
		}
	}
	if !same(from, to) {
		changed++
	}
	return added, gone, changed
}
