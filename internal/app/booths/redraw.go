package booths

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/floorplan"
	"hoicho/internal/vn"
)

// Redraw is what a drawn plan makes of the booths of an event.
type Redraw struct {
	Add    []registry.Booth
	Remove []registry.Booth // as they are
	Change []registry.Booth // as they are to be, at the version at which they were read
	Moved  []registry.Booth // as they are: they get another place under their number
}

// RedrawEffect is what follows from a Redraw.
type RedrawEffect struct {
	Renamed []Renamed
	Resized []Resized
	Moved   []registry.Booth // those that somebody has
	Passes  int              // that end, because the number on them is not the booth's any more
	Holders int              // vendors that have them
	Vendors int              // that are told
	Offered int              // vendors that wait and are offered a place, at most

	Barred error // why it cannot be done, see Redraw
}

// Terms are the fee and power of booths, as they are typed.
type Terms struct {
	Fee   string
	Power bool
}

// ReadFee reads an amount, as the form of a grid does; an empty one is free of charge.
func ReadFee(s string) (dong int64, ok bool) { return parseFee(s) }

// Renamed is a booth that gets another number.
type Renamed struct {
	registry.Booth // as it is
	To             string
	Passes         int
}

// ids are those of the booths that go.
func (r Redraw) ids() (ids []registry.BoothID) {
	for _, b := range r.Remove {
		ids = append(ids, b.ID)
	}
	return ids
}

// Resized is a booth that gets another size.
type Resized struct {
	registry.Booth // as it is
	WidthTo        int
	DepthTo        int
}

func sized(b registry.Booth) [2]int { return [2]int{b.WidthCM, b.DepthCM} }

// LockPlan is the event whose plan of booths an officer is about to change, as lockPlan has it.
func (a *Service) LockPlan(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.EventID) (registry.Event, error) {
	return a.lockPlan(ctx, tx, actor, id)
}

// GivesBooths refuses to change the booths of an event that is over or called off.
func GivesBooths(e registry.Event) error { return givesBooths(e) }

// ShowFee writes an amount as it is typed.
func ShowFee(dong int64) string { return vn.Count(dong) }

// inUse is how many of some booths can be given.
func inUse(list []registry.Booth) (n int) {
	for _, b := range list {
		if b.State != registry.BoothBlocked {
			n++
		}
	}
	return n
}

// offers is how many waiting vendors at most are offered a place once an event has so many booths more and these
// places.
func (a *Service) offers(ctx context.Context, tx *store.Tx, e registry.Event, places registry.Places, more int) (int, error) {
	until, err := a.offerEnd(ctx, tx, e)
	if err != nil || until == 0 || more <= 0 || places.Left() <= 0 {
		return 0, err
	}
	waiting, err := tx.CountApplications(ctx, registry.ApplicationFilter{Event: e.ID, States: []registry.ApplicationState{registry.AppWaitlisted}})
	return min(waiting, more, places.Left()), err
}

// RedrawEffect tells what a Redraw of an event would touch.
func (a *Service) RedrawEffect(ctx context.Context, tx *store.Tx, e registry.Event, r Redraw) (x RedrawEffect, err error) {
	places, err := tx.Places(ctx, e.ID)
	if err != nil {
		return x, err
	}
	more := inUse(r.Add) - inUse(r.Remove)
	places.Booths += more
	if x.Offered, err = a.offers(ctx, tx, e, places, more); err != nil {
		return x, err
	}
	if x.Barred, err = barred(ctx, tx, e.ID, r); err != nil {
		return x, err
	}
	if x.Barred == nil {
		x.Barred = broken(more, places)
	}
	told, holders := map[registry.ApplicationID]bool{}, map[registry.ApplicationID]bool{}
	for _, b := range r.Moved {
		if b.State == registry.BoothAssigned {
			x.Moved, told[b.Application] = append(x.Moved, b), true
		}
	}
	for _, to := range r.Change {
		b, err := tx.Booth(ctx, to.Event, to.ID)
		if err != nil {
			return x, err
		}
		if sized(b) != sized(to) {
			x.Resized = append(x.Resized, Resized{b, to.WidthCM, to.DepthCM})
			told[b.Application] = b.State == registry.BoothAssigned || told[b.Application]
		}
		if b.Code == to.Code {
			continue
		}
		n := Renamed{Booth: b, To: to.Code}
		if b.State == registry.BoothAssigned {
			s, err := a.Passes.MovedPasses(ctx, tx, b, to)
			if err != nil {
				return x, err
			}
			n.Passes, told[b.Application] = len(s.Olds), true
			if n.Passes > 0 {
				holders[b.Application] = true
			}
		}
		x.Passes += n.Passes
		x.Renamed = append(x.Renamed, n)
	}
	x.Holders = len(holders)
	for _, of := range told {
		if of {
			x.Vendors++
		}
	}
	return x, nil
}

// barred says why a Redraw cannot be: a draw whose list is locked lets nobody touch the plan, a result and vouchers name booths by
// their numbers, and who is about to choose a booth has to find it as it is shown.
func barred(ctx context.Context, tx *store.Tx, event registry.EventID, r Redraw) (bar, err error) {
	renamed, err := renumbered(ctx, tx, event, r.Change)
	if err == nil {
		err = keptAsDrawn(ctx, tx, event, renamed...)
	}
	if err == nil {
		err = keptForVouchers(ctx, tx, event, renamed)
	}
	if registry.KindOf(err) == registry.Conflict {
		return err, nil
	}
	return nil, err
}

