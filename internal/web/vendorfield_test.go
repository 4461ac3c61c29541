package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/field"
	"hoicho/internal/app/vendors"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// typedFields are what a person fills in who types a form at some fields.
func typedFields[In, S any](in In, fields field.List[In, S]) map[string]string {
	typed := map[string]string{}
	for _, f := range fields {
		typed[f.Name] = f.Typed(in)
		if f.Kind == field.Area {
			typed[f.Name] = "xa ba be thai nguyen"
		}
	}
	return typed
}

// wantVendor compares a stored vendor with the form that was sent.
func wantVendor(t *testing.T, v registry.Vendor, in vendors.VendorInput) {
	t.Helper()
	got := vendors.InputOf(v)
	for _, f := range vendors.Fields {
		if f.Typed(got) != f.Typed(in) {
			t.Errorf("%s was sent as %q, and stored as %q", f.Name, f.Typed(in), f.Typed(got))
		}
	}
}

// fieldSaid is a field of testkit.VendorForm(2) as pages say it; "" if they say it
// in another way.
func fieldSaid(f vendors.Field) string {
	switch typed := f.Typed(testkit.VendorForm(2)); f.Kind {
	case field.Tick:
		return ""
	case field.Choice:
		return i18n.T(i18n.Vietnamese, "vendor.kind."+typed)
	case field.Area:
		return "xã Ba Bể"
	default:
		return typed
	}
}

func TestEveryFieldOfAVendorGoesThroughItsPages(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	elsewhere := registry.AreaRef{Edition: registry.Edition2025, Code: "02155"}
	v, owner, token := k.OwnVendor(testkit.WithVendor(func(v *registry.Vendor) { v.Area = elsewhere }))
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	path := "/gian-hang/" + string(v.ID) + "/ho-so"
	wantRedirect(t, send(c, wantStatus(t, c.Get(path), 200), path, typedFields(testkit.VendorForm(2), vendors.Fields)), path)
	v, err := k.App.Vendors.OwnVendor(t.Context(), owner, v.ID)
	if err != nil {
		t.Fatal(err)
	}
	wantVendor(t, v, testkit.VendorForm(2))
	wantRedirect(t, send(c, c.Get(path), path, nil), path) // as it is shown
	v, _ = k.App.Vendors.OwnVendor(t.Context(), owner, v.ID)
	wantVendor(t, v, testkit.VendorForm(2))

	reader := auditReader(t, k)
	public := testkit.In(t, wantStatus(t, c.Get("/doanh-nghiep/"+v.Slug), 200).Body, "main").Text()
	office := testkit.In(t, wantStatus(t, reader.Get("/quan-ly/co-so/"+string(v.ID)), 200).Body, "main").Text()
	for _, f := range vendors.Fields {
		said := fieldSaid(f)
		if f.Public != strings.Contains(public, said) && said != "" {
			t.Errorf("%s: the public page has %q: %t", f.Name, said, !f.Public)
		}
		if !strings.Contains(office, said) {
			t.Errorf("%s: the file in the office lacks %q", f.Name, said)
		}
	}
	wantLabels(t, reader, "vendor", vendors.Fields)
}

// wantLabels looks for the label of every field of a subject in the audit log, in
// both languages.
func wantLabels[In, S any](t *testing.T, reader *testkit.Client, concept string, fields field.List[In, S]) {
	t.Helper()
	for _, lang := range i18n.Languages {
		log := wordsOf(t, withLanguage(t, reader, lang), "loai="+concept)
		for _, f := range fields {
			if label := auditLabel(lang, concept, f.Name); label == "" || !strings.Contains(log, label+" ") {
				t.Errorf("%s: the difference in %s lacks the label %q", f.Name, lang, label)
			}
		}
	}
}

// auditLabel is how the audit log names a field: as it does in general, else as the
// form does.
func auditLabel(lang, concept, name string) string {
	return i18n.Texts(lang, concept+".field.")[concept+".field."+name]
}

func TestFirstFieldsOfAVendorAreAskedForInARegistration(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, token := k.VendorAccount()
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	page := wantStatus(t, c.Get("/gian-hang/moi"), 200)
	first := vendors.Fields.On(vendors.FirstFields)
	wantStatus(t, send(c, page, "/gian-hang/moi", typedFields(testkit.VendorForm(2), first)), 303)
	actor = k.ActorOf(actor.Account)
	v, err := k.App.Vendors.OwnVendor(t.Context(), actor, actor.Members[0].Vendor)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range first {
		if got := f.Typed(vendors.InputOf(v)); got != f.Typed(testkit.VendorForm(2)) {
			t.Errorf("%s is stored as %q", f.Name, got)
		}
	}
}
