package core_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// mailServer answers each notice with a fault, or takes it.
type mailServer struct {
	fault error
	tries []time.Time
	now   func() time.Time
}

func (s *mailServer) Send(context.Context, registry.Message) error {
	s.tries = append(s.tries, s.now())
	return s.fault
}

// untilSettled lets the outbox work for some days, a minute at a time.
func (s *mailServer) untilSettled(t *testing.T, k *testkit.Kit, days int) {
	t.Helper()
	for range days * 24 * 60 {
		testkit.Works(t, testkit.Second(k.App.SendOutbox(t.Context(), s)))
		k.Clock.Add(time.Minute)
	}
}

// undelivered reads what an administrator sees.
func undelivered(t *testing.T, k *testkit.Kit) ([]registry.Message, registry.OutboxFigures) {
	t.Helper()
	list, figures, err := k.App.Undelivered(t.Context(), registry.SystemActor("test"), 200)
	testkit.Works(t, err)
	return list, figures
}

var (
	errBusy    = errors.New("451 come back later")
	errRefused = fmt.Errorf("%w: 550 no such user", registry.ErrUndeliverable)
)

func notify(t *testing.T, k *testkit.Kit) {
	t.Helper()
	k.Write(func(tx *store.Tx) error {
		return tx.Notify(t.Context(), registry.Message{To: "chi@vi-du.vn", Lang: "vi", Key: "account.mail.signed_up", Args: []string{"Chi"}})
	})
}

// TestMailIsTriedForThreeDays: at growing pauses, then it is given up and stands
// where it is seen.
func TestMailIsTriedForThreeDays(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	s := &mailServer{fault: errBusy, now: k.Clock.Now}
	notify(t, k)
	s.untilSettled(t, k, 4)
	if first, last := s.tries[0], s.tries[len(s.tries)-1]; last.Sub(first) != 72*time.Hour || len(s.tries) < 15 || len(s.tries) > 30 {
		t.Errorf("%d tries from %v to %v", len(s.tries), first, last)
	}
	for i := 2; i < len(s.tries)-1; i++ {
		before, pause := s.tries[i-1].Sub(s.tries[i-2]), s.tries[i].Sub(s.tries[i-1])
		if pause < before || pause > 6*time.Hour {
			t.Errorf("pause %d: %v after %v", i, pause, before)
		}
	}
	list, figures := undelivered(t, k)
	if len(list) != 1 || list[0].LastError != errBusy.Error() || list[0].FailedAt == 0 || figures != (registry.OutboxFigures{Failed: 1}) {
		t.Errorf("list %+v, figures %+v", list, figures)
	}
}

// TestRefusedMailIsNotTriedAgain: a refusal is final until somebody says otherwise.
func TestRefusedMailIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	s := &mailServer{fault: errRefused, now: k.Clock.Now}
	notify(t, k)
	s.untilSettled(t, k, 1)
	list, figures := undelivered(t, k)
	if len(s.tries) != 1 || len(list) != 1 || figures.Failed != 1 {
		t.Fatalf("%d tries, list %+v, figures %+v", len(s.tries), list, figures)
	}
	if d, err := k.App.Lifecycle.Desk(t.Context(), admin); err != nil || d.Mail != 1 {
		t.Errorf("the desk tells of %d, %v", d.Mail, err)
	}
	s.fault = errBusy
	testkit.Works(t, k.App.ResendMail(t.Context(), admin, list[0].ID))
	testkit.Refused(t, "sending again what is on its way", k.App.ResendMail(t.Context(), admin, ""), registry.Conflict, "error.outbox.none")
	testkit.Refused(t, "forgetting what is on its way", k.App.ForgetMail(t.Context(), admin, list[0].ID), registry.NotFound, "error.not_found")
	testkit.Works(t, testkit.Second(k.App.SendOutbox(t.Context(), s)))
	if _, figures := undelivered(t, k); figures.Trying != 1 {
		t.Errorf("tried anew: %+v", figures)
	}
	s.fault = errRefused
	s.untilSettled(t, k, 1)
	testkit.Works(t, k.App.ForgetMail(t.Context(), admin, list[0].ID))
	if list, figures := undelivered(t, k); len(list) != 0 || figures != (registry.OutboxFigures{}) {
		t.Errorf("after it was forgotten: %+v, %+v", list, figures)
	}
	s.fault = nil
	notify(t, k)
	testkit.Works(t, testkit.Second(k.App.SendOutbox(t.Context(), s)))
	if _, figures := undelivered(t, k); figures != (registry.OutboxFigures{}) {
		t.Errorf("control, a notice that is taken: %+v", figures)
	}
}

// TestExpiredMailIsDropped: links that have ended are not sent, the first time or
// again, whether they were tried before or not.
func TestExpiredMailIsDropped(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]error{"never tried": nil, "tried before": errBusy} {
		t.Run(name, func(t *testing.T) {
			k := testkit.NewApp(t)
			a := k.Account("Triệu Văn Sáng")
			testkit.Works(t, k.App.Accounts.AskReset(t.Context(), a.Email, accounts.Client{}))
			testkit.Works(t, k.App.Accounts.AskEmail(t.Context(), testkit.OwnSession(t, k, a), accounts.NewEmail{Email: "moi@vi-du.vn", Password: testkit.Password}))
			s := &mailServer{fault: fault, now: k.Clock.Now}
			if fault != nil {
				s.untilSettled(t, k, 1)
				if last := s.tries[len(s.tries)-1]; last.Sub(testkit.Start) >= time.Hour {
					t.Errorf("sent %v after it was written", last.Sub(testkit.Start))
				}
			}
			tried := len(s.tries)
			k.Clock.Add(time.Hour)
			testkit.Works(t, testkit.Second(k.App.SendOutbox(t.Context(), s)))
			list, figures := undelivered(t, k)
			if len(s.tries) != tried || figures.Failed != 2 || list[0].LastError != registry.MailExpired {
				t.Errorf("%d tries, then %d; list %+v, figures %+v", tried, len(s.tries), list, figures)
			}
			testkit.Refused(t, "sending an ended link again", k.App.ResendMail(t.Context(), registry.SystemActor("test"), ""), registry.Conflict, "error.outbox.none")
		})
	}
}

// TestMailIsTheAdministratorsAlone: it names people of every area.
func TestMailIsTheAdministratorsAlone(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	for _, role := range []registry.Role{registry.Admin, registry.Organiser} {
		actor, _ := k.Officer(role, "19")
		_, _, err := k.App.Undelivered(t.Context(), actor, 200)
		testkit.Refused(t, "looking", err, registry.NotFound, "error.not_found")
		testkit.Refused(t, "sending again", k.App.ResendMail(t.Context(), actor, ""), registry.NotFound, "error.not_found")
		testkit.Refused(t, "forgetting", k.App.ForgetMail(t.Context(), actor, "x"), registry.NotFound, "error.not_found")
	}
}

func TestTheOutboxCountsWhatWentOut(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	for _, c := range []struct {
		name  string
		fault error
		sent  int
	}{{"a server that is busy takes none", errBusy, 0}, {"one that takes them", nil, 2}} {
		t.Run(c.name, func(t *testing.T) {
			notify(t, k)
			k.Clock.Add(time.Hour)
			if n, err := k.App.SendOutbox(t.Context(), &mailServer{fault: c.fault, now: k.Clock.Now}); err != nil || n != c.sent {
				t.Errorf("%d went out, want %d, %v", n, c.sent, err)
			}
		})
	}
}
