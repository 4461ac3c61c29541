package store_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestPassesOfKeysAreCountedByTheirIndexAlone: the page of keys counts all passes there are,
// so it must not look at each.
func TestPassesOfKeysAreCountedByTheirIndexAlone(t *testing.T) {
	db, err := store.Create(context.Background(), filepath.Join(t.TempDir(), "test.db"))
	testkit.Works(t, err)
	defer db.Close()
	for query, want := range map[string]bool{
		store.SignedBy("p.pack_n = 0"):   true,
		store.SignedBy("p.version >= 0"): false, // control: what the index does not hold
	} {
		var plan []string
		testkit.Works(t, db.Read(t.Context(), func(tx *store.Tx) (err error) {
			plan, err = tx.Steps(t.Context(), query, "2026-12-01")
			return err
		}))
		if got := strings.Contains(strings.Join(plan, "\n"), "COVERING INDEX passes_key"); got != want {
			t.Errorf("by the index alone: %t, want %t; the plan is\n%s", got, want, strings.Join(plan, "\n"))
		}
	}
}
