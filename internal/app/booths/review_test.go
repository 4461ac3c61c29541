package booths_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// decision is one of the things an officer may decide.
type decision struct {
	to  registry.ApplicationState
	act func(*booths.Service, context.Context, registry.Actor, registry.ApplicationID, booths.Decision) error
}

var decisions = []decision{
	{registry.AppApproved, (*booths.Service).ApproveApplication},
	{registry.AppNeedsInfo, (*booths.Service).AskForMore},
	{registry.AppWaitlisted, (*booths.Service).WaitlistApplication},
	{registry.AppDeclined, (*booths.Service).DeclineApplication},
}

// TestEveryEdgeOfTheStateMachine tries every decision from every state: the steps
// that the states know are taken, all others are refused and change nothing.
func TestEveryEdgeOfTheStateMachine(t *testing.T) {
	s := testkit.NewStage(t)
	for _, from := range registry.ApplicationStates {
		for _, d := range decisions {
			p := s.Applied(from)
			if from == registry.AppDraft {
				testkit.Refused(t, "a vendor's draft", d.act(s.App.Booths, t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "Lý do")), registry.NotFound, "error.not_found")
				continue
			}
			err := d.act(s.App.Booths, t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "Lý do"))
			checkStep(s, p, from, d.to, err)
		}
		p := s.Applied(from)
		err := s.App.Booths.ReturnApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Lý do"))
		if from != registry.AppDraft && from != registry.AppApproved && registry.KindOf(err) != registry.Conflict || from == registry.AppApproved && err != nil {
			t.Errorf("%s back to the queue: %v", from, err)
		}
		p = s.Applied(from)
		checkStep(s, p, from, registry.AppWithdrawn, s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID))
		p = s.Applied(from)
		if err := s.App.Booths.AcceptOffer(t.Context(), p.Owner, p.ID); from != registry.AppOffered && registry.KindOf(err) != registry.Conflict {
			t.Errorf("accepted an offer from %s: %v", from, err)
		}
		p = s.Applied(from, func(a *registry.Application) { a.Days = []string{s.Fair.Days[0].Day} })
		err = s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p))
		switch from {
		case registry.AppSubmitted:
			testkit.Refused(t, "sent twice", err, registry.Conflict, "error.application.step")
			continue
		case registry.AppApproved: // back to the queue goes what the office sends there
			testkit.Refused(t, "sent after its approval", err, registry.Conflict, "error.application.decided")
			continue
		}
		checkStep(s, p, from, registry.AppSubmitted, err)
	}
}

func checkStep(s *testkit.Stage, p testkit.Applicant, from, to registry.ApplicationState, err error) {
	s.T.Helper()
	if from.CanBecome(to) {
		if err != nil {
			s.T.Errorf("%s to %s: %v", from, to, err)
		}
		s.State(p, to)
		return
	}
	if registry.KindOf(err) != registry.Conflict {
		s.T.Errorf("%s to %s: %v, want a conflict", from, to, err)
	}
	s.State(p, from)
}

func TestOnlyReviewersOfTheAreaDecide(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	allowed := map[registry.Role]bool{registry.Admin: true, registry.Organiser: true, registry.Reviewer: true}
	for _, role := range registry.Roles {
		here, _ := s.Officer(role, "01906")
		elsewhere, _ := s.Officer(role, "01")
		for _, d := range decisions {
			err := d.act(s.App.Booths, t.Context(), elsewhere, p.ID, s.Now(p, 1, "Lý do"))
			testkit.Refused(t, string(role)+" elsewhere", err, registry.NotFound, "error.not_found")
			if !allowed[role] {
				err := d.act(s.App.Booths, t.Context(), here, p.ID, s.Now(p, 1, "Lý do"))
				testkit.RefusedHere(t, string(role)+" here", err, role)
			}
		}
		_, err := s.App.Booths.ReviewedApplication(t.Context(), elsewhere, p.ID)
		testkit.Refused(t, string(role)+" elsewhere, read", err, registry.NotFound, "error.not_found")
		testkit.Refused(t, string(role)+" elsewhere, note", s.App.Booths.NoteApplication(t.Context(), elsewhere, p.ID, "x"), registry.NotFound, "error.not_found")
		if allowed[role] {
			testkit.Works(t, s.App.Booths.NoteApplication(t.Context(), here, p.ID, "Đã gọi điện"))
		}
	}
	for _, d := range decisions {
		for who, actor := range map[string]registry.Actor{"nobody": {}, "the vendor": p.Owner} {
			testkit.Refused(t, who, d.act(s.App.Booths, t.Context(), actor, p.ID, s.Now(p, 1, "Lý do")), registry.NotFound, "error.not_found")
		}
	}
	s.State(p, registry.AppSubmitted)
}

