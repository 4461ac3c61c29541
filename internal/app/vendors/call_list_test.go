package vendors_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// noticeCase is one vendor of one event, about to be told something.
type noticeCase struct {
	*testkit.Stage
	ctx context.Context
	e   registry.Event
	p   testkit.Applicant
}

// is puts the application into a state.
func (c *noticeCase) is(state registry.ApplicationState) registry.ApplicationID {
	c.p.ID = c.Application(c.e, c.p.Vendor.ID, testkit.Standing(state), testkit.Bringing(c.p.Product)).ID
	return c.p.ID
}

func (c *noticeCase) step(to registry.EventState) error {
	e, err := c.App.Events.OfficeEvent(c.ctx, c.Reviewer, registry.ManageEvents, c.e.ID)
	if err != nil {
		return err
	}
	return c.App.Lifecycle.StepEvent(c.ctx, c.Reviewer, e.ID, lifecycle.StepInput{To: to, Reason: "Mưa lũ", Version: e.Version})
}

func (c *noticeCase) decide(do func(context.Context, registry.Actor, registry.ApplicationID, booths.Decision) error) error {
	return do(c.ctx, c.Reviewer, c.is(registry.AppSubmitted), c.Now(c.p, 1, "Thiếu ảnh nhãn"))
}

// offered has a place go free for the vendor, which waits.
func (c *noticeCase) offered() error {
	b := c.Booths(c.e.ID, "A", 1)
	in, owner, _ := c.OwnVendor()
	id := c.Application(c.e, in.ID, testkit.Standing(registry.AppApproved)).ID
	testkit.Works(c.T, c.App.Booths.AssignBooth(c.T.Context(), c.Reviewer, booths.BoothRef{Event: c.e.ID, Booth: b[0].ID}, id))
	c.is(registry.AppWaitlisted)
	return c.App.Booths.WithdrawApplication(c.ctx, owner, id)
}

func (c *noticeCase) booth() booths.BoothRef {
	c.is(registry.AppApproved)
	return booths.BoothRef{Event: c.e.ID, Booth: c.Booths(c.e.ID, "A", 1)[0].ID}
}

func (c *noticeCase) evidence(e registry.Evidence) error {
	if e == registry.Documented {
		c.Certificate(c.p.Vendor, func(x *registry.Certificate) {
			x.Kind, x.Product, x.File = registry.OriginPaper, c.p.Product.ID, "scan"
		})
	}
	ref := vendors.ProductRef{Vendor: c.p.Vendor.ID, Product: c.p.Product.ID}
	return c.App.Vendors.DecideEvidence(c.ctx, c.Reviewer, ref, c.p.Product.Version, vendors.EvidenceInput{Evidence: string(e), Note: "Đã xem nơi sản xuất"})
}

func (c *noticeCase) offer(verdict stimulus.State) error {
	c.is(registry.AppApproved)
	goods := c.Product(c.p.Vendor, testkit.Proven)
	o := c.Offer(c.e, goods, testkit.OfferIn(stimulus.Submitted))
	return c.App.Stimulus.DecideOffer(c.ctx, c.Reviewer, c.e.ID, o.ID, stim.Decision{Verdict: string(verdict), Reason: "Giá trước chưa khớp", Version: o.Version})
}

func (c *noticeCase) vendorIs(state registry.VendorState) {
	c.Write(func(tx *store.Tx) error {
		v, err := tx.Vendor(c.T.Context(), c.p.Vendor.ID)
		v.State = state
		if err != nil {
			return err
		}
		return tx.SaveVendor(c.T.Context(), &v, c.App.Areas.Scope(v.Area))
	})
}

func (c *noticeCase) move() error {
	c.is(registry.AppApproved)
	_, err := c.App.Lifecycle.MoveEvent(c.ctx, c.Reviewer, c.e.ID, lifecycle.MoveInput{FirstDay: "10/12/2026", LastDay: "11/12/2026", OpensAt: "8h", ClosesAt: "21h",
		Area: "2025:01906", Venue: "Nhà văn hóa xã", Reason: "Sân đang sửa", Version: c.e.Version})
	return err
}

func (c *noticeCase) change() error {
	c.is(registry.AppApproved)
	in := events.EventInputOf(c.e)
	in.Venue = "Nhà văn hóa xã"
	_, err := c.App.Events.EditEvent(c.ctx, c.Reviewer, c.e.ID, in)
	return err
}

