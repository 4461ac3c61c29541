package app_test

import (
	"slices"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func grid(zone string, from, to int) app.BoothGrid {
	return app.BoothGrid{Zone: zone, From: from, To: to, Columns: 10, Width: "3", Depth: "3,5", Kind: registry.StandardBooth, Fee: "500.000"}
}

func (s *stage) plan() app.Plan {
	s.t.Helper()
	p, err := s.App.BoothPlan(s.t.Context(), registry.Actor{}, s.event.Slug)
	works(s.t, err)
	return p
}

func TestGridLaysBoothsInRows(t *testing.T) {
	s := newStage(t)
	n, err := s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid(" a ", 1, 20))
	if err != nil || n != 20 {
		t.Fatalf("%d booths (%v), want 20", n, err)
	}
	works(t, second(s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid("B", 1, 5))))
	works(t, second(s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid("A", 21, 23))))
	p := s.plan()
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
	s := newStage(t)
	s.Booths(s.event.ID, "A", 3)
	for what, c := range map[string]struct {
		change func(*app.BoothGrid)
		field  string
	}{
		"no zone":           {func(g *app.BoothGrid) { g.Zone = "" }, "zone"},
		"a zone of markup":  {func(g *app.BoothGrid) { g.Zone = "<b>" }, "zone"},
		"numbers in use":    {func(g *app.BoothGrid) { g.Zone = "A" }, "from"},
		"10,001 booths":     {func(g *app.BoothGrid) { g.To = 10001 }, "to"},
		"negative":          {func(g *app.BoothGrid) { g.From = -3 }, "from"},
		"wrong way round":   {func(g *app.BoothGrid) { g.From = 9 }, "to"},
		"no columns":        {func(g *app.BoothGrid) { g.Columns = 0 }, "columns"},
		"a kilometre wide":  {func(g *app.BoothGrid) { g.Width = "1000" }, "width"},
		"no depth":          {func(g *app.BoothGrid) { g.Depth = "sâu" }, "depth"},
		"not a number":      {func(g *app.BoothGrid) { g.Width = "NaN" }, "width"},
		"a negative fee":    {func(g *app.BoothGrid) { g.Fee = "-5" }, "fee"},
		"an unheard-of fee": {func(g *app.BoothGrid) { g.Fee = "99999999999999" }, "fee"},
		"no such kind":      {func(g *app.BoothGrid) { g.Kind = "palace" }, "kind"},
	} {
		g := grid("C", 1, 5)
		c.change(&g)
		_, err := s.App.AddBooths(t.Context(), s.officer, s.event.ID, g)
		if registry.KindOf(err) != registry.Invalid || !atField(err, c.field) {
			t.Errorf("%s: %v, want Invalid at %s", what, err, c.field)
		}
	}
	works(t, second(s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid("B", 1, 999))))
	works(t, second(s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid("C", 1, 998))))
	refused(t, "one booth too many", second(s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid("D", 1, 1))), registry.Invalid, "error.booth.too_many")
	if n := len(s.plan().Booths); n != 2000 {
		t.Errorf("%d booths, want 2,000", n)
	}
}

func TestPreviewChangesNothing(t *testing.T) {
	s := newStage(t)
	added, err := s.App.PreviewBooths(t.Context(), s.officer, s.event.ID, grid("A", 1, 12))
	if err != nil || len(added) != 12 || len(s.plan().Booths) != 0 {
		t.Errorf("previewed %d booths (%v), stored %d", len(added), err, len(s.plan().Booths))
	}
}

func TestParallelGridsCollide(t *testing.T) {
	s := newStage(t)
	won := race(t, 8, func(int) error {
		_, err := s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid("A", 1, 30))
		if hasKey(err, "error.booth.codes_taken") {
			return registry.E(registry.Conflict, "taken")
		}
		return err
	})
	if n := len(s.plan().Booths); won != 1 || n != 30 {
		t.Errorf("%d grids were laid, %d booths; want 1 and 30", won, n)
	}
}

