package admission_test

import (
	"errors"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func (m *market) sheet(t *testing.T, gateN int) admission.TallySheet {
	t.Helper()
	s, err := m.App.Admission.TallySheet(t.Context(), chief, m.event.ID, admission.GateQuery{Day: "2026-11-22", Gate: gateN})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sheetOf is a sheet of gate 1 with these numbers from 8h on.
func (m *market) sheetOf(s admission.TallySheet, adults, children []string) admission.TallySheetInput {
	in := admission.TallySheetInput{GateQuery: admission.GateQuery{Day: s.Day, Gate: s.Gate}, Version: s.Version, Adults: adults, Children: children}
	for i := range adults {
		in.Hours = append(in.Hours, 8+i)
	}
	return in
}

// TestTallySheetIsTypedAtOnce: all hours of a gate, children among them, the same
// sheet twice counts once, and a corrected hour takes the place of the old one.
func TestTallySheetIsTypedAtOnce(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		m.evening(t)
		in := m.sheetOf(m.sheet(t, 1), []string{"1.020", "", "30"}, []string{"12", "", ""})
		save := func(in admission.TallySheetInput, want int) {
			t.Helper()
			if n, err := m.App.Admission.SaveTallySheet(t.Context(), chief, m.event.ID, in); err != nil || n != want {
				t.Fatalf("%d hours changed, want %d, %v", n, want, err)
			}
		}
		save(in, 2)
		save(in, 0)
		if n := m.visits(t)[registry.CountPaper]; n != 1062 {
			t.Errorf("visits %d", n)
		}
		s := m.sheet(t, 1)
		if i := 8 - s.Hours[0].Hour; s.Hours[i] != (admission.TallyHour{Hour: 8, Adults: 1020, Children: 12}) {
			t.Errorf("hours %+v", s.Hours)
		}
		in = m.sheetOf(s, []string{"1000", "5", ""}, []string{"12", "5", ""})
		save(in, 3)
		if n := m.visits(t)[registry.CountPaper]; n != 1022 {
			t.Errorf("visits %d after a correction", n)
		}
		f, err := m.App.Admission.GateFigures(t.Context(), chief, m.event.ID, "2026-11-22")
		if err != nil || len(f.Tallies) != 4 {
			t.Errorf("%d lines on record, %v", len(f.Tallies), err)
		}
		in.Version, in.Adults = s.Version, []string{"1", "", ""}
		if _, err := m.App.Admission.SaveTallySheet(t.Context(), chief, m.event.ID, in); registry.KindOf(err) != registry.Conflict {
			t.Errorf("over somebody else's numbers: %v", err)
		}
		if other := m.sheet(t, 2); other.Gate != 2 || other.Version == m.sheet(t, 1).Version {
			t.Errorf("gate 2 %+v", other)
		}
	})
}

func TestTallySheetFaults(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine()) // it is morning
	s := m.sheet(t, 1)
	late := m.sheetOf(s, []string{"5"}, []string{"0"})
	late.Hours = []int{23}
	for field, in := range map[string]admission.TallySheetInput{
		"adults-8":   m.sheetOf(s, []string{"nhiều"}, []string{""}),
		"children-8": m.sheetOf(s, []string{"1"}, []string{"-3"}),
		"adults-9":   m.sheetOf(s, []string{"1", "9999999"}, []string{"", ""}),
		"adults-23":  late,
	} {
		_, err := m.App.Admission.SaveTallySheet(t.Context(), chief, m.event.ID, in)
		faults, ok := errors.AsType[registry.Faults](err)
		if !ok || faults[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for name, in := range map[string]admission.TallySheetInput{
		"short column": m.sheetOf(s, []string{"1", "2"}, []string{""}),
		"hour twice":   {GateQuery: admission.GateQuery{Day: s.Day, Gate: 1}, Hours: []int{8, 8}, Adults: []string{"", ""}, Children: []string{"", ""}},
		"hour 24":      {GateQuery: admission.GateQuery{Day: s.Day, Gate: 1}, Hours: []int{24}, Adults: []string{""}, Children: []string{""}},
	} {
		if _, err := m.App.Admission.SaveTallySheet(t.Context(), chief, m.event.ID, in); registry.KindOf(err) != registry.Malformed {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := m.sheetOf(s, []string{"1"}, []string{""})
	other.Day = "2026-10-01"
	if _, err := m.App.Admission.SaveTallySheet(t.Context(), chief, m.event.ID, other); registry.KindOf(err) != registry.Invalid {
		t.Errorf("another day: %v", err)
	}
	if _, err := m.App.Admission.SaveTallySheet(t.Context(), registry.Actor{}, m.event.ID, other); registry.KindOf(err) != registry.NotFound {
		t.Errorf("without the right: %v", err)
	}
	if n := m.visits(t)[registry.CountPaper]; n != 0 {
		t.Errorf("%d visits were stored", n)
	}
}
