package stimulus

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// Stop is an event at which a vendor may make offers, with those that it has made.
type Stop struct {
	Event  registry.ApplicationRow
	Offers []stimulus.Row
	Open   bool // offers are taken
}

// VendorOffers returns the offers of a vendor by event, and the events at which it may
// make some: what takes offers first, the next one on top, then the latest. It is NotFound for all but the vendor's people.
func (s *Service) VendorOffers(ctx context.Context, actor registry.Actor, id registry.VendorID) (v registry.Vendor, stops []Stop, err error) {
	if !actor.Owns(id) {
		return v, nil, core.ErrHidden()
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if v, err = tx.Vendor(ctx, id); err != nil {
			return err
		}
		stops, err = s.stops(ctx, tx, id)
		return err
	})
	if err != nil {
		return registry.Vendor{}, nil, err
	}
	return v, stops, nil
}

func (s *Service) stops(ctx context.Context, tx *store.Tx, id registry.VendorID) (stops []Stop, err error) {
	offers, err := tx.Offers(ctx, stimulus.Filter{Vendor: id})
	if err != nil {
		return nil, err
	}
	apps, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Vendor: id})
	if err != nil {
		return nil, err
	}
	for _, app := range apps {
		stop := Stop{Event: app}
		for _, o := range offers {
			if o.Event == app.Event {
				stop.Offers = append(stop.Offers, o)
			}
		}
		if app.State == registry.AppApproved {
			e, err := tx.Event(ctx, app.Event)
			if err != nil {
				return nil, err
			}
			stop.Open = stimulus.TakesOffers(e, s.Today())
		}
		if stop.Open || len(stop.Offers) > 0 {
			stops = append(stops, stop)
		}
	}
	slices.SortStableFunc(stops, func(a, b Stop) int {
		switch {
		case a.Open && b.Open:
			return strings.Compare(a.Event.OpensOn, b.Event.OpensOn)
		case a.Open:
			return -1
		case b.Open:
			return 1
		}
		return strings.Compare(b.Event.OpensOn, a.Event.OpensOn)
	})
	return stops, nil
}

// Public is what everybody reads of an event's measures and offers.
type Public struct {
	Measures []stimulus.Measure
	Offers   []stimulus.Row // accepted, of today and coming days
}

// OfEvent returns what everybody reads of an event that is public: measures that hold,
// and accepted offers of today and coming days. An event that is stopped shows none.
func (s *Service) OfEvent(ctx context.Context, e registry.Event) (p Public, err error) {
	if !e.Public() || e.State.Stopped() {
		return p, nil
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		measures, err := tx.Measures(ctx, e.ID)
		if err != nil {
			return err
		}
		for _, m := range measures {
			if m.Holds() && m.FitsIn(e) {
				p.Measures = append(p.Measures, m)
			}
		}
		p.Offers, err = s.shown(ctx, tx, stimulus.Filter{Event: e.ID})
		return err
	})
	return p, err
}

// OfStall returns the accepted offers of a vendor at an event that hold today or on a
// coming day. Anybody may read them.
func (s *Service) OfStall(ctx context.Context, event registry.EventID, vendor registry.VendorID) (rows []stimulus.Row, err error) {
	if event == "" || vendor == "" {
		return nil, nil
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		rows, err = s.shown(ctx, tx, stimulus.Filter{Event: event, Vendor: vendor})
		return err
	})
	return rows, err
}

// OfProduct returns the accepted offers of a product that hold today or on a coming day,
// the first one first. Anybody may read them.
func (s *Service) OfProduct(ctx context.Context, id registry.ProductID) (rows []stimulus.Row, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		rows, err = s.shown(ctx, tx, stimulus.Filter{Product: id})
		return err
	})
	slices.SortStableFunc(rows, func(a, b stimulus.Row) int { return strings.Compare(a.From, b.From) })
	return rows, err
}

// shown are the offers that fit and that the public sees.
func (s *Service) shown(ctx context.Context, tx *store.Tx, f stimulus.Filter) (rows []stimulus.Row, err error) {
	f.States = []stimulus.State{stimulus.Accepted}
	all, err := tx.Offers(ctx, f)
	for _, r := range all {
		if len(r.ShownDays(s.Today())) > 0 {
			rows = append(rows, r)
		}
	}
	return rows, err
}
