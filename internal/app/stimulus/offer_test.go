package stimulus_test

import (
	"testing"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// fair is a running session with a vendor that has a place there.
type fair struct {
	*testkit.Stage
	p testkit.Applicant
}

func newFair(t *testing.T, goods ...testkit.ProductOption) *fair {
	t.Helper()
	f := &fair{Stage: testkit.NewStage(t, testkit.InState(registry.Running))}
	f.p = f.NewVendor()
	f.p.Product = f.Product(f.p.Vendor, append([]testkit.ProductOption{testkit.Proven}, goods...)...)
	f.p = f.Apply(f.p, registry.AppApproved)
	return f
}

func (f *fair) ref(id registry.OfferID) stim.Ref {
	return stim.Ref{Vendor: f.p.Vendor.ID, Event: f.Fair.ID, Offer: id}
}

func (f *fair) typed(change ...func(*stim.OfferInput)) stim.OfferInput {
	in := stim.OfferInput{Product: string(f.p.Product.ID), Before: "85.000", Here: "68k", Unit: "kg"}
	for _, c := range change {
		c(&in)
	}
	return in
}

func (f *fair) send(in stim.OfferInput) (registry.OfferID, error) {
	return f.App.Stimulus.SubmitOffer(f.T.Context(), f.p.Owner, f.ref(""), in)
}

func (f *fair) sent(change ...func(*stim.OfferInput)) stimulus.Row {
	f.T.Helper()
	id, err := f.send(f.typed(change...))
	if err != nil {
		f.T.Fatal(err)
	}
	return f.StoredOffer(id)
}

func (f *fair) decide(o stimulus.Row, verdict stimulus.State, change ...func(*stim.Decision)) error {
	in := stim.Decision{Verdict: string(verdict), Version: o.Version}
	if verdict == stimulus.Returned {
		in.Reason = "Giá trước chưa khớp bảng giá niêm yết"
	}
	for _, c := range change {
		c(&in)
	}
	return f.App.Stimulus.DecideOffer(f.T.Context(), f.Reviewer, f.Fair.ID, o.ID, in)
}

func (f *fair) shown() int {
	f.T.Helper()
	p, err := f.App.Stimulus.OfEvent(f.T.Context(), testkit.RereadEvent(f.T, f.Kit, f.Fair.ID))
	if err != nil {
		f.T.Fatal(err)
	}
	return len(p.Offers)
}

func at(err error, field string) string { return testkit.FaultsAt(err)[field] }

func TestOfferIsSeenOnceItIsAccepted(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	o := f.sent()
	if o.State != stimulus.Submitted || o.HereDong != 68000 || o.From != f.Fair.OpensOn || o.To != f.Fair.ClosesOn || f.shown() != 0 {
		t.Errorf("handed in: %+v, %d shown", o.Offer, f.shown())
	}
	if err := f.decide(o, stimulus.Accepted); err != nil {
		t.Fatal(err)
	}
	if f.shown() != 1 {
		t.Error("accepted, and the public sees nothing")
	}
	in := stim.OfferInputOf(f.StoredOffer(o.ID).Offer)
	in.Here = "70.000"
	if _, err := f.App.Stimulus.SubmitOffer(t.Context(), f.p.Owner, f.ref(o.ID), in); err != nil {
		t.Fatal(err)
	}
	if got := f.StoredOffer(o.ID); got.State != stimulus.Submitted || got.HereDong != 70000 || f.shown() != 0 {
		t.Errorf("changed: %+v, %d shown", got.Offer, f.shown())
	}
}

func TestOfferIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	spirit := f.Product(f.p.Vendor, testkit.Proven, func(p *registry.Product) { p.Group = registry.SpiritGroup })
	f.Write(func(tx *store.Tx) error {
		a, err := tx.Application(t.Context(), f.p.ID)
		a.Products = append(a.Products, spirit.ID)
		if err != nil {
			return err
		}
		return tx.SaveApplicationProducts(t.Context(), a)
	})
	foreign := f.Product(f.Vendor(), testkit.Proven)
	for name, c := range map[string]struct {
		change     func(*stim.OfferInput)
		field, key string
	}{
		"above the ceiling":          {func(in *stim.OfferInput) { in.Here = "40.000" }, "here", "offer.error.ceiling"},
		"a basis that does not hold": {func(in *stim.OfferInput) { in.Here, in.Basis = "40.000", "fresh" }, "basis", "offer.basis_fails.fresh"},
		"spirits":                    {func(in *stim.OfferInput) { in.Product = string(spirit.ID) }, "product", "offer.error.barred"},
		"goods of somebody else":     {func(in *stim.OfferInput) { in.Product = string(foreign.ID) }, "product", "offer.error.not_brought"},
		"a price that never was":     {func(in *stim.OfferInput) { in.Before = "120.000" }, "explained", "offer.error.earlier"},
		"dearer here":                {func(in *stim.OfferInput) { in.Here = "90.000" }, "here", "offer.error.not_less"},
		"no price":                   {func(in *stim.OfferInput) { in.Here = "" }, "here", "error.required"},
		"a price of words":           {func(in *stim.OfferInput) { in.Here = "rẻ lắm" }, "here", string(vn.FaultMoney)},
		"below zero":                 {func(in *stim.OfferInput) { in.Here = "-5" }, "here", string(vn.FaultNegative)},
		"a day before the event":     {func(in *stim.OfferInput) { in.From = vn.AddDays(f.Fair.OpensOn, -1) }, "from", "offer.error.day"},
		"a long condition":           {func(in *stim.OfferInput) { in.Condition = longText(stimulus.MaxCondition + 1) }, "condition", "error.too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := f.send(f.typed(c.change)); at(err, c.field) != c.key {
				t.Errorf("%v, want %s at %s", err, c.key, c.field)
			}
		})
	}
	rows, _ := f.offers()
	if len(rows) != 0 {
		t.Errorf("%d offers were kept", len(rows))
	}
}

