package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// doctored runs the doctor on a database and returns its lines by check.
func doctored(t *testing.T, db string, flags ...string) (map[string]string, error) {
	t.Helper()
	out, err := hoicho(t, db, append([]string{"doctor", "--addr", "127.0.0.1:0"}, flags...)...)
	lines := map[string]string{}
	for line := range strings.Lines(out) {
		if fields := strings.Fields(line); len(fields) > 2 {
			lines[fields[1]] = strings.TrimSpace(line)
		}
	}
	return lines, err
}

// doctorSite makes a database with its key and a backup of the hour.
func doctorSite(t *testing.T) (db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "a.db")
	opened, err := store.Create(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	if out, err := hoicho(t, db, "user", "add", "--role", "admin", "--name", "Hà", "--login", "0912345678"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if out, err := hoicho(t, db, "backup"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return db
}

func TestDoctorFindsASiteWell(t *testing.T) {
	lines, err := doctored(t, doctorSite(t))
	if err != nil {
		t.Errorf("%v: %v", err, lines)
	}
	for _, check := range []string{"settings", "database", "key", "clock", "address", "proxy", "rights", "disk", "mail", "backup"} {
		if !strings.HasPrefix(lines[check], "ok ") {
			t.Errorf("%s: %q", check, lines[check])
		}
	}
}

// TestDoctorNamesEachFault breaks one thing after the other.
func TestDoctorNamesEachFault(t *testing.T) {
	stranger := httptest.NewServer(http.NotFoundHandler())
	defer stranger.Close()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	old := testkit.MachineNow().Add(-3 * time.Hour)
	for name, test := range map[string]struct {
		check, want string
		flags       []string
		spoil       func(t *testing.T, db string) error
	}{
		"settings": {"settings", "--base-url", []string{"--base-url", "hoicho.vn"}, nil},
		"database": {"database", "there is no database", nil, func(_ *testing.T, db string) error { return os.Remove(db) }},
		"key": {"key", "missing", nil, func(t *testing.T, db string) error {
			return os.Remove(filepath.Join(filepath.Dir(db), "master.key"))
		}},
		"address":  {"address", "another program holds it", []string{"--addr", strings.TrimPrefix(stranger.URL, "http://")}, nil},
		"no proxy": {"proxy", "no --trusted-proxy", []string{"--base-url", "https://127.0.0.1:1"}, nil},
		"proxy":    {"proxy", "does not lead to a hoicho", []string{"--base-url", "https://127.0.0.1:1", "--trusted-proxy", "127.0.0.1"}, nil},
		"rights":   {"rights", "chmod 600", nil, func(_ *testing.T, db string) error { return os.Chmod(db, 0o644) }},
		"mail":     {"mail", "does not let us in", []string{"--smtp", "smtp://127.0.0.1:1"}, nil},
		"no backup": {"backup", "no backup", nil, func(_ *testing.T, db string) error {
			return os.RemoveAll(filepath.Join(filepath.Dir(db), "backup"))
		}},
		"old backup": {"backup", "old: while the server runs", nil, func(t *testing.T, db string) error {
			copies, err := filepath.Glob(filepath.Join(filepath.Dir(db), "backup", "*.json"))
			for _, file := range copies {
				m, fault := store.ReadManifest(file)
				m.MadeAt, m.CurrentAt = old.UnixMilli(), old.UnixMilli()
				raw, broken := json.Marshal(m)
				err = errors.Join(err, fault, broken, os.WriteFile(file, raw, 0o600))
			}
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			db := doctorSite(t)
			if test.spoil != nil {
				if err := test.spoil(t, db); err != nil {
					t.Fatal(err)
				}
			}
			lines, err := doctored(t, db, test.flags...)
			if err == nil || exitCode(err) != exitFault {
				t.Errorf("it ends with %v", err)
			}
			if got := lines[test.check]; !strings.HasPrefix(got, "FAIL") || !strings.Contains(got, test.want) {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

// TestBackupAge: an old backup is as good as new where a server saw lately that nothing
// had changed since, and the line says both.
func TestBackupAge(t *testing.T) {
	now := time.UnixMilli(1_800_000_000_000)
	at := func(d time.Duration) int64 { return now.Add(-d).UnixMilli() }
	for _, c := range []struct {
		made, current time.Duration
		want          string
		fault         bool
	}{
		{9 * time.Minute, 9 * time.Minute, "the newest is 9m0s old", false},
		{50 * time.Hour, 9 * time.Minute, "the newest is 50h0m0s old, and 9m0s ago nothing had changed since", false},
		{50 * time.Hour, 3 * time.Hour, "3h0m0s old", true},
	} {
		said, err := backupAge(store.Manifest{MadeAt: at(c.made), CurrentAt: at(c.current)}, now, "backup")
		if (err != nil) != c.fault || !strings.Contains(fmt.Sprint(said, err), c.want) {
			t.Errorf("%q, %v; want %q", said, err, c.want)
		}
	}
	if said, err := backupAge(store.Manifest{MadeAt: at(time.Minute)}, now, "backup"); err != nil || said != "the newest is 1m0s old" {
		t.Errorf("a manifest of an older version: %q, %v", said, err)
	}
}
