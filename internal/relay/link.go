package relay

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

// Link keeps a relay and its server together.
type Link struct {
	App *app.App
	Log *slog.Logger
	// Every is how long the link rests after a call that was answered, and at first
	// after one that was not; then twice as long each time, up to Rest.
	Every, Rest time.Duration
}

// The usual times of a link.
const (
	everyUsual = 5 * time.Second
	restUsual  = time.Minute
)

// Join spends a pairing code at a server and makes this relay a device of the
// code's event. ErrUnreachable and ErrNotHoicho say that the address is wrong or
// the network missing; *Refused that the server took no such code.
func Join(ctx context.Context, a *app.App, upstream, code, name string) error {
	paired, err := newClient(upstream, "").pair(ctx, gate.PairRequest{Token: code, Name: name})
	if err != nil {
		return err
	}
	if paired.Role != registry.Relay {
		return ErrPhoneCode
	}
	return a.Admission.JoinServer(ctx, upstream, code, paired)
}

// Run hands on and fetches until ctx ends. A server that does not answer is asked
// again after growing pauses; phones do not notice.
func (l *Link) Run(ctx context.Context) {
	every, rest := l.Every, l.Rest
	if every == 0 {
		every, rest = everyUsual, restUsual
	}
	pause := every
	for ctx.Err() == nil {
		err := l.Sync(ctx)
		if ctx.Err() != nil {
			return
		}
		l.App.Admission.NoteServer(err)
		if err == nil {
			pause = every
		} else {
			if !unavailable(err) {
				l.Log.Error("the server refuses this relay", "error", err.Error())
			}
			pause = min(2*pause, rest)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// Sync hands on all that waits and fetches what changed, once.
func (l *Link) Sync(ctx context.Context) error {
	home, err := l.App.Admission.RelayHome(ctx)
	if err != nil || !home.Joined() {
		return err
	}
	token, err := l.App.Admission.RelayToken(home)
	if err != nil {
		return err
	}
	c := newClient(home.Upstream, token)
	err = l.exchange(ctx, c)
	if errors.Is(err, ErrRevoked) {
		return errors.Join(err, l.App.Admission.ShutRelay(ctx))
	}
	return err
}

// exchange begins with the list: before the first one has come there is nothing to
// hand on.
func (l *Link) exchange(ctx context.Context, c *client) error {
	home, err := l.App.Admission.RelayHome(ctx)
	if err != nil {
		return err
	}
	list, err := c.list(ctx, home.Cursor)
	if err != nil {
		return err
	}
	if err := l.App.Admission.TakeRelayList(ctx, &list); err != nil {
		return err
	}
	for more := true; more; {
		if more, err = l.handOn(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// handOn sends the next batch; more is true when rows wait after it.
func (l *Link) handOn(ctx context.Context, c *client) (more bool, err error) {
	batch, upTo, more, err := l.App.Admission.RelayUnsent(ctx)
	if err != nil {
		return false, err
	}
	answer, err := c.push(ctx, batch)
	if err != nil {
		return false, err
	}
	again, err := l.App.Admission.RelaySent(ctx, upTo, answer)
	return more || again, err
}
