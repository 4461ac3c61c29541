package store_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// postgresOf is the address of a PostgreSQL database of the test's own.
func postgresOf(t *testing.T, migrate func(string) error) string {
	t.Helper()
	if os.Getenv("HOICHO_TEST_POSTGRES") == "" || testkit.Engine() == "sqlite" && os.Getenv("HOICHO_TEST_ENGINE") != "" {
		t.Skip("it is about PostgreSQL")
	}
	return testkit.NewPostgres(t, migrate)
}

// TestPostgresIsMigratedByOneOfManyServers: of servers that start at once on an empty
// database one makes the tables, and the others find them.
func TestPostgresIsMigratedByOneOfManyServers(t *testing.T) {
	address := postgresOf(t, nil)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			db, err := store.Create(t.Context(), address)
			if err != nil {
				t.Errorf("a server that started beside others: %v", err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Migrate(t.Context()), db.Close()); err != nil {
		t.Error(err)
	}
}

// TestPostgresOfANewerServerStopsAnOldOne: once a newer hoicho has brought the database to its
// version, one that still runs takes no more work, and says so; a start is refused.
func TestPostgresOfANewerServerStopsAnOldOne(t *testing.T) {
	address := postgresOf(t, migrated)
	store.QuickPulse(t, 20*time.Millisecond, 500*time.Millisecond)
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetGuard(testkit.TestGuard())
	write := func() error {
		return db.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", "y") })
	}
	mustWrite(t, db, func(tx *store.Tx) error {
		return tx.Exec(t.Context(), `INSERT INTO migrations (version, name, checksum, ran_at) VALUES (9999, 'future', 'x', 0)`)
	})
	err = write()
	for range 500 {
		if errors.Is(err, store.ErrNewer) { // a slow machine may miss a pulse before
			break
		}
		time.Sleep(10 * time.Millisecond)
		err = write()
	}
	if registry.KindOf(err) != registry.Unavailable || !errors.Is(err, store.ErrNewer) {
		t.Errorf("the old server: %v; want it to say that there is a newer one", err)
	}
	if _, err := store.Open(t.Context(), address); !errors.Is(err, store.ErrNewer) {
		t.Errorf("an old one that starts: %v", err)
	}
}

// migrated brings the database at an address to this version.
func migrated(address string) error {
	db, err := store.Create(context.Background(), address)
	if err == nil {
		err = db.Close()
	}
	return err
}

// TestPostgresThatHangsLetsAllGo: when the server hangs, who waits gets Unavailable, more
// callers than there are connections, without any deadline of their own; who comes
// later is turned away; and when it answers again, all goes on by itself.
func TestPostgresThatHangsLetsAllGo(t *testing.T) {
	address := postgresOf(t, migrated)
	store.QuickPulse(t, 20*time.Millisecond, 500*time.Millisecond)
	box := testkit.NewPostbox(t, address)
	db, err := store.Open(t.Context(), box.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetGuard(testkit.TestGuard())
	read := func() error {
		return db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Setting(t.Context(), "x")
			return err
		})
	}
	for range 2 {
		box.Hang()
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				err := read()
				if i%2 == 0 {
					err = db.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", "y") })
				}
				if registry.KindOf(err) != registry.Unavailable {
					t.Errorf("a caller of a server that hangs got %v", err)
				}
			})
		}
		wg.Wait()
		if err := db.Ready(t.Context()); registry.KindOf(err) != registry.Unavailable {
			t.Errorf("ready: %v", err)
		}
		box.Free()
		for err := read(); err != nil; err = read() {
			if registry.KindOf(err) != registry.Unavailable || t.Context().Err() != nil {
				t.Fatalf("after it answers again: %v", err)
			}
		}
	}
}
