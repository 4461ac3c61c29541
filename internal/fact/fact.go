// Package fact is what the audit log says of a change: typed values of named
// fields, written where the change is made and read by pages that guess nothing.
//
// It knows no database, no texts and no rules.
package fact

import (
	"slices"
	"strconv"
	"strings"
)

// Facts is what a line of the audit log says of what was done, in the order in
// which it is read.
type Facts []Fact

// Fact is the value of one field, or its values before and after. The functions
// below make facts: they write a value in the form that its kind has in the log.
type Fact struct {
	Field  string   // "reason"; "vendor.phone" is the field of a form
	Kind   Kind     // how the values are read
	Before []string // what After replaced; nil if the fact is no change
	After  []string // none, one, or the members of a list
}

// Said is a text as it was typed, or a name.
func Said(field, text string) Fact { return of(field, Text, text) }

// Changed says that a field changed whose value is personal or long.
func Changed(field string) Fact { return Fact{Field: field, Kind: Unquoted} }

// Hidden is a value that Differences compares but the log does not keep.
func Hidden(field, value string) Fact { return of(field, hidden, value) }

// Date is a day, YYYY-MM-DD.
func Date(field, day string) Fact { return of(field, Day, day) }

// Days is a range of days, both included.
func Days(field, first, last string) Fact {
	if first == "" || last == "" {
		return Fact{Field: field, Kind: Span}
	}
	return of(field, Span, first+"/"+last)
}

// Instant is a moment in unix ms; 0 is none.
func Instant(field string, ms int64) Fact { return of(field, UnixMS, unlessZero(ms)) }

// Count is how many there are; none of them is a value too.
func Count[N integer](field string, n N) Fact {
	return of(field, Quantity, strconv.FormatInt(int64(n), 10))
}

// Some is how many there are; 0 says nothing.
func Some[N integer](field string, n N) Fact { return of(field, Quantity, unlessZero(int64(n))) }

// Number is what a thing is called by, such as a gate; 0 is none.
func Number[N integer](field string, n N) Fact { return of(field, Numeral, unlessZero(int64(n))) }

// Numbers are what several things are called by.
func Numbers[N integer](field string, numbers []N) Fact {
	f := Fact{Field: field, Kind: Numeral}
	for _, n := range numbers {
		f.After = append(f.After, strconv.FormatInt(int64(n), 10))
	}
	return f
}

// Amount is money in đồng; 0 is none.
func Amount(field string, dong int64) Fact { return of(field, Dong, unlessZero(dong)) }

// Yes is whether something holds.
func Yes(field string, holds bool) Fact {
	if holds {
		return of(field, Tick, "yes")
	}
	return of(field, Tick, "no")
}

// Place is a unit; an area that is zero is none.
func Place(field string, area interface {
	IsZero() bool
	String() string
}) Fact {
	if area.IsZero() {
		return Fact{Field: field, Kind: Unit}
	}
	return of(field, Unit, area.String())
}

// Ref is the id of a thing, which is read as the name that the thing has now; object
// is its word in registry.AuditEntry.Object.
func Ref[T ~string](field, object string, id T) Fact { return of(field, Kind(refPrefix+object), id) }

// Handle is a mark that tells things apart which have no name; people are not shown it.
func Handle[T ~string](field string, mark T) Fact { return of(field, Opaque, mark) }

// Between is a value of kind Period, from one instant to another in unix ms.
func Between(from, until int64) string {
	return strconv.FormatInt(from, 10) + "/" + strconv.FormatInt(until, 10)
}

// Passed is a value of kind Passage: a pass that went through a gate at an instant
// in unix ms.
func Passed[T ~string](code string, direction T, at int64) string {
	return code + " " + string(direction) + " " + strconv.FormatInt(at, 10)
}

// Code is one of the words of a kind such as EventState, or several of them.
func Code[T ~string](field string, kind Kind, codes ...T) Fact { return of(field, kind, codes...) }

// List is values of one kind, each in the form of the kind.
func List[T ~string](field string, kind Kind, values ...T) Fact { return of(field, kind, values...) }

// Moved is the step from one code to another.
func Moved[T ~string](field string, kind Kind, before, after T) Fact {
	if before == after {
		return Code(field, kind, after)
	}
	return Difference(Code(field, kind, before), Code(field, kind, after))
}

// Difference is the change from one fact of a field to another of it. One that was
// hidden says only that the field changed, and so does one that reads as before.
func Difference(before, after Fact) Fact {
	if after.Kind == hidden || slices.Equal(before.After, after.After) {
		return Changed(after.Field)
	}
	after.Before = append([]string{}, before.After...)
	return after
}

// Differences returns the changes between facts of the same fields in the same
// order.
func Differences(before, after Facts) (changed Facts) {
	for i := range after {
		if !slices.Equal(before[i].After, after[i].After) {
			changed = append(changed, Difference(before[i], after[i]))
		}
	}
	return changed
}

type integer interface {
	~int | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32
}

func unlessZero(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// of leaves out empty values.
func of[T ~string](field string, kind Kind, values ...T) Fact {
	f := Fact{Field: field, Kind: kind}
	for _, v := range values {
		if v != "" {
			f.After = append(f.After, string(v))
		}
	}
	return f
}

// LabelKey is the key of the text that names the field: "audit.field.reason", or that
// of the form for the field of one: "vendor.field.phone".
func (f Fact) LabelKey() string {
	if concept, name, ok := strings.Cut(f.Field, "."); ok {
		return concept + ".field." + name
	}
	return "audit.field." + f.Field
}
