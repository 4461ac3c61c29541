package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoicho/internal/registry"
)

// ReplaceNotices notes that what a vendor was to know of a topic no longer needs to
// be told: something newer says all, or the vendor knows.
func (tx *Tx) ReplaceNotices(ctx context.Context, event registry.EventID, vendor registry.VendorID, topic string) error {
	_, err := tx.exec(ctx, `
		UPDATE notices SET replaced = 1
		WHERE event_id = $1 AND vendor_id = $2 AND topic = $3 AND replaced = 0`,
		string(event), string(vendor), topic)
	return err
}

// InsertNotice stores what a vendor is to know, in the transaction of the fact.
func (tx *Tx) InsertNotice(ctx context.Context, n registry.Notice) (registry.NoticeID, error) {
	args, err := json.Marshal(n.Args)
	if err != nil {
		return "", fmt.Errorf("notice %s: %w", n.Key, err)
	}
	id := NewID[registry.NoticeID]()
	_, err = tx.exec(ctx, `
		INSERT INTO notices (id, event_id, vendor_id, topic, key, args, at, mailed, sent_at, fault, call_id, pushes_n, pushed_at,
			opened_at, replaced)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', '', $9, 0, 0, 0)`,
		string(id), string(n.Event), string(n.Vendor), n.Topic, n.Key, string(args), tx.NowMS(), flag(n.Mailed), n.Pushes)
	return id, err
}

const noticeColumns = `id, event_id, vendor_id, topic, key, args, at, mailed, sent_at, fault, call_id, pushes_n, pushed_at, opened_at, replaced`

func scanNotice(row scanner) (n registry.Notice, err error) {
	var args string
	if err = row.Scan(&n.ID, &n.Event, &n.Vendor, &n.Topic, &n.Key, &args, &n.At, &n.Mailed, &n.SentAt, &n.Fault, &n.Call,
		&n.Pushes, &n.PushedAt, &n.OpenedAt, &n.Replaced); err != nil {
		return n, err
	}
	return n, json.Unmarshal([]byte(args), &n.Args)
}

// Notices returns the newest notice of each topic to the vendors of an event, or to
// one of them; of no event for the empty one. They stand in the order in which they
// were written.
func (tx *Tx) Notices(ctx context.Context, event registry.EventID, vendor registry.VendorID) ([]registry.Notice, error) {
	return collect(ctx, tx, scanNotice, `
		SELECT `+noticeColumns+` FROM notices
		WHERE event_id = $1 AND ($2 = '' OR vendor_id = $2) AND replaced = 0
		ORDER BY at, id`, string(event), string(vendor))
}

// toCall is registry.Notice.ToCall for the newest notices.
const toCall = `replaced = 0 AND call_id = '' AND sent_at = 0 AND opened_at = 0 AND (mailed = 0 OR fault <> '')`

// EventsToCall counts the vendors that have to be called, by event, of the events
// that are not over on a day.
func (tx *Tx) EventsToCall(ctx context.Context, day string) (map[registry.EventID]int, error) {
	type count struct {
		event registry.EventID
		n     int
	}
	counts, err := collect(ctx, tx, func(row scanner) (c count, err error) {
		err = row.Scan(&c.event, &c.n)
		return c, err
	}, `
		SELECT n.event_id, COUNT(DISTINCT n.vendor_id)
		FROM notices n JOIN events e ON e.id = n.event_id
		WHERE `+toCall+` AND e.state NOT IN ('ended', 'reported') AND (e.state <> 'cancelled' OR e.closes_on >= $1)
		GROUP BY n.event_id`, day)
	events := make(map[registry.EventID]int, len(counts))
	for _, c := range counts {
		events[c.event] = c.n
	}
	return events, err
}

