package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// growthRounds is how often each of the two databases is measured, in turns.
const growthRounds = 5

const (
	smallScans  = 10_000    // of the database that has not grown
	backupScans = 5_000_000 // of the one that is backed up under load: about 1 GB
)

// grown measures the same mixed load on the database as the demo left it, and on
// one with many more scans, side by side. Before that the large one, half filled, is loaded alone while
// it makes the backup that a server begins with; the next one comes a quarter of an hour later.
func (b *gateBench) grown(ctx context.Context) error {
	large := filepath.Join(b.dir, "large.db")
	filled, err := b.fillBoth(ctx, large)
	if err != nil {
		return err
	}
	slug, err := b.m.runningSlug()
	if err != nil {
		return err
	}
	big, err := b.side(ctx, large)
	if err != nil {
		return err
	}
	inside, quiet, err := big.backedUp(ctx, slug, large)
	if err != nil {
		return errors.Join(err, big.server.stop())
	}
	b.addBackup(inside, quiet)
	more, err := fillScans(ctx, large, b.growth)
	if err != nil {
		return errors.Join(err, big.server.stop())
	}
	return b.compare(ctx, big, slug, filled+more)
}

// backedUp loads a server during its backup, and then without one.
func (b *gateBench) backedUp(ctx context.Context, slug, db string) (inside backupLoad, quiet []time.Duration, err error) {
	if inside, err = b.duringBackup(ctx, slug, backupsOf(db)); err != nil {
		return inside, nil, err
	}
	quiet, err = mixedLoad(b.phones, slug, 2*b.turn)
	return inside, quiet, err
}

// compare loads the database that has not grown and the one that has, and stops the server of
// that.
func (b *gateBench) compare(ctx context.Context, big *gateBench, slug string, filled time.Duration) error {
	small, err := b.side(ctx, b.copyDB)
	if err != nil {
		return errors.Join(err, big.server.stop())
	}
	if err := settled(ctx, backupsOf(b.copyDB)); err != nil {
		return errors.Join(err, small.server.stop(), big.server.stop())
	}
	began := time.Now()
	before, after, err := inBoth(small, big, slug)
	if err := errors.Join(err, small.server.stop(), big.server.stop()); err != nil {
		return err
	}
	b.add("p99 with 10,000 scans", fmt.Sprintf("%.1f ms", ms(before)), "", true)
	b.add(fmt.Sprintf("p99 with %d scans", b.growth), fmt.Sprintf("%.1f ms", ms(after)), "", true)
	ratio := after.Seconds() / before.Seconds()
	b.add("ratio of the two", fmt.Sprintf("%.2f", ratio), "at most 1.2", ratio <= 1.2)
	b.add("filled in; both loaded in turns for", fmt.Sprintf("%.0f s; %.0f s", filled.Seconds(), time.Since(began).Seconds()), "", true)
	return nil
}

// fillBoth fills the small database, and the large one as far as it is backed up, and tells how
// long that took.
func (b *gateBench) fillBoth(ctx context.Context, large string) (time.Duration, error) {
	if _, err := fillScans(ctx, b.copyDB, min(b.growth, smallScans)); err != nil {
		return 0, err
	}
	if err := copyFile(b.copyDB, large); err != nil {
		return 0, err
	}
	return fillScans(ctx, large, min(b.growth, backupScans))
}

// backupsOf is the folder for the backups of a database.
func backupsOf(db string) string { return db + ".backups" }

// side is a server of its own with its phones, which have their lists.
func (b *gateBench) side(ctx context.Context, db string) (*gateBench, error) {
	s := &gateBench{gateOptions: b.gateOptions, m: b.m, crowd: newCrowd(b.crowd.texts)}
	var err error
	if s.server, err = serveCopy(ctx, b.serve, db, "--backup-dir", backupsOf(db)); err != nil {
		return nil, err
	}
	if s.phones, err = pairPhones(s.server.base, b.m.GatePairTokens, s.crowd); err != nil {
		return nil, errors.Join(err, s.server.stop())
	}
	for _, p := range s.phones {
		if err := p.catchUp(); err != nil {
			return nil, errors.Join(err, s.server.stop())
		}
	}
	return s, nil
}

// inBoth loads two servers in turns and returns the p99 of each over all turns.
func inBoth(small, big *gateBench, slug string) (before, after time.Duration, err error) {
	var times [2][]time.Duration
	for range growthRounds {
		for i, s := range []*gateBench{small, big} {
			t, err := mixedLoad(s.phones, slug, s.turn)
			if err != nil {
				return 0, 0, err
			}
			times[i] = append(times[i], t...)
		}
	}
	return percentile(times[0], 0.99), percentile(times[1], 0.99), nil
}

// fillScans multiplies the first scans of a database, which a server may be serving: each of them once more with
// other ids, phones' numbers and earlier times, until there are n. It tells how long that took.
func fillScans(ctx context.Context, path string, n int) (time.Duration, error) {
	began := time.Now()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(20000)&_pragma=journal_mode(wal)&_pragma=synchronous(off)&_pragma=cache_size(-400000)&_pragma=foreign_keys(0)")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var have int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM scans`).Scan(&have); err != nil {
		return 0, err
	}
	err = errors.Join(fillRounds(ctx, db, have, n), syncFile(path))
	return time.Since(began), err
}

// fillRound is how many rows one statement makes: a server that wants to write meanwhile waits
// for no more than seconds.
const fillRound = 100_000

func fillRounds(ctx context.Context, db *sql.DB, have, n int) error {
	if _, err := db.ExecContext(ctx, `CREATE TEMP TABLE old AS SELECT row_number() OVER (ORDER BY n) - 1 AS k, * FROM scans ORDER BY n LIMIT $1`, smallScans); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `CREATE UNIQUE INDEX temp.old_k ON old (k)`); err != nil {
		return err
	}
	for first := have; first < n; first += fillRound {
		if _, err := db.ExecContext(ctx, `
			WITH RECURSIVE made (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM made WHERE i + 1 < $2)
			INSERT INTO scans (id, device_n, pass_n, code, direction, gate_n, booth, vendor_id, start_n, seq, corrected_at, ahead_ms, wait_ms, mono_ms,
				mode, training, device_verdict, relay_verdict, verdict, kept, forced_by, void_of, void_reason, day, moves, differs, mark)
			SELECT unhex(printf('01000000%04x70008000%012x', i / 65536 % 65536, i)), device_n, pass_n, code, direction, gate_n, booth, vendor_id, start_n,
				10000000 + i, corrected_at - 86400000 - i, ahead_ms, wait_ms, mono_ms, mode, training, device_verdict, relay_verdict, verdict, kept,
				forced_by, NULL, '', day, moves, differs, mark
			FROM made CROSS JOIN old ON k = i % $3`, first, min(first+fillRound, n), min(have, smallScans)); err != nil {
			return err
		}
	}
	_, err := db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// syncFile waits until a file is on the disk: nothing of the filling may be left to
// write while the servers are measured.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