func longText(n int) string {
	text := make([]rune, n)
	for i := range text {
		text[i] = 'ư'
	}
	return string(text)
}

func (f *fair) offers() (rows []stimulus.Row, err error) {
	f.Read(func(tx *store.Tx) (err error) {
		rows, err = tx.Offers(f.T.Context(), stimulus.Filter{Event: f.Fair.ID})
		return err
	})
	return rows, err
}

func TestTwoOffersOfAProductDoNotOverlap(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	day := func(first, last int) func(*stim.OfferInput) {
		return func(in *stim.OfferInput) { in.From, in.To = f.Fair.Days[first].Day, f.Fair.Days[last].Day }
	}
	o := f.sent(day(0, 1))
	if _, err := f.send(f.typed(day(1, 2))); at(err, "from") != "offer.error.overlap" {
		t.Errorf("a common day: %v", err)
	}
	if _, err := f.send(f.typed(day(2, 3))); err != nil {
		t.Errorf("the days after it: %v", err)
	}
	if err := f.App.Stimulus.WithdrawOffer(t.Context(), f.p.Owner, f.ref(o.ID), o.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := f.send(f.typed(day(1, 1))); err != nil {
		t.Errorf("the days of one that was withdrawn: %v", err)
	}
}

func TestAnEarlierPriceIsExplainedAndLookedAt(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	o := f.sent(func(in *stim.OfferInput) { in.Before, in.Explained = "120.000", "giá niêm yết là giá sỉ" })
	if err := f.decide(o, stimulus.Accepted); at(err, "sure") != "offer.error.sure" {
		t.Errorf("accepted without a look: %v", err)
	}
	file, err := f.App.Stimulus.OfferFile(t.Context(), f.Reviewer, f.Fair.ID, o.ID)
	if err != nil || file.Earlier == nil || file.Earlier.Dong != 85000 {
		t.Errorf("the earlier price %+v (%v)", file.Earlier, err)
	}
	if err := f.decide(o, stimulus.Accepted, func(d *stim.Decision) { d.Sure = true }); err != nil {
		t.Error(err)
	}
}

func TestThePriceBeforeOfAnAcceptedOfferIsKept(t *testing.T) {
	t.Parallel()
	f := newFair(t, func(p *registry.Product) { p.PriceDong = 0 })
	day := func(i int, before string) func(*stim.OfferInput) {
		return func(in *stim.OfferInput) { in.From, in.To, in.Before = f.Fair.Days[i].Day, f.Fair.Days[i].Day, before }
	}
	if err := f.decide(f.sent(day(0, "80.000")), stimulus.Accepted); err != nil {
		t.Fatal(err)
	}
	if _, err := f.send(f.typed(day(1, "100.000"))); at(err, "explained") != "offer.error.earlier" {
		t.Errorf("raised after a day: %v", err)
	}
	if err := f.decide(f.sent(day(1, "80.000")), stimulus.Accepted); err != nil {
		t.Errorf("the same price before: %v", err)
	}
}

func TestUnprovenGoodsWait(t *testing.T) {
	t.Parallel()
	f := newFair(t, func(p *registry.Product) { p.Evidence = registry.Documented })
	o := f.sent()
	if err := f.decide(o, stimulus.Accepted); at(err, "verdict") != "offer.obstacle.unproven" {
		t.Errorf("accepted with papers that nobody read: %v", err)
	}
	if err := f.decide(o, stimulus.Returned); err != nil {
		t.Error(err)
	}
	if got := f.StoredOffer(o.ID); got.State != stimulus.Returned || got.Reason == "" {
		t.Errorf("returned: %+v", got.Offer)
	}
}

func TestReturnNeedsWords(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	o := f.sent()
	for _, reason := range []string{"", "sai"} {
		if err := f.decide(o, stimulus.Returned, func(d *stim.Decision) { d.Reason = reason }); at(err, "reason") != "offer.error.reason" {
			t.Errorf("returned with %q: %v", reason, err)
		}
	}
	if err := f.decide(o, "published"); at(err, "verdict") != "error.choose" {
		t.Errorf("an unknown verdict: %v", err)
	}
	if err := f.decide(o, stimulus.Accepted, func(d *stim.Decision) { d.Version-- }); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a stale decision: %v", err)
	}
}

