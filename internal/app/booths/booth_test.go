package booths_test

import (
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func plan(s *testkit.Stage) booths.Plan {
	s.T.Helper()
	p, err := s.App.Booths.BoothPlan(s.T.Context(), registry.Actor{}, s.Fair.Slug)
	testkit.Works(s.T, err)
	return p
}

func TestGridLaysBoothsInRows(t *testing.T) {
	s := testkit.NewStage(t)
	n, err := s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid(" a ", 1, 20))
	if err != nil || n != 20 {
		t.Fatalf("%d booths (%v), want 20", n, err)
	}
	testkit.Works(t, testkit.Second(s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("B", 1, 5))))
	testkit.Works(t, testkit.Second(s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("A", 21, 23))))
	p := plan(s)
	if len(p.Booths) != 28 {
		t.Fatalf("%d booths, want 28", len(p.Booths))
	}
	for code, at := range map[string][2]int{"A01": {1, 1}, "A10": {1, 10}, "A11": {2, 1}, "A23": {3, 3}, "B01": {1, 1}} {
		b, ok := p.Find(code)
		if !ok || b.Row != at[0] || b.Col != at[1] || b.WidthCM != 300 || b.DepthCM != 350 || b.FeeDong != 500000 || b.State != registry.BoothFree {
			t.Errorf("%s is %+v, want it at row %d, column %d", code, b, at[0], at[1])
		}
	}
}

func TestBadGridsAddNothing(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 3)
	for what, c := range map[string]struct {
		change func(*booths.BoothGrid)
		field  string
	}{
		"no zone":           {func(g *booths.BoothGrid) { g.Zone = "" }, "zone"},
		"a zone of markup":  {func(g *booths.BoothGrid) { g.Zone = "<b>" }, "zone"},
		"numbers in use":    {func(g *booths.BoothGrid) { g.Zone = "A" }, "from"},
		"10,001 booths":     {func(g *booths.BoothGrid) { g.To = 10001 }, "to"},
		"negative":          {func(g *booths.BoothGrid) { g.From = -3 }, "from"},
		"wrong way round":   {func(g *booths.BoothGrid) { g.From = 9 }, "to"},
		"no columns":        {func(g *booths.BoothGrid) { g.Columns = 0 }, "columns"},
		"a kilometre wide":  {func(g *booths.BoothGrid) { g.Width = "1000" }, "width"},
		"no depth":          {func(g *booths.BoothGrid) { g.Depth = "sâu" }, "depth"},
		"not a number":      {func(g *booths.BoothGrid) { g.Width = "NaN" }, "width"},
		"a negative fee":    {func(g *booths.BoothGrid) { g.Fee = "-5" }, "fee"},
		"an unheard-of fee": {func(g *booths.BoothGrid) { g.Fee = "99999999999999" }, "fee"},
		"no such kind":      {func(g *booths.BoothGrid) { g.Kind = "palace" }, "kind"},
	} {
		g := testkit.TypedGrid("C", 1, 5)
		c.change(&g)
		_, err := s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, g)
		if registry.KindOf(err) != registry.Invalid || !atField(err, c.field) {
			t.Errorf("%s: %v, want Invalid at %s", what, err, c.field)
		}
	}
	testkit.Works(t, testkit.Second(s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("B", 1, 999))))
	testkit.Works(t, testkit.Second(s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("C", 1, 998))))
	testkit.Refused(t, "one booth too many", testkit.Second(s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("D", 1, 1))), registry.Invalid, "error.booth.too_many")
	if n := len(plan(s).Booths); n != 2000 {
		t.Errorf("%d booths, want 2,000", n)
	}
}

func TestPreviewChangesNothing(t *testing.T) {
	s := testkit.NewStage(t)
	added, err := s.App.Booths.PreviewBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("A", 1, 12))
	if err != nil || len(added) != 12 || len(plan(s).Booths) != 0 {
		t.Errorf("previewed %d booths (%v), stored %d", len(added), err, len(plan(s).Booths))
	}
}

