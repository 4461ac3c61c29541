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
)

// Effect is what publishing a draft would do.
type Effect struct {
	Event   registry.Event
	Plan    kept.Plan
	Stops   []floorplan.Finding // what keeps it from being published
	Added   []string            // numbers of new booths
	Removed []string            // numbers of booths that go
	Resized int                 // booths of another size
	booths.RedrawEffect
	First  bool  // no plan was published before
	Refuse error // why it cannot be now
}

// Nothing reports whether the booths stay as they are.
func (x Effect) Nothing() bool {
	return len(x.Added)+len(x.Removed)+len(x.Renamed)+x.Resized == 0
}

// Digest names what publishing would do: who confirms one does not confirm another.
func (x Effect) Digest() string {
	renamed := make([]string, 0, len(x.Renamed))
	for _, b := range x.Renamed {
		renamed = append(renamed, fmt.Sprint(b.Code, ">", b.To, ":", b.Passes))
	}
	sum := sha256.Sum256(fmt.Append(nil, x.Plan.N, x.Plan.Version, x.First, x.Added, x.Removed, x.Resized, renamed, x.Vendors))
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
	x.describe(d, r)
	x.RedrawEffect, err = s.Booths.RedrawEffect(ctx, tx, r.Redraw)
	return x, err
}

// describe counts what becomes of the booths.
func (x *Effect) describe(d Desk, r redrawn) {
	for _, b := range r.Add {
		x.Added = append(x.Added, b.Code)
	}
	for _, b := range r.Remove {
		x.Removed = append(x.Removed, b.Code)
	}
	slices.Sort(x.Added)
	slices.Sort(x.Removed)
	was := d.byID()
	for _, b := range r.Change {
		if old := was[string(b.ID)]; old.WidthCM != b.WidthCM || old.DepthCM != b.DepthCM {
			x.Resized++
		}
	}
}

// Publication is a draft that somebody publishes.
type Publication struct {
	Ref
	Seen string // digest of the effects that were confirmed
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
		return s.change("floor_plan.publish", e, p, x.facts()...), kept.Publish(ctx, tx, p)
	})
}

// allows refuses what cannot be published, or would do something else than was confirmed.
func (x Effect) allows(in Publication) error {
	switch n := len(x.Stops); {
	case n > 0:
		return registry.E(registry.Conflict, "floor_plan.error.stops", n)
	case x.Plan.State != kept.Checked:
		return registry.E(registry.Conflict, "floor_plan.error.unchecked")
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
	return fact.Facts{fact.Count("added", len(x.Added)), fact.Count("gone", len(x.Removed)), fact.List("codes", fact.Text, renamed...), fact.Some("passes", x.Passes)}
}

// redrawn is what a plan makes of the booths, and the plan with the new ones named.
type redrawn struct {
	booths.Redraw
	layout floorplan.Layout
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
	r.layout = d.Working.Layout.Clone()
	was, drawn := d.byID(), map[string]bool{}
	zones := map[string][]floorplan.Object{}
	for i, o := range r.layout.Objects {
		if o.Kind != floorplan.Booth {
			continue
		}
		if _, there := was[o.Booth]; !there {
			o.Booth = ""
		}
		if o.Booth == "" {
			o.Booth = store.NewID[string]()
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
				r.place(d.Event.ID, was, o, registry.Booth{Zone: zone, Row: row + 1, Col: col + 1})
			}
		}
	}
	return r
}

// place says what a drawn booth is to be.
func (r *redrawn) place(event registry.EventID, was map[string]registry.Booth, o floorplan.Object, at registry.Booth) {
	b, there := was[o.Booth]
	old := b
	b.Code, b.Zone, b.Row, b.Col, b.WidthCM, b.DepthCM = o.Code, at.Zone, at.Row, at.Col, o.W, o.H
	switch {
	case !there:
		b.ID, b.Event, b.State, b.Kind = registry.BoothID(o.Booth), event, registry.BoothFree, registry.SpecialBooth
		if o.W == floorplan.Stand && o.H == floorplan.Stand {
			b.Kind = registry.StandardBooth
		}
		r.Add = append(r.Add, b)
	case b != old:
		r.Change = append(r.Change, b)
	}
}
