package core

import (
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// UnitOn reads the unit of a form, which stands at its field "area", as it was on a day: one
// of another edition becomes what it was called then, where that is a single one. Without
// a day it is read once there is one.
func (a *Core) UnitOn(r *Input, text, day string) registry.AreaRef {
	found, err := a.Areas.Find(text)
	switch {
	case text == "":
		r.Faults.Add("area", "error.required")
	case err != nil:
		r.Faults.Add("area", "error.area_unknown")
	case day != "":
		ref := a.AreaFor(found.Ref, day)
		_, there := a.Areas.At(ref, day)
		r.Faults.Check(there, "area", "register.error.area_day", vn.ShowDate(day))
		return ref
	}
	return registry.AreaRef{}
}

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