// The decision on its application is what shows a new vendor to the public: letting
// it in or on the waiting list, not turning it away or asking it for more.
func TestDecisionShowsANewVendor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		decide func(s *testkit.Stage, p testkit.Applicant) error
		want   registry.VendorState
	}{
		"approved": {func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.ApproveApplication(s.T.Context(), s.Reviewer, p.ID, s.Now(p, 1, ""))
		}, registry.VendorActive},
		"waitlisted": {func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.WaitlistApplication(s.T.Context(), s.Reviewer, p.ID, s.Now(p, 0, ""))
		}, registry.VendorActive},
		"asked for more": {func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.AskForMore(s.T.Context(), s.Reviewer, p.ID, s.Now(p, 0, "thiếu giấy"))
		}, registry.VendorNew},
		"declined": {func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.DeclineApplication(s.T.Context(), s.Reviewer, p.ID, s.Now(p, 0, "hàng ngoại"))
		}, registry.VendorNew},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := testkit.NewStage(t)
			p := s.Applied(registry.AppSubmitted)
			s.Write(func(tx *store.Tx) error {
				p.Vendor.State = registry.VendorNew
				return tx.SaveVendor(t.Context(), &p.Vendor, s.App.Areas.Scope(p.Vendor.Area))
			})
			testkit.Works(t, c.decide(s, p))
			if v, err := s.App.Vendors.OwnVendor(t.Context(), p.Owner, p.Vendor.ID); err != nil || v.State != c.want {
				t.Errorf("the vendor is %q, want %q (%v)", v.State, c.want, err)
			}
		})
	}
}

func TestAskForMoreAndAnswer(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	testkit.Refused(t, "without a reason", s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "  ")), registry.Invalid, "ask.error.nothing")
	testkit.Works(t, s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Gửi thêm ảnh giấy ATTP")))
	v, err := s.App.Booths.Application(t.Context(), p.Owner, p.ID)
	if err != nil || v.Reason != "Gửi thêm ảnh giấy ATTP" || v.State != registry.AppNeedsInfo {
		t.Errorf("the vendor reads %q in %s (%v)", v.Reason, v.State, err)
	}
	testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)))
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "")))
	a := s.State(p, registry.AppApproved)
	if a.Granted != 1 || a.DecidedBy != s.Reviewer.Account || a.DecidedAt == 0 || a.Reason != "" {
		t.Errorf("approved as %+v", a)
	}
	if got := s.Mail(p); !slices.Equal(got, []string{"application.mail.needs_info", "application.mail.submitted", "application.mail.approved"}) {
		t.Errorf("the vendor was told %v", got)
	}
}

func TestInternalRemarksStayInTheOffice(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.NoteApplication(t.Context(), s.Reviewer, p.ID, "Nghi hàng nhập"))
	office, err := s.App.Booths.ReviewedApplication(t.Context(), s.Reviewer, p.ID)
	if err != nil || !slices.ContainsFunc(office.Story, func(n registry.ApplicationNote) bool { return n.Internal && n.Text == "Nghi hàng nhập" }) {
		t.Errorf("the office reads %+v (%v)", office.Story, err)
	}
	own, err := s.App.Booths.Application(t.Context(), p.Owner, p.ID)
	if err != nil || slices.ContainsFunc(own.Story, func(n registry.ApplicationNote) bool { return n.Internal }) || len(own.Findings) > 0 {
		t.Errorf("the vendor reads %+v and %+v (%v)", own.Story, own.Findings, err)
	}
	testkit.Refused(t, "an empty remark", s.App.Booths.NoteApplication(t.Context(), s.Reviewer, p.ID, " "), registry.Invalid, "error.required")
}

func TestDecisionIsAboutWhatWasShown(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	shown := s.Now(p, 1, "")
	testkit.Works(t, s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, answers(s, p)))
	testkit.Refused(t, "changed since", s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, shown), registry.Conflict, "error.stale")
	s.State(p, registry.AppSubmitted)
}

func TestParallelDecisionsHaveOneWinner(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	d := s.Now(p, 1, "Lý do")
	won := testkit.Race(t, 40, func(i int) error {
		return decisions[i%len(decisions)].act(s.App.Booths, t.Context(), s.Reviewer, p.ID, d)
	})
	if won != 1 {
		t.Errorf("%d decisions were taken, want 1", won)
	}
	if n := s.StoredApplication(p.ID).Version; n != d.Version+1 {
		t.Errorf("version went from %d to %d", d.Version, n)
	}
}

