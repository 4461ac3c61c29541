package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// BenchmarkBackupBesideWrites measures how long small writes take, 200 a second, alone,
// beside a backup at a calm pace and beside one at full speed, in turns, and how long
// the log of SQLite becomes; -benchtime 1x is enough. TMPDIR names the disk.
func BenchmarkBackupBesideWrites(t *testing.B) {
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetGuard(testkit.TestGuard())
	fill(t, db)
	calmly := func(ctx context.Context, to string) error { _, err := db.Backup(ctx, to); return err }
	quickly := func(ctx context.Context, to string) error {
		_, err := store.BackupFile(ctx, path, store.Place{Dir: filepath.Dir(to), Name: filepath.Base(to)}, testkit.GuardOf)
		return err
	}
	for round := range 3 {
		for _, way := range []struct {
			name string
			do   func(context.Context, string) error
		}{{"alone", nil}, {"calm", calmly}, {"full speed", quickly}} {
			to := filepath.Join(t.TempDir(), "b.db")
			times, log, took := besideWrites(t, db, func() error {
				if way.do == nil {
					time.Sleep(8 * time.Second)
					return nil
				}
				return way.do(t.Context(), to)
			})
			slices.Sort(times)
			at := func(part float64) time.Duration {
				return times[int(float64(len(times)-1)*part)].Round(10 * time.Microsecond)
			}
			t.Logf("%d %-10s %6d writes in %5.1f s: p50 %v p95 %v p99 %v max %v, log %d MB", round, way.name, len(times), took.Seconds(),
				at(0.5), at(0.95), at(0.99), at(1), log>>20)
		}
	}
}

// fill makes a database of 150 MB.
func fill(t *testing.B, db *store.DB) {
	for i := range 100 {
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			for j := range 400 {
				if err := tx.SaveSetting(t.Context(), fmt.Sprint("old", i, ".", j), strings.Repeat("x", 3500)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// besideWrites writes 200 times a second while do runs.
func besideWrites(t *testing.B, db *store.DB, do func() error) (times []time.Duration, log int64, took time.Duration) {
	var mu sync.Mutex
	var writes sync.WaitGroup
	done := make(chan struct{})
	began := testkit.MachineNow()
	writes.Go(func() {
		for i := 0; ; i++ {
			due := began.Add(time.Duration(i) * 5 * time.Millisecond)
			time.Sleep(due.Sub(testkit.MachineNow()))
			select {
			case <-done:
				return
			default:
			}
			writes.Go(func() {
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					return tx.SaveSetting(t.Context(), fmt.Sprint("new", i%5000), strings.Repeat("y", 300))
				})
				info, statErr := os.Stat(db.Path() + "-wal")
				mu.Lock()
				defer mu.Unlock()
				if times = append(times, testkit.MachineNow().Sub(due)); err != nil || statErr != nil {
					t.Error(err, statErr)
					return
				}
				log = max(log, info.Size())
			})
		}
	})
	err := do()
	took = testkit.MachineNow().Sub(began)
	close(done)
	writes.Wait()
	if err != nil {
		t.Error(err)
	}
	return times, log, took
}
