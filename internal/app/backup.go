package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// backupsKept is how many timed backups stay in their folder.
const backupsKept = 96

// BackupTo writes a checked backup into a folder under the time's name, notes
// which scans of the gate phones are in it, and removes the oldest beyond the
// number kept.
func (a *App) BackupTo(ctx context.Context, dir string) error {
	var held []registry.Device
	if err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.Watermarks(ctx)
		return err
	}); err != nil {
		return err
	}
	name := "hoicho-" + a.DB.Now().UTC().Format("20060102-150405") + ".db"
	if _, err := a.DB.Backup(ctx, filepath.Join(dir, name)); err != nil {
		return err
	}
	if err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.SaveBackedUp(ctx, held) }); err != nil {
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
