package floorplans_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestFormsRefuseWhatIsNotMeant: a row beyond 999, a number of what is no booth, a name of what is one.
func TestFormsRefuseWhatIsNotMeant(t *testing.T) {
	l := floorplan.Layout{W: 6000, H: 4000, Lane: 400}
	at := floorplans.Typed{X: "1", Y: "1", W: "3", H: "3"}
	wc, booth := at, at
	wc.Kind, wc.Code = floorplan.WC, "A05"
	booth.Kind, booth.Label = floorplan.Booth, "gian to"
	addWC, _ := floorplans.Add(wc)
	addBooth, _ := floorplans.Add(booth)
	for field, edit := range map[string]floorplans.Edit{
		"first": floorplans.AddRow(floorplans.Row{Zone: "A", First: 995, Count: 6, Typed: at}), "code": addWC, "label": addBooth,
	} {
		_, err := edit(l)
		if got := testkit.FieldsOf(err); !slices.Equal(got, []string{field}) {
			t.Errorf("refused at %v (%v), want %s", got, err, field)
		}
	}
	for _, text := range []string{"2,3,4", "3,456", "", "ba"} { // neither rounded nor called too far away
		torn := at
		torn.Kind, torn.X = floorplan.WC, text
		edit, _ := floorplans.Add(torn)
		if _, err := edit(l); testkit.FaultsAt(err)["x"] != "floor_plan.error.metres" {
			t.Errorf("%q: %v", text, err)
		}
	}
	if got, err := floorplans.AddRow(floorplans.Row{Zone: "A", First: 995, Count: 5, Typed: at})(l); err != nil || got.Count(floorplan.Booth) != 5 {
		t.Errorf("up to 999: %v", err)
	}
}

// TestFormThatChangesNothingBeginsNoDraft: neither of a draft nor of the published plan.
func TestFormThatChangesNothingBeginsNoDraft(t *testing.T) {
	s, _ := drawn(t)
	publish(s)
	save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: desk(s).InForce.Layout})
	if d := desk(s); d.Working != nil {
		t.Errorf("a draft %d", d.Working.N)
	}
}

// TestBoothOfAnotherEventIsNotTaken: a plan that names a booth of another event makes a new one.
func TestBoothOfAnotherEventIsNotTaken(t *testing.T) {
	s, d := drawn(t)
	foreign := s.Booths(s.Event(testkit.InState(registry.Open)).ID, "A", 1)[0]
	l := d.Working.Layout.Clone()
	l.Objects[5].Booth = string(foreign.ID)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: l})
	if f := desk(s).Findings; len(f) != 1 || f[0].Why != floorplan.Unknown {
		t.Fatalf("findings %+v", f)
	}
	publish(s)
	if b := boothNamed(s, "A06"); b.ID == foreign.ID || b.Event != s.Fair.ID {
		t.Errorf("the booth is %+v", b)
	}
}