func TestAssignMoveSwapRelease(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 3)
	p, q := s.applied(registry.AppApproved), s.applied(registry.AppApproved)
	works(t, s.App.AssignBooth(t.Context(), s.officer, s.ref(b[0]), p.id))
	works(t, s.App.AssignBooth(t.Context(), s.officer, s.ref(b[1]), q.id))
	s.has(p, b[0])
	works(t, s.App.MoveBooth(t.Context(), s.officer, s.ref(b[0]), b[2].ID))
	s.has(p, b[2])
	works(t, s.App.SwapBooths(t.Context(), s.officer, s.ref(b[2]), b[1].ID))
	s.has(p, b[1])
	s.has(q, b[2])
	refused(t, "moved to a taken one", s.App.MoveBooth(t.Context(), s.officer, s.ref(b[1]), b[2].ID), registry.Conflict, "error.booth.taken")
	refused(t, "swapped with a free one", s.App.SwapBooths(t.Context(), s.officer, s.ref(b[1]), b[0].ID), registry.Conflict, "error.booth.not_assigned")
	refused(t, "swapped with itself", s.App.SwapBooths(t.Context(), s.officer, s.ref(b[1]), b[1].ID), registry.Conflict, "error.booth.not_assigned")
	works(t, s.App.ReleaseBooth(t.Context(), s.officer, s.ref(b[1])))
	s.has(p)
	refused(t, "released twice", s.App.ReleaseBooth(t.Context(), s.officer, s.ref(b[1])), registry.Conflict, "error.booth.not_assigned")
	s.state(p, registry.AppApproved)
	if got := s.mail(p); !slices.Equal(got, []string{"application.mail.booth", "application.mail.booth", "application.mail.booth", "application.mail.booth_back"}) {
		t.Errorf("the vendor was told %v, want of three booths and of one taken back", got)
	}
}

// has fails the test unless an application has exactly these booths.
func (s *stage) has(p applicant, want ...registry.Booth) {
	s.t.Helper()
	v, err := s.App.Application(s.t.Context(), p.owner, p.id)
	works(s.t, err)
	var got, codes []string
	for _, b := range v.Assigned {
		got = append(got, b.Code)
	}
	for _, b := range want {
		codes = append(codes, b.Code)
	}
	if !slices.Equal(got, codes) {
		s.t.Errorf("has %v, want %v", got, codes)
	}
}

func TestNoMoreBoothsThanGranted(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 20)
	p := s.applied(registry.AppApproved, testkit.Wishing(3))
	won := race(t, len(b), func(i int) error { return s.App.AssignBooth(t.Context(), s.officer, s.ref(b[i]), p.id) })
	v, err := s.App.Application(t.Context(), p.owner, p.id)
	if err != nil || won != 3 || len(v.Assigned) != 3 {
		t.Errorf("%d of 3 granted booths were given, it has %d (%v)", won, len(v.Assigned), err)
	}
}

func TestBoothIsGivenOnceAmongManyVendors(t *testing.T) {
	s := newStage(t, selfPick)
	b := s.Booths(s.event.ID, "A", 1)[0]
	rivals := make([]applicant, 12)
	for i := range rivals {
		rivals[i] = s.applied(registry.AppApproved)
	}
	won := race(t, 200, func(i int) error {
		p := rivals[i%len(rivals)]
		if i%2 == 0 {
			return s.App.AssignBooth(t.Context(), s.officer, s.ref(b), p.id)
		}
		_, err := s.App.HoldBooth(t.Context(), p.owner, p.id, b.ID)
		return err
	})
	got := s.booth(b.ID)
	if got.Application == "" || won < 1 {
		t.Errorf("booth A01 is %s after %d successes", got.State, won)
	}
	owners := 0
	for _, p := range rivals {
		if v, err := s.App.Application(t.Context(), p.owner, p.id); err == nil && len(v.Assigned) > 0 {
			owners++
		}
	}
	if owners != 1 {
		t.Errorf("%d vendors have or hold booth A01, want 1", owners)
	}
}

