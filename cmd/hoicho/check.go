package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// checkCmd looks over the whole database, beside a running server too: see order.
type checkCmd struct {
	keyedFlag
	checkDB
}

// Run prints what was checked; anything wrong is an error.
func (cmd *checkCmd) Run(e *env) error {
	for _, text := range cmd.Head {
		if _, err := registry.ParseAuditHead(text); err != nil {
			return usageError{fmt.Errorf("--head %s: %w", text, err)}
		}
	}
	if cmd.Backups != "" {
		path, err := filepath.Abs(cmd.Backups) // a running server stands in another folder
		if err != nil {
			return err
		}
		cmd.Backups = path
	}
	return cmd.with(e, "check-db", &cmd.checkDB)
}

// checkDB asks for a look over the database.
type checkDB struct {
	Head    []string `placeholder:"N:HEX" sep:"none" help:"A head of the audit log that was written down outside: by a backup, in the server's log or on a result report. The log must hold it still. May be given several times."`
	Backups string   `placeholder:"FOLDER" help:"Folder of backups whose manifests the audit log must bear out; default the folder backup beside a SQLite database."`
	Accept  string   `placeholder:"REASON" help:"Take rows that were changed by hand as they are from now on. The reason and the rows are noted in the audit log."`
}

func (o *checkDB) do(ctx context.Context, a *app.App, out io.Writer) error {
	if o.Accept != "" {
		edits, err := a.DB.AcceptEdits(ctx, o.Accept)
		if err != nil {
			return err
		}
		for _, edit := range edits {
			fmt.Fprintln(out, "accepted:", edit)
		}
	}
	c, err := a.DB.Check(ctx)
	if err != nil {
		return err
	}
	for _, table := range slices.Sorted(maps.Keys(c.Rows)) {
		fmt.Fprintf(out, "%-14s %d\n", table, c.Rows[table])
	}
	whole, err := o.outside(ctx, a.DB, out)
	if err != nil {
		return err
	}
	if !tell(out, c) || !whole {
		return errors.New("the database is damaged or was changed by hand; restore a backup made before")
	}
	fmt.Fprintf(out, "all well: %d audit lines form one chain, and every row that bears a mark is as it was written\nhead of the audit log: %s\n", c.AuditLines, c.Head)
	return nil
}

// witnesses are the heads that were written down elsewhere: those that were given and
// those in the manifests of backups.
func (o *checkDB) witnesses(ctx context.Context, db *store.DB, out io.Writer) (all []store.Witness, err error) {
	for _, text := range o.Head {
		head, err := registry.ParseAuditHead(text)
		if err != nil {
			return nil, err
		}
		all = append(all, store.Witness{Name: "--head " + text, Head: head})
	}
	dir := o.Backups
	if dir == "" && db.Path() != "" {
		dir = filepath.Join(filepath.Dir(db.Path()), "backup")
	}
	if dir == "" {
		return all, nil
	}
	key, err := db.KeyMark(ctx)
	if err != nil {
		return nil, err
	}
	heads, strange, err := store.ManifestHeads(dir, key)
	for _, s := range strange {
		fmt.Fprintln(out, "no manifest of a backup:", s)
	}
	return append(all, heads...), err
}

// tell prints what is wrong with a database and reports whether nothing is.
func tell(out io.Writer, c store.Checked) (well bool) {
	for _, p := range c.Problems {
		fmt.Fprintln(out, "problem:", p)
	}
	for _, edit := range c.Edits {
		fmt.Fprintln(out, "problem:", edit)
	}
	if c.AuditBroken > 0 {
		fmt.Fprintf(out, "problem: the audit log was changed from line %d on\n", c.AuditBroken)
	}
	return c.OK()
}

// outside holds the audit log against the heads that were written down elsewhere and
// reports whether it bears them all out.
func (o *checkDB) outside(ctx context.Context, db *store.DB, out io.Writer) (whole bool, err error) {
	witnesses, err := o.witnesses(ctx, db, out)
	if err != nil {
		return false, err
	}
	lacks, err := db.Lacking(ctx, witnesses)
	if err != nil {
		return false, err
	}
	whole = true
	for _, l := range lacks {
		if l.Restored > 0 {
			fmt.Fprintf(out, "note: %s was written at %s, before the restore that line %d of the log tells of: %s is in the log that was replaced\n",
				l.Name, time.UnixMilli(l.At).UTC().Format(time.RFC3339), l.Restored, l.Head)
			continue
		}
		whole = false
		fmt.Fprintf(out, "problem: %s: the audit log does not hold this head any more: it was cut off or exchanged, or the whole database was put back to before line %d\n",
			l.Name, l.Head.Lines)
	}
	fmt.Fprintf(out, "heads of the audit log written down outside: %d, of them in the log: %d\n", len(witnesses), len(witnesses)-len(lacks))
	return whole, nil
}
