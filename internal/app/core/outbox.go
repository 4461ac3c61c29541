package core

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Sender delivers one notice; notify has those for SMTP and for a folder. A fault
// that wraps registry.ErrUndeliverable is final.
type Sender interface {
	Send(ctx context.Context, m registry.Message) error
}

const (
	outboxBatch = 20
	outboxLease = 2 * time.Minute
	// tryMailFor is how long a notice that cannot be delivered is tried again
	// (RFC 5321, 4.5.4.1, asks for four to five days at most).
	tryMailFor = 72 * time.Hour
	// longestPause is the longest between two tries.
	longestPause = 6 * time.Hour
)

// SendOutbox sends what waits in the outbox, outside any transaction, and
// reports how many notices went out. They are leased one by one, so that a slow
// mail server does not outlast the lease. A notice that fails is tried again, ever
// later, for three days; one that was refused for good, or that has expired, is
// given up.
func (a *Core) SendOutbox(ctx context.Context, sender Sender) (sent int, err error) {
	for range outboxBatch {
		var batch []registry.Message
		err := a.DB.Write(ctx, func(tx *store.Tx) (err error) {
			batch, err = tx.LeaseMessages(ctx, 1, outboxLease)
			return err
		})
		if err != nil || len(batch) == 0 {
			return sent, err
		}
		m := batch[0]
		fault := a.sendMail(ctx, sender, m)
		if fault == nil {
			sent++
		}
		if err := a.noteSent(ctx, m, fault); err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// errMailExpired is the fault of a notice that is worth nothing any more.
var errMailExpired = fmt.Errorf("%s: %w", registry.MailExpired, registry.ErrUndeliverable)

func (a *Core) sendMail(ctx context.Context, sender Sender, m registry.Message) (err error) {
	if m.ExpiresAt != 0 && a.NowMS() >= m.ExpiresAt {
		return errMailExpired
	}
	if m.Args, err = a.Seals.openArgs(m.Args); err != nil {
		return fmt.Errorf("%w: %w", registry.ErrUndeliverable, err)
	}
	return sender.Send(ctx, m)
}

func (a *Core) noteSent(ctx context.Context, m registry.Message, fault error) error {
	if fault != nil {
		a.Log.Warn("notice not sent", "message", m.ID, "attempt", m.Attempts, "error", fault.Error())
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		switch {
		case fault == nil:
			return tx.MessageSent(ctx, m.ID)
		case errors.Is(fault, errMailExpired):
			return tx.MessageFailed(ctx, m.ID, registry.MailExpired)
		case errors.Is(fault, registry.ErrUndeliverable), tx.NowMS() >= m.QueuedAt+tryMailFor.Milliseconds():
			return tx.MessageFailed(ctx, m.ID, fault.Error())
		}
		return tx.MessageDelayed(ctx, m.ID, fault.Error(), nextTry(m, tx.NowMS()))
	})
}

// nextTry is when a notice is tried again, in unix milliseconds: ever later, and
// for the last time when its three days end. What has expired by then is given up.
func nextTry(m registry.Message, now int64) int64 {
	next := now + min(time.Minute<<min(m.Attempts, 9), longestPause).Milliseconds()
	next = min(next, m.QueuedAt+tryMailFor.Milliseconds())
	if m.ExpiresAt != 0 {
		next = min(next, m.ExpiresAt)
	}
	return next
}

// errNotTheirs hides what an actor may not know of.
var errNotTheirs = registry.E(registry.NotFound, "error.not_found")

// Undelivered returns up to a number of notices that failed at least once and have not gone out,
// newest first, and the figures of all that have not. Links in their arguments are
// sealed. The actor needs
// ManageSettings for the whole country, else they are NotFound: mail serves every
// area.
func (a *Core) Undelivered(ctx context.Context, actor registry.Actor, limit int) (list []registry.Message, f registry.OutboxFigures, err error) {
	if !actor.Can(registry.ManageSettings, nil) {
		return nil, f, errNotTheirs
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if f, err = tx.OutboxFigures(ctx); err != nil {
			return err
		}
		list, err = tx.Undelivered(ctx, limit)
		return err
	})
	return list, f, err
}

// OutboxFigures counts the notices that wait or were given up. Rights as for Undelivered.
func (a *Core) OutboxFigures(ctx context.Context, actor registry.Actor) (f registry.OutboxFigures, err error) {
	if !actor.Can(registry.ManageSettings, nil) {
		return f, errNotTheirs
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		f, err = tx.OutboxFigures(ctx)
		return err
	})
	return f, err
}

// ResendMail has a notice that was given up tried anew, or all of them when id is
// "". It is a Conflict when none is left to try: gone out, forgotten or expired.
// Rights as for Undelivered.
func (a *Core) ResendMail(ctx context.Context, actor registry.Actor, id registry.MessageID) error {
	if !actor.Can(registry.ManageSettings, nil) {
		return errNotTheirs
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		n, err := tx.RequeueMessages(ctx, id)
		if err == nil && n == 0 {
			err = registry.E(registry.Conflict, "error.outbox.none")
		}
		return registry.Change{Action: "setting.mail_resend", Object: "setting", ID: "mail", Detail: fact.Facts{fact.Count("messages", n)}}, err
	})
}

// ForgetMail takes a notice that was given up off the list, for good. Rights as for
// Undelivered; NotFound when it is not there.
func (a *Core) ForgetMail(ctx context.Context, actor registry.Actor, id registry.MessageID) error {
	if !actor.Can(registry.ManageSettings, nil) {
		return errNotTheirs
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return registry.Change{Action: "setting.mail_forget", Object: "setting", ID: "mail", Detail: fact.Facts{fact.Handle("message", id)}},
			tx.DropMessage(ctx, id)
	})
}
