package booths

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"hoicho/internal/app/core"
	"hoicho/internal/draw"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	draws "hoicho/internal/store/draw"
)

// Lots are what a draw of an event is held over: the approved applications that are owed booths, by their number, and
// the booths that nobody has or holds, in the order of the plan. Suspended vendors take no part.
func Lots(ctx context.Context, tx *store.Tx, e registry.Event) (lots []Wish, free []registry.Booth, err error) {
	lots, free, err = wishes(ctx, tx, e)
	lots = slices.DeleteFunc(lots, func(w Wish) bool { return w.Blocked })
	slices.SortFunc(lots, func(x, y Wish) int { return cmp.Compare(x.Number, y.Number) })
	return lots, slices.DeleteFunc(free, func(b registry.Booth) bool { return b.State != registry.BoothFree }), err
}

// Drawn is a booth that an application has drawn.
type Drawn struct {
	Number int64  // of the application
	Vendor string // as it was drawn
	Booth  string // code
}

// PreviewDrawn says which of the drawn booths would be given, and why others would not; nothing is changed. The actor needs
// ManageBooths there. Conflict once the event is over or called off.
func (a *Service) PreviewDrawn(ctx context.Context, actor registry.Actor, event registry.EventID, drawn []Drawn) (p Placing, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event)
		if err != nil {
			return err
		}
		if err := givesBooths(e); err != nil {
			return err
		}
		p, err = placeDrawn(ctx, tx, e, drawn)
		return err
	})
	return p, err
}

// placeDrawn puts what was drawn beside what stands now.
func placeDrawn(ctx context.Context, tx *store.Tx, e registry.Event, drawn []Drawn) (p Placing, err error) {
	owed, booths, err := wishes(ctx, tx, e)
	if err != nil {
		return p, err
	}
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: e.ID})
	if err != nil {
		return p, err
	}
	p = Placing{Event: e, Proposal: Proposal{Mark: placingMark(owed, booths)}}
	left, told := map[int64]Wish{}, map[registry.ApplicationID]bool{}
	for _, w := range owed {
		left[w.Number] = w
	}
	for _, d := range drawn {
		w, owed := left[d.Number]
		b, why := drawnBooth(booths, d.Booth), PlacingReason("")
		switch {
		case !owed || w.Owed < 1:
			w = Wish{Number: d.Number, Vendor: d.Vendor}
			why = whyNotOwed(rows, d.Number)
		case w.Blocked:
			why = UnplacedBlocked
		case b.State != registry.BoothFree:
			why = UnplacedTaken
		}
		if why != "" {
			p.Unplaced = append(p.Unplaced, Unplaced{w, 1, why})
			continue
		}
		p.Placed = append(p.Placed, Placement{w, b, []PlacingReason{PlacedDrawn}})
		w.Owed--
		left[d.Number], told[w.Application] = w, true
	}
	p.Vendors = len(told)
	return p, nil
}

// drawnBooth finds a booth by its code; one that is gone is not free.
func drawnBooth(booths []registry.Booth, code string) registry.Booth {
	i := slices.IndexFunc(booths, func(b registry.Booth) bool { return b.Code == code })
	if i < 0 {
		return registry.Booth{Code: code}
	}
	return booths[i]
}

// whyNotOwed tells an application that has all its booths from one that does not take part any more.
func whyNotOwed(rows []registry.ApplicationRow, number int64) PlacingReason {
	approved := func(r registry.ApplicationRow) bool { return r.Number == number && r.State == registry.AppApproved }
	if slices.ContainsFunc(rows, approved) {
		return UnplacedEnough
	}
	return UnplacedGone
}

