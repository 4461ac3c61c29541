package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"hoicho/internal/testkit"
)

// started is a server that runs in this process.
type started struct {
	base string
	db   string
	stop context.CancelFunc
	done chan error
	out  *bytes.Buffer
}

func startServer(t *testing.T, args ...string) *started {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	s := &started{base: "http://" + addr, db: filepath.Join(t.TempDir(), "a.db"), done: make(chan error, 1), out: &bytes.Buffer{}}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go func() {
		s.done <- run(ctx, append([]string{"serve", "--db", s.db, "--addr", addr}, args...), func(string) string { return "" }, s.out)
	}()
	t.Cleanup(stop)
	for range 500 {
		if res, err := http.Get(s.base + "/readyz"); err == nil {
			res.Body.Close()
			return s
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the server did not become ready")
	return nil
}

// untilClosed waits until an address takes no new connections.
func untilClosed(t *testing.T, addr string) {
	t.Helper()
	for range 500 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			return
		}
		conn.Close()
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the server still takes connections")
}

// TestStartIsToldAsJSON: where nobody sits at a terminal each line is one of the log,
// whatever its level, the link for the first administrator too.
func TestStartIsToldAsJSON(t *testing.T) {
	s := startServer(t, "--log-level", "error")
	s.stop()
	if err := <-s.done; err != nil {
		t.Fatal(err)
	}
	link := ""
	for line := range strings.Lines(s.out.String()) {
		var told struct{ Msg, Link, URL string }
		if err := json.Unmarshal([]byte(line), &told); err != nil || told.Msg == "" {
			t.Errorf("%q is no line of a log: %v", line, err)
		}
		link += told.Link
	}
	if !strings.Contains(link, "/thiet-lap/") || strings.Count(s.out.String(), "\n") != 2 {
		t.Errorf("it told %s", s.out.String())
	}
	if _, err := hoicho(t, s.db, "serve", "--log-level", "loud"); exitCode(err) != exitUsage || !strings.Contains(err.Error(), "debug") {
		t.Errorf("an unknown level: %v; want those that there are", err)
	}
}

// TestStopFinishesWhatIsUnderWay sends half a request, stops the server, and sends
// the rest: it is answered, and the log is folded into the file. The server's word
// that it waits for the body tells that the request is under way.
func TestStopFinishesWhatIsUnderWay(t *testing.T) {
	s := startServer(t)
	addr := strings.TrimPrefix(s.base, "http://")
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := "login=khong-co&password=khong-co"
	fmt.Fprintf(conn, "POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", len(body))
	conn.SetReadDeadline(testkit.MachineNow().Add(10 * time.Second))
	goOn := make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))
	if _, err := io.ReadFull(conn, goOn); err != nil || !strings.HasPrefix(string(goOn), "HTTP/1.1 100 ") {
		t.Fatalf("the server did not ask for the body: %q, %v", goOn, err)
	}
	fmt.Fprint(conn, body[:10])
	s.stop()
	untilClosed(t, addr)
	fmt.Fprint(conn, body[10:])
	answer := make([]byte, 12)
	if _, err := conn.Read(answer); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 ") {
		t.Errorf("the request under way got %q, %v", answer, err)
	}
	if err := <-s.done; err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(s.db + "-wal"); err == nil && info.Size() > 0 {
		t.Errorf("the log still holds %d bytes", info.Size())
	}
}

func TestSecondServerOnTheSameFileIsRefused(t *testing.T) {
	s := startServer(t)
	err := run(context.Background(), []string{"serve", "--db", s.db, "--addr", "127.0.0.1:0"}, func(string) string { return "" }, &bytes.Buffer{})
	if exitCode(err) != exitInUse {
		t.Errorf("second server: %v (exit %d), want %d", err, exitCode(err), exitInUse)
	}
	s.stop()
	<-s.done
}

func TestBackupWhileServing(t *testing.T) {
	s := startServer(t)
	to := filepath.Join(t.TempDir(), "copy.db")
	var out bytes.Buffer
	if err := run(context.Background(), []string{"backup", "--db", s.db, to}, func(string) string { return "" }, &out); err != nil {
		t.Fatal(err)
	}
	s.stop()
	if err := <-s.done; err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"restore", "--db", s.db, to}, {"check-db", "--db", s.db}, {"migrate", "--db", s.db}, {"version"}} {
		if err := run(context.Background(), args, func(string) string { return "" }, &out); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
	if !strings.Contains(out.String(), "all well") {
		t.Errorf("check-db said %s", out.String())
	}
}

func TestHelpDoesNothingElse(t *testing.T) {
	var out bytes.Buffer
	db := filepath.Join(t.TempDir(), "a.db")
	if err := run(t.Context(), []string{"serve", "--help", "--db", db}, func(string) string { return "" }, &out); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(db); err == nil || !strings.Contains(out.String(), "--addr") {
		t.Errorf("help made a database or does not help: %v\n%s", err, out.String())
	}
}

// TestEveryCommandHelps walks all commands: asking one for help is no mistake,
// whatever else it wants, and --version answers.
func TestEveryCommandHelps(t *testing.T) {
	parser, err := newParser(new(cli), &bytes.Buffer{}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	paths := [][]string{{}}
	var walk func(node *kong.Node, path []string)
	walk = func(node *kong.Node, path []string) {
		for _, child := range node.Children {
			to := append(slices.Clone(path), child.Name)
			paths = append(paths, to)
			walk(child, to)
		}
	}
	walk(parser.Model.Node, nil)
	if len(paths) < 14 {
		t.Fatalf("only %v", paths)
	}
	for _, path := range paths {
		var out bytes.Buffer
		if err := run(t.Context(), append(path, "--help"), func(string) string { return "" }, &out); err != nil || !strings.Contains(out.String(), "Usage: hoicho") {
			t.Errorf("%v --help: %v\n%s", path, err, out.String())
		}
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--version"}, func(string) string { return "" }, &out); err != nil || out.String() != "hoicho "+version+"\n" {
		t.Errorf("--version: %q, %v", out.String(), err)
	}
}

func TestUnknownVariablesAreNamed(t *testing.T) {
	got := unknownVariables([]string{"HOICHO_BASEURL=x", "HOICHO_DB=a", "HOICHO_MASTER_KEY=1", "HOICHO_UPSTREAM=u", "HOICHO_TEST_ENGINE=x", "PATH=/bin", "HOICHO_=1"})
	if !slices.Equal(got, []string{"HOICHO_BASEURL", "HOICHO_"}) {
		t.Errorf("%v", got)
	}
}

func TestWrongCommandLine(t *testing.T) {
	for _, args := range [][]string{{"serve", "--addr", "x"}, {"fly"}, {"serve", "--base-url", "ftp://x"}} {
		if err := run(context.Background(), append(args, "--db", filepath.Join(t.TempDir(), "a.db")), func(string) string { return "" }, &bytes.Buffer{}); err == nil {
			t.Errorf("%v was taken", args)
		}
	}
}
