package period

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// write makes the text of a value; what is empty is "".
func write(v any, empty bool) (string, error) {
	if empty {
		return "", nil
	}
	text, err := json.Marshal(v)
	return string(text), err
}

func read(text string, v any) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("what a report holds: %w", err)
	}
	return nil
}

func errStale() error { return registry.E(registry.Conflict, "error.stale") }

func args(k period.Key, more ...any) []any {
	return append([]any{string(k.Form), k.Period.Year, string(k.Period.Part), k.Unit}, more...)
}

const reportColumns = `unit, state, typed, figures, submitted_at, submitted_as, decided_at, decided_as, reason, words, said, version`

// scanReport reads a report without its rows.
func scanReport(form period.FormCode, p period.Period) func(store.Row) (period.Report, error) {
	return func(row store.Row) (r period.Report, err error) {
		var typed, figures, words, said string
		r.Form, r.Period = form, p
		err = row.Scan(&r.Unit, &r.State, &typed, &figures, &r.SubmittedAt, &r.SubmittedBy, &r.DecidedAt, &r.DecidedBy, &r.Reason, &words, &said, &r.Version)
		if err == nil {
			err = read(typed, &r.Typed)
		}
		if err == nil {
			err = read(figures, &r.Values)
		}
		if err == nil {
			err = read(words, &r.Words)
		}
		if err == nil {
			err = read(said, &r.Said)
		}
		return r, err
	}
}

// Reports returns the reports of a form for a period by their units, without their rows.
func Reports(ctx context.Context, tx *store.Tx, form period.FormCode, p period.Period) (map[string]period.Report, error) {
	rows, err := store.Collect(ctx, tx, scanReport(form, p), `SELECT `+reportColumns+` FROM period_reports WHERE form = $1 AND year = $2 AND part = $3`,
		string(form), p.Year, string(p.Part))
	reports := make(map[string]period.Report, len(rows))
	for _, r := range rows {
		reports[r.Unit] = r
	}
	return reports, err
}

// Report returns a report with its rows; one of version 0 if nothing was written yet.
func Report(ctx context.Context, tx *store.Tx, k period.Key) (period.Report, error) {
	r, err := store.One(ctx, tx, store.OrZero(scanReport(k.Form, k.Period)),
		`SELECT `+reportColumns+` FROM period_reports WHERE form = $1 AND year = $2 AND part = $3 AND unit = $4`, args(k)...)
	if r.Key = k; err != nil || r.Version == 0 {
		r.State = period.Open
		return r, err
	}
	lines, err := store.One(ctx, tx, store.Column[string], `SELECT lines FROM period_reports WHERE form = $1 AND year = $2 AND part = $3 AND unit = $4`, args(k)...)
	if err != nil {
		return r, err
	}
	return r, read(lines, &r.Lines)
}

// Save stores a report as it was read. It is a Conflict if anybody has written since. By is who
// handed it in or decided on it, in that order; "" changes nothing there.
func Save(ctx context.Context, tx *store.Tx, r *period.Report, submitted, decided registry.AccountID) error {
	typed, err := write(r.Typed, len(r.Typed) == 0)
	if err != nil {
		return err
	}
	figures, err := write(r.Values, r.Values == nil)
	if err != nil {
		return err
	}
	lines, err := write(r.Lines, len(r.Lines) == 0)
	if err != nil {
		return err
	}
	words, err := write(r.Words, len(r.Words) == 0)
	if err != nil {
		return err
	}
	said, err := write(r.Said, len(r.Said) == 0)
	if err != nil {
		return err
	}
	all := args(r.Key, string(r.State), typed, figures, lines, r.SubmittedAt, string(submitted), r.SubmittedBy, r.DecidedAt, string(decided), r.DecidedBy, r.Reason, words, said)
	if r.Version == 0 {
		err = store.Must(ctx, tx, errStale(), `
			INSERT INTO period_reports (form, year, part, unit, state, typed, figures, lines, submitted_at, submitted_by, submitted_as, decided_at,
				decided_by, decided_as, reason, words, said, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)
			ON CONFLICT (form, year, part, unit) DO NOTHING`, all...)
	} else {
		err = store.Must(ctx, tx, errStale(), `
			UPDATE period_reports
			SET state = $5, typed = $6, figures = $7, lines = $8, submitted_at = $9, submitted_by = CASE WHEN $10 = '' THEN submitted_by ELSE $10 END,
				submitted_as = $11, decided_at = $12, decided_by = CASE WHEN $13 = '' THEN decided_by ELSE $13 END, decided_as = $14, reason = $15,
				words = $16, said = $17, version = version + 1
			WHERE form = $1 AND year = $2 AND part = $3 AND unit = $4 AND version = $18`, append(all, r.Version)...)
	}
	r.Version++
	return err
}

