package store_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestStatisticsFollowATableThatDoubles: the planner looks again at a table when about as
// much has come as it knows of, and not before.
func TestStatisticsFollowATableThatDoubles(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		postgres := strings.HasSuffix(t.Name(), "/postgres")
		if postgres { // a database that is lent has counted what the tests before it wrote
			mustWrite(t, db, func(tx *store.Tx) error { return tx.Exec(t.Context(), `ANALYZE settings`) })
		}
		// a row is written and then marked, which are two changes
		for _, step := range []struct {
			rows    int
			freshen bool
		}{{400, false}, {400, true}, {0, false}, {300, false}, {900, true}, {200, false}} {
			testkit.Works(t, db.Write(t.Context(), func(tx *store.Tx) error {
				for range step.rows {
					if err := tx.SaveSetting(t.Context(), string(store.NewID[string]()), "x"); err != nil {
						return err
					}
				}
				if !postgres {
					return nil
				}
				return tx.Exec(t.Context(), `SELECT pg_stat_force_next_flush()`)
			}))
			tables, err := db.FreshenStatistics(t.Context())
			testkit.Works(t, err)
			if got := slices.Contains(tables, "settings"); got != (step.freshen && postgres) {
				t.Errorf("after %d more rows it looks at %v", step.rows, tables)
			}
		}
	})
}
