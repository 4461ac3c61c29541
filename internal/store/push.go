package store

import (
	"context"

	"hoicho/internal/registry"
)

// PushKey returns the key pair in use, or NotFound before the first.
func (tx *Tx) PushKey(ctx context.Context) (registry.PushKey, error) {
	return one(ctx, tx, func(row scanner) (k registry.PushKey, err error) {
		err = row.Scan(&k.ID, &k.Public, &k.Sealed, &k.CreatedAt)
		return k, err
	}, `SELECT id, public, sealed, created_at FROM push_keys WHERE retired_at = 0`)
}

// InsertPushKey stores a key pair, unless one is in use: of two servers that start at
// once the first wins.
func (tx *Tx) InsertPushKey(ctx context.Context, k registry.PushKey) error {
	_, err := tx.exec(ctx, `
		INSERT INTO push_keys (id, public, sealed, created_at, retired_at)
		VALUES ($1, $2, $3, $4, 0)
		ON CONFLICT DO NOTHING`, k.ID, k.Public, k.Sealed, tx.NowMS())
	return err
}

// RetirePushKey takes a key pair out of use. Its subscriptions hear nothing any more, so
// they end with it. It is a Conflict when somebody else did so first.
func (tx *Tx) RetirePushKey(ctx context.Context, id string) error {
	if err := tx.must(ctx, errStale(), `UPDATE push_keys SET retired_at = $2 WHERE id = $1 AND retired_at = 0`, id, tx.NowMS()); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `DELETE FROM push_subscriptions WHERE id <> ''`) // all of them
	return err
}

const pushColumns = `id, account_id, session_id, hash, sealed, service, device, created_at, used_at`

func scanPush(row scanner) (s registry.PushSubscription, err error) {
	err = row.Scan(&s.ID, &s.Account, &s.Session, &s.Hash, &s.Sealed, &s.Service, &s.Device, &s.CreatedAt, &s.UsedAt)
	return s, err
}

// InsertPush stores a subscription in the place of what its session had before: a
// browser has one.
func (tx *Tx) InsertPush(ctx context.Context, s registry.PushSubscription) error {
	if _, err := tx.exec(ctx, `DELETE FROM push_subscriptions WHERE session_id = $1`, string(s.Session)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO push_subscriptions (`+pushColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`,
		string(s.ID), string(s.Account), string(s.Session), s.Hash, s.Sealed, s.Service, s.Device, tx.NowMS())
	return err
}

// Push returns a subscription, or NotFound.
func (tx *Tx) Push(ctx context.Context, id registry.PushID) (registry.PushSubscription, error) {
	return one(ctx, tx, scanPush, `SELECT `+pushColumns+` FROM push_subscriptions WHERE id = $1`, string(id))
}

// PushByHash returns the subscription of an address, or NotFound.
func (tx *Tx) PushByHash(ctx context.Context, hash string) (registry.PushSubscription, error) {
	return one(ctx, tx, scanPush, `SELECT `+pushColumns+` FROM push_subscriptions WHERE hash = $1`, hash)
}

// Pushes returns the subscriptions of an account, the newest first.
func (tx *Tx) Pushes(ctx context.Context, account registry.AccountID) ([]registry.PushSubscription, error) {
	return collect(ctx, tx, scanPush, `
		SELECT `+pushColumns+` FROM push_subscriptions WHERE account_id = $1 ORDER BY created_at DESC, id`, string(account))
}

// CountPushes counts all subscriptions.
func (tx *Tx) CountPushes(ctx context.Context) (int, error) {
	return tx.count(ctx, `SELECT COUNT(*) FROM push_subscriptions`)
}

// MovePush hands the subscriptions of a session of the account on to another session of
// it: the person has signed in again on the same browser.
func (tx *Tx) MovePush(ctx context.Context, oldHash string, to registry.Session) error {
	_, err := tx.exec(ctx, `
		UPDATE push_subscriptions SET session_id = $1
		WHERE account_id = $2 AND session_id IN (SELECT id FROM sessions WHERE token_hash = $3 AND account_id = $2)`,
		string(to.ID), string(to.Account), oldHash)
	return err
}

// EndStrayPush ends what an account asked for on a device like that of a session, whose
// own session has lapsed: it may be the same browser, and signing out must leave none.
func (tx *Tx) EndStrayPush(ctx context.Context, s registry.Session) error {
	_, err := tx.exec(ctx, `
		DELETE FROM push_subscriptions
		WHERE account_id = $1 AND device = $2 AND session_id NOT IN (SELECT id FROM sessions WHERE account_id = $1)`, string(s.Account), s.Device)
	return err
}

// EndPush ends a subscription of an account, or is NotFound.
func (tx *Tx) EndPush(ctx context.Context, account registry.AccountID, id registry.PushID) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"),
		`DELETE FROM push_subscriptions WHERE account_id = $1 AND id = $2`, string(account), string(id))
}

// DropPush forgets a subscription.
func (tx *Tx) DropPush(ctx context.Context, id registry.PushID) error {
	_, err := tx.exec(ctx, `DELETE FROM push_subscriptions WHERE id = $1`, string(id))
	return err
}

