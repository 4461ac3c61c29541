package frame

import (
	"slices"

	"hoicho/internal/app/field"
	"hoicho/internal/i18n"
	"hoicho/internal/web/view"
)

// FieldOf draws a field of a subject as a form that holds in shows it; concept is
// the subject in the keys of texts. The words of choices are "<concept>.<field>." with
// the code, and their hints, where they have one, "<concept>.<field>_hint." with it.
func FieldOf[In, S any](b view.Base, concept string, f field.Field[In, S], in In) view.Field {
	key := concept + ".field." + f.Name
	d := view.Field{Name: f.Name, Label: b.T(key), Value: f.Typed(in), Required: f.Required && len(f.Codes) == 0}
	if i18n.Has(key + ".hint") {
		d.Hint = b.T(key + ".hint")
	}
	d.Type, d.InputMode, d.Rows = looks[f.Kind].kind, looks[f.Kind].keyboard, looks[f.Kind].rows
	switch f.Kind {
	case field.Choice, field.Pick:
		d.Value, d.Options = "", choices(b, concept+"."+f.Name, f.Codes, f.Typed(in))
		if f.Kind == field.Pick && !(f.Required && slices.Contains(f.Codes, f.Typed(in))) {
			d.Options = slices.Insert(d.Options, 0, view.Option{Label: untold(b, concept+"."+f.Name)})
		}
	case field.Date:
		d.Shape = b.T("form.date_shape")
	case field.Money, field.Count:
	default:
		d.Max = f.Max
	}
	return d
}

// choices are the codes of a field in words, with a hint where they have one.
func choices(b view.Base, key string, codes []string, chosen string) []view.Option {
	return view.WithHints(b, view.Options(b, key+".", codes, chosen), key+"_hint.")
}

// untold is what a list of choices begins with while none is picked.
func untold(b view.Base, key string) string {
	if i18n.Has(key + ".untold") {
		return b.T(key + ".untold")
	}
	return b.T("form.choose")
}

// look is how fields of a kind are drawn.
type look struct {
	kind, keyboard string
	rows           int
}

var looks = map[field.Kind]look{
	field.Line:   {kind: "text"},
	field.Text:   {kind: "textarea", rows: 5},
	field.Lines:  {kind: "textarea", rows: 3},
	field.Tick:   {kind: "checkbox"},
	field.Choice: {kind: "radios"},
	field.Pick:   {kind: "select"},
	field.Area:   {kind: "area"},
	field.Phone:  {kind: "tel", keyboard: "tel"},
	field.Email:  {kind: "email"},
	field.Tax:    {kind: "text"},
	field.GTIN:   {kind: "text", keyboard: "numeric"},
	field.Money:  {kind: "money"},
	field.Count:  {kind: "number"},
	field.Date:   {kind: "date"},
	field.Clock:  {kind: "text", keyboard: "numeric"},
	field.Point:  {kind: "text"},
	field.File:   {kind: "file"},
}