// TellByCall notes that a call told a vendor all of an event that no letter had,
// up to the last notice that the officer had read. It is a Conflict if there is
// nothing to tell: somebody else has called.
func (tx *Tx) TellByCall(ctx context.Context, c registry.Call, upTo int64) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.call.done"), `
		UPDATE notices SET call_id = $1
		WHERE event_id = $2 AND vendor_id = $3 AND at <= $4 AND `+toCall,
		string(c.ID), string(c.Event), string(c.Vendor), upTo)
}

// InsertCall adds a call to the list of those that were made.
func (tx *Tx) InsertCall(ctx context.Context, c registry.Call) error {
	_, err := tx.exec(ctx, `
		INSERT INTO calls (id, event_id, vendor_id, outcome, at, account_id, name)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(c.ID), string(c.Event), string(c.Vendor), string(c.Outcome), tx.NowMS(), string(c.By), c.ByName)
	return err
}

// Calls returns the calls to the vendors of an event, or to one of them, oldest
// first; of no event for the empty one.
func (tx *Tx) Calls(ctx context.Context, event registry.EventID, vendor registry.VendorID) ([]registry.Call, error) {
	return collect(ctx, tx, scanCall, `
		SELECT id, event_id, vendor_id, outcome, at, account_id, name FROM calls
		WHERE event_id = $1 AND ($2 = '' OR vendor_id = $2)
		ORDER BY at, id`, string(event), string(vendor))
}

func scanCall(row scanner) (c registry.Call, err error) {
	err = row.Scan(&c.ID, &c.Event, &c.Vendor, &c.Outcome, &c.At, &c.By, &c.ByName)
	return c, err
}

// DeleteCall takes a call back that was noted by mistake, and returns it: what it
// told is to be told again. It is NotFound if there is no such call of the event.
func (tx *Tx) DeleteCall(ctx context.Context, event registry.EventID, id registry.CallID) (registry.Call, error) {
	c, err := one(ctx, tx, scanCall, `
		DELETE FROM calls WHERE event_id = $1 AND id = $2
		RETURNING id, event_id, vendor_id, outcome, at, account_id, name`, string(event), string(id))
	if err != nil {
		return c, err
	}
	_, err = tx.exec(ctx, `UPDATE notices SET call_id = '' WHERE call_id = $1`, string(id))
	return c, err
}

// Reach counts the vendors who take part in an event or mean to: those to whom a
// letter could go, and those without an address.
func (tx *Tx) Reach(ctx context.Context, event registry.EventID) (letters, calls int, err error) {
	written, err := collect(ctx, tx, column[bool], `
		SELECT CASE WHEN v.email <> '' OR EXISTS (
			SELECT 1 FROM vendor_members m JOIN accounts ac ON ac.id = m.account_id
			WHERE m.vendor_id = v.id AND ac.email IS NOT NULL AND ac.state = 'active') THEN 1 ELSE 0 END
		FROM applications a JOIN vendors v ON v.id = a.vendor_id
		WHERE a.event_id = $1 AND a.state NOT IN ('draft', 'declined', 'withdrawn', 'cancelled')`, string(event))
	for _, w := range written {
		if w {
			letters++
		} else {
			calls++
		}
	}
	return letters, calls, err
}

// ReachByPush counts those of Reach on whose phones a notification would show: of those
// without a letter, or of all where no letter goes out.
func (tx *Tx) ReachByPush(ctx context.Context, event registry.EventID, noMail bool) (int, error) {
	return tx.count(ctx, `
		SELECT COUNT(DISTINCT v.id)
		FROM applications a JOIN vendors v ON v.id = a.vendor_id
		JOIN vendor_members m ON m.vendor_id = v.id
		JOIN accounts ac ON ac.id = m.account_id
		JOIN push_subscriptions s ON s.account_id = ac.id
		WHERE a.event_id = $1 AND a.state NOT IN ('draft', 'declined', 'withdrawn', 'cancelled') AND ac.state = 'active'
			AND ($2 = 1 OR v.email = '' AND NOT EXISTS (
				SELECT 1 FROM vendor_members o JOIN accounts oc ON oc.id = o.account_id
				WHERE o.vendor_id = v.id AND oc.email IS NOT NULL AND oc.state = 'active'))`, string(event), flag(noMail))
}

