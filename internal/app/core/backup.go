package core

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// backupsKept is how many timed backups stay in their folder.
const backupsKept = 96

// timedPrefix begins the names of timed backups; nothing else is ever removed.
const timedPrefix = "hoicho-"

// timedName is the name of a timed backup, of its manifest, or of a copy that was
// not finished.
var timedName = regexp.MustCompile(`^hoicho-(\d{8}T\d{6}Z)(-\d+)?\.db(\.json|\.\d+\.part)?$`)

// backupLog is what is known of the timed backups of this process.
type backupLog struct {
	mu    sync.Mutex
	good  int64 // unix ms of the last whole one, 0: none yet
	fault error // of the last try, nil if it went well
}

// Backups returns when the last timed backup of this process was written, 0 if none
// was, and what went wrong with the last try.
func (a *Core) Backups() (goodAt int64, fault error) {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	return a.backups.good, a.backups.fault
}

func (l *backupLog) note(at int64, fault error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fault = fault; fault == nil {
		l.good = at
	}
}

// BackupTo writes a checked backup into a folder under the time's name, notes
// which scans of the gate phones are in it, and removes the oldest beyond the
// number kept.
func (a *Core) BackupTo(ctx context.Context, dir string) error {
	err := a.backupTo(ctx, dir)
	a.backups.note(a.NowMS(), err)
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
	now := a.DB.Now()
	made, err := a.DB.BackupTo(ctx, store.Place{Dir: dir, Prefix: timedPrefix, Now: now})
	if err != nil {
		return err
	}
	if err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.SaveBackedUp(ctx, held) }); err != nil {
		return err
	}
	if len(made.Checked.Edits) == 0 {
		return thin(dir, now)
	}
	// Nothing is removed from now on: the older backups may be the only ones without
	// what was changed.
	return fmt.Errorf("the backup %s was written, but the database was changed past the program, so that older backups are kept until "+
		"hoicho check-db finds nothing: %v", made.File, made.Checked.Edits[:min(5, len(made.Checked.Edits))])
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

// thin removes the oldest timed backups beyond the number kept, and copies that were
// never finished. Those of a clock that ran ahead count for nothing, so that they
// push out none of today's; those of the last hour may still be written.
func thin(dir string, now time.Time) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var whole, gone []string
	for _, e := range entries {
		name := timedName.FindStringSubmatch(e.Name())
		switch {
		case name == nil || name[1] > store.Stamp(now):
		case strings.HasSuffix(name[3], ".part"):
			if name[1] < store.Stamp(now.Add(-time.Hour)) {
				gone = append(gone, e.Name())
			}
		case name[3] == "":
			whole = append(whole, e.Name())
		}
	}
	slices.SortFunc(whole, byAge)
	for _, name := range whole[:max(0, len(whole)-backupsKept)] {
		gone = append(gone, name, name+".json")
	}
	var errs []error
	for _, name := range gone {
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
