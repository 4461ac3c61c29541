package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// decision is one of the things an officer may decide.
type decision struct {
	to  registry.ApplicationState
	act func(*app.App, context.Context, registry.Actor, registry.ApplicationID, app.Decision) error
}

var decisions = []decision{
	{registry.AppApproved, (*app.App).ApproveApplication},
	{registry.AppNeedsInfo, (*app.App).AskForMore},
	{registry.AppWaitlisted, (*app.App).WaitlistApplication},
	{registry.AppDeclined, (*app.App).DeclineApplication},
}

// TestEveryEdgeOfTheStateMachine tries every decision from every state: the steps
// that the states know are taken, all others are refused and change nothing.
func TestEveryEdgeOfTheStateMachine(t *testing.T) {
	s := newStage(t)
	for _, from := range registry.ApplicationStates {
		for _, d := range decisions {
			p := s.applied(from)
			if from == registry.AppDraft {
				refused(t, "a vendor's draft", d.act(s.App, t.Context(), s.officer, p.id, s.now(p, 1, "Lý do")), registry.NotFound, "error.not_found")
				continue
			}
			err := d.act(s.App, t.Context(), s.officer, p.id, s.now(p, 1, "Lý do"))
			s.checkStep(p, from, d.to, err)
		}
		p := s.applied(from)
		err := s.App.ReturnApplication(t.Context(), s.officer, p.id, s.now(p, 0, "Lý do"))
		if from != registry.AppDraft && from != registry.AppApproved && registry.KindOf(err) != registry.Conflict || from == registry.AppApproved && err != nil {
			t.Errorf("%s back to the queue: %v", from, err)
		}
		p = s.applied(from)
		s.checkStep(p, from, registry.AppWithdrawn, s.App.WithdrawApplication(t.Context(), p.owner, p.id))
		p = s.applied(from)
		if err := s.App.AcceptOffer(t.Context(), p.owner, p.id); from != registry.AppOffered && registry.KindOf(err) != registry.Conflict {
			t.Errorf("accepted an offer from %s: %v", from, err)
		}
		p = s.applied(from, func(a *registry.Application) { a.Days = []string{s.event.Days[0].Day} })
		err = s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p))
		switch from {
		case registry.AppSubmitted:
			refused(t, "sent twice", err, registry.Conflict, "error.application.step")
			continue
		case registry.AppApproved: // back to the queue goes what the office sends there
			refused(t, "sent after its approval", err, registry.Conflict, "error.application.decided")
			continue
		}
		s.checkStep(p, from, registry.AppSubmitted, err)
	}
}

func (s *stage) checkStep(p applicant, from, to registry.ApplicationState, err error) {
	s.t.Helper()
	if from.CanBecome(to) {
		if err != nil {
			s.t.Errorf("%s to %s: %v", from, to, err)
		}
		s.state(p, to)
		return
	}
	if registry.KindOf(err) != registry.Conflict {
		s.t.Errorf("%s to %s: %v, want a conflict", from, to, err)
	}
	s.state(p, from)
}

func TestOnlyReviewersOfTheAreaDecide(t *testing.T) {
	s := newStage(t)
	p := s.applied(registry.AppSubmitted)
	allowed := map[registry.Role]bool{registry.Admin: true, registry.Organiser: true, registry.Reviewer: true}
	for _, role := range registry.Roles {
		here, _ := s.Officer(role, "01906")
		elsewhere, _ := s.Officer(role, "01")
		for _, d := range decisions {
			err := d.act(s.App, t.Context(), elsewhere, p.id, s.now(p, 1, "Lý do"))
			refused(t, string(role)+" elsewhere", err, registry.NotFound, "error.not_found")
			if !allowed[role] {
				err := d.act(s.App, t.Context(), here, p.id, s.now(p, 1, "Lý do"))
				refused(t, string(role)+" here", err, registry.Forbidden, "error.forbidden")
			}
		}
		_, err := s.App.ReviewedApplication(t.Context(), elsewhere, p.id)
		refused(t, string(role)+" elsewhere, read", err, registry.NotFound, "error.not_found")
		refused(t, string(role)+" elsewhere, note", s.App.NoteApplication(t.Context(), elsewhere, p.id, "x"), registry.NotFound, "error.not_found")
		if allowed[role] {
			works(t, s.App.NoteApplication(t.Context(), here, p.id, "Đã gọi điện"))
		}
	}
	for _, d := range decisions {
		for who, actor := range map[string]registry.Actor{"nobody": {}, "the vendor": p.owner} {
			refused(t, who, d.act(s.App, t.Context(), actor, p.id, s.now(p, 1, "Lý do")), registry.NotFound, "error.not_found")
		}
	}
	s.state(p, registry.AppSubmitted)
}

