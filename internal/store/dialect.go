package store

import (
	"errors"
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
// server is out of space or going away: reads may go on, writes may not.
func isStorage(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN:
			return true
		}
		return false
	}
	code := pgCode(err)
	return strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57P") || code == "25006"
}

func pgCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
