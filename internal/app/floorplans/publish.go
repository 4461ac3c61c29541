package floorplans

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"hoicho/internal/app/booths"
	"hoicho/internal/fact"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/floorplan"
	"hoicho/internal/vn"
)

// Effect is what publishing a draft would do.
type Effect struct {
	Event registry.Event
	Plan  kept.Plan
	Stops []floorplan.Finding // what keeps it from being published
	Changes
	booths.RedrawEffect
	New    []NewBooths
	First  bool  // no plan was published before
	Today  bool  // the event is held today
	Refuse error // why it cannot be now
}

// Changes are what becomes of booths, by their numbers.
type Changes struct {
	Added           []string // new booths
	Restored        []string // booths that a published plan has removed, as they were
	RestoredBlocked []string // those that were not in use
	Removed         []string
	RemovedBlocked  []string // those that are not in use
}

// Nothing reports whether the booths stay as they are.
func (x Effect) Nothing() bool {
	return len(x.Added)+len(x.Restored)+len(x.RestoredBlocked)+len(x.Removed)+len(x.RemovedBlocked)+len(x.Renamed)+len(x.Resized)+len(x.Moved) == 0
}

// Digest names what publishing would do: who confirms one does not confirm another.
func (x Effect) Digest() string {
	renamed := make([]string, 0, len(x.Renamed))
	for _, b := range x.Renamed {
		renamed = append(renamed, fmt.Sprint(b.Code, ">", b.To, ":", b.Passes))
	}
	for _, b := range x.Resized {
		renamed = append(renamed, fmt.Sprint(b.Code, b.WidthCM, b.DepthCM, b.WidthTo, b.DepthTo))
	}
	for _, b := range x.Moved {
		renamed = append(renamed, "@"+b.Code)
	}
	sum := sha256.Sum256(fmt.Append(nil, x.Plan.N, x.Plan.Version, x.First, x.Changes, renamed, x.Vendors, x.Offered))
	return hex.EncodeToString(sum[:8])
}

// Effect tells what publishing the draft of an event would do. The actor needs ManageBooths.
func (s *Service) Effect(ctx context.Context, actor registry.Actor, event registry.EventID) (x Effect, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		e, err := s.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event)
		if err != nil {
			return err
		}
		d := Desk{Event: e}
		if err := d.read(ctx, tx); err != nil {
			return err
		}
		d.look(nil)
		if d.Working == nil {
			return registry.E(registry.NotFound, "error.not_found")
		}
		x, err = s.effect(ctx, tx, d, d.redraw())
		return err
	})
	return x, err
}

func (s *Service) effect(ctx context.Context, tx *store.Tx, d Desk, r redrawn) (x Effect, err error) {
	x = Effect{Event: d.Event, Plan: *d.Working, First: d.InForce == nil, Stops: floorplan.Stops(d.Findings), Refuse: booths.GivesBooths(d.Event)}
	x.Today = d.Event.HasDay(s.Today())
	x.describe(d, r)
	x.RedrawEffect, err = s.Booths.RedrawEffect(ctx, tx, d.Event, r.Redraw)
	return x, err
}

// describe counts what becomes of the booths.
func (x *Effect) describe(d Desk, r redrawn) {
	for _, b := range r.Add {
		switch {
		case !r.restored[b.ID]:
			x.Added = append(x.Added, b.Code)
		case b.State == registry.BoothBlocked:
			x.RestoredBlocked = append(x.RestoredBlocked, b.Code)
		default:
			x.Restored = append(x.Restored, b.Code)
		}
	}
	for _, b := range r.Remove {
		if b.State == registry.BoothBlocked {
			x.RemovedBlocked = append(x.RemovedBlocked, b.Code)
		} else {
			x.Removed = append(x.Removed, b.Code)
		}
	}
	for _, codes := range [][]string{x.Added, x.Restored, x.RestoredBlocked, x.Removed, x.RemovedBlocked} {
		slices.Sort(codes)
	}
	x.New = d.newBooths(x.Added)
}

