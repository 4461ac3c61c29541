package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

const (
	backupSlice = 2 * time.Second  // of load, after which it looks whether the backup is made
	backupLimit = 10 * time.Minute // in which it must be
)

// backupLoad is the mixed load inside of a backup.
type backupLoad struct {
	times []time.Duration // of the scans that were due and answered before the backup was made
	took  time.Duration
	bytes int64 // of the copy
}

// duringBackup loads a server from its start on, when it makes the first of its timed
// backups, until that has been made and checked.
func (b *gateBench) duringBackup(ctx context.Context, slug, backups string) (l backupLoad, err error) {
	for began := time.Now(); time.Since(began) < backupLimit; {
		slice := time.Now()
		times, err := mixedLoad(b.phones, slug, backupSlice)
		if err != nil {
			return l, err
		}
		made, copied, err := madeBackup(backups)
		if err != nil || ctx.Err() != nil {
			return l, errors.Join(err, ctx.Err())
		}
		l.times = append(l.times, inTime(times, slice, made)...)
		if !made.IsZero() {
			l.took, l.bytes = made.Sub(b.server.began), copied
			return l, nil
		}
	}
	return l, fmt.Errorf("no backup in %s", backupLimit)
}

// madeBackup tells when the first backup of a folder was whole and checked, which is when it
// got its name, and its bytes; the zero time before that.
func madeBackup(dir string) (at time.Time, bytes int64, err error) {
	made, err := filepath.Glob(filepath.Join(dir, "hoicho-*.db"))
	if err != nil || len(made) == 0 {
		return at, 0, err
	}
	slices.Sort(made)
	manifest, err := os.Stat(made[0] + ".json")
	if err != nil {
		return at, 0, err
	}
	copied, err := os.Stat(made[0])
	if err != nil {
		return at, 0, err
	}
	return manifest.ModTime(), copied.Size(), nil
}

// inTime leaves out the scans of a slice of the mixed load that were not answered before an
// instant, if it has come.
func inTime(times []time.Duration, began, end time.Time) []time.Duration {
	if end.IsZero() {
		return times
	}
	var in []time.Duration
	for i, took := range times {
		if due := began.Add(time.Duration(i) * time.Second / mixedRate); due.Add(took).Before(end) {
			in = append(in, took)
		}
	}
	return in
}

// addBackup writes the rows of a backup beside the p99 of the same server without one.
func (b *gateBench) addBackup(l backupLoad, quiet []time.Duration) {
	b.add("a backup under this load", fmt.Sprintf("%.2f GB in %.0f s", float64(l.bytes)/1e9, l.took.Seconds()), "", true)
	if len(l.times) == 0 {
		b.add("p99 of a scan during it", "over before a scan was sent", "at most 50 ms", false)
		return
	}
	p, q := percentile(l.times, 0.99), percentile(quiet, 0.99)
	b.add("p99 of a scan during it", fmt.Sprintf("%.1f ms (median %.1f) of %d", ms(p), ms(percentile(l.times, 0.5)), len(l.times)), "at most 50 ms", p <= 50*time.Millisecond)
	b.add("quiet p99 of that server afterwards; ratio", fmt.Sprintf("%.1f ms; %.2f", ms(q), p.Seconds()/q.Seconds()), "", true)
}
