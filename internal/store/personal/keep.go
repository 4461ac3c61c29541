package personal

import (
	"context"
	"strings"

	"hoicho/internal/personal"
	"hoicho/internal/store"
)

// kept are rows that hold personal data of a kind: which of them were closed from $1 on and
// before $2, and the statements that destroy what they hold. In these {due} stands for the
// first and $3 for now. The same text counts and destroys, so that what is foretold happens.
type kept struct {
	due  string
	acts []string
}

// keptOf are the rows of each kind. Rows that a figure counts stay, without what is personal.
var keptOf = map[personal.KeepKind][]kept{
	personal.KeepContacts: {{
		// Those that are joined to another are settled with it.
		due: `SELECT s.id FROM tips s LEFT JOIN tips l ON l.id = s.lead_id
			WHERE COALESCE(l.state, s.state) = 'closed' AND COALESCE(l.state_at, s.state_at) >= $1 AND COALESCE(l.state_at, s.state_at) < $2
				AND EXISTS (SELECT 1 FROM tip_contacts c WHERE c.tip_id = s.id)`,
		acts: []string{`UPDATE tips SET wiped_at = $3, version = version + 1 WHERE id IN ({due})`, `DELETE FROM tip_contacts WHERE tip_id IN ({due})`},
	}},
	personal.KeepRequests: {{
		due: `SELECT id FROM personal_requests WHERE closed_at >= $1 AND closed_at < $2 AND closed_at > 0 AND wiped_at = 0`,
		acts: []string{`
			UPDATE personal_requests SET words = '', answer = '', extended_why = '', wiped_at = $3, version = version + 1 WHERE id IN ({due})`},
	}},
	personal.KeepLetters: {{
		due:  `SELECT id FROM outbox WHERE COALESCE(sent_at, failed_at) >= $1 AND COALESCE(sent_at, failed_at) < $2`,
		acts: []string{`DELETE FROM outbox WHERE id IN ({due})`},
	}},
	personal.KeepCodes: {{
		due:  `SELECT code_hash FROM reset_codes WHERE COALESCE(used_at, expires_at) >= $1 AND COALESCE(used_at, expires_at) < $2`,
		acts: []string{`DELETE FROM reset_codes WHERE code_hash IN ({due})`},
	}, {
		due:  `SELECT code_hash FROM join_codes WHERE expires_at >= $1 AND expires_at < $2`,
		acts: []string{`DELETE FROM join_codes WHERE code_hash IN ({due})`},
	}},
	personal.KeepPlates: {{
		due: `SELECT p.id FROM passes p JOIN events e ON e.id = p.event_id
			WHERE p.kind = 'vehicle' AND p.label <> '' AND e.state IN ('ended', 'reported', 'cancelled') AND e.ends_at >= $1 AND e.ends_at < $2`,
		acts: []string{`UPDATE passes SET label = '', sort_key = '', search_fold = '', version = version + 1 WHERE id IN ({due})`},
	}, {
		due: `SELECT a.id FROM applications a JOIN events e ON e.id = a.event_id
			WHERE a.vehicles <> '' AND e.state IN ('ended', 'reported', 'cancelled') AND e.ends_at >= $1 AND e.ends_at < $2`,
		acts: []string{`UPDATE applications SET vehicles = '', version = version + 1 WHERE id IN ({due})`},
	}},
}

// CountDue counts the rows of a kind that a span holds.
func CountDue(ctx context.Context, tx *store.Tx, kind personal.KeepKind, s personal.Span) (n int, err error) {
	since, until := s.Instants()
	for _, k := range keptOf[kind] {
		of, err := store.One(ctx, tx, store.Column[int], `SELECT COUNT(*) FROM (`+k.due+`) due`, since, until)
		if err != nil {
			return 0, err
		}
		n += of
	}
	return n, nil
}

// Destroy destroys what CountDue counts, and returns of how many rows.
func Destroy(ctx context.Context, tx *store.Tx, kind personal.KeepKind, s personal.Span) (n int, err error) {
	if n, err = CountDue(ctx, tx, kind, s); err != nil || n == 0 {
		return n, err
	}
	since, until := s.Instants()
	for _, k := range keptOf[kind] {
		for _, act := range k.acts {
			args := []any{since, until}
			if strings.Contains(act, "$3") {
				args = append(args, tx.NowMS())
			}
			if _, err := store.Exec(ctx, tx, strings.Replace(act, "{due}", k.due, 1), args...); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

const runColumns = `kind, at, rule_from, days, gone_n`

func scanRun(row store.Row) (r personal.Run, err error) {
	return r, row.Scan(&r.Kind, &r.At, &r.From, &r.Days, &r.Gone)
}

// InsertRun stores that a rule was carried out now.
func InsertRun(ctx context.Context, tx *store.Tx, r personal.Run) error {
	_, err := store.Exec(ctx, tx, `INSERT INTO keep_runs (id, `+runColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		store.NewID[string](), string(r.Kind), tx.NowMS(), r.From, r.Days, r.Gone)
	return err
}

// Runs returns the latest runs, the last one first.
func Runs(ctx context.Context, tx *store.Tx, limit int) ([]personal.Run, error) {
	return store.Collect(ctx, tx, scanRun, `SELECT `+runColumns+` FROM keep_runs ORDER BY at DESC, id DESC LIMIT $1`, limit)
}

// LastRun returns when the rules of a kind were last carried out, 0 for never.
func LastRun(ctx context.Context, tx *store.Tx, kind personal.KeepKind) (at int64, err error) {
	return store.One(ctx, tx, store.Column[int64], `SELECT COALESCE(MAX(at), 0) FROM keep_runs WHERE kind = $1`, string(kind))
}