func TestOnlyApprovedOfTheEventGetBooths(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 1)[0]
	for _, state := range registry.ApplicationStates {
		if state == registry.AppApproved {
			continue
		}
		p := s.applied(state)
		refused(t, string(state), s.App.AssignBooth(t.Context(), s.officer, s.ref(b), p.id), registry.Conflict, "error.booth.not_approved")
	}
	other := s.Event()
	p := s.vendor()
	p.id = s.Application(other, p.vendor.ID, testkit.Standing(registry.AppApproved)).ID
	refused(t, "approved for another event", s.App.AssignBooth(t.Context(), s.officer, s.ref(b), p.id), registry.Conflict, "error.booth.not_approved")
	wrong := app.BoothRef{Event: other.ID, Booth: b.ID}
	refused(t, "a booth of another event", s.App.AssignBooth(t.Context(), s.officer, wrong, p.id), registry.NotFound, "error.not_found")
}

func TestVendorPicksItsBooth(t *testing.T) {
	s := newStage(t, selfPick)
	b := s.Booths(s.event.ID, "A", 3)
	p, q := s.applied(registry.AppApproved), s.applied(registry.AppApproved)
	hold := func(p applicant, b registry.Booth) error {
		return second(s.App.HoldBooth(t.Context(), p.owner, p.id, b.ID))
	}
	take := func(p applicant, b registry.Booth) error { return s.App.TakeBooth(t.Context(), p.owner, p.id, b.ID) }
	works(t, hold(p, b[0]))
	works(t, hold(p, b[1]))
	if got := s.booth(b[0].ID); got.State != registry.BoothFree {
		t.Errorf("the first hold is %s after a second one, want free", got.State)
	}
	refused(t, "held by another", hold(q, b[1]), registry.Conflict, "error.booth.taken")
	refused(t, "taken without a hold", take(q, b[1]), registry.Conflict, "error.booth.hold_over")
	s.Clock.Add(15 * time.Minute)
	refused(t, "an expired hold", take(p, b[1]), registry.Conflict, "error.booth.hold_over")
	works(t, hold(q, b[1]))
	works(t, take(q, b[1]))
	s.has(q, b[1])
	refused(t, "one more than granted", hold(q, b[2]), registry.Conflict, "error.booth.enough")
	works(t, hold(p, b[0]))
	works(t, s.App.DropHold(t.Context(), p.owner, p.id))
	s.has(p)
}

func TestPickingIsForEventsThatAllowIt(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 1)[0]
	p := s.applied(registry.AppApproved)
	refused(t, "not allowed", second(s.App.HoldBooth(t.Context(), p.owner, p.id, b.ID)), registry.Conflict, "error.booth.no_self_pick")
}

func TestHeldTwiceByOneVendor(t *testing.T) {
	s := newStage(t, selfPick)
	b := s.Booths(s.event.ID, "A", 10)
	p := s.applied(registry.AppApproved, testkit.Wishing(4))
	race(t, len(b), func(i int) error { return second(s.App.HoldBooth(t.Context(), p.owner, p.id, b[i].ID)) })
	if v, err := s.App.Application(t.Context(), p.owner, p.id); err != nil || len(v.Assigned) != 1 {
		t.Errorf("%d booths held by one application (%v), want 1", len(v.Assigned), err)
	}
}

func TestBlockAndDelete(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 3)
	p := s.applied(registry.AppApproved)
	works(t, s.App.BlockBooth(t.Context(), s.officer, s.ref(b[0])))
	refused(t, "given while blocked", s.App.AssignBooth(t.Context(), s.officer, s.ref(b[0]), p.id), registry.Conflict, "error.booth.taken")
	works(t, s.App.UnblockBooth(t.Context(), s.officer, s.ref(b[0])))
	works(t, s.App.AssignBooth(t.Context(), s.officer, s.ref(b[0]), p.id))
	refused(t, "blocked while assigned", s.App.BlockBooth(t.Context(), s.officer, s.ref(b[0])), registry.Conflict, "error.booth.not_free")
	all := []registry.BoothID{b[1].ID, b[0].ID}
	refused(t, "deleted with an assigned one", s.App.DeleteBooths(t.Context(), s.officer, s.event.ID, all), registry.Conflict, "error.booth.not_free")
	if n := len(s.plan().Booths); n != 3 {
		t.Errorf("%d booths after a refused deletion, want 3", n)
	}
	works(t, s.App.DeleteBooths(t.Context(), s.officer, s.event.ID, []registry.BoothID{b[1].ID, b[2].ID}))
	refused(t, "nothing chosen", s.App.DeleteBooths(t.Context(), s.officer, s.event.ID, nil), registry.Invalid, "error.booth.choose")
	if n := len(s.plan().Booths); n != 1 {
		t.Errorf("%d booths left, want 1", n)
	}
}

