package store_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestHungPostgresLetsAllGo: when the server hangs, who waits gets Unavailable, more
// callers than there are connections, without any deadline of their own; who comes
// later is turned away; and when it answers again, all goes on by itself.
func TestHungPostgresLetsAllGo(t *testing.T) {
	if os.Getenv("HOICHO_TEST_POSTGRES") == "" || testkit.Engine() == "sqlite" && os.Getenv("HOICHO_TEST_ENGINE") != "" {
		t.Skip("it is about PostgreSQL")
	}
	store.QuickPulse(t, 20*time.Millisecond, 500*time.Millisecond)
	box := testkit.NewPostbox(t, testkit.NewPostgres(t, func(url string) error {
		db, err := store.Create(context.Background(), url)
		if err == nil {
			err = db.Close()
		}
		return err
	}))
	db, err := store.Open(t.Context(), box.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
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
