package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// shop is a database with a setting x, and backups of it.
type shop struct {
	t   *testing.T
	dir string
	db  string
}

func newShop(t *testing.T, x string) *shop {
	t.Helper()
	dir := t.TempDir()
	s := &shop{t: t, dir: dir, db: filepath.Join(dir, "d.db")}
	s.set(x)
	return s
}

// set opens the database, sets x and closes it again.
func (s *shop) set(x string) {
	s.t.Helper()
	db := open(s.t, s.db)
	setX(s.t, db, x)
	if err := db.Close(); err != nil {
		s.t.Fatal(err)
	}
}

func setX(t *testing.T, db *store.DB, x string) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", x) })
}

// backup writes a backup of now.
func (s *shop) backup(name string) string {
	s.t.Helper()
	to := filepath.Join(s.t.TempDir(), name)
	if _, err := store.BackupFile(s.t.Context(), s.db, store.Place{Dir: filepath.Dir(to), Name: name}, testkit.GuardOf); err != nil {
		s.t.Fatal(err)
	}
	return to
}

// killed leaves the database as a killed server does: x is in the log alone.
func (s *shop) killed(x string) {
	s.t.Helper()
	db := open(s.t, s.db)
	setX(s.t, db, x)
	left := map[string][]byte{}
	for _, side := range []string{"", "-wal", "-shm"} {
		raw, err := os.ReadFile(s.db + side)
		if err != nil {
			s.t.Fatal(err)
		}
		left[side] = raw
	}
	if err := db.Close(); err != nil {
		s.t.Fatal(err)
	}
	for side, raw := range left {
		if err := os.WriteFile(s.db+side, raw, 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *shop) restore(backup string) string {
	s.t.Helper()
	kept, err := store.Restore(s.t.Context(), backup, s.db, store.RestoreOptions{Guard: testkit.GuardOf})
	if err != nil {
		s.t.Fatal(err)
	}
	return kept
}

// TestHeavyEveryRestoreKeepsWhatStoodThere restores three times over, once over what a
// killed server left: each state can still be read, and what was kept goes back.
func TestHeavyEveryRestoreKeepsWhatStoodThere(t *testing.T) {
	need.Long(t)
	s := newShop(t, "one")
	one := s.backup("one.db")
	s.killed("two")
	kept := map[string]string{"two": s.restore(one)}
	s.killed("three")
	kept["three"] = s.restore(one)
	kept["one"] = s.restore(one)
	for want, path := range kept {
		if got := settingIn(t, path, "x"); got != want {
			t.Errorf("%s says %q, want %q", path, got, want)
		}
		if !strings.Contains(path, ".replaced-") || !strings.Contains(path, "Z") {
			t.Errorf("%s does not carry the time", path)
		}
	}
	if got := settingIn(t, s.db, "x"); got != "one" {
		t.Errorf("restored %q", got)
	}
	if err := os.WriteFile(s.db+".restoring.1.part", []byte("of a restore that was cut short"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.killed("four")
	if _, err := store.Restore(t.Context(), kept["two"], s.db, store.RestoreOptions{NoManifest: true, Guard: testkit.GuardOf}); err != nil {
		t.Fatal(err)
	}
	if got := settingIn(t, s.db, "x"); got != "two" {
		t.Errorf("going back to what was kept gives %q", got)
	}
	if left, err := filepath.Glob(s.db + ".restor*"); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestRestoreToANewPlace: on a new machine there is nothing to keep.
func TestRestoreToANewPlace(t *testing.T) {
	s := newShop(t, "one")
	to := filepath.Join(t.TempDir(), "new.db")
	kept, err := store.Restore(t.Context(), s.backup("b.db"), to, store.RestoreOptions{Guard: testkit.GuardOf})
	if err != nil || kept != "" {
		t.Fatalf("kept %q, %v", kept, err)
	}
	if got := names(t, filepath.Dir(to)); !slices.Equal(got, []string{"new.db"}) || settingIn(t, to, "x") != "one" {
		t.Errorf("the folder holds %v", got)
	}
}

// TestHeavyCutRestoreIsFinished stops a restore after each of its steps, as a power cut
// does. Before the copy is named the old database stands, then the new one; what was
// replaced is whole each time.
func TestHeavyCutRestoreIsFinished(t *testing.T) {
	need.Long(t)
	const stamp = "20261129T101500Z"
	for steps := range 5 {
		s := newShop(t, "old")
		s.killed("old, in the log")
		other := newShop(t, "new")
		pending, kept := s.db+".restored-"+stamp, s.db+".replaced-"+stamp
		moves := []func() error{
			func() error { return os.Rename(other.db, pending) },
			func() error { return os.Rename(s.db+"-wal", kept+"-wal") },
			func() error { return os.Rename(s.db+"-shm", kept+"-shm") },
			func() error { return os.Link(s.db, kept) },
		}
		for _, move := range moves[:steps] {
			if err := move(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := os.Stat(s.db); err != nil {
			t.Errorf("after step %d there is no database", steps)
		}
		want := "new"
		if steps == 0 {
			want = "old, in the log"
		}
		if got := settingIn(t, s.db, "x"); got != want {
			t.Errorf("after step %d: %q, want %q", steps, got, want)
		}
		if steps > 0 {
			if got := settingIn(t, kept, "x"); got != "old, in the log" {
				t.Errorf("after step %d it kept %q", steps, got)
			}
		}
	}
}

// TestHeavyRefusedRestoreLeavesNothing walks what is wrong with a backup: each time the
// database is untouched, and no file is left of the try.
func TestHeavyRefusedRestoreLeavesNothing(t *testing.T) {
	need.Long(t)
	s := newShop(t, "one")
	good := s.backup("good.db")
	changed := func(change func(path string) error) string {
		path := s.backup("bad.db")
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		return path
	}
	no := errors.New("another key")
	for name, c := range map[string]struct {
		backup string
		o      store.RestoreOptions
		want   string
	}{
		"not there":         {filepath.Join(t.TempDir(), "none.db"), store.RestoreOptions{Guard: testkit.GuardOf}, "none.db"},
		"no manifest":       {changed(func(p string) error { return os.Remove(p + ".json") }), store.RestoreOptions{Guard: testkit.GuardOf}, "--no-manifest"},
		"broken manifest":   {changed(func(p string) error { return os.WriteFile(p+".json", []byte("{"), 0o600) }), store.RestoreOptions{Guard: testkit.GuardOf}, "manifest"},
		"another manifest":  {changed(func(p string) error { return os.WriteFile(p+".json", []byte("{}"), 0o600) }), store.RestoreOptions{Guard: testkit.GuardOf}, "does not fit"},
		"cut off":           {changed(func(p string) error { return os.Truncate(p, 9000) }), store.RestoreOptions{Guard: testkit.GuardOf}, "does not fit"},
		"cut, no manifest":  {changed(func(p string) error { return errors.Join(os.Truncate(p, 9000), os.Remove(p+".json")) }), store.RestoreOptions{NoManifest: true, Guard: testkit.GuardOf}, ""},
		"text, no manifest": {changed(func(p string) error { return errors.Join(os.WriteFile(p, []byte("x"), 0o600), os.Remove(p+".json")) }), store.RestoreOptions{NoManifest: true, Guard: testkit.GuardOf}, "not a database of hoicho"},
		"another key":       {good, store.RestoreOptions{Guard: func(string) (*store.Guard, error) { return nil, no }}, no.Error()},
	} {
		files, before := names(t, s.dir), fileHash(t, s.db)
		if _, err := store.Restore(t.Context(), c.backup, s.db, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if after := names(t, s.dir); !slices.Equal(after, files) || fileHash(t, s.db) != before {
			t.Errorf("%s: it leaves %v", name, after)
		}
	}
	if left, err := filepath.Glob(filepath.Join(s.dir, "*restor*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
