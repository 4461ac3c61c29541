// Package stimulus holds the use cases of a stimulus session: the measures of its
// organiser, the offers of its vendors from the first typing to the price on the page,
// and what the public and the papers read of both.
//
// Whether a vendor takes part at all belongs to package booths, the price on the page of
// a product to package vendors.
package stimulus

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// Service runs the use cases of stimulus sessions. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service { return &Service{Core: c, Events: e} }

// Desk is the measures and offers of an event as the office sees them.
type Desk struct {
	Event    registry.Event
	Measures []stimulus.Measure // dropped ones too
	Offers   []stimulus.Row
	Tally    stimulus.Tally
	Vendors  []registry.ApplicationRow // approved ones, for whoever types in an offer from paper
	Manages  bool                      // the actor may change measures
	Reviews  bool                      // the actor may decide on offers
	Types    bool                      // the actor may type in offers from paper
	Open     bool                      // offers are taken
}

// Desk returns the measures and offers of an event. It needs ViewOffice in its area,
// else it is NotFound.
func (s *Service) Desk(ctx context.Context, actor registry.Actor, id registry.EventID) (d Desk, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Event, err = s.Events.EventFor(ctx, tx, actor, registry.ViewOffice, id); err != nil {
			return err
		}
		scope := s.Areas.Scope(d.Event.Area)
		d.Manages, d.Reviews = actor.Can(registry.ManageEvents, scope), actor.Can(registry.ReviewApplications, scope)
		d.Types, d.Open = actor.Can(registry.ManageVendors, scope), stimulus.TakesOffers(d.Event, s.Today())
		if d.Measures, err = tx.Measures(ctx, id); err != nil {
			return err
		}
		if d.Offers, err = tx.Offers(ctx, stimulus.Filter{Event: id}); err != nil {
			return err
		}
		tallies, err := tx.StimulusTallies(ctx, []registry.EventID{id})
		if err != nil {
			return err
		}
		d.Tally = tallies[id]
		if d.Types && d.Open {
			d.Vendors, err = tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: id, States: []registry.ApplicationState{registry.AppApproved}})
		}
		return err
	})
	return d, err
}

// Tallies counts the measures and offers of events that the actor sees in the office;
// events without any are left out.
func (s *Service) Tallies(ctx context.Context, actor registry.Actor, events []registry.Event) (tallies map[registry.EventID]stimulus.Tally, err error) {
	var ids []registry.EventID
	for _, e := range events {
		if actor.Can(registry.ViewOffice, s.Areas.Scope(e.Area)) {
			ids = append(ids, e.ID)
		}
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		tallies, err = tx.StimulusTallies(ctx, ids)
		return err
	})
	return tallies, err
}

// Waiting is an event whose offers wait to be looked at.
type Waiting struct {
	Event      registry.EventID
	EventTitle string
	N          int
}

// Waiting lists the events that take offers and have some to be looked at where the
// actor reviews, the latest one first. Those of the actor's own vendors do not count.
func (s *Service) Waiting(ctx context.Context, actor registry.Actor) (list []Waiting, err error) {
	if !actor.CanSomewhere(registry.ReviewApplications) {
		return nil, nil
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		counts, err := tx.CountOffers(ctx, stimulus.Submitted)
		if err != nil || len(counts) == 0 {
			return err
		}
		events, _, err := tx.Events(ctx, registry.EventFilter{IDs: slices.Collect(maps.Keys(counts)), Latest: true, Limit: len(counts)})
		list = nil
		for _, e := range events {
			if n := others(actor, counts[e.ID]); n > 0 && stimulus.TakesOffers(e, s.Today()) && actor.Can(registry.ReviewApplications, s.Areas.Scope(e.Area)) {
				list = append(list, Waiting{e.ID, e.Title, n})
			}
		}
		return err
	})
	return list, err
}

// others adds up offers by vendor, without those of the actor's own vendors.
func others(actor registry.Actor, offers map[registry.VendorID]int) (n int) {
	for vendor, of := range offers {
		if !actor.Owns(vendor) {
			n += of
		}
	}
	return n
}
