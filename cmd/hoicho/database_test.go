package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
)

// onDatabase are the commands that work on a database which is there, each with its
// arguments; a backup goes to, or comes from, the file that is named.
func onDatabase(file string) map[string][]string {
	return map[string][]string{
		"check-db":        {"check-db"},
		"migrate":         {"migrate"},
		"backup":          {"backup", file},
		"user list":       {"user", "list"},
		"user add":        {"user", "add", "--role", "admin", "--name", "Hà", "--login", "0912345678"},
		"user disable":    {"user", "disable", "0912345678"},
		"user reset-code": {"user", "reset-code", "0912345678"},
	}
}

func listed(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestCommandsMakeNoDatabase walks the commands over places without a database.
func TestCommandsMakeNoDatabase(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, args := range onDatabase("copy.db") {
		for db, want := range map[string]string{"none.db": "there is no database", "no/folder/a.db": "does not exist", "data/local/hoicho.db": "",
			"sqlite:///a.db": "does not know sqlite:", "host=h dbname=d": "one address", "": "is empty"} {
			out, err := hoicho(t, db, args...)
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s --db %q: %v, want %q\n%s", name, db, err, want, out)
			}
			if code := exitCode(err); db == "none.db" && code != exitMissing || strings.Contains(db, "=") && code != exitUsage {
				t.Errorf("%s --db %q ends with %d", name, db, code)
			}
		}
	}
	if _, err := hoicho(t, "no/folder/a.db", "serve"); err == nil || !strings.Contains(err.Error(), "make it, or correct --db") {
		t.Errorf("serve in a folder that is not there: %v", err)
	}
	if got := listed(t, dir); len(got) != 0 {
		t.Errorf("made %v", got)
	}
}

// sealedSite is a database that was served once, with its key beside it, and a
// backup of it.
func sealedSite(t *testing.T) (db, key, backup string) {
	t.Helper()
	s := startServer(t)
	s.stop()
	if err := <-s.done; err != nil {
		t.Fatal(err)
	}
	backup = filepath.Join(t.TempDir(), "b.db")
	if _, err := hoicho(t, s.db, "backup", backup); err != nil {
		t.Fatal(err)
	}
	return s.db, filepath.Join(filepath.Dir(s.db), "master.key"), backup
}

// TestOtherMasterKeyIsRefused walks the commands that need the key over a key that
// is lost and over another one: all refuse, say what to do, and make and change
// nothing. With the right key all go on.
func TestOtherMasterKeyIsRefused(t *testing.T) {
	db, key, backup := sealedSite(t)
	right, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	commands := map[string][]string{"serve": {"serve", "--addr", "127.0.0.1:0"}, "check-db": {"check-db"}, "restore": {"restore", backup},
		"user": {"user", "list"}}
	refused := func(how, want string) {
		t.Helper()
		files := listed(t, filepath.Dir(db))
		for name, args := range commands {
			if out, err := hoicho(t, db, args...); !errors.Is(err, core.ErrOtherKey) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s with %s: %v\n%s", name, how, err, out)
			}
		}
		if now := listed(t, filepath.Dir(db)); !slices.Equal(now, files) {
			t.Errorf("with %s the folder held %v, now %v", how, files, now)
		}
	}
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	refused("no key", key+" is missing")
	if err := os.WriteFile(key, []byte(strings.Repeat("ab", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("another key", "fingerprint")
	if err := os.WriteFile(key, right, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"check-db", "restore", "check-db", "user"} {
		if out, err := hoicho(t, db, commands[name]...); err != nil {
			t.Errorf("%s with the right key: %v\n%s", name, err, out)
		}
	}
}

// TestFailedFirstStartLeavesNothing: a key that cannot be made takes the new
// database with it.
func TestFailedFirstStartLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "a.db")
	if _, err := hoicho(t, db, "serve", "--master-key-file", filepath.Join(dir, "no", "master.key")); err == nil {
		t.Fatal("it started without a key")
	}
	if got := listed(t, dir); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
}

