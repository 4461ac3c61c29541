package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What stands in the way of opening a database. Each text says what to do.
var (
	// ErrMissing says that there is no database at the place.
	ErrMissing = errors.New("there is no database: correct --db, or let hoicho serve make a new one there")
	// ErrForeign says that what is there is not hoicho's.
	ErrForeign = errors.New("this is not a database of hoicho, and nothing in it was touched: name another place with --db")
	// ErrNewer says that the database was made by a newer hoicho.
	ErrNewer = errors.New("the database was made by a newer hoicho; install that version or restore a backup made by this one. Nothing was changed")
	// ErrUnreleased says that the database was made before the first release.
	ErrUnreleased = errors.New("the database was made by a development version of hoicho from before the first release, whose tables were different. Nothing was changed: " +
		"start anew with another --db, or open it with the version that made it and export what you need from there")
)

// IsPostgres reports whether a location names a PostgreSQL database.
func IsPostgres(location string) bool {
	scheme, _, found := strings.Cut(location, "://")
	return found && (strings.EqualFold(scheme, "postgres") || strings.EqualFold(scheme, "postgresql"))
}

var (
	// scheme is what an address begins with; one letter is a drive of Windows.
	scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+:`)
	// keyword is what a connection string of libpq begins with.
	keyword = regexp.MustCompile(`^(host|hostaddr|port|dbname|user|password|service|sslmode|passfile)\s*=`)
)

// CheckLocation refuses what is neither the path of a file nor a postgres://
// address, so that no file gets the name of a mistyped address.
func CheckLocation(location string) error {
	switch {
	case strings.TrimSpace(location) == "":
		return errors.New("--db is empty: name a file or a postgres:// address")
	case IsPostgres(location):
		return nil
	case keyword.MatchString(location):
		return errors.New("--db takes a PostgreSQL database as one address: postgres://user:password@host:5432/name")
	case scheme.MatchString(location):
		return fmt.Errorf("--db does not know %s; name a file without anything before its path, or a postgres:// address", scheme.FindString(location))
	}
	return nil
}

// lowerScheme spells the scheme of an address as the driver expects it.
func lowerScheme(location string) string {
	scheme, rest, _ := strings.Cut(location, "://")
	return strings.ToLower(scheme) + "://" + rest
}

// sqliteHeader begins every SQLite file.
const sqliteHeader = "SQLite format 3\x00"

// lookAtFile says how many migrations have run in a SQLite file, without changing
// anything: ErrMissing if there is no file or nothing in it, ErrForeign, ErrNewer,
// ErrUnreleased.
func lookAtFile(ctx context.Context, path string) (ran int, err error) {
	head := make([]byte, len(sqliteHeader))
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, ErrMissing
	} else if err != nil {
		return 0, err
	}
	n, err := io.ReadFull(f, head)
	f.Close()
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return 0, ErrMissing
	case string(head) != sqliteHeader:
		return 0, ErrForeign
	}
	peek, err := sql.Open("sqlite", fileAddress(path)+"?"+peeking(path)+"&_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		return 0, err
	}
	defer peek.Close()
	return lookInside(ctx, peek, sqliteDialect)
}

// peeking is how to open a file so that neither it nor what lies beside it is
// changed. Where its last changes still are in a log, the log must be read, and
// one that a crash left of an unfinished change must be rolled back.
func peeking(path string) string {
	switch {
	case hasContent(path + "-journal"):
		return "mode=rw"
	case hasContent(path + "-wal"):
		return "mode=ro"
	}
	return "immutable=1"
}

func hasContent(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// lookInside says how many migrations have run in an open database: see lookAtFile.
func lookInside(ctx context.Context, pool *sql.DB, d dialect) (ran int, err error) {
	names, err := tableNames(ctx, pool, d)
	if err != nil {
		return 0, fmt.Errorf("read the database: %w", err)
	}
	if len(names) == 0 {
		return 0, ErrMissing
	}
	all, err := migrations()
	if err != nil {
		return 0, err
	}
	if !slices.Contains(names, "migrations") {
		return 0, ErrForeign
	}
	done, err := ranMigrations(ctx, pool)
	switch {
	case isOtherTable(err):
		return 0, ErrForeign
	case err != nil:
		return 0, err
	case len(done) == 0 && len(names) == 1:
		return 0, ErrMissing // stopped before its first migration
	case !slices.Contains(names, "audit_head"):
		return 0, ErrForeign
	case len(done) > len(all):
		return 0, ErrNewer
	}
	for i, sum := range done {
		if sum != all[i].checksum {
			return 0, ErrUnreleased
		}
	}
	return len(done), nil
}

// isOtherTable reports whether a table has other columns than ours of its name.
func isOtherTable(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() == sqlite3.SQLITE_ERROR
	}
	return pgCode(err) == "42703"
}

func tableNames(ctx context.Context, pool *sql.DB, d dialect) ([]string, error) {
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`
	if d.name == postgresDialect.name {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	rows, err := pool.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// checkFolder refuses a folder in which no database can live.
func checkFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder %s does not exist: make it, or correct --db", dir)
	case err != nil:
		return PlaceFault(dir, err)
	case !info.IsDir():
		return fmt.Errorf("%s is no folder: correct --db", dir)
	}
	return refuseNetworkFS(dir)
}
