package passes_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestPassesOfABoothAreForWhoeverWorksThere(t *testing.T) {
	for name, c := range map[string]struct{ asked, want int }{
		"fewer than a booth may have": {2, 2}, "not said": {0, 4}, "more than a booth may have": {6, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := testkit.NewStage(t)
			p := s.Applied(registry.AppApproved, func(a *registry.Application) {
				a.StaffN, a.Vehicles = c.asked, []string{"97C-123.45", "97C-123.46", "97C-123.47", "97C-123.48"}
			})
			testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(s.Booths(s.Fair.ID, "A", 1)[0]), p.ID))
			ordinals := map[registry.PassKind][]int{}
			for _, row := range testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID) {
				ordinals[row.Kind] = append(ordinals[row.Kind], row.Ordinal*10+row.OrdinalOf)
			}
			var staff []int
			for i := range c.want {
				staff = append(staff, (i+1)*10+c.want)
			}
			for _, list := range ordinals {
				slices.Sort(list)
			}
			if !slices.Equal(ordinals[registry.StaffPass], staff) || !slices.Equal(ordinals[registry.VehiclePass], []int{13, 23, 33}) {
				t.Errorf("numbered %v, want staff %v and three vehicles", ordinals, staff)
			}
		})
	}
}

func TestVehiclesStayWithTheLastBooth(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved, testkit.Wishing(2), func(a *registry.Application) { a.Vehicles = []string{"97C-123.45"} })
	list := s.Booths(s.Fair.ID, "A", 2)
	for _, b := range list {
		testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b), p.ID))
	}
	for i, b := range list {
		testkit.Works(t, s.App.Booths.ReleaseBooth(t.Context(), s.Reviewer, s.Ref(b)))
		left := testkit.CountKinds(testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID), registry.PassValid)
		if want := 1 - i; left[registry.VehiclePass] != want || left[registry.BoothPass] != want {
			t.Errorf("%d booths given back: %v in force, want %d of each kind", i+1, left, want)
		}
	}
}

func TestPassBookCountsWhatThereIsToPrint(t *testing.T) {
	k, event, organiser, list := testkit.StallOf(t) // one booth, four staff, one vehicle
	revoked := list[slices.IndexFunc(list, func(r registry.PassRow) bool { return r.Kind == registry.StaffPass })]
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, revoked.ID, registry.PassRevoked, "mất thẻ"))
	for name, c := range map[string]struct {
		filter                     registry.PassFilter
		groups, found, live, signs int
	}{
		"those that live":  {registry.PassFilter{}, 1, 5, 5, 1},
		"in force":         {registry.PassFilter{State: registry.PassValid}, 1, 5, 5, 1},
		"revoked":          {registry.PassFilter{State: registry.PassRevoked}, 1, 1, 0, 0},
		"of the staff":     {registry.PassFilter{Kind: registry.StaffPass}, 1, 3, 3, 0},
		"nothing found":    {registry.PassFilter{Text: "không có"}, 0, 0, 0, 0},
		"found by a booth": {registry.PassFilter{Text: "A05", Kind: registry.BoothPass}, 1, 1, 1, 1},
		"a revoked one":    {registry.PassFilter{Text: revoked.Code}, 1, 1, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			c.filter.Event = event.ID
			b, err := k.App.Passes.PassBook(t.Context(), organiser, passes.BookPage{Filter: c.filter})
			if err != nil || len(b.Groups) != c.groups || b.Found.Passes != c.found || b.Found.Live != c.live || b.Found.Signs != c.signs || b.All.ToPrint != 5 || len(b.Booths) != 5 {
				t.Errorf("%d groups, found %+v, all %+v, %d booths (%v); want %+v", len(b.Groups), b.Found, b.All, len(b.Booths), err, c)
			}
		})
	}
	t.Run("for nobody else", func(t *testing.T) {
		elsewhere, _ := k.Officer(registry.Organiser, "01")
		_, err := k.App.Passes.PassBook(t.Context(), elsewhere, passes.BookPage{Filter: registry.PassFilter{Event: event.ID}})
		if registry.KindOf(err) != registry.NotFound && registry.KindOf(err) != registry.Forbidden {
			t.Errorf("read elsewhere: %v", err)
		}
	})
	t.Run("the list tells its total", func(t *testing.T) {
		_, rows, total, err := k.App.Passes.EventPasses(t.Context(), organiser, registry.PassFilter{Event: event.ID, Limit: 1})
		if err != nil || len(rows) != 1 || total != 6 {
			t.Errorf("%d rows of %d (%v)", len(rows), total, err)
		}
	})
}

