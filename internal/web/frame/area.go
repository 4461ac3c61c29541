package frame

import (
	"errors"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// PickedArea reads an area field: the reference that the script put beside the
// text, if it still says the same, else the unit of a date whose name the text
// is, so that the field works without JavaScript. Nothing typed is no unit. A text
// that fits none or several is Invalid; whoever calls puts it at the field.
func (s *Server) PickedArea(text, ref, on string) (registry.AreaRef, *registry.Error) {
	if text == "" {
		return registry.AreaRef{}, nil
	}
	if a, err := s.App.Areas.Find(ref); err == nil && vn.Fold(s.App.Areas.LongName(a, on)) == vn.Fold(text) {
		return a.Ref, nil
	}
	return s.App.UnitNamed(text, on, nil)
}

// ReadArea reads the field of a unit that is called as on a day, which was typed beside it:
// *ref becomes the unit, "" for none. What is wrong with it comes back, for AtArea.
func (s *Server) ReadArea(text string, ref *string, day string) *registry.Error {
	found, fault := s.PickedArea(text, *ref, s.PastDayTyped(day))
	if *ref = ""; !found.IsZero() {
		*ref = found.String()
	}
	return fault
}

// PastDayTyped is a day that was typed, of the past if it has no year; today for what is
// none.
func (s *Server) PastDayTyped(typed string) string {
	if day, err := vn.ParsePastDate(typed, s.App.Today()); err == nil {
		return day
	}
	return s.App.Today()
}

// AtArea says of a unit what is wrong with it as it was typed, in the place of what the use
// case says, which was given none.
func AtArea(err error, place *registry.Error) error {
	faults, ok := errors.AsType[registry.Faults](err)
	if !ok || place == nil {
		return err
	}
	said := *place
	said.Field = "area"
	return append(registry.Faults{&said}, faults...)
}

// AreaText is a stored unit as its field writes it, by its name of a day.
func (s *Server) AreaText(ref, day string) string {
	if unit, err := s.App.Areas.Find(ref); err == nil {
		return s.App.Areas.LongName(unit, day)
	}
	return ""
}

// UnitName is a unit as it was called on a day.
func (s *Server) UnitName(ref registry.AreaRef, day string) string {
	if unit, ok := s.App.Areas.At(ref, day); ok {
		return unit.FullName()
	}
	return s.AreaName(ref)
}

// AreaName is the name of a unit today with what it lies in, as an area field and
// people read it; "" for no unit.
func (s *Server) AreaName(ref registry.AreaRef) string {
	a, ok := s.App.Areas.Lookup(ref)
	if !ok {
		return ""
	}
	return s.App.Areas.LongName(a, s.App.Today())
}
