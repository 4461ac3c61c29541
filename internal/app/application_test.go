package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// answers is a full application for a product.
func answers(s *stage, p applicant) app.ApplicationInput {
	return app.ApplicationInput{Days: []string{s.event.Days[0].Day}, Products: []registry.ProductID{p.product.ID}, Booths: 2,
		StaffN: 3, Vehicles: "97c-012.34, 20C 555.55\n97C-012.34", Note: "Gần cổng A", NeedsPower: true, Version: s.read(p.id).Version}
}

func pledge(s *stage, p applicant) app.Pledge {
	return app.Pledge{Agreed: true, Text: app.PledgeVersion, Version: s.read(p.id).Version}
}

func (s *stage) started() applicant {
	s.t.Helper()
	p := s.vendor()
	a, made, err := s.App.StartApplication(s.t.Context(), p.owner, s.event.ID, p.vendor.ID)
	if err != nil || !made {
		s.t.Fatalf("start: made %t, %v", made, err)
	}
	p.id = a.ID
	return p
}

func TestVendorApplies(t *testing.T) {
	s := newStage(t)
	p := s.started()
	works(t, s.App.EditApplication(t.Context(), p.owner, p.id, answers(s, p)))
	works(t, s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p)))
	a := s.state(p, registry.AppSubmitted)
	if a.Booths != 2 || a.StaffN != 3 || !a.NeedsPower || a.Note != "Gần cổng A" ||
		!slices.Equal(a.Vehicles, []string{"97C-012.34", "20C 555.55"}) || !slices.Equal(a.Days, []string{s.event.Days[0].Day}) {
		t.Errorf("stored %+v", a)
	}
	if a.PledgeVersion != app.PledgeVersion || a.PledgedAt != testkit.Start.UnixMilli() || a.SubmittedAt != a.PledgedAt || a.OnPaper {
		t.Errorf("pledge %q at %d, sent at %d, on paper %t", a.PledgeVersion, a.PledgedAt, a.SubmittedAt, a.OnPaper)
	}
	if got := s.mail(p); !slices.Equal(got, []string{"application.mail.submitted"}) {
		t.Errorf("the vendor was told %v", got)
	}
}

func TestSecondTryLeadsToTheFirst(t *testing.T) {
	s := newStage(t)
	p := s.started()
	again, made, err := s.App.StartApplication(t.Context(), p.owner, s.event.ID, p.vendor.ID)
	if err != nil || made || again.ID != p.id {
		t.Errorf("second try: %s, made %t, %v; want %s", again.ID, made, err, p.id)
	}
	s.Clock.Set(time.UnixMilli(s.event.ApplyUntil))
	again, made, err = s.App.StartApplication(t.Context(), p.owner, s.event.ID, p.vendor.ID)
	if err != nil || made || again.ID != p.id {
		t.Errorf("after the window: %s, made %t, %v; want the first one", again.ID, made, err)
	}
}

