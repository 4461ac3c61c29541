// Package draw holds the use cases of a public draw of booths: it is prepared, its list is locked and
// published, people call numbers, the secret is opened, and what was drawn is given by the placing of
// package booths.
//
// How an order follows from list, secret and numbers belongs to package internal/draw.
package draw

import (
	"cmp"
	"context"
	"slices"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/draw"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/draw"
	"hoicho/internal/vn"
)

// Service runs the use cases. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
	Booths *booths.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service, b *booths.Service) *Service {
	return &Service{Core: c, Events: e, Booths: b}
}

// Limits of what is typed in.
const (
	MaxPlace  = 200
	MaxName   = 80
	MaxReason = 300
)

// Desk is the office's page of the draws of an event.
type Desk struct {
	Event   registry.Event
	Open    *draw.Record  // prepared or locked, nil for none
	Last    *draw.Record  // that is over: the one whose result counts, else the latest
	Counts  *draw.Record  // whose result counts, nil for none
	Past    []draw.Record // over, the latest first
	Lots    draw.List     // what would be locked now
	Mark    string        // of Lots
	Refused error         // why nothing can be locked now
	MayEdit bool
	MayStop bool        // also once the event is over or called off
	Notes   []draw.Note // on Open, else on Last
	Again   bool        // a draw has a result already: another one needs a reason
}

// Desk returns the draws of an event for its office. It is NotFound for whoever does not see the office of its area.
func (a *Service) Desk(ctx context.Context, actor registry.Actor, event registry.EventID) (d Desk, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if d.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewOffice, event); err != nil {
			return err
		}
		d.MayStop = actor.Can(registry.ManageBooths, a.Areas.Scope(d.Event.Area))
		d.MayEdit = d.MayStop && !over(d.Event)
		all, err := stored.Of(ctx, tx, event)
		if err != nil {
			return err
		}
		for i := range all {
			if !all[i].State.Over() {
				d.Open = &all[i]
				continue
			}
			d.Past = append(d.Past, all[i])
		}
		if d.Counts = counting(d.Past); d.Counts != nil {
			d.Last = d.Counts
		} else if len(d.Past) > 0 {
			d.Last = &d.Past[0]
		}
		if d.Lots, err = lotsOf(ctx, tx, d.Event); err != nil {
			return err
		}
		d.Mark, d.Refused = draw.CodeOf(d.Lots.Lines()), lockable(d.Event, d.Lots)
		d.Again = hadResult(all)
		if shown := cmp.Or(d.Open, d.Last); shown != nil {
			d.Notes, err = notesOn(ctx, tx, all, shown)
		}
		return err
	})
	return d, err
}

// over reports whether no booth of the event is given any more.
func over(e registry.Event) bool {
	return e.State == registry.Ended || e.State == registry.Reported || e.State == registry.Cancelled
}

// lockable says why a list cannot be locked.
func lockable(e registry.Event, l draw.List) error {
	switch {
	case over(e):
		return registry.E(registry.Conflict, "error.booth.event_over")
	case !e.Public():
		return registry.E(registry.Conflict, "draw.error.not_public")
	case len(l.Entries) == 0:
		return registry.E(registry.Conflict, "draw.error.no_lots")
	case len(l.Booths) == 0:
		return registry.E(registry.Conflict, "draw.error.no_booths")
	}
	return nil
}

// lotsOf is the list as it would be locked now: a lot for each booth that an application is owed.
func lotsOf(ctx context.Context, tx *store.Tx, e registry.Event) (l draw.List, err error) {
	wishes, free, err := booths.Lots(ctx, tx, e)
	for _, w := range wishes {
		for n := range w.Owed {
			l.Entries = append(l.Entries, draw.Entry{ID: draw.LotOf(w.Number, n+1), Name: w.Vendor})
		}
	}
	for _, b := range free {
		l.Booths = append(l.Booths, b.Code)
	}
	return l, err
}

func drawsIn(l draw.List, number string) bool {
	return slices.ContainsFunc(l.Entries, func(e draw.Entry) bool { return draw.ApplicationOf(e.ID) == number })
}

// Ref names a draw of an event as it was shown.
type Ref struct {
	Event   registry.EventID
	ID      draw.ID
	Version int64
}

// Input is how a draw is to be held.
type Input struct {
	Place   string `form:"place"`
	Callers string `form:"callers"`
	Source  string `form:"source"`
	Again   string `form:"again"` // why, where a draw has a result already
}

