package booths_test

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
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 1)
	for _, p := range []testkit.Applicant{s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted)} {
		testkit.Works(t, s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Gửi ảnh nhãn")))
		testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)))
	}
	in, next, last := s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, in.ID, s.Now(in, 1, "Mang theo ô che")))
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b[0]), in.ID))
	testkit.Works(t, s.App.Booths.WaitlistApplication(t.Context(), s.Reviewer, next.ID, s.Now(next, 0, "")))
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), in.Owner, in.ID))
	s.Clock.Add(48 * time.Hour)
	expire(s, 1)
	testkit.Works(t, s.App.Booths.DeclineApplication(t.Context(), s.Reviewer, last.ID, s.Now(last, 0, "Không đủ giấy tờ")))
	seen := map[string]bool{}
	s.Write(func(tx *store.Tx) error {
		messages, err := tx.LeaseMessages(t.Context(), 100, 0)
		for _, m := range messages {
			seen[m.Key] = true
			reads(s, m)
		}
		return err
	})
	for _, turn := range []string{"submitted", "needs_info", "approved", "waitlisted", "offered", "lapsed", "declined", "withdrawn", "booth"} {
		if !seen["application.mail."+turn] {
			t.Errorf("nobody was told of %s", turn)
		}
	}
}

func reads(s *testkit.Stage, m registry.Message) {
	s.T.Helper()
	args := make([]any, len(m.Args))
	for i, a := range m.Args {
		args[i] = a
	}
	for _, lang := range i18n.Languages {
		for _, part := range []string{".subject", ".body"} {
			text := i18n.T(lang, m.Key+part, args...)
			if strings.Contains(text, "<no value>") || strings.Contains(text, "{{") || text == m.Key+part {
				s.T.Errorf("%s: %s%s reads %q", lang, m.Key, part, text)
			}
		}
		if body := i18n.T(lang, m.Key+".body", args...); !strings.Contains(body, "http://localhost/gian-hang/") || !strings.Contains(body, s.Fair.Title) {
			s.T.Errorf("%s: %s names neither the event nor where to look: %q", lang, m.Key, body)
		}
	}
}

func TestDeadlinesAtMidnightAreTheEndOfTheDayBefore(t *testing.T) {
	testkit.NamesDays(t)
	s := testkit.NewStage(t)
	s.Clock.Set(testkit.Written.AddDate(0, 0, 4))
	p := s.NewVendor()
	_, _, err := s.App.Booths.StartApplication(t.Context(), p.Owner, s.Fair.ID, p.Vendor.ID)
	if e, ok := err.(*registry.Error); !ok || len(e.Args) != 1 || e.Args[0] != "24:00 24/11/2026" {
		t.Errorf("the window ended %v, want at 24:00 24/11/2026", err)
	}
}