// PlaceDrawn gives the booths that were drawn, as they are read once nobody else decides on places, as far as PreviewDrawn says that they can be; mark is that of the preview.
// Passes are issued, each vendor is told once, and UndoPlacing takes all back. It is a Conflict if applications or booths
// have changed since, or nothing is left to give. It returns how many booths were given.
func (a *Service) PlaceDrawn(ctx context.Context, actor registry.Actor, event registry.EventID, mark string, drawn func(*store.Tx) ([]Drawn, error)) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.lockPlan(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		list, err := drawn(tx)
		if err != nil {
			return registry.Change{}, err
		}
		p, err := placeDrawn(ctx, tx, e, list)
		switch {
		case err != nil:
			return registry.Change{}, err
		case p.Mark != mark:
			return registry.Change{}, registry.E(registry.Conflict, "placing.error.changed")
		case len(p.Placed) == 0:
			return registry.Change{}, registry.E(registry.Conflict, "placing.error.nothing")
		}
		codes, err := a.placeEach(ctx, &boothChange{tx: tx, actor: actor, event: e}, p)
		n = len(codes)
		return registry.Change{Action: "booth.place_drawn", Object: "event", ID: string(event), Scope: a.Areas.Scope(e.Area),
			Detail: fact.Facts{fact.Count("count", n), fact.List("codes", fact.Text, codes...), fact.Some("left_out", len(p.Unplaced))}}, err
	})
	return n, err
}

// keptForDraw refuses to give, hold, close or remove booths that stand in the list of a draw which is locked and not over: who
// draws one has to find it as it was listed. The way back is to stop the draw.
func keptForDraw(ctx context.Context, tx *store.Tx, event registry.EventID, codes ...string) error {
	r, ok, err := draws.Latest(ctx, tx, event, draw.Locked)
	if err != nil || !ok {
		return err
	}
	listed := r.List().Booths
	for _, code := range codes {
		if slices.Contains(listed, code) {
			return registry.E(registry.Conflict, "draw.error.booth_listed", code)
		}
	}
	return nil
}

// planNotLocked refuses to change the plan while the list of a draw is locked: who draws a booth has to find it where and as it
// was listed.
func planNotLocked(ctx context.Context, tx *store.Tx, event registry.EventID) error {
	r, locked, err := draws.Latest(ctx, tx, event, draw.Locked)
	if err == nil && locked {
		err = registry.E(registry.Conflict, "draw.error.plan_locked", r.N)
	}
	return err
}

// keptAsDrawn refuses other numbers for booths that the result which counts names: it would point to others.
func keptAsDrawn(ctx context.Context, tx *store.Tx, event registry.EventID, codes ...string) error {
	r, ok, err := draws.Latest(ctx, tx, event, draw.Revealed)
	if err != nil || !ok {
		return err
	}
	for _, g := range r.Log.Result {
		if slices.Contains(codes, g.Booth) {
			return registry.E(registry.Conflict, "draw.error.numbered", g.Booth)
		}
	}
	return nil
}

// keptForWinner refuses to hold a booth that another application drew, is still owed and has not been given yet.
func keptForWinner(ctx context.Context, tx *store.Tx, event registry.EventID, code string, by registry.ApplicationID) error {
	r, ok, err := draws.Latest(ctx, tx, event, draw.Revealed)
	if err != nil || !ok {
		return err
	}
	i := slices.IndexFunc(r.Log.Result, func(g draw.Given) bool { return g.Booth == code })
	if i < 0 {
		return nil
	}
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: event, States: []registry.ApplicationState{registry.AppApproved}})
	if err != nil {
		return err
	}
	drew := draw.ApplicationOf(r.Log.Result[i].Entry)
	for _, row := range rows {
		if strconv.FormatInt(row.Number, 10) != drew || row.ID == by || row.Blocked {
			continue
		}
		has, err := tx.BoothsOf(ctx, row.ID)
		if err != nil {
			return err
		}
		if countAssigned(has) < row.Granted {
			return registry.E(registry.Conflict, "draw.error.drawn", code)
		}
	}
	return nil
}

// MaxWhy is how long the reason of a move is at most.
const MaxWhy = 300

// whyMoved is the reason of a move or swap, for the log. Where booths of the event were drawn in public there has to be one.
func whyMoved(ctx context.Context, c *boothChange, why string) (fact.Facts, error) {
	drawn, err := draws.HasResult(ctx, c.tx, c.event.ID)
	if err != nil {
		return nil, err
	}
	f := core.Input{}
	if why = f.Line("why", why, MaxWhy); drawn && why == "" && len(f.Faults) == 0 {
		f.Faults.Add("why", "draw.error.why")
	}
	return fact.Facts{fact.Said("reason", why)}, f.Faults.Err()
}