func TestParallelStartsMakeOneApplication(t *testing.T) {
	s := newStage(t)
	p := s.vendor()
	won := race(t, 30, func(int) error {
		_, made, err := s.App.StartApplication(t.Context(), p.owner, s.event.ID, p.vendor.ID)
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
	s := newStage(t, testkit.InState(registry.Closed))
	p := s.vendor()
	_, _, err := s.App.StartApplication(t.Context(), p.owner, s.event.ID, p.vendor.ID)
	refused(t, "the vendor itself after the window", err, registry.Conflict, "error.application.window_over")
	a, made, err := s.App.StartApplication(t.Context(), s.officer, s.event.ID, p.vendor.ID)
	if err != nil || !made || !a.OnPaper {
		t.Fatalf("officer: on paper %t, made %t, %v", a.OnPaper, made, err)
	}
	p.id = a.ID
	works(t, s.App.EditApplication(t.Context(), s.officer, p.id, answers(s, p)))
	works(t, s.App.SubmitApplication(t.Context(), s.officer, p.id, pledge(s, p)))
	s.state(p, registry.AppSubmitted)
	if _, err := s.App.Application(t.Context(), p.owner, p.id); err != nil {
		t.Errorf("the vendor cannot see its own paper form: %v", err)
	}
	if n := auditLines(s, "application.start", s.officer); n != 1 {
		t.Errorf("%d audit lines of the officer's entry, want 1", n)
	}
}

func auditLines(s *stage, action string, actor registry.Actor) int {
	s.t.Helper()
	n := 0
	s.Read(func(tx *store.Tx) error {
		lines, err := tx.AuditLines(s.t.Context(), store.AuditQuery{Limit: 500, Everywhere: true})
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
	s := newStage(t, selfPick)
	p := s.applied(registry.AppApproved)
	booth := s.Booths(s.event.ID, "A", 1)[0]
	sibling := s.vendor()
	elsewhere, _ := s.Officer(registry.Organiser, "01")
	for who, actor := range map[string]registry.Actor{"nobody": {}, "sibling vendor": sibling.owner, "officer elsewhere": elsewhere,
		"own officer, not on paper": s.officer} {
		for what, err := range map[string]error{
			"read":     second(s.App.Application(t.Context(), actor, p.id)),
			"edit":     s.App.EditApplication(t.Context(), actor, p.id, answers(s, p)),
			"submit":   s.App.SubmitApplication(t.Context(), actor, p.id, pledge(s, p)),
			"withdraw": s.App.WithdrawApplication(t.Context(), actor, p.id),
			"accept":   s.App.AcceptOffer(t.Context(), actor, p.id),
			"hold":     second(s.App.HoldBooth(t.Context(), actor, p.id, booth.ID)),
			"take":     s.App.TakeBooth(t.Context(), actor, p.id, booth.ID),
			"drop":     s.App.DropHold(t.Context(), actor, p.id),
			"list":     second(s.App.VendorApplications(t.Context(), actor, p.vendor.ID)),
		} {
			refused(t, who+", "+what, err, registry.NotFound, "error.not_found")
		}
	}
	for who, actor := range map[string]registry.Actor{"nobody": {}, "sibling vendor": sibling.owner, "officer elsewhere": elsewhere} {
		_, _, err := s.App.StartApplication(t.Context(), actor, s.event.ID, p.vendor.ID)
		refused(t, who+", start", err, registry.NotFound, "error.not_found")
	}
}

func second[T any](_ T, err error) error { return err }

func TestBadAnswersChangeNothing(t *testing.T) {
	testkit.NamesDays(t)
	s := newStage(t)
	s.Booths(s.event.ID, "A", 2)
	p, other := s.started(), s.vendor()
	for what, c := range map[string]struct {
		change func(*app.ApplicationInput)
		field  string
		key    string
	}{
		"foreign day":          {func(in *app.ApplicationInput) { in.Days = []string{"2027-01-01"} }, "days", "error.application.day"},
		"31 February":          {func(in *app.ApplicationInput) { in.Days = []string{"2026-02-31"} }, "days", "error.application.day"},
		"foreign product":      {func(in *app.ApplicationInput) { in.Products = []registry.ProductID{other.product.ID} }, "products", "error.application.product"},
		"no such product":      {func(in *app.ApplicationInput) { in.Products = []registry.ProductID{"'; DROP TABLE"} }, "products", "error.application.product"},
		"no booth":             {func(in *app.ApplicationInput) { in.Booths = 0 }, "booths", "error.application.booths"},
		"five booths":          {func(in *app.ApplicationInput) { in.Booths = 5 }, "booths", "error.application.booths"},
		"negative booths":      {func(in *app.ApplicationInput) { in.Booths = -1 }, "booths", "error.application.booths"},
		"negative staff":       {func(in *app.ApplicationInput) { in.StaffN = -1 }, "staff_n", "error.negative"},
		"a thousand staff":     {func(in *app.ApplicationInput) { in.StaffN = 1000 }, "staff_n", "error.application.staff"},
		"10,000 letters":       {func(in *app.ApplicationInput) { in.Note = strings.Repeat("ờ", 10000) }, "note", "error.too_long"},
		"bad UTF-8":            {func(in *app.ApplicationInput) { in.Note = "a\xff" }, "note", "error.bad_text"},
		"no zone like that":    {func(in *app.ApplicationInput) { in.Zone = "Z" }, "zone", "error.choose"},
		"a plate with letters": {func(in *app.ApplicationInput) { in.Vehicles = "<script>" }, "vehicles", "error.application.plate"},
		"seven vehicles":       {func(in *app.ApplicationInput) { in.Vehicles = "1111,2222,3333,4444,5555,6666,7777" }, "vehicles", "error.application.vehicles"},
	} {
		before := s.read(p.id)
		in := answers(s, p)
		c.change(&in)
		err := s.App.EditApplication(t.Context(), p.owner, p.id, in)
		refused(t, what, err, registry.Invalid, c.key)
		if !atField(err, c.field) {
			t.Errorf("%s: %v, want the message at %s", what, err, c.field)
		}
		if after := s.read(p.id); after.Version != before.Version || len(after.Days) != 0 || len(after.Products) != 0 {
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
	s := newStage(t)
	p := s.started()
	err := s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p))
	for _, key := range []string{"error.application.no_day", "error.application.no_product"} {
		refused(t, "an empty draft", err, registry.Invalid, key)
	}
	works(t, s.App.EditApplication(t.Context(), p.owner, p.id, answers(s, p)))
	unticked, old := pledge(s, p), pledge(s, p)
	unticked.Agreed, old.Text = false, "v0"
	refused(t, "unticked", s.App.SubmitApplication(t.Context(), p.owner, p.id, unticked), registry.Invalid, "error.application.pledge")
	refused(t, "another text", s.App.SubmitApplication(t.Context(), p.owner, p.id, old), registry.Invalid, "error.application.pledge_changed")
	s.state(p, registry.AppDraft)
	in := answers(s, p)
	works(t, s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p)))
	in.Version, in.Products = s.read(p.id).Version, nil
	refused(t, "a sent one emptied", s.App.EditApplication(t.Context(), p.owner, p.id, in), registry.Invalid, "error.application.no_product")
}

func TestGoodsExcludedSinceTheDraftCannotBeSent(t *testing.T) {
	s := newStage(t)
	p := s.started()
	works(t, s.App.EditApplication(t.Context(), p.owner, p.id, answers(s, p)))
	s.Write(func(tx *store.Tx) error {
		q, err := tx.Product(t.Context(), p.product.ID)
		if err != nil {
			return err
		}
		q.Evidence = registry.Excluded
		return tx.SaveProduct(t.Context(), &q)
	})
	refused(t, "excluded goods", s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p)), registry.Invalid, "error.application.product")
	s.state(p, registry.AppDraft)
}

