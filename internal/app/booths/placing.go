package booths

import (
	"context"
	"slices"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Placing is what giving every approved application its booths would do.
type Placing struct {
	Proposal
	Event   registry.Event
	Vendors int // that would be told
}

// PreviewPlacing proposes booths for all approved applications of an event that are owed some; nothing is changed. The
// actor needs ManageBooths there. Conflict once the event is over or called off.
func (a *Service) PreviewPlacing(ctx context.Context, actor registry.Actor, event registry.EventID) (p Placing, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event)
		if err != nil {
			return err
		}
		if err := givesBooths(e); err != nil {
			return err
		}
		p, err = place(ctx, tx, e)
		return err
	})
	return p, err
}

// wishes are the approved applications that are owed booths, with all booths of the event.
func wishes(ctx context.Context, tx *store.Tx, e registry.Event) (list []Wish, all []registry.Booth, err error) {
	d := BoothDesk{Plan: Plan{Event: e}}
	if d.Booths, err = tx.Booths(ctx, e.ID); err != nil {
		return nil, nil, err
	}
	without, err := d.boothless(ctx, tx)
	for _, w := range without {
		list = append(list, Wish{Application: w.ID, Number: w.Number, SubmittedAt: w.SubmittedAt, Version: w.Version, Vendor: w.VendorName,
			Blocked: w.Blocked, Zone: w.Zone, Power: w.NeedsPower, Owed: w.Left})
	}
	return list, d.Booths, err
}

// place reads wishes and booths and proposes.
func place(ctx context.Context, tx *store.Tx, e registry.Event) (p Placing, err error) {
	list, all, err := wishes(ctx, tx, e)
	if err != nil {
		return p, err
	}
	p = Placing{Proposal: Place(list, all), Event: e}
	told := map[registry.ApplicationID]bool{}
	for _, x := range p.Placed {
		told[x.Application] = true
	}
	p.Vendors = len(told)
	return p, nil
}

// PlaceAll gives booths as they were proposed but for those that are left out, all or none; mark is that of the proposal.
// Passes are issued and each vendor is told once. It is a Conflict if wishes or booths have changed since, or nothing is left to
// give. It returns how many booths were given.
func (a *Service) PlaceAll(ctx context.Context, actor registry.Actor, event registry.EventID, mark string, out ...registry.BoothID) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.lockPlan(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		p, err := place(ctx, tx, e)
		switch {
		case err != nil:
			return registry.Change{}, err
		case p.Mark != mark || !p.without(out):
			return registry.Change{}, registry.E(registry.Conflict, "placing.error.changed")
		case len(p.Placed) == 0:
			return registry.Change{}, registry.E(registry.Conflict, "placing.error.nothing")
		}
		codes, err := a.placeEach(ctx, &boothChange{tx: tx, actor: actor, event: e}, p)
		n = len(codes)
		return registry.Change{Action: "booth.place_all", Object: "event", ID: string(event), Scope: a.Areas.Scope(e.Area),
			Detail: fact.Facts{fact.Count("count", n), fact.List("codes", fact.Text, codes...), fact.Some("left_out", len(out))}}, err
	})
	return n, err
}

// without drops what is left out of a proposal; false where one of it was not proposed.
func (p *Placing) without(out []registry.BoothID) bool {
	for _, id := range out {
		i := slices.IndexFunc(p.Placed, func(x Placement) bool { return x.Booth.ID == id })
		if i < 0 {
			return false
		}
		p.Placed = slices.Delete(p.Placed, i, i+1)
	}
	return true
}

// codes are the booths that would be given.
func (p *Placing) codes() []string {
	codes := make([]string, len(p.Placed))
	for i, x := range p.Placed {
		codes[i] = x.Booth.Code
	}
	return codes
}

// placeEach gives the proposed booths and remembers them for the undo.
func (a *Service) placeEach(ctx context.Context, c *boothChange, p Placing) (codes []string, err error) {
	batch := registry.PlacingBatch{Event: c.event.ID, By: c.actor.Account}
	var told []registry.ApplicationID
	if err := keptForDraw(ctx, c.tx, c.event.ID, p.codes()...); err != nil {
		return nil, err
	}
	for _, x := range p.Placed {
		left, err := boothsLeft(ctx, c.tx, c.event.ID, x.Application)
		if err != nil {
			return nil, err
		}
		if err := c.tx.AssignBooth(ctx, x.Booth.ID, x.Application); err != nil {
			return nil, err
		}
		if left == 1 {
			if err := c.tx.DropHold(ctx, x.Application); err != nil {
				return nil, err
			}
		}
		b := x.Booth
		b.State, b.Application = registry.BoothAssigned, x.Application
		if err := a.Passes.IssueForBooth(ctx, c.tx, b); err != nil {
			return nil, err
		}
		codes = append(codes, b.Code)
		batch.Items = append(batch.Items, registry.PlacingItem{Booth: b.ID, Code: b.Code, Application: x.Application})
		if !slices.Contains(told, x.Application) {
			told = append(told, x.Application)
		}
	}
	for _, id := range told {
		if err := a.tellBooths(ctx, c, id); err != nil {
			return nil, err
		}
	}
	return codes, c.tx.InsertPlacing(ctx, batch)
}

