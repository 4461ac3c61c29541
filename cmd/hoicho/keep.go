package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"hoicho/internal/app/core"
	"hoicho/internal/config"
	"hoicho/internal/pass"
	"hoicho/internal/store"
)

// backupCmd copies the database, which a running server may go on using.
type backupCmd struct {
	dbFlag
	keyFlag
	To string `arg:"" optional:"" help:"File to write, which may not be there yet, or a folder; default the folder backup beside the database."`
}

// manualPrefix begins the names of backups made by hand, which are never removed.
const manualPrefix = "manual-"

// Run writes a checked copy and its manifest.
func (cmd *backupCmd) Run(e *env) error {
	location, err := cmd.location()
	if err != nil {
		return err
	}
	if store.IsPostgres(location) {
		return store.ErrNoBackup
	}
	to := store.Place{Dir: filepath.Join(filepath.Dir(location), "backup"), Prefix: manualPrefix, Now: store.SystemClock()}
	if cmd.To != "" {
		to = store.At(cmd.To, manualPrefix, store.SystemClock())
	}
	cfg, err := cmd.config(e, location, "")
	if err != nil {
		return err
	}
	m, err := store.BackupFile(e.ctx, location, to, func(mark string) (*store.Guard, error) { return guardAtHand(cfg, mark) })
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s: %d bytes, %d audit lines checked, head %s, sha256 %s, master key %s\n",
		filepath.Join(to.Dir, m.File), m.Bytes, m.Checked.AuditLines, m.Checked.Head, m.SHA256, m.Key)
	if !m.Checked.Keyed {
		fmt.Fprintf(e.out, "%s is not here, so nobody looked for rows that were changed by hand\n", cfg.MasterKeyFile)
	}
	for _, edit := range m.Checked.Edits {
		fmt.Fprintln(e.out, "problem:", edit)
	}
	return nil
}

// guardAtHand is the guard of a database by the master key that is at hand, nil where
// there is none. A backup needs no key; with another one it is not made.
func guardAtHand(cfg config.Config, mark string) (*store.Guard, error) {
	key, err := readKey(cfg)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = core.CheckKey(key, mark)
	}
	if err != nil {
		return nil, err
	}
	return core.Guard(key)
}

// restoreCmd puts a backup in the place of the database.
type restoreCmd struct {
	dbFlag
	keyFlag
	NoManifest bool   `name:"no-manifest" help:"Restore a copy without a manifest, such as a kept .replaced- one, after checking its pages and its audit log alone."`
	Edited     bool   `help:"Restore a backup with rows that were changed by hand as it is; check-db goes on naming them."`
	From       string `arg:"" help:"Backup to restore; its manifest must stand beside it."`
}

// Run restores. What stood there is kept as .replaced- with the time.
func (cmd *restoreCmd) Run(e *env) error {
	location, err := cmd.location()
	if err != nil {
		return err
	}
	if store.IsPostgres(location) {
		return store.ErrNoBackup
	}
	cfg, err := cmd.config(e, location, "")
	if err != nil {
		return err
	}
	kept, err := store.Restore(e.ctx, cmd.From, location, store.RestoreOptions{NoManifest: cmd.NoManifest, Edited: cmd.Edited,
		Guard: func(mark string) (*store.Guard, error) { return guardFor(cfg, mark) }})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s restored from %s\n", location, cmd.From)
	if kept != "" {
		fmt.Fprintf(e.out, "the database that stood there is kept as %s\nto go back to it: hoicho restore --no-manifest --db %s %s\n", kept, location, kept)
	}
	return nil
}

// restoredCmd marks a PostgreSQL database that its own tools have put back.
type restoredCmd struct {
	dbFlag
	keyFlag
}

// Run gives the database a new epoch and a new block of pass codes, as restore does
// on SQLite. Doing it again does no harm.
func (cmd *restoredCmd) Run(e *env) error {
	location, err := cmd.location()
	if err != nil {
		return err
	}
	if !store.IsPostgres(location) {
		return usageError{errors.New("restored is for PostgreSQL: hoicho restore does it for a SQLite file by itself")}
	}
	cfg, err := cmd.config(e, location, "")
	if err != nil {
		return err
	}
	db, err := openThere(e.ctx, location)
	if err != nil {
		return err
	}
	_, err = boundKey(e.ctx, cfg, db)
	if err == nil {
		err = db.Write(e.ctx, func(tx *store.Tx) error { return tx.Renew(e.ctx, "pg_restore") })
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	fmt.Fprintln(e.out, "gate phones will send again what this database lacks, and new passes get codes of a block that was not used before")
	return nil
}

// guardFor is the guard of a backup, whose master key must be at hand. A backup that
// belongs to none yet is guarded with a new one.
func guardFor(cfg config.Config, mark string) (*store.Guard, error) {
	key, err := readKey(cfg)
	switch {
	case errors.Is(err, fs.ErrNotExist) && mark != "":
		return nil, fmt.Errorf("the backup is sealed with the master key of the fingerprint %s, and %s is missing: %w", mark, cfg.MasterKeyFile, core.ErrOtherKey)
	case errors.Is(err, fs.ErrNotExist):
		key, err = pass.LoadMasterKey(cfg.MasterKeyFile)
	}
	if err == nil {
		err = core.CheckKey(key, mark)
	}
	if err != nil {
		return nil, err
	}
	return core.Guard(key)
}
