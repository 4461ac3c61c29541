package changes

import (
	"context"
	"sync"
)

// Reading collects the tables that are read on behalf of a context.
type Reading struct {
	mu    sync.Mutex
	outer *Reading
	set   Set
}

type readingKey struct{}

// Within returns a reading within another, or within none: what it collects belongs to that
// too.
func (r *Reading) Within() *Reading { return &Reading{outer: r} }

// Of returns the reading of a context, nil for none.
func Of(ctx context.Context) *Reading {
	r, _ := ctx.Value(readingKey{}).(*Reading)
	return r
}

// Add notes that tables are read, or that something is used which was made from them. A
// nil reading collects nothing.
func (r *Reading) Add(tables Set) {
	for ; r != nil; r = r.outer {
		r.mu.Lock()
		r.set.Join(tables)
		r.mu.Unlock()
	}
}

// Set is what was collected.
func (r *Reading) Set() Set {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.set
}

// Basis is what something that is kept ready was made from: the tables, and the moment
// before the first of them was read.
type Basis struct {
	log  *Log
	at   Moment
	read *Reading
}

// Begin returns a context under which something to be kept is made, and its basis.
func (l *Log) Begin(ctx context.Context) (context.Context, *Basis) {
	read := Of(ctx).Within()
	return context.WithValue(ctx, readingKey{}, read), l.From(l.Now(), read)
}

// From returns the basis of what is made from a moment on, by a reading.
func (l *Log) From(at Moment, read *Reading) *Basis { return &Basis{log: l, at: at, read: read} }

// Tables are those that it was made from.
func (b *Basis) Tables() Set { return b.read.Set() }

// Changed reports whether what people see of its tables has changed since it was made, and
// whether the rest has.
func (b *Basis) Changed() (seen, unseen bool) { return b.log.Since(b.at, b.read.Set()) }

// Use notes that what is made under a context uses what was kept.
func (b *Basis) Use(ctx context.Context) { Of(ctx).Add(b.read.Set()) }
