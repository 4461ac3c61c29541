package app

import (
	"context"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Sender delivers one notice; notify has those for SMTP and for a folder.
type Sender interface {
	Send(ctx context.Context, m registry.Message) error
}

const (
	outboxBatch = 20
	outboxLease = 2 * time.Minute
)

// SendOutbox sends what waits in the outbox, outside any transaction, and
// reports how many notices went out. A notice that fails is tried again, ever
// later, up to once in six hours.
func (a *App) SendOutbox(ctx context.Context, sender Sender) (sent int, err error) {
	var batch []registry.Message
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		batch, err = tx.LeaseMessages(ctx, outboxBatch, outboxLease)
		return err
	})
	for _, m := range batch {
		args, fault := a.seals.openArgs(m.Args)
		if fault == nil {
			m.Args = args
			fault = sender.Send(ctx, m)
		}
		if fault == nil {
			sent++
		}
		if err := a.noteSent(ctx, m, fault); err != nil {
			return sent, err
		}
	}
	return sent, err
}

func (a *App) noteSent(ctx context.Context, m registry.Message, fault error) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		if fault == nil {
			return tx.MessageSent(ctx, m.ID)
		}
		a.log.Warn("notice not sent", "message", m.ID, "attempt", m.Attempts, "error", fault.Error())
		again := min(time.Minute<<min(m.Attempts, 9), 6*time.Hour)
		return tx.MessageFailed(ctx, m.ID, fault.Error(), again)
	})
}
