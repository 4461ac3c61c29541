package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

const (
	// pushAtOnce is how many notifications are on their way to push services at a time.
	pushAtOnce = 8
	// pushFor is how long a notification is worth being sent, by us and by the push
	// service: a vendor who has not opened it by then has been called.
	pushFor = 3 * 24 * time.Hour
)

// push queues a notice for the phones of its vendor, in the transaction of the fact.
func (a *Core) push(ctx context.Context, tx *store.Tx, to []registry.PushTarget, m registry.Message) error {
	m.Channel, m.ExpiresAt = registry.ByPush, tx.Now().Add(pushFor).UnixMilli()
	for _, t := range to {
		m.To, m.Lang = string(t.ID), t.Lang
		if err := tx.Notify(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// pushTargets are the phones that a notice goes to: none where notifications are
// switched off, or the topic is not one of them.
func (a *Core) pushTargets(ctx context.Context, tx *store.Tx, n News) ([]registry.PushTarget, error) {
	if !a.PushOn() || !n.goesBy(registry.ByPush) {
		return nil, nil
	}
	return tx.PushTargets(ctx, n.Vendor)
}

// SendPushes hands waiting notifications to push services, several at a time, and reports
// how many were taken. One that was not is tried again, ever later or when the push
// service says, for three days; what it refuses is given up, and a phone that it no
// longer knows is forgotten.
func (a *Core) SendPushes(ctx context.Context) (sent int, err error) {
	if !a.PushOn() {
		return 0, nil
	}
	var batch []registry.Message
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		batch, err = tx.LeasePushes(ctx, pushAtOnce, outboxLease)
		return err
	})
	if err != nil || len(batch) == 0 {
		return 0, err
	}
	key, private, err := a.PushKey(ctx)
	if err != nil {
		return 0, err
	}
	answers := make([]pushTry, len(batch))
	var wg sync.WaitGroup
	for i, m := range batch {
		wg.Go(func() {
			answers[i] = a.sendPush(ctx, m, registry.Push{Public: key.Public, Private: private, Message: m})
		})
	}
	wg.Wait()
	for i, m := range batch {
		if answers[i].Taken() {
			sent++
		}
		if err := a.notePush(ctx, m, answers[i]); err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// pushTry is what came of one try.
type pushTry struct {
	registry.PushAnswer
	fault error  // no push service answered
	why   string // given up, without asking one
}

func (a *Core) sendPush(ctx context.Context, m registry.Message, p registry.Push) (t pushTry) {
	left := time.Duration(m.ExpiresAt-a.NowMS()) * time.Millisecond
	if left <= 0 {
		return pushTry{why: registry.MailExpired}
	}
	var s registry.PushSubscription
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		topic, err := tx.PushTopic(ctx, m.Notice)
		if err != nil || topic == "" {
			t.why = registry.PushSuperseded
			return err
		}
		p.Topic = a.Seals.Keyed("push topic", m.To, topic)[:32] // tells the push service nothing
		s, err = tx.Push(ctx, registry.PushID(m.To))
		return err
	})
	switch {
	case registry.KindOf(err) == registry.NotFound:
		return pushTry{why: registry.PushEnded}
	case err != nil:
		return pushTry{fault: err}
	case t.why != "":
		return t
	}
	if p.To, err = a.OpenPush(s); err != nil {
		return pushTry{fault: fmt.Errorf("%w: %w", registry.ErrUndeliverable, err)}
	}
	p.TTL, p.Path = left, a.pathIn(m.Args)
	t.PushAnswer, t.fault = a.Push.Push(ctx, p)
	return t
}

// pushPlace begins the places for which addresses of browsers are sealed.
const pushPlace = "push "

// SealPush puts the address of a browser into its subscription, sealed, with the hash by
// which it is found.
func (a *Core) SealPush(s *registry.PushSubscription, to registry.PushAddress) error {
	raw, err := json.Marshal(to)
	if err != nil {
		return err
	}
	s.Sealed, s.Hash = a.Seals.Seal(string(raw), pushPlace+string(s.ID)), a.PushHash(to)
	return nil
}

// PushHash is the hash by which the subscription of an address is found.
func (a *Core) PushHash(to registry.PushAddress) string { return a.Seals.Keyed("push", to.Endpoint) }

// OpenPush returns the address of a subscription.
func (a *Core) OpenPush(s registry.PushSubscription) (to registry.PushAddress, err error) {
	raw, err := a.Seals.Open(s.Sealed, pushPlace+string(s.ID))
	if err != nil {
		return to, err
	}
	return to, json.Unmarshal([]byte(raw), &to)
}

// pathIn is the page of ours that a notice leads to, the last address among its
// arguments; "/gian-hang" where there is none.
func (a *Core) pathIn(args []string) (path string) {
	path = "/gian-hang"
	for _, arg := range args {
		if rest, ours := strings.CutPrefix(arg, a.BaseURL+"/"); ours {
			path = "/" + rest
		}
	}
	return path
}

// notePush notes what came of a try.
func (a *Core) notePush(ctx context.Context, m registry.Message, t pushTry) error {
	said := t.Said
	if t.fault != nil {
		said = t.fault.Error()
	}
	if !t.Taken() && t.why == "" {
		a.Log.Warn("notification not sent", "message", m.ID, "attempt", m.Attempts, "status", t.Status, "error", said)
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		switch {
		case t.Taken():
			return tx.PushSent(ctx, m, said)
		case t.why != "":
			return tx.PushFailed(ctx, m.ID, t.why)
		case t.Gone():
			return errors.Join(tx.DropPush(ctx, registry.PushID(m.To)), tx.PushFailed(ctx, m.ID, said))
		case t.fault == nil && !t.Later(), errors.Is(t.fault, registry.ErrUndeliverable):
			return tx.PushFailed(ctx, m.ID, said)
		}
		next := max(nextTry(m, tx.NowMS()), tx.NowMS()+t.RetryAfter.Milliseconds())
		return tx.PushDelayed(ctx, m.ID, said, min(next, m.ExpiresAt))
	})
}