// Publication is a draft that somebody publishes.
type Publication struct {
	Ref
	Seen string                  // digest of the effects that were confirmed
	New  map[string]booths.Terms // by zone, of its new booths; without them they are like others of the zone
}

// Publish puts a checked draft in force: the booths of the event become what is drawn, in one transaction.
// It is a Conflict while something keeps the draft from being published, if it was not looked over, or has moved on since
// it was read, if it would do something else than was confirmed, and as in booths.Redraw.
func (s *Service) Publish(ctx context.Context, actor registry.Actor, in Publication) error {
	before, err := s.Desk(ctx, actor, in.Event)
	if err != nil {
		return err
	}
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, p, err := s.working(ctx, tx, actor, in.Ref)
		if err != nil {
			return registry.Change{}, err
		}
		d := Desk{Event: e}
		if err := d.read(ctx, tx); err != nil {
			return registry.Change{}, err
		}
		d.look(&before)
		r := d.redraw()
		if err := r.price(in.New); err != nil {
			return registry.Change{}, err
		}
		x, err := s.effect(ctx, tx, d, r)
		if err == nil {
			err = x.allows(in)
		}
		if err != nil {
			return registry.Change{}, err
		}
		if err := s.Booths.Redraw(ctx, tx, actor, e, r.Redraw); err != nil {
			return registry.Change{}, err
		}
		p.Layout = r.layout
		return s.change("floor_plan.publish", e, p, x.facts()...), kept.Publish(ctx, tx, p, r.removed())
	})
}

// allows refuses what cannot be published, or would do something else than was confirmed.
func (x Effect) allows(in Publication) error {
	switch n := len(x.Stops); {
	case n > 0:
		return registry.E(registry.Conflict, "floor_plan.error.stops", n)
	case x.Plan.State != kept.Checked:
		return registry.E(registry.Conflict, "floor_plan.error.unchecked")
	case x.Barred != nil:
		return x.Barred
	case x.Digest() != in.Seen:
		return registry.E(registry.Conflict, "floor_plan.error.effects")
	}
	return nil
}

// facts are what the audit log keeps of it.
func (x Effect) facts() fact.Facts {
	var renamed []string
	for _, b := range x.Renamed {
		renamed = append(renamed, b.Code+" → "+b.To)
	}
	for _, b := range x.Resized {
		renamed = append(renamed, b.Code+" "+vn.ShowSize(b.WidthCM, b.DepthCM)+" → "+vn.ShowSize(b.WidthTo, b.DepthTo))
	}
	for _, b := range x.Moved {
		renamed = append(renamed, b.Code+" @")
	}
	return fact.Facts{fact.Count("added", len(x.Added)+len(x.Restored)+len(x.RestoredBlocked)), fact.Count("gone", len(x.Removed)+len(x.RemovedBlocked)),
		fact.List("codes", fact.Text, slices.Concat(signed("+", x.Added, x.Restored, x.RestoredBlocked), signed("−", x.Removed, x.RemovedBlocked), renamed)...),
		fact.Some("passes", x.Passes)}
}

// signed are numbers of booths with a sign before them.
func signed(sign string, lists ...[]string) (all []string) {
	for _, list := range lists {
		for _, code := range list {
			all = append(all, sign+code)
		}
	}
	return all
}

// redrawn is what a plan makes of the booths, and the plan with the new ones named.
type redrawn struct {
	booths.Redraw
	layout   floorplan.Layout
	restored map[registry.BoothID]bool // of those that are added: they come back
}

// removed is what the booths are like that go.
func (r *redrawn) removed() (list []kept.Removed) {
	for _, b := range r.Remove {
		list = append(list, kept.Removed{ID: b.ID, Code: b.Code, Kind: b.Kind, Power: b.Power, FeeDong: b.FeeDong, Blocked: b.State == registry.BoothBlocked})
	}
	return list
}