func TestPassBookComesInPagesOfWholeBooths(t *testing.T) {
	k, event, organiser, _ := testkit.StallOf(t) // 6 passes of A05
	testkit.Works(t, k.App.Passes.IssuePasses(t.Context(), organiser, event.ID,
		passes.IssueInput{Kind: registry.VisitorPass, Count: 130, FirstDay: event.OpensOn, Days: 1, Label: "Bản Pjoọc"}))
	var sizes []int
	page := passes.BookPage{Filter: registry.PassFilter{Event: event.ID}, Passes: 60}
	for range 9 {
		b, err := k.App.Passes.PassBook(t.Context(), organiser, page)
		testkit.Works(t, err)
		for _, g := range b.Groups {
			sizes = append(sizes, len(g.Rows))
		}
		if page.After = b.More; b.More == "" {
			break
		}
	}
	if !slices.Equal(sizes, []int{6, 60, 60, 10}) {
		t.Errorf("groups of %v passes, want 6, 60, 60, 10", sizes)
	}
	b, err := k.App.Passes.PassBook(t.Context(), organiser, passes.BookPage{Filter: page.Filter, After: "nowhere"})
	if err != nil || len(b.Groups) != 0 {
		t.Errorf("after a group that is none: %d groups (%v)", len(b.Groups), err)
	}
}

// TestPassesAreFoundByWhatStandsOnThem looks for the last digits of a code, whose middle is nobody's business, and for a plate
// however it is typed.
func TestPassesAreFoundByWhatStandsOnThem(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved, func(a *registry.Application) { a.Vehicles = []string{"97C-123.45"} })
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(s.Booths(s.Fair.ID, "A", 1)[0]), p.ID))
	all := testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID)
	code := all[0].Code
	found := func(text string) (codes []string) {
		t.Helper()
		b, err := s.App.Passes.PassBook(t.Context(), s.Reviewer, passes.BookPage{Filter: registry.PassFilter{Event: s.Fair.ID, Text: text}})
		testkit.Works(t, err)
		for _, g := range b.Groups {
			for _, r := range g.Rows {
				codes = append(codes, r.Code)
			}
		}
		return codes
	}
	t.Run("last four digits", func(t *testing.T) {
		for _, got := range found(code[8:]) {
			if got[8:] != code[8:] {
				t.Errorf("%s is found by %s", got, code[8:])
			}
		}
		if !slices.Contains(found(code[8:]), code) {
			t.Error("not found by its last digits")
		}
	})
	t.Run("not by four digits in the middle", func(t *testing.T) {
		if code[3:7] != code[8:] && slices.Contains(found(code[3:7]), code) {
			t.Errorf("%s is found by %s", code, code[3:7])
		}
	})
	for _, plate := range []string{"97C-123.45", "97c12345", "2345", "123.45"} {
		t.Run("plate typed "+plate, func(t *testing.T) {
			if got := found(plate); len(got) != 1 {
				t.Errorf("%d passes", len(got))
			}
		})
	}
	t.Run("by the vendor", func(t *testing.T) {
		if got := found(p.Vendor.Name); len(got) != len(all) {
			t.Errorf("%d of %d passes", len(got), len(all))
		}
	})
}

func TestBoothsWithoutPassesGetThem(t *testing.T) {
	k, event, organiser, list := testkit.StallOf(t)
	bare := func() int {
		t.Helper()
		b, err := k.App.Passes.PassBook(t.Context(), organiser, passes.BookPage{Filter: registry.PassFilter{Event: event.ID}})
		testkit.Works(t, err)
		return len(b.Bare)
	}
	_, err := k.App.Passes.IssueMissing(t.Context(), organiser, event.ID)
	testkit.Refused(t, "while none is missing", err, registry.Conflict, "error.pass.step")
	for _, r := range list {
		if r.Booth != "" {
			testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, r.ID, registry.PassRevoked, "thu nhầm"))
		}
	}
	if bare() != 1 {
		t.Fatalf("%d booths without passes, want one", bare())
	}
	elsewhere, _ := k.Officer(registry.Organiser, "01")
	if n, err := k.App.Passes.IssueMissing(t.Context(), elsewhere, event.ID); err == nil {
		t.Errorf("%d issued from elsewhere", n)
	}
	n, err := k.App.Passes.IssueMissing(t.Context(), organiser, event.ID)
	after := testkit.CountKinds(testkit.AllPasses(t, k, organiser, event.ID), registry.PassValid)
	if err != nil || n != 5 || bare() != 0 || after[registry.BoothPass] != 1 || after[registry.StaffPass] != 4 || after[registry.VehiclePass] != 1 {
		t.Errorf("%d issued (%v), in force %v, %d booths still bare", n, err, after, bare())
	}
}

func TestPassesOfAVendorAreThoseThatStillCount(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved)
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(s.Booths(s.Fair.ID, "A", 1)[0]), p.ID))
	own := func() []registry.PassRow {
		t.Helper()
		rows, err := s.App.Passes.VendorPasses(t.Context(), p.Owner, p.Vendor.ID)
		testkit.Works(t, err)
		return rows
	}
	all := own()
	testkit.Works(t, s.App.Passes.StepPass(t.Context(), s.Reviewer, all[0].ID, registry.PassRevoked, "mất thẻ"))
	if left := own(); len(all) != 3 || len(left) != 2 || slices.ContainsFunc(left, func(r registry.PassRow) bool { return r.ID == all[0].ID }) {
		t.Errorf("%d passes, %d after one was revoked; want 3 and 2", len(all), len(left))
	}
	_, err := s.App.Passes.VendorPasses(t.Context(), s.NewVendor().Owner, p.Vendor.ID)
	testkit.Refused(t, "another vendor's", err, registry.NotFound, "error.not_found")
	s.Clock.Add(30 * 24 * 3600e9)
	if left := own(); len(left) != 0 {
		t.Errorf("%d passes after the event", len(left))
	}
}

