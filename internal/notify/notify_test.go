package notify

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"mime"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

func texts(m registry.Message) (string, string) {
	return "Đơn " + m.Args[0] + " đã được duyệt", "Xin chào,\nGian A05.\n"
}

var notice = registry.Message{ID: "m1", To: "chi@example.vn", Key: "x", Args: []string{"12"}}

func TestFolderWritesReadableMail(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	f := Folder{Dir: dir, From: "hoicho@example.vn", Texts: texts}
	for range 2 {
		if err := f.Send(t.Context(), notice); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, err %v; want one for a notice sent twice", files, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v: others can read the mail", info.Mode(), err)
	}
	raw, err := os.Open(filepath.Join(dir, files[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	msg, err := mail.ReadMessage(raw)
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != "Đơn 12 đã được duyệt" {
		t.Errorf("subject %q, %v", subject, err)
	}
}

func TestBadReceiverIsAnError(t *testing.T) {
	f := Folder{Dir: t.TempDir(), From: "hoicho@example.vn", Texts: texts}
	bad := notice
	bad.To = "a@b\r\nBcc: x@y.vn"
	if err := f.Send(t.Context(), bad); !errors.Is(err, registry.ErrUndeliverable) {
		t.Errorf("a header injection was taken as an address: %v", err)
	}
}

func TestSMTPDelivers(t *testing.T) {
	got, server := mailTo(t, nil)
	s := SMTP{Server: server, From: "hoicho@example.vn", Texts: texts}
	if err := s.Send(context.Background(), notice); err != nil {
		t.Fatal(err)
	}
	for data, want := <-got, []string{"To: <chi@example.vn>", "Auto-Submitted: auto-generated"}; len(want) > 0; want = want[1:] {
		if !strings.Contains(data, want[0]) {
			t.Errorf("delivered %q, without %s", data, want[0])
		}
	}
}

// TestWhatIsFinal gives each reply of a mail server at each step: 5xx about the
// message is final, all else is tried again, and what was taken is never sent twice.
func TestWhatIsFinal(t *testing.T) {
	for name, c := range map[string]struct {
		at, reply string
		final     bool
		sent      bool
	}{
		"the receiver is unknown":     {"RCPT", "550 5.1.1 no such user", true, false},
		"the receiver is full":        {"RCPT", "452 4.2.2 mailbox full", false, false},
		"greylisted":                  {"RCPT", "451 4.7.1 come back later", false, false},
		"the sender is refused":       {"MAIL", "553 5.1.8 sender refused", true, false},
		"the sender has to wait":      {"MAIL", "421 4.3.2 too many", false, false},
		"the text is refused":         {".", "554 5.7.1 looks like spam", true, false},
		"the disk of the server":      {".", "452 4.3.1 no space", false, false},
		"the server is not for us":    {"", "554 no mail here", false, false},
		"the connection is refused":   {"refuse", "", false, false},
		"a fault after it was taken":  {"QUIT", "500 what", false, true},
		"no fault, which is the rule": {"QUIT", "221 bye", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			_, server := mailTo(t, map[string]string{c.at: c.reply})
			if c.at == "refuse" {
				server = "smtp://" + closedAddr(t)
			}
			err := SMTP{Server: server, From: "hoicho@example.vn", Texts: texts}.Send(t.Context(), notice)
			if (err == nil) != c.sent || errors.Is(err, registry.ErrUndeliverable) != c.final {
				t.Errorf("fault %v, want final %v and sent %v", err, c.final, c.sent)
			}
		})
	}
}

// TestTrialTellsWhatTheServerSaid gives each reply of a mail server, and none.
func TestTrialTellsWhatTheServerSaid(t *testing.T) {
	for name, c := range map[string]struct {
		at, reply string
		want      registry.MailOutcome
		said      string
	}{
		"taken":           {".", "250 2.0.0 Ok: queued as 4XyZ", registry.MailAccepted, "2.0.0 Ok: queued as 4XyZ"},
		"no such user":    {"RCPT", "550 5.1.1 no such user here", registry.MailRefused, "550 5.1.1 no such user here"},
		"greylisted":      {"RCPT", "451 4.7.1 come back later", registry.MailRefused, "451 4.7.1 come back later"},
		"a bad sender":    {"MAIL", "553 5.1.8 sender refused", registry.MailRefused, "553 5.1.8 sender refused"},
		"spam":            {".", "554 5.7.1 looks like spam", registry.MailRefused, "554 5.7.1 looks like spam"},
		"not for us":      {"", "554 no mail here", registry.MailUnreached, "no mail here"},
		"nobody answers":  {"refuse", "", registry.MailUnreached, "connection refused"},
		"a fault of ours": {"address", "", registry.MailUnreached, "receiver"},
	} {
		t.Run(name, func(t *testing.T) {
			_, server := mailTo(t, map[string]string{c.at: c.reply})
			m := notice
			switch c.at {
			case "refuse":
				server = "smtp://user:geheim@" + closedAddr(t)
			case "address":
				m.To = "a@b\r\nBcc: x@y.vn"
			}
			s := SMTP{Server: server, From: "hoicho@example.vn", Texts: texts}
			got := s.Try(t.Context(), m)
			if got.Outcome != c.want || !strings.Contains(got.Said, c.said) || strings.Contains(got.Said, "\n") {
				t.Errorf("it tells %+v", got)
			}
			if all := got.Said + got.Place; strings.Contains(all, "geheim") || !strings.HasPrefix(got.Place, "127.0.0.1:") {
				t.Errorf("place %q, said %q", got.Place, got.Said)
			}
		})
	}
	dir := t.TempDir()
	got := Folder{Dir: dir, From: "hoicho@example.vn", Texts: texts}.Try(t.Context(), notice)
	if _, err := os.Stat(got.Said); err != nil || got.Outcome != registry.MailFiled || got.Place != dir {
		t.Errorf("a folder: %+v, %v", got, err)
	}
}

// closedAddr is an address at which nobody listens.
func closedAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// mailTo starts a plain mail server that gives some replies at the commands named,
// "" being the greeting and "." the end of the text, and tells what it took.
func mailTo(t *testing.T, replies map[string]string) (got <-chan string, address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	taken := make(chan string, 1)
	go smtpServer(l, replies, taken)
	return taken, "smtp://" + l.Addr().String()
}

// smtpServer takes one mail as a plain server would.
func smtpServer(l net.Listener, replies map[string]string, got chan<- string) {
	conn, err := l.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	say := func(at, usual string) { conn.Write([]byte(cmp.Or(replies[at], usual) + "\r\n")) }
	say("", "220 test")
	in, data, reading := bufio.NewScanner(conn), "", false
	for in.Scan() {
		line := in.Text()
		verb, _, _ := strings.Cut(line, " ")
		switch {
		case reading && line == ".":
			reading = false
			got <- data
			say(".", "250 taken")
		case reading:
			data += line + "\n"
		case verb == "DATA":
			reading = true
			say(verb, "354 go on")
		case verb == "QUIT":
			say(verb, "221 bye")
			return
		default:
			say(verb, "250 ok")
		}
	}
}
