package view

import (
	"maps"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Form is what a page knows of the form on it: what was wrong with what was sent, and
// which parts the form has. From the two it makes the summary of faults above the
// form. Pages with a form embed it. The zero Form is one without faults.
type Form struct {
	texts   map[string]string // what is wrong, by field; "" is about the form as a whole
	heading string
	today   string
	parts   []formPart
}

// formPart is a field, or a table or line that is none, with its label for the
// summary, "" for none, and where on the page it stands: the element f-<at>.
type formPart struct{ name, label, at string }

// longLabel is from where on a label is a sentence that would only hide the fault.
const longLabel = 80

// NewForm begins a form with the faults of what was sent, by field, and notes on the
// page that there are any.
func NewForm(b *Base, faults map[string]string) Form {
	b.HasError = len(faults) > 0
	return Form{texts: faults, heading: b.T("form.error_heading"), today: b.ReadOn}
}

// Take adds fields to the form in the order of the page, and gives each its fault. In a
// form with faults, dates and amounts are shown as they were read, as the script does
// it, so that nobody sends "5/2" again without seeing its year.
func (f *Form) Take(fields ...Field) []Field {
	for i := range fields {
		fields[i] = f.TakeOne(fields[i])
	}
	return fields
}

// TakeOne is Take for one field.
func (f *Form) TakeOne(field Field) Field {
	label := field.Label
	if field.Type == "checkbox" {
		label = "" // a sentence, not a name
	}
	field.Error = f.Part(field.Name, label)
	if len(f.texts) > 0 {
		field.Value = field.read(f.today)
	}
	return field
}

// Part adds a part of the form that is no Field, such as a table, and returns its fault.
func (f *Form) Part(name, label string) (fault string) { return f.PartAt(name, label, name) }

// Faulty reports whether a field of what was sent is at fault.
func (f Form) Faulty(name string) bool { return f.texts[name] != "" }

// PartAt is Part for a field that several forms of a page have: at tells the one that
// was sent from the others, so that the summary leads to it.
func (f *Form) PartAt(name, label, at string) (fault string) {
	f.parts = append(f.parts, formPart{name, label, at})
	return f.texts[name]
}

// Faults is the summary above the form: first what concerns the form as a whole, then
// the faults of its parts in their order, then those without a part. The label of its
// part stands before each: "Hãy điền ô này." says nothing when it stands there five
// times.
func (f Form) Faults() []FieldFault {
	var lines []FieldFault
	seen := map[string]bool{}
	for _, part := range append([]formPart{{}}, f.parts...) {
		if text, ok := f.texts[part.name]; ok && !seen[part.name] {
			seen[part.name] = true
			lines = append(lines, FieldFault{f.heading, part.at, afterLabel(part.label) + text})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.texts)) {
		if !seen[name] {
			lines = append(lines, FieldFault{f.heading, "", f.texts[name]})
		}
	}
	return lines
}

// afterLabel ends a label so that its fault can follow; a question keeps its mark.
func afterLabel(label string) string {
	if label == "" || len([]rune(label)) > longLabel {
		return ""
	}
	label = strings.TrimRight(label, ": ")
	if strings.HasSuffix(label, "?") || strings.HasSuffix(label, ".") {
		return label + " "
	}
	return label + ": "
}

// read is a date or an amount as it is read on a day; what is not understood, and what
// is neither, stays as it was typed.
func (f Field) read(today string) string {
	switch {
	case f.Value == "":
	case f.Type == "date":
		parse := vn.ParseDate
		if registry.IsPastDate(f.Name) {
			parse = vn.ParsePastDate
		}
		if date, err := parse(f.Value, today); err == nil {
			return vn.ShowDate(date)
		}
	case f.Type == "money":
		if dong, err := vn.ParseDong(f.Value); err == nil {
			return vn.Count(dong)
		}
	}
	return f.Value
}
