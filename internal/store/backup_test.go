package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
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
