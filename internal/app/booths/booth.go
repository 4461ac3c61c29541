package booths

import (
	"context"
	"slices"

	"hoicho/internal/app/passes"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// boothChange is a change of one booth under way: the event and the booth as
// they were read in its transaction.
type boothChange struct {
	tx    *store.Tx
	actor registry.Actor
	event registry.Event
	booth registry.Booth
}

// changeBooth runs a use case on one booth for an officer with ManageBooths in
// the area of the event, and writes one audit line. It is NotFound for a booth of
// another event and a Conflict once the event is over or called off, or if somebody
// else has the booth than was shown.
func (a *Service) changeBooth(ctx context.Context, actor registry.Actor, ref BoothRef, action string, fn func(*boothChange) (fact.Facts, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		event, err := a.lockPlan(ctx, tx, actor, ref.Event)
		if err != nil {
			return registry.Change{}, err
		}
		booth, err := tx.Booth(ctx, event.ID, ref.Booth)
		if err != nil {
			return registry.Change{}, err
		}
		if ref.Shown != "" && booth.Application != ref.Shown {
			return registry.Change{}, registry.E(registry.Conflict, "error.booth.other_owner", booth.Code)
		}
		facts, err := fn(&boothChange{tx, actor, event, booth})
		return registry.Change{Action: action, Object: "booth", ID: string(booth.ID), Scope: a.Areas.Scope(event.Area), Detail: facts}, err
	})
}

// lockPlan reads an event whose plan of booths an officer with ManageBooths in its
// area is about to change, once all who decide on its places have gone before. It is
// a Conflict once the event is over or called off.
func (a *Service) lockPlan(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.EventID) (registry.Event, error) {
	event, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, id)
	if err != nil {
		return event, err
	}
	if err := givesBooths(event); err != nil {
		return event, err
	}
	return event, tx.LockPlaces(ctx, id)
}

// BoothRef names a booth of an event, and who had it when the page was shown.
type BoothRef struct {
	Event registry.EventID
	Booth registry.BoothID
	Shown registry.ApplicationID // "" = whoever has it
	Why   string                 // reason of a move or swap, needed where the booths were drawn in public
}

// givesBooths refuses to move booths of an event that is over or called off.
func givesBooths(e registry.Event) error {
	switch e.State {
	case registry.Ended, registry.Reported, registry.Cancelled:
		return registry.E(registry.Conflict, "error.booth.event_over")
	}
	return nil
}

// boothMove is the audit detail of a booth that changes hands.
type boothMove struct {
	Code string
	From registry.ApplicationID
	To   registry.ApplicationID
	With string // code of the other booth of a move or swap
}

func (m boothMove) facts() fact.Facts {
	return fact.Facts{fact.Said("code", m.Code), fact.Ref("from_owner", "application", m.From), fact.Ref("to_owner", "application", m.To),
		fact.Said("with", m.With)}
}

// AssignBooth gives a booth to an approved application that has not all the
// booths it was granted. The vendor is told. It is a Conflict if the booth is not
// free or the application has all its booths.
func (a *Service) AssignBooth(ctx context.Context, actor registry.Actor, ref BoothRef, to registry.ApplicationID) error {
	return a.changeBooth(ctx, actor, ref, "booth.assign", func(c *boothChange) (fact.Facts, error) {
		left, err := boothsLeft(ctx, c.tx, c.event.ID, to)
		if err != nil {
			return nil, err
		}
		if err := keptForDraw(ctx, c.tx, c.event.ID, c.booth.Code); err != nil {
			return nil, err
		}
		if err := c.tx.AssignBooth(ctx, c.booth.ID, to); err != nil {
			return nil, err
		}
		if left == 1 {
			if err := c.tx.DropHold(ctx, to); err != nil {
				return nil, err
			}
		}
		return boothMove{Code: c.booth.Code, To: to}.facts(), a.assigned(ctx, c, c.booth, to)
	})
}

// boothsLeft returns how many more booths an application may be given. It locks
// the application, so that two booths given at once cannot both be the last. It
// is a Conflict if the application is not approved, its vendor is blocked, or it
// has all its booths.
func boothsLeft(ctx context.Context, tx *store.Tx, event registry.EventID, id registry.ApplicationID) (int, error) {
	granted, err := tx.LockApproved(ctx, event, id)
	if err != nil {
		return 0, err
	}
	if err := tx.LockActiveVendor(ctx, id); err != nil {
		return 0, err
	}
	booths, err := tx.BoothsOf(ctx, id)
	if err != nil {
		return 0, err
	}
	left := granted - countAssigned(booths)
	if left < 1 {
		return 0, registry.E(registry.Conflict, "error.booth.enough", granted)
	}
	return left, nil
}

