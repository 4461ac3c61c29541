package testkit

import (
	"fmt"
	"reflect"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
)

// VendorForm is the form of a vendor with a value of its own in every field; forms
// of another n differ in all of them.
func VendorForm(n int) (in vendors.VendorInput) {
	all := reflect.ValueOf(&in).Elem()
	for i, f := range vendors.Fields {
		for j := range all.NumField() {
			if to := all.Field(j); all.Type().Field(j).Tag.Get("form") != f.Name {
				continue
			} else if to.Kind() == reflect.Bool {
				to.SetBool(n%2 == 0)
			} else {
				to.SetString(vendorSample(f, n, i))
			}
		}
	}
	return in
}

// vendorSample is text for the field at a place of the table.
func vendorSample(f vendors.Field, n, place int) string {
	switch f.Kind {
	case vendors.KindField:
		return string(registry.VendorKinds[n%len(registry.VendorKinds)])
	case vendors.AreaField:
		return []string{BaBe.String(), "2025:02155"}[n%2]
	case vendors.PhoneField:
		return fmt.Sprintf("0912 %03d %03d", n, place)
	case vendors.EmailField:
		return fmt.Sprintf("%s%d@vi-du.vn", f.Name, n)
	case vendors.TaxCodeField:
		return []string{"0100047516", "4799999013"}[n%2]
	}
	return fmt.Sprintf("đây là %s %d", f.Name, n)
}
