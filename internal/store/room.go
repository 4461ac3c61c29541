package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hoicho/internal/registry"
)

const (
	// roomEvery is how long a look at the room counts: anybody may ask, and each
	// look writes.
	roomEvery = 5 * time.Second
	// roomProbe is how much a look writes and takes away again.
	roomProbe = 64 << 10
	// probeKey is the setting that a look writes.
	probeKey = "room_probe"
)

// roomLeft is how much must be free on the disk of a SQLite file: a busy hour at the
// gates with a backup fits in it.
var roomLeft uint64 = 32 << 20

// room is the last look at whether the database can be written.
type room struct {
	mu     sync.Mutex
	seenAt time.Time
	fault  error
}

// Ready reports whether the database takes writes: it is Unavailable when the disk is
// full, read-only or failing, or when the server of the database is away. What it
// says is a few seconds old at most.
func (db *DB) Ready(ctx context.Context) error {
	_, leave, err := db.pulse.join(ctx)
	if err != nil {
		return errors.Join(registry.E(registry.Unavailable, "error.busy"), err)
	}
	leave()
	db.room.mu.Lock()
	defer db.room.mu.Unlock()
	now := db.Now()
	if age := now.Sub(db.room.seenAt); age < 0 || age >= roomEvery || db.room.seenAt.IsZero() {
		db.room.fault = db.probe(ctx)
		db.room.seenAt = now
	}
	return db.room.fault
}

// probe writes something of a size and takes it away again.
func (db *DB) probe(ctx context.Context) error {
	if db.path != "" {
		free, err := FreeBytes(filepath.Dir(db.path))
		if err != nil {
			return err
		}
		if free < roomLeft {
			return errors.Join(registry.E(registry.Unavailable, "error.storage"),
				fmt.Errorf("only %d MB are free on the disk of %s; free some room", free>>20, filepath.Dir(db.path)))
		}
	}
	return db.WriteAside(ctx, func(tx *Tx) error {
		if err := tx.SaveSetting(ctx, probeKey, strings.Repeat("x", roomProbe)); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `DELETE FROM settings WHERE key = $1`, probeKey)
		return err
	})
}

// Bytes is how large the database is, its free pages included.
func (tx *Tx) Bytes(ctx context.Context) (int64, error) {
	if tx.dialect.name == postgresDialect.name {
		return one(ctx, tx, or(errNoSize, column[int64]), `SELECT pg_database_size(current_database())`)
	}
	pages, err := one(ctx, tx, or(errNoSize, column[int64]), `PRAGMA page_count`)
	if err != nil {
		return 0, err
	}
	size, err := one(ctx, tx, or(errNoSize, column[int64]), `PRAGMA page_size`)
	return pages * size, err
}

var errNoSize = errors.New("store: the database does not tell its size")