func TestParallelGridsCollide(t *testing.T) {
	s := testkit.NewStage(t)
	won := testkit.Race(t, 8, func(int) error {
		_, err := s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("A", 1, 30))
		if testkit.HasKey(err, "error.booth.codes_taken") {
			return registry.E(registry.Conflict, "taken")
		}
		return err
	})
	if n := len(plan(s).Booths); won != 1 || n != 30 {
		t.Errorf("%d grids were laid, %d booths; want 1 and 30", won, n)
	}
}

func TestAssignMoveSwapRelease(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 3)
	p, q := s.Applied(registry.AppApproved), s.Applied(registry.AppApproved)
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[0]), p.ID))
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[1]), q.ID))
	has(s, p, b[0])
	testkit.Works(t, s.App.Booths.MoveBooth(t.Context(), s.Reviewer, s.Ref(b[0]), b[2].ID))
	has(s, p, b[2])
	testkit.Works(t, s.App.Booths.SwapBooths(t.Context(), s.Reviewer, s.Ref(b[2]), b[1].ID))
	has(s, p, b[1])
	has(s, q, b[2])
	testkit.Refused(t, "moved to a taken one", s.App.Booths.MoveBooth(t.Context(), s.Reviewer, s.Ref(b[1]), b[2].ID), registry.Conflict, "error.booth.taken")
	testkit.Refused(t, "swapped with a free one", s.App.Booths.SwapBooths(t.Context(), s.Reviewer, s.Ref(b[1]), b[0].ID), registry.Conflict, "error.booth.not_assigned")
	testkit.Refused(t, "swapped with itself", s.App.Booths.SwapBooths(t.Context(), s.Reviewer, s.Ref(b[1]), b[1].ID), registry.Conflict, "error.booth.not_assigned")
	testkit.Works(t, s.App.Booths.ReleaseBooth(t.Context(), s.Reviewer, s.Ref(b[1])))
	has(s, p)
	testkit.Refused(t, "released twice", s.App.Booths.ReleaseBooth(t.Context(), s.Reviewer, s.Ref(b[1])), registry.Conflict, "error.booth.not_assigned")
	s.State(p, registry.AppApproved)
	if got := s.Mail(p); !slices.Equal(got, []string{"application.mail.booth", "application.mail.booth", "application.mail.booth", "application.mail.booth_back"}) {
		t.Errorf("the vendor was told %v, want of three booths and of one taken back", got)
	}
}

// has fails the test unless an application has exactly these booths.
func has(s *testkit.Stage, p testkit.Applicant, want ...registry.Booth) {
	s.T.Helper()
	v, err := s.App.Booths.Application(s.T.Context(), p.Owner, p.ID)
	testkit.Works(s.T, err)
	var got, codes []string
	for _, b := range v.Assigned {
		got = append(got, b.Code)
	}
	for _, b := range want {
		codes = append(codes, b.Code)
	}
	if !slices.Equal(got, codes) {
		s.T.Errorf("has %v, want %v", got, codes)
	}
}

func TestNoMoreBoothsThanGranted(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 20)
	p := s.Applied(registry.AppApproved, testkit.Wishing(3))
	won := testkit.Race(t, len(b), func(i int) error { return s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[i]), p.ID) })
	v, err := s.App.Booths.Application(t.Context(), p.Owner, p.ID)
	if err != nil || won != 3 || len(v.Assigned) != 3 {
		t.Errorf("%d of 3 granted booths were given, it has %d (%v)", won, len(v.Assigned), err)
	}
}

func TestBoothIsGivenOnceAmongManyVendors(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	b := s.Booths(s.Fair.ID, "A", 1)[0]
	rivals := make([]testkit.Applicant, 12)
	for i := range rivals {
		rivals[i] = s.Applied(registry.AppApproved)
	}
	won := testkit.Race(t, 200, func(i int) error {
		p := rivals[i%len(rivals)]
		if i%2 == 0 {
			return s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b), p.ID)
		}
		_, err := s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b.ID)
		return err
	})
	got := s.Booth(b.ID)
	if got.Application == "" || won < 1 {
		t.Errorf("booth A01 is %s after %d successes", got.State, won)
	}
	owners := 0
	for _, p := range rivals {
		if v, err := s.App.Booths.Application(t.Context(), p.Owner, p.ID); err == nil && len(v.Assigned) > 0 {
			owners++
		}
	}
	if owners != 1 {
		t.Errorf("%d vendors have or hold booth A01, want 1", owners)
	}
}

