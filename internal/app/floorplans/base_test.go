package floorplans_test

import (
	"testing"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// moved is a plan with one of its objects further down.
func moved(l floorplan.Layout, i, by int) floorplan.Layout {
	l = l.Clone()
	l.Objects[i].Y += by
	return l
}

// TestForgottenBaseIsAConflict: where nobody can tell what an edit changed, nothing is overwritten.
func TestForgottenBaseIsAConflict(t *testing.T) {
	s, d := drawn(t)
	old := d.Ref()
	mine := moved(d.Working.Layout, 3, 5)
	for i := range 52 {
		save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: moved(d.Working.Layout, 0, 1+i%2)})
	}
	kept := desk(s).Working
	_, err := s.App.FloorPlans.Save(t.Context(), s.Reviewer, floorplans.Input{Ref: old, Layout: mine})
	testkit.Refused(t, "from a change that is forgotten", err, registry.Conflict, "floor_plan.error.base")
	first := floorplans.Input{Ref: floorplans.Ref{Event: s.Fair.ID}, Layout: floorplan.New(floorplan.UShape, d.Given(), 4, store.NewID[string])}
	_, err = s.App.FloorPlans.Save(t.Context(), s.Reviewer, first)
	testkit.Refused(t, "a first plan where there is one", err, registry.Conflict, "floor_plan.error.base")
	if now := desk(s).Working; now.Version != kept.Version || !floorplan.Equal(now.Layout, kept.Layout) {
		t.Errorf("version %d became %d", kept.Version, now.Version)
	}
}

// TestEditOutlivesItsDraft: who drew on while the draft was published, or put aside, loses nothing.
func TestEditOutlivesItsDraft(t *testing.T) {
	s, d := drawn(t)
	ctx := t.Context()
	early, first := d.Ref(), d.Working.Layout
	save(s, floorplans.Input{Ref: early, Layout: moved(first, 0, -5)})
	publish(s)
	booths := codes(desk(s))
	save(s, floorplans.Input{Ref: early, Layout: moved(first, 1, -5)})
	now := desk(s).Working
	if now == nil || now.N != 2 || now.Layout.Objects[0].Y != first.Objects[0].Y-5 || now.Layout.Objects[1].Y != first.Objects[1].Y-5 {
		t.Fatalf("merged with the published plan: %+v", now)
	}
	aside := desk(s).Ref()
	testkit.Works(t, s.App.FloorPlans.SetAside(ctx, s.Reviewer, aside))
	save(s, floorplans.Input{Ref: aside, Layout: moved(now.Layout, 2, -5)})
	if l := desk(s).Working.Layout; l.Objects[0].Y != first.Objects[0].Y-5 || l.Objects[2].Y != first.Objects[2].Y-5 {
		t.Errorf("from the draft that was put aside: %+v", l.Objects[:3])
	}
	publish(s)
	if got := codes(desk(s)); got != booths {
		t.Errorf("booths %s, were %s", got, booths)
	}
}

// TestChoicesAreKeptUntilAllAreMade: what was chosen of two things is asked again with the rest until both are, and
// once more where the other goes on meanwhile.
func TestChoicesAreKeptUntilAllAreMade(t *testing.T) {
	s, d := drawn(t)
	theirs, mine := moved(moved(d.Working.Layout, 0, -5), 1, -5), moved(moved(d.Working.Layout, 0, -9), 1, -9)
	first, second := mine.Objects[0].ID, mine.Objects[1].ID
	save(s, floorplans.Input{Ref: d.Ref(), Layout: theirs})
	in := floorplans.Input{Ref: d.Ref(), Layout: mine, Seen: desk(s).Ref(), Chosen: map[string]floorplan.Choice{first: floorplan.KeepMine}}
	saved, err := s.App.FloorPlans.Save(t.Context(), s.Reviewer, in)
	testkit.Refused(t, "with one choice of two", err, registry.Conflict, "floor_plan.error.both")
	if len(saved.Open) != 2 || saved.Open[0].Chosen != floorplan.KeepMine || saved.Open[1].Chosen != "" {
		t.Fatalf("asked %+v", saved.Open)
	}
	in.Chosen[second] = floorplan.KeepTheirs
	save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: moved(theirs, 0, -1)})
	saved, err = s.App.FloorPlans.Save(t.Context(), s.Reviewer, in)
	testkit.Refused(t, "chosen of a plan that has moved on", err, registry.Conflict, "floor_plan.error.both")
	if len(saved.Open) != 2 || saved.Open[1].Chosen != floorplan.KeepTheirs || saved.Open[0].Theirs.Y != theirs.Objects[0].Y-1 {
		t.Fatalf("asked %+v", saved.Open)
	}
	in.Seen = desk(s).Ref()
	l := save(s, in).Plan.Layout
	if l.Objects[0].Y != mine.Objects[0].Y || l.Objects[1].Y != theirs.Objects[1].Y {
		t.Errorf("kept %+v", l.Objects[:2])
	}
}

// TestTakingBackGoesOn: changes are taken back one after the other, by name, down to what the draft began from.
func TestTakingBackGoesOn(t *testing.T) {
	s, d := drawn(t)
	ctx := t.Context()
	if d.Undo != nil {
		t.Error("the first plan can be taken back")
	}
	publish(s)
	first := desk(s).InForce.Layout
	other, _ := s.Officer(registry.Organiser, "19")
	for i, actor := range []registry.Actor{s.Reviewer, other, s.Reviewer} {
		_, err := s.App.FloorPlans.Save(ctx, actor, floorplans.Input{Ref: desk(s).Ref(), Layout: moved(first, 0, -i-1)})
		testkit.Works(t, err)
	}
	for i, want := range []struct {
		by registry.Actor
		y  int
	}{{s.Reviewer, -2}, {other, -1}, {s.Reviewer, 0}} {
		d = desk(s)
		if d.Undo == nil || d.Undo.By != want.by.Name {
			t.Fatalf("the %dth change to take back is %+v, want that of %s", i, d.Undo, want.by.Name)
		}
		testkit.Works(t, s.App.FloorPlans.StepBack(ctx, s.Reviewer, d.Ref()))
		if got := desk(s).Working.Layout.Objects[0].Y - first.Objects[0].Y; got != want.y {
			t.Fatalf("after the %dth it is moved by %d, want %d", i, got, want.y)
		}
	}
	err := s.App.FloorPlans.StepBack(ctx, s.Reviewer, desk(s).Ref())
	testkit.Refused(t, "beyond the beginning", err, registry.Conflict, "floor_plan.error.undo")
	save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: moved(first, 1, -7)})
	testkit.Works(t, s.App.FloorPlans.StepBack(ctx, s.Reviewer, desk(s).Ref()))
	if l := desk(s).Working.Layout; !floorplan.Equal(l, first) || desk(s).Undo != nil {
		t.Errorf("a change after that is not taken back to the beginning")
	}
}
