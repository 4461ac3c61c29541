package view

import (
	"strconv"
)

// Field is a form field as the partial "field" draws it.
type Field struct {
	Name         string
	Label        string
	Hint         string
	Value        string
	Error        string
	Type         string // text, email, tel, password, number, money, date, textarea, select, radios, checkboxes, checkbox, file, area
	InputMode    string
	Autocomplete string
	Required     bool
	Options      []Option
	Rows         int
	Max          int
	Accept       string
	Photo        bool   // of a file: shrink it in the browser first
	Many         bool   // of a file: several may be chosen
	Shape        string // of a date: how it is written, shown while it is empty
	Show         string // of a password: label of the button that shows it
	Ref          string // of an area: the reference picked, sent as <name>_ref
	Tight        bool   // of radios: side by side, where the words are short
	On           string // of an area: name of the date field that decides the edition
}

// Option is a choice of a select, of radios or of checkboxes.
type Option struct {
	Value    string
	Label    string
	Hint     string
	Selected bool
}

// Options turns codes into the choices of a field; prefix and code are the key
// of a label.
func Options[T ~string](b Base, prefix string, codes []T, chosen string) []Option {
	out := make([]Option, len(codes))
	for i, code := range codes {
		out[i] = Option{Value: string(code), Label: b.T(prefix + string(code)), Selected: string(code) == chosen}
	}
	return out
}

// WithHints adds to each choice what it is for, where the catalogue says so.
func WithHints(b Base, choices []Option, prefix string) []Option {
	for i := range choices {
		if text := b.T(prefix + choices[i].Value); text != prefix+choices[i].Value {
			choices[i].Hint = text
		}
	}
	return choices
}

// Ticked is the value of a checkbox as the partial "field" takes it.
func Ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// PhotoField is a field for one photo, shrunk in the browser first.
func PhotoField(b Base, name, label string) Field {
	return Field{Name: name, Type: "file", Label: b.T(label), Hint: b.T("product.photo_hint"), Accept: "image/jpeg,image/png", Photo: true}
}

// TellLostFile says at the field of a file that was chosen that it has to be
// chosen again: a page that is shown again cannot hold it.
func TellLostFile(b Base, faults map[string]string, field string, chosen bool) {
	if chosen && faults[field] == "" {
		faults[field] = b.T("form.file_again")
	}
}

// Number is a whole number that a person types: what it says, and what was typed
// for the page that shows the form again.
type Number struct {
	N     int
	Typed string
}

// NumberOf fills a field with a number.
func NumberOf(n int) Number { return Number{n, strconv.Itoa(n)} }

// NumberIfAny fills a field with a number, and leaves it empty for zero.
func NumberIfAny(n int) Number {
	if n == 0 {
		return Number{}
	}
	return NumberOf(n)
}