func TestOnlyApprovedOfTheEventGetBooths(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 1)[0]
	for _, state := range registry.ApplicationStates {
		if state == registry.AppApproved {
			continue
		}
		p := s.Applied(state)
		testkit.Refused(t, string(state), s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b), p.ID), registry.Conflict, "error.booth.not_approved")
	}
	other := s.Event()
	p := s.NewVendor()
	p.ID = s.Application(other, p.Vendor.ID, testkit.Standing(registry.AppApproved)).ID
	testkit.Refused(t, "approved for another event", s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b), p.ID), registry.Conflict, "error.booth.not_approved")
	wrong := booths.BoothRef{Event: other.ID, Booth: b.ID}
	testkit.Refused(t, "a booth of another event", s.App.Booths.AssignBooth(t.Context(), s.Reviewer, wrong, p.ID), registry.NotFound, "error.not_found")
}

func TestVendorPicksItsBooth(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	b := s.Booths(s.Fair.ID, "A", 3)
	p, q := s.Applied(registry.AppApproved), s.Applied(registry.AppApproved)
	hold := func(p testkit.Applicant, b registry.Booth) error {
		return testkit.Second(s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b.ID))
	}
	take := func(p testkit.Applicant, b registry.Booth) error {
		return s.App.Booths.TakeBooth(t.Context(), p.Owner, p.ID, b.ID)
	}
	testkit.Works(t, hold(p, b[0]))
	testkit.Works(t, hold(p, b[1]))
	if got := s.Booth(b[0].ID); got.State != registry.BoothFree {
		t.Errorf("the first hold is %s after a second one, want free", got.State)
	}
	testkit.Refused(t, "held by another", hold(q, b[1]), registry.Conflict, "error.booth.taken")
	testkit.Refused(t, "taken without a hold", take(q, b[1]), registry.Conflict, "error.booth.hold_over")
	s.Clock.Add(15 * time.Minute)
	testkit.Refused(t, "an expired hold", take(p, b[1]), registry.Conflict, "error.booth.hold_over")
	testkit.Works(t, hold(q, b[1]))
	testkit.Works(t, take(q, b[1]))
	has(s, q, b[1])
	testkit.Refused(t, "one more than granted", hold(q, b[2]), registry.Conflict, "error.booth.enough")
	testkit.Works(t, hold(p, b[0]))
	testkit.Works(t, s.App.Booths.DropHold(t.Context(), p.Owner, p.ID))
	has(s, p)
}

func TestPickingIsForEventsThatAllowIt(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 1)[0]
	p := s.Applied(registry.AppApproved)
	testkit.Refused(t, "not allowed", testkit.Second(s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b.ID)), registry.Conflict, "error.booth.no_self_pick")
}

func TestHeldTwiceByOneVendor(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	b := s.Booths(s.Fair.ID, "A", 10)
	p := s.Applied(registry.AppApproved, testkit.Wishing(4))
	testkit.Race(t, len(b), func(i int) error { return testkit.Second(s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b[i].ID)) })
	if v, err := s.App.Booths.Application(t.Context(), p.Owner, p.ID); err != nil || len(v.Assigned) != 1 {
		t.Errorf("%d booths held by one application (%v), want 1", len(v.Assigned), err)
	}
}

func TestBlockAndDelete(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 3)
	p := s.Applied(registry.AppApproved)
	testkit.Works(t, s.App.Booths.BlockBooth(t.Context(), s.Reviewer, s.Ref(b[0])))
	testkit.Refused(t, "given while blocked", s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[0]), p.ID), registry.Conflict, "error.booth.taken")
	testkit.Works(t, s.App.Booths.UnblockBooth(t.Context(), s.Reviewer, s.Ref(b[0])))
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[0]), p.ID))
	testkit.Refused(t, "blocked while assigned", s.App.Booths.BlockBooth(t.Context(), s.Reviewer, s.Ref(b[0])), registry.Conflict, "error.booth.not_free")
	all := []registry.BoothID{b[1].ID, b[0].ID}
	testkit.Refused(t, "deleted with an assigned one", s.App.Booths.DeleteBooths(t.Context(), s.Reviewer, s.Fair.ID, all), registry.Conflict, "error.booth.not_free")
	if n := len(plan(s).Booths); n != 3 {
		t.Errorf("%d booths after a refused deletion, want 3", n)
	}
	testkit.Works(t, s.App.Booths.DeleteBooths(t.Context(), s.Reviewer, s.Fair.ID, []registry.BoothID{b[1].ID, b[2].ID}))
	testkit.Refused(t, "nothing chosen", s.App.Booths.DeleteBooths(t.Context(), s.Reviewer, s.Fair.ID, nil), registry.Invalid, "error.booth.choose")
	if n := len(plan(s).Booths); n != 1 {
		t.Errorf("%d booths left, want 1", n)
	}
}