func TestMarksOfTheDay(t *testing.T) {
	s := newStage(t, testkit.InState(registry.Running))
	b := s.Booths(s.event.ID, "A", 2)
	p := s.applied(registry.AppApproved)
	s.Assign(b[0], s.read(p.id))
	mark := func(b registry.Booth, state registry.BoothDayState) error {
		return s.App.MarkBooth(t.Context(), s.officer, s.ref(b), state)
	}
	works(t, mark(b[0], registry.BoothOccupied))
	refused(t, "a free booth", mark(b[1], registry.BoothNoShow), registry.Conflict, "error.booth.not_assigned")
	refused(t, "no such state", mark(b[0], "burnt"), registry.Invalid, "error.choose")
	d, err := s.App.BoothDesk(t.Context(), s.officer, s.event.ID)
	if err != nil || d.Seen[b[0].ID] != registry.BoothOccupied {
		t.Errorf("seen %v (%v)", d.Seen, err)
	}
	s.Clock.Add(24 * time.Hour)
	if d, err = s.App.BoothDesk(t.Context(), s.officer, s.event.ID); err != nil || d.Seen[b[0].ID] != registry.BoothUnseen {
		t.Errorf("the next day: seen %v (%v)", d.Seen, err)
	}
	s.Clock.Add(10 * 24 * time.Hour)
	refused(t, "after the last day", mark(b[0], registry.BoothNoShow), registry.Conflict, "error.booth.not_today")
}

func TestOverOrCalledOffEventsKeepTheirBooths(t *testing.T) {
	s := newStage(t)
	for _, state := range []registry.EventState{registry.Ended, registry.Reported, registry.Cancelled} {
		s.event = s.Event(testkit.InState(state), selfPick)
		b := s.Booths(s.event.ID, "A", 2)
		p := s.applied(registry.AppApproved)
		for what, err := range map[string]error{
			"assign": s.App.AssignBooth(t.Context(), s.officer, s.ref(b[0]), p.id),
			"block":  s.App.BlockBooth(t.Context(), s.officer, s.ref(b[0])),
			"add":    second(s.App.AddBooths(t.Context(), s.officer, s.event.ID, grid("B", 1, 2))),
			"hold":   second(s.App.HoldBooth(t.Context(), p.owner, p.id, b[0].ID)),
			"decide": s.App.DeclineApplication(t.Context(), s.officer, p.id, s.now(p, 0, "Lý do")),
		} {
			refused(t, string(state)+", "+what, err, registry.Conflict, "error.booth.event_over")
		}
	}
}

