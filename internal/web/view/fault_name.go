package view

import (
	"reflect"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// partNamer is a page with parts of its form that are no Field: tables and lines.
// It names them for the summary of faults, by the names of the faults.
type partNamer interface{ PartNames() map[string]string }

// longLabel is from where on a label is a sentence that would only hide the fault.
const longLabel = 80

// NameFaults puts the label of its field before each fault of a page's summary:
// "Hãy điền ô này." says nothing when it stands there five times. Dates and amounts
// of the form are shown as they were read on a day, as the script does it, so that
// nobody sends "5/2" again without seeing its year.
func NameFaults(page any, today string) {
	v := reflect.Indirect(reflect.ValueOf(page))
	if v.Kind() != reflect.Struct || !v.FieldByName("Faults").IsValid() {
		return
	}
	faults, _ := v.FieldByName("Faults").Interface().([]FieldFault)
	if len(faults) == 0 {
		return
	}
	labels := map[string]string{}
	eachField(v, func(field reflect.Value) {
		nameField(field, labels)
		showRead(field, today)
	})
	if p, ok := page.(partNamer); ok {
		for name, label := range p.PartNames() {
			labels[name] = label
		}
	}
	for i, f := range faults {
		if label := labels[f.Name]; f.Name != "" && label != "" && len([]rune(label)) <= longLabel {
			faults[i].Text = afterLabel(label) + f.Text
		}
	}
}

// eachField finds the fields of a page, wherever they stand in it.
func eachField(v reflect.Value, do func(field reflect.Value)) {
	switch {
	case v.Type() == reflect.TypeFor[Field]():
		do(v)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			eachField(v.Field(i), do)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			eachField(v.Index(i), do)
		}
	}
}

// nameField notes the label of a field. That of a tick box is a sentence, not a name.
func nameField(field reflect.Value, labels map[string]string) {
	name, kind := field.FieldByName("Name").String(), field.FieldByName("Type").String()
	if _, twice := labels[name]; !twice && kind != "checkbox" {
		labels[name] = field.FieldByName("Label").String()
	}
}

// showRead writes a date or an amount as it was read; what is not understood stays as
// it was typed.
func showRead(field reflect.Value, today string) {
	value := field.FieldByName("Value")
	if !value.CanSet() || value.String() == "" {
		return
	}
	switch field.FieldByName("Type").String() {
	case "date":
		parse := vn.ParseDate
		if registry.IsPastDate(field.FieldByName("Name").String()) {
			parse = vn.ParsePastDate
		}
		if date, err := parse(value.String(), today); err == nil {
			value.SetString(vn.ShowDate(date))
		}
	case "money":
		if dong, err := vn.ParseDong(value.String()); err == nil {
			value.SetString(vn.Count(dong))
		}
	}
}

// afterLabel ends a label so that its fault can follow; a question keeps its mark.
func afterLabel(label string) string {
	label = strings.TrimRight(label, ": ")
	if strings.HasSuffix(label, "?") || strings.HasSuffix(label, ".") {
		return label + " "
	}
	return label + ": "
}
