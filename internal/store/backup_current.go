package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hoicho/internal/registry"
)

// Standing says how a SQLite database stands: of two that are equal, nothing that a
// backup is for was changed between them.
type Standing struct {
	conn    string // the connection that writes
	rows    int64  // written by it
	foreign int64  // changes by others
}

// Known reports whether it says anything.
func (s Standing) Known() bool { return s.conn != "" }

// Standing looks at how the database stands. What was written with Aside does not
// count; what another process did to the file does.
func (db *DB) Standing(ctx context.Context) (s Standing, err error) {
	if db.path == "" {
		return s, ErrNoBackup
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return s, err
	}
	defer conn.Close()
	if err = conn.Raw(func(raw any) error { s.conn = fmt.Sprintf("%p", raw); return nil }); err != nil {
		return s, err
	}
	if err = conn.QueryRowContext(ctx, `SELECT total_changes()`).Scan(&s.rows); err != nil {
		return s, err
	}
	s.rows -= db.aside.Load()
	err = conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&s.foreign)
	return s, err
}

// WriteAside is Write for what no backup needs to hold: no copy is made for its sake.
func (db *DB) WriteAside(ctx context.Context, fn func(*Tx) error) error {
	return db.Write(ctx, func(tx *Tx) error {
		if tx.dialect.name != sqliteDialect.name {
			return fn(tx)
		}
		before, err := tx.count(ctx, `SELECT total_changes()`)
		if err != nil {
			return err
		}
		tx.asideFrom = int64(before) + 1
		return fn(tx)
	})
}

// setAside counts what a transaction of WriteAside wrote, right before its end.
func (db *DB) setAside(ctx context.Context, tx *Tx) error {
	if tx.asideFrom == 0 {
		return nil
	}
	now, err := tx.count(ctx, `SELECT total_changes()`)
	if err == nil {
		db.aside.Add(int64(now) + 1 - tx.asideFrom)
	}
	return err
}

// Confirm notes beside a copy that the database has not changed since. It is NotFound
// when the copy or its manifest is gone.
func Confirm(dir, file string, at int64) error {
	path := filepath.Join(dir, file)
	m, err := ReadManifest(path + ".json")
	if err == nil {
		_, err = os.Stat(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return registry.E(registry.NotFound, "error.not_found")
	} else if err != nil {
		return err
	}
	m.CurrentAt = at
	raw, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	part, err := newPart(dir, filepath.Base(path)+".json")
	if err != nil {
		return err
	}
	if err = errors.Join(os.WriteFile(part, append(raw, '\n'), 0o600), syncFile(part)); err == nil {
		err = os.Rename(part, path+".json")
	}
	if err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	return syncFolder(dir)
}

// roomFor sees that the disk of a folder has room for a copy of the database, beside
// what writing needs; Unavailable when it has not.
func roomFor(path, dir string) error {
	var size uint64
	for _, side := range []string{"", "-wal"} {
		if info, err := os.Stat(path + side); err == nil {
			size += uint64(info.Size())
		}
	}
	free, err := FreeBytes(dir)
	if err != nil {
		return err
	}
	if need := size + roomLeft; free < need {
		return errors.Join(registry.E(registry.Unavailable, "error.storage"), fmt.Errorf(
			"a copy needs %d MB, and only %d MB are free on the disk of %s: free some room, or name a larger disk with --backup-dir", need>>20, free>>20, dir))
	}
	return nil
}

// emptyFile takes everything out of a file.
func emptyFile(path string) error { return errors.Join(removeSide(path), os.Truncate(path, 0)) }