func TestOnlyOrganisersOfTheAreaMoveBooths(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 2)
	p := s.applied(registry.AppApproved)
	allowed := map[registry.Role]bool{registry.Admin: true, registry.Organiser: true}
	try := func(actor registry.Actor) map[string]error {
		return map[string]error{
			"assign":  s.App.AssignBooth(t.Context(), actor, s.ref(b[0]), p.id),
			"move":    s.App.MoveBooth(t.Context(), actor, s.ref(b[0]), b[1].ID),
			"swap":    s.App.SwapBooths(t.Context(), actor, s.ref(b[0]), b[1].ID),
			"release": s.App.ReleaseBooth(t.Context(), actor, s.ref(b[0])),
			"block":   s.App.BlockBooth(t.Context(), actor, s.ref(b[0])),
			"unblock": s.App.UnblockBooth(t.Context(), actor, s.ref(b[0])),
			"mark":    s.App.MarkBooth(t.Context(), actor, s.ref(b[0]), registry.BoothOccupied),
			"delete":  s.App.DeleteBooths(t.Context(), actor, s.event.ID, []registry.BoothID{b[0].ID}),
			"add":     second(s.App.AddBooths(t.Context(), actor, s.event.ID, grid("B", 1, 2))),
			"preview": second(s.App.PreviewBooths(t.Context(), actor, s.event.ID, grid("B", 1, 2))),
		}
	}
	for _, role := range registry.Roles {
		elsewhere, _ := s.Officer(role, "01")
		for what, err := range try(elsewhere) {
			refused(t, string(role)+" elsewhere, "+what, err, registry.NotFound, "error.not_found")
		}
		if allowed[role] {
			continue
		}
		here, _ := s.Officer(role, "19")
		for what, err := range try(here) {
			refused(t, string(role)+" here, "+what, err, registry.Forbidden, "error.forbidden")
		}
	}
	for who, actor := range map[string]registry.Actor{"nobody": {}, "the vendor": p.owner} {
		for what, err := range try(actor) {
			refused(t, who+", "+what, err, registry.NotFound, "error.not_found")
		}
	}
	if len(s.plan().Booths) != 2 || s.booth(b[0].ID).State != registry.BoothFree {
		t.Error("somebody without the right changed the booths")
	}
}

func TestPublicPlanHidesWhoHoldsABooth(t *testing.T) {
	s := newStage(t, selfPick)
	b := s.Booths(s.event.ID, "A", 3)
	has, holds := s.applied(registry.AppApproved), s.applied(registry.AppApproved)
	s.Assign(b[0], s.read(has.id))
	works(t, second(s.App.HoldBooth(t.Context(), holds.owner, holds.id, b[1].ID)))
	p := s.plan()
	if v := p.Vendors[b[0].ID]; v.Name != has.vendor.Name || !slices.Equal(v.Goods, []string{has.product.Name}) {
		t.Errorf("booth A01 shows %+v", v)
	}
	if v, ok := p.Vendors[b[1].ID]; ok {
		t.Errorf("a held booth shows %q", v.Name)
	}
	d, err := s.App.BoothDesk(t.Context(), s.officer, s.event.ID)
	if err != nil || d.Vendors[b[1].ID].Name != holds.vendor.Name || len(d.Without) != 1 || d.Without[0].ID != holds.id {
		t.Errorf("the office sees %+v without booths (%v)", d.Without, err)
	}
	draft := s.Event(testkit.InState(registry.Draft))
	_, err = s.App.BoothPlan(t.Context(), registry.Actor{}, draft.Slug)
	refused(t, "a draft event", err, registry.NotFound, "error.not_found")
}

func TestEventVendorsInOrderOfThePlan(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 4)
	none, last, first := s.applied(registry.AppApproved), s.applied(registry.AppApproved), s.applied(registry.AppApproved, testkit.Wishing(2))
	s.applied(registry.AppSubmitted)
	s.Assign(b[3], s.read(last.id))
	s.Assign(b[0], s.read(first.id))
	s.Assign(b[2], s.read(first.id))
	list, err := s.App.EventVendors(t.Context(), s.event.ID)
	if err != nil || len(list) != 3 {
		t.Fatalf("%d vendors (%v), want 3", len(list), err)
	}
	for i, p := range []applicant{first, last, none} {
		if list[i].Slug != p.vendor.Slug || len(list[i].Products) != 1 || list[i].Products[0].ID != p.product.ID {
			t.Errorf("place %d: %+v, want %s", i, list[i], p.vendor.Name)
		}
	}
	if !slices.Equal(list[0].Booths, []string{"A01", "A03"}) || list[2].Booths != nil {
		t.Errorf("booths %v and %v", list[0].Booths, list[2].Booths)
	}
	_, err = s.App.EventVendors(t.Context(), s.Event(testkit.InState(registry.Draft)).ID)
	refused(t, "a draft event", err, registry.NotFound, "error.not_found")
}