// The decision on its application is what shows a new vendor to the public: letting
// it in or on the waiting list, not turning it away or asking it for more.
func TestDecisionShowsANewVendor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		decide func(s *stage, p applicant) error
		want   registry.VendorState
	}{
		"approved": {func(s *stage, p applicant) error {
			return s.App.ApproveApplication(s.t.Context(), s.officer, p.id, s.now(p, 1, ""))
		}, registry.VendorActive},
		"waitlisted": {func(s *stage, p applicant) error {
			return s.App.WaitlistApplication(s.t.Context(), s.officer, p.id, s.now(p, 0, ""))
		}, registry.VendorActive},
		"asked for more": {func(s *stage, p applicant) error {
			return s.App.AskForMore(s.t.Context(), s.officer, p.id, s.now(p, 0, "thiếu giấy"))
		}, registry.VendorNew},
		"declined": {func(s *stage, p applicant) error {
			return s.App.DeclineApplication(s.t.Context(), s.officer, p.id, s.now(p, 0, "hàng ngoại"))
		}, registry.VendorNew},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			p := s.applied(registry.AppSubmitted)
			s.Write(func(tx *store.Tx) error {
				p.vendor.State = registry.VendorNew
				return tx.SaveVendor(t.Context(), &p.vendor, s.App.Areas.Scope(p.vendor.Area))
			})
			works(t, c.decide(s, p))
			if v, err := s.App.OwnVendor(t.Context(), p.owner, p.vendor.ID); err != nil || v.State != c.want {
				t.Errorf("the vendor is %q, want %q (%v)", v.State, c.want, err)
			}
		})
	}
}

func TestAskForMoreAndAnswer(t *testing.T) {
	s := newStage(t)
	p := s.applied(registry.AppSubmitted)
	refused(t, "without a reason", s.App.AskForMore(t.Context(), s.officer, p.id, s.now(p, 0, "  ")), registry.Invalid, "error.application.reason")
	works(t, s.App.AskForMore(t.Context(), s.officer, p.id, s.now(p, 0, "Gửi thêm ảnh giấy ATTP")))
	v, err := s.App.Application(t.Context(), p.owner, p.id)
	if err != nil || v.Reason != "Gửi thêm ảnh giấy ATTP" || v.State != registry.AppNeedsInfo {
		t.Errorf("the vendor reads %q in %s (%v)", v.Reason, v.State, err)
	}
	works(t, s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p)))
	works(t, s.App.ApproveApplication(t.Context(), s.officer, p.id, s.now(p, 1, "")))
	a := s.state(p, registry.AppApproved)
	if a.Granted != 1 || a.DecidedBy != s.officer.Account || a.DecidedAt == 0 || a.Reason != "" {
		t.Errorf("approved as %+v", a)
	}
	if got := s.mail(p); !slices.Equal(got, []string{"application.mail.needs_info", "application.mail.submitted", "application.mail.approved"}) {
		t.Errorf("the vendor was told %v", got)
	}
}

