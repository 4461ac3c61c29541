package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// RestoreOptions change how a backup is restored.
type RestoreOptions struct {
	// NoManifest restores a copy that has no manifest, after a look at its pages and
	// its audit chain alone.
	NoManifest bool
	// Guard is that of the master key that the backup belongs to; an error keeps the
	// backup out.
	Guard GuardOf
	// Edited restores a backup with rows that were changed by hand all the same.
	Edited bool
}

// Restore puts a backup in the place of a SQLite database that is not in use.
// The backup must fit its manifest and be whole. What stood there is kept beside it
// as .replaced- with the time, under the name that is returned; nothing is
// overwritten. A restore that is cut short leaves the old database, or is finished
// when the database is opened next. The restored database is renewed: see Renew.
func Restore(ctx context.Context, backup, path string, o RestoreOptions) (kept string, err error) {
	if err := checkFolder(filepath.Dir(path)); err != nil {
		return "", err
	}
	if err := checkManifest(backup, o.NoManifest); err != nil {
		return "", err
	}
	if err := finishRestore(path); err != nil {
		return "", err
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return "", PlaceFault(path, err)
	}
	defer lock.Close()
	if err := clearParts(path); err != nil {
		return "", err
	}
	part, err := newPart(filepath.Dir(path), filepath.Base(path)+restoring)
	if err != nil {
		return "", PlaceFault(path, err)
	}
	stamp, err := prepare(ctx, backup, part, o)
	if err == nil {
		kept, err = replace(part, path, stamp)
	}
	if err != nil {
		return "", errors.Join(err, removeIfThere(part), removeSide(part))
	}
	return kept, nil
}

// restoring is in the name of a copy that is being prepared.
const restoring = ".restoring"

// clearParts removes what restores left that were cut short before their copy was
// ready.
func clearParts(path string) error {
	parts, err := beside(path, restoring+".")
	for _, part := range parts {
		err = errors.Join(err, os.Remove(part))
	}
	return err
}

// checkManifest refuses a backup that is not what its manifest says.
func checkManifest(backup string, without bool) error {
	if _, err := os.Stat(backup); err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	m, err := ReadManifest(backup + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		if without {
			return nil
		}
		return fmt.Errorf("the manifest %s.json, which was written beside the backup, is missing: copy both files together; if it is lost, "+
			"--no-manifest restores the backup after checking its pages, its audit log and its rows alone", backup)
	}
	if err != nil {
		return fmt.Errorf("read the manifest of the backup: %w", err)
	}
	sum, _, err := hashFile(backup)
	if err == nil && sum != m.SHA256 {
		err = errors.New("the backup does not fit its manifest: it was changed or damaged; use an older one")
	}
	return err
}

// prepare copies a backup into an empty file, with the log that a kept database may
// have beside it, checks the copy and renews it. It returns the time for names.
func prepare(ctx context.Context, backup, part string, o RestoreOptions) (stamp string, err error) {
	if _, err := lookAtFile(ctx, backup); err != nil {
		return "", fmt.Errorf("%s: %w", backup, err)
	}
	for _, side := range []string{"", "-wal"} {
		if err := copyFile(backup+side, part+side); err != nil && !(side != "" && errors.Is(err, fs.ErrNotExist)) {
			return "", fmt.Errorf("copy the backup: %w", err)
		}
	}
	db, err := openCopy(ctx, part)
	if err != nil {
		return "", err
	}
	err = db.judge(ctx, o)
	if err == nil {
		err = db.Write(ctx, func(tx *Tx) error { return tx.Renew(ctx, filepath.Base(backup)) })
	}
	err = errors.Join(err, db.Close())
	if err == nil {
		err = errors.Join(removeSide(part), syncFile(part))
	}
	return Stamp(db.Now()), err
}

// judge refuses a copy that belongs to another master key, is damaged, or was changed
// by hand.
func (db *DB) judge(ctx context.Context, o RestoreOptions) error {
	mark, err := db.KeyMark(ctx)
	if err != nil {
		return err
	}
	checked, err := db.checkWith(ctx, o.Guard, mark)
	switch {
	case err != nil:
		return err
	case !checked.Sound():
		return fmt.Errorf("the backup is not whole: audit line %d, %v", checked.AuditBroken, checked.Problems)
	case !checked.OK() && !o.Edited:
		return fmt.Errorf("rows of the backup were changed by hand: use an older one, or --edited to take it as it is. %v", checked.Edits)
	}
	return nil
}

// Renew marks a database that went back to an earlier state, from a backup of a name:
// a new epoch, so that gate phones notice and send again what it lacks, a new block of
// pass codes, so that no code is printed twice, and a line in the audit log, which
// goes on from where it stood then.
func (tx *Tx) Renew(ctx context.Context, from string) error {
	if _, err := tx.nextCodeBlock(ctx); err != nil {
		return err
	}
	raw := make([]byte, 4)
	rand.Read(raw)
	if err := tx.SaveSetting(ctx, "restore_epoch", hex.EncodeToString(raw)); err != nil {
		return err
	}
	head, err := tx.AuditHead(ctx)
	if err != nil {
		return err
	}
	return tx.Audit(ctx, registry.SystemActor("restore"), registry.Change{Action: RestoreAction, Object: "database",
		Detail: fact.Facts{fact.Said("backup", from), fact.Count("log_lines", head.Lines)}})
}

// restored ends the name of a copy that has been prepared and is to take the place
// of the database. From the moment that it has this name the restore goes on, even
// over a power cut.
const restored = ".restored-"

// sides are what SQLite keeps beside a database. They are moved first, so that a log
// never lies beside a database that it does not belong to.
var sides = []string{"-wal", "-shm", "-journal"}

// replace puts a prepared copy in the place of the database.
func replace(part, path, stamp string) (kept string, err error) {
	kept, err = freeName(path+".replaced-"+stamp, "")
	if err != nil {
		return "", err
	}
	if there, err := anyThere(path, append(sides, "")...); err != nil {
		return "", err
	} else if !there {
		return "", errors.Join(os.Rename(part, path), syncFolder(filepath.Dir(path)))
	}
	pending := path + restored + strings.TrimPrefix(kept, path+".replaced-")
	if err := errors.Join(os.Rename(part, pending), syncFolder(filepath.Dir(path))); err != nil {
		return "", err
	}
	return kept, swap(pending, path)
}

// swap keeps the database aside and moves the pending copy into its place. It can be
// done again from any point at which it was cut short, and at no point is the place
// empty.
func swap(pending, path string) error {
	kept := path + ".replaced-" + strings.TrimPrefix(pending, path+restored)
	for _, side := range sides {
		if err := os.Rename(path+side, kept+side); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("keep the log of the database that is replaced: %w", err)
		}
	}
	if err := secondName(path, kept); err != nil {
		return fmt.Errorf("keep the database that is replaced: %w", err)
	}
	return errors.Join(syncFolder(filepath.Dir(path)), os.Rename(pending, path), syncFolder(filepath.Dir(path)))
}

// secondName gives a file a second name, or moves it where a file can have but one.
func secondName(path, name string) error {
	err := os.Link(path, name)
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return os.Rename(path, name)
}

// finishRestore finishes a restore that was cut short.
func finishRestore(path string) error {
	pending, err := beside(path, restored)
	if err != nil || len(pending) == 0 {
		return err
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return PlaceFault(path, err)
	}
	defer lock.Close()
	if pending, err = beside(path, restored); err != nil || len(pending) == 0 {
		return err // somebody else has finished it
	}
	return swap(pending[0], path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
