package floorplans_test

import (
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// again deletes a booth on the page of booths, and adds one with its number.
func again(s *testkit.Stage, code string) registry.Booth {
	s.T.Helper()
	testkit.Works(s.T, s.App.Booths.DeleteBooths(s.T.Context(), s.Reviewer, s.Fair.ID, []registry.BoothID{boothNamed(s, code).ID}))
	_, err := s.App.Booths.AddBooths(s.T.Context(), s.Reviewer, s.Fair.ID, booths.BoothGrid{Zone: "A", From: 4, To: 4, Columns: 1, Width: "3", Depth: "3",
		Kind: registry.StandardBooth, Fee: "500.000", Power: true})
	testkit.Works(s.T, err)
	return boothNamed(s, code)
}

func boothNamed(s *testkit.Stage, code string) registry.Booth {
	s.T.Helper()
	for _, b := range desk(s).Booths {
		if b.Code == code {
			return b
		}
	}
	s.T.Fatalf("no booth %s", code)
	return registry.Booth{}
}

// TestBoothMadeAgainIsTheOneDrawn: a booth that was deleted and added anew with its number stays what it is when the
// plan is published, with its fee; who draws on from before may not undo that either.
func TestBoothMadeAgainIsTheOneDrawn(t *testing.T) {
	s, d := drawn(t)
	was := boothNamed(s, "A04")
	made := again(s, "A04")
	if made.ID == was.ID {
		t.Fatal("it is the same booth")
	}
	if d := desk(s); len(d.Findings) > 0 {
		t.Fatalf("findings %+v", d.Findings)
	}
	save(s, floorplans.Input{Ref: d.Ref(), Layout: moved(d.Working.Layout, 3, -5)}) // as it was drawn before
	publish(s)
	if now := boothNamed(s, "A04"); now.ID != made.ID || now.FeeDong != 500_000 || !now.Power {
		t.Errorf("the booth is %+v, was %+v", now, made)
	}
	gone := again(s, "A04")
	p, err := s.App.Booths.PlanOf(t.Context(), s.Fair)
	testkit.Works(t, err)
	if len(p.Undrawn()) > 0 {
		t.Errorf("not drawn: %v", p.Undrawn())
	}
	testkit.Works(t, s.App.Booths.DeleteBooths(t.Context(), s.Reviewer, s.Fair.ID, []registry.BoothID{gone.ID}))
	if f := desk(s).Findings; len(f) != 1 || f[0].Why != floorplan.Unknown {
		t.Errorf("without the booth: %+v", f)
	}
}

// TestTwoDrawOneBooth: the booth of the event that both put into the plan is there once, and both see it.
func TestTwoDrawOneBooth(t *testing.T) {
	s, d := drawn(t)
	l := d.Working.Layout.Clone()
	taken := l.Objects[3]
	l.Objects = append(l.Objects[:3:3], l.Objects[4:]...)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: l})
	from := desk(s)
	for _, id := range []string{"one", "two"} {
		o := taken
		o.ID = id
		mine := from.Working.Layout.Clone()
		mine.Objects = append(mine.Objects, o)
		save(s, floorplans.Input{Ref: from.Ref(), Layout: mine})
	}
	found := desk(s).Findings
	if len(found) != 2 || found[0].Why != floorplan.Duplicate || found[1].Why != floorplan.Overlap {
		t.Errorf("findings %+v", found)
	}
}
