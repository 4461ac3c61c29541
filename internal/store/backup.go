package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Checked is what a look over a whole database found.
type Checked struct {
	AuditLines  int64            `json:"audit_lines"`
	AuditBroken int64            `json:"audit_broken"` // first line that is not as written; 0: all well
	Problems    []string         `json:"problems"`     // of pages and references
	Rows        map[string]int64 `json:"rows"`
}

// OK reports whether nothing is wrong.
func (c Checked) OK() bool { return c.AuditBroken == 0 && len(c.Problems) == 0 }

// Manifest stands beside a backup and says what is in it.
type Manifest struct {
	File    string  `json:"file"`
	SHA256  string  `json:"sha256"`
	Bytes   int64   `json:"bytes"`
	MadeAt  int64   `json:"made_at"` // unix ms
	Checked Checked `json:"checked"`
}

// ErrNoBackup says that the engine brings its own tools for backups.
var ErrNoBackup = errors.New("backup and restore are for SQLite; use pg_dump and pg_restore for PostgreSQL")

// Check looks over the whole database: pages and references on SQLite, the audit
// chain and the counts of rows on both engines. It changes nothing.
func (db *DB) Check(ctx context.Context) (Checked, error) {
	var c Checked
	var err error
	if c.AuditLines, c.AuditBroken, err = db.CheckAudit(ctx); err != nil {
		return c, fmt.Errorf("check the audit log: %w", err)
	}
	err = db.Read(ctx, func(tx *Tx) error {
		if c.Rows, err = tx.rowCounts(ctx); err != nil || db.dialect.name != sqliteDialect.name {
			return err
		}
		pages, err := collect(ctx, tx, column[string], `PRAGMA integrity_check`)
		if err != nil {
			return err
		}
		if len(pages) != 1 || pages[0] != "ok" {
			c.Problems = append(c.Problems, pages...)
		}
		orphans, err := collect(ctx, tx, func(row scanner) (string, error) {
			var table, parent string
			var rowid, key any
			err := row.Scan(&table, &rowid, &parent, &key)
			return fmt.Sprintf("a row of %s refers to %s, which is not there", table, parent), err
		}, `PRAGMA foreign_key_check`)
		c.Problems = append(c.Problems, orphans...)
		return err
	})
	return c, err
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

// Backup copies the database, which goes on being used. See BackupFile.
func (db *DB) Backup(ctx context.Context, to string) (Manifest, error) {
	if db.path == "" {
		return Manifest{}, ErrNoBackup
	}
	return BackupFile(ctx, db.path, to)
}

// BackupFile copies a SQLite database that any process may be using, opens the
// copy, checks it, and only then gives it its name, with a manifest beside it. A
// copy that is not whole is an error and leaves nothing behind.
func BackupFile(ctx context.Context, path, to string) (Manifest, error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return Manifest{}, fmt.Errorf("make the backup folder: %w", err)
	}
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return Manifest{}, err
	}
	if err := vacuumInto(ctx, path, part); err != nil {
		return Manifest{}, fmt.Errorf("copy the database: %w", err)
	}
	m, err := manifestOf(ctx, part)
	if err == nil {
		m.File = filepath.Base(to)
		err = publish(part, to, m)
	}
	if err != nil {
		return Manifest{}, errors.Join(err, os.Remove(part))
	}
	return m, nil
}

// vacuumInto writes a copy as of one moment, on a connection of its own.
func vacuumInto(ctx context.Context, path, to string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	from, err := sql.Open("sqlite", fileAddress(path)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	if err = makePrivate(to); err == nil {
		_, err = from.ExecContext(ctx, `VACUUM INTO $1`, to)
	}
	return errors.Join(err, from.Close())
}

// manifestOf opens a copy, checks it and says what is in it.
func manifestOf(ctx context.Context, path string) (Manifest, error) {
	copied, err := openSQLite(ctx, path)
	if err != nil {
		return Manifest{}, fmt.Errorf("open the copy: %w", err)
	}
	checked, err := copied.Check(ctx)
	if err := errors.Join(err, copied.Close(), removeSide(path)); err != nil {
		return Manifest{}, fmt.Errorf("check the copy: %w", err)
	}
	if !checked.OK() {
		return Manifest{}, fmt.Errorf("the copy is not whole: audit line %d, %v", checked.AuditBroken, checked.Problems)
	}
	sum, size, err := hashFile(path)
	return Manifest{SHA256: sum, Bytes: size, MadeAt: time.Now().UnixMilli(), Checked: checked}, err
}

// removeSide removes the files that opening a database leaves beside it.
func removeSide(path string) error {
	for _, side := range []string{".lock", "-wal", "-shm"} {
		if err := os.Remove(path + side); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// publish makes a checked copy durable under its name.
func publish(part, to string, m Manifest) error {
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, to); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(to+".json", append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return errors.Join(syncFile(to+".json"), syncFolder(filepath.Dir(to)))
}

func hashFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// Restore puts a backup in the place of a SQLite database that is not in use.
// The backup must fit its manifest and be whole. What stood there is kept beside
// it as .replaced. The restored database gets a new epoch, so that gate phones
// notice and send again what it lacks, and a new block of pass codes, so that no
// code is printed twice.
func Restore(ctx context.Context, backup, path string) error {
	if err := checkManifest(backup); err != nil {
		return err
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return err
	}
	defer lock.Close()
	part := path + ".restoring"
	if err := copyFile(backup, part); err != nil {
		return fmt.Errorf("copy the backup: %w", err)
	}
	if err := renewEpoch(ctx, part); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	for _, side := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+side, path+".replaced"+side); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return errors.Join(os.Rename(part, path), syncFolder(filepath.Dir(path)))
}

func checkManifest(backup string) error {
	raw, err := os.ReadFile(backup + ".json")
	if err != nil {
		return fmt.Errorf("read the manifest of the backup: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("read the manifest of the backup: %w", err)
	}
	sum, _, err := hashFile(backup)
	if err == nil && sum != m.SHA256 {
		err = errors.New("the backup does not fit its manifest: it was changed or damaged; use an older one")
	}
	return err
}

// renewEpoch checks a copy that is about to be restored and gives it a new epoch.
func renewEpoch(ctx context.Context, path string) error {
	db, err := openSQLite(ctx, path)
	if err != nil {
		return err
	}
	checked, err := db.Check(ctx)
	if err == nil && !checked.OK() {
		err = fmt.Errorf("the backup is not whole: audit line %d, %v", checked.AuditBroken, checked.Problems)
	}
	if err == nil {
		err = db.Write(ctx, func(tx *Tx) error {
			raw := make([]byte, 4)
			rand.Read(raw)
			if _, err := tx.nextCodeBlock(ctx); err != nil {
				return err
			}
			return tx.SaveSetting(ctx, "restore_epoch", hex.EncodeToString(raw))
		})
	}
	return errors.Join(err, db.Close(), removeSide(path))
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
