package app_test

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

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// noticeCase is one vendor of one event, about to be told something.
type noticeCase struct {
	*stage
	ctx context.Context
	e   registry.Event
	p   applicant
}

// is puts the application into a state.
func (c *noticeCase) is(state registry.ApplicationState) registry.ApplicationID {
	c.p.id = c.Application(c.e, c.p.vendor.ID, testkit.Standing(state), testkit.Bringing(c.p.product)).ID
	return c.p.id
}

func (c *noticeCase) step(to registry.EventState) error {
	e, err := c.App.OfficeEvent(c.ctx, c.officer, registry.ManageEvents, c.e.ID)
	if err != nil {
		return err
	}
	return c.App.StepEvent(c.ctx, c.officer, e.ID, app.StepInput{To: to, Reason: "Mưa lũ", Version: e.Version})
}

func (c *noticeCase) decide(do func(context.Context, registry.Actor, registry.ApplicationID, app.Decision) error) error {
	return do(c.ctx, c.officer, c.is(registry.AppSubmitted), c.now(c.p, 1, "Thiếu ảnh nhãn"))
}

// offered has a place go free for the vendor, which waits.
func (c *noticeCase) offered() error {
	b := c.Booths(c.e.ID, "A", 1)
	in, owner, _ := c.OwnVendor()
	id := c.Application(c.e, in.ID, testkit.Standing(registry.AppApproved)).ID
	works(c.t, c.App.AssignBooth(c.t.Context(), c.officer, app.BoothRef{Event: c.e.ID, Booth: b[0].ID}, id))
	c.is(registry.AppWaitlisted)
	return c.App.WithdrawApplication(c.ctx, owner, id)
}

func (c *noticeCase) booth() app.BoothRef {
	c.is(registry.AppApproved)
	return app.BoothRef{Event: c.e.ID, Booth: c.Booths(c.e.ID, "A", 1)[0].ID}
}

func (c *noticeCase) evidence(e registry.Evidence) error {
	if e == registry.Documented {
		c.Certificate(c.p.vendor, func(x *registry.Certificate) {
			x.Kind, x.Product, x.File = registry.OriginPaper, c.p.product.ID, "scan"
		})
	}
	ref := app.ProductRef{Vendor: c.p.vendor.ID, Product: c.p.product.ID}
	return c.App.DecideEvidence(c.ctx, c.officer, ref, c.p.product.Version, app.EvidenceInput{Evidence: string(e), Note: "Đã xem nơi sản xuất"})
}

func (c *noticeCase) vendorIs(state registry.VendorState) {
	c.Write(func(tx *store.Tx) error {
		v, err := tx.Vendor(c.t.Context(), c.p.vendor.ID)
		v.State = state
		if err != nil {
			return err
		}
		return tx.SaveVendor(c.t.Context(), &v, c.App.Areas.Scope(v.Area))
	})
}

func (c *noticeCase) move() error {
	c.is(registry.AppApproved)
	_, err := c.App.MoveEvent(c.ctx, c.officer, c.e.ID, app.MoveInput{FirstDay: "10/12/2026", LastDay: "11/12/2026", OpensAt: "8h", ClosesAt: "21h",
		Area: "2025:01906", Venue: "Nhà văn hóa xã", Reason: "Sân đang sửa", Version: c.e.Version})
	return err
}

func (c *noticeCase) change() error {
	c.is(registry.AppApproved)
	in := app.EventInputOf(c.e)
	in.Venue = "Nhà văn hóa xã"
	_, err := c.App.EditEvent(c.ctx, c.officer, c.e.ID, in)
	return err
}