func TestInternalRemarksStayInTheOffice(t *testing.T) {
	s := newStage(t)
	p := s.applied(registry.AppSubmitted)
	works(t, s.App.NoteApplication(t.Context(), s.officer, p.id, "Nghi hàng nhập"))
	office, err := s.App.ReviewedApplication(t.Context(), s.officer, p.id)
	if err != nil || !slices.ContainsFunc(office.Story, func(n registry.ApplicationNote) bool { return n.Internal && n.Text == "Nghi hàng nhập" }) {
		t.Errorf("the office reads %+v (%v)", office.Story, err)
	}
	own, err := s.App.Application(t.Context(), p.owner, p.id)
	if err != nil || slices.ContainsFunc(own.Story, func(n registry.ApplicationNote) bool { return n.Internal }) || len(own.Findings) > 0 {
		t.Errorf("the vendor reads %+v and %+v (%v)", own.Story, own.Findings, err)
	}
	refused(t, "an empty remark", s.App.NoteApplication(t.Context(), s.officer, p.id, " "), registry.Invalid, "error.required")
}

func TestDecisionIsAboutWhatWasShown(t *testing.T) {
	s := newStage(t)
	p := s.applied(registry.AppSubmitted)
	shown := s.now(p, 1, "")
	works(t, s.App.EditApplication(t.Context(), p.owner, p.id, answers(s, p)))
	refused(t, "changed since", s.App.ApproveApplication(t.Context(), s.officer, p.id, shown), registry.Conflict, "error.stale")
	s.state(p, registry.AppSubmitted)
}

func TestParallelDecisionsHaveOneWinner(t *testing.T) {
	s := newStage(t)
	p := s.applied(registry.AppSubmitted)
	d := s.now(p, 1, "Lý do")
	won := race(t, 40, func(i int) error {
		return decisions[i%len(decisions)].act(s.App, t.Context(), s.officer, p.id, d)
	})
	if won != 1 {
		t.Errorf("%d decisions were taken, want 1", won)
	}
	if n := s.read(p.id).Version; n != d.Version+1 {
		t.Errorf("version went from %d to %d", d.Version, n)
	}
}

func TestNoMorePromisesThanBooths(t *testing.T) {
	s := newStage(t)
	early := s.applied(registry.AppSubmitted, testkit.Wishing(4))
	works(t, s.App.ApproveApplication(t.Context(), s.officer, early.id, s.now(early, 2, "")))
	s.Booths(s.event.ID, "A", 5)
	var late []applicant
	for range 10 {
		late = append(late, s.applied(registry.AppSubmitted, testkit.Wishing(2)))
	}
	won := race(t, len(late), func(i int) error {
		return s.App.ApproveApplication(t.Context(), s.officer, late[i].id, app.Decision{Version: 1, Granted: 1})
	})
	if won != 3 {
		t.Errorf("%d more booths were promised of the 3 left", won)
	}
	p := s.applied(registry.AppSubmitted, testkit.Wishing(2))
	refused(t, "when full", s.App.ApproveApplication(t.Context(), s.officer, p.id, s.now(p, 1, "")), registry.Conflict, "error.application.no_place")
	for _, n := range []int{-1, 0, 3, 1 << 40} {
		refused(t, "granting what was not asked for", s.App.ApproveApplication(t.Context(), s.officer, p.id, s.now(p, n, "")), registry.Invalid, "error.application.granted")
	}
}

func TestDeclinedLosesItsBooths(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 2)
	p := s.applied(registry.AppApproved, testkit.Wishing(2))
	for _, booth := range b {
		works(t, s.App.AssignBooth(t.Context(), s.officer, s.ref(booth), p.id))
	}
	works(t, s.App.DeclineApplication(t.Context(), s.officer, p.id, s.now(p, 0, "Hàng không rõ nguồn gốc")))
	if a := s.state(p, registry.AppDeclined); a.Granted != 0 || a.Reason != "Hàng không rõ nguồn gốc" {
		t.Errorf("declined as %+v", a)
	}
	for _, booth := range b {
		if got := s.booth(booth.ID); got.State != registry.BoothFree {
			t.Errorf("booth %s is %s, want free", got.Code, got.State)
		}
	}
}

