package vendors_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/field"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// notTyped are what a vendor holds that its form does not.
var notTyped = strings.Fields("ID Slug State StateReason Logo CreatedBy CreatedAt UpdatedAt Version")

func TestFieldsOfAVendorAreThoseOfItsForm(t *testing.T) {
	for _, fault := range append(testkit.FieldNames(vendors.Fields), testkit.FieldWords("vendor", vendors.Fields)...) {
		t.Error(fault)
	}
	for _, f := range vendors.Fields {
		if f.Section != vendors.FirstFields && (f.Section != vendors.LaterFields || f.Required) {
			t.Errorf("%s is asked for on no page of the registration: %q", f.Name, f.Section)
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
		if !strings.Contains(lines[0].Detail, `["vendor.`+f.Name+`",`) {
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

func TestOfficerWithoutTheRightSeesTheAllowedFieldsAlone(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "")
	viewer, _ := k.Officer(registry.Viewer, "")
	made, err := k.App.Vendors.RegisterVendor(t.Context(), organiser, testkit.VendorForm(1))
	if err != nil {
		t.Fatal(err)
	}
	see := func(t *testing.T, actor registry.Actor) registry.Vendor {
		f, err := k.App.Vendors.OfficeVendor(t.Context(), actor, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		return f.Vendor
	}
	whole := see(t, organiser)
	t.Run("with the right every field is seen", func(t *testing.T) {
		wantFields(t, whole, testkit.VendorForm(1))
	})
	seen := see(t, viewer)
	for _, f := range vendors.Fields {
		t.Run(f.Name, func(t *testing.T) {
			want := f.Typed(vendors.InputOf(whole))
			switch {
			case !f.Public:
				want = ""
			case f.Kind == field.Phone:
				want = "*******" + want[len(want)-3:]
			}
			if got := f.Typed(vendors.InputOf(seen)); got != want {
				t.Errorf("an officer without the right sees %q, want %q", got, want)
			}
		})
	}
	t.Run("what the office keeps of it is seen", func(t *testing.T) {
		for name, value := range reflect.ValueOf(whole).Fields() {
			got := reflect.ValueOf(seen).FieldByIndex(name.Index)
			if slices.Contains(notTyped, name.Name) && !got.Equal(value) {
				t.Errorf("%s is %v, want %v", name.Name, got, value)
			}
		}
	})
}

func TestWhatIsNotQuotedOfAVendorNeverStandsInTheAuditLog(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, _ := k.VendorAccount()
	made, err := k.App.Vendors.CreateVendor(t.Context(), actor, testkit.VendorForm(1))
	if err != nil {
		t.Fatal(err)
	}
	actor = k.ActorOf(actor.Account)
	testkit.Works(t, k.App.Vendors.EditVendor(t.Context(), actor, made.ID, made.Version, testkit.VendorForm(2)))
	lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Object: "vendor", ID: string(made.ID)})
	if err != nil || len(lines) != 2 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for n, form := range map[int]vendors.VendorInput{0: testkit.VendorForm(2), 1: testkit.VendorForm(1)} {
		v := registry.Vendor{}
		var r core.Input
		vendors.Fields.Read(&r, form, &v)
		stored := reflect.ValueOf(v)
		for _, f := range vendors.Fields {
			values := []string{f.Typed(form)}
			if f.Kind == field.Phone {
				values = append(values, stored.FieldByName("Phone").String())
			}
			for _, value := range values {
				if !f.Quoted && strings.Contains(lines[n].Detail, value) {
					t.Errorf("line %d quotes %s: %s", n, f.Name, lines[n].Detail)
				}
			}
		}
	}
}
