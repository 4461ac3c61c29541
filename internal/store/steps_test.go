package store_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// TestHeavyStatementsGoByTheirIndex: what counts over all passes, or looks through all scans of an
// event, must not meet each of them.
func TestHeavyStatementsGoByTheirIndex(t *testing.T) {
	need.Long(t)
	db, err := store.Create(context.Background(), filepath.Join(t.TempDir(), "test.db"))
	testkit.Works(t, err)
	defer db.Close()
	for name, c := range map[string]struct {
		query, step string
		want        bool
	}{
		"passes of keys":          {store.SignedBy("p.pack_n = 0"), "COVERING INDEX passes_key", true},
		"control: more of a pass": {store.SignedBy("p.version >= 0"), "COVERING INDEX passes_key", false},
		"clocks that were off":    {store.ClockSkews, "INDEX scans_skewed", true},
		"control: all clocks":     {strings.Replace(store.ClockSkews, "120000", "119999", 1), "INDEX scans_skewed", false},
	} {
		var steps []string
		testkit.Works(t, db.Read(t.Context(), func(tx *store.Tx) (err error) {
			steps, err = tx.Steps(t.Context(), c.query, "x")
			return err
		}))
		if got := strings.Contains(strings.Join(steps, "\n"), c.step); got != c.want {
			t.Errorf("%s: by %s: %t, want %t; the steps are\n%s", name, c.step, got, c.want, strings.Join(steps, "\n"))
		}
	}
}
