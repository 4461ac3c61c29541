package passes

import (
	"context"
	"slices"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// PassBook is the passes of an event as the office looks at them, by booth.
type PassBook struct {
	Event  registry.Event
	Groups []registry.PassGroup // the page of them that was asked for
	More   string               // key of the last group of the page, where there are further ones
	Found  PassTally            // of what the filter leaves
	All    PassTally            // of the whole event
	Killed int                  // died with their key and not replaced, of the whole event
	Last   int64                // unix ms, when a pass of the event was last put on paper; 0 = never
	Booths []registry.Booth     // in the order of the plan
	Bare   []registry.Booth     // that somebody has, without a pass in force or blocked
}

// PassTally counts passes.
type PassTally struct {
	Passes    int // listed
	Live      int // in force
	ToPrint   int // of those in force, not on paper yet
	Blocked   int
	Revoked   int
	Booths    int // groups of booths
	Signs     int // booth passes in force
	Vehicles  int // in force
	Officials int // in force, of the organisers
	Visitors  int // in force, invitations
}

// add counts a pass.
func (t *PassTally) add(r *registry.PassRow) {
	t.Passes++
	switch r.State {
	case registry.PassBlocked:
		t.Blocked++
	case registry.PassRevoked:
		t.Revoked++
	}
	if r.State != registry.PassValid {
		return
	}
	t.Live++
	if r.ToPrint() {
		t.ToPrint++
	}
	switch r.Kind {
	case registry.BoothPass:
		t.Signs++
	case registry.VehiclePass:
		t.Vehicles++
	case registry.OfficialPass:
		t.Officials++
	case registry.VisitorPass:
		t.Visitors++
	}
}

// BookPage is the part of a book that is shown: groups of the filter after one, until they have so many passes.
type BookPage struct {
	Filter registry.PassFilter
	After  string // key of a group
	Passes int    // 0 = all
}

// PassBook lists passes of an event by booth with what there is to print. Revoked ones are listed where the
// filter asks for their state or for a text, or names a pass. The actor needs ManagePasses there.
func (a *Service) PassBook(ctx context.Context, actor registry.Actor, page BookPage) (b PassBook, err error) {
	f := page.Filter
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if b.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, f.Event); err != nil {
			return err
		}
		if b.Booths, err = tx.Booths(ctx, f.Event); err != nil {
			return err
		}
		all, err := tx.Passes(ctx, registry.PassFilter{Event: f.Event})
		if err != nil {
			return err
		}
		dead := b.tally(all)
		rows := slices.DeleteFunc(slices.Clone(all), func(r registry.PassRow) bool { return r.State == registry.PassRevoked })
		if f.Live = f.State == "" && f.Text == ""; !f.Whole() {
			if rows, err = tx.Passes(ctx, f); err != nil {
				return err
			}
		}
		b.group(rows, dead, page)
		return nil
	})
	return b, err
}

// tally counts all passes of the event and returns the revoked ones.
func (b *PassBook) tally(all []registry.PassRow) (dead []registry.PassRow) {
	has := map[registry.BoothID]bool{}
	for i := range all {
		r := &all[i]
		b.All.add(r)
		b.Last = max(b.Last, r.PrintedAt)
		if r.State == registry.PassRevoked {
			dead = append(dead, *r)
			if r.Killed() {
				b.Killed++
			}
		} else {
			has[r.Booth] = true
		}
	}
	for _, booth := range b.Booths {
		if booth.State == registry.BoothAssigned && !has[booth.ID] {
			b.Bare = append(b.Bare, booth)
		}
	}
	return dead
}

// group fills in the page of groups and counts what the filter leaves.
func (b *PassBook) group(rows, dead []registry.PassRow, page BookPage) {
	for i := range rows {
		b.Found.add(&rows[i])
	}
	b.Groups = registry.GroupPasses(rows, dead, b.Booths)
	for _, g := range b.Groups {
		if g.Booth != "" {
			b.Found.Booths++
		}
	}
	if page.After != "" {
		i := slices.IndexFunc(b.Groups, func(g registry.PassGroup) bool { return g.Key == page.After })
		if i < 0 {
			b.Groups = nil
			return
		}
		b.Groups = b.Groups[i+1:]
	}
	n := 0
	for i := range b.Groups {
		if n += len(b.Groups[i].Rows); page.Passes > 0 && n >= page.Passes && i < len(b.Groups)-1 {
			b.Groups, b.More = b.Groups[:i+1], b.Groups[i].Key
			return
		}
	}
}

// FindBooth finds a booth of an event by its code. It is NotFound where there is none, and for whoever has not
// ManagePasses there.
func (a *Service) FindBooth(ctx context.Context, actor registry.Actor, event registry.EventID, code string) (booth registry.Booth, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, event); err != nil {
			return err
		}
		list, err := tx.Booths(ctx, event)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(b registry.Booth) bool { return b.Code == code })
		if i < 0 {
			return registry.E(registry.NotFound, "error.not_found")
		}
		booth = list[i]
		return nil
	})
	return booth, err
}

// IssueMissing issues the passes of booths that somebody has and that have none in force or blocked, and returns
// how many: none for an application that has chosen no days. The actor needs ManagePasses there. Conflict where no booth
// lacks passes, or the event does not take place.
func (a *Service) IssueMissing(ctx context.Context, actor registry.Actor, id registry.EventID) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		b := PassBook{}
		if b.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, id); err != nil {
			return registry.Change{}, err
		}
		if b.Event.State.Stopped() {
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.event_stopped")
		}
		if b.Booths, err = tx.Booths(ctx, id); err != nil {
			return registry.Change{}, err
		}
		all, err := tx.Passes(ctx, registry.PassFilter{Event: id})
		if err != nil {
			return registry.Change{}, err
		}
		b.tally(all)
		if len(b.Bare) == 0 {
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.step")
		}
		if err := a.issueBare(ctx, tx, b.Bare); err != nil {
			return registry.Change{}, err
		}
		now, err := tx.CountPasses(ctx, registry.PassFilter{Event: id})
		n = now - len(all)
		return registry.Change{Action: "pass.issue_missing", Object: "event", ID: string(id), Scope: a.Areas.Scope(b.Event.Area),
			Detail: fact.Facts{fact.Count("count", n)}}, err
	})
	return n, err
}

// issueBare issues the passes of booths whose vendors may sell.
func (a *Service) issueBare(ctx context.Context, tx *store.Tx, bare []registry.Booth) error {
	for _, booth := range bare {
		if err := tx.LockActiveVendor(ctx, booth.Application); err != nil {
			return err
		}
		if err := a.IssueForBooth(ctx, tx, booth); err != nil {
			return err
		}
	}
	return nil
}
