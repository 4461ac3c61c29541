package testkit

import (
	"testing"

	"hoicho/internal/store"
)

// FillDisk makes a SQLite database behave as on a disk without room: it may not
// grow by another page.
func FillDisk(t testing.TB, db *store.DB) {
	t.Helper()
	if err := db.LimitPages(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
}

// FreeDisk gives the room back.
func FreeDisk(t testing.TB, db *store.DB) {
	t.Helper()
	if err := db.LimitPages(t.Context(), 1<<30); err != nil {
		t.Fatal(err)
	}
}
