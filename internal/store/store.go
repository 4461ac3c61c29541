package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// DB is an open database. On SQLite it holds one writer connection and a few
// readers; on PostgreSQL both are the same pool.
type DB struct {
	// Now tells the time of a transaction. Tests set it.
	Now func() time.Time

	dialect dialect
	write   *sql.DB
	read    *sql.DB
	path    string   // of the SQLite file, else ""
	lock    *os.File // held while the SQLite file is open
	changes atomic.Int64
	closed  atomic.Bool

	prepared map[*sql.DB]*prepared // by pool, on SQLite
}

// readers is how many SQLite connections read side by side.
const readers = 6

// Open opens the database at a location: a file path for SQLite, or a
// postgres:// address. It migrates nothing. A SQLite file is locked against a
// second process and refused on a network file system.
func Open(ctx context.Context, location string) (*DB, error) {
	if IsPostgres(location) {
		return openPostgres(ctx, location)
	}
	return openSQLite(ctx, location)
}

// IsPostgres reports whether a location names a PostgreSQL database.
func IsPostgres(location string) bool {
	return strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://")
}

func openPostgres(ctx context.Context, url string) (*DB, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the PostgreSQL address: %w", err)
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(8)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to PostgreSQL: %w", err), pool.Close())
	}
	return &DB{Now: time.Now, dialect: postgresDialect, write: pool, read: pool}, nil
}

func init() {
	// Without this any open and close of the file elsewhere in the process
	// drops the locks that SQLite holds on it.
	sqlite.OFDLocking(true)
}

func openSQLite(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the database folder: %w", err)
	}
	if err := refuseNetworkFS(filepath.Dir(path)); err != nil {
		return nil, err
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, err
	}
	if err := makePrivate(path); err != nil {
		return nil, errors.Join(fmt.Errorf("make the database: %w", err), lock.Close())
	}
	db := &DB{Now: time.Now, dialect: sqliteDialect, path: path, lock: lock}
	if err := db.openPools(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openPools opens the writer and the readers. Every pragma is in the address,
// busy_timeout first, because a pragma sent by Exec reaches one connection only.
// A database of a newer binary is refused before the writer touches the file.
func (db *DB) openPools(ctx context.Context) error {
	if err := db.refuseNewer(ctx); err != nil {
		return err
	}
	base := fileAddress(db.path) + "?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)" +
		"&_pragma=trusted_schema(0)"
	var err error
	if db.write, err = sql.Open("sqlite", base+"&_txlock=immediate&_pragma=journal_mode(wal)&_pragma=synchronous(full)"+
		"&_pragma=journal_size_limit(67108864)&_pragma=cache_size(-16000)"); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.PingContext(ctx); err != nil {
		return fmt.Errorf("open the database %s: %w", db.path, err)
	}
	if db.read, err = sql.Open("sqlite", base+"&_txlock=deferred&_pragma=query_only(1)&_pragma=cache_size(-4000)"); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.prepared = map[*sql.DB]*prepared{db.write: newPrepared(), db.read: newPrepared()}
	return nil
}

// refuseNewer looks at an existing SQLite file without changing it.
func (db *DB) refuseNewer(ctx context.Context) error {
	if info, err := os.Stat(db.path); err != nil || info.Size() == 0 {
		return nil
	}
	peek, err := sql.Open("sqlite", fileAddress(db.path)+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer peek.Close()
	return refuseNewer(ctx, peek, sqliteDialect)
}

// fileAddress is the address of a SQLite file, to which parameters are added. The
// path is absolute; one with a drive letter becomes file:///C:/….
func fileAddress(path string) string {
	slashed := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
	if filepath.VolumeName(path) != "" {
		slashed = "///" + slashed
	}
	return "file:" + slashed
}

// Engine names the engine: "sqlite" or "postgres".
func (db *DB) Engine() string { return db.dialect.name }

// Path is the SQLite file, or "" on PostgreSQL.
func (db *DB) Path() string { return db.path }

// Changes counts the transactions of this process that changed what people see.
// Cached pages are dropped when it moves.
func (db *DB) Changes() int64 { return db.changes.Load() }

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Close finishes: on SQLite the WAL is folded into the file, then the lock goes.
// Closing again does nothing.
func (db *DB) Close() error {
	if db.closed.Swap(true) {
		return nil
	}
	var errs []error
	if db.read != nil {
		errs = append(errs, db.read.Close())
	}
	if db.write != nil && db.write != db.read {
		if _, err := db.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			errs = append(errs, err)
		}
		errs = append(errs, db.write.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	return errors.Join(errs...)
}

// LimitPages bounds a SQLite database to a number of pages, at least those it has;
// writes beyond are Unavailable, as on a full disk. It lasts until the database is
// closed.
func (db *DB) LimitPages(ctx context.Context, pages int64) error {
	_, err := db.write.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}