// notices that tell a vendor something, each with what brings it about.
var noticeActs = map[string]func(*noticeCase) error{
	"event.notice.postponed": func(c *noticeCase) error { c.is(registry.AppApproved); return c.step(registry.Postponed) },
	"event.notice.cancelled": func(c *noticeCase) error { c.is(registry.AppSubmitted); return c.step(registry.Cancelled) },
	"event.notice.moved":     (*noticeCase).move,
	"event.notice.moved_papers": func(c *noticeCase) error {
		c.Certificate(c.p.vendor, func(x *registry.Certificate) { x.ValidTo = "2026-12-01" }) // before the new days
		return c.move()
	},
	"event.notice.changed": (*noticeCase).change,
	"event.notice.resumed": func(c *noticeCase) error {
		works(c.t, c.step(registry.Postponed))
		c.is(registry.AppApproved)
		return c.step(registry.Announced)
	},
	"application.mail.needs_info": func(c *noticeCase) error { return c.decide(c.App.AskForMore) },
	"application.mail.approved": func(c *noticeCase) error {
		c.Papers(c.p.vendor, c.p.product)
		return c.decide(c.App.ApproveApplication)
	},
	"application.mail.approved_lacking": func(c *noticeCase) error { return c.decide(c.App.ApproveApplication) },
	"sales.mail.remind": func(c *noticeCase) error {
		c.e = c.Event(testkit.InState(registry.Ended))
		c.is(registry.AppApproved)
		_, err := c.App.RemindSales(c.ctx, c.officer, c.e.ID)
		return err
	},
	"application.mail.waitlisted": func(c *noticeCase) error { return c.decide(c.App.WaitlistApplication) },
	"application.mail.declined":   func(c *noticeCase) error { return c.decide(c.App.DeclineApplication) },
	"application.mail.returned": func(c *noticeCase) error {
		return c.App.ReturnApplication(c.ctx, c.officer, c.is(registry.AppApproved), c.now(c.p, 0, "Xem lại giấy tờ"))
	},
	"application.mail.offered": (*noticeCase).offered,
	"application.mail.lapsed": func(c *noticeCase) error {
		ctx := c.ctx
		c.ctx = c.t.Context()
		works(c.t, c.offered())
		c.Write(func(tx *store.Tx) error {
			a, err := tx.Application(c.t.Context(), c.p.id)
			if err != nil {
				return err
			}
			a.OfferUntil = 1
			return tx.SaveApplication(c.t.Context(), a, a.State)
		})
		_, err := c.App.ExpireOffers(ctx)
		return err
	},
	"application.mail.booth": func(c *noticeCase) error {
		b := c.booth()
		return c.App.AssignBooth(c.ctx, c.officer, b, c.p.id)
	},
	"application.mail.booth_back": func(c *noticeCase) error {
		b := c.booth()
		works(c.t, c.App.AssignBooth(c.t.Context(), c.officer, b, c.p.id))
		return c.App.ReleaseBooth(c.ctx, c.officer, b)
	},
	"vendor.mail.block": func(c *noticeCase) error {
		return c.App.BlockVendor(c.ctx, c.officer, c.p.vendor.ID, "Bán hàng giả")
	},
	"vendor.mail.unblock": func(c *noticeCase) error {
		c.vendorIs(registry.VendorBlocked)
		return c.App.UnblockVendor(c.ctx, c.officer, c.p.vendor.ID)
	},
	"vendor.mail.publish": func(c *noticeCase) error {
		c.vendorIs(registry.VendorNew)
		return c.App.PublishVendor(c.ctx, c.officer, c.p.vendor.ID)
	},
	"product.mail.declared":   func(c *noticeCase) error { return c.evidence(registry.Declared) },
	"product.mail.documented": func(c *noticeCase) error { return c.evidence(registry.Documented) },
	"product.mail.checked":    func(c *noticeCase) error { return c.evidence(registry.Checked) },
	"product.mail.confirmed":  func(c *noticeCase) error { return c.evidence(registry.Confirmed) },
	"product.mail.disputed":   func(c *noticeCase) error { return c.evidence(registry.Disputed) },
	"product.mail.excluded":   func(c *noticeCase) error { return c.evidence(registry.Excluded) },
	"product.mail.stars": func(c *noticeCase) error {
		ref := app.ProductRef{Vendor: c.p.vendor.ID, Product: c.p.product.ID}
		return c.App.ConfirmRating(c.ctx, c.officer, ref, c.p.product.Ratings[0].IssuedOn)
	},
}

// confirmed are letters to who has done it itself, or warns of it: nobody calls.
var confirmed = []string{"application.mail.submitted", "application.mail.withdrawn", "vendor.mail.join_code"}

// noticeKeys are the keys of all letters to vendors, read from the texts.
func noticeKeys(t *testing.T) (keys []string) {
	t.Helper()
	files, err := filepath.Glob("../i18n/vi/*.json")
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
			office := strings.HasPrefix(key, "account.") || strings.HasPrefix(key, "event.mail.") || strings.HasPrefix(key, "setting.mail.")
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
	s := newStage(t)
	s.officer, _ = s.Officer(registry.Admin, "")
	keys := noticeKeys(t)
	if len(keys) != len(noticeActs) {
		t.Errorf("%d letters, %d acts", len(keys), len(noticeActs))
	}
	for _, key := range keys {
		for _, way := range []string{"letter", "no address", "no mail server", "refused letter"} {
			if noticeActs[key] == nil {
				t.Fatalf("nothing brings %s about", key)
			}
			s.notices(key, way)
		}
	}
}

