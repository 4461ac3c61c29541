package core

import (
	"slices"

	"hoicho/internal/registry"
)

// AreaFor carries a unit over to the edition of a date: the unit itself, or the
// one that it became or came from; the zero AreaRef where there are several.
func (a *Core) AreaFor(ref registry.AreaRef, date string) registry.AreaRef {
	edition := registry.EditionOn(date)
	if ref.Edition == edition {
		return ref
	}
	related := a.Areas.Successors(ref)
	if edition == registry.Edition2025Before {
		related = a.Areas.Predecessors(ref)
	}
	related = slices.DeleteFunc(related, func(s registry.Succession) bool {
		_, ok := a.Areas.At(s.Ref, date)
		return !ok
	})
	if len(related) != 1 {
		return registry.AreaRef{}
	}
	return related[0].Ref
}
