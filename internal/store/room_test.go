package store_test

import (
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
		all, err := tx.Settings(t.Context())
		if len(all) != 0 {
			t.Errorf("left behind: %d settings", len(all))
		}
		return err
	})
}
