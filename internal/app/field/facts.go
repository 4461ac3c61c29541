package field

import (
	"fmt"
	"reflect"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// Quoted is what the audit log keeps of a subject that was made: the fields that it
// quotes. Labels are those of the form of the concept.
func (l List[In, S]) Quoted(concept string, s S) (facts fact.Facts) {
	for _, f := range l {
		if f.Quoted {
			facts = append(facts, f.fact(concept, &s))
		}
	}
	return facts
}

// Difference is what the audit log keeps of a change: the fields in which two
// subjects differ, with their values where it quotes them.
func (l List[In, S]) Difference(concept string, was, now S) (facts fact.Facts) {
	for _, f := range l {
		before, after := f.value(&was), f.value(&now)
		switch {
		case reflect.DeepEqual(before, after), none(before) && none(after):
		case f.Quoted:
			facts = append(facts, fact.Difference(f.fact(concept, &was), f.fact(concept, &now)))
		default:
			facts = append(facts, fact.Changed(concept+"."+f.Name))
		}
	}
	return facts
}

// none reports whether a value is a list without members.
func none(value any) bool {
	list := reflect.ValueOf(value)
	return list.Kind() == reflect.Slice && list.Len() == 0
}

// fact is the field of a subject as the audit log writes it.
func (f Field[In, S]) fact(concept string, s *S) fact.Fact {
	name := concept + "." + f.Name
	if f.Said != nil {
		return fact.List(name, f.Texts, f.Said(s)...)
	}
	switch v := f.value(s).(type) {
	case bool:
		return fact.Yes(name, v)
	case registry.AreaRef:
		return fact.Place(name, v)
	case registry.Point:
		return fact.Said(name, v.Coordinates())
	case int:
		return fact.Count(name, v)
	case int64:
		return f.number(name, v)
	case []string:
		return fact.List(name, fact.Text, v...)
	case fmt.Stringer:
		return fact.Said(name, v.String())
	default:
		return f.text(name, reflect.ValueOf(v).String())
	}
}

func (f Field[In, S]) number(name string, n int64) fact.Fact {
	if f.Kind == Money {
		return fact.Amount(name, n)
	}
	return fact.Instant(name, n)
}

func (f Field[In, S]) text(name, text string) fact.Fact {
	switch f.Kind {
	case Choice, Pick:
		return fact.Code(name, f.Texts, text)
	case Date:
		return fact.Date(name, text)
	}
	return fact.Said(name, text)
}