func TestNoMorePromisesThanBooths(t *testing.T) {
	s := testkit.NewStage(t)
	early := s.Applied(registry.AppSubmitted, testkit.Wishing(4))
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, early.ID, s.Now(early, 2, "")))
	s.Booths(s.Fair.ID, "A", 5)
	var late []testkit.Applicant
	for range 10 {
		late = append(late, s.Applied(registry.AppSubmitted, testkit.Wishing(2)))
	}
	won := testkit.Race(t, len(late), func(i int) error {
		return s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, late[i].ID, booths.Decision{Version: 1, Granted: 1})
	})
	if won != 3 {
		t.Errorf("%d more booths were promised of the 3 left", won)
	}
	p := s.Applied(registry.AppSubmitted, testkit.Wishing(2))
	testkit.Refused(t, "when full", s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "")), registry.Conflict, "error.application.no_place")
	for _, n := range []int{-1, 0, 3, 1 << 40} {
		testkit.Refused(t, "granting what was not asked for", s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, n, "")), registry.Invalid, "error.application.granted")
	}
}

func TestDeclinedLosesItsBooths(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 2)
	p := s.Applied(registry.AppApproved, testkit.Wishing(2))
	for _, booth := range b {
		testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(booth), p.ID))
	}
	testkit.Works(t, s.App.Booths.DeclineApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Hàng không rõ nguồn gốc")))
	if a := s.State(p, registry.AppDeclined); a.Granted != 0 || a.Reason != "Hàng không rõ nguồn gốc" {
		t.Errorf("declined as %+v", a)
	}
	for _, booth := range b {
		if got := s.Booth(booth.ID); got.State != registry.BoothFree {
			t.Errorf("booth %s is %s, want free", got.Code, got.State)
		}
	}
}

// TestReturnedLosesItsBoothsAndKeepsItsTurn sends an approved application back: its
// booths go to who waits, its passes die as the question before said, the vendor is
// told, and it can be approved again.
func TestReturnedLosesItsBoothsAndKeepsItsTurn(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 2)
	p := s.Applied(registry.AppApproved, testkit.Wishing(2))
	for _, booth := range b {
		testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(booth), p.ID))
	}
	waits := waiting(s, 1)
	before := s.StoredApplication(p.ID)
	x, err := s.App.Booths.ReturnEffect(t.Context(), s.Reviewer, p.ID)
	if err != nil || len(x.Booths) != 2 || x.Passes == 0 || x.Waiting != 1 || x.Letters != 1 {
		t.Errorf("what it touches: %d booths, %d passes, %d wait, %d letters, %v", len(x.Booths), x.Passes, x.Waiting, x.Letters, err)
	}
	testkit.Refused(t, "without a reason", s.App.Booths.ReturnApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, " ")), registry.Invalid, "error.application.reason")
	stale := s.Now(p, 0, "Chứng nhận bị thu hồi")
	stale.Version--
	testkit.Refused(t, "of an old version", s.App.Booths.ReturnApplication(t.Context(), s.Reviewer, p.ID, stale), registry.Conflict, "error.stale")
	testkit.Works(t, s.App.Booths.ReturnApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Chứng nhận bị thu hồi")))
	if a := s.State(p, registry.AppSubmitted); a.Granted != 0 || a.SubmittedAt != before.SubmittedAt || a.DecidedAt != 0 || a.Reason != "Chứng nhận bị thu hồi" {
		t.Errorf("returned as %+v", a)
	}
	s.State(waits, registry.AppOffered)
	s.Read(func(tx *store.Tx) error {
		rows, err := tx.Passes(t.Context(), registry.PassFilter{Event: s.Fair.ID, State: registry.PassRevoked})
		if len(rows) != x.Passes {
			t.Errorf("%d passes died, %d were said to", len(rows), x.Passes)
		}
		return err
	})
	if keys := s.Mail(p); keys[len(keys)-1] != "application.mail.returned" {
		t.Errorf("the vendor reads %v", keys)
	}
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "")))
	viewer, _ := s.Officer(registry.Viewer, "19")
	if _, err := s.App.Booths.ReturnEffect(t.Context(), viewer, p.ID); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a viewer asks what it touches: %v", err)
	}
}