// Locks are the locks of a form in a year.
type Locks []period.Lock

// Of is the lock of a period in a province; nil where it is open.
func (l Locks) Of(p period.Period, province string) *period.Lock {
	for i := range l {
		if l[i].Period == p && l[i].Province == province {
			return &l[i]
		}
	}
	return nil
}

// LocksOf returns the locks of a form in a year.
func LocksOf(ctx context.Context, tx *store.Tx, form period.FormCode, year int) (Locks, error) {
	return store.Collect(ctx, tx, func(row store.Row) (l period.Lock, err error) {
		l.Form, l.Period.Year = form, year
		err = row.Scan(&l.Period.Part, &l.Province, &l.At, &l.By, &l.Reason, &l.Missing)
		return l, err
	}, `SELECT part, province, at, by_name, reason, missing_n FROM period_locks WHERE form = $1 AND year = $2`, string(form), year)
}

// Lock stores that a period is locked, with what it holds fast. It is a Conflict if it is already.
func Lock(ctx context.Context, tx *store.Tx, l period.Lock, kept period.Kept, by registry.AccountID) error {
	text, err := write(kept, false)
	if err != nil {
		return err
	}
	return store.Must(ctx, tx, errStale(), `
		INSERT INTO period_locks (form, year, part, province, at, by_id, by_name, reason, missing_n, kept)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (form, year, part, province) DO NOTHING`,
		string(l.Form), l.Period.Year, string(l.Period.Part), l.Province, tx.NowMS(), string(by), l.By, l.Reason, l.Missing, text)
}

// Kept returns what a lock holds fast.
func Kept(ctx context.Context, tx *store.Tx, l period.Lock) (kept period.Kept, err error) {
	text, err := store.One(ctx, tx, store.Column[string], `SELECT kept FROM period_locks WHERE form = $1 AND year = $2 AND part = $3 AND province = $4`,
		string(l.Form), l.Period.Year, string(l.Period.Part), l.Province)
	if err != nil {
		return kept, err
	}
	return kept, read(text, &kept)
}

// Exceptions returns the exceptions of a form in a period, the last one of a unit last.
func Exceptions(ctx context.Context, tx *store.Tx, form period.FormCode, p period.Period) ([]period.Exception, error) {
	return store.Collect(ctx, tx, func(row store.Row) (e period.Exception, err error) {
		e.Form, e.Period = form, p
		err = row.Scan(&e.Unit, &e.N, &e.Reason, &e.Until, &e.At, &e.By, &e.EndedAt)
		return e, err
	}, `SELECT unit, n, reason, until_on, at, by_name, ended_at FROM period_exceptions WHERE form = $1 AND year = $2 AND part = $3 ORDER BY unit, n`,
		string(form), p.Year, string(p.Part))
}

