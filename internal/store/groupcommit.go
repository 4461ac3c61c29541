package store

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"hoicho/internal/registry"
)

// Limits of one group: how many callers may wait, and from how many rows on no
// more are gathered into a transaction.
const (
	groupQueue  = 4096
	groupWeight = 1000
)

// Weighed is something to be written that knows about how many rows it is.
type Weighed interface{ Weight() int }

// Group is a group commit: what several callers want written at about the same
// time goes into one transaction, and each is answered after its COMMIT. So many
// small durable writes share one wait for the disk. A group that is full of
// waiting callers makes the next ones wait too.
type Group[T Weighed] struct {
	db    *DB
	do    func(context.Context, *Tx, []T) error
	queue chan ticket[T]
	done  chan struct{}

	mu     sync.RWMutex // held for reading while handing in, for writing to close
	closed bool
}

// ticket is one caller that waits.
type ticket[T any] struct {
	item   T
	answer chan error
}

// NewGroup starts a group. do writes all items with a few set-based statements;
// it may be run again from the start with the same items, in other company, so it
// must set what it answers anew each time. Close ends the group.
func NewGroup[T Weighed](db *DB, do func(context.Context, *Tx, []T) error) *Group[T] {
	g := &Group[T]{db: db, do: do, queue: make(chan ticket[T], groupQueue), done: make(chan struct{})}
	go g.run()
	return g
}

// Write hands in an item and returns once it is durable, or with the error that
// kept it from being written. When ctx ends first, or the group has been closed,
// it is Unavailable: the item may be written all the same, and must not be looked
// at any more.
func (g *Group[T]) Write(ctx context.Context, item T) error {
	t := ticket[T]{item: item, answer: make(chan error, 1)}
	if err := g.handIn(ctx, t); err != nil {
		return err
	}
	select {
	case err := <-t.answer:
		return err
	case <-ctx.Done():
		return registry.E(registry.Unavailable, "error.busy")
	}
}

func (g *Group[T]) handIn(ctx context.Context, t ticket[T]) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return registry.E(registry.Unavailable, "error.busy")
	}
	select {
	case g.queue <- t:
		return nil
	case <-ctx.Done():
		return registry.E(registry.Unavailable, "error.busy")
	}
}

// Close takes nothing more, writes and answers what has been handed in, and
// returns when that is done.
func (g *Group[T]) Close() {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		close(g.queue)
	}
	g.mu.Unlock()
	<-g.done
}

// run commits group after group. While one is being written the next one gathers.
func (g *Group[T]) run() {
	defer close(g.done)
	for first := range g.queue {
		g.commit(g.gather(first))
	}
}

// gather takes what waits, without waiting for more.
func (g *Group[T]) gather(first ticket[T]) []ticket[T] {
	batch := []ticket[T]{first}
	for weight := first.item.Weight(); weight < groupWeight; {
		select {
		case t, more := <-g.queue:
			if !more {
				return batch
			}
			batch = append(batch, t)
			weight += t.item.Weight()
		default:
			return batch
		}
	}
	return batch
}

// commit writes a batch and answers everybody. When it cannot be written for
// another reason than the storage, each is written alone, so that one bad item
// fails alone.
func (g *Group[T]) commit(batch []ticket[T]) {
	items := make([]T, len(batch))
	for i, t := range batch {
		items[i] = t.item
	}
	err := g.write(items)
	alone := err != nil && len(batch) > 1 && registry.KindOf(err) != registry.Unavailable
	for _, t := range batch {
		if alone {
			err = g.write([]T{t.item})
		}
		t.answer <- err
	}
}

// write is one transaction. A panic becomes an error: the group must go on.
func (g *Group[T]) write(items []T) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("group commit: panic: %v\n%s", p, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
	defer cancel()
	return g.db.Write(ctx, func(tx *Tx) error { return g.do(ctx, tx, items) })
}
