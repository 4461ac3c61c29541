package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// dialect is what differs between the engines: the words of a migration and
// the codes of their errors.
type dialect struct {
	name   string
	macros *strings.Replacer
}

var (
	sqliteDialect = dialect{name: "sqlite", macros: strings.NewReplacer(
		"{{int}}", "INTEGER", "{{blob}}", "BLOB", "{{strict}}", "STRICT")}
	postgresDialect = dialect{name: "postgres", macros: strings.NewReplacer(
		"{{int}}", "BIGINT", "{{blob}}", "BYTEA", "{{strict}}", "")}
)

// manyArgs is from how many arguments on a statement's placeholders are
// rewritten: SQLite keeps $n as names and walks through all of them for each.
const manyArgs = 64

// spell puts a statement into the engine's own words. A long one whose
// placeholders are $1 to $n, each once and in order, gets plain ones on SQLite:
// an INSERT of 1,000 rows takes 13 ms then instead of 3 s.
func (d dialect) spell(query string, args int) string {
	if args < manyArgs || d.name != sqliteDialect.name {
		return query
	}
	var b strings.Builder
	b.Grow(len(query))
	rest, next := query, 1
	for {
		before, after, more := strings.Cut(rest, "$")
		b.WriteString(before)
		if !more {
			break
		}
		number := strconv.Itoa(next)
		after, ok := strings.CutPrefix(after, number)
		if !ok || after != "" && after[0] >= '0' && after[0] <= '9' {
			return query
		}
		b.WriteByte('?')
		rest, next = after, next+1
	}
	if next-1 != args {
		return query
	}
	return b.String()
}

// isUnique reports whether err is a broken UNIQUE or PRIMARY KEY constraint.
func isUnique(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return pgCode(err) == "23505"
}

// isForeign reports whether err is a broken foreign key.
func isForeign(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
	}
	return pgCode(err) == "23503"
}

// isRetry reports whether the whole transaction may be run again: it was
// rolled back for the sake of another one.
func isRetry(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	code := pgCode(err)
	return code == "40001" || code == "40P01"
}

// isStorage reports whether the disk is full, read-only or failing, or the
// server is out of space, away or too slow: it may be tried again later.
func isStorage(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN:
			return true
		}
		return false
	}
	code := pgCode(err)
	return strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57P") || strings.HasPrefix(code, "08") || code == "25006" || isAway(err)
}

// IsOutage reports whether an error says that the database takes no work for now: its
// disk is full or failing, or its server is away or too slow.
func IsOutage(err error) bool { return isStorage(err) }

// isAway reports whether the server of the database does not answer, or not in time.
func isAway(err error) bool {
	for _, away := range []error{errAway, ErrNewer, driver.ErrBadConn, sql.ErrConnDone, io.ErrUnexpectedEOF, context.DeadlineExceeded} {
		if errors.Is(err, away) {
			return true
		}
	}
	_, refused := errors.AsType[*pgconn.ConnectError](err)
	_, broken := errors.AsType[*net.OpError](err)
	return refused || broken || pgconn.SafeToRetry(err)
}

func pgCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