// AddException stores an exception, numbered by its caller.
func AddException(ctx context.Context, tx *store.Tx, e period.Exception, by registry.AccountID) error {
	return store.Must(ctx, tx, errStale(), `
		INSERT INTO period_exceptions (form, year, part, unit, n, reason, until_on, at, by_id, by_name, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
		ON CONFLICT (form, year, part, unit, n) DO NOTHING`, args(e.Key, e.N, e.Reason, e.Until, tx.NowMS(), string(by), e.By)...)
}

// EndException ends an exception before its day. It is a Conflict if it was ended.
func EndException(ctx context.Context, tx *store.Tx, e period.Exception) error {
	return store.Must(ctx, tx, errStale(), `
		UPDATE period_exceptions SET ended_at = $6 WHERE form = $1 AND year = $2 AND part = $3 AND unit = $4 AND n = $5 AND ended_at = 0`,
		args(e.Key, e.N, tx.NowMS())...)
}

// Addenda returns the addenda of a form in a period, in their order, without their rows.
func Addenda(ctx context.Context, tx *store.Tx, form period.FormCode, p period.Period) ([]period.Addendum, error) {
	return store.Collect(ctx, tx, func(row store.Row) (a period.Addendum, err error) {
		var moves string
		a.Form, a.Period = form, p
		if err = row.Scan(&a.Unit, &a.N, &a.Reason, &moves, &a.At, &a.By); err == nil {
			err = read(moves, &a.Moves)
		}
		return a, err
	}, `SELECT unit, n, reason, moves, at, by_name FROM period_addenda WHERE form = $1 AND year = $2 AND part = $3 ORDER BY unit, n`,
		string(form), p.Year, string(p.Part))
}

// BaseLines returns the rows from which the next addendum of a report counts: those of its last
// addendum since it was handed in, else its own.
func BaseLines(ctx context.Context, tx *store.Tx, r period.Report) (lines []period.Line, err error) {
	texts, err := store.Collect(ctx, tx, store.Column[string],
		`SELECT lines FROM period_addenda WHERE form = $1 AND year = $2 AND part = $3 AND unit = $4 AND at >= $5 ORDER BY n DESC LIMIT 1`, args(r.Key, r.SubmittedAt)...)
	if err != nil || len(texts) == 0 {
		return r.Lines, err
	}
	return lines, read(texts[0], &lines)
}

// AddAddendum stores an addendum, numbered by its caller.
func AddAddendum(ctx context.Context, tx *store.Tx, a period.Addendum, by registry.AccountID) error {
	moves, err := write(a.Moves, len(a.Moves) == 0)
	if err != nil {
		return err
	}
	lines, err := write(a.Lines, len(a.Lines) == 0)
	if err != nil {
		return err
	}
	return store.Must(ctx, tx, errStale(), `
		INSERT INTO period_addenda (form, year, part, unit, n, reason, moves, lines, at, by_id, by_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (form, year, part, unit, n) DO NOTHING`, args(a.Key, a.N, a.Reason, moves, lines, tx.NowMS(), string(by), a.By)...)
}

// Caller is somebody of a commune who may be called about its report.
type Caller struct {
	Area, Name, Phone string
}

// Callers returns the people who hold one of some roles in the communes of a list, by area and
// name.
func Callers(ctx context.Context, tx *store.Tx, roles []registry.Role, areas []string) ([]Caller, error) {
	if len(areas) == 0 {
		return nil, nil
	}
	var q query
	texts := make([]string, len(roles))
	for i, r := range roles {
		texts[i] = string(r)
	}
	return store.Collect(ctx, tx, func(row store.Row) (c Caller, err error) {
		err = row.Scan(&c.Area, &c.Name, &c.Phone)
		return c, err
	}, `
		SELECT g.area, a.name, COALESCE(a.phone, '')
		FROM grants g JOIN accounts a ON a.id = g.account_id
		WHERE a.state = 'active' AND g.role IN (`+q.list(texts)+`) AND g.area IN (`+q.list(areas)+`)
		ORDER BY g.area, a.name_sort, a.id`, q.args...)
}
