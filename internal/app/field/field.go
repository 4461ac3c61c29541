// Package field lets a room say each field of its subject once: where a form types
// it and where the subject holds it, how it is read, shown and recorded, and who
// sees it. Form, draft, checks, audit difference and public view follow from the
// table of a subject.
package field

import (
	"fmt"
	"reflect"
	"slices"

	"hoicho/internal/fact"
)

// Kind says how a field is typed in, checked and written out.
type Kind int

// The kinds of field.
const (
	Line   Kind = iota
	Text        // of several lines
	Lines       // a list, one a line
	Tick        // yes or no
	Choice      // one of a few Codes
	Pick        // one of many Codes, or none where it is not required
	Area        // an administrative unit
	Phone       //
	Email       //
	Tax         // a tax code; a personal number is masked
	GTIN        // the number under a bar code
	Money       // whole đồng; empty: not told
	Count       // a whole number; empty: 0
	Date        //
	Clock       // a time of day
	Point       // a point on the map
	Rows        // a table of its own
	File        // a file, chosen anew
)

// Section is a part of a form: a page of it, or what stands under one heading.
type Section string

// Field is one field of a subject S that is typed into In. Its label is the text
// "<concept>.field." with the name, and its hint, if it has one, the text of the
// label with ".hint".
type Field[In, S any] struct {
	Name     string // its form tag in In
	Kind     Kind
	Section  Section
	Max      int       // runes that are taken, or the greatest number; 0: the kind bounds them
	Codes    []string  // of a Choice or a Pick, in the order shown
	Texts    fact.Kind // of a Choice, a Pick or Rows that the audit log quotes
	Required bool
	Public   bool // the public may see it
	Quoted   bool // the audit log quotes it; it only names what is personal or long
	Zero     bool // of a Count: 0 is an answer, and shown

	// Apart means that the room reads and fills the field itself, because its rule
	// needs more than the text: other fields, or units and their dates. What At calls
	// stored is then only looked at; it is nil where another field holds it.
	Apart bool

	At   func(*In, *S) (typed, stored any) // where it stands, as pointers
	Said func(*S) []string                 // of Rows that the audit log quotes: a row each
}

// List is fields in the order in which they are shown.
type List[In, S any] []Field[In, S]

// Codes are the choices of a field.
func Codes[T ~string](values []T) []string {
	codes := make([]string, len(values))
	for i, v := range values {
		codes[i] = string(v)
	}
	return codes
}

// On returns the fields of one section.
func (l List[In, S]) On(section Section) List[In, S] {
	return slices.DeleteFunc(slices.Clone(l), func(f Field[In, S]) bool { return f.Section != section })
}

// Names returns the names of the fields.
func (l List[In, S]) Names() []string {
	names := make([]string, len(l))
	for i, f := range l {
		names[i] = f.Name
	}
	return names
}

// Merge puts what a form holds at these fields into a draft.
func (l List[In, S]) Merge(draft, in In) In {
	for _, f := range l {
		assign(f.typed(&draft), f.typed(&in))
	}
	return draft
}

// Overlaid is a form with the texts of some fields, by their names; a tick is "1" or empty.
func (l List[In, S]) Overlaid(in In, texts map[string]string) In {
	for _, f := range l {
		text, given := texts[f.Name]
		if !given {
			continue
		}
		switch typed := f.typed(&in).(type) {
		case *string:
			*typed = text
		case *bool:
			*typed = text == "1"
		}
	}
	return in
}

// Typed is what a form holds at the field; a tick is "1" or empty.
func (f Field[In, S]) Typed(in In) string {
	switch typed := f.typed(&in).(type) {
	case *string:
		return *typed
	case *bool:
		if *typed {
			return "1"
		}
		return ""
	default: // Rows
		return fmt.Sprint(reflect.ValueOf(typed).Elem().Interface())
	}
}

// typed is where the field stands in a form.
func (f Field[In, S]) typed(in *In) any {
	var none S
	typed, _ := f.At(in, &none)
	return typed
}

// stored is where the field stands in the subject.
func (f Field[In, S]) stored(s *S) any {
	var none In
	_, stored := f.At(&none, s)
	return stored
}

// value is what the subject holds at the field; nil if another field holds it.
func (f Field[In, S]) value(s *S) any {
	if stored := f.stored(s); stored != nil {
		return reflect.ValueOf(stored).Elem().Interface()
	}
	return nil
}

// Public copies the fields that the public may see from one subject to another.
func (l List[In, S]) Public(to, from *S) {
	for _, f := range l {
		if f.Public && f.stored(to) != nil {
			assign(f.stored(to), f.stored(from))
		}
	}
}

// Taken is a subject with all fields of another.
func (l List[In, S]) Taken(s, from S) S {
	for _, f := range l {
		if f.stored(&s) != nil {
			assign(f.stored(&s), f.stored(&from))
		}
	}
	return s
}

// assign sets what one pointer points at to what another of its type does.
func assign(to, from any) { reflect.ValueOf(to).Elem().Set(reflect.ValueOf(from).Elem()) }
