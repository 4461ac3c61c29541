package floorplans_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/floorplan"
	"hoicho/internal/testkit"
)

// drawn is an event with booths A01 to A04, the first two given to two vendors, and a draft of them.
func drawn(t *testing.T) (s *testkit.Stage, d floorplans.Desk) {
	t.Helper()
	s = testkit.NewStage(t)
	one, two := s.Applied(registry.AppApproved), s.Applied(registry.AppApproved)
	list := s.Booths(s.Fair.ID, "A", 4)
	for i, p := range []testkit.Applicant{one, two} {
		testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(list[i]), p.ID))
	}
	d = desk(s)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: floorplan.New(floorplan.Street, d.Given(), 6, store.NewID[string])})
	return s, desk(s)
}

func desk(s *testkit.Stage) floorplans.Desk {
	s.T.Helper()
	d, err := s.App.FloorPlans.Desk(s.T.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(s.T, err)
	return d
}

func save(s *testkit.Stage, in floorplans.Input) floorplans.Saved {
	s.T.Helper()
	saved, err := s.App.FloorPlans.Save(s.T.Context(), s.Reviewer, in)
	testkit.Works(s.T, err)
	return saved
}

func publish(s *testkit.Stage) {
	s.T.Helper()
	r := desk(s).Ref()
	testkit.Works(s.T, s.App.FloorPlans.Check(s.T.Context(), s.Reviewer, r))
	testkit.Works(s.T, s.App.FloorPlans.Publish(s.T.Context(), s.Reviewer, confirmed(s, r)))
}

// confirmed is the publication of a draft as its effects are now.
func confirmed(s *testkit.Stage, r floorplans.Ref) floorplans.Publication {
	s.T.Helper()
	x, err := s.App.FloorPlans.Effect(s.T.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(s.T, err)
	return floorplans.Publication{Ref: r, Seen: x.Digest()}
}

func codes(d floorplans.Desk) string {
	var all []string
	for _, b := range d.Booths {
		all = append(all, b.Code)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestPublishingMakesTheBoothsWhatIsDrawn(t *testing.T) {
	s, d := drawn(t)
	ctx := t.Context()
	if len(d.Findings) > 0 || codes(d) != "A01 A02 A03 A04" || d.InForce != nil {
		t.Fatalf("findings %+v, booths %s", d.Findings, codes(d))
	}
	err := s.App.FloorPlans.Publish(ctx, s.Reviewer, confirmed(s, d.Ref()))
	testkit.Refused(t, "unchecked", err, registry.Conflict, "floor_plan.error.unchecked")
	l := d.Working.Layout.Clone()
	l.Objects[0].Code, l.Objects[1].Code = l.Objects[1].Code, l.Objects[0].Code // who have them change numbers
	l.Objects = slices.Delete(l.Objects, 3, 4)                                  // A04, which nobody has
	l.Objects[2].W = 600
	save(s, floorplans.Input{Ref: d.Ref(), Layout: l})
	x, err := s.App.FloorPlans.Effect(ctx, s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	if strings.Join(x.Removed, " ") != "A04" || strings.Join(x.Added, " ") != "A05 A06" || len(x.Resized) != 1 || len(x.Renamed) != 2 || x.Vendors != 2 || x.Passes == 0 {
		t.Fatalf("effect %+v", x)
	}
	before := testkit.CountKinds(testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID), registry.PassValid)
	publish(s)
	d = desk(s)
	if codes(d) != "A01 A02 A03 A05 A06" || d.Working != nil || d.InForce == nil {
		t.Fatalf("booths %s, in force %v", codes(d), d.InForce)
	}
	after := testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID)
	if got := testkit.CountKinds(after, registry.PassValid); got[registry.BoothPass] != before[registry.BoothPass] || got[registry.StaffPass] != before[registry.StaffPass] {
		t.Errorf("passes in force %v, were %v", got, before)
	}
	ended := 0
	for _, p := range after {
		if p.State == registry.PassRevoked {
			ended++
		}
	}
	if ended != x.Passes {
		t.Errorf("%d passes ended, %d were told", ended, x.Passes)
	}
	for i, o := range d.InForce.Layout.Booths() {
		if o.Booth == "" {
			t.Errorf("the %dth booth of the published plan is none of the event's", i)
		}
	}
	if len(s.Audited("floor_plan.publish")) != 1 || len(s.Audited("floor_plan.save")) != 2 {
		t.Error("the log does not tell")
	}
}

// TestNewBoothsHaveAFeeAndAreOffered: new booths are like those of their zone unless it is said otherwise, and
// whoever waits is told of.
func TestNewBoothsHaveAFeeAndAreOffered(t *testing.T) {
	s := testkit.NewStage(t)
	_, err := s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, booths.BoothGrid{Zone: "A", From: 1, To: 2, Columns: 2, Width: "3", Depth: "3",
		Kind: registry.StandardBooth, Fee: "300.000", Power: true})
	testkit.Works(t, err)
	waits := s.Applied(registry.AppWaitlisted)
	d := desk(s)
	l := floorplan.New(floorplan.Street, d.Given(), 4, store.NewID[string])
	l.Objects[3].Code = "B01"
	save(s, floorplans.Input{Ref: d.Ref(), Layout: l})
	x, err := s.App.FloorPlans.Effect(t.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	if len(x.New) != 2 || x.New[0].FeeDong != 300_000 || !x.New[0].Power || x.New[1].Zone != "B" || x.Offered != 1 {
		t.Fatalf("effect %+v, offered %d", x.New, x.Offered)
	}
	r := desk(s).Ref()
	testkit.Works(t, s.App.FloorPlans.Check(t.Context(), s.Reviewer, r))
	in := confirmed(s, r)
	in.New = map[string]booths.Terms{"B": {Fee: "viel"}}
	testkit.Refused(t, "a fee that is none", s.App.FloorPlans.Publish(t.Context(), s.Reviewer, in), registry.Invalid, "error.booth.fee")
	in.New = map[string]booths.Terms{"B": {Fee: "1.000.000"}}
	testkit.Works(t, s.App.FloorPlans.Publish(t.Context(), s.Reviewer, in))
	for code, want := range map[string]registry.Booth{"A03": {FeeDong: 300_000, Power: true}, "B01": {FeeDong: 1_000_000}} {
		if b := boothNamed(s, code); b.FeeDong != want.FeeDong || b.Power != want.Power {
			t.Errorf("%s is %+v", code, b)
		}
	}
	if got := s.StoredApplication(waits.ID).State; got != registry.AppOffered {
		t.Errorf("who waits is %s", got)
	}
}

// TestWhoseBoothGetsAnotherSizeIsTold: the effects name old and new size, and its vendor is told.
func TestWhoseBoothGetsAnotherSizeIsTold(t *testing.T) {
	s, d := drawn(t)
	l := d.Working.Layout.Clone()
	l.Objects[0].H = 250
	save(s, floorplans.Input{Ref: d.Ref(), Layout: l})
	x, err := s.App.FloorPlans.Effect(t.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	if len(x.Resized) != 1 || x.Resized[0].Code != "A01" || x.Resized[0].DepthCM != 300 || x.Resized[0].DepthTo != 250 || x.Vendors != 1 || x.Passes != 0 {
		t.Fatalf("effect %+v", x.RedrawEffect)
	}
	publish(s)
	told := 0
	s.Write(func(tx *store.Tx) error {
		messages, err := tx.LeaseMessages(t.Context(), 100, 0)
		for _, m := range messages {
			if m.Key == "application.mail.booth" && m.Args[2] == "A01 (3 × 2,5 m)" {
				told++
			}
		}
		return err
	})
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}

// TestPublishingDoesWhatWasConfirmed: a booth that was added after the effects were shown is not removed unseen.
func TestPublishingDoesWhatWasConfirmed(t *testing.T) {
	s, d := drawn(t)
	testkit.Works(t, s.App.FloorPlans.Check(t.Context(), s.Reviewer, d.Ref()))
	seen := confirmed(s, d.Ref())
	s.Booths(s.Fair.ID, "B", 1)
	err := s.App.FloorPlans.Publish(t.Context(), s.Reviewer, seen)
	testkit.Refused(t, "with a booth more", err, registry.Conflict, "floor_plan.error.effects")
	if got := codes(desk(s)); got != "A01 A02 A03 A04 B01" {
		t.Fatalf("booths %s", got)
	}
	testkit.Works(t, s.App.FloorPlans.Publish(t.Context(), s.Reviewer, confirmed(s, d.Ref())))
	if got := codes(desk(s)); got != "A01 A02 A03 A04 A05 A06" {
		t.Errorf("booths %s", got)
	}
}

// TestWayBack: booths that a plan removed come back with the one before as they were: fee, power, kind, not in use.
func TestWayBack(t *testing.T) {
	s, _ := drawn(t)
	ctx := t.Context()
	_, err := s.App.Booths.AddBooths(ctx, s.Reviewer, s.Fair.ID, booths.BoothGrid{Zone: "B", From: 1, To: 2, Columns: 2, Width: "3", Depth: "3",
		Kind: registry.CommonBooth, Fee: "500.000", Power: true})
	testkit.Works(t, err)
	testkit.Works(t, s.App.Booths.BlockBooth(ctx, s.Reviewer, s.Ref(boothNamed(s, "B02"))))
	d := desk(s)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: floorplan.New(floorplan.Street, d.Given(), 6, store.NewID[string])})
	publish(s)
	was := [2]registry.Booth{boothNamed(s, "B01"), boothNamed(s, "B02")}
	l := desk(s).InForce.Layout.Clone()
	l.Objects = l.Objects[:2:2]
	save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: l})
	x, err := s.App.FloorPlans.Effect(ctx, s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	if strings.Join(x.Removed, " ") != "A03 A04 B01" || strings.Join(x.RemovedBlocked, " ") != "B02" {
		t.Errorf("effect %+v", x.Changes)
	}
	publish(s)
	if d = desk(s); codes(d) != "A01 A02" || len(d.Versions) != 2 {
		t.Fatalf("booths %s, %d versions", codes(d), len(d.Versions))
	}
	testkit.Works(t, s.App.FloorPlans.TakeUp(ctx, s.Reviewer, d.Ref(), 1))
	x, err = s.App.FloorPlans.Effect(ctx, s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	if len(x.Added) > 0 || strings.Join(x.Restored, " ") != "A03 A04 B01" || strings.Join(x.RestoredBlocked, " ") != "B02" {
		t.Errorf("effect %+v", x.Changes)
	}
	publish(s)
	if d = desk(s); codes(d) != "A01 A02 A03 A04 B01 B02" || d.InForce.N != 3 {
		t.Errorf("booths %s, version %d", codes(d), d.InForce.N)
	}
	for _, b := range was {
		now := boothNamed(s, b.Code)
		if now.Kind != b.Kind || now.Power != b.Power || now.FeeDong != b.FeeDong || now.State != b.State || b.FeeDong != 500_000 {
			t.Errorf("back is %+v, was %+v", now, b)
		}
	}
}

func TestWhatSomebodyHasStaysDrawn(t *testing.T) {
	s, d := drawn(t)
	l := d.Working.Layout.Clone()
	l.Objects = slices.Delete(l.Objects, 0, 1)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: l})
	d = desk(s)
	if stops := floorplan.Stops(d.Findings); len(stops) != 1 || stops[0].Why != floorplan.Deleted || stops[0].Owner == "" {
		t.Fatalf("findings %+v", d.Findings)
	}
	err := s.App.FloorPlans.Check(t.Context(), s.Reviewer, d.Ref())
	testkit.Refused(t, "with a booth deleted that somebody has", err, registry.Conflict, "floor_plan.error.stops")
}