func countAssigned(booths []registry.Booth) int {
	n := 0
	for _, b := range booths {
		if b.State == registry.BoothAssigned {
			n++
		}
	}
	return n
}

// assigned does what follows when a booth has been given: passes and a notice. It
// is a Conflict if the vendor is blocked: its new passes would be let in.
func (a *Service) assigned(ctx context.Context, c *boothChange, b registry.Booth, to registry.ApplicationID) error {
	if err := c.tx.LockActiveVendor(ctx, to); err != nil {
		return err
	}
	b.State, b.Application = registry.BoothAssigned, to
	if err := a.Passes.IssueForBooth(ctx, c.tx, b); err != nil {
		return err
	}
	return a.tellBooths(ctx, c, to)
}

// boothMoved is a booth that its application has left for another one.
type boothMoved struct{ from, to registry.Booth }

// movedBooths does what follows when applications have moved from booth to booth:
// passes and notices. All old passes are read before new ones are issued: in a swap
// these belong to the same booths. It is a Conflict if a vendor is blocked.
func (a *Service) movedBooths(ctx context.Context, c *boothChange, moves ...boothMoved) error {
	swaps := make([]passes.Swap, len(moves))
	for i, m := range moves {
		if err := c.tx.LockActiveVendor(ctx, m.from.Application); err != nil {
			return err
		}
		var err error
		if swaps[i], err = a.Passes.MovedPasses(ctx, c.tx, m.from, m.to); err != nil {
			return err
		}
	}
	for i, m := range moves {
		m.to.State, m.to.Application = registry.BoothAssigned, m.from.Application
		if err := a.onBoothMoved(ctx, c.tx, m.to, swaps[i]); err != nil {
			return err
		}
		if err := a.tellBooths(ctx, c, m.from.Application); err != nil {
			return err
		}
	}
	return nil
}

// onBoothMoved replaces the passes of an application that has moved to b, or issues
// them where the old booth had none.
func (a *Service) onBoothMoved(ctx context.Context, tx *store.Tx, b registry.Booth, s passes.Swap) error {
	if len(s.Olds) == 0 {
		return a.Passes.IssueForBooth(ctx, tx, b)
	}
	return a.Passes.Replace(ctx, tx, s)
}

// errNotAssigned says that nobody has the booth that was to be moved.
func errNotAssigned() error { return registry.E(registry.Conflict, "error.booth.not_assigned") }

// MoveBooth moves whoever has one booth to another free booth of the event. The
// vendor is told. It is a Conflict if the other booth is not free.
func (a *Service) MoveBooth(ctx context.Context, actor registry.Actor, ref BoothRef, to registry.BoothID) error {
	return a.changeBooth(ctx, actor, ref, "booth.move", func(c *boothChange) (fact.Facts, error) {
		target, err := c.tx.Booth(ctx, c.event.ID, to)
		if err != nil {
			return nil, err
		}
		if c.booth.State != registry.BoothAssigned {
			return nil, errNotAssigned()
		}
		why, err := whyMoved(ctx, c, ref.Why)
		if err != nil {
			return nil, err
		}
		if err := keptForDraw(ctx, c.tx, c.event.ID, target.Code); err != nil {
			return nil, err
		}
		owner := c.booth.Application
		if err := c.tx.AssignBooth(ctx, target.ID, owner); err != nil {
			return nil, err
		}
		if err := c.tx.ReleaseBooth(ctx, c.booth.ID, owner); err != nil {
			return nil, err
		}
		return append(boothMove{Code: c.booth.Code, From: owner, With: target.Code}.facts(), why...), a.movedBooths(ctx, c, boothMoved{c.booth, target})
	})
}

// SwapBooths exchanges who has two booths of an event. Both vendors are told. It
// is a Conflict unless both booths are assigned.
func (a *Service) SwapBooths(ctx context.Context, actor registry.Actor, ref BoothRef, with registry.BoothID) error {
	return a.changeBooth(ctx, actor, ref, "booth.swap", func(c *boothChange) (fact.Facts, error) {
		x := c.booth
		y, err := c.tx.Booth(ctx, c.event.ID, with)
		if err != nil {
			return nil, err
		}
		if x.ID == y.ID || x.State != registry.BoothAssigned || y.State != registry.BoothAssigned {
			return nil, errNotAssigned()
		}
		why, err := whyMoved(ctx, c, ref.Why)
		if err != nil {
			return nil, err
		}
		if err := c.tx.SwapBooths(ctx, x, y); err != nil {
			return nil, err
		}
		return append(boothMove{Code: x.Code, From: x.Application, To: y.Application, With: y.Code}.facts(), why...),
			a.movedBooths(ctx, c, boothMoved{x, y}, boothMoved{y, x})
	})
}

