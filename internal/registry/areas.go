package registry

import (
	"io/fs"
	"slices"
	"sync"
)

// Areas is the index of all administrative units of both editions and of what
// became of the old ones. It is immutable: any number of goroutines may ask it.
type Areas struct {
	fold      func(string) string
	kindWords []kindWord
	units     []unit // by edition, level and alphabet
	at        map[AreaRef]int
	editions  map[AreaEdition][2]int // first of units, and the one after the last
	changes   map[AreaRef][]Area     // the versions of units that changed, oldest first

	successors   map[AreaRef][]Succession
	predecessors map[AreaRef][]Succession

	tables   fs.FS    // outlines are large and read when a map is drawn
	outlines sync.Map // AreaRef of a province to its []Outline
}

// unit is an area with what the index knows of it: its folded name and the
// places of its parent (-1 for none) and children in units.
type unit struct {
	Area
	key      string
	parent   int
	children []int
}

// Succession ties a unit to one that came after or before it. Whole means that
// the old unit went there entirely; otherwise it was split.
type Succession struct {
	Ref   AreaRef
	Whole bool
}

// Tables are the files of the units, of which large ones are read where they are needed.
func (x *Areas) Tables() fs.FS { return x.tables }

// Lookup returns a unit in its latest version; false if there is none.
func (x *Areas) Lookup(ref AreaRef) (Area, bool) {
	i, ok := x.at[ref]
	if !ok {
		return Area{}, false
	}
	return x.units[i].Area, true
}

// Find reads the text form of a reference, as a form sends it, and returns the
// unit. It returns Invalid if there is no such unit.
func (x *Areas) Find(text string) (Area, error) {
	ref, err := ParseAreaRef(text)
	if err != nil {
		return Area{}, err
	}
	a, ok := x.Lookup(ref)
	if !ok {
		return Area{}, E(Invalid, "error.area_unknown")
	}
	return a, nil
}

// At returns a unit as it was on a date; false if there is no such unit or it
// was not in force then.
func (x *Areas) At(ref AreaRef, date string) (Area, bool) {
	a, ok := x.Lookup(ref)
	if !ok {
		return Area{}, false
	}
	a = x.version(a, date)
	return a, a.within(date)
}

// version returns the version of a in force on a date, or the nearest one.
func (x *Areas) version(a Area, date string) Area {
	for i, v := range x.changes[a.Ref] {
		if i == 0 || v.ValidFrom <= date {
			a = v
		}
	}
	return a
}

// FullName returns the name of a with its kind on a date: "xã Ba Bể". For dates
// on which a was not in force it is the nearest name it had.
func (x *Areas) FullName(a Area, date string) string { return x.version(a, date).FullName() }

// ParentName returns what a lies in on a date: "Thái Nguyên" for a commune of
// today, "huyện Ba Bể, Bắc Kạn" for an old one, "" for a province.
func (x *Areas) ParentName(a Area, date string) string {
	parent, ok := x.Lookup(a.Parent)
	switch {
	case !ok:
		return ""
	case parent.Ref.IsProvince():
		return x.version(parent, date).Name
	}
	return x.FullName(parent, date) + ", " + x.ParentName(parent, date)
}

// LongName returns FullName and ParentName: "xã Ba Bể, Thái Nguyên".
func (x *Areas) LongName(a Area, date string) string {
	if parent := x.ParentName(a, date); parent != "" {
		return x.FullName(a, date) + ", " + parent
	}
	return x.FullName(a, date)
}

// Provinces returns the provinces of the edition of a date, by alphabet.
func (x *Areas) Provinces(date string) []Area {
	var found []Area
	span := x.editions[EditionOn(date)]
	for i := span[0]; i < span[1] && x.units[i].Ref.IsProvince(); i++ {
		found = append(found, x.version(x.units[i].Area, date))
	}
	return found
}

// Children returns the units directly below ref in their latest version, by
// alphabet and number; none for communes.
func (x *Areas) Children(ref AreaRef) []Area {
	i, ok := x.at[ref]
	if !ok {
		return nil
	}
	found := make([]Area, len(x.units[i].children))
	for n, child := range x.units[i].children {
		found[n] = x.units[child].Area
	}
	return found
}

// Communes returns the communes below a province or district, or ref itself if
// it is one, by alphabet and number.
func (x *Areas) Communes(ref AreaRef) []Area {
	var found []int
	if i, ok := x.at[ref]; ok {
		found = x.communes(i, nil)
	}
	slices.Sort(found)
	areas := make([]Area, len(found))
	for n, i := range found {
		areas[n] = x.units[i].Area
	}
	return areas
}

func (x *Areas) communes(i int, found []int) []int {
	if x.units[i].Ref.IsCommune() {
		return append(found, i)
	}
	for _, child := range x.units[i].children {
		found = x.communes(child, found)
	}
	return found
}

// Province returns the province in which ref lies, in the same edition; ref
// itself if it is one. It is false if there is no such unit.
func (x *Areas) Province(ref AreaRef) (Area, bool) {
	i, ok := x.at[ref]
	if !ok {
		return Area{}, false
	}
	return x.units[x.top(i)].Area, true
}

// top is the place of the province in which the unit of a place lies.
func (x *Areas) top(i int) int {
	for x.units[i].parent >= 0 {
		i = x.units[i].parent
	}
	return i
}