func (s *stage) notices(key, way string) {
	s.t.Helper()
	ctx, told := app.Hear(s.t.Context())
	v := s.Vendor()
	c := &noticeCase{stage: s, ctx: ctx, e: s.Event()}
	if way != "no address" {
		v, _, _ = s.OwnVendor()
	}
	c.p = applicant{vendor: v, product: s.Product(v, func(p *registry.Product) {
		p.Ratings = []registry.Rating{{IssuedOn: "2026-01-05", Stars: 4, Decision: "12/QĐ-UBND", ValidTo: "2029-01-05", Claimed: true}}
	})}
	s.App.NoMail = way == "no mail server"
	defer func() { s.App.NoMail = false }()
	if err := noticeActs[key](c); err != nil {
		s.t.Errorf("%s: %v", key, err)
		return
	}
	mailed, calls := []registry.VendorID{v.ID}, []registry.VendorID(nil)
	if way == "no address" || way == "no mail server" {
		mailed, calls = calls, mailed
	}
	if !slices.Equal(told.Mailed, mailed) || !slices.Equal(told.ToCall, calls) {
		s.t.Errorf("%s by %s: %+v", key, way, told)
	}
	fault := error(nil)
	if way == "refused letter" {
		fault = errors.New("550 no such mailbox")
	}
	for n := 1; n > 0; {
		var err error
		if n, err = s.App.SendOutbox(s.t.Context(), post{fault}); err != nil {
			s.t.Fatal(err)
		}
	}
	list, err := s.App.VendorCalls(s.t.Context(), s.officer, v)
	if err == nil && !strings.HasPrefix(key, "vendor.") && !strings.HasPrefix(key, "product.") {
		list, err = s.App.CallList(s.t.Context(), s.officer, c.e.ID)
	}
	at := func(lines []app.CallLine) bool {
		return slices.ContainsFunc(lines, func(l app.CallLine) bool {
			return l.Vendor == v.ID && len(l.News) == 1 && l.News[0].Key == key
		})
	}
	if err != nil || at(list.Sent) != (way == "letter") || at(list.ToCall) != (way != "letter") {
		s.t.Errorf("%s by %s: %+v, %v", key, way, list, err)
	}
}

// sixVendors is an event with one vendor that has an address and five that have
// none.
func sixVendors(s *stage) (unreached []registry.Vendor) {
	s.applied(registry.AppApproved)
	for range 5 {
		v := s.Vendor()
		s.Application(s.event, v.ID, testkit.Standing(registry.AppApproved))
		unreached = append(unreached, v)
	}
	return unreached
}

func (s *stage) calls() app.CallList {
	s.t.Helper()
	list, err := s.App.CallList(s.t.Context(), s.officer, s.event.ID)
	works(s.t, err)
	return list
}

func TestCallListIsKeptUntilItIsEmpty(t *testing.T) {
	s := newStage(t)
	unreached := sixVendors(s)
	ctx, told := app.Hear(t.Context())
	works(t, s.App.StepEvent(ctx, s.officer, s.event.ID, app.StepInput{To: registry.Postponed, Reason: "Mưa lũ", Version: s.event.Version}))
	if len(told.Mailed) != 1 || len(told.ToCall) != 5 || told.Event != s.event.ID {
		t.Fatalf("told %+v", told)
	}
	for i, outcome := range []registry.CallOutcome{registry.CallSpoken, registry.CallTexted, registry.CallPassedOn, registry.CallNoAnswer, registry.CallBadPhone} {
		s.Clock.Add(time.Minute)
		works(t, s.App.NoteCall(t.Context(), s.officer, app.CallInput{Event: s.event.ID, Vendor: unreached[i].ID, Outcome: outcome, UpTo: s.App.NowMS()}))
	}
	list := s.calls()
	if len(list.ToCall) != 2 || len(list.Called) != 3 || len(list.OnWay) != 1 || list.Vendors() != 6 {
		t.Fatalf("to call %d, called %d, under way %d", len(list.ToCall), len(list.Called), len(list.OnWay))
	}
	if last := list.Called[0].LastCall(); last.Outcome != registry.CallPassedOn || last.ByName != s.officer.Name || last.At == 0 || last.By != s.officer.Account {
		t.Errorf("the last call is %+v", last)
	}
	if l := list.ToCall[0]; l.Vendor != unreached[3].ID || len(l.Phones) != 1 || l.LastCall().Outcome != registry.CallNoAnswer {
		t.Errorf("first to call %+v", l)
	}
	again := app.CallInput{Event: s.event.ID, Vendor: unreached[0].ID, Outcome: registry.CallSpoken, UpTo: s.App.NowMS()}
	refused(t, "called twice", s.App.NoteCall(t.Context(), s.officer, again), registry.Conflict, "error.call.done")
	works(t, s.App.UndoCall(t.Context(), s.officer, s.event.ID, list.Called[0].LastCall().ID))
	if got := s.calls(); len(got.ToCall) != 3 {
		t.Errorf("after one was taken back %d are to be called", len(got.ToCall))
	}
	for _, l := range s.calls().ToCall {
		works(t, s.App.NoteCall(t.Context(), s.officer, app.CallInput{Event: s.event.ID, Vendor: l.Vendor, Outcome: registry.CallSpoken, UpTo: l.UpTo}))
	}
	desk, err := s.App.EventDesk(t.Context(), s.officer, s.event.ID)
	if got := s.calls(); err != nil || len(got.ToCall) != 0 || desk.ToCall != 0 {
		t.Errorf("%d, on the desk %d left, %v", len(got.ToCall), desk.ToCall, err)
	}
}

