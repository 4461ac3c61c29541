package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/field"
	"hoicho/internal/app/vendors"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// wantProductForm compares a stored product with the form that was sent.
func wantProductForm(t *testing.T, k *testkit.Kit, actor registry.Actor, ref vendors.ProductRef, in vendors.ProductInput) registry.Product {
	t.Helper()
	_, p, err := k.App.Vendors.OwnProduct(t.Context(), actor, ref)
	if err != nil {
		t.Fatal(err)
	}
	got := vendors.ProductInputOf(p)
	for _, f := range vendors.ProductFields {
		if f.Typed(got) != f.Typed(in) {
			t.Errorf("%s was sent as %q, and stored as %q", f.Name, f.Typed(in), f.Typed(got))
		}
	}
	return p
}

// productSaid is a field of a form as the public page says it; "" if that says it in
// another way.
func productSaid(f vendors.ProductField, in vendors.ProductInput) string {
	switch f.Kind {
	case field.Tick, field.Choice:
		return ""
	case field.Pick:
		return i18n.T(i18n.Vietnamese, "product."+f.Name+"."+f.Typed(in))
	case field.Money:
		n, _ := vn.ParseDong(f.Typed(in))
		return vn.Count(n)
	}
	return f.Typed(in)
}

func TestEveryFieldOfAProductGoesThroughItsPages(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, token := k.OwnVendor()
	made, err := k.App.Vendors.CreateProduct(t.Context(), owner, v.ID, testkit.ProductForm(1))
	if err != nil {
		t.Fatal(err)
	}
	ref := vendors.ProductRef{Vendor: v.ID, Product: made.ID}
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	path := "/gian-hang/" + string(v.ID) + "/san-pham/" + string(made.ID)
	in := testkit.ProductForm(2)
	wantRedirect(t, send(c, wantStatus(t, c.Get(path), 200), path, typedFields(in, vendors.ProductFields)), path)
	wantProductForm(t, k, owner, ref, in)
	wantRedirect(t, send(c, c.Get(path), path, nil), path) // as it is shown
	wantProductForm(t, k, owner, ref, in)
	wantLabels(t, auditReader(t, k), "product", vendors.ProductFields)

	in.Hidden = false
	wantRedirect(t, send(c, c.Get(path), path, typedFields(in, vendors.ProductFields)), path)
	p := wantProductForm(t, k, owner, ref, in)
	public := testkit.In(t, wantStatus(t, c.Get("/san-pham/"+p.Slug), 200).Body, "main").Text()
	for _, f := range vendors.ProductFields {
		if said := productSaid(f, in); said != "" && f.Public != strings.Contains(public, said) {
			t.Errorf("%s: the public page has %q: %t", f.Name, said, !f.Public)
		}
	}
}

func TestEveryFieldOfAProductIsAskedForInANewOne(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, token := k.OwnVendor()
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	path := "/gian-hang/" + string(v.ID) + "/san-pham/moi"
	made := send(c, wantStatus(t, c.Get(path), 200), path, typedFields(testkit.ProductForm(2), vendors.ProductFields))
	id, _, _ := strings.Cut(strings.TrimPrefix(made.Header.Get("Location"), "/gian-hang/"+string(v.ID)+"/san-pham/"), "#")
	wantProductForm(t, k, owner, vendors.ProductRef{Vendor: v.ID, Product: registry.ProductID(id)}, testkit.ProductForm(2))
}
