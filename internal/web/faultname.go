package web

import (
	"reflect"
	"strconv"
	"strings"
)

// partNamer is a page with parts of its form that are no Field: tables and lines.
// It names them for the summary of faults, by the names of the faults.
type partNamer interface{ partNames() map[string]string }

// longLabel is from where on a label is a sentence that would only hide the fault.
const longLabel = 80

// nameFaults puts the label of its field before each fault of a page's summary:
// "Hãy điền ô này." says nothing when it stands there five times.
func nameFaults(page any) {
	v := reflect.Indirect(reflect.ValueOf(page))
	if v.Kind() != reflect.Struct || !v.FieldByName("Faults").IsValid() {
		return
	}
	faults, _ := v.FieldByName("Faults").Interface().([]FieldFault)
	if len(faults) == 0 {
		return
	}
	labels := map[string]string{}
	findLabels(v, labels)
	if p, ok := page.(partNamer); ok {
		for name, label := range p.partNames() {
			labels[name] = label
		}
	}
	for i, f := range faults {
		if label := labels[f.Name]; f.Name != "" && label != "" && len([]rune(label)) <= longLabel {
			faults[i].Text = afterLabel(label) + f.Text
		}
	}
}

// findLabels gathers the labels of the fields of a page, wherever they stand in it.
// The label of a tick box is a sentence, not a name.
func findLabels(v reflect.Value, labels map[string]string) {
	switch {
	case v.Type() == reflect.TypeFor[Field]():
		name, kind := v.FieldByName("Name").String(), v.FieldByName("Type").String()
		if _, twice := labels[name]; !twice && kind != "checkbox" {
			labels[name] = v.FieldByName("Label").String()
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			findLabels(v.Field(i), labels)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			findLabels(v.Index(i), labels)
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

func (p eventFormPage) partNames() map[string]string {
	return map[string]string{"days": p.T("event.field.days"), "quotas": p.T("event.field.quotas")}
}

func (p gateRulesPage) partNames() map[string]string {
	return map[string]string{"load_windows": p.T("gate.rules.load")}
}

func (p settingsPage) partNames() map[string]string {
	return map[string]string{p.Filing.Name: p.Filing.Legend, p.Contacts.Name: p.Contacts.Legend}
}

func (p salesPage) partNames() map[string]string {
	names := map[string]string{"best": p.T("sales.best")}
	for _, line := range p.Lines {
		names["amount-"+line.Day] = line.Label
	}
	return names
}

func (p tallyPage) partNames() map[string]string {
	names := map[string]string{}
	for _, line := range p.Lines {
		hour := strconv.Itoa(line.Hour)
		names["adults-"+hour], names["children-"+hour] = line.Label+", "+p.T("tally.adults"), line.Label+", "+p.T("tally.children")
	}
	return names
}