// TestNewerNewsTakesThePlaceOfOlder: whoever calls says how things stand now, and
// what was written after the officer read the list is still to be told.
func TestNewerNewsTakesThePlaceOfOlder(t *testing.T) {
	s := newStage(t)
	v := s.Vendor()
	p := applicant{vendor: v, id: s.Application(s.event, v.ID, testkit.Standing(registry.AppSubmitted)).ID}
	b := s.Booths(s.event.ID, "A", 2)
	keys := func() (keys []string) {
		for _, l := range s.calls().ToCall {
			for _, n := range l.News {
				keys = append(keys, n.Key)
			}
		}
		return keys
	}
	e := s.event
	for _, x := range []struct {
		do   func() error
		want []string
	}{
		{func() error { return s.App.AskForMore(t.Context(), s.officer, p.id, s.now(p, 0, "Ảnh nhãn")) }, []string{"application.mail.needs_info"}},
		{func() error { return s.App.ApproveApplication(t.Context(), s.officer, p.id, s.now(p, 1, "")) }, []string{"application.mail.approved"}},
		{func() error { return s.App.AssignBooth(t.Context(), s.officer, s.ref(b[0]), p.id) }, []string{"application.mail.approved", "application.mail.booth"}},
		{func() error { return s.App.MoveBooth(t.Context(), s.officer, s.ref(b[0]), b[1].ID) }, []string{"application.mail.approved", "application.mail.booth"}},
		{func() error { step(t, s.Kit, s.officer, &e, registry.Postponed); return nil }, []string{"application.mail.approved", "application.mail.booth", "event.notice.postponed"}},
		{func() error { step(t, s.Kit, s.officer, &e, registry.Announced); return nil }, []string{"application.mail.approved", "application.mail.booth", "event.notice.resumed"}},
		{func() error { step(t, s.Kit, s.officer, &e, registry.Cancelled); return nil }, []string{"event.notice.cancelled"}},
	} {
		s.Clock.Add(time.Minute)
		works(t, x.do())
		if got := keys(); !slices.Equal(got, x.want) {
			t.Errorf("to be told %q, want %q", got, x.want)
		}
	}
	stale := app.CallInput{Event: e.ID, Vendor: v.ID, Outcome: registry.CallSpoken, UpTo: s.App.NowMS() - 1}
	refused(t, "told before it was written", s.App.NoteCall(t.Context(), s.officer, stale), registry.Conflict, "error.call.done")
}

func TestOnlyWhoDecidesSeesTheCallList(t *testing.T) {
	s := newStage(t)
	v := sixVendors(s)[0]
	works(t, s.App.StepEvent(t.Context(), s.officer, s.event.ID, app.StepInput{To: registry.Postponed, Reason: "Mưa lũ", Version: s.event.Version}))
	works(t, s.App.BlockVendor(t.Context(), s.officer, v.ID, "Bán hàng giả"))
	for _, x := range []struct {
		role registry.Role
		area string
		want registry.Kind
	}{{registry.Reviewer, "19", 0}, {registry.Viewer, "19", registry.Forbidden}, {registry.Organiser, "01", registry.NotFound}} {
		actor, _ := s.Officer(x.role, x.area)
		_, err := s.App.CallList(t.Context(), actor, s.event.ID)
		note := s.App.NoteCall(t.Context(), actor, app.CallInput{Event: s.event.ID, Vendor: v.ID, Outcome: registry.CallNoAnswer})
		file := s.App.NoteCall(t.Context(), actor, app.CallInput{Vendor: v.ID, Outcome: registry.CallNoAnswer})
		for what, err := range map[string]error{"list": err, "note": note, "file": file} {
			if registry.KindOf(err) != x.want {
				t.Errorf("%s of %s: %s: %v", x.role, x.area, what, err)
			}
		}
	}
	if err := s.App.NoteCall(t.Context(), s.officer, app.CallInput{Event: s.event.ID, Vendor: v.ID, Outcome: "gone"}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("an outcome that is none: %v", err)
	}
}
