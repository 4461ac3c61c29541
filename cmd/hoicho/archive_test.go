package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestArchiveCommands: a site without a province is refused in words and leaves no file, a file that is
// there is not written over, and what is no archive is not taken for one.
func TestArchiveCommands(t *testing.T) {
	db, to := newDatabase(t), filepath.Join(t.TempDir(), "a.zip")
	if _, err := hoicho(t, db, "archive", "--year", "2026", to); err == nil || !strings.Contains(err.Error(), "No province is chosen") {
		t.Errorf("no province: %v", err)
	}
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it leaves a file: %v", err)
	}
	if err := os.WriteFile(to, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := hoicho(t, db, "archive", "--year", "2026", to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	if _, err := hoichoWith(t, nil, "archive", "verify", to); err == nil || !strings.Contains(err.Error(), "no archive of a year") {
		t.Errorf("what is no archive: %v", err)
	}
	if kept, err := os.ReadFile(to); err != nil || string(kept) != "theirs" {
		t.Errorf("it holds %q: %v", kept, err)
	}
}
