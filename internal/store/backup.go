package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"hoicho/internal/registry"
)

// Checked is what a look over a whole database found.
type Checked struct {
	AuditLines  int64            `json:"audit_lines"`
	AuditBroken int64            `json:"audit_broken"` // first line that is not as written; 0: all well
	Problems    []string         `json:"problems"`     // of pages and references
	Edits       []Edit           `json:"edits"`        // what was changed past the program
	Keyed       bool             `json:"keyed"`        // looked at with the master key: else nobody knows of edits
	Rows        map[string]int64 `json:"rows"`

	Head registry.AuditHead `json:"head"` // of the audit log
}

// OK reports whether nothing is wrong.
func (c Checked) OK() bool { return c.Sound() && len(c.Edits) == 0 }

// Sound reports whether pages, references and the audit log are whole.
func (c Checked) Sound() bool { return c.AuditBroken == 0 && len(c.Problems) == 0 }

// Manifest stands beside a backup and says what is in it.
type Manifest struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	MadeAt int64  `json:"made_at"` // unix ms
	// CurrentAt is when it was seen last that the database had not changed since the
	// copy, unix ms; 0 in manifests of older versions.
	CurrentAt int64   `json:"current_at,omitempty"`
	Key       string  `json:"key"` // fingerprint of the master key that belongs to it; "": none yet
	Checked   Checked `json:"checked"`
}

// ErrNoBackup says that the engine brings its own tools for backups.
var ErrNoBackup = errors.New("backup and restore are for SQLite; use pg_dump and pg_restore for PostgreSQL, and then hoicho restored")

// Check looks over the whole database: pages and references on SQLite, the audit
// chain, the marks of the rows and the counts of rows on both engines. It changes
// nothing. Without a guard the marks are not looked at.
func (db *DB) Check(ctx context.Context) (c Checked, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		c, err = tx.check(ctx)
		return err
	})
	return c, err
}

func (tx *Tx) check(ctx context.Context) (c Checked, err error) {
	if c.AuditLines, c.AuditBroken, err = tx.checkAudit(ctx); err != nil {
		return c, fmt.Errorf("check the audit log: %w", err)
	}
	if c.Head, err = tx.AuditHead(ctx); err != nil {
		return c, err
	}
	if c.Rows, err = tx.rowCounts(ctx); err != nil {
		return c, err
	}
	if tx.guard != nil {
		c.Keyed = true
		if c.Edits, err = tx.checkMarks(ctx); err != nil {
			return c, err
		}
	}
	if tx.dialect.name == sqliteDialect.name {
		c.Problems, err = tx.checkFile(ctx)
	}
	return c, err
}

// checkFile looks at the pages and references of a SQLite file.
func (tx *Tx) checkFile(ctx context.Context) (problems []string, err error) {
	pages, err := collect(ctx, tx, column[string], `PRAGMA integrity_check`)
	if err != nil {
		return nil, err
	}
	if len(pages) != 1 || pages[0] != "ok" {
		problems = append(problems, pages...)
	}
	orphans, err := collect(ctx, tx, func(row scanner) (string, error) {
		var table, parent string
		var rowid, key any
		err := row.Scan(&table, &rowid, &parent, &key)
		return fmt.Sprintf("a row of %s refers to %s, which is not there", table, parent), err
	}, `PRAGMA foreign_key_check`)
	return append(problems, orphans...), err
}

// countedTables are those whose sizes a check tells.
var countedTables = []string{"accounts", "events", "vendors", "products", "applications", "booths", "passes", "scans", "counts", "taps", "audit", "files", "outbox"}

func (tx *Tx) rowCounts(ctx context.Context) (map[string]int64, error) {
	counts := map[string]int64{}
	for _, table := range countedTables {
		n, err := tx.count(ctx, "SELECT count(*) FROM "+table)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", table, err)
		}
		counts[table] = int64(n)
	}
	return counts, nil
}

// Place is where a backup goes.
type Place struct {
	Dir    string    // folder, made if it is not there
	Name   string    // of the file; a name that is taken is refused
	Prefix string    // without a name: it begins so and goes on with the time
	Now    time.Time // the time for the name
}

// At is the place of a given path: a folder, or a file that is not there yet.
func At(path, prefix string, now time.Time) Place {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return Place{Dir: path, Prefix: prefix, Now: now}
	}
	return Place{Dir: filepath.Dir(path), Name: filepath.Base(path)}
}

// file returns the path of the backup.
func (p Place) file() (string, error) {
	if p.Name == "" {
		return freeName(filepath.Join(p.Dir, p.Prefix+Stamp(p.Now)), ".db")
	}
	to := filepath.Join(p.Dir, p.Name)
	if taken, err := anyThere(to, "", ".json", "-wal"); err != nil || taken {
		return "", errors.Join(err, fmt.Errorf("%s or its manifest is there already, and a backup overwrites nothing: choose another name", to))
	}
	return to, nil
}

// Backup copies the database, which goes on being used, to a path that is not
// there yet. See BackupFile.
func (db *DB) Backup(ctx context.Context, to string) (Manifest, error) {
	return db.BackupTo(ctx, Place{Dir: filepath.Dir(to), Name: filepath.Base(to)})
}

