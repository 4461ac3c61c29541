package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"hoicho/internal/store"
)

// backupCmd copies the database, which a running server may go on using.
type backupCmd struct {
	dbFlag
	To string `arg:"" optional:"" help:"File to write; default backup/hoicho-DATE-TIME.db beside the database."`
}

// Run writes a checked copy and its manifest.
func (cmd *backupCmd) Run(e *env) error {
	location, err := cmd.location()
	if err != nil {
		return err
	}
	if store.IsPostgres(location) {
		return store.ErrNoBackup
	}
	to := cmd.To
	if to == "" {
		to = filepath.Join(filepath.Dir(location), "backup", "hoicho-"+time.Now().Format("20060102-150405")+".db")
	}
	m, err := store.BackupFile(e.ctx, location, to)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s: %d bytes, %d audit lines checked, sha256 %s\n", to, m.Bytes, m.Checked.AuditLines, m.SHA256)
	return nil
}

// open opens the database of a command.
func (f dbFlag) open(e *env) (*store.DB, error) {
	location, err := f.location()
	if err != nil {
		return nil, err
	}
	return openMigrated(e.ctx, location)
}

// restoreCmd puts a backup in the place of the database.
type restoreCmd struct {
	dbFlag
	From string `arg:"" help:"Backup to restore; its manifest must stand beside it."`
}

// Run restores. What stood there is kept as .replaced.
func (cmd *restoreCmd) Run(e *env) error {
	location, err := cmd.location()
	if err != nil {
		return err
	}
	if store.IsPostgres(location) {
		return store.ErrNoBackup
	}
	if err := store.Restore(e.ctx, cmd.From, location); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s restored from %s; the database that stood there is kept as %s.replaced\n", location, cmd.From, location)
	return nil
}

// checkCmd looks over the whole database.
type checkCmd struct{ dbFlag }

// Run prints what was checked; anything wrong is an error.
func (cmd *checkCmd) Run(e *env) error {
	db, err := cmd.open(e)
	if err != nil {
		return err
	}
	c, err := db.Check(e.ctx)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	for table, n := range c.Rows {
		fmt.Fprintf(e.out, "%-14s %d\n", table, n)
	}
	for _, p := range c.Problems {
		fmt.Fprintln(e.out, "problem:", p)
	}
	if c.AuditBroken > 0 {
		fmt.Fprintf(e.out, "problem: the audit log was changed from line %d on\n", c.AuditBroken)
	}
	if !c.OK() {
		return errors.New("the database is damaged or was changed by hand; restore a backup made before")
	}
	fmt.Fprintf(e.out, "all well: %d audit lines form one chain\n", c.AuditLines)
	return nil
}
