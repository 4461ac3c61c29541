package core_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// post is a way of mail that takes every letter and notes to whom the last went.
type post struct{ to, key string }

func (p *post) Send(context.Context, registry.Message) error { return nil }
func (p *post) Place() string                                { return "mail.vi-du.vn:587" }
func (p *post) Try(_ context.Context, m registry.Message) registry.MailTrial {
	p.to, p.key = m.To, m.Key
	return registry.MailTrial{To: m.To, Place: p.Place()}.With(registry.MailAccepted, "250 ok")
}

func TestTrialLetter(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	organiser, _ := k.Officer(registry.Organiser, "19")
	try := func(actor registry.Actor, to string) (registry.MailTrial, error) {
		return k.App.TryMail(t.Context(), actor, to, "vi")
	}
	if _, err := try(admin, "chi@vi-du.vn"); testkit.FaultsAt(err)["mail_to"] != "error.setting.no_mail" || k.App.MailPlace() != "" {
		t.Errorf("without a way of mail: %v at %q", err, k.App.MailPlace())
	}
	p := &post{}
	k.App.Mail = p
	t.Run("for the administrator alone", func(t *testing.T) {
		if _, err := try(organiser, "chi@vi-du.vn"); registry.KindOf(err) != registry.NotFound || p.to != "" {
			t.Errorf("an organiser sent one to %q: %v", p.to, err)
		}
	})
	t.Run("to an address alone", func(t *testing.T) {
		if _, err := try(admin, "chi"); testkit.FaultsAt(err)["mail_to"] != "error.account.email" || p.to != "" {
			t.Errorf("sent to %q: %v", p.to, err)
		}
	})
	t.Run("tells what the server said, and is logged", func(t *testing.T) {
		got, err := try(admin, "Chi@vi-du.vn")
		if err != nil || got.Outcome != registry.MailAccepted || got.Said != "250 ok" || p.to != "chi@vi-du.vn" || p.key != "setting.mail.trial" {
			t.Errorf("trial %+v (%v) of %+v", got, err, p)
		}
		if len(k.Audited("setting.mail_trial")) != 1 || k.App.MailPlace() != p.Place() {
			t.Errorf("logged %+v, place %q", k.Audited("setting.mail_trial"), k.App.MailPlace())
		}
	})
	t.Run("not many in a row", func(t *testing.T) {
		for range 50 {
			if _, err := try(admin, "chi@vi-du.vn"); registry.KindOf(err) == registry.Limited {
				return
			}
		}
		t.Error("fifty letters in a row")
	})
}

func TestFiguresOfAnOperator(t *testing.T) {
	k := testkit.NewApp(t)
	notify(t, k)
	k.App.SetWorker("test.fails", func(context.Context, registry.Job, func(int, int)) (registry.File, error) {
		return registry.File{}, errors.New("no")
	})
	queue(t, k, "test.fails")
	testkit.Works(t, testkit.Second(k.App.RunJob(t.Context())))
	queue(t, k, "test.fails")
	f, err := k.App.Figures(t.Context())
	if err != nil || f.Mail.Waiting != 1 || f.Jobs != (registry.JobFigures{Waiting: 1, Failed: 1}) || f.Bytes == 0 {
		t.Errorf("figures %+v (%v)", f, err)
	}
	k.Clock.Add(24*time.Hour - time.Minute)
	if f, err := k.App.Figures(t.Context()); err != nil || f.Jobs.Failed != 1 {
		t.Errorf("within a day: %+v (%v)", f.Jobs, err)
	}
	k.Clock.Add(2 * time.Minute)
	if f, err := k.App.Figures(t.Context()); err != nil || f.Jobs.Failed != 0 {
		t.Errorf("a day later: %+v (%v)", f.Jobs, err)
	}
}

var _ core.Mailer = (*post)(nil)