// notices that tell a vendor something, each with what brings it about.
var noticeActs = map[string]func(*noticeCase) error{
	"event.notice.postponed": func(c *noticeCase) error { c.is(registry.AppApproved); return c.step(registry.Postponed) },
	"event.notice.cancelled": func(c *noticeCase) error { c.is(registry.AppSubmitted); return c.step(registry.Cancelled) },
	"event.notice.moved":     (*noticeCase).move,
	"event.notice.moved_papers": func(c *noticeCase) error {
		c.Certificate(c.p.Vendor, func(x *registry.Certificate) { x.ValidTo = "2026-12-01" }) // before the new days
		return c.move()
	},
	"event.notice.changed": (*noticeCase).change,
	"event.notice.resumed": func(c *noticeCase) error {
		testkit.Works(c.T, c.step(registry.Postponed))
		c.is(registry.AppApproved)
		return c.step(registry.Announced)
	},
	"offer.mail.accepted":         func(c *noticeCase) error { return c.offer(stimulus.Accepted) },
	"offer.mail.returned":         func(c *noticeCase) error { return c.offer(stimulus.Returned) },
	"application.mail.needs_info": func(c *noticeCase) error { return c.decide(c.App.Booths.AskForMore) },
	"application.mail.approved": func(c *noticeCase) error {
		c.Papers(c.p.Vendor, c.p.Product)
		return c.decide(c.App.Booths.ApproveApplication)
	},
	"application.mail.approved_lacking": func(c *noticeCase) error { return c.decide(c.App.Booths.ApproveApplication) },
	"sales.mail.remind": func(c *noticeCase) error {
		c.e = c.Event(testkit.InState(registry.Ended))
		c.is(registry.AppApproved)
		_, err := c.App.Reports.RemindSales(c.ctx, c.Reviewer, c.e.ID)
		return err
	},
	"application.mail.waitlisted": func(c *noticeCase) error { return c.decide(c.App.Booths.WaitlistApplication) },
	"application.mail.declined":   func(c *noticeCase) error { return c.decide(c.App.Booths.DeclineApplication) },
	"application.mail.returned": func(c *noticeCase) error {
		return c.App.Booths.ReturnApplication(c.ctx, c.Reviewer, c.is(registry.AppApproved), c.Now(c.p, 0, "Xem lại giấy tờ"))
	},
	"application.mail.undone": func(c *noticeCase) error {
		id := c.is(registry.AppSubmitted)
		c.Write(func(tx *store.Tx) error {
			return tx.InsertApplicationNote(c.T.Context(), registry.ApplicationNote{Application: id, State: registry.AppSubmitted})
		})
		c.Clock.Add(time.Minute)
		testkit.Works(c.T, c.App.Booths.WaitlistApplication(c.T.Context(), c.Reviewer, id, c.Now(c.p, 0, "")))
		return c.App.Booths.UndoDecision(c.ctx, c.Reviewer, c.p.ID, c.StoredApplication(c.p.ID).Version)
	},
	"application.mail.offered": (*noticeCase).offered,
	"application.mail.lapsed": func(c *noticeCase) error {
		ctx := c.ctx
		c.ctx = c.T.Context()
		testkit.Works(c.T, c.offered())
		c.Write(func(tx *store.Tx) error {
			a, err := tx.Application(c.T.Context(), c.p.ID)
			if err != nil {
				return err
			}
			a.OfferUntil = 1
			return tx.SaveApplication(c.T.Context(), a, a.State)
		})
		_, err := c.App.Booths.ExpireOffers(ctx)
		return err
	},
	"application.mail.booth": func(c *noticeCase) error {
		b := c.booth()
		return c.App.Booths.AssignBooth(c.ctx, c.Reviewer, b, c.p.ID)
	},
	"application.mail.booth_back": func(c *noticeCase) error {
		b := c.booth()
		testkit.Works(c.T, c.App.Booths.AssignBooth(c.T.Context(), c.Reviewer, b, c.p.ID))
		return c.App.Booths.ReleaseBooth(c.ctx, c.Reviewer, b)
	},
	"vendor.mail.block": func(c *noticeCase) error {
		return c.App.Vendors.BlockVendor(c.ctx, c.Reviewer, c.p.Vendor.ID, "Bán hàng giả")
	},
	"vendor.mail.unblock": func(c *noticeCase) error {
		c.vendorIs(registry.VendorBlocked)
		return c.App.Vendors.UnblockVendor(c.ctx, c.Reviewer, c.p.Vendor.ID)
	},
	"vendor.mail.publish": func(c *noticeCase) error {
		c.vendorIs(registry.VendorNew)
		return c.App.Vendors.PublishVendor(c.ctx, c.Reviewer, c.p.Vendor.ID)
	},
	"product.mail.declared":   func(c *noticeCase) error { return c.evidence(registry.Declared) },
	"product.mail.documented": func(c *noticeCase) error { return c.evidence(registry.Documented) },
	"product.mail.checked":    func(c *noticeCase) error { return c.evidence(registry.Checked) },
	"product.mail.confirmed":  func(c *noticeCase) error { return c.evidence(registry.Confirmed) },
	"product.mail.disputed":   func(c *noticeCase) error { return c.evidence(registry.Disputed) },
	"product.mail.excluded":   func(c *noticeCase) error { return c.evidence(registry.Excluded) },
	"product.mail.stars": func(c *noticeCase) error {
		ref := vendors.ProductRef{Vendor: c.p.Vendor.ID, Product: c.p.Product.ID}
		return c.App.Vendors.ConfirmRating(c.ctx, c.Reviewer, ref, c.p.Product.Ratings[0].IssuedOn)
	},
}

