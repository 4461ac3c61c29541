package app

import (
	"errors"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// input reads what a person filled in and gathers what is wrong at its fields,
// so that a form shows all faults at once.
type input struct {
	today  string
	faults registry.Faults // begins with what the form could not read, if it says so
}

// line cleans a text of one line, with so many letters at most.
func (in *input) line(field, s string, most int) string {
	s, ok := vn.CleanLine(s)
	in.faults.Check(ok, field, "error.bad_text")
	in.faults.Check(len([]rune(s)) <= most, field, "error.too_long", most)
	return s
}

// text cleans a text of several lines, with so many letters at most.
func (in *input) text(field, s string, most int) string {
	s, ok := vn.CleanText(s)
	in.faults.Check(ok, field, "error.bad_text")
	in.faults.Check(len([]rune(s)) <= most, field, "error.too_long", most)
	return s
}

// needed is line for a field that must be filled in.
func (in *input) needed(field, s string, most int) string {
	s = in.line(field, s, most)
	in.faults.Check(s != "", field, "error.required")
	return s
}

// date reads a date as people type it; "" stays "".
func (in *input) date(field, s string) string {
	if s == "" {
		return ""
	}
	date, err := readDate(field, s, in.today)
	in.note(field, err)
	return date
}

// readDate reads the date of a field, without a year on the side of today where the
// days of the field lie.
func readDate(field, s, today string) (string, error) {
	if registry.IsPastDate(field) {
		return vn.ParsePastDate(s, today)
	}
	return vn.ParseDate(s, today)
}

// clock reads a time of day into minutes from midnight; "" is none.
func (in *input) clock(field, s string, none int) int {
	if s == "" {
		return none
	}
	minutes, err := vn.ParseClock(s)
	in.note(field, err)
	return minutes
}

// phone reads a phone number; "" stays "".
func (in *input) phone(field, s string) string {
	if s == "" {
		return ""
	}
	phone, err := vn.ParsePhone(s)
	in.note(field, err)
	return phone
}

// between checks a count.
func (in *input) between(field string, n, least, most int) int {
	switch {
	case n < 0:
		in.faults.Add(field, "error.negative")
	case n < least || n > most:
		in.faults.Add(field, "event.fault.between", least, most)
	}
	return n
}

// note keeps a fault that a reader of vn found.
func (in *input) note(field string, err error) {
	if fault, ok := errors.AsType[vn.Fault](err); ok {
		in.faults.Add(field, fault.Error())
	}
}
