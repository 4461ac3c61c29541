package booths_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestMostThatAnApplicationAsksFor(t *testing.T) {
	s := testkit.NewStage(t)
	p := started(s)
	plates := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf("97C-%03d.45", i))
		}
		return strings.Join(list, "\n")
	}
	for name, c := range map[string]struct {
		change func(*booths.ApplicationInput)
		field  string
	}{
		"one booth":             {func(in *booths.ApplicationInput) { in.Booths = 1 }, ""},
		"no booth":              {func(in *booths.ApplicationInput) { in.Booths = 0 }, "booths"},
		"as many as there may":  {func(in *booths.ApplicationInput) { in.Booths = registry.MaxBoothsEach }, ""},
		"a booth more":          {func(in *booths.ApplicationInput) { in.Booths = registry.MaxBoothsEach + 1 }, "booths"},
		"nobody yet":            {func(in *booths.ApplicationInput) { in.StaffN = 0 }, ""},
		"fewer than nobody":     {func(in *booths.ApplicationInput) { in.StaffN = -1 }, "staff_n"},
		"no vehicle":            {func(in *booths.ApplicationInput) { in.Vehicles = "" }, ""},
		"many vehicles":         {func(in *booths.ApplicationInput) { in.Vehicles = plates(100) }, "vehicles"},
		"a plate of many words": {func(in *booths.ApplicationInput) { in.Vehicles = strings.Repeat("A", 21) }, "vehicles"},
	} {
		t.Run(name, func(t *testing.T) {
			in := answers(s, p)
			c.change(&in)
			err := s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in)
			if got := strings.Join(testkit.FieldsOf(err), " "); got != c.field {
				t.Errorf("refused at %q (%v), want %q", got, err, c.field)
			}
		})
	}
	for plate, want := range map[string]string{strings.Repeat("A", 21): strings.Repeat("A", 20) + "…", strings.Repeat("B", 20): strings.Repeat("B", 20)} {
		in := answers(s, p)
		in.Vehicles = plate
		faults, _ := s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in).(registry.Faults)
		if len(faults) != 1 || faults[0].Args[0] != want {
			t.Errorf("%s is quoted as %v, want %s", plate, faults, want)
		}
	}
}

func TestMostStaffAndVehicles(t *testing.T) {
	s := testkit.NewStage(t)
	p := started(s)
	for field, set := range map[string]func(*booths.ApplicationInput, int){
		"staff_n": func(in *booths.ApplicationInput, n int) { in.StaffN = n },
		"vehicles": func(in *booths.ApplicationInput, n int) {
			in.Vehicles = ""
			for i := range n {
				in.Vehicles += fmt.Sprintf("97C-%03d.45\n", i)
			}
		},
	} {
		in := answers(s, p)
		set(&in, 200)
		faults, _ := s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in).(registry.Faults)
		if len(faults) != 1 || faults[0].Field != field {
			t.Fatalf("two hundred: %v", faults)
		}
		most := faults[0].Args[0].(int)
		set(&in, most)
		testkit.Works(t, s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in))
		in.Version = s.StoredApplication(p.ID).Version
		set(&in, most+1)
		if got := testkit.FieldsOf(s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in)); !slices.Equal(got, []string{field}) {
			t.Errorf("one more than %d is refused at %v", most, got)
		}
	}
}

func TestWindowOpensAndTheEventBeginsAtTheirMoment(t *testing.T) {
	s := testkit.NewStage(t)
	for name, c := range map[string]struct {
		at   int64
		want registry.Kind
	}{
		"a moment before the window": {s.Fair.ApplyFrom - 1, registry.Conflict}, "at its first": {s.Fair.ApplyFrom, registry.None},
	} {
		s.Clock.Set(time.UnixMilli(c.at))
		p := s.NewVendor()
		_, _, err := s.App.Booths.StartApplication(t.Context(), p.Owner, s.Fair.ID, p.Vendor.ID)
		if registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.Clock.Set(time.UnixMilli(s.Fair.BeginsAt))
	p := s.NewVendor()
	_, _, err := s.App.Booths.StartApplication(t.Context(), s.Reviewer, s.Fair.ID, p.Vendor.ID)
	testkit.Refused(t, "on paper as the event begins", err, registry.Conflict, "error.application.begun")
	s.Clock.Set(time.UnixMilli(s.Fair.BeginsAt - 1))
	testkit.Works(t, func() error {
		_, _, err := s.App.Booths.StartApplication(t.Context(), s.Reviewer, s.Fair.ID, p.Vendor.ID)
		return err
	}())
}

func TestEdgesOfAGrid(t *testing.T) {
	s := testkit.NewStage(t)
	for name, c := range map[string]struct {
		change func(*booths.BoothGrid)
		field  string
	}{
		"the smallest booth":    {func(g *booths.BoothGrid) { g.Width, g.Depth = "0,5", "0.5" }, ""},
		"smaller still":         {func(g *booths.BoothGrid) { g.Width = "0,49" }, "width"},
		"in one column":         {func(g *booths.BoothGrid) { g.Columns = 1 }, ""},
		"in no column":          {func(g *booths.BoothGrid) { g.Columns = 0 }, "columns"},
		"number 999":            {func(g *booths.BoothGrid) { g.From, g.To = 999, 999 }, ""},
		"number 1000":           {func(g *booths.BoothGrid) { g.From, g.To = 1000, 1000 }, "from to"},
		"ends before it begins": {func(g *booths.BoothGrid) { g.From, g.To = 3, 2 }, "to"},
		"the largest booth":     {func(g *booths.BoothGrid) { g.Width = "100" }, ""},
		"larger still":          {func(g *booths.BoothGrid) { g.Width = "100,01" }, "width"},
		"in forty columns":      {func(g *booths.BoothGrid) { g.Columns = 40 }, ""},
		"in one more":           {func(g *booths.BoothGrid) { g.Columns = 41 }, "columns"},
		"the highest fee":       {func(g *booths.BoothGrid) { g.Fee = "1.000.000.000" }, ""},
		"a đồng more":           {func(g *booths.BoothGrid) { g.Fee = "1.000.000.001" }, "fee"},
		"free of charge":        {func(g *booths.BoothGrid) { g.Fee = " " }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := testkit.TypedGrid("A", 1, 3)
			c.change(&g)
			_, err := s.App.Booths.PreviewBooths(t.Context(), s.Reviewer, s.Fair.ID, g)
			if got := strings.Join(testkit.FieldsOf(err), " "); got != c.field {
				t.Errorf("refused at %q (%v), want %q", got, err, c.field)
			}
		})
	}
}