// read checks the input and writes it into a draw; again tells that it is held although another had a result.
func (in Input) read(r *draw.Record, again bool) error {
	f := core.Input{}
	if r.Again = ""; again {
		r.Again = needed(&f, "again", in.Again, MaxReason)
	}
	r.Place, r.Source = needed(&f, "place", in.Place, MaxPlace), line(&f, "source", in.Source, MaxPlace)
	before := len(f.Faults)
	if r.Callers = f.Count("callers", in.Callers); len(f.Faults) == before {
		f.Faults.Check(r.Callers >= draw.LeastCallers && r.Callers <= draw.MostCallers, "callers", "draw.error.callers", draw.LeastCallers, draw.MostCallers)
	}
	return f.Faults.Err()
}

// change runs a step of a draw for an officer with ManageBooths, once all who decide on places of the event have gone
// before, and writes one audit line.
func (a *Service) change(ctx context.Context, actor registry.Actor, ref Ref, fn func(*store.Tx, registry.Event, *draw.Record) (registry.Change, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, ref.Event)
		if err != nil {
			return registry.Change{}, err
		}
		if e, err = a.lock(ctx, tx, actor, e.ID); err != nil {
			return registry.Change{}, err
		}
		r, err := stored.Get(ctx, tx, e.ID, ref.ID)
		if err != nil {
			return registry.Change{}, err
		}
		if r.Version != ref.Version || r.State.Over() {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		c, err := fn(tx, e, &r)
		c.Object, c.ID, c.Scope = "event", string(e.ID), a.Areas.Scope(e.Area)
		c.Detail = append(fact.Facts{fact.Number("draw", r.N)}, c.Detail...)
		return c, err
	})
}

// lock waits for all who decide on places of the event, and reads it again: its state may be another one now.
func (a *Service) lock(ctx context.Context, tx *store.Tx, actor registry.Actor, event registry.EventID) (registry.Event, error) {
	if err := tx.LockPlaces(ctx, event); err != nil {
		return registry.Event{}, err
	}
	return a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event)
}

// Prepare says how a draw of an event is to be held. It is a Conflict where one is not over yet, and once the event is over. Where
// a draw had a result it needs a reason, which becomes a line of the published list.
func (a *Service) Prepare(ctx context.Context, actor registry.Actor, event registry.EventID, in Input) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event)
		if err != nil {
			return registry.Change{}, err
		}
		if e, err = a.lock(ctx, tx, actor, e.ID); err != nil {
			return registry.Change{}, err
		}
		if over(e) {
			return registry.Change{}, registry.E(registry.Conflict, "error.booth.event_over")
		}
		all, err := stored.Of(ctx, tx, event)
		if err != nil {
			return registry.Change{}, err
		}
		r := draw.Record{Event: event, PreparedBy: actor.Account}
		if err := in.read(&r, hadResult(all)); err != nil {
			return registry.Change{}, err
		}
		err = stored.Insert(ctx, tx, &r)
		return registry.Change{Action: "draw.prepare", Object: "event", ID: string(event), Scope: a.Areas.Scope(e.Area),
			Detail: append(fact.Facts{fact.Number("draw", r.N)}, said(&r)...)}, err
	})
}

// said are the facts of how a draw is to be held.
func said(r *draw.Record) fact.Facts {
	return fact.Facts{fact.Said("place", r.Place), fact.Count("callers", r.Callers), fact.Said("source", r.Source), fact.Said("reason", r.Again)}
}

// errStep says that a step does not fit the state of the draw.
func errStep() error { return registry.E(registry.Conflict, "draw.error.step") }

// Edit changes how a draw is to be held, before its list is locked.
func (a *Service) Edit(ctx context.Context, actor registry.Actor, ref Ref, in Input) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, _ registry.Event, r *draw.Record) (registry.Change, error) {
		if r.State != draw.Prepared {
			return registry.Change{}, errStep()
		}
		if err := in.read(r, r.Again != ""); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "draw.edit", Detail: said(r)}, stored.Save(ctx, tx, r)
	})
}

// Drop removes a draw of which nobody was shown anything.
func (a *Service) Drop(ctx context.Context, actor registry.Actor, ref Ref) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, _ registry.Event, r *draw.Record) (registry.Change, error) {
		if r.State != draw.Prepared {
			return registry.Change{}, errStep()
		}
		return registry.Change{Action: "draw.drop"}, stored.Drop(ctx, tx, r)
	})
}

// stamp is now as a log has it.
func stamp(tx *store.Tx) string { return draw.Stamp(tx.NowMS(), vn.Zone) }