func TestApplicationWindow(t *testing.T) {
	s := newStage(t)
	p := s.vendor()
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
		_, made, err := s.App.StartApplication(t.Context(), p.owner, s.Event(c.option).ID, p.vendor.ID)
		if made || !hasKey(err, c.key) {
			t.Errorf("%s: made %t, %v, want %s", what, made, err, c.key)
		}
	}
}

func TestEditsEndWithTheWindowOrTheDecision(t *testing.T) {
	s := newStage(t)
	sent, asked, done := s.applied(registry.AppSubmitted), s.applied(registry.AppNeedsInfo), s.applied(registry.AppApproved)
	edit := func(p applicant) error { return s.App.EditApplication(t.Context(), p.owner, p.id, answers(s, p)) }
	refused(t, "an approved one", edit(done), registry.Conflict, "error.application.decided")
	stale := answers(s, sent)
	works(t, edit(sent))
	refused(t, "saved in the meantime", s.App.EditApplication(t.Context(), sent.owner, sent.id, stale), registry.Conflict, "error.stale")
	s.Clock.Set(time.UnixMilli(s.event.ApplyUntil))
	refused(t, "after the window", edit(sent), registry.Conflict, "error.application.window_over")
	works(t, edit(asked))
	works(t, s.App.SubmitApplication(t.Context(), asked.owner, asked.id, pledge(s, asked)))
	s.state(asked, registry.AppSubmitted)
	s.Clock.Set(time.UnixMilli(s.event.BeginsAt))
	refused(t, "after the beginning", edit(s.applied(registry.AppNeedsInfo)), registry.Conflict, "error.application.begun")
}