// renumbered are the numbers that booths lose or get. It is a Conflict where one of them, or one that gets another size, is held.
func renumbered(ctx context.Context, tx *store.Tx, event registry.EventID, change []registry.Booth) (codes []string, err error) {
	for _, to := range change {
		b, err := tx.Booth(ctx, event, to.ID)
		switch {
		case err != nil:
			return nil, err
		case b.Code == to.Code && sized(b) == sized(to):
			continue
		case b.State == registry.BoothHeld:
			return nil, registry.E(registry.Conflict, "floor_plan.error.held", b.Code)
		case b.Code != to.Code:
			codes = append(codes, b.Code, to.Code)
		}
	}
	return codes, nil
}

// keptForVouchers refuses other numbers for booths once an event has vouchers: packs name booths by them, and whoever has the
// booth is paid what was spent there.
func keptForVouchers(ctx context.Context, tx *store.Tx, event registry.EventID, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	packs, err := tx.Packs(ctx, event)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(packs, func(p registry.Pack) bool { return !p.Test }) {
		return registry.E(registry.Conflict, "floor_plan.error.vouchers", codes[0])
	}
	return nil
}

// Redraw makes the booths of an event, which LockPlan has locked, what a drawn plan says: all of it or
// nothing. Passes with an old number are replaced, vendors whose booths get another number or size are told, new
// places are offered to who waits longest. It is a Conflict if a booth to be removed is somebody's, a place that was
// promised would go, the list of a public draw is locked, or a number would change under which a booth was drawn or vouchers
// were given out.
func (a *Service) Redraw(ctx context.Context, tx *store.Tx, actor registry.Actor, e registry.Event, r Redraw) error {
	was, err := tx.Places(ctx, e.ID)
	if err != nil {
		return err
	}
	if bar, err := barred(ctx, tx, e.ID, r); err != nil || bar != nil {
		return cmp.Or(err, bar)
	}
	if _, err := deleteBooths(ctx, tx, e.ID, r.ids()); err != nil {
		return err
	}
	swaps, told, err := a.renamed(ctx, tx, r)
	if err != nil {
		return err
	}
	if err := floorplan.Redraw(ctx, tx, r.Change); err != nil {
		return err
	}
	if len(r.Add) > 0 {
		if err := tx.InsertBooths(ctx, r.Add); err != nil {
			return err
		}
	}
	for _, s := range swaps {
		if err := a.Passes.Replace(ctx, tx, s); err != nil {
			return err
		}
	}
	c := &boothChange{tx: tx, actor: actor, event: e}
	for _, id := range told {
		if err := a.tellRedrawn(ctx, c, id, r.Change); err != nil {
			return err
		}
	}
	if err := promisesKept(ctx, tx, e.ID, was); err != nil {
		return err
	}
	now, err := tx.Places(ctx, e.ID)
	if err != nil || now.Booths <= was.Booths {
		return err
	}
	return a.offerPlaces(ctx, tx, e, now.Booths-was.Booths)
}

// renamed reads, before anything is written, the passes of booths that get another number, and who has those that
// get another number, size or place.
func (a *Service) renamed(ctx context.Context, tx *store.Tx, r Redraw) (swaps []passes.Swap, told []registry.ApplicationID, err error) {
	for _, b := range r.Moved {
		if b.State == registry.BoothAssigned && !slices.Contains(told, b.Application) {
			told = append(told, b.Application)
		}
	}
	for _, to := range r.Change {
		b, err := tx.Booth(ctx, to.Event, to.ID)
		if err != nil {
			return nil, nil, err
		}
		if b.State != registry.BoothAssigned || b.Code == to.Code && sized(b) == sized(to) {
			continue
		}
		if !slices.Contains(told, b.Application) {
			told = append(told, b.Application)
		}
		if b.Code == to.Code {
			continue
		}
		// Who suspends the vendor goes before, or finds the new passes.
		err = tx.LockActiveVendor(ctx, b.Application)
		if registry.KindOf(err) == registry.Conflict {
			err = registry.E(registry.Conflict, "floor_plan.error.suspended", b.Code)
		}
		if err != nil {
			return nil, nil, err
		}
		s, err := a.Passes.MovedPasses(ctx, tx, b, to)
		if err != nil {
			return nil, nil, err
		}
		if len(s.Olds) > 0 {
			swaps = append(swaps, s)
		}
	}
	return swaps, told, nil
}

// tellRedrawn tells a vendor its booths, with the size of those that get another.
func (a *Service) tellRedrawn(ctx context.Context, c *boothChange, id registry.ApplicationID, change []registry.Booth) error {
	list, err := c.tx.BoothsOf(ctx, id)
	if err != nil {
		return err
	}
	var names []string
	for _, b := range list {
		if b.State != registry.BoothAssigned {
			continue
		}
		name := b.Code
		if slices.ContainsFunc(change, func(to registry.Booth) bool { return to.ID == b.ID }) {
			name += " (" + ShowSize(b.WidthCM, b.DepthCM) + ")"
		}
		names = append(names, name)
	}
	return a.tellBooth(ctx, c, id, "application.mail.booth", strings.Join(names, ", "))
}

// ShowSize writes the size of a booth in metres.
func ShowSize(width, depth int) string {
	metres := func(cm int) string {
		return strings.Replace(strconv.FormatFloat(float64(cm)/100, 'f', -1, 64), ".", ",", 1)
	}
	return metres(width) + " × " + metres(depth) + " m"
}
