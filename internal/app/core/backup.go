package core

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// timedPrefix begins the names of timed backups; nothing else is ever removed.
const timedPrefix = "hoicho-"

// timedName is the name of a timed backup, of its manifest, or of a copy that was
// not finished.
var timedName = regexp.MustCompile(`^hoicho-(\d{8}T\d{6}Z)(-\d+)?\.db(\.json|(?:\.json)?\.\d+\.part)?$`)

// Backups is what is known of the timed backups of this process.
type Backups struct {
	MadeAt    int64  // unix ms when the last whole one was begun, 0: none yet
	CurrentAt int64  // unix ms when it was seen last that it holds all there is
	File      string // its name
	Fault     error  // of the last try, nil if it went well
}

// backupLog remembers the timed backups.
type backupLog struct {
	mu    sync.Mutex
	known Backups
	holds store.Standing // how the database stood before the last whole one
	dir   string         // where that lies
}

// Backups says when the last timed backup of this process was made, until when it was
// seen to hold all there is, and what went wrong with the last try.
func (a *Core) Backups() Backups {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	return a.backups.known
}

// current is the file of the last backup into a folder if the database still stands as
// it did before, else "".
func (l *backupLog) current(dir string, now store.Standing) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dir != dir || !l.holds.Known() || l.holds != now {
		return ""
	}
	return l.known.File
}

func (l *backupLog) note(change func(*backupLog)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(l)
}

// BackupTo writes a checked backup into a folder under the time's name, notes
// which scans of the gate phones are in it, and removes older ones that are no longer
// needed: see spent. When nothing has changed since the last one, that is noted beside
// it, and no other is made. Where the disk has no room for one it is Unavailable.
func (a *Core) BackupTo(ctx context.Context, dir string) error {
	err := a.backupTo(ctx, dir)
	a.backups.note(func(l *backupLog) { l.known.Fault = err })
	return err
}

func (a *Core) backupTo(ctx context.Context, dir string) error {
	var held []registry.Device
	if err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.Watermarks(ctx)
		return err
	}); err != nil {
		return err
	}
	// In this order: what the phones were told is durable is in how the database stands.
	stands, err := a.DB.Standing(ctx)
	if err != nil {
		return err
	}
	now := a.DB.Now()
	if confirmed, err := a.confirm(dir, stands, now); err != nil || confirmed {
		return errors.Join(err, a.saveBackedUp(ctx, held))
	}
	made, err := a.DB.BackupTo(ctx, store.Place{Dir: dir, Prefix: timedPrefix, Now: now})
	if err != nil {
		return err
	}
	if err := a.saveBackedUp(ctx, held); err != nil {
		return err
	}
	edits := made.Checked.Edits
	a.backups.note(func(l *backupLog) {
		l.known.MadeAt, l.known.CurrentAt, l.known.File = now.UnixMilli(), now.UnixMilli(), made.File
		if l.holds, l.dir = stands, dir; len(edits) > 0 {
			l.holds = store.Standing{} // looked at again each time, until somebody has accepted them
		}
	})
	if len(edits) == 0 {
		return thin(dir, now, made.File)
	}
	return fmt.Errorf("the backup %s was written, but the database was changed past the program, so that older backups are kept until "+
		"hoicho check-db finds nothing: %v", made.File, edits[:min(5, len(edits))])
}

// confirm notes that the last backup still holds all there is, if it does and is there.
func (a *Core) confirm(dir string, stands store.Standing, now time.Time) (bool, error) {
	file := a.backups.current(dir, stands)
	if file == "" {
		return false, nil
	}
	err := store.Confirm(dir, file, now.UnixMilli())
	if registry.KindOf(err) == registry.NotFound {
		return false, nil
	} else if err != nil {
		return false, err
	}
	a.backups.note(func(l *backupLog) { l.known.CurrentAt = now.UnixMilli() })
	return true, thin(dir, now, file)
}

// saveBackedUp notes what a backup holds of the phones. No backup is made for its sake.
func (a *Core) saveBackedUp(ctx context.Context, held []registry.Device) error {
	if len(held) == 0 {
		return nil
	}
	return a.DB.WriteAside(ctx, func(tx *store.Tx) error { return tx.SaveBackedUp(ctx, held) })
}

// CheckBackupFolder sees that timed backups can be written into a folder, which the
// first of them makes.
func CheckBackupFolder(dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		defer os.Remove(dir) // empty still, unless somebody was quick
	}
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, ".writable-*"); err == nil {
			err = errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("backups cannot be written into %s: give the folder to the account that runs hoicho, or name another with --backup-dir (%w)", dir, err)
	}
	return nil
}

// thin removes the timed backups that are spent, and copies that were never finished;
// those of the last hour may still be written. Nothing goes while the newest holds rows
// that were changed by hand: older ones may be the only ones without. What was
// just made stays.
func thin(dir string, now time.Time, made string) error {
	copies, gone, err := timedCopies(dir, now)
	if err != nil {
		return err
	}
	edited, err := newestEdited(dir, copies, now)
	if err != nil {
		return err
	}
	for _, c := range spent(copies, now) {
		if c.Name != made && !edited {
			gone = append(gone, c.Name, c.Name+".json")
		}
	}
	return removeAll(dir, gone)
}

// timedCopies lists the timed backups of a folder, and what was never finished.
func timedCopies(dir string, now time.Time) (copies []backupCopy, unfinished []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	manifests := map[string]bool{}
	for _, e := range entries {
		name := timedName.FindStringSubmatch(e.Name())
		if name == nil {
			continue
		}
		switch at, err := store.ReadStamp(name[1]); {
		case err != nil:
		case strings.HasSuffix(name[3], ".part"):
			if now.Sub(at) > time.Hour {
				unfinished = append(unfinished, e.Name())
			}
		case name[3] == "":
			copies = append(copies, backupCopy{Name: e.Name(), At: at})
		default:
			manifests[strings.TrimSuffix(e.Name(), ".json")] = true
		}
	}
	for i := range copies {
		copies[i].Whole = manifests[copies[i].Name]
	}
	return copies, unfinished, nil
}

// newestEdited reports whether the newest whole backup of the past holds rows that were
// changed by hand.
func newestEdited(dir string, copies []backupCopy, now time.Time) (bool, error) {
	past := inPast(copies, now)
	if len(past) == 0 || !past[0].Whole {
		return false, nil
	}
	m, err := store.ReadManifest(filepath.Join(dir, past[0].Name+".json"))
	return len(m.Checked.Edits) > 0, err
}

func removeAll(dir string, names []string) error {
	var errs []error
	for _, name := range names {
		if err := os.Remove(filepath.Join(dir, name)); !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// byAge orders names of timed backups by their time; of the same second -2 follows
// what has no number.
func byAge(a, b string) int {
	return strings.Compare(strings.TrimSuffix(a, ".db"), strings.TrimSuffix(b, ".db"))
}