func TestMarksOfTheDay(t *testing.T) {
	s := testkit.NewStage(t, testkit.InState(registry.Running))
	b := s.Booths(s.Fair.ID, "A", 2)
	p := s.Applied(registry.AppApproved)
	s.Assign(b[0], s.StoredApplication(p.ID))
	mark := func(b registry.Booth, state registry.BoothDayState) error {
		return s.App.Booths.MarkBooth(t.Context(), s.Reviewer, s.Ref(b), state)
	}
	testkit.Works(t, mark(b[0], registry.BoothOccupied))
	testkit.Refused(t, "a free booth", mark(b[1], registry.BoothNoShow), registry.Conflict, "error.booth.not_assigned")
	testkit.Refused(t, "no such state", mark(b[0], "burnt"), registry.Invalid, "error.choose")
	d, err := s.App.Booths.BoothDesk(t.Context(), s.Reviewer, s.Fair.ID)
	if err != nil || d.Seen[b[0].ID] != registry.BoothOccupied {
		t.Errorf("seen %v (%v)", d.Seen, err)
	}
	s.Clock.Add(24 * time.Hour)
	if d, err = s.App.Booths.BoothDesk(t.Context(), s.Reviewer, s.Fair.ID); err != nil || d.Seen[b[0].ID] != registry.BoothUnseen {
		t.Errorf("the next day: seen %v (%v)", d.Seen, err)
	}
	s.Clock.Add(10 * 24 * time.Hour)
	testkit.Refused(t, "after the last day", mark(b[0], registry.BoothNoShow), registry.Conflict, "error.booth.not_today")
}

func TestOverOrCalledOffEventsKeepTheirBooths(t *testing.T) {
	s := testkit.NewStage(t)
	for _, state := range []registry.EventState{registry.Ended, registry.Reported, registry.Cancelled} {
		s.Fair = s.Event(testkit.InState(state), testkit.SelfPick)
		b := s.Booths(s.Fair.ID, "A", 2)
		p := s.Applied(registry.AppApproved)
		for what, err := range map[string]error{
			"assign": s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[0]), p.ID),
			"block":  s.App.Booths.BlockBooth(t.Context(), s.Reviewer, s.Ref(b[0])),
			"add":    testkit.Second(s.App.Booths.AddBooths(t.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("B", 1, 2))),
			"hold":   testkit.Second(s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b[0].ID)),
			"decide": s.App.Booths.DeclineApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Lý do")),
		} {
			testkit.Refused(t, string(state)+", "+what, err, registry.Conflict, "error.booth.event_over")
		}
	}
}

