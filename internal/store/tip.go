package store

import (
	"context"
	"fmt"

	"hoicho/internal/registry"
)

// tipCounter gives tips their numbers.
const tipCounter = "tips"

// InsertTip stores a new tip under the next number, found under the units of its scope. The
// same words about the same thing while a tip of them is open, told by sameKey, join that tip
// and count it up: t becomes what is stored.
func (tx *Tx) InsertTip(ctx context.Context, t *registry.Tip, sameKey string, scope registry.Scope) error {
	n, err := tx.exec(ctx, `UPDATE tips SET sent_n = sent_n + 1 WHERE same_key = $1`, sameKey)
	if err == nil && n == 0 {
		err = tx.insertNewTip(ctx, t, sameKey)
	}
	if err != nil {
		return err
	}
	stored, err := one(ctx, tx, scanTip, `SELECT `+tipColumns+tipTables+` WHERE t.same_key = $1`, sameKey)
	if err != nil {
		return err
	}
	*t = stored.Tip
	return tx.saveTipAreas(ctx, t.ID, scope)
}

func (tx *Tx) insertNewTip(ctx context.Context, t *registry.Tip, sameKey string) (err error) {
	if t.ID == "" {
		t.ID = NewID[registry.TipID]()
	}
	if t.N, err = tx.NextNumber(ctx, tipCounter); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO tips (id, n, same_key, kind, state, place, text, event_id, booth_id, vendor_id, product_id,
			pass_code, sent_n, received_at, state_at, wiped_at, lead_id, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $13, 0, $14, 1)
		ON CONFLICT (same_key) DO UPDATE SET sent_n = tips.sent_n + 1`,
		string(t.ID), t.N, sameKey, string(t.Kind), string(registry.TipReceived), t.Place, t.Text, null(t.Event), null(t.Booth),
		null(t.Vendor), null(t.Product), t.PassCode, tx.NowMS(), null(t.Lead))
	if err != nil {
		return fmt.Errorf("insert tip: %w", err)
	}
	return nil
}

// InsertTipCode stores the hash of a code that follows a tip.
func (tx *Tx) InsertTipCode(ctx context.Context, id registry.TipID, hash string) error {
	_, err := tx.exec(ctx, `INSERT INTO tip_codes (hash, tip_id, at) VALUES ($1, $2, $3)`, hash, string(id), tx.NowMS())
	return err
}

// saveTipAreas notes under which of today's units a tip is found.
func (tx *Tx) saveTipAreas(ctx context.Context, id registry.TipID, scope registry.Scope) error {
	for _, code := range scope {
		if _, err := tx.exec(ctx, `
			INSERT INTO tip_areas (tip_id, code) VALUES ($1, $2)
			ON CONFLICT (tip_id, code) DO NOTHING`, string(id), code); err != nil {
			return fmt.Errorf("areas of tip %s: %w", id, err)
		}
	}
	return nil
}

// HoldOpenTip reports whether a tip is open, and keeps it so until the transaction
// ends: whoever adds to it or closes it waits.
func (tx *Tx) HoldOpenTip(ctx context.Context, id registry.TipID) (bool, error) {
	n, err := tx.exec(ctx, `UPDATE tips SET state_at = state_at WHERE id = $1 AND state <> 'closed'`, string(id))
	return n > 0, err
}

// TipHasRoom reports whether a tip takes another photo and another contact. Before
// something is added it is to be asked in a transaction that holds the tip, as
// storing its words does.
func (tx *Tx) TipHasRoom(ctx context.Context, id registry.TipID) (bool, error) {
	n, err := tx.count(ctx, `
		SELECT COUNT(*) FROM (
			SELECT tip_id FROM tip_photos WHERE tip_id = $1
			UNION ALL
			SELECT tip_id FROM tip_contacts WHERE tip_id = $1) extras`, string(id))
	return n < registry.MaxTipExtras, err
}

// InsertTipPhoto adds a stored photo to a tip.
func (tx *Tx) InsertTipPhoto(ctx context.Context, id registry.TipID, file registry.FileID) error {
	_, err := tx.exec(ctx, `INSERT INTO tip_photos (tip_id, file_id) VALUES ($1, $2)`, string(id), string(file))
	return err
}

// InsertTipContact adds a sealed way to reach a sender to a tip.
func (tx *Tx) InsertTipContact(ctx context.Context, id registry.TipID, sealed []byte) error {
	_, err := tx.exec(ctx, `
		INSERT INTO tip_contacts (tip_id, position, sealed, at)
		SELECT $1, COUNT(*) + 1, $2, $3 FROM tip_contacts WHERE tip_id = $1`, string(id), sealed, tx.NowMS())
	return err
}

// TipContacts returns the sealed contacts of a tip in the order they came.
func (tx *Tx) TipContacts(ctx context.Context, id registry.TipID) ([][]byte, error) {
	return collect(ctx, tx, column[[]byte], `SELECT sealed FROM tip_contacts WHERE tip_id = $1 ORDER BY position`, string(id))
}

const tipColumns = `t.id, t.n, t.kind, t.state, t.place, t.text, COALESCE(t.event_id, ''), COALESCE(t.booth_id, ''),
	COALESCE(t.vendor_id, ''), COALESCE(t.product_id, ''), t.pass_code, t.sent_n, t.received_at, t.state_at, t.wiped_at,
	COALESCE(t.lead_id, ''), t.version, COALESCE(e.title, ''), COALESCE(b.code, ''), COALESCE(v.name, ''), COALESCE(p.name, ''),
	COALESCE(l.n, 0), (SELECT COUNT(*) FROM tips j WHERE j.lead_id = t.id),
	COALESCE((SELECT k.due_on FROM tip_slips k WHERE k.tip_id = t.id AND k.answered_on = '' AND t.state <> 'closed'), '')`

const tipTables = ` FROM tips t
	LEFT JOIN events e ON e.id = t.event_id
	LEFT JOIN booths b ON b.id = t.booth_id
	LEFT JOIN vendors v ON v.id = t.vendor_id
	LEFT JOIN products p ON p.id = t.product_id
	LEFT JOIN tips l ON l.id = t.lead_id`

func scanTip(row scanner) (t registry.TipRow, err error) {
	err = row.Scan(&t.ID, &t.N, &t.Kind, &t.State, &t.Place, &t.Text, &t.Event, &t.Booth, &t.Vendor, &t.Product,
		&t.PassCode, &t.SentN, &t.ReceivedAt, &t.StateAt, &t.WipedAt, &t.Lead, &t.Version, &t.EventTitle, &t.BoothCode, &t.VendorName,
		&t.ProductName, &t.LeadN, &t.JoinedN, &t.AnswerDueOn)
	return t, err
}

// Tip returns a tip with its photos and the number of its contacts, or NotFound.
func (tx *Tx) Tip(ctx context.Context, id registry.TipID) (registry.TipRow, error) {
	t, err := one(ctx, tx, scanTip, `SELECT `+tipColumns+tipTables+` WHERE t.id = $1`, string(id))
	if err != nil {
		return t, err
	}
	return t, tx.fillTip(ctx, &t)
}

// TipByCode returns the tip that a code follows, by the hash of the code, or NotFound.
func (tx *Tx) TipByCode(ctx context.Context, hash string) (registry.TipRow, error) {
	return one(ctx, tx, scanTip, `SELECT `+tipColumns+tipTables+` JOIN tip_codes c ON c.tip_id = t.id WHERE c.hash = $1`, hash)
}

// gistLimit is how many tips about a thing the public is shown.
const gistLimit = 5

// TipGists returns what the public may know of the tips about a booth, or where that is "",
// a product, or a code that no pass has: those that go their own way, newest first, and how
// many there are in all.
func (tx *Tx) TipGists(ctx context.Context, booth registry.BoothID, product registry.ProductID, code string) (list []registry.TipGist, n int, err error) {
	w := &where{}
	switch {
	case booth != "":
		w.add("t.booth_id = ? AND t.event_id IS NOT NULL", string(booth))
	case product != "":
		w.add("t.product_id = ?", string(product))
	case code != "":
		w.add("t.pass_code = ? AND t.event_id IS NULL", code)
	default:
		return nil, 0, nil
	}
	w.add("t.lead_id IS NULL")
	if n, err = tx.count(ctx, `SELECT COUNT(*) FROM tips t`+w.String(), w.args...); err != nil || n == 0 {
		return nil, n, err
	}
	list, err = collect(ctx, tx, func(row scanner) (g registry.TipGist, err error) {
		err = row.Scan(&g.ID, &g.Kind, &g.State, &g.ReceivedAt)
		return g, err
	}, `SELECT t.id, t.kind, t.state, t.received_at FROM tips t`+w.String()+` ORDER BY t.id DESC LIMIT `+w.arg(gistLimit), w.args...)
	return list, n, err
}

func (tx *Tx) fillTip(ctx context.Context, t *registry.TipRow) (err error) {
	t.Photos, err = collect(ctx, tx, column[registry.FileID], `SELECT file_id FROM tip_photos WHERE tip_id = $1 ORDER BY file_id`, string(t.ID))
	if err != nil {
		return err
	}
	t.ContactsN, err = tx.count(ctx, `SELECT COUNT(*) FROM tip_contacts WHERE tip_id = $1`, string(t.ID))
	return err
}

// TipScope returns the codes of today's units under which a tip is found; none
// for a tip that names neither event nor vendor.
func (tx *Tx) TipScope(ctx context.Context, id registry.TipID) (registry.Scope, error) {
	return collect(ctx, tx, column[string], `SELECT code FROM tip_areas WHERE tip_id = $1 ORDER BY code`, string(id))
}

// PlaceTip ties a tip that named no event to one, found under its scope. It is a
// Conflict if the tip has an event.
func (tx *Tx) PlaceTip(ctx context.Context, id registry.TipID, event registry.EventID, scope registry.Scope) error {
	if err := tx.must(ctx, errStale(), `UPDATE tips SET event_id = $2 WHERE id = $1 AND event_id IS NULL`, string(id), string(event)); err != nil {
		return err
	}
	return tx.saveTipAreas(ctx, id, scope)
}

// tipWhere turns a filter into conditions. A tip that lies nowhere is in every
// area, so that somebody reads it.
func tipWhere(f registry.TipFilter) *where {
	w := &where{}
	if len(f.States) > 0 {
		in(w, "t.state", f.States)
	}
	if f.Event != "" {
		w.add("t.event_id = ?", string(f.Event))
	}
	switch f.Join {
	case registry.TipsOwnWay:
		w.add("t.lead_id IS NULL")
	case registry.TipsJoined:
		w.add("t.lead_id IS NOT NULL")
	}
	if f.Vendor != "" {
		w.add("t.vendor_id = ?", string(f.Vendor))
	}
	if f.Lead != "" {
		w.add("t.lead_id = ?", string(f.Lead))
	}
	if f.LateOn != "" {
		w.add("EXISTS (SELECT 1 FROM tip_slips k WHERE k.tip_id = t.id AND k.answered_on = '' AND k.due_on < ?) AND t.state <> 'closed'", f.LateOn)
	}
	if f.Areas != nil {
		in(w, "a.code", f.Areas)
		last := &w.conds[len(w.conds)-1]
		*last = "(EXISTS (SELECT 1 FROM tip_areas a WHERE a.tip_id = t.id AND " + *last + ") OR NOT EXISTS (SELECT 1 FROM tip_areas a WHERE a.tip_id = t.id))"
	}
	return w
}

// Tips returns a page of the tips that fit, newest first, and whether more follow.
func (tx *Tx) Tips(ctx context.Context, f registry.TipFilter) (page []registry.TipRow, more bool, err error) {
	w := tipWhere(f)
	if f.Before != "" {
		w.add("t.id < ?", string(f.Before))
	}
	if f.Limit == 0 {
		f.Limit = listLimit
	}
	page, err = collect(ctx, tx, scanTip, `SELECT `+tipColumns+tipTables+w.String()+` ORDER BY t.id DESC LIMIT `+w.arg(f.Limit+1), w.args...)
	if more = len(page) > f.Limit; more {
		page = page[:f.Limit]
	}
	return page, more, err
}

// CountTips counts the tips that fit by state; soon is the day (YYYY-MM-DD) before which an
// awaited answer is due soon.
func (tx *Tx) CountTips(ctx context.Context, f registry.TipFilter, soon string) (registry.TipCounts, error) {
	w, counts := tipWhere(f), registry.TipCounts{Own: map[registry.TipState]int{}}
	due := w.arg(soon)
	err := each(ctx, tx, func(row scanner) error {
		var state registry.TipState
		var own, joined, awaited, dueSoon int
		if err := row.Scan(&state, &own, &joined, &awaited, &dueSoon); err != nil {
			return err
		}
		if own > 0 {
			counts.Own[state] = own
		}
		counts.Joined, counts.Awaited, counts.DueSoon = counts.Joined+joined, counts.Awaited+awaited, counts.DueSoon+dueSoon
		return nil
	}, `
		SELECT x.state, SUM(x.own), SUM(1 - x.own),
			SUM(CASE WHEN x.own = 1 AND x.due_on <> '' THEN 1 ELSE 0 END),
			SUM(CASE WHEN x.own = 1 AND x.due_on <> '' AND x.due_on < `+due+` THEN 1 ELSE 0 END)
		FROM (SELECT t.state, CASE WHEN t.lead_id IS NULL THEN 1 ELSE 0 END AS own,
				COALESCE((SELECT MIN(k.due_on) FROM tip_slips k WHERE k.tip_id = t.id AND k.answered_on = '' AND t.state <> 'closed'), '') AS due_on
			FROM tips t`+w.String()+`) x
		GROUP BY x.state`, w.args...)
	return counts, err
}
