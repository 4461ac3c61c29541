package core

import (
	"slices"
	"strings"

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

// areaChoices is how many units are named when a text fits several.
const areaChoices = 4

// UnitNamed is the unit of a date whose name a text is, with its kind and what it lies in or
// without. A text that fits none or several is Invalid. home puts units first of which one
// is meant where several have the name; nil is none.
func (a *Core) UnitNamed(text, on string, home func(registry.Area) bool) (registry.AreaRef, *registry.Error) {
	found := a.Areas.Search(text, on, 10*areaChoices)
	if len(found) == 0 {
		return registry.AreaRef{}, registry.E(registry.Invalid, "error.area_unknown")
	}
	exact := a.named(found, text, on)
	if len(exact) > 1 && home != nil {
		if near := slices.DeleteFunc(slices.Clone(exact), func(u registry.Area) bool { return !home(u) }); len(near) == 1 {
			exact = near
		}
	}
	switch {
	case len(exact) == 1:
		return exact[0].Ref, nil
	case len(found) == 1:
		return found[0].Ref, nil
	}
	return registry.AreaRef{}, registry.E(registry.Invalid, "error.area_several", a.areaNames(found, on))
}

// provinceWords are what people write before the name of a province.
var provinceWords = []string{"", "tinh ", "t ", "thanh pho ", "tp "}

// named keeps the units whose name, alone, with its kind or with what it lies in,
// is the text.
func (a *Core) named(found []registry.Area, text, on string) (exact []registry.Area) {
	text = vn.Fold(text)
	for _, u := range found {
		names := []string{u.Name, a.Areas.FullName(u, on)}
		for _, word := range provinceWords {
			names = append(names, u.Name+" "+word+a.Areas.ParentName(u, on), a.Areas.FullName(u, on)+" "+word+a.Areas.ParentName(u, on))
		}
		if slices.ContainsFunc(names, func(name string) bool { return vn.Fold(name) == text }) {
			exact = append(exact, u)
		}
	}
	return exact
}

// areaNames lists units for a message.
func (a *Core) areaNames(found []registry.Area, on string) string {
	var names []string
	for _, u := range found[:min(len(found), areaChoices)] {
		names = append(names, a.Areas.LongName(u, on))
	}
	return strings.Join(names, "; ")
}
