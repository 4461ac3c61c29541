package notify

import (
	"bufio"
	"context"
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
	if err := f.Send(t.Context(), bad); err == nil {
		t.Error("a header injection was taken as an address")
	}
}

func TestSMTPDelivers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan string, 1)
	go smtpServer(l, got)
	s := SMTP{Server: "smtp://" + l.Addr().String(), From: "hoicho@example.vn", Texts: texts}
	if err := s.Send(context.Background(), notice); err != nil {
		t.Fatal(err)
	}
	if data := <-got; !strings.Contains(data, "To: <chi@example.vn>") {
		t.Errorf("delivered %q", data)
	}
}

// smtpServer takes one mail as a plain server would.
func smtpServer(l net.Listener, got chan<- string) {
	conn, err := l.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	say := func(s string) { conn.Write([]byte(s + "\r\n")) }
	say("220 test")
	in, data, reading := bufio.NewScanner(conn), "", false
	for in.Scan() {
		line := in.Text()
		switch {
		case reading && line == ".":
			reading = false
			say("250 taken")
			got <- data
		case reading:
			data += line + "\n"
		case strings.HasPrefix(line, "DATA"):
			reading = true
			say("354 go on")
		case strings.HasPrefix(line, "QUIT"):
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}
