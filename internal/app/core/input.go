package core

import (
	"errors"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Input reads what a person filled in and gathers what is wrong at its fields,
// so that a form shows all faults at once.
type Input struct {
	Today  string
	Faults registry.Faults // begins with what the form could not read, if it says so
}

// Line cleans a text of one line, with so many letters at most.
func (in *Input) Line(field, s string, most int) string {
	s, ok := vn.CleanLine(s)
	in.Faults.Check(ok, field, "error.bad_text")
	in.Faults.Check(len([]rune(s)) <= most, field, "error.too_long", most)
	return s
}

// Text cleans a text of several lines, with so many letters at most.
func (in *Input) Text(field, s string, most int) string {
	s, ok := vn.CleanText(s)
	in.Faults.Check(ok, field, "error.bad_text")
	in.Faults.Check(len([]rune(s)) <= most, field, "error.too_long", most)
	return s
}

// Lines reads a list, one a line of so many letters at most, each once and without empty
// lines.
func (in *Input) Lines(field, s string, most int) (lines []string) {
	for line := range strings.SplitSeq(s, "\n") {
		if line = in.Line(field, line, most); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// Needed is line for a field that must be filled in.
func (in *Input) Needed(field, s string, most int) string {
	s = in.Line(field, s, most)
	in.Faults.Check(s != "", field, "error.required")
	return s
}

// Date reads a date as people type it; "" stays "".
func (in *Input) Date(field, s string) string {
	if s == "" {
		return ""
	}
	date, err := ReadDate(field, s, in.Today)
	in.Note(field, err)
	return date
}

// ReadDate reads the date of a field, without a year on the side of today where the
// days of the field lie.
func ReadDate(field, s, today string) (string, error) {
	if registry.IsPastDate(field) {
		return vn.ParsePastDate(s, today)
	}
	return vn.ParseDate(s, today)
}

// Clock reads a time of day into minutes from midnight; "" is none.
func (in *Input) Clock(field, s string, none int) int {
	if s == "" {
		return none
	}
	minutes, err := vn.ParseClock(s)
	in.Note(field, err)
	return minutes
}

// Phone reads a phone number; "" stays "".
func (in *Input) Phone(field, s string) string {
	if s == "" {
		return ""
	}
	phone, err := vn.ParsePhone(s)
	in.Note(field, err)
	return phone
}

// Email reads an e-mail address; "" stays "".
func (in *Input) Email(field, s string) string {
	if s == "" {
		return ""
	}
	email, fault := ParseEmail(s)
	in.Faults.Check(fault == nil, field, "error.vendor.email")
	return email
}

// GTIN reads the number under a bar code; "" stays "".
func (in *Input) GTIN(field, s string) string {
	if s == "" {
		return ""
	}
	gtin, err := vn.ParseGTIN(s)
	in.Note(field, err)
	return gtin
}

// Money reads an amount of so many đồng at most; "" is 0.
func (in *Input) Money(field, s string, most int64) int64 {
	if s == "" {
		return 0
	}
	dong, err := vn.ParseDong(s)
	in.Note(field, err)
	in.Faults.Check(dong <= most, field, "error.number_too_big")
	return dong
}

// Count reads a whole number; "" is 0.
func (in *Input) Count(field, s string) int {
	if s == "" {
		return 0
	}
	if strings.HasPrefix(s, "-") {
		in.Faults.Add(field, "error.negative")
		return 0
	}
	n, err := vn.ParseCount(s)
	in.Note(field, err)
	return int(n)
}

// Between checks a count.
func (in *Input) Between(field string, n, least, most int) int {
	switch {
	case n < 0:
		in.Faults.Add(field, "error.negative")
	case n < least || n > most:
		in.Faults.Add(field, "event.fault.between", least, most)
	}
	return n
}

// Note keeps a fault that a reader of vn found.
func (in *Input) Note(field string, err error) {
	if fault, ok := errors.AsType[vn.Fault](err); ok {
		in.Faults.Add(field, fault.Error())
	}
}