// TestWhatIsNamedOrPromisedStaysDrawn: a booth that passes name, and one that was promised, are told before publishing
// is tried.
func TestWhatIsNamedOrPromisedStaysDrawn(t *testing.T) {
	s, d := drawn(t)
	ctx := t.Context()
	had := boothNamed(s, "A02")
	testkit.Works(t, s.App.Booths.MoveBooth(ctx, s.Reviewer, s.Ref(had), boothNamed(s, "A03").ID))
	l := d.Working.Layout.Clone()
	l.Objects[2].Booth, l.Objects[2].Code = string(boothNamed(s, "A03").ID), "A03"
	l.Objects = slices.Delete(l.Objects, 1, 2)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: l})
	d = desk(s)
	if stops := floorplan.Stops(d.Findings); len(stops) != 1 || stops[0].Why != floorplan.InUse || stops[0].Name != "A02" {
		t.Fatalf("findings %+v", d.Findings)
	}
	err := s.App.Booths.DeleteBooths(ctx, s.Reviewer, s.Fair.ID, []registry.BoothID{had.ID})
	testkit.Refused(t, "a booth that passes name", err, registry.Conflict, "error.booth.in_use")
	if e, ok := errors.AsType[*registry.Error](err); !ok || len(e.Args) != 1 || e.Args[0] != "A02" {
		t.Errorf("the error names %v", err)
	}
	for range 3 { // five places are promised
		s.Applied(registry.AppApproved)
	}
	save(s, floorplans.Input{Ref: d.Ref(), Layout: floorplan.New(floorplan.Street, d.Given()[:3], 3, store.NewID[string])})
	r := desk(s).Ref()
	testkit.Works(t, s.App.FloorPlans.Check(ctx, s.Reviewer, r))
	x, err := s.App.FloorPlans.Effect(ctx, s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	testkit.Refused(t, "promised, as the effects tell", x.Barred, registry.Conflict, "error.booth.promised")
	err = s.App.FloorPlans.Publish(ctx, s.Reviewer, confirmed(s, r))
	testkit.Refused(t, "promised", err, registry.Conflict, "error.booth.promised")
}

