package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered change of the schema: up only, one transaction.
type migration struct {
	version  int
	name     string
	text     string
	checksum string
}

func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []migration
	last := 0
	for _, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(strings.TrimPrefix(name, "migrations/"), ".sql")
		version, err := strconv.Atoi(base[:4])
		if err != nil || version <= last {
			return nil, fmt.Errorf("migration %s: want a number above %04d", name, last)
		}
		last = version
		sum := sha256.Sum256(text)
		all = append(all, migration{version, base, string(text), hex.EncodeToString(sum[:])})
	}
	return all, nil
}

// Migrate brings the schema up to this binary, one transaction a step. On
// SQLite a copy is made first when there is anything to lose. Calling it again
// does nothing; of two processes that call it at once, one waits for the other.
func (db *DB) Migrate(ctx context.Context) error {
	unlock, err := db.lockMigrations(ctx)
	if err != nil {
		return fmt.Errorf("wait for who migrates: %w", err)
	}
	return errors.Join(db.migrate(ctx), unlock())
}

func (db *DB) migrate(ctx context.Context) error {
	ran, err := lookInside(ctx, db.write, db.dialect)
	if err != nil && !errors.Is(err, ErrMissing) {
		return err
	}
	all, err := migrations()
	if err != nil || ran == len(all) {
		return err
	}
	if _, err := db.write.ExecContext(ctx, db.dialect.macros.Replace(`CREATE TABLE IF NOT EXISTS migrations (
		version {{int}} PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, ran_at {{int}} NOT NULL) {{strict}}`)); err != nil {
		return fmt.Errorf("migrations table: %w", err)
	}
	copied, err := db.copyBefore(ctx, ran)
	if err != nil {
		return fmt.Errorf("copy the database before migrating: %w", err)
	}
	for i, m := range all[ran:] {
		if err := db.Write(ctx, func(tx *Tx) error { return tx.migrate(ctx, m) }); err != nil {
			if i == 0 && copied != "" {
				err = errors.Join(err, os.Remove(copied)) // nothing changed: a start that fails again and again would fill the disk
			}
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

// migrationLock is the number of the lock that PostgreSQL keeps for who migrates.
const migrationLock = 0x686f6963686f // "hoicho"

// lockMigrations waits for others that migrate the same PostgreSQL database. A
// SQLite file has one process only.
func (db *DB) lockMigrations(ctx context.Context) (unlock func() error, err error) {
	if db.dialect.name == sqliteDialect.name {
		return func() error { return nil }, nil
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrationLock))
		return errors.Join(err, conn.Close())
	}, nil
}

// migrate runs one migration and notes it, in one transaction.
func (tx *Tx) migrate(ctx context.Context, m migration) error {
	for _, stmt := range statements(tx.dialect.macros.Replace(m.text)) {
		if _, err := tx.exec(ctx, stmt); err != nil {
			return fmt.Errorf("%w in %s", err, stmt)
		}
	}
	_, err := tx.exec(ctx, `INSERT INTO migrations (version, name, checksum, ran_at) VALUES ($1, $2, $3, $4)`,
		m.version, m.name, m.checksum, tx.NowMS())
	return err
}

// statements cuts a migration at the semicolons that end a line, because
// PostgreSQL takes one statement at a time.
func statements(text string) []string {
	var out []string
	for stmt := range strings.SplitSeq(text, ";\n") {
		if stmt = strings.TrimSpace(stmt); stmt != "" {
			out = append(out, stmt)
		}
	}
	return out
}

// ranMigrations returns the checksums of the migrations that ran, in order.
func ranMigrations(ctx context.Context, pool *sql.DB) ([]string, error) {
	rows, err := pool.QueryContext(ctx, `SELECT checksum FROM migrations ORDER BY version`)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	defer rows.Close()
	var sums []string
	for rows.Next() {
		var sum string
		if err := rows.Scan(&sum); err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, rows.Err()
}

// copyBefore copies a SQLite database that has data next to itself, under a name
// with the time, and returns the name. A copy that has its name is whole.
func (db *DB) copyBefore(ctx context.Context, ran int) (copied string, err error) {
	if db.path == "" || ran == 0 {
		return "", nil
	}
	part, err := newPart(filepath.Dir(db.path), filepath.Base(db.path)+".before")
	if err != nil {
		return "", err
	}
	if err = vacuumInto(ctx, db.path, part); err == nil {
		err = syncFile(part)
	}
	if err == nil {
		copied, err = db.nameCopy(part, fmt.Sprintf("%s.before-%04d-%s", db.path, ran+1, Stamp(db.Now())))
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(part))
	}
	return copied, nil
}

func (db *DB) nameCopy(part, name string) (string, error) {
	name, err := freeName(name, "")
	if err != nil {
		return "", err
	}
	return name, errors.Join(os.Rename(part, name), syncFolder(filepath.Dir(name)))
}
