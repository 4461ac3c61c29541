package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
)

// backupsKept is how many timed backups stay in their folder.
const backupsKept = 96

// BackupTo writes a checked backup into a folder under the time's name and
// removes the oldest beyond the number kept.
func (a *App) BackupTo(ctx context.Context, dir string) error {
	name := "hoicho-" + a.DB.Now().UTC().Format("20060102-150405") + ".db"
	if _, err := a.DB.Backup(ctx, filepath.Join(dir, name)); err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(dir, "hoicho-*.db"))
	if err != nil || len(old) <= backupsKept {
		return err
	}
	slices.Sort(old)
	var errs []error
	for _, path := range old[:len(old)-backupsKept] {
		errs = append(errs, os.Remove(path), os.Remove(path+".json"))
	}
	return errors.Join(errs...)
}
