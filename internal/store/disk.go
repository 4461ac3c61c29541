package store

import (
	"errors"
	"fmt"
	"os"
)

// ErrInUse says that another process has the database open.
var ErrInUse = errors.New("the database is in use by another hoicho process; stop it first, or choose another file with --db")

func networkFault(dir, kind string) error {
	return fmt.Errorf("%s is on a network file system (%s), where SQLite loses data; put the database on a disk of this machine", dir, kind)
}

// makePrivate makes a file that only its owner reads, unless there is one: SQLite
// would make it readable by everybody, and gives what it makes beside a file the
// rights of that file.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// syncFile makes the content of a file last.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
