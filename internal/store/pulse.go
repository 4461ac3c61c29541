package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A server of PostgreSQL that hangs lets every caller wait for its own deadline. So
// one connection asks it for a sign of life, and when none comes, all who wait are
// let go and new callers are turned away at once, until it answers again. Both times
// together are below the three seconds within which a request must be answered.
var (
	beatEvery   = 500 * time.Millisecond
	beatTimeout = 2 * time.Second
)

// errAway says that the server of the database does not answer.
var errAway = errors.New("the database server does not answer")

// pulse watches a PostgreSQL server.
type pulse struct {
	pool *sql.DB
	stop context.CancelFunc
	done chan struct{}

	mu    sync.Mutex
	fault error           // why nobody may begin, nil while it answers
	alive context.Context // of all who have begun; ends when it answers no more
	end   context.CancelFunc
}

func newPulse(pool *sql.DB) *pulse {
	pool.SetMaxOpenConns(1)
	ctx, stop := context.WithCancel(context.Background())
	p := &pulse{pool: pool, stop: stop, done: make(chan struct{})}
	p.alive, p.end = context.WithCancel(context.Background())
	go p.run(ctx, beatEvery, beatTimeout)
	return p
}

func (p *pulse) run(ctx context.Context, every, timeout time.Duration) {
	defer close(p.done)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := p.beat(ctx, timeout); ctx.Err() == nil {
			p.feel(err)
		}
	}
}

// beat asks for a sign of life. A database that a newer hoicho has taken over is dead
// for this one.
func (p *pulse) beat(ctx context.Context, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var n int
	err := p.pool.QueryRowContext(ctx, `SELECT count(*) FROM migrations`).Scan(&n)
	if pgCode(err) == "42P01" { // a new database has no tables yet
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errAway, err)
	}
	all, err := migrations()
	if err == nil && n > len(all) {
		err = ErrNewer
	}
	return err
}

// feel lets all go when the server has ceased to answer, and lets callers in again
// when it answers.
func (p *pulse) feel(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err != nil && p.fault == nil:
		p.end()
	case err == nil && p.fault != nil:
		p.alive, p.end = context.WithCancel(context.Background())
	}
	p.fault = err
}

// join is how a transaction begins: its context ends when the server ceases to
// answer. leave must be called at its end. A nil pulse watches nothing.
func (p *pulse) join(ctx context.Context) (joined context.Context, leave func(), err error) {
	if p == nil {
		return ctx, func() {}, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fault != nil {
		return nil, nil, p.fault
	}
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(p.alive, func() { cancel(errAway) })
	return ctx, func() { stop(); cancel(nil) }, nil
}

func (p *pulse) close() error {
	if p == nil {
		return nil
	}
	p.stop()
	<-p.done
	p.end()
	return p.pool.Close()
}