// BackupTo is Backup for a place. It copies and checks at a calm pace, so that whoever
// waits at a gate is served first.
func (db *DB) BackupTo(ctx context.Context, to Place) (Manifest, error) {
	if db.path == "" {
		return Manifest{}, ErrNoBackup
	}
	pace := newCalm()
	return to.take(ctx, db.path, pace, func(part string) error { return db.copyLive(ctx, part, pace) },
		func(string) (*Guard, error) { return db.guard.Load(), nil })
}

// BackupFile copies a SQLite database that any process may be using, opens the
// copy, checks it, and only then gives it its name, with a manifest beside it. It
// overwrites nothing. A copy that is not whole is an error and leaves nothing
// behind; one with rows that were changed by hand is kept, and its manifest says so.
// Without a guard nobody looks for such; it is told the fingerprint of the master key.
// A disk without room for the copy is Unavailable, before anything is written.
func BackupFile(ctx context.Context, path string, to Place, guard GuardOf) (Manifest, error) {
	if err := checkFolder(filepath.Dir(path)); err != nil {
		return Manifest{}, err
	}
	if err := finishRestore(path); err != nil {
		return Manifest{}, err
	}
	if _, err := lookAtFile(ctx, path); err != nil {
		return Manifest{}, PlaceFault(path, err)
	}
	return to.take(ctx, path, nil, func(part string) error { return vacuumInto(ctx, path, part) }, guard)
}

// take makes a copy of the database of a path with copying, checks it and publishes it.
func (p Place) take(ctx context.Context, path string, pace *calm, copying func(part string) error, guard GuardOf) (Manifest, error) {
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return Manifest{}, fmt.Errorf("make the backup folder: %w", err)
	}
	file, err := p.file()
	if err != nil {
		return Manifest{}, err
	}
	if err := roomFor(path, p.Dir); err != nil {
		return Manifest{}, err
	}
	part, err := newPart(p.Dir, filepath.Base(file))
	if err != nil {
		return Manifest{}, fmt.Errorf("write into the backup folder: %w", err)
	}
	var m Manifest
	if err = copying(part); err != nil {
		err = fmt.Errorf("copy the database: %w", err)
	} else if m, err = manifestOf(ctx, part, pace, guard); err == nil {
		m.File, err = p.publish(part, m)
	}
	if err != nil {
		return Manifest{}, errors.Join(err, removeIfThere(part), removeSide(part))
	}
	return m, nil
}

// vacuumInto writes a copy as of one moment, on a connection of its own, into an
// empty file.
func vacuumInto(ctx context.Context, path, to string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	from, err := sql.Open("sqlite", fileAddress(path)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	_, err = from.ExecContext(ctx, `VACUUM INTO $1`, to)
	return errors.Join(err, from.Close())
}

// manifestOf opens a copy, checks it at a pace and says what is in it.
func manifestOf(ctx context.Context, path string, pace *calm, guard GuardOf) (Manifest, error) {
	copied, shut, err := openToCheck(ctx, path, pace)
	if err != nil {
		return Manifest{}, fmt.Errorf("open the copy: %w", err)
	}
	now := copied.Now()
	key, err := copied.KeyMark(ctx)
	var checked Checked
	if err == nil {
		checked, err = copied.checkWith(ctx, guard, key)
	}
	if err := errors.Join(err, shut()); err != nil {
		return Manifest{}, fmt.Errorf("check the copy: %w", err)
	}
	if !checked.Sound() {
		return Manifest{}, fmt.Errorf("the copy is not whole: audit line %d, %v", checked.AuditBroken, checked.Problems)
	}
	sum, size, err := hashCalmly(ctx, path, pace)
	return Manifest{SHA256: sum, Bytes: size, MadeAt: now.UnixMilli(), CurrentAt: now.UnixMilli(), Checked: checked, Key: key}, err
}

// checkWith is Check with the guard of a master key, by its fingerprint.
func (db *DB) checkWith(ctx context.Context, guard GuardOf, key string) (Checked, error) {
	g, err := guard(key)
	if err != nil {
		return Checked{}, err
	}
	db.SetGuard(g)
	return db.Check(ctx)
}

// publish makes a checked copy durable under its name and returns the name. The
// manifest comes first: who has made it has the name.
func (p Place) publish(part string, m Manifest) (name string, err error) {
	if err := syncFile(part); err != nil {
		return "", err
	}
	for {
		file, err := p.file()
		if err != nil {
			return "", err
		}
		m.File = filepath.Base(file)
		if err = writeManifest(file+".json", m); errors.Is(err, fs.ErrExist) && p.Name == "" {
			continue // another backup of the same second was quicker
		} else if err != nil {
			return "", err
		}
		if err := os.Rename(part, file); err != nil {
			return "", errors.Join(err, os.Remove(file+".json"))
		}
		return m.File, syncFolder(p.Dir)
	}
}

// writeManifest writes a manifest that is not there yet.
func writeManifest(path string, m Manifest) error {
	raw, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(raw, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

func hashFile(path string) (sum string, size int64, err error) {
	return hashCalmly(context.Background(), path, nil)
}

func hashCalmly(ctx context.Context, path string, pace *calm) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(struct{ io.Writer }{h}, struct{ io.Reader }{calmFile{f, ctx, pace}})
	return hex.EncodeToString(h.Sum(nil)), size, err
}