func TestWhatAnApplicationChoosesFrom(t *testing.T) {
	s := testkit.NewStage(t)
	p := started(s)
	s.Product(p.Vendor, func(x *registry.Product) { x.Hidden = true })
	s.Product(p.Vendor, func(x *registry.Product) { x.Evidence = registry.Excluded })
	s.Booths(s.Fair.ID, "A", 1)
	s.Booths(s.Fair.ID, "B", 1)
	o, err := s.App.Booths.ApplicationOffering(t.Context(), p.Owner, p.ID)
	if err != nil || len(o.Products) != 1 || o.Products[0].ID != p.Product.ID || !slices.Equal(o.Zones, []string{"A", "B"}) {
		t.Errorf("%d goods, zones %v (%v)", len(o.Products), o.Zones, err)
	}
	if _, err := s.App.Booths.ApplicationOffering(t.Context(), s.NewVendor().Owner, p.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("of another vendor: %v", err)
	}
}

func TestApplicationsOfAVendor(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	second, open := s.Event(), s.Event()
	later := s.Application(second, p.Vendor.ID)
	v, err := s.App.Booths.VendorApplications(t.Context(), p.Owner, p.Vendor.ID)
	if err != nil || v.Vendor.ID != p.Vendor.ID || len(v.Rows) != 2 || v.Rows[0].ID != later.ID || len(v.Open) != 1 || v.Open[0].ID != open.ID {
		t.Errorf("%d applications, first %v, %d events (%v)", len(v.Rows), v.Rows, len(v.Open), err)
	}
	_, err = s.App.Booths.VendorApplications(t.Context(), s.NewVendor().Owner, p.Vendor.ID)
	testkit.Refused(t, "of another vendor", err, registry.NotFound, "error.not_found")
}

func TestDoorwayOfAnApplication(t *testing.T) {
	s := testkit.NewStage(t, func(e *registry.Event) { e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 8}} })
	s.Booths(s.Fair.ID, "A", 3)
	p := s.Applied(registry.AppSubmitted)
	fresh := s.NewVendor()
	for name, c := range map[string]struct {
		who   testkit.Applicant
		id    registry.ApplicationID
		state registry.ApplicationState
	}{"whoever has applied": {p, p.ID, registry.AppSubmitted}, "whoever has not": {fresh, "", ""}} {
		d, err := s.App.Booths.ApplicationDoorway(t.Context(), c.who.Owner, s.Fair.Slug)
		if err != nil || d.Closed != nil || d.Places.Booths != 3 || len(d.Quotas) != 1 || len(d.Vendors) != 1 || d.Vendors[0].Application != c.id || d.Vendors[0].State != c.state {
			t.Errorf("%s: %+v (%v)", name, d, err)
		}
	}
	s.Clock.Set(time.UnixMilli(s.Fair.ApplyUntil))
	if d, err := s.App.Booths.ApplicationDoorway(t.Context(), fresh.Owner, s.Fair.Slug); err != nil || d.Closed == nil {
		t.Errorf("after the window: %v (%v)", d.Closed, err)
	}
}

