package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// outboxPage shows an administrator the mail that has not gone out.
type outboxPage struct {
	base
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
func (s *Server) showOutbox(c *fiber.Ctx) error {
	list, figures, err := s.app.Undelivered(c.UserContext(), actor(c))
	if err != nil {
		return err
	}
	p := outboxPage{base: s.officePage(c, "outbox.title"), Figures: figures, More: figures.Trying + figures.Failed - len(list)}
	for _, m := range list {
		p.Lines = append(p.Lines, p.newOutboxLine(m, s.app.NowMS()))
	}
	return s.render(c, layoutOffice, "outbox", p)
}

func (b base) newOutboxLine(m registry.Message, now int64) outboxLine {
	args := make([]any, len(m.Args))
	for i, a := range m.Args {
		args[i] = a
	}
	l := outboxLine{ID: m.ID, To: m.To, Subject: b.T(m.Key+".subject", args...), Written: showInstant(m.CreatedAt), Tries: m.Attempts, Why: m.LastError,
		Again: m.ExpiresAt == 0 || m.ExpiresAt > now}
	if m.LastError == registry.MailExpired {
		l.Why = b.T("outbox.expired")
	}
	if m.FailedAt == 0 {
		l.Next = showInstant(m.DueAt)
	}
	return l
}

// resendMail has mail that was given up tried anew: one notice, or all.
func (s *Server) resendMail(c *fiber.Ctx) error {
	if err := s.app.ResendMail(c.UserContext(), actor(c), registry.MessageID(c.Params("message"))); err != nil {
		return err
	}
	flash(c, "outbox.flash.again")
	return c.Redirect("/quan-ly/thu", fiber.StatusSeeOther)
}

// forgetMail takes a notice off the list.
func (s *Server) forgetMail(c *fiber.Ctx) error {
	if err := s.app.ForgetMail(c.UserContext(), actor(c), registry.MessageID(c.Params("message"))); err != nil {
		return err
	}
	flash(c, "outbox.flash.forgotten")
	return c.Redirect("/quan-ly/thu", fiber.StatusSeeOther)
}
