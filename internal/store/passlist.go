package store

import (
	"context"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// passWhere narrows a list of passes.
func passWhere(f registry.PassFilter) *where {
	w := &where{}
	if f.Pack > 0 {
		w.add("p.pack_n = ?", f.Pack)
	} else {
		w.add("p.pack_n = 0")
	}
	if f.Event != "" {
		w.add("p.event_id = ?", string(f.Event))
	}
	if f.Vendor != "" {
		w.add("p.vendor_id = ?", string(f.Vendor))
	}
	if f.Booth != "" {
		w.add("p.booth_id = ?", string(f.Booth))
	}
	if f.Kind != "" {
		w.add("p.kind = ?", string(f.Kind))
	}
	if f.State != "" {
		w.add("p.state = ?", string(f.State))
	}
	if f.Stall != "" {
		w.add(`(p.booth_id = ? OR p.booth_id IS NULL AND p.application_id = (
			SELECT s.application_id FROM booths s WHERE s.id = ? AND NOT EXISTS (
				SELECT 1 FROM booths o WHERE o.application_id = s.application_id AND o.state = 'assigned' AND o.id <> s.id
					AND (o.zone, o.row_n, o.col_n) < (s.zone, s.row_n, s.col_n))))`, string(f.Stall), string(f.Stall))
	}
	if len(f.Passes) > 0 {
		in(w, "p.id", f.Passes)
	}
	if f.Live {
		w.add("p.state <> 'revoked'")
	}
	if f.Unprinted {
		w.add("p.printed_at = 0")
	}
	if f.Killed {
		w.add("p.state = 'revoked' AND p.state_reason = ? AND p.replaced_by = ''", registry.KeyKilled)
	}
	if f.Text != "" {
		text := vn.Fold(f.Text)
		if digits := strings.ReplaceAll(text, " ", ""); strings.Trim(digits, "0123456789") == "" {
			text = digits // a code as it is printed, in groups
		}
		passTextWhere(w, text)
	}
	if f.After != "" {
		after := string(f.After)
		w.add(`(p.sort_key > (SELECT sort_key FROM passes WHERE id = ?)
			OR p.sort_key = (SELECT sort_key FROM passes WHERE id = ?) AND p.id > ?)`, after, after, after)
	}
	return w
}

// lastDigits is how many digits at the end of a code people compare and search for.
const lastDigits = 4

// plateSQL is a number plate as it is typed without its signs, in lower case.
const plateSQL = `LOWER(REPLACE(REPLACE(REPLACE(CASE WHEN p.kind = 'vehicle' THEN p.label ELSE '' END, '-', ''), '.', ''), ' ', ''))`

// passTextWhere looks for a folded text. Four digits are the last of a code, or part of what is printed
// on a pass: in the middle of a code nobody looks for them.
func passTextWhere(w *where, text string) {
	like, plate := foldLike(text), foldLike(strings.ReplaceAll(text, " ", ""))
	const others = " OR v.search_fold LIKE ? ESCAPE '!' OR " + plateSQL + " LIKE ? ESCAPE '!')"
	if len(text) == lastDigits && strings.Trim(text, "0123456789") == "" {
		w.add("(p.code LIKE ? OR p.search_fold LIKE ?"+others, "%"+text, "%"+text+"% %", like, plate)
		return
	}
	w.add("(p.search_fold LIKE ? ESCAPE '!'"+others, like, like, plate)
}

// passJoins are the tables that a filter of passes looks at.
const passJoins = `
		FROM passes p JOIN events e ON e.id = p.event_id
			LEFT JOIN booths b ON b.id = p.booth_id LEFT JOIN vendors v ON v.id = p.vendor_id`

// Passes returns passes with the names that stand on them, by booth, kind and
// number.
func (tx *Tx) Passes(ctx context.Context, f registry.PassFilter) ([]registry.PassRow, error) {
	w, limit := passWhere(f), ""
	clause := w.String()
	if f.Limit > 0 {
		limit = " LIMIT " + w.arg(f.Limit)
	}
	return collect(ctx, tx, func(row scanner) (r registry.PassRow, err error) {
		err = row.Scan(append(passDest(&r.Pass), &r.BoothCode, &r.VendorName, &r.HeirCode, &r.PrintedAt)...)
		return r, err
	}, `
		SELECT `+passColumns+`, COALESCE(b.code, ''), COALESCE(v.name, ''),
			COALESCE((SELECT h.code FROM passes h WHERE h.id = p.replaced_by), ''), p.printed_at`+passJoins+clause+`
		ORDER BY p.sort_key, p.id`+limit, w.args...)
}

// CountPasses counts the passes that a filter leaves.
func (tx *Tx) CountPasses(ctx context.Context, f registry.PassFilter) (int, error) {
	w, from := passWhere(f), " FROM passes p"
	if f.Text != "" {
		from = passJoins
	}
	return tx.count(ctx, `SELECT count(*)`+from+w.String(), w.args...)
}
