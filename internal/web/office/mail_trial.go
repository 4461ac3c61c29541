package office

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// mailTrialForm is the form of a letter that tries the way of mail.
type mailTrialForm struct {
	To string `form:"mail_to"`
}

// mailTrial is the part of the settings that tries the way of mail.
type mailTrial struct {
	Place string // where letters go
	From  string
	Field view.Field
	Said  string // what came of the letter just sent, "" before
	Good  bool
}

// mailTrial shows where letters go, and what came of the one just sent.
func (p *settingsPage) mailTrial(s *Door, to string, t registry.MailTrial) mailTrial {
	m := mailTrial{Place: s.App.MailPlace(), From: s.Config.MailFrom, Good: t.Outcome == registry.MailAccepted}
	m.Field = p.TakeOne(view.Field{Name: "mail_to", Type: "email", Label: p.T("setting.mail.to"), Value: to, Autocomplete: "email"})
	if t.Outcome != "" {
		m.Said = p.T("setting.mail.outcome."+string(t.Outcome), t.To, t.Place, t.Said)
	}
	return m
}

// tryMail sends a letter at once and shows what the mail server said to it.
func (s *Door) tryMail(c *fiber.Ctx) error {
	var form mailTrialForm
	if err := frame.Bind(c, &form); err != nil {
		return s.settingsPage(c, settingsSent{mailTo: form.To}, err)
	}
	t, err := s.App.TryMail(c.UserContext(), frame.Actor(c), form.To, frame.Lang(c))
	return s.settingsPage(c, settingsSent{mailTo: form.To, trial: t}, err)
}
