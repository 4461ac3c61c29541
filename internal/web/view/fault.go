package view

import (
	"errors"
	"slices"

	"hoicho/internal/registry"
)

// FieldFault is one line of the summary above a form.
type FieldFault struct {
	Heading string
	Name    string // where it leads, the element f-<Name>; empty for the form as a whole
	Text    string
}

// FaultTexts turns the faults of an error into texts by field, for the page that
// shows the form again; "" holds what concerns the form as a whole. ok is false
// when the error is none that a form can show.
func FaultTexts(b Base, err error) (texts map[string]string, ok bool) {
	var faults registry.Faults
	if e, is := errors.AsType[*registry.Error](err); is {
		faults = registry.Faults{e}
	} else if f, is := errors.AsType[registry.Faults](err); is {
		faults = f
	}
	texts = map[string]string{}
	for _, f := range faults {
		if f.Kind != registry.Invalid && f.Kind != registry.Conflict && f.Kind != registry.Limited && (f.Kind != registry.Unavailable || f.Field == "") {
			return nil, false
		}
		if _, twice := texts[f.Field]; !twice {
			texts[f.Field] = b.T(f.Key, b.said(f.Args)...)
		}
	}
	return texts, len(texts) > 0
}

// said writes the papers that a fault cites as people read them.
func (b Base) said(args []any) []any {
	said := slices.Clone(args)
	for i, arg := range said {
		if c, ok := arg.(registry.Citation); ok {
			said[i] = b.Cited(c)
		}
	}
	return said
}

// First returns the error that is shown: the first fault of several. Anything
// that may not be shown becomes the plain apology.
func First(err error) *registry.Error {
	if e, ok := errors.AsType[*registry.Error](err); ok {
		return e
	}
	if f, ok := errors.AsType[registry.Faults](err); ok && len(f) > 0 {
		return f[0]
	}
	return registry.E(registry.Internal, "error.internal")
}
