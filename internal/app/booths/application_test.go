package booths_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// answers is a full application for a product.
func answers(s *testkit.Stage, p testkit.Applicant) booths.ApplicationInput {
	return booths.ApplicationInput{Days: []string{s.Fair.Days[0].Day}, Products: []registry.ProductID{p.Product.ID}, Booths: 2,
		StaffN: 3, Vehicles: "97c-012.34, 20C 555.55\n97C-012.34", Note: "Gần cổng A", NeedsPower: true, Version: s.StoredApplication(p.ID).Version}
}

func pledge(s *testkit.Stage, p testkit.Applicant) booths.Pledge {
	return booths.Pledge{Agreed: true, Text: booths.PledgeVersion, Version: s.StoredApplication(p.ID).Version}
}

func started(s *testkit.Stage) testkit.Applicant {
	s.T.Helper()
	p := s.NewVendor()
	a, made, err := s.App.Booths.StartApplication(s.T.Context(), p.Owner, s.Fair.ID, p.Vendor.ID)
	if err != nil || !made {
		s.T.Fatalf("start: made %t, %v", made, err)
	}
	p.ID = a.ID
	return p
}

func TestVendorApplies(t *testing.T) {
	s := testkit.NewStage(t)
	p := started(s)
	testkit.Works(t, s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, answers(s, p)))
	testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)))
	a := s.State(p, registry.AppSubmitted)
	if a.Booths != 2 || a.StaffN != 3 || !a.NeedsPower || a.Note != "Gần cổng A" ||
		!slices.Equal(a.Vehicles, []string{"97C-012.34", "20C 555.55"}) || !slices.Equal(a.Days, []string{s.Fair.Days[0].Day}) {
		t.Errorf("stored %+v", a)
	}
	if a.PledgeVersion != booths.PledgeVersion || a.PledgedAt != testkit.Start.UnixMilli() || a.SubmittedAt != a.PledgedAt || a.OnPaper {
		t.Errorf("pledge %q at %d, sent at %d, on paper %t", a.PledgeVersion, a.PledgedAt, a.SubmittedAt, a.OnPaper)
	}
	if got := s.Mail(p); !slices.Equal(got, []string{"application.mail.submitted"}) {
		t.Errorf("the vendor was told %v", got)
	}
}

func TestSecondTryLeadsToTheFirst(t *testing.T) {
	s := testkit.NewStage(t)
	p := started(s)
	again, made, err := s.App.Booths.StartApplication(t.Context(), p.Owner, s.Fair.ID, p.Vendor.ID)
	if err != nil || made || again.ID != p.ID {
		t.Errorf("second try: %s, made %t, %v; want %s", again.ID, made, err, p.ID)
	}
	s.Clock.Set(time.UnixMilli(s.Fair.ApplyUntil))
	again, made, err = s.App.Booths.StartApplication(t.Context(), p.Owner, s.Fair.ID, p.Vendor.ID)
	if err != nil || made || again.ID != p.ID {
		t.Errorf("after the window: %s, made %t, %v; want the first one", again.ID, made, err)
	}
}

func TestParallelStartsMakeOneApplication(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.NewVendor()
	won := testkit.Race(t, 30, func(int) error {
		_, made, err := s.App.Booths.StartApplication(t.Context(), p.Owner, s.Fair.ID, p.Vendor.ID)
		if err == nil && !made {
			return registry.E(registry.Conflict, "second")
		}
		return err
	})
	if won != 1 {
		t.Errorf("%d applications were made, want 1", won)
	}
}

func TestPaperFormIsTypedInByAnOfficer(t *testing.T) {
	s := testkit.NewStage(t, testkit.InState(registry.Closed))
	p := s.NewVendor()
	_, _, err := s.App.Booths.StartApplication(t.Context(), p.Owner, s.Fair.ID, p.Vendor.ID)
	testkit.Refused(t, "the vendor itself after the window", err, registry.Conflict, "error.application.window_over")
	a, made, err := s.App.Booths.StartApplication(t.Context(), s.Reviewer, s.Fair.ID, p.Vendor.ID)
	if err != nil || !made || !a.OnPaper {
		t.Fatalf("officer: on paper %t, made %t, %v", a.OnPaper, made, err)
	}
	p.ID = a.ID
	testkit.Works(t, s.App.Booths.EditApplication(t.Context(), s.Reviewer, p.ID, answers(s, p)))
	testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), s.Reviewer, p.ID, pledge(s, p)))
	s.State(p, registry.AppSubmitted)
	if _, err := s.App.Booths.Application(t.Context(), p.Owner, p.ID); err != nil {
		t.Errorf("the vendor cannot see its own paper form: %v", err)
	}
	if n := auditLines(s, "application.start", s.Reviewer); n != 1 {
		t.Errorf("%d audit lines of the officer's entry, want 1", n)
	}
}