// before is the booth that a published plan has removed and that is drawn again: by its id, else by its number.
func (d *Desk) before(o floorplan.Object) (was kept.Removed, ok bool) {
	for _, r := range d.removed {
		switch {
		case string(r.ID) == o.Booth:
			return r, true
		case r.Code == o.Code:
			was, ok = r, true
		}
	}
	return was, ok
}

func (d *Desk) byID() map[string]registry.Booth {
	m := make(map[string]registry.Booth, len(d.Booths))
	for _, b := range d.Booths {
		m[string(b.ID)] = b
	}
	return m
}

// redraw says what the draft makes of the booths of the event. Rows and columns of a zone are as they are drawn.
func (d *Desk) redraw() (r redrawn) {
	r.layout, r.restored = d.Working.Layout.Clone(), map[registry.BoothID]bool{}
	was, drawn, fresh := d.byID(), map[string]bool{}, map[string]registry.Booth{}
	zones := map[string][]floorplan.Object{}
	for i, o := range r.layout.Objects {
		if o.Kind != floorplan.Booth {
			continue
		}
		if _, there := was[o.Booth]; !there {
			b := d.fresh(o)
			_, r.restored[b.ID] = d.before(o)
			o.Booth = string(b.ID)
			fresh[o.Booth] = b
		}
		r.layout.Objects[i], drawn[o.Booth] = o, true
		zone, _, _ := floorplan.SplitCode(o.Code)
		zones[zone] = append(zones[zone], o)
	}
	for _, b := range d.Booths {
		if !drawn[string(b.ID)] {
			r.Remove = append(r.Remove, b)
		}
	}
	for zone, objects := range zones {
		for row, line := range floorplan.Rows(objects) {
			for col, o := range line {
				at := registry.Booth{Code: o.Code, Zone: zone, Row: row + 1, Col: col + 1, WidthCM: o.W, DepthCM: o.H}
				if b, added := fresh[o.Booth]; added {
					r.Add = append(r.Add, placed(b, at))
				} else if b := was[o.Booth]; placed(b, at) != b {
					r.Change = append(r.Change, booths.Redrawn{Booth: b, To: placed(b, at)})
				}
			}
		}
	}
	r.Moved = d.moved()
	return r
}

// moved are the booths that stand somewhere else than in the plan in force.
func (d *Desk) moved() (list []registry.Booth) {
	if d.InForce == nil {
		return nil
	}
	stood := map[string][3]int{}
	for _, o := range d.InForce.Layout.Booths() {
		stood[o.Booth] = [3]int{o.X, o.Y, o.Turn}
	}
	was := d.byID()
	for _, o := range d.Working.Layout.Booths() {
		b, there := was[o.Booth]
		if at, drawn := stood[o.Booth]; there && drawn && at != [3]int{o.X, o.Y, o.Turn} {
			list = append(list, b)
		}
	}
	return list
}

// placed is a booth as it is drawn.
func placed(b, at registry.Booth) registry.Booth {
	b.Code, b.Zone, b.Row, b.Col, b.WidthCM, b.DepthCM = at.Code, at.Zone, at.Row, at.Col, at.WidthCM, at.DepthCM
	return b
}

// fresh is a booth that is drawn and that the event has not: one that comes back is as it was.
func (d *Desk) fresh(o floorplan.Object) registry.Booth {
	zone, _, _ := floorplan.SplitCode(o.Code)
	like := d.like(zone)
	b := registry.Booth{ID: store.NewID[registry.BoothID](), Event: d.Event.ID, State: registry.BoothFree, Kind: registry.SpecialBooth,
		FeeDong: like.FeeDong, Power: like.Power}
	if o.W == floorplan.Stand && o.H == floorplan.Stand {
		b.Kind = registry.StandardBooth
	}
	if was, ok := d.before(o); ok {
		b.Kind, b.Power, b.FeeDong = was.Kind, was.Power, was.FeeDong
		if was.Blocked {
			b.State = registry.BoothBlocked
		}
	}
	return b
}
