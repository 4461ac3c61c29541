package main

import (
	"context"
	"database/sql"
	bits "encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

const (
	logBatch = 64  // scans of a commit
	logGroup = 200 // commits that are measured
)

// logged measures how many bytes of SQLite's log (WAL) a scan costs when 64 of them share a
// commit, sent by one phone after another: passes as they were issued, which lie beside
// each other in the file, and passes as people come. It says how many scans shared a commit in truth.
func (b *gateBench) logged(ctx context.Context) error {
	for _, mixed := range []bool{false, true} {
		what := "passes in their order"
		if mixed {
			b.crowd.shuffle()
			what = "passes as people come"
		}
		sent := 0
		l, err := b.logOf(ctx, func() error {
			for i := range logGroup {
				n, err := b.phones[i%len(b.phones)].sendNew(logBatch)
				if err != nil {
					return err
				}
				sent += n
			}
			return nil
		})
		if err != nil {
			return err
		}
		if l.commits == 0 || sent == 0 {
			return fmt.Errorf("%d scans left %d commits in the log", sent, l.commits)
		}
		each := float64(l.bytes) / float64(sent)
		b.add("log per scan, "+what, fmt.Sprintf("%.0f bytes, %.0f a commit", each, float64(sent)/float64(l.commits)), "at most 2,500", each <= 2500)
	}
	return nil
}

// shuffle has the passes come in another order from their next turn on. It must not be
// called while somebody takes turns.
func (c *crowd) shuffle() {
	n := int64(len(c.texts))
	c.next.Store((c.next.Load() + n - 1) / n * n)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(c.texts), func(i, k int) { c.texts[i], c.texts[k] = c.texts[k], c.texts[i] })
}

// logOf empties the log of the database, keeps a reader on it while do works, so that nothing
// in it is written over, and counts what do left in it.
func (b *gateBench) logOf(ctx context.Context, do func() error) (l walCount, err error) {
	db, err := openCount(b.db)
	if err != nil {
		return l, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := emptyLog(ctx, db); err != nil {
		return l, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return l, err
	}
	defer tx.Rollback() // lets go of the log
	var tables int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return l, err
	}
	if err := do(); err != nil {
		return l, err
	}
	raw, err := os.ReadFile(b.db + "-wal")
	if err != nil {
		return l, err
	}
	return countWAL(raw)
}

// emptyLog folds the log into the file and leaves it without a byte. A reader of the server
// may be in the way for a moment.
func emptyLog(ctx context.Context, db *sql.DB) error {
	for range 100 {
		var busy, frames, folded int
		if err := db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &frames, &folded); err != nil {
			return err
		}
		if busy == 0 {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return errors.New("the log of the database cannot be emptied: somebody reads all the time")
}

// walCount is what a log holds.
type walCount struct {
	bytes   int // of whole frames, with their heads
	commits int
}

// The form of a log, from https://sqlite.org/fileformat2.html#walformat.
const (
	walHead   = 32
	frameHead = 24
)

// countWAL counts the frames of a log that was empty: the head of the last frame of a commit
// says how large the database is.
func countWAL(raw []byte) (l walCount, err error) {
	if len(raw) < walHead {
		return l, errors.New("the log has no head")
	}
	salts := raw[16:24]
	frame := frameHead + int(bits.BigEndian.Uint32(raw[8:]))
	for at := walHead; at+frame <= len(raw); at += frame {
		head := raw[at : at+frameHead]
		if string(head[8:16]) != string(salts) {
			return l, errors.New("the log was written over")
		}
		l.bytes += frame
		if bits.BigEndian.Uint32(head[4:]) != 0 {
			l.commits++
		}
	}
	return l, nil
}

// storedBytes measures what the table of scans and its indexes take in a file that nobody
// serves.
func (b *gateBench) storedBytes(ctx context.Context) error {
	db, err := openCount(b.db)
	if err != nil {
		return err
	}
	defer db.Close()
	var scans, bytes, indexes int
	if err := db.QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM scans), sum(d.pgsize), sum(CASE WHEN s.type = 'index' THEN d.pgsize ELSE 0 END)
		FROM sqlite_schema s JOIN dbstat d ON d.name = s.name AND d.aggregate = 1
		WHERE s.tbl_name = 'scans'`).Scan(&scans, &bytes, &indexes); err != nil {
		return err
	}
	each := float64(bytes) / float64(scans)
	b.add("stored per scan with its indexes", fmt.Sprintf("%.0f bytes (row %.0f), %d scans", each, float64(bytes-indexes)/float64(scans), scans), "at most 150", each <= 150)
	return nil
}