// TestReturnedLosesItsBoothsAndKeepsItsTurn sends an approved application back: its
// booths go to who waits, its passes die as the question before said, the vendor is
// told, and it can be approved again.
func TestReturnedLosesItsBoothsAndKeepsItsTurn(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 2)
	p := s.applied(registry.AppApproved, testkit.Wishing(2))
	for _, booth := range b {
		works(t, s.App.AssignBooth(t.Context(), s.officer, s.ref(booth), p.id))
	}
	waits := s.waiting(1)
	before := s.read(p.id)
	x, err := s.App.ReturnEffect(t.Context(), s.officer, p.id)
	if err != nil || len(x.Booths) != 2 || x.Passes == 0 || x.Waiting != 1 || x.Letters != 1 {
		t.Errorf("what it touches: %d booths, %d passes, %d wait, %d letters, %v", len(x.Booths), x.Passes, x.Waiting, x.Letters, err)
	}
	refused(t, "without a reason", s.App.ReturnApplication(t.Context(), s.officer, p.id, s.now(p, 0, " ")), registry.Invalid, "error.application.reason")
	stale := s.now(p, 0, "Chứng nhận bị thu hồi")
	stale.Version--
	refused(t, "of an old version", s.App.ReturnApplication(t.Context(), s.officer, p.id, stale), registry.Conflict, "error.stale")
	works(t, s.App.ReturnApplication(t.Context(), s.officer, p.id, s.now(p, 0, "Chứng nhận bị thu hồi")))
	if a := s.state(p, registry.AppSubmitted); a.Granted != 0 || a.SubmittedAt != before.SubmittedAt || a.DecidedAt != 0 || a.Reason != "Chứng nhận bị thu hồi" {
		t.Errorf("returned as %+v", a)
	}
	s.state(waits, registry.AppOffered)
	s.Read(func(tx *store.Tx) error {
		rows, err := tx.Passes(t.Context(), registry.PassFilter{Event: s.event.ID, State: registry.PassRevoked})
		if len(rows) != x.Passes {
			t.Errorf("%d passes died, %d were said to", len(rows), x.Passes)
		}
		return err
	})
	if keys := s.mail(p); keys[len(keys)-1] != "application.mail.returned" {
		t.Errorf("the vendor reads %v", keys)
	}
	works(t, s.App.ApproveApplication(t.Context(), s.officer, p.id, s.now(p, 1, "")))
	viewer, _ := s.Officer(registry.Viewer, "19")
	if _, err := s.App.ReturnEffect(t.Context(), viewer, p.id); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a viewer asks what it touches: %v", err)
	}
}

func TestApproveManySaysWhatFailed(t *testing.T) {
	s := newStage(t)
	good, stale, wide := s.applied(registry.AppSubmitted), s.applied(registry.AppSubmitted), s.applied(registry.AppSubmitted, testkit.Wishing(3))
	choices := []app.Choice{{ID: good.id, Version: 1}, {ID: stale.id, Version: 9}, {ID: wide.id, Version: 1}, {ID: "none", Version: 1}}
	approved, faults, err := s.App.ApproveMany(t.Context(), s.officer, choices)
	if err != nil || approved != 2 || len(faults) != 2 {
		t.Errorf("approved %d, faults %v, %v; want 2 and 2", approved, faults, err)
	}
	if a := s.state(wide, registry.AppApproved); a.Granted != 3 {
		t.Errorf("granted %d, want what it asks for, 3", a.Granted)
	}
	s.state(stale, registry.AppSubmitted)
}

