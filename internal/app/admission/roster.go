package admission

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// maxRoster bounds the passes of an event that are remembered, and maxRosters the
// events.
const (
	maxRoster  = 20_000
	maxRosters = 10
)

// roster is what this process remembers of an event's passes and of where they
// are, so that a pass is not read anew each time it is scanned. It holds for one
// change number of the event: whatever is done to a pass or its presence, by
// whatever process, raises that number.
//
// A book takes the roster for itself and gives it back once it is committed. One
// that fails loses it, and the next book reads anew.
type roster struct {
	change int64 // of the event's passes
	seen   int64 // changes of the database in this process: names and booths
	passes map[string]*store.GatePass
	booths map[registry.BoothID][]*store.GatePass // their staff who are inside, and perhaps others
}

// takeRoster returns what is remembered of an event if it still holds.
func (a *Service) takeRoster(event registry.EventID, change, seen int64) *roster {
	r := a.rosters[event]
	delete(a.rosters, event)
	if r != nil && r.change == change && r.seen == seen && len(r.passes) < maxRoster {
		return r
	}
	return &roster{change: change, seen: seen, passes: map[string]*store.GatePass{}, booths: map[registry.BoothID][]*store.GatePass{}}
}

// keepRosters remembers what this book knows, once it is committed.
func (b *book) keepRosters() {
	for _, p := range b.byPass {
		if r := b.rosters[p.Event]; r != nil {
			r.passes[p.Code] = p
		}
	}
	for booth, staff := range b.byBooth {
		if r := b.rosters[staff[0].Event]; r != nil {
			r.booths[booth] = staff
		}
	}
	if len(b.app.rosters) >= maxRosters {
		clear(b.app.rosters)
	}
	maps.Copy(b.app.rosters, b.rosters)
}

// remembered takes the passes that a roster has into the book, and returns the
// other codes.
func (b *book) remembered(codes map[string]bool) (others []string) {
	for _, r := range b.rosters {
		for code := range codes {
			if p := r.passes[code]; p != nil {
				b.list(p)
				delete(codes, code)
			}
		}
	}
	return slices.Sorted(maps.Keys(codes))
}

// openBooths reads who is inside of the staff of the booths whose passes were
// scanned.
func (b *book) openBooths(ctx context.Context) error {
	booths := map[registry.BoothID]bool{}
	for _, p := range b.byPass {
		if p.Kind == registry.StaffPass && p.Booth != "" {
			booths[p.Booth] = true
		}
	}
	for _, r := range b.rosters {
		for booth := range booths {
			staff, known := r.booths[booth]
			if !known {
				continue
			}
			for _, p := range staff {
				b.list(p)
			}
			delete(booths, booth)
		}
	}
	if len(booths) == 0 {
		return nil
	}
	inside, err := b.tx.StaffInside(ctx, slices.Sorted(maps.Keys(booths)))
	b.listAll(inside)
	return err
}