func TestDecideManySaysWhatFailed(t *testing.T) {
	s := testkit.NewStage(t)
	good, stale, wide := s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted, testkit.Wishing(3))
	choices := []booths.Choice{{ID: good.ID, Version: 1}, {ID: stale.ID, Version: 9}, {ID: wide.ID, Version: 1}, {ID: "none", Version: 1}}
	done, err := s.App.Booths.DecideMany(t.Context(), s.Reviewer, booths.Batch{To: registry.AppApproved, Choices: choices})
	if err != nil || done.Done != 2 || len(done.Left) != 2 {
		t.Errorf("approved %d, faults %v, %v; want 2 and 2", done.Done, done.Left, err)
	}
	if a := s.State(wide, registry.AppApproved); a.Granted != 3 {
		t.Errorf("granted %d, want what it asks for, 3", a.Granted)
	}
	s.State(stale, registry.AppSubmitted)
}

func TestQueueShowsWhatWaits(t *testing.T) {
	s := testkit.NewStage(t)
	first := s.Apply(s.Newcomer(), registry.AppSubmitted)
	s.Clock.Add(5*24*time.Hour + time.Hour)
	second := s.Applied(registry.AppSubmitted)
	s.Applied(registry.AppDraft)
	s.Applied(registry.AppApproved)
	abroad := s.Event(testkit.InArea(registry.AreaRef{Edition: "2025", Code: "00004"}))
	q, err := s.App.Booths.ReviewQueue(t.Context(), s.Reviewer, booths.QueueFilter{})
	if err != nil || len(q.Rows) != 2 || q.Rows[0].ID != first.ID || q.Rows[1].ID != second.ID {
		t.Fatalf("queue %+v (%v)", q.Rows, err)
	}
	if q.Waiting != 2 || q.Overdue != 1 || q.Rows[0].Overdue != 1 || q.Rows[1].Overdue != 0 {
		t.Errorf("waiting %d, overdue %d, rows %d and %d", q.Waiting, q.Overdue, q.Rows[0].Overdue, q.Rows[1].Overdue)
	}
	if f := q.Rows[0].Findings; len(f) == 0 || f[0].Kind != registry.Missing {
		t.Errorf("findings of a vendor without papers: %+v", f)
	}
	q, err = s.App.Booths.ReviewQueue(t.Context(), s.Reviewer, booths.QueueFilter{Event: abroad.ID})
	if err != nil || len(q.Rows) != 0 {
		t.Errorf("another event's queue has %d rows (%v)", len(q.Rows), err)
	}
	q, err = s.App.Booths.ReviewQueue(t.Context(), s.Reviewer, booths.QueueFilter{States: registry.ApplicationStates})
	if err != nil || len(q.Rows) != 3 {
		t.Errorf("every state but drafts: %d rows (%v), want 3", len(q.Rows), err)
	}
	elsewhere, _ := s.Officer(registry.Reviewer, "01")
	if q, err := s.App.Booths.ReviewQueue(t.Context(), elsewhere, booths.QueueFilter{}); err != nil || len(q.Rows)+q.Waiting != 0 {
		t.Errorf("a reviewer elsewhere sees %d rows, %d waiting (%v)", len(q.Rows), q.Waiting, err)
	}
	_, err = s.App.Booths.ReviewQueue(t.Context(), first.Owner, booths.QueueFilter{})
	testkit.Refused(t, "a vendor", err, registry.NotFound, "error.not_found")
}

func TestQueueHasPages(t *testing.T) {
	s := testkit.NewStage(t)
	for range 30 {
		s.Applied(registry.AppSubmitted)
	}
	seen := map[registry.ApplicationID]bool{}
	cursor, pages := "", 0
	for pages == 0 || cursor != "" {
		q, err := s.App.Booths.ReviewQueue(t.Context(), s.Reviewer, booths.QueueFilter{After: cursor})
		testkit.Works(t, err)
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
	s := testkit.NewStage(t, func(e *registry.Event) {
		e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 2}, {Group: registry.DrinkGroup, Max: 5}}
	})
	s.Applied(registry.AppApproved, testkit.Wishing(2))
	p := s.Applied(registry.AppSubmitted)
	v, err := s.App.Booths.ReviewedApplication(t.Context(), s.Reviewer, p.ID)
	testkit.Works(t, err)
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

func TestWhichApplicationsTheOfficeOpens(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	elsewhere, _ := s.Officer(registry.Reviewer, "01")
	for name, c := range map[string]struct {
		actor registry.Actor
		opens bool
	}{"a reviewer of the area": {s.Reviewer, true}, "one elsewhere": {elsewhere, false}, "its vendor": {p.Owner, false}} {
		t.Run(name, func(t *testing.T) {
			got, err := s.App.Booths.Reviewable(t.Context(), c.actor, []registry.ApplicationID{p.ID, "khong-co"})
			if err != nil || got[p.ID] != c.opens || got["khong-co"] {
				t.Errorf("it opens %v, %v", got, err)
			}
		})
	}
}