func auditLines(s *testkit.Stage, action string, actor registry.Actor) int {
	s.T.Helper()
	n := 0
	s.Read(func(tx *store.Tx) error {
		lines, err := tx.AuditLines(s.T.Context(), store.AuditQuery{Limit: 500, Everywhere: true})
		for _, e := range lines {
			if e.Action == action && e.Account == actor.Account {
				n++
			}
		}
		return err
	})
	return n
}

func TestStrangersFindNoApplication(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	p := s.Applied(registry.AppApproved)
	booth := s.Booths(s.Fair.ID, "A", 1)[0]
	sibling := s.NewVendor()
	elsewhere, _ := s.Officer(registry.Organiser, "01")
	for who, actor := range map[string]registry.Actor{"nobody": {}, "sibling vendor": sibling.Owner, "officer elsewhere": elsewhere,
		"own officer, not on paper": s.Reviewer} {
		for what, err := range map[string]error{
			"read":     testkit.Second(s.App.Booths.Application(t.Context(), actor, p.ID)),
			"edit":     s.App.Booths.EditApplication(t.Context(), actor, p.ID, answers(s, p)),
			"submit":   s.App.Booths.SubmitApplication(t.Context(), actor, p.ID, pledge(s, p)),
			"withdraw": s.App.Booths.WithdrawApplication(t.Context(), actor, p.ID),
			"accept":   s.App.Booths.AcceptOffer(t.Context(), actor, p.ID),
			"hold":     testkit.Second(s.App.Booths.HoldBooth(t.Context(), actor, p.ID, booth.ID)),
			"take":     s.App.Booths.TakeBooth(t.Context(), actor, p.ID, booth.ID),
			"drop":     s.App.Booths.DropHold(t.Context(), actor, p.ID),
			"list":     testkit.Second(s.App.Booths.VendorApplications(t.Context(), actor, p.Vendor.ID)),
		} {
			testkit.Refused(t, who+", "+what, err, registry.NotFound, "error.not_found")
		}
	}
	for who, actor := range map[string]registry.Actor{"nobody": {}, "sibling vendor": sibling.Owner, "officer elsewhere": elsewhere} {
		_, _, err := s.App.Booths.StartApplication(t.Context(), actor, s.Fair.ID, p.Vendor.ID)
		testkit.Refused(t, who+", start", err, registry.NotFound, "error.not_found")
	}
}

func TestBadAnswersChangeNothing(t *testing.T) {
	testkit.NamesDays(t)
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 2)
	p, other := started(s), s.NewVendor()
	for what, c := range map[string]struct {
		change func(*booths.ApplicationInput)
		field  string
		key    string
	}{
		"foreign day":          {func(in *booths.ApplicationInput) { in.Days = []string{"2027-01-01"} }, "days", "error.application.day"},
		"31 February":          {func(in *booths.ApplicationInput) { in.Days = []string{"2026-02-31"} }, "days", "error.application.day"},
		"foreign product":      {func(in *booths.ApplicationInput) { in.Products = []registry.ProductID{other.Product.ID} }, "products", "error.application.product"},
		"no such product":      {func(in *booths.ApplicationInput) { in.Products = []registry.ProductID{"'; DROP TABLE"} }, "products", "error.application.product"},
		"no booth":             {func(in *booths.ApplicationInput) { in.Booths = 0 }, "booths", "error.application.booths"},
		"five booths":          {func(in *booths.ApplicationInput) { in.Booths = 5 }, "booths", "error.application.booths"},
		"negative booths":      {func(in *booths.ApplicationInput) { in.Booths = -1 }, "booths", "error.application.booths"},
		"negative staff":       {func(in *booths.ApplicationInput) { in.StaffN = -1 }, "staff_n", "error.negative"},
		"a thousand staff":     {func(in *booths.ApplicationInput) { in.StaffN = 1000 }, "staff_n", "error.application.staff"},
		"10,000 letters":       {func(in *booths.ApplicationInput) { in.Note = strings.Repeat("ờ", 10000) }, "note", "error.too_long"},
		"bad UTF-8":            {func(in *booths.ApplicationInput) { in.Note = "a\xff" }, "note", "error.bad_text"},
		"no zone like that":    {func(in *booths.ApplicationInput) { in.Zone = "Z" }, "zone", "error.choose"},
		"a plate with letters": {func(in *booths.ApplicationInput) { in.Vehicles = "<script>" }, "vehicles", "error.application.plate"},
		"seven vehicles":       {func(in *booths.ApplicationInput) { in.Vehicles = "1111,2222,3333,4444,5555,6666,7777" }, "vehicles", "error.application.vehicles"},
	} {
		before := s.StoredApplication(p.ID)
		in := answers(s, p)
		c.change(&in)
		err := s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in)
		testkit.Refused(t, what, err, registry.Invalid, c.key)
		if !atField(err, c.field) {
			t.Errorf("%s: %v, want the message at %s", what, err, c.field)
		}
		if after := s.StoredApplication(p.ID); after.Version != before.Version || len(after.Days) != 0 || len(after.Products) != 0 {
			t.Errorf("%s: changed to %+v", what, after)
		}
	}
}

