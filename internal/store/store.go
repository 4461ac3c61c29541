package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"

	"hoicho/internal/store/changes"
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
	made    bool     // the SQLite file was not there before
	log     changes.Log
	aside   atomic.Int64 // rows written that no backup is made for
	asked   atomic.Int64 // statements
	closed  atomic.Bool
	guard   atomic.Pointer[Guard]

	prepared map[*sql.DB]*prepared // by pool, on SQLite
	keys     shortKeys
	room     room
	pulse    *pulse // of a PostgreSQL server, else nil
}

// readers is how many SQLite connections read side by side.
const readers = 6

// Open opens the database at a location: a file path for SQLite, or a
// postgres:// address. It makes none and migrates nothing: see ErrMissing,
// ErrForeign, ErrNewer and ErrUnreleased. A SQLite file is locked against a second
// process and refused on a network file system.
func Open(ctx context.Context, location string) (*DB, error) { return open(ctx, location, false) }

// Create opens the database at a location like Open and brings it to this version.
// Where there is none it makes one, in a folder that must exist; when that fails,
// nothing of it is left.
func Create(ctx context.Context, location string) (*DB, error) {
	db, err := open(ctx, location, true)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		if db.path != "" {
			err = PlaceFault(db.path, err)
		}
		return nil, errors.Join(err, db.Discard())
	}
	return db, nil
}

func open(ctx context.Context, location string, making bool) (*DB, error) {
	if err := CheckLocation(location); err != nil {
		return nil, err
	}
	if IsPostgres(location) {
		return openPostgres(ctx, lowerScheme(location), making)
	}
	path, err := filepath.Abs(location)
	if err != nil {
		return nil, err
	}
	return openSQLite(ctx, path, making)
}

func openPostgres(ctx context.Context, url string, making bool) (*DB, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the PostgreSQL address: %w", err)
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 5 * time.Second
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(8)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to PostgreSQL: %w", err), pool.Close())
	}
	if _, err := lookInside(ctx, pool, postgresDialect); err != nil && !(making && errors.Is(err, ErrMissing)) {
		return nil, errors.Join(fmt.Errorf("the PostgreSQL database %s: %w", cfg.Database, err), pool.Close())
	}
	return &DB{Now: SystemClock, dialect: postgresDialect, write: pool, read: pool, pulse: newPulse(stdlib.OpenDB(*cfg))}, nil
}

// SystemClock is the machine's clock, the one that the whole product goes by:
// DB.Now until a test sets another. What has no database yet asks it directly.
var SystemClock = time.Now

func init() {
	// Without this any open and close of the file elsewhere in the process
	// drops the locks that SQLite holds on it.
	sqlite.OFDLocking(true)
}

// openSQLite opens a file. A restore that was cut short is finished first.
func openSQLite(ctx context.Context, path string, making bool) (*DB, error) {
	if err := checkFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if making {
		if err := checkPlace(path); err != nil {
			return nil, err
		}
	}
	if err := finishRestore(path); err != nil {
		return nil, err
	}
	if _, err := lookAtFile(ctx, path); err != nil && !(making && errors.Is(err, ErrMissing)) {
		return nil, PlaceFault(path, err)
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, PlaceFault(path, err)
	}
	db := &DB{Now: SystemClock, dialect: sqliteDialect, path: path, lock: lock, made: !hasContent(path)}
	if err := makePrivate(path); err != nil {
		return nil, errors.Join(PlaceFault(path, err), db.Discard())
	}
	if db.made {
		if err := setPages(ctx, path); err != nil {
			return nil, errors.Join(PlaceFault(path, err), db.Discard())
		}
	}
	if err := db.openPools(ctx); err != nil {
		return nil, errors.Join(PlaceFault(path, err), db.Discard())
	}
	return db, nil
}

// pageBytes is the size of a page of a new SQLite file. A scan changes a page here and one
// there: where its pass is, and what its pass did. The log takes each of them whole, so
// small pages make it a fraction of what it is with SQLite's own 4,096.
const pageBytes = 1024

// setPages gives an empty file its size of pages: it cannot be changed once the file has one.
func setPages(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", fileAddress(path)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, "PRAGMA page_size = "+strconv.Itoa(pageBytes))
	if err == nil {
		_, err = db.ExecContext(ctx, "PRAGMA journal_mode = wal")
	}
	return errors.Join(err, db.Close())
}

// openCopy opens a file that nobody else knows of, without a lock.
func openCopy(ctx context.Context, path string) (*DB, error) {
	db := &DB{Now: SystemClock, dialect: sqliteDialect, path: path}
	if err := db.openPools(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openPools opens the writer and the readers. Every pragma is in the address,
// busy_timeout first, because a pragma sent by Exec reaches one connection only.
func (db *DB) openPools(ctx context.Context) error {
	base := fileAddress(db.path) + "?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)" +
		"&_pragma=trusted_schema(0)"
	var err error
	if db.write, err = sql.Open("sqlite", base+"&_txlock=immediate&_pragma=journal_mode(wal)&_pragma=synchronous(full)"+
		"&_pragma=journal_size_limit(67108864)&_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-16000)"); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.PingContext(ctx); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if db.read, err = sql.Open("sqlite", base+"&_txlock=deferred&_pragma=query_only(1)&_pragma=cache_size(-4000)"); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.prepared = map[*sql.DB]*prepared{db.write: newPrepared(), db.read: newPrepared()}
	return nil
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
func (db *DB) Changes() int64 { return db.log.Seen() }

// ChangesOf is a number that rises when a transaction of this process changes what people
// see of these tables: see Tables.
func (db *DB) ChangesOf(tables changes.Set) int64 { return db.log.SeenOf(tables) }

// Tables is the set of the tables with these names. One that is none panics.
func Tables(names ...string) changes.Set { return schema().Set(names...) }

// Kept returns a context under which something to be kept ready is made from the database,
// and its basis, which knows when that has changed in this process.
func (db *DB) Kept(ctx context.Context) (context.Context, *changes.Basis) { return db.log.Begin(ctx) }

// Statements counts the statements that transactions of this process have run.
func (db *DB) Statements() int64 { return db.asked.Load() }

// Close finishes: on SQLite the WAL is folded into the file, then the lock goes.
// Closing again does nothing.
func (db *DB) Close() error { return db.close(true) }

func (db *DB) close(fold bool) error {
	if db.closed.Swap(true) {
		return nil
	}
	errs := []error{db.pulse.close()}
	if db.read != nil {
		errs = append(errs, db.read.Close())
	}
	if db.write != nil && db.write != db.read {
		if _, err := db.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil && fold {
			errs = append(errs, fmt.Errorf("%s-wal could not be folded into the database and stays beside it, so that nothing is lost: %w", db.path, err))
		}
		errs = append(errs, db.write.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	return errors.Join(errs...)
}

// Discard closes a database that cannot be used. A SQLite file that was made when
// it was opened is removed again, with what lies beside it.
func (db *DB) Discard() error {
	lock := db.lock
	db.lock = nil
	err := db.close(false)
	if db.made {
		err = errors.Join(err, removeIfThere(db.path), removeSide(db.path))
	}
	if lock != nil {
		err = errors.Join(err, lock.Close())
	}
	if db.made {
		err = errors.Join(err, removeIfThere(db.path+".lock"))
	}
	return err
}

// LimitPages bounds a SQLite database to a number of pages, at least those it has;
// writes beyond are Unavailable, as on a full disk. It lasts until the database is
// closed.
func (db *DB) LimitPages(ctx context.Context, pages int64) error {
	_, err := db.write.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}
