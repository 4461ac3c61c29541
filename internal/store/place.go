package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// placeError says in one sentence what is wrong with the place of a database, and
// what to do; the whole error stands behind it.
type placeError struct {
	text string
	err  error
}

// Error is the sentence.
func (e *placeError) Error() string { return e.text }

// Unwrap is the whole error.
func (e *placeError) Unwrap() error { return e.err }

// noRoom is the least that is free on a disk which is not full.
const noRoom = 1 << 20

// PlaceFault says in one sentence what is wrong with the place of a SQLite database,
// if that is what an error is about: a full disk, or one that may not be written.
// Other errors get the path.
func PlaceFault(path string, err error) error {
	full, closed := errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT), errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
	dir := filepath.Dir(path)
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			full = true
		case sqlite3.SQLITE_IOERR: // of what lies beside the file too
			free, unknown := FreeBytes(dir)
			full = unknown == nil && free < noRoom
		case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
			closed = true
		case sqlite3.SQLITE_NOTADB:
			return fmt.Errorf("%s: %w", path, ErrForeign)
		}
	}
	switch {
	case full:
		return &placeError{fmt.Sprintf("the disk that holds %s is full: free some room on it and start again (%v)", dir, cause(err)), err}
	case closed:
		return &placeError{fmt.Sprintf("hoicho may not write %s or beside it: give the folder %s to the account that runs hoicho, or name another place with --db (%v)", path, dir, cause(err)), err}
	}
	return fmt.Errorf("%s: %w", path, err)
}

// cause is what the system or SQLite said, without the ways by which it came.
func cause(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e
	}
	return err
}

// CheckPlace sees that a SQLite database can live in its folder, before anything is
// made: it can be written, and a new database has room for its first day. Of a
// PostgreSQL database it says nothing.
func CheckPlace(location string) error {
	if IsPostgres(location) {
		return nil
	}
	path, err := filepath.Abs(location)
	if err != nil {
		return err
	}
	return checkPlace(path)
}

func checkPlace(path string) error {
	dir := filepath.Dir(path)
	if err := checkFolder(dir); err != nil {
		return err
	}
	if free, err := FreeBytes(dir); err == nil && free < roomLeft && !hasContent(path) {
		return fmt.Errorf("the disk that holds %s has only %d MB free, and a new database needs %d: free some room on it, or name another place with --db",
			dir, free>>20, roomLeft>>20)
	}
	f, err := os.CreateTemp(dir, ".writable-*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return PlaceFault(path, err)
	}
	return nil
}