// noticeSent notes that a letter of a notice has gone out.
func (tx *Tx) noticeSent(ctx context.Context, letter registry.MessageID) error {
	_, err := tx.exec(ctx, `
		UPDATE notices SET sent_at = $2, fault = ''
		WHERE sent_at = 0 AND id = (SELECT notice_id FROM outbox WHERE id = $1)`, string(letter), tx.NowMS())
	return err
}

// noticeNotSent notes why a letter of a notice did not go out. One that another
// letter of it has told stays told.
func (tx *Tx) noticeNotSent(ctx context.Context, letter registry.MessageID, why string) error {
	_, err := tx.exec(ctx, `
		UPDATE notices SET fault = $2
		WHERE sent_at = 0 AND id = (SELECT notice_id FROM outbox WHERE id = $1)`, string(letter), why)
	return err
}

// Callees returns the vendors that an event has notices for, or one vendor, with
// the phones at which they can be called and their booths.
func (tx *Tx) Callees(ctx context.Context, event registry.EventID, vendor registry.VendorID) (map[registry.VendorID]registry.Callee, error) {
	phones, err := tx.vendorTexts(ctx, event, vendor, `
		SELECT m.vendor_id, a.phone
		FROM vendor_members m JOIN accounts a ON a.id = m.account_id
		WHERE a.phone IS NOT NULL AND a.state = 'active'
			AND m.vendor_id IN (SELECT vendor_id FROM notices WHERE event_id = $1 AND ($2 = '' OR vendor_id = $2))
		ORDER BY CASE m.role WHEN 'owner' THEN 0 ELSE 1 END, m.added_at, a.id`)
	if err != nil {
		return nil, err
	}
	booths, err := tx.vendorTexts(ctx, event, vendor, `
		SELECT ap.vendor_id, b.code
		FROM booths b JOIN applications ap ON ap.id = b.application_id
		WHERE b.event_id = $1 AND b.state = 'assigned' AND ($2 = '' OR ap.vendor_id = $2)
		ORDER BY b.zone, b.row_n, b.col_n`)
	if err != nil {
		return nil, err
	}
	rows, err := collect(ctx, tx, scanCallee, `
		SELECT v.id, v.name, v.representative, v.phone, v.area_edition, v.area_code, v.village
		FROM vendors v
		WHERE v.id IN (SELECT vendor_id FROM notices WHERE event_id = $1 AND ($2 = '' OR vendor_id = $2))`, string(event), string(vendor))
	callees := make(map[registry.VendorID]registry.Callee, len(rows))
	for _, c := range rows {
		own := slices.DeleteFunc(phones[c.Vendor], func(p string) bool { return slices.Contains(c.Phones, p) })
		c.Phones, c.Booths = append(c.Phones, own...), booths[c.Vendor]
		callees[c.Vendor] = c
	}
	return callees, err
}

func scanCallee(row scanner) (c registry.Callee, err error) {
	var phone string
	err = row.Scan(&c.Vendor, &c.Name, &c.Representative, &phone, &c.Area.Edition, &c.Area.Code, &c.Village)
	if phone != "" {
		c.Phones = []string{phone}
	}
	return c, err
}

// vendorTexts gathers the texts that a query finds for each vendor.
func (tx *Tx) vendorTexts(ctx context.Context, event registry.EventID, vendor registry.VendorID, query string) (map[registry.VendorID][]string, error) {
	type line struct {
		vendor registry.VendorID
		text   string
	}
	lines, err := collect(ctx, tx, func(row scanner) (l line, err error) {
		err = row.Scan(&l.vendor, &l.text)
		return l, err
	}, query, string(event), string(vendor))
	texts := map[registry.VendorID][]string{}
	for _, l := range lines {
		texts[l.vendor] = append(texts[l.vendor], l.text)
	}
	return texts, err
}