// ReleaseBooth takes a booth back from whoever has or holds it; the application
// stays approved, and a vendor that had it is told. It is a Conflict if nobody has
// it.
func (a *Service) ReleaseBooth(ctx context.Context, actor registry.Actor, ref BoothRef) error {
	return a.changeBooth(ctx, actor, ref, "booth.release", func(c *boothChange) (fact.Facts, error) {
		if c.booth.Application == "" {
			return nil, errNotAssigned()
		}
		if err := c.tx.ReleaseBooth(ctx, c.booth.ID, c.booth.Application); err != nil {
			return nil, err
		}
		move := boothMove{Code: c.booth.Code, From: c.booth.Application}
		if c.booth.State != registry.BoothAssigned {
			return move.facts(), nil
		}
		if err := a.Passes.RevokeForBooth(ctx, c.tx, c.booth); err != nil {
			return nil, err
		}
		return move.facts(), a.tellBooth(ctx, c, c.booth.Application, "application.mail.booth_back", c.booth.Code)
	})
}

// releaseAll takes every booth back from an application that leaves the event.
func (a *Service) releaseAll(ctx context.Context, tx *store.Tx, id registry.ApplicationID) error {
	booths, err := tx.BoothsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, b := range booths {
		if err := tx.ReleaseBooth(ctx, b.ID, id); err != nil {
			return err
		}
		if b.State != registry.BoothAssigned {
			continue
		}
		if err := a.Passes.RevokeForBooth(ctx, tx, b); err != nil {
			return err
		}
	}
	return nil
}

// promisesKept refuses to take away a place that was promised: was is what the
// event had to give before booths were taken out. LockPlaces comes first.
func promisesKept(ctx context.Context, tx *store.Tx, event registry.EventID, was registry.Places) error {
	now, err := tx.Places(ctx, event)
	if err != nil {
		return err
	}
	return broken(now.Booths-was.Booths, now)
}

// broken refuses places of which more were promised than there are, where there are fewer than before.
func broken(more int, now registry.Places) error {
	if more < 0 && now.Left() < 0 {
		return registry.E(registry.Conflict, "error.booth.promised", now.Promised, now.Booths)
	}
	return nil
}

// BlockBooth keeps a free booth from being given to anybody. It is a Conflict if
// somebody has it, or if it was promised: fewer booths would be left than approved
// and offered applications were granted.
func (a *Service) BlockBooth(ctx context.Context, actor registry.Actor, ref BoothRef) error {
	return a.changeBooth(ctx, actor, ref, "booth.block", func(c *boothChange) (fact.Facts, error) {
		was, err := c.tx.Places(ctx, c.event.ID)
		if err != nil {
			return nil, err
		}
		if err := keptForDraw(ctx, c.tx, c.event.ID, c.booth.Code); err != nil {
			return nil, err
		}
		if err := c.tx.BlockBooth(ctx, c.booth.ID); err != nil {
			return nil, err
		}
		return boothMove{Code: c.booth.Code}.facts(), promisesKept(ctx, c.tx, c.event.ID, was)
	})
}

// UnblockBooth frees a blocked booth; the place is offered to who waits longest.
func (a *Service) UnblockBooth(ctx context.Context, actor registry.Actor, ref BoothRef) error {
	return a.changeBooth(ctx, actor, ref, "booth.unblock", func(c *boothChange) (fact.Facts, error) {
		if err := c.tx.UnblockBooth(ctx, c.booth.ID); err != nil {
			return nil, err
		}
		return boothMove{Code: c.booth.Code}.facts(), a.offerPlaces(ctx, c.tx, c.event, 1)
	})
}

// MarkBooth notes what was seen at an assigned booth today, a day of the event;
// unseen takes the note away.
func (a *Service) MarkBooth(ctx context.Context, actor registry.Actor, ref BoothRef, state registry.BoothDayState) error {
	known := []registry.BoothDayState{registry.BoothUnseen, registry.BoothOccupied, registry.BoothNoShow}
	if !slices.Contains(known, state) {
		return registry.At("state", "error.choose")
	}
	return a.changeBooth(ctx, actor, ref, "booth.mark", func(c *boothChange) (fact.Facts, error) {
		today := a.Today()
		switch {
		case !c.event.HasDay(today):
			return nil, registry.E(registry.Conflict, "error.booth.not_today")
		case c.booth.State != registry.BoothAssigned:
			return nil, errNotAssigned()
		}
		facts := fact.Facts{fact.Said("code", c.booth.Code), fact.Date("day", today), fact.Code("seen", fact.BoothSeen, state)}
		return facts, c.tx.SaveBoothDay(ctx, c.booth.ID, today, state, actor.Account)
	})
}
