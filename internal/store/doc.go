// Package store keeps all SQL. One text runs on SQLite (modernc, the default)
// and on PostgreSQL (pgx), so it keeps to what both take alike:
//
//   - placeholders $1…$n, which both engines bind by number;
//   - ids are text made in Go; no sequences;
//   - instants are unix milliseconds UTC, dates TEXT YYYY-MM-DD in Vietnam,
//     money whole đồng, booleans 0 or 1 with a CHECK, JSON opaque TEXT;
//   - search only on *_fold columns and sorting on *_sort, both made by vn;
//   - rows that come by the million (scans, presences) name others by short keys, say words
//     by their numbers and days as days since 1970; scan_word.go and short_key.go turn
//     them, and only the order of scans is the engine's own count;
//   - no FOR UPDATE, ANY($1), ILIKE, now(), triggers, JSON operators, ATTACH.
//
// A rule that must hold is a constraint or the WHERE of the UPDATE, and no rows
// affected is a Conflict: nothing is read first and written later, because
// PostgreSQL runs writers side by side.
//
// Reads happen in DB.Read, writes in DB.Write. Methods on Tx hold the SQL
// literal that they run and nothing of rights, languages or pages. A subject that came
// later has a package of its own below this one, whose functions take a Tx: see subject.go.
package store
