package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "a.db"), filepath.Join(dir, "backup", "a.db")
	db := open(t, path)
	note := func(value string) {
		mustWrite(t, db, func(tx *store.Tx) error {
			if err := tx.SaveSetting(t.Context(), "x", value); err != nil {
				return err
			}
			return tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "test.do", Object: "test"})
		})
	}
	note("before")
	m, err := db.Backup(t.Context(), backup)
	if err != nil || !m.Checked.OK() || m.Checked.AuditLines != 1 {
		t.Fatalf("backup: %+v, %v", m, err)
	}
	if _, err := db.Backup(t.Context(), backup); err == nil || !strings.Contains(err.Error(), "overwrites nothing") {
		t.Errorf("a second backup to the same name: %v", err)
	}
	note("after")
	if _, err := store.Restore(t.Context(), backup, path, store.RestoreOptions{Guard: testkit.GuardOf}); !errors.Is(err, store.ErrInUse) {
		t.Errorf("restore over a database in use: %v, want ErrInUse", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), backup, path, store.RestoreOptions{Guard: testkit.GuardOf}); err != nil {
		t.Fatal(err)
	}
	restored := open(t, path)
	defer restored.Close()
	var value, epoch string
	var last registry.AuditEntry
	err = restored.Read(t.Context(), func(tx *store.Tx) (err error) {
		if value, err = tx.Setting(t.Context(), "x"); err != nil {
			return err
		}
		if last, err = tx.LastLine(t.Context()); err != nil {
			return err
		}
		epoch, err = tx.Setting(t.Context(), "restore_epoch")
		return err
	})
	if err != nil || value != "before" || epoch == "" {
		t.Errorf("restored x=%q epoch=%q, %v; want the state of the backup with a new epoch", value, epoch, err)
	}
	if last.Seq != 2 || last.Action != store.RestoreAction || !strings.Contains(last.Detail, `["log_lines","count","1"]`) || !strings.Contains(last.Detail, "a.db") {
		t.Errorf("the log of the restored database ends with %+v", last)
	}
	if c, err := restored.Check(t.Context()); err != nil || !c.OK() || !c.Keyed {
		t.Errorf("the restored database: %v, %v, line %d", err, c.Edits, c.AuditBroken)
	}
}

func TestDamagedBackupIsRefused(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")
	db := open(t, path)
	if _, err := db.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(backup, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	before := fileHash(t, path)
	if _, err := store.Restore(t.Context(), backup, path, store.RestoreOptions{Guard: testkit.GuardOf}); err == nil {
		t.Error("a backup with one changed bit was restored")
	}
	if fileHash(t, path) != before {
		t.Error("the database was touched by a refused restore")
	}
}

// rawFile opens a SQLite file past the program.
func rawFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestLongBackupUnderWrites copies a database that is written all the while, in steps and,
// where another process writes too, in one go: the copy is whole, holds what was there
// when it began, and the log of SQLite stays small.
func TestLongBackupUnderWrites(t *testing.T) {
	need.Long(t)
	for name, foreign := range map[string]bool{"this process": false, "another one too": true} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			db := open(t, path)
			defer db.Close()
			for i := range 40 {
				mustWrite(t, db, func(tx *store.Tx) error {
					return tx.SaveSetting(t.Context(), fmt.Sprint("old", i), strings.Repeat("x", 200_000))
				})
			}
			other := rawFile(t, path)
			done, written := make(chan struct{}), make(chan int)
			go func() {
				n := 0
				for ; ; n++ {
					select {
					case <-done:
						written <- n
						return
					default:
					}
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						return tx.SaveSetting(t.Context(), fmt.Sprint("new", n%50), strings.Repeat("y", 3000))
					})
					if foreign && err == nil {
						_, err = other.Exec(`PRAGMA user_version = ` + fmt.Sprint(n))
					}
					if err != nil {
						t.Error(err)
					}
				}
			}()
			backup := filepath.Join(t.TempDir(), "b.db")
			m, err := db.Backup(t.Context(), backup)
			close(done)
			if n := <-written; err != nil || !m.Checked.OK() || n < 10 {
				t.Fatalf("%+v, %v after %d writes", m.Checked, err, n)
			}
			if info, err := os.Stat(path + "-wal"); err != nil || info.Size() > 16<<20 {
				t.Errorf("the log beside the database: %v, %v", info, err)
			}
			var n int
			if err := rawFile(t, backup).QueryRow(`SELECT count(*) FROM settings WHERE key LIKE 'old%' AND length(value) = 200000`).Scan(&n); err != nil || n != 40 {
				t.Errorf("%d old rows in the copy, %v", n, err)
			}
		})
	}
}

// TestBackupEndsWithItsContext: nothing of it is left, and the next one works.
func TestBackupEndsWithItsContext(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	defer db.Close()
	mustWrite(t, db, func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", strings.Repeat("x", 5_000_000)) })
	dir := t.TempDir()
	ctx, stop := context.WithTimeout(t.Context(), 15*time.Millisecond)
	defer stop()
	if _, err := db.Backup(ctx, filepath.Join(dir, "b.db")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a backup whose time is over: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
	if m, err := db.Backup(t.Context(), filepath.Join(dir, "b.db")); err != nil || !m.Checked.OK() {
		t.Errorf("the next one: %v", err)
	}
}

// TestBackupNeedsRoom: without room on the disk nothing is written, and it is said how
// much is needed.
func TestBackupNeedsRoom(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	defer db.Close()
	store.NeedRoom(t, 1<<60)
	dir := t.TempDir()
	_, err := db.Backup(t.Context(), filepath.Join(dir, "b.db"))
	if registry.KindOf(err) != registry.Unavailable || !strings.Contains(err.Error(), "MB are free") {
		t.Errorf("a backup without room: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
