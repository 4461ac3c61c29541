package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestReadySeesAFullDisk: a database that cannot grow is not ready, a while later it
// is asked anew, and no page is dropped from a cache for it.
func TestReadySeesAFullDisk(t *testing.T) {
	db, clock := testkit.NewDB(t, "sqlite")
	before := db.Changes()
	want := func(when string, full bool) {
		t.Helper()
		if err := db.Ready(t.Context()); (registry.KindOf(err) == registry.Unavailable) != full || (err != nil) != full {
			t.Errorf("%s: %v", when, err)
		}
	}
	testkit.FillDisk(t, db)
	want("full", true)
	testkit.FreeDisk(t, db)
	want("there is room, and it was asked just now", true)
	clock.Add(10 * time.Second)
	want("there is room", false)
	clock.Add(-time.Hour)
	want("the clock was set back", false)
	if db.Changes() != before {
		t.Error("asking drops cached pages")
	}
	mustRead(t, db, func(tx *store.Tx) error {
		all, _, err := tx.Settings(t.Context())
		if delete(all, testkit.ProvinceKey); len(all) != 0 {
			t.Errorf("left behind: %d settings", len(all))
		}
		return err
	})
}

// TestNewDatabaseNeedsRoom: on a disk that is nearly full none is begun, and nothing of
// it is left; one that is there opens all the same.
func TestNewDatabaseNeedsRoom(t *testing.T) {
	dir := t.TempDir()
	there := filepath.Join(dir, "there.db")
	if err := open(t, there).Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	store.NeedRoom(t, 1<<62)
	_, err = store.Create(t.Context(), filepath.Join(dir, "new.db"))
	if err == nil || !strings.Contains(err.Error(), "free some room") || strings.Contains(err.Error(), "\n") {
		t.Errorf("a new one: %v", err)
	}
	if err := store.CheckPlace(filepath.Join(dir, "new.db")); err == nil {
		t.Error("the place is said to be good")
	}
	if after, err := os.ReadDir(dir); err != nil || len(after) != len(before) {
		t.Errorf("left: %v, %v", after, err)
	}
	if err := open(t, there).Close(); err != nil {
		t.Errorf("the one that is there: %v", err)
	}
}

// TestFullDiskIsOneSentence takes what SQLite and the system say, through all layers.
func TestFullDiskIsOneSentence(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	defer db.Close()
	testkit.FillDisk(t, db)
	full := db.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", strings.Repeat("x", 1<<20)) })
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"SQLite":    {fmt.Errorf("migration 7: %w", full), "free some room on it and start again"},
		"a file":    {&fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}, "free some room on it and start again"},
		"read-only": {fmt.Errorf("lock: %w", &fs.PathError{Op: "open", Path: path, Err: syscall.EROFS}), "give the folder"},
		"rights":    {&fs.PathError{Op: "open", Path: path, Err: syscall.EACCES}, "give the folder"},
	} {
		got := store.PlaceFault(path, c.err)
		if text := got.Error(); !strings.Contains(text, c.want) || strings.ContainsAny(text, "\n[") || !errors.Is(got, c.err) {
			t.Errorf("%s: %q", name, text)
		}
	}
}
