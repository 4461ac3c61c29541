package core

import (
	"context"
	"slices"
	"sync"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/changes"
	"hoicho/internal/vn"
)

// dayTurns are the instants of a day, rising, at which public pages change without anybody
// doing anything. They are read again when what they come from has changed.
type dayTurns struct {
	mu    sync.Mutex
	basis *changes.Basis
	day   string
	at    []int64 // unix ms
}

// NextTurn returns the next instant at which public pages change by themselves: a day begins,
// an event opens or closes for the day, applications begin or end, an article comes out.
func (a *Core) NextTurn(ctx context.Context) (time.Time, error) {
	now, t := a.DB.Now(), &a.turns
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.readAnew(ctx, a.DB, vn.DateOf(now)); err != nil {
		return time.Time{}, err
	}
	next, _ := slices.BinarySearch(t.at, now.UnixMilli()+1)
	return time.UnixMilli(t.at[min(next, len(t.at)-1)]), nil
}

// readAnew reads the turns of a day, unless they are known and still hold.
func (t *dayTurns) readAnew(ctx context.Context, db *store.DB, day string) error {
	if t.basis != nil && t.day == day {
		if changed, _ := t.basis.Changed(); !changed {
			return nil
		}
	}
	ctx, basis := db.Kept(ctx)
	var at []int64
	if err := db.Read(ctx, func(tx *store.Tx) (err error) {
		at, err = tx.Turns(ctx, day)
		return err
	}); err != nil {
		return err
	}
	midnight, _ := vn.StartOf(registry.AddDays(day, 1))
	at = append(at, midnight.UnixMilli())
	slices.Sort(at)
	t.basis, t.day, t.at = basis, day, slices.Compact(at)
	return nil
}
