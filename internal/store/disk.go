package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
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

// stampLayout writes a time in UTC so that names are in the order of time.
const stampLayout = "20060102T150405Z"

// Stamp is a time as it stands in names of copies.
func Stamp(at time.Time) string { return at.UTC().Format(stampLayout) }

// ReadStamp reads what Stamp wrote.
func ReadStamp(stamp string) (time.Time, error) { return time.Parse(stampLayout, stamp) }

// newPart makes an empty file for a copy that is not whole yet.
func newPart(dir, base string) (string, error) {
	f, err := os.CreateTemp(dir, base+".*.part")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// freeName returns name+ext, or name-2+ext and so on, so that neither it nor a file
// that SQLite or a manifest would put beside it is there yet.
func freeName(name, ext string) (string, error) {
	for i := 1; i < 1000; i++ {
		free := name + ext
		if i > 1 {
			free = fmt.Sprintf("%s-%d%s", name, i, ext)
		}
		if taken, err := anyThere(free, "", ".json", "-wal", "-shm"); err != nil || !taken {
			return free, err
		}
	}
	return "", fmt.Errorf("there are a thousand copies called %s", name)
}

// anyThere reports whether a file of the path with one of the endings exists.
func anyThere(path string, endings ...string) (bool, error) {
	for _, ending := range endings {
		if _, err := os.Lstat(path + ending); !errors.Is(err, fs.ErrNotExist) {
			return err == nil, err
		}
	}
	return false, nil
}

// removeIfThere removes a file that may be gone already.
func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// removeSide removes what SQLite leaves beside a database.
func removeSide(path string) error {
	return errors.Join(removeIfThere(path+"-wal"), removeIfThere(path+"-shm"), removeIfThere(path+"-journal"))
}

// beside lists the files in the folder of a path whose names go on after its own
// with a given ending, in order.
func beside(path, ending string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(path)+ending) {
			found = append(found, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return found, nil
}