// TestTwoOrganisers: what each changes is kept, and what both change is asked for; nothing is lost.
func TestTwoOrganisers(t *testing.T) {
	s, d := drawn(t)
	ctx := t.Context()
	a, b := d.Working.Layout.Clone(), d.Working.Layout.Clone()
	a.Objects[0].Y -= 50
	a.Objects[2].Y -= 50
	b.Objects[1].Y -= 50
	first := save(s, floorplans.Input{Ref: d.Ref(), Layout: a})
	second := save(s, floorplans.Input{Ref: d.Ref(), Layout: b})
	now := desk(s).Working
	if !second.Told || first.Told || now.Version != 3 || now.Layout.Objects[0] != a.Objects[0] || now.Layout.Objects[1] != b.Objects[1] {
		t.Fatalf("merged: %+v", now.Layout.Objects[:3])
	}
	b.Objects[2].Y += 50
	in := floorplans.Input{Ref: d.Ref(), Layout: b}
	saved, err := s.App.FloorPlans.Save(ctx, s.Reviewer, in)
	testkit.Refused(t, "the same booth", err, registry.Conflict, "floor_plan.error.both")
	id := b.Objects[2].ID
	if len(saved.Open) != 1 || saved.Open[0].ID != id || desk(s).Working.Version != 3 {
		t.Fatalf("open %+v", saved.Open)
	}
	in.Chosen, in.Seen = map[string]floorplan.Choice{id: floorplan.KeepMine}, desk(s).Ref()
	if got := save(s, in).Plan.Layout.Objects[2]; got != b.Objects[2] {
		t.Errorf("chosen is mine, kept is %+v", got)
	}
	if v := save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: desk(s).Working.Layout}).Plan.Version; v != 4 {
		t.Errorf("a save that changes nothing is version %d", v)
	}
	// whoever has begun from the published plan meets the draft of the other
	publish(s)
	from := desk(s).Ref()
	l := desk(s).InForce.Layout
	one, two := l.Clone(), l.Clone()
	one.Objects[0].Y, two.Objects[1].Y = one.Objects[0].Y+5, two.Objects[1].Y+5
	save(s, floorplans.Input{Ref: from, Layout: one})
	save(s, floorplans.Input{Ref: from, Layout: two})
	if l = desk(s).Working.Layout; l.Objects[0] != one.Objects[0] || l.Objects[1] != two.Objects[1] {
		t.Errorf("from the published plan: %+v", l.Objects[:2])
	}
}

