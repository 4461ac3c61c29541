package web_test

import (
	"maps"
	"slices"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// fair is an event with an organiser, a vendor and others, opened in a browser
// without JavaScript.
type fair struct {
	*testkit.Kit
	t       *testing.T
	base    string
	event   registry.Event
	office  *testkit.Client
	vendor  registry.Vendor
	product registry.Product
	own     *testkit.Client
	token   string // of the vendor's owner
	desk    string // token of the organiser
}

func newFair(t *testing.T, options ...testkit.EventOption) *fair {
	t.Helper()
	k := testkit.NewApp(t)
	f := &fair{Kit: k, t: t, base: k.Serve()}
	f.event = k.Event(options...)
	_, f.desk = k.Officer(registry.Organiser, "19")
	f.office = f.as(f.desk)
	f.vendor, _, f.token = k.OwnVendor(named("HTX Tài Hoan"))
	f.own = f.as(f.token)
	f.product = k.Product(f.vendor, func(p *registry.Product) { p.Name = "Miến dong Tài Hoan" })
	k.Papers(f.vendor, f.product)
	return f
}

func named(name string) testkit.VendorOption {
	return testkit.WithVendor(func(v *registry.Vendor) { v.Name = name })
}

// as is a browser of whoever holds a session.
func (f *fair) as(token string) *testkit.Client {
	c := testkit.NewClient(f.t, f.base)
	c.SignInAs(token)
	return c
}

// applied stores an application of the fair's vendor.
func (f *fair) applied(state registry.ApplicationState, options ...func(*registry.Application)) registry.Application {
	f.t.Helper()
	options = append([]func(*registry.Application){testkit.Standing(state), testkit.Bringing(f.product)}, options...)
	return f.Application(f.event, f.vendor.ID, options...)
}

// rival stores another vendor with its papers and an application.
func (f *fair) rival(name string, state registry.ApplicationState, options ...func(*registry.Application)) registry.Application {
	f.t.Helper()
	a := f.bare(name, state, options...)
	f.Papers(registry.Vendor{ID: a.Vendor}, registry.Product{ID: a.Products[0]})
	return a
}

// bare stores another vendor without papers and an application.
func (f *fair) bare(name string, state registry.ApplicationState, options ...func(*registry.Application)) registry.Application {
	f.t.Helper()
	v := f.Vendor(named(name))
	p := f.Product(v, func(p *registry.Product) { p.Name = "Hàng của " + name })
	options = append([]func(*registry.Application){testkit.Standing(state), testkit.Bringing(p)}, options...)
	return f.Application(f.event, v.ID, options...)
}

// read returns an application as it is stored.
func (f *fair) read(id registry.ApplicationID) (a registry.Application) {
	f.t.Helper()
	f.Read(func(tx *store.Tx) (err error) {
		a, err = tx.Application(f.t.Context(), id)
		return err
	})
	return a
}

// door is the address of an application behind its vendor's door.
func door(a registry.Application) string {
	return "/gian-hang/" + string(a.Vendor) + "/don/" + string(a.ID)
}

// selfPick lets approved vendors pick their booths.
func selfPick(e *registry.Event) { e.SelfPick = true }

// answers fails the test unless an answer has a status.
func answers(t *testing.T, a testkit.Answer, status int) testkit.Answer {
	t.Helper()
	if a.Status != status {
		t.Fatalf("status %d, want %d: %.300s", a.Status, status, testkit.Page(t, a.Body).Find("main").Text())
	}
	return a
}

// pressed is a form sent by one of its buttons.
func pressed(t *testing.T, form testkit.Form, name, value string) testkit.Form {
	t.Helper()
	if !slices.Contains(form.Buttons[name], value) {
		t.Fatalf("the form to %s has no button %s=%s, it has %v", form.Action, name, value, form.Buttons)
	}
	form.Fields = maps.Clone(form.Fields)
	form.Fields[name] = []string{value}
	return form
}
