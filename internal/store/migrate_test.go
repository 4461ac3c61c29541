package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoicho/internal/store"
	"hoicho/internal/testkit/need"
)

// stepBack makes a database as it was before its last migration, which may fail
// when it runs again.
func stepBack(t *testing.T, db *store.DB, fails bool) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		for _, table := range store.LastTables() {
			if fails {
				break
			}
			if err := tx.Exec(t.Context(), `DROP TABLE `+table); err != nil {
				return err
			}
		}
		return tx.Exec(t.Context(), `DELETE FROM migrations WHERE version = (SELECT MAX(version) FROM migrations)`)
	})
}

// Before a database is brought to a new version it is copied, each time under a name
// of its own.
func TestHeavyCopyBeforeMigrating(t *testing.T) {
	need.Long(t)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	defer db.Close()
	for _, value := range []string{"first", "second"} {
		mustWrite(t, db, func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", value) })
		stepBack(t, db, false)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	copies, err := filepath.Glob(path + ".before-*Z*")
	if err != nil || len(copies) != 2 {
		t.Fatalf("copies %v, %v; want one of each time", copies, err)
	}
	for i, want := range map[int]string{0: "first", 1: "second"} {
		if got := settingIn(t, copies[i], "x"); got != want {
			t.Errorf("%s says %q, want %q", copies[i], got, want)
		}
	}
}

// A migration that fails changes nothing, so its copy goes: a service that starts
// again every few seconds would fill the disk with them.
func TestHeavyFailedMigrationLeavesNoCopy(t *testing.T) {
	need.Long(t)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	defer db.Close()
	stepBack(t, db, true)
	for range 2 {
		if err := db.Migrate(t.Context()); err == nil {
			t.Fatal("the last migration ran twice: the test no longer makes one fail")
		}
	}
	if left, err := filepath.Glob(path + ".before*"); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// settingIn reads a setting of a database that is not open.
func settingIn(t *testing.T, path, key string) (value string) {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	mustRead(t, db, func(tx *store.Tx) (err error) {
		value, err = tx.Setting(t.Context(), key)
		return err
	})
	return value
}

// names lists a folder, without lock files.
func names(t *testing.T, dir string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".lock") {
			found = append(found, e.Name())
		}
	}
	return found
}
