package vendors_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// What a product holds that its form does not, and what of it the public is given.
var (
	productNotTyped = strings.Fields("ID Vendor Slug Evidence EvidenceBy EvidenceAt EvidenceUntil EvidenceNote Photos Ratings CreatedAt UpdatedAt Version")
	productShown    = strings.Fields("ID Vendor Slug Evidence EvidenceAt EvidenceUntil EvidenceNote Photos Ratings UpdatedAt")
)

func TestFieldsOfAProductAreThoseOfItsForm(t *testing.T) {
	for _, fault := range append(testkit.FieldNames(vendors.ProductFields), testkit.FieldWords("product", vendors.ProductFields)...) {
		t.Error(fault)
	}
}

// wantProduct compares what is stored with what was typed in, field by field.
func wantProduct(t *testing.T, p registry.Product, in vendors.ProductInput) {
	t.Helper()
	got := vendors.ProductInputOf(p)
	for _, f := range vendors.ProductFields {
		if f.Typed(got) != f.Typed(in) {
			t.Errorf("%s was %q, and comes back as %q", f.Name, f.Typed(in), f.Typed(got))
		}
	}
}

func TestEveryFieldOfAProductComesBackAndIsInTheAuditLog(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, actor, _ := k.OwnVendor()
	p, err := k.App.Vendors.CreateProduct(t.Context(), actor, v.ID, testkit.ProductForm(1))
	if err != nil {
		t.Fatal(err)
	}
	ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
	_, p, _ = k.App.Vendors.OwnProduct(t.Context(), actor, ref)
	wantProduct(t, p, testkit.ProductForm(1))
	testkit.Works(t, k.App.Vendors.EditProduct(t.Context(), actor, ref, p.Version, testkit.ProductForm(2)))
	_, p, _ = k.App.Vendors.OwnProduct(t.Context(), actor, ref)
	wantProduct(t, p, testkit.ProductForm(2))
	for field, value := range reflect.ValueOf(p).Fields() {
		if value.IsZero() && !slices.Contains(productNotTyped, field.Name) {
			t.Errorf("registry.Product.%s is filled by no row of vendors.ProductFields", field.Name)
		}
	}
	lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Object: "product", ID: string(p.ID)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range vendors.ProductFields {
		if !strings.Contains(lines[0].Detail, `["product.`+f.Name+`",`) {
			t.Errorf("the difference does not have %s: %s", f.Name, lines[0].Detail)
		}
	}
}

func TestPublicSeesTheAllowedFieldsOfAProductAlone(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, actor, _ := k.OwnVendor()
	in := testkit.ProductForm(2)
	in.Hidden = false
	made, err := k.App.Vendors.CreateProduct(t.Context(), actor, v.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	page, err := k.App.Vendors.ProductPage(t.Context(), made.Slug)
	if err != nil {
		t.Fatal(err)
	}
	shown := vendors.ProductInputOf(page.Product)
	for _, f := range vendors.ProductFields {
		if got := f.Typed(shown); f.Name != "hidden" && f.Public != (got != "") {
			t.Errorf("the public sees %q of %s, which is public: %t", got, f.Name, f.Public)
		}
	}
	for field, value := range reflect.ValueOf(page.Product).Fields() {
		if slices.Contains(productNotTyped, field.Name) && !value.IsZero() && !slices.Contains(productShown, field.Name) {
			t.Errorf("the public is given %s: %v", field.Name, value)
		}
	}
}