// Undo is what taking back the booths that were given together would do.
type Undo struct {
	Batch   registry.PlacingBatch
	Event   registry.Event
	Passes  int   // that die
	Vendors int   // that are told again
	Refused error // why it is not possible any more
}

// PreviewUndo tells of the last time that booths were given together; ok is false where that was never, or was undone. The
// actor needs ViewOffice there.
func (a *Service) PreviewUndo(ctx context.Context, actor registry.Actor, event registry.EventID) (u Undo, ok bool, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if u.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewOffice, event); err != nil {
			return err
		}
		if u.Batch, ok, err = tx.LastPlacing(ctx, event); err != nil || !ok {
			return err
		}
		return u.read(ctx, tx)
	})
	return u, ok, err
}

// read counts what would follow and finds what was built on the batch since.
func (u *Undo) read(ctx context.Context, tx *store.Tx) error {
	told := map[registry.ApplicationID]bool{}
	printed := 0
	for _, item := range u.Batch.Items {
		told[item.Application] = true
		b, err := tx.Booth(ctx, u.Event.ID, item.Booth)
		if registry.KindOf(err) == registry.NotFound || err == nil && (b.State != registry.BoothAssigned || b.Application != item.Application || b.AssignedAt != u.Batch.At) {
			u.Refused = registry.E(registry.Conflict, "placing.error.moved", item.Code)
			return nil
		}
		if err != nil {
			return err
		}
		rows, err := tx.Passes(ctx, registry.PassFilter{Event: u.Event.ID, Stall: item.Booth, Live: true})
		if err != nil {
			return err
		}
		for _, r := range rows {
			u.Passes++
			if r.PrintedAt > 0 {
				printed++
			}
		}
	}
	u.Vendors = len(told)
	switch {
	case givesBooths(u.Event) != nil:
		u.Refused = givesBooths(u.Event)
	case u.Event.State == registry.Running:
		u.Refused = registry.E(registry.Conflict, "placing.error.running")
	case printed > 0:
		u.Refused = registry.E(registry.Conflict, "placing.error.printed", printed)
	}
	return nil
}

// UndoPlacing takes back all booths that were given together last, while nothing was built on them: none changed hands, no
// pass of them was printed, the event is not running. Their passes die, the vendors are told. id is that of the batch which was
// looked at.
func (a *Service) UndoPlacing(ctx context.Context, actor registry.Actor, event registry.EventID, id string) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.lockPlan(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		u := Undo{Event: e}
		var ok bool
		if u.Batch, ok, err = tx.LastPlacing(ctx, event); err != nil {
			return registry.Change{}, err
		}
		if !ok || u.Batch.ID != id {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		if err := u.read(ctx, tx); err != nil {
			return registry.Change{}, err
		}
		if u.Refused != nil {
			return registry.Change{}, u.Refused
		}
		codes, err := a.takeBack(ctx, &boothChange{tx: tx, actor: actor, event: e}, u.Batch)
		n = len(codes)
		return registry.Change{Action: "booth.place_undo", Object: "event", ID: string(event), Scope: a.Areas.Scope(e.Area),
			Detail: fact.Facts{fact.Count("count", n), fact.List("codes", fact.Text, codes...)}}, err
	})
	return n, err
}

// takeBack releases the booths of a batch and tells each vendor once.
func (a *Service) takeBack(ctx context.Context, c *boothChange, batch registry.PlacingBatch) (codes []string, err error) {
	of := map[registry.ApplicationID]string{}
	var told []registry.ApplicationID
	for _, item := range batch.Items {
		b, err := c.tx.Booth(ctx, c.event.ID, item.Booth)
		if err != nil {
			return nil, err
		}
		if err := c.tx.ReleaseBooth(ctx, b.ID, item.Application); err != nil {
			return nil, err
		}
		if err := a.Passes.RevokeForBooth(ctx, c.tx, b); err != nil {
			return nil, err
		}
		codes = append(codes, b.Code)
		if of[item.Application] == "" {
			told = append(told, item.Application)
			of[item.Application] = b.Code
		} else {
			of[item.Application] += ", " + b.Code
		}
	}
	for _, id := range told {
		if err := a.tellBooth(ctx, c, id, "application.mail.booth_back", of[id]); err != nil {
			return nil, err
		}
	}
	return codes, c.tx.UndoPlacing(ctx, batch.ID)
}