func TestDoorwayOfAPaperForm(t *testing.T) {
	s := testkit.NewStage(t)
	s.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "00004"}))
	v := s.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name = "HTX Nà Mô" }))
	s.Vendor()
	d, err := s.App.Booths.PaperDoorway(t.Context(), s.Reviewer, "")
	if err != nil || len(d.Events) != 1 || d.Events[0].ID != s.Fair.ID || len(d.Vendors) != 0 {
		t.Errorf("%d events, %d vendors (%v)", len(d.Events), len(d.Vendors), err)
	}
	if d, err = s.App.Booths.PaperDoorway(t.Context(), s.Reviewer, "nà mô"); err != nil || len(d.Vendors) != 1 || d.Vendors[0].ID != v.ID {
		t.Errorf("found %d vendors (%v)", len(d.Vendors), err)
	}
	admin, _ := s.Officer(registry.Admin, "")
	if d, err = s.App.Booths.PaperDoorway(t.Context(), admin, ""); err != nil || len(d.Events) != 2 {
		t.Errorf("an administrator has %d events (%v)", len(d.Events), err)
	}
	_, err = s.App.Booths.PaperDoorway(t.Context(), s.NewVendor().Owner, "")
	testkit.Refused(t, "a vendor", err, registry.NotFound, "error.not_found")
}

func TestEffectOfTakingABoothBack(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved, testkit.Wishing(2), func(a *registry.Application) { a.Vehicles = []string{"97C-123.45"} })
	list := s.Booths(s.Fair.ID, "A", 3)
	_, err := s.App.Booths.BoothEffect(t.Context(), s.Reviewer, s.Ref(list[0]))
	testkit.Refused(t, "of a free booth", err, registry.Conflict, "error.booth.not_assigned")
	effect := func(b registry.Booth) booths.BoothEffect {
		t.Helper()
		x, err := s.App.Booths.BoothEffect(t.Context(), s.Reviewer, s.Ref(b))
		testkit.Works(t, err)
		return x
	}
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(list[0]), p.ID))
	if x := effect(list[0]); len(x.Dying) != 4 || x.Passes != 4 || x.Left != 0 || x.Letters != 1 || x.Calls != 0 {
		t.Errorf("of the only booth: %d passes, %d booths left, %+v; want booth, two staff, the lorry", len(x.Dying), x.Left, x.Effect)
	}
	testkit.Works(t, s.App.Passes.StepPass(t.Context(), s.Reviewer, effect(list[0]).Dying[0].ID, registry.PassRevoked, "mất thẻ"))
	if x := effect(list[0]); len(x.Dying) != 3 {
		t.Errorf("a revoked pass dies again: %d", len(x.Dying))
	}
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(list[1]), p.ID))
	if x := effect(list[1]); len(x.Dying) != 3 || x.Left != 1 {
		t.Errorf("of one of two: %d passes, %d booths left, want the lorry kept", len(x.Dying), x.Left)
	}
	s.App.NoMail = true
	if x := effect(list[1]); x.Letters != 0 || x.Calls != 1 {
		t.Errorf("with letters in a folder: %+v", x.Effect)
	}
}

func TestBoothIsChangedForWhomItWasShown(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved)
	b := s.Booths(s.Fair.ID, "A", 1)[0]
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b), p.ID))
	ref := s.Ref(b)
	ref.Shown = "another"
	testkit.Refused(t, "of another application", s.App.Booths.ReleaseBooth(t.Context(), s.Reviewer, ref), registry.Conflict, "error.booth.other_owner")
	ref.Shown = p.ID
	testkit.Works(t, s.App.Booths.ReleaseBooth(t.Context(), s.Reviewer, ref))
}

func TestPlanCountsItsBooths(t *testing.T) {
	s := testkit.NewStage(t)
	list := s.Booths(s.Fair.ID, "A", 3)
	testkit.Works(t, s.App.Booths.BlockBooth(t.Context(), s.Reviewer, s.Ref(list[0])))
	d, err := s.App.Booths.BoothDesk(t.Context(), s.Reviewer, s.Fair.ID)
	if err != nil || d.Count(registry.BoothFree) != 2 || d.Count(registry.BoothBlocked) != 1 || d.Over || !d.MayEdit {
		t.Errorf("%d free, %d blocked, over %v, may edit %v (%v)", d.Count(registry.BoothFree), d.Count(registry.BoothBlocked), d.Over, d.MayEdit, err)
	}
	over := s.Event(testkit.InState(registry.Ended))
	if d, err := s.App.Booths.BoothDesk(t.Context(), s.Reviewer, over.ID); err != nil || !d.Over || d.MayEdit {
		t.Errorf("of an event that is over: %v, %v (%v)", d.Over, d.MayEdit, err)
	}
}

func TestStepsOfAnApplicationLeaveTheirMarks(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 3)
	p := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.WaitlistApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Hết chỗ")))
	if a := s.StoredApplication(p.ID); a.WaitSince != s.App.NowMS() || a.Granted != 0 || a.DecidedAt == 0 {
		t.Errorf("on the waiting list: %+v", a)
	}
	q := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, q.ID, s.Now(q, 1, "")))
	if a := s.StoredApplication(q.ID); a.WaitSince != 0 || a.Granted != 1 {
		t.Errorf("approved: %+v", a)
	}
	if !booths.MayReturn(s.StoredApplication(q.ID), s.Fair) || booths.MayReturn(s.StoredApplication(p.ID), s.Fair) {
		t.Error("an approved application alone can be sent back")
	}
}
