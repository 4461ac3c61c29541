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

// ErrNewer says that the database was made by a newer hoicho.
var ErrNewer = errors.New("the database was made by a newer hoicho; install that version or restore a backup made by this one. Nothing was changed")

func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []migration
	for i, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(strings.TrimPrefix(name, "migrations/"), ".sql")
		version, err := strconv.Atoi(base[:4])
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("migration %s: want number %04d", name, i+1)
		}
		sum := sha256.Sum256(text)
		all = append(all, migration{version, base, string(text), hex.EncodeToString(sum[:])})
	}
	return all, nil
}

// Migrate brings the schema up to this binary, one transaction a step. On
// SQLite a backup is taken first when there is anything to lose. A migration
// that was changed after it ran is an error. Calling it again does nothing.
func (db *DB) Migrate(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	if _, err := db.write.ExecContext(ctx, db.dialect.macros.Replace(`CREATE TABLE IF NOT EXISTS migrations (
		version {{int}} PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, ran_at {{int}} NOT NULL) {{strict}}`)); err != nil {
		return fmt.Errorf("migrations table: %w", err)
	}
	done, err := ranMigrations(ctx, db.write)
	if err != nil {
		return err
	}
	if len(done) > len(all) {
		return ErrNewer
	}
	for i, sum := range done {
		if sum != all[i].checksum {
			return fmt.Errorf("migration %s was changed after it ran", all[i].name)
		}
	}
	if len(done) == len(all) {
		return nil
	}
	if err := db.backupBefore(ctx, len(done)); err != nil {
		return err
	}
	for _, m := range all[len(done):] {
		if err := db.Write(ctx, func(tx *Tx) error { return tx.migrate(ctx, m) }); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
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

// refuseNewer returns ErrNewer if the database ran more migrations than this
// binary knows. A database without a migrations table is new.
func refuseNewer(ctx context.Context, pool *sql.DB, d dialect) error {
	query := `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`
	if d.name == postgresDialect.name {
		query = `SELECT count(*) FROM information_schema.tables WHERE table_name = 'migrations' AND table_schema = current_schema()`
	}
	var n int
	if err := pool.QueryRowContext(ctx, query).Scan(&n); err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	if n == 0 {
		return nil
	}
	done, err := ranMigrations(ctx, pool)
	if err != nil {
		return err
	}
	all, err := migrations()
	if err == nil && len(done) > len(all) {
		return ErrNewer
	}
	return err
}

// backupBefore copies a SQLite database that has data, next to itself. A copy
// that has its name is whole.
func (db *DB) backupBefore(ctx context.Context, version int) error {
	if db.path == "" || version == 0 {
		return nil
	}
	to := fmt.Sprintf("%s.before-%04d", db.path, version+1)
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	err := vacuumInto(ctx, db.path, part)
	if err == nil {
		err = os.Rename(part, to)
	}
	if err != nil {
		return fmt.Errorf("back up before migrating: %w", err)
	}
	return nil
}
