package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hoicho/internal/registry"
)

// Notify puts a notice into the outbox, in the transaction of the fact that it
// tells. A notice without an address is dropped: many vendors have no e-mail,
// and they read the same on their page.
func (tx *Tx) Notify(ctx context.Context, m registry.Message) error {
	if m.To == "" {
		return nil
	}
	args, err := json.Marshal(m.Args)
	if err != nil {
		return fmt.Errorf("notify %s: %w", m.Key, err)
	}
	_, err = tx.exec(ctx, `
		INSERT INTO outbox (id, notice_id, channel, address, lang, key, args, created_at, queued_at, expires_at, lease_until, attempts, last_error,
			device, answer, opened_at)
		VALUES ($1, $8, $9, $2, $3, $4, $5, $6, $6, $7, $6, 0, '', COALESCE((SELECT device FROM push_subscriptions WHERE id = $2), ''), '', 0)`,
		NewID[string](), m.To, m.Lang, m.Key, string(args), tx.NowMS(), m.ExpiresAt, string(m.Notice), string(cmp.Or(m.Channel, registry.ByMail)))
	return err
}

const outboxColumns = `id, notice_id, channel, address, lang, key, args, attempts, last_error, created_at, queued_at, expires_at, lease_until,
	COALESCE(failed_at, 0)`

func scanMessage(row scanner) (m registry.Message, err error) {
	var args string
	if err = row.Scan(&m.ID, &m.Notice, &m.Channel, &m.To, &m.Lang, &m.Key, &args, &m.Attempts, &m.LastError, &m.CreatedAt, &m.QueuedAt, &m.ExpiresAt,
		&m.DueAt, &m.FailedAt); err != nil {
		return m, err
	}
	return m, json.Unmarshal([]byte(args), &m.Args)
}

// LeaseMessages takes up to n unsent letters for the length of a lease, so that
// two senders never send the same one. A sender that dies loses its lease.
func (tx *Tx) LeaseMessages(ctx context.Context, n int, lease time.Duration) ([]registry.Message, error) {
	return tx.leaseOf(ctx, registry.ByMail, n, lease)
}

// LeasePushes is LeaseMessages for notifications: a push service that is slow holds up
// no letter.
func (tx *Tx) LeasePushes(ctx context.Context, n int, lease time.Duration) ([]registry.Message, error) {
	return tx.leaseOf(ctx, registry.ByPush, n, lease)
}

func (tx *Tx) leaseOf(ctx context.Context, channel registry.NoticeChannel, n int, lease time.Duration) ([]registry.Message, error) {
	return collect(ctx, tx, scanMessage, `
		UPDATE outbox
		SET lease_until = $1, attempts = attempts + 1
		WHERE sent_at IS NULL AND failed_at IS NULL AND lease_until <= $2 AND id IN (
			SELECT id FROM outbox
			WHERE channel = $4 AND sent_at IS NULL AND failed_at IS NULL AND lease_until <= $2 ORDER BY lease_until LIMIT $3)
		RETURNING `+outboxColumns, tx.now.Add(lease).UnixMilli(), tx.NowMS(), n, string(channel))
}

// MessageSent notes that a letter has gone out, and with it its notice.
func (tx *Tx) MessageSent(ctx context.Context, id registry.MessageID) error {
	if _, err := tx.exec(ctx, `UPDATE outbox SET sent_at = $2, last_error = '' WHERE id = $1`, string(id), tx.NowMS()); err != nil {
		return err
	}
	return tx.noticeSent(ctx, id)
}

// MessageDelayed notes why a notice did not go out and when to try again.
func (tx *Tx) MessageDelayed(ctx context.Context, id registry.MessageID, why string, again int64) error {
	if _, err := tx.exec(ctx, `UPDATE outbox SET last_error = $2, lease_until = $3 WHERE id = $1`, string(id), why, again); err != nil {
		return err
	}
	return tx.noticeNotSent(ctx, id, why)
}

// MessageFailed notes why a notice will not go out.
func (tx *Tx) MessageFailed(ctx context.Context, id registry.MessageID, why string) error {
	if _, err := tx.exec(ctx, `UPDATE outbox SET last_error = $2, failed_at = $3 WHERE id = $1`, string(id), why, tx.NowMS()); err != nil {
		return err
	}
	return tx.noticeNotSent(ctx, id, why)
}

// Undelivered returns letters that failed at least once and have not gone out,
// newest first.
func (tx *Tx) Undelivered(ctx context.Context, limit int) ([]registry.Message, error) {
	return collect(ctx, tx, scanMessage, `
		SELECT `+outboxColumns+` FROM outbox
		WHERE channel = 'mail' AND sent_at IS NULL AND last_error <> '' ORDER BY created_at DESC, id LIMIT $1`, limit)
}

// OutboxFigures counts the letters that have not gone out.
func (tx *Tx) OutboxFigures(ctx context.Context) (registry.OutboxFigures, error) {
	return one(ctx, tx, or(fmt.Errorf("outbox: no figures"), func(row scanner) (f registry.OutboxFigures, err error) {
		err = row.Scan(&f.Waiting, &f.Trying, &f.Failed)
		return f, err
	}), `
		SELECT COALESCE(SUM(CASE WHEN failed_at IS NULL AND last_error = '' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN failed_at IS NULL AND last_error <> '' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN failed_at IS NOT NULL THEN 1 ELSE 0 END), 0)
		FROM outbox WHERE channel = 'mail' AND sent_at IS NULL`)
}

// givenUp is the condition of a letter that was given up.
const givenUp = `channel = 'mail' AND sent_at IS NULL AND failed_at IS NOT NULL`

// RequeueMessages has a letter that was given up tried anew, or all of them when
// id is "", and says how many. What has expired is left.
func (tx *Tx) RequeueMessages(ctx context.Context, id registry.MessageID) (n int, err error) {
	ids, err := collect(ctx, tx, func(row scanner) (id string, err error) { return id, row.Scan(&id) }, `
		UPDATE outbox SET failed_at = NULL, last_error = '', attempts = 0, queued_at = $1, lease_until = $1
		WHERE `+givenUp+` AND (expires_at = 0 OR expires_at > $1) AND (id = $2 OR $2 = '')
		RETURNING id`, tx.NowMS(), string(id))
	return len(ids), err
}

// DropMessage forgets a letter that was given up, or is NotFound.
func (tx *Tx) DropMessage(ctx context.Context, id registry.MessageID) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"),
		`DELETE FROM outbox WHERE id = $1 AND `+givenUp, string(id))
}
