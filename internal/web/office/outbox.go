package office

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// lettersShown is how many letters the page shows at most.
const lettersShown = 200

// outboxPage shows an administrator the mail that has not gone out.
type outboxPage struct {
	view.Base
	Figures registry.OutboxFigures
	Lines   []outboxLine
	More    int // failed and tried ones beside those shown
}

// outboxLine is a notice that failed at least once.
type outboxLine struct {
	ID      registry.MessageID
	To      string
	Subject string
	Written string
	Tries   int
	Why     string
	Next    string // the next try; "" when it was given up
	Again   bool   // may be tried anew
}

// showOutbox shows the mail that has not gone out, and why.
func (s *Door) showOutbox(c *fiber.Ctx) error {
	list, figures, err := s.App.Undelivered(c.UserContext(), frame.Actor(c), lettersShown)
	if err != nil {
		return err
	}
	p := outboxPage{Base: s.OfficePage(c, "outbox.title"), Figures: figures, More: figures.Trying + figures.Failed - len(list)}
	for _, m := range list {
		p.Lines = append(p.Lines, newOutboxLine(p.Base, m, s.App.NowMS()))
	}
	return s.Render(c, frame.LayoutOffice, "office/outbox", p)
}

func newOutboxLine(b view.Base, m registry.Message, now int64) outboxLine {
	args := make([]any, len(m.Args))
	for i, a := range m.Args {
		args[i] = a
	}
	l := outboxLine{ID: m.ID, To: m.To, Subject: b.T(m.Key+".subject", args...), Written: view.ShowInstant(m.CreatedAt), Tries: m.Attempts, Why: m.LastError,
		Again: m.ExpiresAt == 0 || m.ExpiresAt > now}
	if m.LastError == registry.MailExpired {
		l.Why = b.T("outbox.expired")
	}
	if m.FailedAt == 0 {
		l.Next = view.ShowInstant(m.DueAt)
	}
	return l
}

// resendMail has mail that was given up tried anew: one notice, or all.
func (s *Door) resendMail(c *fiber.Ctx) error {
	if err := s.App.ResendMail(c.UserContext(), frame.Actor(c), registry.MessageID(c.Params("message"))); err != nil {
		return err
	}
	frame.Flash(c, "outbox.flash.again")
	return c.Redirect("/quan-ly/thu", fiber.StatusSeeOther)
}

// forgetMail takes a notice off the list.
func (s *Door) forgetMail(c *fiber.Ctx) error {
	if err := s.App.ForgetMail(c.UserContext(), frame.Actor(c), registry.MessageID(c.Params("message"))); err != nil {
		return err
	}
	frame.Flash(c, "outbox.flash.forgotten")
	return c.Redirect("/quan-ly/thu", fiber.StatusSeeOther)
}
