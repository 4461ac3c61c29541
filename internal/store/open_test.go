package store_test

import (
	"context"
	"database/sql"
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

// TestHeavyOpeningMakesNothing: only who asks for a new database gets one.
func TestHeavyOpeningMakesNothing(t *testing.T) {
	need.Long(t)
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "none.db"), empty} {
		if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrMissing) {
			t.Errorf("%s: %v, want ErrMissing", path, err)
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{"empty.db"}) {
		t.Errorf("opening made %v", got)
	}
	for _, path := range []string{filepath.Join(dir, "no", "folder", "a.db"), filepath.Join(empty, "a.db")} {
		if _, err := store.Create(t.Context(), path); err == nil || !strings.Contains(err.Error(), "correct --db") {
			t.Errorf("%s: %v, want a refusal that says what to do", path, err)
		}
	}
	open(t, empty).Close()
	open(t, filepath.Join(dir, "new.db")).Close()
}

// TestAddressIsNoFileName: what was meant as an address makes no file of its name.
func TestAddressIsNoFileName(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for location, want := range map[string]string{
		"":                             "--db is empty",
		"  ":                           "--db is empty",
		"sqlite:///srv/a.db":           "sqlite:",
		"sqlite3:a.db":                 "sqlite3:",
		"file:a.db":                    "file:",
		"postgres:/host/db":            "postgres:",
		"mysql://host/db":              "mysql:",
		"http://host/db":               "http:",
		"host=localhost dbname=hoicho": "one address",
		"dbname = hoicho":              "one address",
		"Postgres://u:p@h:port/db":     "PostgreSQL address",
	} {
		if _, err := store.Create(t.Context(), location); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", location, err, want)
		}
	}
	for _, location := range []string{"Postgres://h/d", "POSTGRESQL://h/d", "postgres://h/d"} {
		if !store.IsPostgres(location) || store.CheckLocation(location) != nil {
			t.Errorf("%s is not taken for PostgreSQL", location)
		}
	}
	for _, location := range []string{"a.db", "./a:b/c.db", `C:\hoicho\a.db`, "/srv/host=1/a.db", "~a.db"} {
		if store.IsPostgres(location) || store.CheckLocation(location) != nil {
			t.Errorf("%s is not taken for a file", location)
		}
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("made %v", got)
	}
}

// otherFiles are files that are not ours, by name, each made at a path.
var otherFiles = map[string]func(t *testing.T, path string){
	"a text":               func(t *testing.T, path string) { write(t, path, strings.Repeat("Báo cáo\n", 9000)) },
	"a short text":         func(t *testing.T, path string) { write(t, path, "x") },
	"a header alone":       func(t *testing.T, path string) { write(t, path, "SQLite format 3\x00") },
	"another program":      foreign(`CREATE TABLE album (id INTEGER)`),
	"with its log":         foreign(`PRAGMA journal_mode=wal`, `CREATE TABLE album (id INTEGER)`),
	"migrations of others": foreign(`CREATE TABLE migrations (id TEXT, applied TEXT)`, `CREATE TABLE album (id INTEGER)`),
	"migrations alike":     foreign(`CREATE TABLE migrations (version INTEGER, name TEXT, checksum TEXT, ran_at INTEGER)`, `CREATE TABLE album (id INTEGER)`),
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// foreign makes a SQLite file of another program, which still has it open.
func foreign(statements ...string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		t.Cleanup(func() { db.Close() })
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestForeignFileIsRefusedUntouched walks every way to open over every kind of file
// that is not ours.
func TestForeignFileIsRefusedUntouched(t *testing.T) {
	ways := map[string]func(ctx context.Context, path string) error{
		"open":   func(ctx context.Context, path string) error { _, err := store.Open(ctx, path); return err },
		"create": func(ctx context.Context, path string) error { _, err := store.Create(ctx, path); return err },
		"backup": func(ctx context.Context, path string) error {
			_, err := store.BackupFile(ctx, path, store.Place{Dir: filepath.Dir(path), Name: "copy.db"}, testkit.GuardOf)
			return err
		},
		"restore": func(ctx context.Context, path string) error {
			_, err := store.Restore(ctx, path, filepath.Join(filepath.Dir(path), "new.db"), store.RestoreOptions{NoManifest: true, Guard: testkit.GuardOf})
			return err
		},
	}
	for name, write := range otherFiles {
		for way, do := range ways {
			t.Run(name+"/"+way, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "other.db")
				write(t, path)
				files, before := names(t, filepath.Dir(path)), fileHash(t, path)
				if err := do(t.Context(), path); err == nil || !errors.Is(err, store.ErrForeign) && name != "a header alone" {
					t.Errorf("%v, want ErrForeign", err)
				}
				if after := names(t, filepath.Dir(path)); !slices.Equal(after, files) || fileHash(t, path) != before {
					t.Errorf("the folder held %v, now %v; file changed: %v", files, after, fileHash(t, path) != before)
				}
			})
		}
	}
}

// TestHeavyUnreleasedDatabaseIsRefused: tables of before the first release may be
// different, so nothing is done with them.
func TestHeavyUnreleasedDatabaseIsRefused(t *testing.T) {
	need.Long(t)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	mustWrite(t, db, func(tx *store.Tx) error {
		return tx.Exec(t.Context(), `UPDATE migrations SET checksum = 'other' WHERE version = 3`)
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := fileHash(t, path)
	for _, open := range []func(context.Context, string) (*store.DB, error){store.Open, store.Create} {
		if _, err := open(t.Context(), path); !errors.Is(err, store.ErrUnreleased) || !strings.Contains(err.Error(), "start anew") {
			t.Errorf("%v, want ErrUnreleased and the way out", err)
		}
	}
	if fileHash(t, path) != before {
		t.Error("the file was changed")
	}
}