func TestQueueShowsWhatWaits(t *testing.T) {
	s := newStage(t)
	first := s.apply(s.newcomer(), registry.AppSubmitted)
	s.Clock.Add(5*24*time.Hour + time.Hour)
	second := s.applied(registry.AppSubmitted)
	s.applied(registry.AppDraft)
	s.applied(registry.AppApproved)
	abroad := s.Event(testkit.InArea(registry.AreaRef{Edition: "2025", Code: "00004"}))
	q, err := s.App.ReviewQueue(t.Context(), s.officer, app.QueueFilter{})
	if err != nil || len(q.Rows) != 2 || q.Rows[0].ID != first.id || q.Rows[1].ID != second.id {
		t.Fatalf("queue %+v (%v)", q.Rows, err)
	}
	if q.Waiting != 2 || q.Overdue != 1 || q.Rows[0].Overdue != 1 || q.Rows[1].Overdue != 0 {
		t.Errorf("waiting %d, overdue %d, rows %d and %d", q.Waiting, q.Overdue, q.Rows[0].Overdue, q.Rows[1].Overdue)
	}
	if f := q.Rows[0].Findings; len(f) == 0 || f[0].Kind != registry.Missing {
		t.Errorf("findings of a vendor without papers: %+v", f)
	}
	q, err = s.App.ReviewQueue(t.Context(), s.officer, app.QueueFilter{Event: abroad.ID})
	if err != nil || len(q.Rows) != 0 {
		t.Errorf("another event's queue has %d rows (%v)", len(q.Rows), err)
	}
	q, err = s.App.ReviewQueue(t.Context(), s.officer, app.QueueFilter{States: registry.ApplicationStates})
	if err != nil || len(q.Rows) != 3 {
		t.Errorf("every state but drafts: %d rows (%v), want 3", len(q.Rows), err)
	}
	elsewhere, _ := s.Officer(registry.Reviewer, "01")
	if q, err := s.App.ReviewQueue(t.Context(), elsewhere, app.QueueFilter{}); err != nil || len(q.Rows)+q.Waiting != 0 {
		t.Errorf("a reviewer elsewhere sees %d rows, %d waiting (%v)", len(q.Rows), q.Waiting, err)
	}
	_, err = s.App.ReviewQueue(t.Context(), first.owner, app.QueueFilter{})
	refused(t, "a vendor", err, registry.NotFound, "error.not_found")
}

func TestQueueHasPages(t *testing.T) {
	s := newStage(t)
	for range 30 {
		s.applied(registry.AppSubmitted)
	}
	seen := map[registry.ApplicationID]bool{}
	cursor, pages := "", 0
	for pages == 0 || cursor != "" {
		q, err := s.App.ReviewQueue(t.Context(), s.officer, app.QueueFilter{After: cursor})
		works(t, err)
		for _, r := range q.Rows {
			seen[r.ID] = true
		}
		cursor, pages = q.Next, pages+1
	}
	if len(seen) != 30 || pages != 2 {
		t.Errorf("%d applications on %d pages, want 30 on 2", len(seen), pages)
	}
}

func TestQuotasAreCounted(t *testing.T) {
	s := newStage(t, func(e *registry.Event) {
		e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 2}, {Group: registry.DrinkGroup, Max: 5}}
	})
	s.applied(registry.AppApproved, testkit.Wishing(2))
	p := s.applied(registry.AppSubmitted)
	v, err := s.App.ReviewedApplication(t.Context(), s.officer, p.id)
	works(t, err)
	for _, q := range v.Quotas {
		switch q.Group {
		case registry.FoodGroup:
			if q.Used != 2 || !q.Full() || !v.Concerns(q) {
				t.Errorf("food: %+v", q)
			}
		case registry.DrinkGroup:
			if q.Used != 0 || q.Full() || v.Concerns(q) {
				t.Errorf("drink: %+v", q)
			}
		}
	}
	if len(v.Quotas) != 2 {
		t.Errorf("quotas %+v", v.Quotas)
	}
}