func TestNoOffersWithoutAPlaceOrAfterTheEvent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event registry.EventState
		app   registry.ApplicationState
		key   string
	}{
		"application waits":  {registry.Open, registry.AppSubmitted, "offer.shut.not_approved"},
		"event is over":      {registry.Ended, registry.AppApproved, "offer.shut.over"},
		"event is cancelled": {registry.Cancelled, registry.AppCancelled, "offer.shut.stopped"},
		"event is postponed": {registry.Postponed, registry.AppApproved, "offer.shut.stopped"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := testkit.NewStage(t, testkit.InState(c.event))
			f := &fair{Stage: s, p: s.Applied(c.app)}
			_, err := f.send(f.typed())
			if e, ok := err.(*registry.Error); !ok || e.Kind != registry.Conflict || e.Key != c.key {
				t.Errorf("%v, want %s", err, c.key)
			}
			o := f.Offer(f.Fair, f.p.Product)
			if f.shown() != 0 {
				t.Error("the public sees it")
			}
			if c.event != registry.Open {
				if err := f.App.Stimulus.WithdrawOffer(t.Context(), f.p.Owner, f.ref(o.ID), o.Version); registry.KindOf(err) != registry.Conflict {
					t.Errorf("withdrawn: %v", err)
				}
				if err := f.decide(f.StoredOffer(o.ID), stimulus.Returned); registry.KindOf(err) != registry.Conflict {
					t.Errorf("decided: %v", err)
				}
			}
		})
	}
}

