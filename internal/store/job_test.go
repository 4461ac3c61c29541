package store_test

import (
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// A job that was taken over is the new worker's alone; what the old one would
// have stored with its end is not stored.
func TestJobBelongsToItsWorker(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		write := func(fn func(tx *store.Tx) error) error { return db.Write(t.Context(), fn) }
		job := registry.Job{ID: "job", Kind: "test", Payload: "{}", TotalN: 2}
		lease := func(owner string) (j registry.Job) {
			err := write(func(tx *store.Tx) error {
				var ok bool
				var err error
				if j, ok, err = tx.LeaseJob(t.Context(), owner, -time.Second); !ok {
					t.Errorf("%s finds no job", owner)
				}
				return err
			})
			if err != nil || j.Lease != owner {
				t.Fatalf("%s has leased %+v, %v", owner, j, err)
			}
			return j
		}
		finish := func(j registry.Job) error {
			return write(func(tx *store.Tx) error {
				id, err := tx.InsertFile(t.Context(), registry.File{ContentType: "text/plain", Data: []byte(j.Lease)})
				if err != nil {
					return err
				}
				return tx.FinishJob(t.Context(), j, id, "")
			})
		}
		if err := write(func(tx *store.Tx) error { return tx.InsertJob(t.Context(), job) }); err != nil {
			t.Fatal(err)
		}
		first, second := lease("first"), lease("second")
		conflict(t, "progress", write(func(tx *store.Tx) error { return tx.JobProgress(t.Context(), first, time.Hour) }))
		conflict(t, "the end", finish(first))
		if err := finish(second); err != nil {
			t.Fatal(err)
		}
		conflict(t, "the end again", finish(second))
		err := write(func(tx *store.Tx) error {
			n, err := tx.Number(t.Context(), `SELECT count(*) FROM files`)
			if n != 1 {
				t.Errorf("%d files", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func conflict(t *testing.T, what string, err error) {
	t.Helper()
	if registry.KindOf(err) != registry.Conflict {
		t.Errorf("%s: %v, want a conflict", what, err)
	}
}