// confirmed are letters to who has done it itself, or warns of it: nobody calls.
var confirmed = []string{"application.mail.submitted", "application.mail.withdrawn", "vendor.mail.join_code"}

// noticeKeys are the keys of all letters to vendors, read from the texts.
func noticeKeys(t *testing.T) (keys []string) {
	t.Helper()
	files, err := filepath.Glob("../../i18n/vi/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(raw, &texts); err != nil {
			t.Fatal(err)
		}
		for key := range texts {
			key, letter := strings.CutSuffix(key, ".body")
			letter = letter && (strings.Contains(key, ".mail.") || strings.Contains(key, ".notice."))
			office := strings.HasPrefix(key, "account.") || strings.HasPrefix(key, "event.mail.") || strings.HasPrefix(key, "setting.mail.") || strings.HasPrefix(key, "task.mail.") || strings.HasPrefix(key, "tip.mail.")
			if letter && !office && !slices.Contains(confirmed, key) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return keys
}

// post is a mail server that takes every letter, or none.
type post struct{ fault error }

func (p post) Send(context.Context, registry.Message) error { return p.fault }

// TestEveryNoticeSaysWhomItReached walks every letter that vendors get, to a vendor
// with an address and to one without: the change says which way it went, and the
// call list has whoever nobody told.
func TestEveryNoticeSaysWhomItReached(t *testing.T) {
	testkit.NamesDays(t)
	s := testkit.NewStage(t)
	s.Reviewer, _ = s.Officer(registry.Admin, "")
	keys := noticeKeys(t)
	if len(keys) != len(noticeActs) {
		t.Errorf("%d letters, %d acts", len(keys), len(noticeActs))
	}
	for _, key := range keys {
		for _, way := range []string{"letter", "no address", "no mail server", "refused letter"} {
			if noticeActs[key] == nil {
				t.Fatalf("nothing brings %s about", key)
			}
			checkNotices(s, key, way)
		}
	}
}

func checkNotices(s *testkit.Stage, key, way string) {
	s.T.Helper()
	ctx, told := core.Hear(s.T.Context())
	v := s.Vendor()
	c := &noticeCase{Stage: s, ctx: ctx, e: s.Event()}
	if way != "no address" {
		v, _, _ = s.OwnVendor()
	}
	c.p = testkit.Applicant{Vendor: v, Product: s.Product(v, func(p *registry.Product) {
		p.Ratings = []registry.Rating{{IssuedOn: "2026-01-05", Stars: 4, Decision: "12/QĐ-UBND", ValidTo: "2029-01-05", Claimed: true}}
	})}
	s.App.NoMail = way == "no mail server"
	defer func() { s.App.NoMail = false }()
	if err := noticeActs[key](c); err != nil {
		s.T.Errorf("%s: %v", key, err)
		return
	}
	mailed, calls := []registry.VendorID{v.ID}, []registry.VendorID(nil)
	if way == "no address" || way == "no mail server" {
		mailed, calls = calls, mailed
	}
	if !slices.Equal(told.Mailed, mailed) || !slices.Equal(told.ToCall, calls) {
		s.T.Errorf("%s by %s: %+v", key, way, told)
	}
	fault := error(nil)
	if way == "refused letter" {
		fault = errors.New("550 no such mailbox")
	}
	for n := 1; n > 0; {
		var err error
		if n, err = s.App.SendOutbox(s.T.Context(), post{fault}); err != nil {
			s.T.Fatal(err)
		}
	}
	list, err := s.App.Vendors.VendorCalls(s.T.Context(), s.Reviewer, v)
	if err == nil && !strings.HasPrefix(key, "vendor.") && !strings.HasPrefix(key, "product.") {
		list, err = s.App.Vendors.CallList(s.T.Context(), s.Reviewer, c.e.ID)
	}
	at := func(lines []vendors.CallLine) bool {
		return slices.ContainsFunc(lines, func(l vendors.CallLine) bool {
			return l.Vendor == v.ID && len(l.News) == 1 && l.News[0].Key == key
		})
	}
	if err != nil || at(list.Sent) != (way == "letter") || at(list.ToCall) != (way != "letter") {
		s.T.Errorf("%s by %s: %+v, %v", key, way, list, err)
	}
}

// sixVendors is an event with one vendor that has an address and five that have
// none.
func sixVendors(s *testkit.Stage) (unreached []registry.Vendor) {
	s.Applied(registry.AppApproved)
	for range 5 {
		v := s.Vendor()
		s.Application(s.Fair, v.ID, testkit.Standing(registry.AppApproved))
		unreached = append(unreached, v)
	}
	return unreached
}

func calls(s *testkit.Stage) vendors.CallList {
	s.T.Helper()
	list, err := s.App.Vendors.CallList(s.T.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(s.T, err)
	return list
}

func TestCallListIsKeptUntilItIsEmpty(t *testing.T) {
	s := testkit.NewStage(t)
	unreached := sixVendors(s)
	ctx, told := core.Hear(t.Context())
	testkit.Works(t, s.App.Lifecycle.StepEvent(ctx, s.Reviewer, s.Fair.ID, lifecycle.StepInput{To: registry.Postponed, Reason: "Mưa lũ", Version: s.Fair.Version}))
	if len(told.Mailed) != 1 || len(told.ToCall) != 5 || told.Event != s.Fair.ID {
		t.Fatalf("told %+v", told)
	}
	for i, outcome := range []registry.CallOutcome{registry.CallSpoken, registry.CallTexted, registry.CallPassedOn, registry.CallNoAnswer, registry.CallBadPhone} {
		s.Clock.Add(time.Minute)
		testkit.Works(t, s.App.Vendors.NoteCall(t.Context(), s.Reviewer, vendors.CallInput{Event: s.Fair.ID, Vendor: unreached[i].ID, Outcome: outcome, UpTo: s.App.NowMS()}))
	}
	list := calls(s)
	if len(list.ToCall) != 2 || len(list.Called) != 3 || len(list.OnWay) != 1 || list.Vendors() != 6 {
		t.Fatalf("to call %d, called %d, under way %d", len(list.ToCall), len(list.Called), len(list.OnWay))
	}
	if last := list.Called[0].LastCall(); last.Outcome != registry.CallPassedOn || last.ByName != s.Reviewer.Name || last.At == 0 || last.By != s.Reviewer.Account {
		t.Errorf("the last call is %+v", last)
	}
	if l := list.ToCall[0]; l.Vendor != unreached[3].ID || len(l.Phones) != 1 || l.LastCall().Outcome != registry.CallNoAnswer {
		t.Errorf("first to call %+v", l)
	}
	again := vendors.CallInput{Event: s.Fair.ID, Vendor: unreached[0].ID, Outcome: registry.CallSpoken, UpTo: s.App.NowMS()}
	testkit.Refused(t, "called twice", s.App.Vendors.NoteCall(t.Context(), s.Reviewer, again), registry.Conflict, "error.call.done")
	testkit.Works(t, s.App.Vendors.UndoCall(t.Context(), s.Reviewer, s.Fair.ID, list.Called[0].LastCall().ID))
	if got := calls(s); len(got.ToCall) != 3 {
		t.Errorf("after one was taken back %d are to be called", len(got.ToCall))
	}
	for _, l := range calls(s).ToCall {
		testkit.Works(t, s.App.Vendors.NoteCall(t.Context(), s.Reviewer, vendors.CallInput{Event: s.Fair.ID, Vendor: l.Vendor, Outcome: registry.CallSpoken, UpTo: l.UpTo}))
	}
	desk, err := s.App.Lifecycle.EventDesk(t.Context(), s.Reviewer, s.Fair.ID)
	if got := calls(s); err != nil || len(got.ToCall) != 0 || desk.ToCall != 0 {
		t.Errorf("%d, on the desk %d left, %v", len(got.ToCall), desk.ToCall, err)
	}
}

// TestNewerNewsTakesThePlaceOfOlder: whoever calls says how things stand now, and
// what was written after the officer read the list is still to be told.
func TestNewerNewsTakesThePlaceOfOlder(t *testing.T) {
	s := testkit.NewStage(t)
	v := s.Vendor()
	p := testkit.Applicant{Vendor: v, ID: s.Application(s.Fair, v.ID, testkit.Standing(registry.AppSubmitted)).ID}
	b := s.Booths(s.Fair.ID, "A", 2)
	keys := func() (keys []string) {
		for _, l := range calls(s).ToCall {
			for _, n := range l.News {
				keys = append(keys, n.Key)
			}
		}
		return keys
	}
	e := s.Fair
	for _, x := range []struct {
		do   func() error
		want []string
	}{
		{func() error {
			return s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Ảnh nhãn"))
		}, []string{"application.mail.needs_info"}},
		{func() error { return s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "")) }, []string{"application.mail.approved"}},
		{func() error { return s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[0]), p.ID) }, []string{"application.mail.approved", "application.mail.booth"}},
		{func() error { return s.App.Booths.MoveBooth(t.Context(), s.Reviewer, s.Ref(b[0]), b[1].ID) }, []string{"application.mail.approved", "application.mail.booth"}},
		{func() error { testkit.StepEvent(t, s.Kit, s.Reviewer, &e, registry.Postponed); return nil }, []string{"application.mail.approved", "application.mail.booth", "event.notice.postponed"}},
		{func() error { testkit.StepEvent(t, s.Kit, s.Reviewer, &e, registry.Announced); return nil }, []string{"application.mail.approved", "application.mail.booth", "event.notice.resumed"}},
		{func() error { testkit.StepEvent(t, s.Kit, s.Reviewer, &e, registry.Cancelled); return nil }, []string{"event.notice.cancelled"}},
	} {
		s.Clock.Add(time.Minute)
		testkit.Works(t, x.do())
		if got := keys(); !slices.Equal(got, x.want) {
			t.Errorf("to be told %q, want %q", got, x.want)
		}
	}
	stale := vendors.CallInput{Event: e.ID, Vendor: v.ID, Outcome: registry.CallSpoken, UpTo: s.App.NowMS() - 1}
	testkit.Refused(t, "told before it was written", s.App.Vendors.NoteCall(t.Context(), s.Reviewer, stale), registry.Conflict, "error.call.done")
}