// TestSecretFileIsPlainText: what an editor of Windows puts at the beginning of a
// file is not taken for a part of an address.
func TestSecretFileIsPlainText(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	for name, text := range map[string]string{"UTF-8 with BOM": "\ufeffpostgres://h/d\r\n", "UTF-16": "\xff\xfep\x00o\x00"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"check-db", "--db-file", file}, {"serve", "--smtp-file", file}} {
			if _, err := hoicho(t, filepath.Join(t.TempDir(), "a.db"), args...); err == nil || !strings.Contains(err.Error(), "byte order mark") {
				t.Errorf("%v with %s: %v", args, name, err)
			}
		}
	}
}

// TestRestoreTellsTheWayBack: the drill of a wrong backup.
func TestRestoreTellsTheWayBack(t *testing.T) {
	db, _, backup := sealedSite(t)
	for range 2 {
		out, err := hoicho(t, db, "restore", backup)
		if err != nil {
			t.Fatal(err)
		}
		_, back, found := strings.Cut(out, "to go back to it: hoicho ")
		if !found {
			t.Fatalf("it does not tell the way back:\n%s", out)
		}
		if out, err := hoicho(t, db, append([]string{"restore", "--no-manifest"}, strings.Fields(back)[4])...); err != nil {
			t.Errorf("going back: %v\n%s", err, out)
		}
	}
	kept, err := filepath.Glob(db + ".replaced-*Z*")
	kept = slices.DeleteFunc(kept, func(name string) bool { return strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") })
	if err != nil || len(kept) != 4 {
		t.Errorf("kept %v, %v; want a copy of each of four restores", kept, err)
	}
}

// TestCheckAgainstWhatWasWrittenDown: the audit log is held against the manifests of
// the backups beside it and against heads that somebody kept. What a restore took out
// of it is told, what was cut off is a problem.
func TestCheckAgainstWhatWasWrittenDown(t *testing.T) {
	db, _, old := sealedSite(t)
	add := func(login string) {
		t.Helper()
		if out, err := hoicho(t, db, "user", "add", "--role", "viewer", "--name", "Hà", "--login", login); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	backUp := func() (head string) {
		t.Helper()
		out, err := hoicho(t, db, "backup")
		if err != nil {
			t.Fatal(err)
		}
		_, head, _ = strings.Cut(out, "head ")
		head, _, _ = strings.Cut(head, ",")
		return head
	}
	check := func(want string, args ...string) {
		t.Helper()
		out, err := hoicho(t, db, append([]string{"check-db"}, args...)...)
		if well := strings.Contains(out, "all well"); !strings.Contains(out, want) || well != (err == nil) || well != !strings.Contains(out, "problem:") {
			t.Errorf("check-db %v: %v, want %q\n%s", args, err, want, out)
		}
	}
	add("0912345671")
	first := backUp()
	check("all well", "--head", first)
	check("does not hold this head", "--head", strings.Replace(first, ":", ":00000000000000000000", 1)[:30])
	if _, err := hoicho(t, db, "check-db", "--head", "12"); exitCode(err) != exitUsage {
		t.Errorf("a head without a hash: %v", err)
	}
	add("0912345672")
	second := backUp()
	whole := listed(t, filepath.Join(filepath.Dir(db), "backup"))
	check("written down outside: 2, of them in the log: 2")
	if out, err := hoicho(t, db, "restore", old); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	check("before the restore that line")
	check("does not hold this head", "--head", second)
	add("0912345673")
	check("all well", "--head", backUp())
	if len(whole) != 4 {
		t.Errorf("the backup folder held %v", whole)
	}

	// An older database is put in place of this one by hand.
	for _, side := range []string{"-wal", "-shm"} {
		os.Remove(db + side)
	}
	raw, err := os.ReadFile(old)
	if err == nil {
		err = os.WriteFile(db, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	check("does not hold this head any more")
	check("all well", "--backups", t.TempDir())
}
