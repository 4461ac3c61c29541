package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"hoicho/internal/app"
	"hoicho/internal/config"
	"hoicho/internal/store"
)

// backupCmd copies the database, which a running server may go on using.
type backupCmd struct {
	dbFlag
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
	m, err := store.BackupFile(e.ctx, location, to)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s: %d bytes, %d audit lines checked, sha256 %s, master key %s\n",
		filepath.Join(to.Dir, m.File), m.Bytes, m.Checked.AuditLines, m.SHA256, m.Key)
	return nil
}

// restoreCmd puts a backup in the place of the database.
type restoreCmd struct {
	dbFlag
	keyFlag
	NoManifest bool   `name:"no-manifest" help:"Restore a copy without a manifest, such as a kept .replaced- one, after checking its pages and its audit log alone."`
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
	kept, err := store.Restore(e.ctx, cmd.From, location, store.RestoreOptions{NoManifest: cmd.NoManifest,
		Key: func(mark string) error { return fits(cfg, mark) }})
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
		err = db.Write(e.ctx, func(tx *store.Tx) error { return tx.Renew(e.ctx) })
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	fmt.Fprintln(e.out, "gate phones will send again what this database lacks, and new passes get codes of a block that was not used before")
	return nil
}

// fits reports whether the master key at hand is the one of a backup.
func fits(cfg config.Config, mark string) error {
	if mark == "" {
		return nil
	}
	key, err := readKey(cfg)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the backup is sealed with the master key of the fingerprint %s, and %s is missing: %w", mark, cfg.MasterKeyFile, app.ErrOtherKey)
	}
	if err != nil {
		return err
	}
	return app.CheckKey(key, mark)
}

// checkCmd looks over the whole database, beside a running server too: see order.
type checkCmd struct{ keyedFlag }

// Run prints what was checked; anything wrong is an error.
func (cmd *checkCmd) Run(e *env) error { return cmd.with(e, "check-db", &checkDB{}) }

// checkDB asks for a look over the database.
type checkDB struct{}

func (*checkDB) do(ctx context.Context, a *app.App, out io.Writer) error {
	c, err := a.DB.Check(ctx)
	if err != nil {
		return err
	}
	for _, table := range slices.Sorted(maps.Keys(c.Rows)) {
		fmt.Fprintf(out, "%-14s %d\n", table, c.Rows[table])
	}
	for _, p := range c.Problems {
		fmt.Fprintln(out, "problem:", p)
	}
	if c.AuditBroken > 0 {
		fmt.Fprintf(out, "problem: the audit log was changed from line %d on\n", c.AuditBroken)
	}
	if !c.OK() {
		return errors.New("the database is damaged or was changed by hand; restore a backup made before")
	}
	fmt.Fprintf(out, "all well: %d audit lines form one chain\n", c.AuditLines)
	return nil
}