// PushTargets returns the browsers of a vendor's people, of accounts in force.
func (tx *Tx) PushTargets(ctx context.Context, vendor registry.VendorID) ([]registry.PushTarget, error) {
	return collect(ctx, tx, func(row scanner) (t registry.PushTarget, err error) {
		err = row.Scan(&t.ID, &t.Lang)
		return t, err
	}, `
		SELECT s.id, a.lang
		FROM push_subscriptions s
		JOIN vendor_members m ON m.account_id = s.account_id
		JOIN accounts a ON a.id = s.account_id
		WHERE m.vendor_id = $1 AND a.state = 'active'
		ORDER BY s.created_at, s.id`, string(vendor))
}

// PushTopic returns what tells notices of one matter from those of others: the event, the
// vendor and the topic. It is "" when a later notice says all that this one did.
func (tx *Tx) PushTopic(ctx context.Context, id registry.NoticeID) (string, error) {
	return one(ctx, tx, orZero(column[string]), `
		SELECT event_id || ' ' || vendor_id || ' ' || topic FROM notices WHERE id = $1 AND replaced = 0`, string(id))
}

// PushSent notes that a push service took a notification, and what it answered.
func (tx *Tx) PushSent(ctx context.Context, m registry.Message, answer string) error {
	if _, err := tx.exec(ctx, `UPDATE outbox SET sent_at = $2, last_error = '', answer = $3 WHERE id = $1`, string(m.ID), tx.NowMS(), answer); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `UPDATE push_subscriptions SET used_at = $2 WHERE id = $1`, m.To, tx.NowMS()); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `UPDATE notices SET pushed_at = $2 WHERE id = $1 AND pushed_at = 0`, string(m.Notice), tx.NowMS())
	return err
}

// PushDelayed notes why a notification did not go out and when to try again.
func (tx *Tx) PushDelayed(ctx context.Context, id registry.MessageID, why string, again int64) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET last_error = $2, answer = $2, lease_until = $3 WHERE id = $1`, string(id), why, again)
	return err
}

// PushFailed notes why a notification will not go out.
func (tx *Tx) PushFailed(ctx context.Context, id registry.MessageID, why string) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET last_error = $2, answer = $2, failed_at = $3 WHERE id = $1`, string(id), why, tx.NowMS())
	return err
}

// PushOpened notes that somebody opened a notification, and by it knows of its notice.
// Opening it again changes nothing; NotFound for one that never went out.
func (tx *Tx) PushOpened(ctx context.Context, id registry.MessageID) error {
	notice, err := one(ctx, tx, column[string], `
		UPDATE outbox SET opened_at = CASE WHEN opened_at = 0 THEN $2 ELSE opened_at END
		WHERE id = $1 AND channel = 'push' AND attempts > 0
		RETURNING notice_id`, string(id), tx.NowMS())
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE notices SET opened_at = $2 WHERE id = $1 AND opened_at = 0`, notice, tx.NowMS())
	return err
}

// Deliveries returns the notices of an event, the newest first, with all that was done to
// tell them: up to limit of those before a place in the list, and of one vendor where it
// is named.
func (tx *Tx) Deliveries(ctx context.Context, q registry.DeliveryQuery) ([]registry.DeliveryLine, error) {
	lines, err := collect(ctx, tx, func(row scanner) (l registry.DeliveryLine, err error) {
		l.Notice, err = scanNotice(row)
		return l, err
	}, `
		SELECT `+noticeColumns+` FROM notices
		WHERE event_id = $1 AND ($2 = '' OR vendor_id = $2) AND ($3 = '' OR id < $3)
		ORDER BY id DESC LIMIT $4`, string(q.Event), string(q.Vendor), string(q.Before), q.Limit)
	if err != nil || len(lines) == 0 {
		return lines, err
	}
	at := make(map[registry.NoticeID]*registry.DeliveryLine, len(lines))
	for i := range lines {
		at[lines[i].ID] = &lines[i]
	}
	first, last := string(lines[len(lines)-1].ID), string(lines[0].ID)
	type try struct {
		notice registry.NoticeID
		registry.Delivery
	}
	tries, err := collect(ctx, tx, func(row scanner) (t try, err error) {
		err = row.Scan(&t.notice, &t.Channel, &t.To, &t.At, &t.Attempts, &t.SentAt, &t.Answer, &t.OpenedAt, &t.FailedAt, &t.Fault, &t.DueAt)
		return t, err
	}, `
		SELECT notice_id, channel, CASE WHEN channel = 'push' THEN device ELSE address END, created_at, attempts, COALESCE(sent_at, 0), answer,
			opened_at, COALESCE(failed_at, 0), last_error, lease_until
		FROM outbox WHERE notice_id >= $1 AND notice_id <= $2 ORDER BY created_at, id`, first, last)
	for _, t := range tries {
		if line := at[t.notice]; line != nil {
			line.Tries = append(line.Tries, t.Delivery)
		}
	}
	return lines, err
}