func (s *stage) block(p applicant) {
	s.t.Helper()
	s.Write(func(tx *store.Tx) error {
		v, err := tx.Vendor(s.t.Context(), p.vendor.ID)
		if err != nil {
			return err
		}
		v.State = registry.VendorBlocked
		return tx.SaveVendor(s.t.Context(), &v, registry.Scope{v.Area.Code, "19"})
	})
}

func TestBlockedVendorIsNotLetIn(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 3)
	fresh, draft, sent, offered := s.vendor(), s.started(), s.applied(registry.AppSubmitted), s.applied(registry.AppOffered,
		func(a *registry.Application) { a.OfferUntil = testkit.Start.Add(time.Hour).UnixMilli() })
	works(t, s.App.EditApplication(t.Context(), draft.owner, draft.id, answers(s, draft)))
	here, waits, next := s.applied(registry.AppApproved), s.waiting(1), s.waiting(2)
	s.Assign(b[0], s.read(here.id))
	for _, p := range []applicant{fresh, draft, sent, offered, here, waits} {
		s.block(p)
	}
	_, _, err := s.App.StartApplication(t.Context(), fresh.owner, s.event.ID, fresh.vendor.ID)
	for what, err := range map[string]error{
		"start":  err,
		"send":   s.App.SubmitApplication(t.Context(), draft.owner, draft.id, pledge(s, draft)),
		"let in": s.App.ApproveApplication(t.Context(), s.officer, sent.id, s.now(sent, 1, "")),
		"accept": s.App.AcceptOffer(t.Context(), offered.owner, offered.id),
	} {
		refused(t, what, err, registry.Conflict, "error.application.vendor_blocked")
	}
	if v, ok := s.plan().Vendors[b[0].ID]; ok {
		t.Errorf("the public plan shows %q", v.Name)
	}
	if list, err := s.App.EventVendors(t.Context(), s.event.ID); err != nil || len(list) != 0 {
		t.Errorf("visitors see %d vendors (%v), want none", len(list), err)
	}
	works(t, s.App.WithdrawApplication(t.Context(), offered.owner, offered.id))
	s.state(waits, registry.AppWaitlisted)
	s.state(next, registry.AppOffered)
}

func TestWithdrawnComesBackWhileTheWindowIsOpen(t *testing.T) {
	s := newStage(t)
	p := s.applied(registry.AppSubmitted)
	works(t, s.App.WithdrawApplication(t.Context(), p.owner, p.id))
	s.state(p, registry.AppWithdrawn)
	refused(t, "twice", s.App.WithdrawApplication(t.Context(), p.owner, p.id), registry.Conflict, "error.application.step")
	works(t, s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p)))
	s.state(p, registry.AppSubmitted)
	if got := s.mail(p); !slices.Equal(got, []string{"application.mail.withdrawn", "application.mail.submitted"}) {
		t.Errorf("the vendor was told %v", got)
	}
}

func TestRunningEventKeepsItsVendors(t *testing.T) {
	s := newStage(t, testkit.InState(registry.Running))
	p := s.applied(registry.AppApproved)
	refused(t, "on the day", s.App.WithdrawApplication(t.Context(), p.owner, p.id), registry.Conflict, "error.application.begun")
}

func TestOpenEventsAreThoseThatTakeApplications(t *testing.T) {
	s := newStage(t)
	s.Event(testkit.InState(registry.Closed))
	s.Event(func(e *registry.Event) { e.ApplyUntil = testkit.Start.UnixMilli() })
	events, err := s.App.OpenEvents(t.Context())
	if err != nil || len(events) != 1 || events[0].ID != s.event.ID {
		t.Errorf("%d open events (%v), want the one", len(events), err)
	}
}