func TestBadPlansAndRights(t *testing.T) {
	s, d := drawn(t)
	ctx := t.Context()
	bad := d.Working.Layout.Clone()
	bad.Objects[0].Turn = 400
	_, err := s.App.FloorPlans.Save(ctx, s.Reviewer, floorplans.Input{Ref: d.Ref(), Layout: bad})
	testkit.Refused(t, "turned too far", err, registry.Invalid, "floor_plan.error.turn")
	viewer, _ := s.Officer(registry.Viewer, "19")
	_, err = s.App.FloorPlans.Save(ctx, viewer, floorplans.Input{Ref: d.Ref(), Layout: d.Working.Layout})
	testkit.Refused(t, "who only looks", err, registry.Forbidden, "error.forbidden")
	stranger, _ := s.VendorAccount()
	if _, err = s.App.FloorPlans.Desk(ctx, stranger, s.Fair.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a vendor reads the desk: %v", err)
	}
	if _, err = s.App.FloorPlans.Version(ctx, s.Reviewer, s.Fair.ID, 9); registry.KindOf(err) != registry.NotFound {
		t.Errorf("version 9: %v", err)
	}
	stale := d.Ref()
	stale.Version = 7
	testkit.Refused(t, "stale", s.App.FloorPlans.SetAside(ctx, s.Reviewer, stale), registry.Conflict, "error.stale")
	testkit.Works(t, s.App.FloorPlans.SetAside(ctx, s.Reviewer, d.Ref()))
	if d = desk(s); d.Shown() != nil || d.Versions[0].State != kept.Past {
		t.Errorf("set aside: %+v", d.Versions)
	}
}