func TestDaysOfIssuedPasses(t *testing.T) {
	k, event, organiser, _ := testkit.StallOf(t) // four days
	for name, c := range map[string]struct {
		from, days int
		key        string
	}{
		"the whole event": {0, 4, ""}, "the last day": {3, 1, ""}, "a day too many": {0, 5, "error.pass.days"},
		"past the end": {3, 2, "error.pass.days"}, "no day": {0, 0, "error.pass.days"}, "before it": {-1, 1, "error.pass.days"},
	} {
		t.Run(name, func(t *testing.T) {
			in := passes.IssueInput{Kind: registry.VisitorPass, Count: 2, FirstDay: registry.AddDays(event.OpensOn, c.from), Days: c.days}
			if got := testkit.FaultsAt(k.App.Passes.IssuePasses(t.Context(), organiser, event.ID, in))["first_day"]; got != c.key {
				t.Errorf("told %q, want %q", got, c.key)
			}
		})
	}
	var ordinals []int
	for _, r := range testkit.AllPasses(t, k, organiser, event.ID) {
		if r.Kind == registry.VisitorPass && r.Days == 4 {
			ordinals = append(ordinals, r.Ordinal)
		}
	}
	if slices.Sort(ordinals); !slices.Equal(ordinals, []int{1, 2}) {
		t.Errorf("numbered %v", ordinals)
	}
}

func TestUnblockingAsksWhoseAPassIs(t *testing.T) {
	k, event, organiser, list := testkit.StallOf(t)
	step := func(id registry.PassID, next registry.PassState) error {
		return k.App.Passes.StepPass(t.Context(), organiser, id, next, "mất thẻ")
	}
	testkit.Works(t, k.App.Vendors.BlockVendor(t.Context(), organiser, list[0].Vendor, "hàng giả"))
	t.Run("a pass of a blocked vendor stays blocked", func(t *testing.T) {
		blocked := testkit.AllPasses(t, k, organiser, event.ID)
		if got := testkit.CountKinds(blocked, registry.PassBlocked); got[registry.BoothPass] != 1 {
			t.Fatalf("blocked with their vendor: %v", got)
		}
		if err := step(list[0].ID, registry.PassValid); registry.KindOf(err) != registry.Conflict {
			t.Errorf("unblocked: %v", err)
		}
	})
	t.Run("one of nobody is unblocked", func(t *testing.T) {
		testkit.Works(t, k.App.Passes.IssuePasses(t.Context(), organiser, event.ID,
			passes.IssueInput{Kind: registry.OfficialPass, Count: 1, FirstDay: event.OpensOn, Days: 1}))
		all := testkit.AllPasses(t, k, organiser, event.ID)
		official := all[slices.IndexFunc(all, func(r registry.PassRow) bool { return r.Kind == registry.OfficialPass })]
		testkit.Works(t, step(official.ID, registry.PassBlocked))
		testkit.Works(t, step(official.ID, registry.PassValid))
	})
}

func TestMovedBoothTakesItsPassesAlong(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved)
	list := s.Booths(s.Fair.ID, "A", 2)
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(list[0]), p.ID))
	before := testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID)
	blocked := before[slices.IndexFunc(before, func(r registry.PassRow) bool { return r.Kind == registry.StaffPass })]
	testkit.Works(t, s.App.Passes.StepPass(t.Context(), s.Reviewer, blocked.ID, registry.PassBlocked, "mất trộm"))
	testkit.Works(t, s.App.Booths.MoveBooth(t.Context(), s.Reviewer, booths.BoothRef{Event: s.Fair.ID, Booth: list[0].ID}, list[1].ID))
	after := testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID)
	valid, stopped := testkit.CountKinds(after, registry.PassValid), testkit.CountKinds(after, registry.PassBlocked)
	if valid[registry.BoothPass] != 1 || valid[registry.StaffPass] != 1 || stopped[registry.StaffPass] != 1 {
		t.Errorf("after the move %v are in force and %v blocked, want booth, staff and the blocked one", valid, stopped)
	}
	for _, r := range after {
		if (r.State != registry.PassRevoked) != (r.BoothCode == "A02") {
			t.Errorf("%s pass of %s is %s", r.Kind, r.BoothCode, r.State)
		}
	}
}

func TestTypedCodeOfAPass(t *testing.T) {
	_, _, _, list := testkit.StallOf(t)
	if code, ok := passes.PassCode(passes.ShowPassCode(list[0].Code)); !ok || code != list[0].Code {
		t.Errorf("read %q, %v; want %q", code, ok, list[0].Code)
	}
	if _, ok := passes.PassCode("123456789012"); ok {
		t.Error("a wrong check digit is taken")
	}
}
