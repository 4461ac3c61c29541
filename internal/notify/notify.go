// Package notify delivers notices: by SMTP, or into a folder where no mail
// server is set, so that the product works with no mail server at all; to phones by
// the push services of their browsers. It is fed by the outbox and knows no transaction.
package notify

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"hoicho/internal/registry"
)

// Texts turns a notice into subject and body in the receiver's language.
type Texts func(m registry.Message) (subject, body string)

// Folder writes each notice as an .eml file that a mail program opens.
type Folder struct {
	Dir   string
	From  string
	Texts Texts
}

// Send writes the notice. Sending it again replaces the file of the same id.
func (f Folder) Send(_ context.Context, m registry.Message) error {
	msg, err := message(f.From, m, f.Texts)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return fmt.Errorf("make the mail folder: %w", err)
	}
	return writePrivate(filepath.Join(f.Dir, string(m.ID)+".eml"), msg)
}

// writePrivate writes a message for the owner of the folder alone: there are names
// and one-time links in it. A reader finds it whole or not at all.
func writePrivate(path string, msg *mail.Msg) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".mail-") // 0600
	if err != nil {
		return fmt.Errorf("write mail into its folder: %w", err)
	}
	_, err = msg.WriteTo(part)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(part.Name()))
	}
	return err
}

// SMTP sends each notice through a mail server.
type SMTP struct {
	Server string // smtp://user:password@host:port, smtps:// for TLS from the start
	From   string
	Texts  Texts
}

// Send delivers the notice within a minute. What the server refuses for good (a
// reply of 5xx to the message) is registry.ErrUndeliverable. A server that cannot
// be reached, or does not let us in, is not: that is a fault of the settings, and
// the message goes out once they are mended.
func (s SMTP) Send(ctx context.Context, m registry.Message) error {
	msg, err := message(s.From, m, s.Texts)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() { // whatever went wrong after that, sending it again would make two
		return nil
	}
	if refused, ok := errors.AsType[*mail.SendError](err); ok && refused.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", registry.ErrUndeliverable, err)
	}
	return err
}

// Check connects, lets the server see who we are, and sends nothing.
func (s SMTP) Check(ctx context.Context) error {
	client, err := s.client()
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return err
	}
	return client.Close()
}

// client reads the server's address: TLS is used whenever the server offers it,
// and always for smtps.
func (s SMTP) client() (*mail.Client, error) {
	u, err := url.Parse(s.Server)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("mail server address: want smtp://user:password@host:port")
	}
	opts := []mail.Option{mail.WithTLSPolicy(mail.TLSOpportunistic)}
	if u.Scheme == "smtps" {
		opts = []mail.Option{mail.WithSSL()}
	}
	if port, err := strconv.Atoi(u.Port()); err == nil {
		opts = append(opts, mail.WithPort(port))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		opts = append(opts, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return mail.NewClient(u.Hostname(), opts...)
}

func message(from string, m registry.Message, texts Texts) (*mail.Msg, error) {
	subject, body := texts(m)
	msg := mail.NewMsg()
	if err := msg.From(from); err != nil {
		return nil, fmt.Errorf("sender %q: %w", from, err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("%w: receiver: %w", registry.ErrUndeliverable, err)
	}
	msg.Subject(subject)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's holiday notice answers it
	msg.SetMessageIDWithValue(string(m.ID) + "@hoicho")
	msg.SetBodyString(mail.TypeTextPlain, body)
	return msg, nil
}
