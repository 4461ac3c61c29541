package store_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestMigrateTwiceChangesNothing(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSecondProcessIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	first, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrInUse) {
		t.Errorf("second open: %v, want ErrInUse", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatalf("after closing: %v", err)
	}
	again.Close()
}

// The file holds phones and password hashes: like its copies and what SQLite makes
// beside it, it is for its owner alone.
func TestDatabaseIsPrivate(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "a.db"), filepath.Join(dir, "copy.db")
	db := open(t, path)
	defer db.Close()
	if _, err := db.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal", path + "-shm", path + ".lock", backup, backup + ".json"} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if perm := info.Mode().Perm(); perm&0o077 != 0 {
			t.Errorf("%s has permissions %04o", filepath.Base(file), perm)
		}
	}
}

func TestNewerDatabaseIsRefusedUntouched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.Exec(t.Context(), `INSERT INTO migrations (version, name, checksum, ran_at) VALUES (9999, 'future', 'x', 0)`)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := fileHash(t, path)
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrNewer) {
		t.Errorf("open: %v, want ErrNewer", err)
	}
	if fileHash(t, path) != before {
		t.Error("the file of a newer version was changed")
	}
}

func open(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetGuard(testkit.TestGuard())
	return db
}

func fileHash(t *testing.T, path string) [32]byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(raw)
}

func TestAuditChainUnderParallelWriters(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		const writers, each = 8, 5
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						return tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "test.do", Object: "test"})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		checked, broken, err := db.CheckAudit(t.Context())
		if err != nil || broken != 0 || checked != writers*each {
			t.Errorf("checked %d lines, first broken %d, err %v; want %d whole", checked, broken, err, writers*each)
		}
	})
}

func TestAuditChainFindsTampering(t *testing.T) {
	for name, tamper := range map[string]string{
		"edit":     `UPDATE audit SET action = 'other' WHERE seq = 3`,
		"delete":   `DELETE FROM audit WHERE seq = 3`,
		"truncate": `DELETE FROM audit WHERE seq > 3`,
		"swap":     `UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3)`,
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, db *store.DB) {
				for range 5 {
					mustWrite(t, db, func(tx *store.Tx) error {
						return tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "test.do", Object: "test"})
					})
				}
				mustWrite(t, db, func(tx *store.Tx) error { return tx.Exec(t.Context(), tamper) })
				_, broken, err := db.CheckAudit(t.Context())
				if err != nil || broken == 0 {
					t.Errorf("tampering not found: broken %d, err %v", broken, err)
				}
			})
		})
	}
}

func mustWrite(t *testing.T, db *store.DB, fn func(*store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestPlaceholdersBindByNumber(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			return tx.Exec(t.Context(), `INSERT INTO settings (key, value) VALUES ($2, $1)`, "value", "key")
		})
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			got, err := tx.Setting(t.Context(), "key")
			if got != "value" {
				t.Errorf("setting key = %q, want value", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func mustRead(t *testing.T, db *store.DB, fn func(*store.Tx) error) {
	t.Helper()
	if err := db.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// TestAfterCommitOnlyAfterCommit: what waits for a transaction never happens when
// the transaction did not.
func TestAfterCommitOnlyAfterCommit(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		failure, ran := errors.New("no"), 0
		for _, want := range []error{failure, nil} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				tx.AfterCommit(func() { ran++ })
				return want
			})
			if !errors.Is(err, want) {
				t.Fatal(err)
			}
			if done := ran == 1; done != (want == nil) {
				t.Errorf("after %v it ran %d times", err, ran)
			}
		}
	})
}
