package booths

import (
	"cmp"
	"context"
	"slices"
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
	Change []Redrawn
	Moved  []registry.Booth // as they are: they get another place under their number
}

// Redrawn is a booth that gets another number, size, row or column.
type Redrawn struct {
	registry.Booth                // as it is
	To             registry.Booth // as it is to be, at the version at which it was read
}

func (b Redrawn) renumbered() bool { return b.Code != b.To.Code }

func (b Redrawn) resized() bool { return b.WidthCM != b.To.WidthCM || b.DepthCM != b.To.DepthCM }

// changed are the booths as they are to be.
func (r Redraw) changed() []registry.Booth {
	list := make([]registry.Booth, len(r.Change))
	for i, b := range r.Change {
		list[i] = b.To
	}
	return list
}

// told are the applications whose booths get another number, size or place, each once.
func (r Redraw) told() (list []registry.ApplicationID) {
	add := func(b registry.Booth) {
		if b.State == registry.BoothAssigned && !slices.Contains(list, b.Application) {
			list = append(list, b.Application)
		}
	}
	for _, b := range r.Moved {
		add(b)
	}
	for _, b := range r.Change {
		if b.renumbered() || b.resized() {
			add(b.Booth)
		}
	}
	return list
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
	for _, b := range r.Moved {
		if b.State == registry.BoothAssigned {
			x.Moved = append(x.Moved, b)
		}
	}
	x.Vendors = len(r.told())
	err = a.effects(ctx, tx, r.Change, &x)
	return x, err
}

// effects tells of booths that get another number or size, and which passes end.
func (a *Service) effects(ctx context.Context, tx *store.Tx, change []Redrawn, x *RedrawEffect) error {
	holders := map[registry.ApplicationID]bool{}
	for _, b := range change {
		if b.resized() {
			x.Resized = append(x.Resized, Resized{b.Booth, b.To.WidthCM, b.To.DepthCM})
		}
		if !b.renumbered() {
			continue
		}
		n := Renamed{Booth: b.Booth, To: b.To.Code}
		if b.State == registry.BoothAssigned {
			s, err := a.Passes.MovedPasses(ctx, tx, b.Booth, b.To)
			if err != nil {
				return err
			}
			if n.Passes = len(s.Olds); n.Passes > 0 {
				holders[b.Application] = true
			}
		}
		x.Passes += n.Passes
		x.Renamed = append(x.Renamed, n)
	}
	x.Holders = len(holders)
	return nil
}

// barred says why a Redraw cannot be: a draw whose list is locked lets nobody touch the plan, a result and vouchers name booths by
// their numbers, and who is about to choose a booth has to find it as it is shown.
func barred(ctx context.Context, tx *store.Tx, event registry.EventID, r Redraw) (bar, err error) {
	err = planNotLocked(ctx, tx, event)
	if err == nil {
		err = r.heldAsShown()
	}
	renumbered := r.renumbered()
	if err == nil {
		err = keptAsDrawn(ctx, tx, event, renumbered...)
	}
	if err == nil {
		err = keptForVouchers(ctx, tx, event, renumbered)
	}
	if registry.KindOf(err) == registry.Conflict {
		return err, nil
	}
	return nil, err
}

// heldAsShown refuses another number or size for a booth that a vendor holds while choosing.
func (r Redraw) heldAsShown() error {
	for _, b := range r.Change {
		if b.State == registry.BoothHeld && (b.renumbered() || b.resized()) {
			return registry.E(registry.Conflict, "floor_plan.error.held", b.Code)
		}
	}
	return nil
}

// renumbered are the numbers that booths lose or get.
func (r Redraw) renumbered() (codes []string) {
	for _, b := range r.Change {
		if b.renumbered() {
			codes = append(codes, b.Code, b.To.Code)
		}
	}
	return codes
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
	swaps, err := a.swaps(ctx, tx, r.Change)
	if err != nil {
		return err
	}
	if err := floorplan.Redraw(ctx, tx, r.changed()); err != nil {
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
	for _, id := range r.told() {
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

// swaps reads, before anything is written, the passes of booths that get another number.
func (a *Service) swaps(ctx context.Context, tx *store.Tx, change []Redrawn) (swaps []passes.Swap, err error) {
	for _, b := range change {
		if b.State != registry.BoothAssigned || !b.renumbered() {
			continue
		}
		// Who suspends the vendor goes before, or finds the new passes.
		err := tx.LockActiveVendor(ctx, b.Application)
		if registry.KindOf(err) == registry.Conflict {
			err = registry.E(registry.Conflict, "floor_plan.error.suspended", b.Code)
		}
		if err != nil {
			return nil, err
		}
		s, err := a.Passes.MovedPasses(ctx, tx, b.Booth, b.To)
		if err != nil {
			return nil, err
		}
		if len(s.Olds) > 0 {
			swaps = append(swaps, s)
		}
	}
	return swaps, nil
}

// tellRedrawn tells a vendor its booths, with the size of those that get another.
func (a *Service) tellRedrawn(ctx context.Context, c *boothChange, id registry.ApplicationID, change []Redrawn) error {
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
		if slices.ContainsFunc(change, func(x Redrawn) bool { return x.ID == b.ID }) {
			name += " (" + vn.ShowSize(b.WidthCM, b.DepthCM) + ")"
		}
		names = append(names, name)
	}
	return a.tellBooth(ctx, c, id, "application.mail.booth", strings.Join(names, ", "))
}
