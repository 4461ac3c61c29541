package admission_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// chief looks after the gates of every event.
var chief = registry.SystemActor("test")

func (m *market) list(t *testing.T, day string, gateN int) admission.GateList {
	t.Helper()
	l, err := m.App.Admission.GateList(t.Context(), chief, m.event.ID, admission.GateQuery{Day: day, Gate: gateN})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// kinds are the booths and kinds of a list, in its order.
func kinds(l admission.GateList) string {
	var parts []string
	for _, p := range l.Passes {
		parts = append(parts, p.BoothCode+" "+string(p.Kind))
	}
	return strings.Join(parts, ", ")
}

// TestGateListIsWhoIsExpected: by booth and kind, without booth passes, revoked and
// test passes; a vehicle stands with its vendor's booth, and comes a day early.
func TestGateListIsWhoIsExpected(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		m.Stall(m.event, 2)
		m.Issued(m.event, registry.OfficialPass, 1)
		day := m.event.Days[0].Day
		all := m.list(t, day, 0)
		staff := strings.Repeat("A02 staff, ", len(m.staff))
		want := staff + "A02 vehicle, " + strings.ReplaceAll(staff, "A02", "A05") + "A05 vehicle,  official"
		if got := kinds(all); got != want {
			t.Errorf("list %q, want %q", got, want)
		}
		if err := m.App.Passes.StepPass(t.Context(), chief, m.staff[0].ID, registry.PassRevoked, "mất"); err != nil {
			t.Fatal(err)
		}
		if err := m.App.Passes.StepPass(t.Context(), chief, m.staff[1].ID, registry.PassBlocked, "tìm thấy"); err != nil {
			t.Fatal(err)
		}
		if got := m.list(t, day, 0); len(got.Passes) != len(all.Passes)-1 || got.Day != day || got.GateName() != "" {
			t.Errorf("%d passes of %d after one was revoked", len(got.Passes), len(all.Passes))
		}
		if got := m.list(t, "no day", 1); got.Day == "" || got.GateName() != "Cổng A" {
			t.Errorf("day %q, gate %q", got.Day, got.GateName())
		}
	})
}

// TestGateListOfAGate: only the kinds that the gate lets through, and a day of
// loading is a day with a list.
func TestGateListOfAGate(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	lorries := admission.GateInput{Name: "Cổng xe", Kinds: []registry.PassKind{registry.VehiclePass}}
	if err := m.App.Admission.AddGate(t.Context(), chief, m.event.ID, lorries); err != nil {
		t.Fatal(err)
	}
	before := registry.AddDays(m.event.OpensOn, -1)
	m.policy(t, func(in *admission.PolicyInput) {
		in.LoadDays, in.LoadFrom, in.LoadUntil = []string{before}, []string{"17:00"}, []string{"21:00"}
	})
	if got := kinds(m.list(t, m.event.OpensOn, 3)); got != "A05 vehicle" {
		t.Errorf("list %q", got)
	}
	l := m.list(t, before, 0)
	if l.Day != before || kinds(l) != "A05 vehicle" || len(l.Days) != len(m.event.Days)+1 {
		t.Errorf("on %s of %v: %q", l.Day, l.Days, kinds(l))
	}
	for _, n := range []int{-1, 4} {
		if _, err := m.App.Admission.GateList(t.Context(), chief, m.event.ID, admission.GateQuery{Day: before, Gate: n}); registry.KindOf(err) != registry.NotFound {
			t.Errorf("gate %d: %v", n, err)
		}
	}
}

func TestGatePapersArePDF(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	for name, write := range map[string]func(admission.GateQuery) (registry.File, error){
		"list": func(q admission.GateQuery) (registry.File, error) {
			return m.App.Admission.GateListPaper(t.Context(), chief, m.event.ID, q)
		},
		"tally": func(q admission.GateQuery) (registry.File, error) {
			return m.App.Admission.TallyPaper(t.Context(), chief, m.event.ID, q)
		},
	} {
		f, err := write(admission.GateQuery{Lang: "vi", Gate: 1})
		if err != nil || !strings.HasPrefix(string(f.Data), "%PDF") || f.ContentType != "application/pdf" || !strings.HasSuffix(f.Name, m.event.OpensOn+".pdf") {
			t.Errorf("%s: %s, %d bytes, %v", name, f.Name, len(f.Data), err)
		}
		if _, err := write(admission.GateQuery{Lang: "vi", Gate: 9}); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s of gate 9: %v", name, err)
		}
	}
}

// TestGateListNeedsTheChief: the right is looked at before anything is told.
func TestGateListNeedsTheChief(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	for name, actor := range map[string]registry.Actor{"nobody": {}, "vendor": {Account: "x", Name: "x"}} {
		if _, err := m.App.Admission.GateList(t.Context(), actor, m.event.ID, admission.GateQuery{}); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