func TestOnlyWhoDecidesSeesTheCallList(t *testing.T) {
	s := testkit.NewStage(t)
	v := sixVendors(s)[0]
	testkit.Works(t, s.App.Lifecycle.StepEvent(t.Context(), s.Reviewer, s.Fair.ID, lifecycle.StepInput{To: registry.Postponed, Reason: "Mưa lũ", Version: s.Fair.Version}))
	testkit.Works(t, s.App.Vendors.BlockVendor(t.Context(), s.Reviewer, v.ID, "Bán hàng giả"))
	for _, x := range []struct {
		role registry.Role
		area string
		want registry.Kind
	}{{registry.Reviewer, "19", 0}, {registry.Viewer, "19", registry.Forbidden}, {registry.Organiser, "01", registry.NotFound}} {
		actor, _ := s.Officer(x.role, x.area)
		_, err := s.App.Vendors.CallList(t.Context(), actor, s.Fair.ID)
		note := s.App.Vendors.NoteCall(t.Context(), actor, vendors.CallInput{Event: s.Fair.ID, Vendor: v.ID, Outcome: registry.CallNoAnswer})
		file := s.App.Vendors.NoteCall(t.Context(), actor, vendors.CallInput{Vendor: v.ID, Outcome: registry.CallNoAnswer})
		for what, err := range map[string]error{"list": err, "note": note, "file": file} {
			if registry.KindOf(err) != x.want {
				t.Errorf("%s of %s: %s: %v", x.role, x.area, what, err)
			}
		}
	}
	if err := s.App.Vendors.NoteCall(t.Context(), s.Reviewer, vendors.CallInput{Event: s.Fair.ID, Vendor: v.ID, Outcome: "gone"}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("an outcome that is none: %v", err)
	}
}
