package core

import (
	"context"
	"time"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Mailer is the way by which letters leave; notify has those of a server and of a
// folder.
type Mailer interface {
	Sender
	// Try sends a letter once and tells what came of it.
	Try(ctx context.Context, m registry.Message) registry.MailTrial
	// Place is the mail server, or the folder.
	Place() string
}

// mailTrialFor is how long a mail server may take over a trial: a request must be
// answered after it.
const mailTrialFor = 10 * time.Second

// MailPlace is where letters go, "" where none leave.
func (a *Core) MailPlace() string {
	if a.Mail == nil {
		return ""
	}
	return a.Mail.Place()
}

// TryMail sends a letter to an address at once, past the outbox, and tells what the
// mail server said. Limited after a few. Invalid for what is no address (at mail_to). The actor needs
// ManageSettings for the whole country, else it is NotFound.
func (a *Core) TryMail(ctx context.Context, actor registry.Actor, to, lang string) (registry.MailTrial, error) {
	if !actor.Can(registry.ManageSettings, nil) {
		return registry.MailTrial{}, errNotTheirs
	}
	email, fault := ParseEmail(to)
	if fault != nil {
		return registry.MailTrial{}, registry.At("mail_to", "error.account.email")
	}
	if a.Mail == nil {
		return registry.MailTrial{}, registry.At("mail_to", "error.setting.no_mail")
	}
	if _, err := a.mailTrials.Take(a.DB.Now(), string(actor.Account)); err != nil {
		return registry.MailTrial{}, err
	}
	trying, cancel := context.WithTimeout(ctx, mailTrialFor)
	defer cancel()
	t := a.Mail.Try(trying, registry.Message{ID: store.NewID[registry.MessageID](), To: email, Lang: lang, Key: "setting.mail.trial",
		Args: []string{a.BaseURL}})
	return t, a.Change(ctx, actor, func(*store.Tx) (registry.Change, error) {
		return registry.Change{Action: "setting.mail_trial", Object: "setting", ID: "mail",
			Detail: fact.Facts{fact.Said("email", email), fact.Said("server", t.Place), fact.Code("trial", fact.MailTrial, t.Outcome),
				fact.Said("said", t.Said)}}, nil
	})
}
