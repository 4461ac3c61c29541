package admission_test

import (
	"reflect"
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// anew is the whole list as a server tells it that keeps none ready yet.
func (m *market) anew(t *testing.T, p *testkit.Phone) gate.Passes {
	t.Helper()
	here := m.App
	defer func() { m.App = here }()
	m.App = m.Another()
	s, _ := m.snapshot(t, p, "", "")
	return s.Passes
}

// changesOfList are what is done to passes of the market, here and at another server.
func (m *market) changesOfList(t *testing.T, p *testkit.Phone) []func() {
	here, away := m.App, m.Another()
	step := func(row registry.PassRow, to registry.PassState) func() {
		return func() {
			testkit.Works(t, m.App.Passes.StepPass(t.Context(), registry.SystemActor("t"), row.ID, to, "rách"))
		}
	}
	goes := func(row registry.PassRow, way registry.Direction) func() {
		return func() {
			scan := p.Scan(row)
			scan.Direction = way
			m.send(t, p, scan)
		}
	}
	elsewhere := func(do func()) func() {
		return func() {
			m.App = away
			defer func() { m.App = here }()
			do()
		}
	}
	return []func(){
		goes(m.staff[0], registry.In), elsewhere(goes(m.staff[1], registry.In)), elsewhere(goes(m.staff[0], registry.Out)),
		step(m.staff[2], registry.PassBlocked), elsewhere(step(m.staff[2], registry.PassValid)), step(m.staff[3], registry.PassRevoked),
		func() { m.reissued(t, m.staff[1]) }, func() { m.Issued(m.event, registry.VisitorPass, 2) },
		elsewhere(func() { m.Issued(m.event, registry.OfficialPass, 1) }),
	}
}

// TestListsOfPhonesAreThoseReadAnew: whatever is done to passes, here or at another server, a
// phone that lays each answer over what it holds, and one that asks for the whole list, hold
// what is read anew.
func TestListsOfPhonesAreThoseReadAnew(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Supervisor, 1)
		held, _ := m.snapshot(t, p, "", "")
		for i, change := range m.changesOfList(t, m.Phone(m.event.ID, registry.Steward, 2)) {
			m.Clock.Add(time.Second)
			change()
			whole, _ := m.snapshot(t, p, "", "")
			delta, _ := m.snapshot(t, p, held.Cursor, "")
			list, ok := gate.Lay(held, *delta)
			if held = &list; !ok || !delta.Partial || len(delta.Passes) == 0 || len(delta.Passes) > 2 {
				t.Errorf("change %d: %d passes are told, partial %v", i, len(delta.Passes), delta.Partial)
			}
			want := m.anew(t, p)
			if !reflect.DeepEqual(whole.Passes, want) || !reflect.DeepEqual(held.Passes, want) {
				t.Errorf("change %d: the whole list is\n%+v, what a phone holds\n%+v, read anew\n%+v", i, whole.Passes, held.Passes, want)
			}
		}
	})
}

// TestListsOfPhonesTellNewNames: the whole list tells at once what a vendor is called now.
func TestListsOfPhonesTellNewNames(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		for i, name := range []string{"Miến dong Na Rì", "Miến dong Côn Minh"} {
			in := testkit.VendorForm(2)
			in.Name = name
			testkit.Works(t, m.App.Vendors.EditVendor(t.Context(), registry.SystemActor("t"), m.staff[0].Vendor, int64(i+1), in))
			if s, _ := m.snapshot(t, p, "", ""); s.Passes[m.staff[0].Code].Vendor != name {
				t.Errorf("after it was named %s: %s", name, s.Passes[m.staff[0].Code].Vendor)
			}
		}
	})
}