func atField(err error, field string) bool {
	switch e := err.(type) {
	case *registry.Error:
		return e.Field == field
	case registry.Faults:
		return slices.ContainsFunc(e, func(f *registry.Error) bool { return f.Field == field })
	}
	return false
}

func TestSendingNeedsAllAnswersAndThePledge(t *testing.T) {
	s := testkit.NewStage(t)
	p := started(s)
	err := s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p))
	for _, key := range []string{"error.application.no_day", "error.application.no_product"} {
		testkit.Refused(t, "an empty draft", err, registry.Invalid, key)
	}
	testkit.Works(t, s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, answers(s, p)))
	unticked, old := pledge(s, p), pledge(s, p)
	unticked.Agreed, old.Text = false, "v0"
	testkit.Refused(t, "unticked", s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, unticked), registry.Invalid, "error.application.pledge")
	testkit.Refused(t, "another text", s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, old), registry.Invalid, "error.application.pledge_changed")
	s.State(p, registry.AppDraft)
	in := answers(s, p)
	testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)))
	in.Version, in.Products = s.StoredApplication(p.ID).Version, nil
	testkit.Refused(t, "a sent one emptied", s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in), registry.Invalid, "error.application.no_product")
}

func TestGoodsExcludedSinceTheDraftCannotBeSent(t *testing.T) {
	s := testkit.NewStage(t)
	p := started(s)
	testkit.Works(t, s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, answers(s, p)))
	s.Write(func(tx *store.Tx) error {
		q, err := tx.Product(t.Context(), p.Product.ID)
		if err != nil {
			return err
		}
		q.Evidence = registry.Excluded
		return tx.SaveProduct(t.Context(), &q)
	})
	testkit.Refused(t, "excluded goods", s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)), registry.Invalid, "error.application.product")
	s.State(p, registry.AppDraft)
}

func TestApplicationWindow(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.NewVendor()
	for what, c := range map[string]struct {
		option testkit.EventOption
		key    string
	}{
		"announced":                 {testkit.InState(registry.Announced), "error.application.not_yet"},
		"closed":                    {testkit.InState(registry.Closed), "error.application.window_over"},
		"running":                   {testkit.InState(registry.Running), "error.application.event_state"},
		"ended":                     {testkit.InState(registry.Ended), "error.application.event_state"},
		"postponed":                 {testkit.InState(registry.Postponed), "error.application.event_state"},
		"cancelled":                 {testkit.InState(registry.Cancelled), "error.application.event_state"},
		"not public":                {testkit.InState(registry.Planned), "error.not_found"},
		"open, but before its hour": {func(e *registry.Event) { e.ApplyFrom = testkit.Start.UnixMilli() + 1 }, "error.application.not_yet"},
		"open, but after its hour":  {func(e *registry.Event) { e.ApplyUntil = testkit.Start.UnixMilli() }, "error.application.window_over"},
	} {
		_, made, err := s.App.Booths.StartApplication(t.Context(), p.Owner, s.Event(c.option).ID, p.Vendor.ID)
		if made || !testkit.HasKey(err, c.key) {
			t.Errorf("%s: made %t, %v, want %s", what, made, err, c.key)
		}
	}
}

