package vendors_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/vendors"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// notTyped are what a vendor holds that its form does not.
var notTyped = strings.Fields("ID Slug State StateReason Logo CreatedBy CreatedAt UpdatedAt Version")

func TestFieldsOfAVendorAreThoseOfItsForm(t *testing.T) {
	form := reflect.TypeFor[vendors.VendorInput]()
	var tags []string
	for i := range form.NumField() {
		f := form.Field(i)
		tags = append(tags, f.Tag.Get("form"))
		if !slices.Contains(vendors.Fields.Names(), f.Tag.Get("form")) {
			t.Errorf("VendorInput.%s, in the form %q, has no row in Fields", f.Name, f.Tag.Get("form"))
		}
	}
	for _, f := range vendors.Fields {
		if !slices.Contains(tags, f.Name) {
			t.Errorf("%s is in Fields, but no field of VendorInput has that form tag", f.Name)
		}
		if !slices.Contains(vendors.FieldSteps, f.Step) {
			t.Errorf("%s is asked for on no page of the registration: %q", f.Name, f.Step)
		}
		if (f.Kind == vendors.LineField || f.Kind == vendors.TextField) && f.Max == 0 {
			t.Errorf("%s has no limit", f.Name)
		}
	}
}

func TestEveryFieldOfAVendorHasItsLabel(t *testing.T) {
	for _, lang := range i18n.Languages {
		labels := i18n.Texts(lang, "vendor.field.")
		for _, f := range vendors.Fields {
			if labels["vendor.field."+f.Name] == "" {
				t.Errorf("%s: vendor.field.%s is missing", lang, f.Name)
			}
		}
	}
}

// wantFields compares what is stored with what was typed in, field by field.
func wantFields(t *testing.T, v registry.Vendor, in vendors.VendorInput) {
	t.Helper()
	got := vendors.InputOf(v)
	for _, f := range vendors.Fields {
		if f.Typed(got) != f.Typed(in) {
			t.Errorf("%s was %q, and comes back as %q", f.Name, f.Typed(in), f.Typed(got))
		}
	}
}

func TestEveryFieldOfAVendorComesBackAndIsInTheAuditLog(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, _ := k.VendorAccount()
	made, err := k.App.Vendors.CreateVendor(t.Context(), actor, testkit.VendorForm(1))
	if err != nil {
		t.Fatal(err)
	}
	actor = k.ActorOf(actor.Account)
	v, _ := k.App.Vendors.OwnVendor(t.Context(), actor, made.ID)
	wantFields(t, v, testkit.VendorForm(1))
	testkit.Works(t, k.App.Vendors.EditVendor(t.Context(), actor, v.ID, v.Version, testkit.VendorForm(2)))
	v, _ = k.App.Vendors.OwnVendor(t.Context(), actor, v.ID)
	wantFields(t, v, testkit.VendorForm(2))
	for field, value := range reflect.ValueOf(v).Fields() {
		if value.IsZero() && !slices.Contains(notTyped, field.Name) {
			t.Errorf("registry.Vendor.%s is filled by no row of vendors.Fields", field.Name)
		}
	}
	lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Object: "vendor", ID: string(v.ID)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range vendors.Fields {
		if !strings.Contains(lines[0].Detail, `"`+f.Name+`":`) {
			t.Errorf("the difference does not have %s: %s", f.Name, lines[0].Detail)
		}
	}
}

func TestPublicSeesTheAllowedFieldsAlone(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	officer, _ := k.Officer(registry.Organiser, "")
	made, err := k.App.Vendors.RegisterVendor(t.Context(), officer, testkit.VendorForm(2))
	if err != nil {
		t.Fatal(err)
	}
	page, err := k.App.Vendors.VendorPage(t.Context(), made.Slug)
	if err != nil {
		t.Fatal(err)
	}
	shown := vendors.InputOf(page.Vendor)
	for _, f := range vendors.Fields {
		if got := f.Typed(shown); f.Public != (got != "") {
			t.Errorf("the public sees %q of %s, which is public: %t", got, f.Name, f.Public)
		}
	}
	for field, value := range reflect.ValueOf(page.Vendor).Fields() {
		if slices.Contains(notTyped, field.Name) && !value.IsZero() && !slices.Contains([]string{"ID", "Slug", "State", "Logo"}, field.Name) {
			t.Errorf("the public is given %s: %v", field.Name, value)
		}
	}
}