func TestOnlyOrganisersOfTheAreaMoveBooths(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 2)
	p := s.Applied(registry.AppApproved)
	allowed := map[registry.Role]bool{registry.Admin: true, registry.Organiser: true}
	try := func(actor registry.Actor) map[string]error {
		return map[string]error{
			"assign":  s.App.Booths.AssignBooth(t.Context(), actor, s.Ref(b[0]), p.ID),
			"move":    s.App.Booths.MoveBooth(t.Context(), actor, s.Ref(b[0]), b[1].ID),
			"swap":    s.App.Booths.SwapBooths(t.Context(), actor, s.Ref(b[0]), b[1].ID),
			"release": s.App.Booths.ReleaseBooth(t.Context(), actor, s.Ref(b[0])),
			"block":   s.App.Booths.BlockBooth(t.Context(), actor, s.Ref(b[0])),
			"unblock": s.App.Booths.UnblockBooth(t.Context(), actor, s.Ref(b[0])),
			"mark":    s.App.Booths.MarkBooth(t.Context(), actor, s.Ref(b[0]), registry.BoothOccupied),
			"delete":  s.App.Booths.DeleteBooths(t.Context(), actor, s.Fair.ID, []registry.BoothID{b[0].ID}),
			"add":     testkit.Second(s.App.Booths.AddBooths(t.Context(), actor, s.Fair.ID, testkit.TypedGrid("B", 1, 2))),
			"preview": testkit.Second(s.App.Booths.PreviewBooths(t.Context(), actor, s.Fair.ID, testkit.TypedGrid("B", 1, 2))),
		}
	}
	for _, role := range registry.Roles {
		elsewhere, _ := s.Officer(role, "01")
		for what, err := range try(elsewhere) {
			testkit.Refused(t, string(role)+" elsewhere, "+what, err, registry.NotFound, "error.not_found")
		}
		if allowed[role] {
			continue
		}
		here, _ := s.Officer(role, "19")
		for what, err := range try(here) {
			testkit.RefusedHere(t, string(role)+" here, "+what, err, role)
		}
	}
	for who, actor := range map[string]registry.Actor{"nobody": {}, "the vendor": p.Owner} {
		for what, err := range try(actor) {
			testkit.Refused(t, who+", "+what, err, registry.NotFound, "error.not_found")
		}
	}
	if len(plan(s).Booths) != 2 || s.Booth(b[0].ID).State != registry.BoothFree {
		t.Error("somebody without the right changed the booths")
	}
}

func TestPublicPlanHidesWhoHoldsABooth(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	b := s.Booths(s.Fair.ID, "A", 3)
	has, holds := s.Applied(registry.AppApproved), s.Applied(registry.AppApproved)
	s.Assign(b[0], s.StoredApplication(has.ID))
	testkit.Works(t, testkit.Second(s.App.Booths.HoldBooth(t.Context(), holds.Owner, holds.ID, b[1].ID)))
	p := plan(s)
	if v := p.Vendors[b[0].ID]; v.Name != has.Vendor.Name || !slices.Equal(v.Goods, []string{has.Product.Name}) {
		t.Errorf("booth A01 shows %+v", v)
	}
	if v, ok := p.Vendors[b[1].ID]; ok {
		t.Errorf("a held booth shows %q", v.Name)
	}
	d, err := s.App.Booths.BoothDesk(t.Context(), s.Reviewer, s.Fair.ID)
	if err != nil || d.Vendors[b[1].ID].Name != holds.Vendor.Name || len(d.Without) != 1 || d.Without[0].ID != holds.ID {
		t.Errorf("the office sees %+v without booths (%v)", d.Without, err)
	}
	draft := s.Event(testkit.InState(registry.Draft))
	_, err = s.App.Booths.BoothPlan(t.Context(), registry.Actor{}, draft.Slug)
	testkit.Refused(t, "a draft event", err, registry.NotFound, "error.not_found")
}

func TestEventVendorsInOrderOfThePlan(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 4)
	none, last, first := s.Applied(registry.AppApproved), s.Applied(registry.AppApproved), s.Applied(registry.AppApproved, testkit.Wishing(2))
	s.Applied(registry.AppSubmitted)
	s.Assign(b[3], s.StoredApplication(last.ID))
	s.Assign(b[0], s.StoredApplication(first.ID))
	s.Assign(b[2], s.StoredApplication(first.ID))
	list, err := s.App.Booths.EventVendors(t.Context(), s.Fair)
	if err != nil || len(list) != 3 {
		t.Fatalf("%d vendors (%v), want 3", len(list), err)
	}
	for i, p := range []testkit.Applicant{first, last, none} {
		if list[i].Slug != p.Vendor.Slug || len(list[i].Products) != 1 || list[i].Products[0].ID != p.Product.ID {
			t.Errorf("place %d: %+v, want %s", i, list[i], p.Vendor.Name)
		}
	}
	if !slices.Equal(list[0].Booths, []string{"A01", "A03"}) || list[2].Booths != nil {
		t.Errorf("booths %v and %v", list[0].Booths, list[2].Booths)
	}
	_, err = s.App.Booths.EventVendors(t.Context(), s.Event(testkit.InState(registry.Draft)))
	testkit.Refused(t, "a draft event", err, registry.NotFound, "error.not_found")
}