func TestEditsEndWithTheWindowOrTheDecision(t *testing.T) {
	s := testkit.NewStage(t)
	sent, asked, done := s.Applied(registry.AppSubmitted), s.Applied(registry.AppNeedsInfo), s.Applied(registry.AppApproved)
	edit := func(p testkit.Applicant) error {
		return s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, answers(s, p))
	}
	testkit.Refused(t, "an approved one", edit(done), registry.Conflict, "error.application.decided")
	stale := answers(s, sent)
	testkit.Works(t, edit(sent))
	testkit.Refused(t, "saved in the meantime", s.App.Booths.EditApplication(t.Context(), sent.Owner, sent.ID, stale), registry.Conflict, "error.stale")
	s.Clock.Set(time.UnixMilli(s.Fair.ApplyUntil))
	testkit.Refused(t, "after the window", edit(sent), registry.Conflict, "error.application.window_over")
	testkit.Works(t, edit(asked))
	testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), asked.Owner, asked.ID, pledge(s, asked)))
	s.State(asked, registry.AppSubmitted)
	s.Clock.Set(time.UnixMilli(s.Fair.BeginsAt))
	testkit.Refused(t, "after the beginning", edit(s.Applied(registry.AppNeedsInfo)), registry.Conflict, "error.application.begun")
}

func block(s *testkit.Stage, p testkit.Applicant) {
	s.T.Helper()
	s.Write(func(tx *store.Tx) error {
		v, err := tx.Vendor(s.T.Context(), p.Vendor.ID)
		if err != nil {
			return err
		}
		v.State = registry.VendorBlocked
		return tx.SaveVendor(s.T.Context(), &v, registry.Scope{v.Area.Code, "19"})
	})
}

func TestBlockedVendorIsNotLetIn(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 3)
	fresh, draft, sent, offered := s.NewVendor(), started(s), s.Applied(registry.AppSubmitted), s.Applied(registry.AppOffered,
		func(a *registry.Application) { a.OfferUntil = testkit.Start.Add(time.Hour).UnixMilli() })
	testkit.Works(t, s.App.Booths.EditApplication(t.Context(), draft.Owner, draft.ID, answers(s, draft)))
	here, waits, next := s.Applied(registry.AppApproved), waiting(s, 1), waiting(s, 2)
	s.Assign(b[0], s.StoredApplication(here.ID))
	for _, p := range []testkit.Applicant{fresh, draft, sent, offered, here, waits} {
		block(s, p)
	}
	_, _, err := s.App.Booths.StartApplication(t.Context(), fresh.Owner, s.Fair.ID, fresh.Vendor.ID)
	for what, err := range map[string]error{
		"start":  err,
		"send":   s.App.Booths.SubmitApplication(t.Context(), draft.Owner, draft.ID, pledge(s, draft)),
		"let in": s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, sent.ID, s.Now(sent, 1, "")),
		"accept": s.App.Booths.AcceptOffer(t.Context(), offered.Owner, offered.ID),
	} {
		testkit.Refused(t, what, err, registry.Conflict, "error.application.vendor_blocked")
	}
	if v, ok := plan(s).Vendors[b[0].ID]; ok {
		t.Errorf("the public plan shows %q", v.Name)
	}
	if list, err := s.App.Booths.EventVendors(t.Context(), s.Fair); err != nil || len(list) != 0 {
		t.Errorf("visitors see %d vendors (%v), want none", len(list), err)
	}
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), offered.Owner, offered.ID))
	s.State(waits, registry.AppWaitlisted)
	s.State(next, registry.AppOffered)
}

func TestWithdrawnComesBackWhileTheWindowIsOpen(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID))
	s.State(p, registry.AppWithdrawn)
	testkit.Refused(t, "twice", s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID), registry.Conflict, "error.application.step")
	testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)))
	s.State(p, registry.AppSubmitted)
	if got := s.Mail(p); !slices.Equal(got, []string{"application.mail.withdrawn", "application.mail.submitted"}) {
		t.Errorf("the vendor was told %v", got)
	}
}

func TestRunningEventKeepsItsVendors(t *testing.T) {
	s := testkit.NewStage(t, testkit.InState(registry.Running))
	p := s.Applied(registry.AppApproved)
	testkit.Refused(t, "on the day", s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID), registry.Conflict, "error.application.begun")
}

func TestOpenEventsAreThoseThatTakeApplications(t *testing.T) {
	s := testkit.NewStage(t)
	s.Event(testkit.InState(registry.Closed))
	s.Event(func(e *registry.Event) { e.ApplyUntil = testkit.Start.UnixMilli() })
	p := s.NewVendor()
	own, err := s.App.Booths.VendorApplications(t.Context(), p.Owner, p.Vendor.ID)
	if events := own.Open; err != nil || len(events) != 1 || events[0].ID != s.Fair.ID {
		t.Errorf("%d open events (%v), want the one", len(own.Open), err)
	}
}