func TestVendorSeesAndChangesItsOwnOffersAlone(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	o := f.sent()
	stranger := f.Applied(registry.AppApproved)
	viewer, _ := f.Officer(registry.Viewer, "19")
	elsewhere, _ := f.Officer(registry.Reviewer, "01")
	for name, actor := range map[string]registry.Actor{"another vendor": stranger.Owner, "a viewer": viewer, "an officer of another province": elsewhere, "nobody": {}} {
		t.Run(name, func(t *testing.T) {
			for what, err := range map[string]error{
				"sheet":    testkit.Second(f.App.Stimulus.OfferSheet(t.Context(), actor, f.ref(o.ID))),
				"change":   testkit.Second(f.App.Stimulus.SubmitOffer(t.Context(), actor, f.ref(o.ID), f.typed())),
				"withdraw": f.App.Stimulus.WithdrawOffer(t.Context(), actor, f.ref(o.ID), o.Version),
				"own list": thirdOf(f.App.Stimulus.VendorOffers(t.Context(), actor, f.p.Vendor.ID)),
			} {
				if registry.KindOf(err) != registry.NotFound {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
	mine := stim.Ref{Vendor: stranger.Vendor.ID, Event: f.Fair.ID, Offer: o.ID}
	if _, err := f.App.Stimulus.OfferSheet(t.Context(), stranger.Owner, mine); registry.KindOf(err) != registry.NotFound {
		t.Errorf("under the address of another vendor: %v", err)
	}
	if _, err := f.App.Stimulus.Desk(t.Context(), viewer, f.Fair.ID); err != nil {
		t.Errorf("a viewer reads the list: %v", err)
	}
	for name, actor := range map[string]registry.Actor{"owner": f.p.Owner, "elsewhere": elsewhere} {
		if _, err := f.App.Stimulus.Desk(t.Context(), actor, f.Fair.ID); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s reads the office's list: %v", name, err)
		}
	}
	in := stim.Decision{Verdict: "accepted", Version: o.Version}
	if err := f.App.Stimulus.DecideOffer(t.Context(), viewer, f.Fair.ID, o.ID, in); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a viewer decides: %v", err)
	}
	if err := f.App.Stimulus.DecideOffer(t.Context(), f.Reviewer, f.Event().ID, o.ID, in); registry.KindOf(err) != registry.NotFound {
		t.Errorf("under another event: %v", err)
	}
}

func thirdOf(_ registry.Vendor, _ []stim.Stop, err error) error { return err }

func TestOfficersDoNotJudgeTheirOwnOffers(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	o := f.sent()
	f.Write(func(tx *store.Tx) error {
		return tx.InsertMember(t.Context(), f.p.Vendor.ID, f.Reviewer.Account, registry.Member, f.Reviewer.Account)
	})
	f.Reviewer = f.ActorOf(f.Reviewer.Account)
	if err := f.decide(o, stimulus.Accepted); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("judged: %v", err)
	}
}

func TestOfficerTypesInFromPaper(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	id, err := f.App.Stimulus.SubmitOffer(t.Context(), f.Reviewer, f.ref(""), f.typed())
	if err != nil {
		t.Fatal(err)
	}
	if o := f.StoredOffer(id); !o.OnPaper || o.SubmittedBy != f.Reviewer.Account || o.State != stimulus.Submitted {
		t.Errorf("typed in: %+v", o.Offer)
	}
}

func TestMovedEventLeavesOffersBehind(t *testing.T) {
	t.Parallel()
	f := &fair{Stage: testkit.NewStage(t)}
	f.p = f.NewVendor()
	f.p.Product = f.Product(f.p.Vendor, testkit.Proven)
	f.p = f.Apply(f.p, registry.AppApproved)
	o := f.Offer(f.Fair, f.p.Product)
	if f.shown() != 1 {
		t.Fatal("not shown before the move")
	}
	f.Write(func(tx *store.Tx) error {
		e, err := tx.Event(t.Context(), f.Fair.ID)
		if err != nil {
			return err
		}
		for i := range e.Days {
			e.Days[i].Day = vn.AddDays(e.Days[i].Day, 7)
		}
		if err := tx.SaveEvent(t.Context(), &e, f.App.Areas.Scope(e.Area)); err != nil {
			return err
		}
		a, err := tx.Application(t.Context(), f.p.ID)
		if err != nil {
			return err
		}
		for i := range a.Days {
			a.Days[i] = vn.AddDays(a.Days[i], 7)
		}
		return tx.SaveApplicationDays(t.Context(), a)
	})
	if f.shown() != 0 || f.StoredOffer(o.ID).Obstacle(f.App.Today()) != stimulus.OutsideDays {
		t.Errorf("after the move: %d shown, %q", f.shown(), f.StoredOffer(o.ID).Obstacle(f.App.Today()))
	}
}

func TestReportCountsMeasuresAndAcceptedOffers(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	f.Measure(f.Fair)
	f.Measure(f.Fair, func(m *stimulus.Measure) { m.DroppedAt = 7 })
	for _, state := range stimulus.States {
		f.Offer(f.Fair, f.p.Product, testkit.OfferIn(state))
	}
	stranger := f.Applied(registry.AppWithdrawn)
	f.Offer(f.Fair, stranger.Product) // accepted, but the vendor does not come
	r, err := f.App.Reports.EventReport(t.Context(), f.Reviewer, f.Fair.ID)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[report.Key]int64{"measures": 1, "measures_dong": 30_000_000, "offers": 1, "offer_vendors": 1} {
		if got := r.Result.Now.N(key); got != want {
			t.Errorf("%s is %d, want %d", key, got, want)
		}
	}
}

func TestTasksCountStimulusSessionsAndOffers(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	task := k.Task()
	vendor := k.Vendor()
	product := k.Product(vendor, testkit.Proven)
	held, plain, ahead := k.Event(testkit.InState(registry.Ended)), k.Event(testkit.InState(registry.Ended)), k.Event()
	k.Offer(held, product)
	k.Offer(held, product, testkit.OfferIn(stimulus.Submitted))
	k.Offer(ahead, product)
	k.Measure(ahead)
	k.Measure(plain, func(m *stimulus.Measure) { m.DroppedAt = 7 })
	k.Write(func(tx *store.Tx) error {
		for _, e := range []registry.Event{held, plain, ahead} {
			if err := tx.TieEvent(t.Context(), task.ID, e.ID, true); err != nil {
				return err
			}
		}
		return nil
	})
	k.Read(func(tx *store.Tx) error {
		counts, err := tx.TaskCounts(t.Context(), []registry.TaskID{task.ID})
		for source, want := range map[committee.Source]committee.Progress{committee.StimulusSource: {Done: 1, Scheduled: 1}, committee.OfferSource: {Done: 1, Scheduled: 1}, committee.EventsSource: {Done: 2, Scheduled: 1}} {
			if got := counts[task.ID][source]; got != want {
				t.Errorf("%s: %+v, want %+v", source, got, want)
			}
		}
		return err
	})
}

func TestListKeepsStimulusSessions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		has  func(*fair)
		want int
	}{
		"nothing":           {func(*fair) {}, 0},
		"a measure":         {func(f *fair) { f.Measure(f.Fair) }, 1},
		"a dropped measure": {func(f *fair) { f.Measure(f.Fair, func(m *stimulus.Measure) { m.DroppedAt = 7 }) }, 0},
		"an accepted offer": {func(f *fair) { f.Offer(f.Fair, f.p.Product) }, 1},
		"a waiting offer":   {func(f *fair) { f.Offer(f.Fair, f.p.Product, testkit.OfferIn(stimulus.Submitted)) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFair(t)
			c.has(f)
			events, _, err := f.App.Events.OfficeEvents(t.Context(), f.Reviewer, registry.EventFilter{Boosted: true})
			if err != nil || len(events) != c.want {
				t.Errorf("%d found, %v; want %d", len(events), err, c.want)
			}
		})
	}
}
