package testkit

import (
	"cmp"
	"fmt"
	"reflect"
	"strconv"

	"hoicho/internal/app/events"
	"hoicho/internal/app/field"
	"hoicho/internal/app/vendors"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// VendorForm is the form of a vendor with a value of its own in every field; forms
// of another n differ in all of them.
func VendorForm(n int) vendors.VendorInput { return FilledForm(vendors.Fields, n) }

// ProductForm is the form of a product with a value of its own in every field; forms
// of another n differ in all of them.
func ProductForm(n int) vendors.ProductInput { return FilledForm(vendors.ProductFields, n) }

// EventForm is the form of an event with a value of its own in every field; forms of
// another n differ in all of them. Its days begin n weeks after today.
func EventForm(today string, n int) events.EventInput {
	in := FilledForm(events.Fields, n)
	day := func(days int) string { return vn.ShowDate(vn.AddDays(today, 7*n+days)) }
	in.FirstDay, in.LastDay, in.OpensAt, in.ClosesAt = day(5), day(7+n), fmt.Sprintf("%02d:00", 6+n), fmt.Sprintf("%02d:30", 17+n)
	in.Days = []events.DayInput{{Day: day(5)}, {Day: day(6), Note: fmt.Sprintf("ngày hội %d", n)}, {Day: day(7), OpensAt: "06:00", ClosesAt: "12:00"}}
	for i := range n {
		in.Days = append(in.Days, events.DayInput{Day: day(8 + i)})
	}
	in.Place = fmt.Sprintf("22.%d, 105.6", n)
	in.LegalIssuedOn, in.LegalFiledOn = vn.ShowDate(vn.AddDays(today, -60-n)), vn.ShowDate(vn.AddDays(today, -90-n))
	in.ApplyFrom, in.ApplyUntil = day(0), day(3)
	in.Quotas = []events.QuotaInput{{Group: string(registry.FoodGroup), Max: strconv.Itoa(4 + n)}}
	in.Items = []events.ItemInput{{Day: day(5), StartsAt: "08:00", EndsAt: "09:30", Title: fmt.Sprintf("Khai mạc %d", n), Place: "Sân khấu"}}
	return in
}

// FilledForm fills each field of a form as its kind is typed. Forms of n 1 and 2
// differ in every field.
func FilledForm[In, S any](fields field.List[In, S], n int) (in In) {
	all := reflect.ValueOf(&in).Elem()
	for i, f := range fields {
		for j := range all.NumField() {
			if to := all.Field(j); fieldTag(all.Type().Field(j)) != f.Name {
				continue
			} else if to.Kind() == reflect.Bool {
				to.SetBool(n%2 == 0)
			} else if to.Kind() == reflect.String {
				to.SetString(typedSample(f, n, i))
			}
		}
	}
	return in
}

// fieldTag is what a table of fields calls a member of a form: one that is typed, a
// table of rows, or a file. "" is none of its fields.
func fieldTag(member reflect.StructField) string {
	return cmp.Or(member.Tag.Get("form"), member.Tag.Get("rows"), member.Tag.Get("file"))
}

// typedSample is text for the field at a place of its table.
func typedSample[In, S any](f field.Field[In, S], n, place int) string {
	switch f.Kind {
	case field.Choice, field.Pick:
		return f.Codes[n%len(f.Codes)]
	case field.Area:
		return []string{BaBe.String(), "2025:02155"}[n%2]
	case field.Phone:
		return fmt.Sprintf("0912 %03d %03d", n, place)
	case field.Email:
		return fmt.Sprintf("%s%d@vi-du.vn", f.Name, n)
	case field.Tax:
		return []string{"0100047516", "4799999013"}[n%2]
	case field.GTIN:
		return []string{"8930000000019", "8930000000026"}[n%2]
	case field.Money:
		return vn.Count(int64(1000*n + place))
	case field.Count:
		return strconv.Itoa(n + min(f.Max/2, place))
	}
	return fmt.Sprintf("đây là %s %d", f.Name, n)
}

// FieldNames holds the names of a table of fields against the tags of its form.
func FieldNames[In, S any](fields field.List[In, S]) (faults []string) {
	form := reflect.TypeFor[In]()
	tags := map[string]bool{}
	for i := range form.NumField() {
		if tag := fieldTag(form.Field(i)); tag != "" {
			tags[tag] = true
		}
	}
	for _, f := range fields {
		if !tags[f.Name] {
			faults = append(faults, fmt.Sprintf("%s is a row of the table, but no field of %s has that form tag", f.Name, form))
		}
		delete(tags, f.Name)
	}
	for tag := range tags {
		faults = append(faults, fmt.Sprintf("%s has a field with the form tag %q, but the table has no such row, or has it twice", form, tag))
	}
	return faults
}

// FieldWords lists what a table of fields lacks for its form: limits, and labels and
// words of the choices in both languages. Concept is the subject in the keys.
func FieldWords[In, S any](concept string, fields field.List[In, S]) (faults []string) {
	for _, f := range fields {
		if f.Max == 0 && (f.Kind == field.Line || f.Kind == field.Text || f.Kind == field.Lines || f.Kind == field.Money || f.Kind == field.Count) {
			faults = append(faults, f.Name+" has no limit")
		}
		for _, lang := range i18n.Languages {
			keys := []string{concept + ".field." + f.Name}
			for _, code := range f.Codes {
				keys = append(keys, concept+"."+f.Name+"."+code)
			}
			for _, key := range keys {
				if i18n.Texts(lang, key)[key] == "" {
					faults = append(faults, lang+": "+key+" is missing")
				}
			}
		}
	}
	return faults
}
