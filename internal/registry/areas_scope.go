package registry

import (
	"maps"
	"slices"
)

// Scope is today's codes of an area: itself and the province it lies in. For a
// unit of an old edition it is those of all that became of it. Rights are
// checked against it, and events are found under it.
type Scope []string

// Scope returns the scope of a unit: communes first, then provinces, each by
// code; empty if there is no such unit. An old district stands for the
// communes that its communes went to, an old province for the province that
// took it in.
func (x *Areas) Scope(ref AreaRef) Scope {
	codes, provinces := map[string]bool{}, map[string]bool{}
	for _, today := range x.today(ref) {
		province, ok := x.Province(today)
		if !ok {
			continue
		}
		provinces[province.Ref.Code] = true
		if today.IsCommune() {
			codes[today.Code] = true
		}
	}
	scope := Scope(slices.Sorted(maps.Keys(codes)))
	return append(scope, slices.Sorted(maps.Keys(provinces))...)
}

// today returns the units of Edition2025 that ref is or has become.
func (x *Areas) today(ref AreaRef) []AreaRef {
	if ref.Edition == Edition2025 {
		return []AreaRef{ref}
	}
	var refs []AreaRef
	for _, s := range x.Successors(ref) {
		refs = append(refs, s.Ref)
	}
	return refs
}

// Successors returns what became of a unit of Edition2025Before, by code; none
// for other units. The successors of a district are those of its communes, as
// its own list says only for the five island districts that had none.
func (x *Areas) Successors(ref AreaRef) []Succession {
	if listed := x.successors[ref]; listed != nil || !ref.IsDistrict() {
		return slices.Clone(listed)
	}
	whole := map[AreaRef]bool{}
	for _, commune := range x.Children(ref) {
		for _, s := range x.successors[commune.Ref] {
			whole[s.Ref] = true
		}
	}
	all := make([]Succession, 0, len(whole))
	for next := range whole {
		all = append(all, Succession{Ref: next, Whole: len(whole) == 1})
	}
	slices.SortFunc(all, bySuccessor)
	return all
}

// Predecessors returns the units of Edition2025Before that went into a unit of
// Edition2025, by code: provinces for a province, communes and island districts
// for a commune.
func (x *Areas) Predecessors(ref AreaRef) []Succession { return slices.Clone(x.predecessors[ref]) }
