package store

import (
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
		INSERT INTO outbox (id, channel, address, lang, key, args, created_at, lease_until, attempts, last_error)
		VALUES ($1, 'mail', $2, $3, $4, $5, $6, $6, 0, '')`,
		NewID[string](), m.To, m.Lang, m.Key, string(args), tx.NowMS())
	return err
}

// LeaseMessages takes up to n unsent notices for the length of a lease, so that
// two senders never send the same one. A sender that dies loses its lease.
func (tx *Tx) LeaseMessages(ctx context.Context, n int, lease time.Duration) ([]registry.Message, error) {
	return collect(ctx, tx, scanMessage, `
		UPDATE outbox
		SET lease_until = $1, attempts = attempts + 1
		WHERE sent_at IS NULL AND lease_until <= $2 AND id IN (
			SELECT id FROM outbox WHERE sent_at IS NULL AND lease_until <= $2 ORDER BY lease_until LIMIT $3)
		RETURNING id, channel, address, lang, key, args, attempts, last_error, created_at`,
		tx.now.Add(lease).UnixMilli(), tx.NowMS(), n)
}

func scanMessage(row scanner) (m registry.Message, err error) {
	var args string
	if err = row.Scan(&m.ID, &m.Channel, &m.To, &m.Lang, &m.Key, &args, &m.Attempts, &m.LastError, &m.CreatedAt); err != nil {
		return m, err
	}
	return m, json.Unmarshal([]byte(args), &m.Args)
}

// MessageSent notes that a notice has gone out.
func (tx *Tx) MessageSent(ctx context.Context, id registry.MessageID) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET sent_at = $2, last_error = '' WHERE id = $1`, string(id), tx.NowMS())
	return err
}

// MessageFailed notes why a notice did not go out and when to try again.
func (tx *Tx) MessageFailed(ctx context.Context, id registry.MessageID, why string, again time.Duration) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET last_error = $2, lease_until = $3 WHERE id = $1`,
		string(id), why, tx.now.Add(again).UnixMilli())
	return err
}
