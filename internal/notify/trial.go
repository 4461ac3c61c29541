package notify

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/wneessen/go-mail"

	"hoicho/internal/registry"
)

// Place is the mail server, without name and password.
func (s SMTP) Place() string {
	u, err := url.Parse(s.Server)
	if err != nil {
		return ""
	}
	return u.Host
}

// Place is the folder.
func (f Folder) Place() string { return f.Dir }

// Try sends a letter once and tells what the server said to it.
func (s SMTP) Try(ctx context.Context, m registry.Message) registry.MailTrial {
	t := registry.MailTrial{Place: s.Place(), To: m.To}
	msg, err := message(s.From, m, s.Texts)
	if err != nil {
		return t.With(registry.MailUnreached, err.Error())
	}
	client, err := s.client()
	if err != nil {
		return t.With(registry.MailUnreached, err.Error())
	}
	err = client.DialAndSendWithContext(ctx, msg)
	refused, ok := errors.AsType[*mail.SendError](err)
	switch {
	case msg.IsDelivered():
		return t.With(registry.MailAccepted, oneLine(msg.ServerResponse()))
	case ok && refused.ErrorCode() >= 400:
		return t.With(registry.MailRefused, replyIn(err.Error()))
	case ok:
		return t.With(registry.MailUnreached, replyIn(err.Error()))
	}
	return t.With(registry.MailUnreached, oneLine(err.Error()))
}

// Try writes a letter into the folder.
func (f Folder) Try(ctx context.Context, m registry.Message) registry.MailTrial {
	t := registry.MailTrial{Place: f.Dir, To: m.To}
	if err := f.Send(ctx, m); err != nil {
		return t.With(registry.MailUnreached, oneLine(err.Error()))
	}
	return t.With(registry.MailFiled, filepath.Join(f.Dir, string(m.ID)+".eml"))
}

// reply is what a mail server answers: a number and a sentence, which the client
// puts into quotes.
var reply = regexp.MustCompile(`([45]\d\d)[ -]"?(.*?)"?$`)

// replyIn finds the server's own words in an error, or gives the error.
func replyIn(text string) string {
	text, _, _ = strings.Cut(text, ", affected ")
	text = oneLine(text)
	if said := reply.FindStringSubmatch(text); said != nil {
		return said[1] + " " + said[2]
	}
	return text
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
