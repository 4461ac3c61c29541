package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoicho/internal/demo"
	"hoicho/internal/testkit/need"
)

// freeAddr is an address on loopback that nobody listens on.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// running is a command that serves until it is stopped.
type running struct {
	t    *testing.T
	base string
	stop context.CancelFunc
	done chan error
	out  bytes.Buffer
}

// launch runs a command that serves an address and waits until it is ready.
func launch(t *testing.T, addr string, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r := &running{t: t, base: "http://" + addr, stop: stop, done: make(chan error, 1)}
	go func() { r.done <- run(ctx, append(args, "--addr", addr), func(string) string { return "" }, &r.out) }()
	for range 600 {
		select {
		case err := <-r.done:
			t.Fatalf("%s ended: %v\n%s", args[0], err, r.out.String())
		default:
		}
		if res, err := http.Get(r.base + "/readyz"); err == nil {
			res.Body.Close()
			return r
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s is not ready", args[0])
	return nil
}

// end stops the command and returns what it printed.
func (r *running) end() string {
	r.t.Helper()
	r.stop()
	if err := <-r.done; err != nil {
		r.t.Errorf("it ended with %v", err)
	}
	return r.out.String()
}

// page fetches a page.
func (r *running) page(path string) string {
	r.t.Helper()
	res, err := http.Get(r.base + path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(res.Body); err != nil || res.StatusCode != http.StatusOK {
		r.t.Fatalf("%s: %d, %v", path, res.StatusCode, err)
	}
	return body.String()
}

func TestLongDemoIsKeptAndServedAgain(t *testing.T) {
	need.Long(t)
	dir, addr := t.TempDir(), freeAddr(t)
	db, file := filepath.Join(dir, "demo.db"), filepath.Join(dir, "manifest.json")
	r := launch(t, addr, "demo", "--db", db, "--manifest", file)
	m := manifestAt(t, file)
	if host, _, _ := net.SplitHostPort(addr); m.BaseURL != strings.Replace(r.base, host, "localhost", 1) {
		t.Errorf("base_url is %s, want that of %s", m.BaseURL, r.base)
	}
	if res, err := http.Get(m.MetricsURL); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("metrics at %s: %v, %v", m.MetricsURL, res, err)
	}
	told := r.end()
	for _, part := range []string{m.BaseURL + "/su-kien/" + m.Running(), demo.Password, "admin@hoicho.example", "HTX Tài Hoan", "hoicho serve --db " + db,
		"xác thực hai bước", "second factor"} {
		if !strings.Contains(told, part) {
			t.Errorf("it does not tell %q:\n%s", part, told)
		}
	}
	before, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	err = run(t.Context(), []string{"demo", "--db", db, "--addr", addr}, func(string) string { return "" }, &bytes.Buffer{})
	if after, _ := os.ReadFile(db); err == nil || !strings.Contains(err.Error(), "has data already") || !bytes.Equal(before, after) {
		t.Errorf("a second demo on the file: %v", err)
	}
	again := launch(t, addr, "serve", "--db", db, "--backup-dir", filepath.Join(dir, "backup"))
	if page := again.page("/su-kien/" + m.Running()); !strings.Contains(page, "HTX Tài Hoan") {
		t.Error("the kept demo lacks a vendor of its session")
	}
	again.end()
}

func manifestAt(t *testing.T, file string) (m demo.Manifest) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("manifest: %v, %v", info, err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestStoppedDemoLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	ctx, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer stop()
	kept := filepath.Join(t.TempDir(), "demo.db")
	for _, args := range [][]string{{"demo"}, {"demo", "--db", kept}} {
		if err := run(ctx, append(args, "--addr", freeAddr(t)), func(string) string { return "" }, &bytes.Buffer{}); err == nil {
			t.Errorf("%v ended well within half a second", args)
		}
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 0 {
			t.Errorf("%v leaves %v, %v", args, left, err)
		}
		if _, err := os.Stat(kept); !os.IsNotExist(err) {
			t.Errorf("%v leaves a database: %v", args, err)
		}
	}
	if err := run(t.Context(), []string{"demo", "--gates", "-1"}, func(string) string { return "" }, &bytes.Buffer{}); exitCode(err) != exitUsage {
		t.Errorf("a negative number of gates: %v", err)
	}
}
