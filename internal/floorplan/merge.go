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
// object that both changed is as chosen, and a Conflict where nothing is. Until then it is as
// theirs.
func Merge(base, theirs, mine Layout, chosen map[string]Choice) (Layout, []Conflict) {
	merged := theirs.Clone()
	var open []Conflict
	if g := mine.bare(); !same(base.bare(), g) && !same(theirs.bare(), g) {
		switch {
		case same(base.bare(), theirs.bare()) || chosen[Ground] == KeepMine:
			merged.W, merged.H, merged.Lane, merged.Edge = g.W, g.H, g.Lane, slices.Clone(g.Edge)
		case chosen[Ground] != KeepTheirs:
			open = append(open, Conflict{ID: Ground})
		}
	}
	was, now, want := base.byID(), theirs.byID(), mine.byID()
	for _, id := range ids(base, mine) {
		b, t, m := was[id], now[id], want[id]
		switch {
		case equal(b, m) || equal(t, m):
		case equal(b, t) || chosen[id] == KeepMine:
			merged = merged.put(id, m)
		case chosen[id] != KeepTheirs:
			open = append(open, Conflict{id, t, m})
		}
	}
	return merged, open
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
