package app_test

import (
	"strings"
	"testing"
	"time"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestEveryNoticeReadsWell takes an application through every turn and reads what
// its vendor is sent, in both languages: no gap may be left unfilled.
func TestEveryNoticeReadsWell(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 1)
	for _, p := range []applicant{s.applied(registry.AppSubmitted), s.applied(registry.AppSubmitted), s.applied(registry.AppSubmitted)} {
		works(t, s.App.AskForMore(t.Context(), s.officer, p.id, s.now(p, 0, "Gửi ảnh nhãn")))
		works(t, s.App.SubmitApplication(t.Context(), p.owner, p.id, pledge(s, p)))
	}
	in, next, last := s.applied(registry.AppSubmitted), s.applied(registry.AppSubmitted), s.applied(registry.AppSubmitted)
	works(t, s.App.ApproveApplication(t.Context(), s.officer, in.id, s.now(in, 1, "Mang theo ô che")))
	works(t, s.App.AssignBooth(t.Context(), s.officer, s.ref(b[0]), in.id))
	works(t, s.App.WaitlistApplication(t.Context(), s.officer, next.id, s.now(next, 0, "")))
	works(t, s.App.WithdrawApplication(t.Context(), in.owner, in.id))
	s.Clock.Add(48 * time.Hour)
	s.expire(1)
	works(t, s.App.DeclineApplication(t.Context(), s.officer, last.id, s.now(last, 0, "Không đủ giấy tờ")))
	seen := map[string]bool{}
	s.Write(func(tx *store.Tx) error {
		messages, err := tx.LeaseMessages(t.Context(), 100, 0)
		for _, m := range messages {
			seen[m.Key] = true
			s.reads(m)
		}
		return err
	})
	for _, turn := range []string{"submitted", "needs_info", "approved", "waitlisted", "offered", "lapsed", "declined", "withdrawn", "booth"} {
		if !seen["application.mail."+turn] {
			t.Errorf("nobody was told of %s", turn)
		}
	}
}

func (s *stage) reads(m registry.Message) {
	s.t.Helper()
	args := make([]any, len(m.Args))
	for i, a := range m.Args {
		args[i] = a
	}
	for _, lang := range i18n.Languages {
		for _, part := range []string{".subject", ".body"} {
			text := i18n.T(lang, m.Key+part, args...)
			if strings.Contains(text, "<no value>") || strings.Contains(text, "{{") || text == m.Key+part {
				s.t.Errorf("%s: %s%s reads %q", lang, m.Key, part, text)
			}
		}
		if body := i18n.T(lang, m.Key+".body", args...); !strings.Contains(body, "http://localhost/gian-hang/") || !strings.Contains(body, s.event.Title) {
			s.t.Errorf("%s: %s names neither the event nor where to look: %q", lang, m.Key, body)
		}
	}
}

func TestDeadlinesAtMidnightAreTheEndOfTheDayBefore(t *testing.T) {
	testkit.NamesDays(t)
	s := newStage(t)
	s.Clock.Set(testkit.Written.AddDate(0, 0, 4))
	p := s.vendor()
	_, _, err := s.App.StartApplication(t.Context(), p.owner, s.event.ID, p.vendor.ID)
	if e, ok := err.(*registry.Error); !ok || len(e.Args) != 1 || e.Args[0] != "24:00 24/11/2026" {
		t.Errorf("the window ended %v, want at 24:00 24/11/2026", err)
	}
}
