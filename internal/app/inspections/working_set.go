package inspections

import (
	"context"
	"slices"

	"hoicho/internal/committee"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// How much a phone takes along: events that take place within so many days, and so many of
// them.
const (
	nearDays = 3
	nearMost = 12
)

// WorkingSet is what a phone takes along to inspect without a network.
type WorkingSet struct {
	At         int64 // unix ms
	Today      string
	Checklists map[inspection.SubjectKind]inspection.Checklist // in force today
	Events     []NearEvent
	Rounds     []inspection.Round // that go on today, with their teams
	Bodies     []committee.Body   // that the actor may look at, or acts for
	Inspects   bool               // else self-inspections of Bodies alone
}

// NearEvent is an event of today or near, with its stalls.
type NearEvent struct {
	registry.Event
	Stalls []Stall
}

// Stall is a booth with its vendor, what it brings and what was found there before.
type Stall struct {
	registry.Booth
	Vendor registry.Vendor
	Goods  []string
	Offers []stimulus.Row
	Hold   *inspection.Hold // nil: it may open
	Last   *inspection.Record
	Found  []inspection.Finding // that are not settled, of every record of the stall
}

// WorkingSet returns what the phone of the actor takes along. NotFound for whoever neither
// inspects nor acts for a body.
func (a *Service) WorkingSet(ctx context.Context, actor registry.Actor) (w WorkingSet, err error) {
	ch, err := a.Choices(ctx, actor)
	if err != nil {
		return w, err
	}
	w = WorkingSet{At: a.NowMS(), Today: a.Today(), Bodies: ch.Bodies, Inspects: ch.Inspects, Checklists: map[inspection.SubjectKind]inspection.Checklist{}}
	for _, s := range inspection.SubjectKinds {
		if list, ok := a.Lists.On(s, w.Today); ok {
			w.Checklists[s] = list
		}
	}
	if !ch.Inspects {
		return w, nil
	}
	codes, all := actor.Reach(registry.Inspect)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		events, _, err := tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !all, From: registry.AddDays(w.Today, -1),
			To: registry.AddDays(w.Today, nearDays), Limit: nearMost})
		if err != nil {
			return err
		}
		for _, e := range slices.DeleteFunc(events, func(e registry.Event) bool { return e.State == registry.Draft }) {
			stalls, err := a.stalls(ctx, tx, e.ID)
			if err != nil {
				return err
			}
			w.Events = append(w.Events, NearEvent{e, stalls})
		}
		if all {
			codes = nil
		}
		return a.nearRounds(ctx, tx, codes, &w)
	})
	return w, err
}

func (a *Service) nearRounds(ctx context.Context, tx *store.Tx, codes []string, w *WorkingSet) error {
	rounds, err := tx.Rounds(ctx, inspection.RoundFilter{Codes: codes, On: w.Today})
	for _, r := range rounds {
		whole, err := tx.Round(ctx, r.ID)
		if err != nil {
			return err
		}
		w.Rounds = append(w.Rounds, whole)
	}
	return err
}

// stalls reads the booths of an event that have a vendor, in the order of the plan.
func (a *Service) stalls(ctx context.Context, tx *store.Tx, event registry.EventID) (stalls []Stall, err error) {
	booths, err := tx.Booths(ctx, event)
	if err != nil {
		return nil, err
	}
	vendors, err := tx.BoothVendors(ctx, event)
	if err != nil {
		return nil, err
	}
	openings, err := tx.Openings(ctx, event)
	if err != nil {
		return nil, err
	}
	holds := openings.Holds()
	of := map[registry.BoothID]registry.BoothVendor{}
	for _, v := range vendors {
		of[v.Booth] = v
	}
	for _, b := range booths {
		v, given := of[b.ID]
		if !given || b.State != registry.BoothAssigned {
			continue
		}
		s := Stall{Booth: b, Vendor: registry.Vendor{ID: v.Vendor, Name: v.Name, Slug: v.Slug}, Goods: v.Goods}
		if h, held := holds[b.ID]; held {
			s.Hold = &h
		}
		stalls = append(stalls, s)
	}
	return stalls, a.fillStalls(ctx, tx, event, stalls)
}

// fillStalls reads what was found before at stalls, and what they offer.
func (a *Service) fillStalls(ctx context.Context, tx *store.Tx, event registry.EventID, stalls []Stall) error {
	records, err := tx.Inspections(ctx, inspection.Filter{Event: event, HandedIn: true})
	if err != nil {
		return err
	}
	offers, err := tx.Offers(ctx, stimulus.Filter{Event: event, States: []stimulus.State{stimulus.Accepted}})
	if err != nil {
		return err
	}
	for i := range stalls {
		s := &stalls[i]
		var ids []registry.InspectionID
		for n := range records {
			r := &records[n]
			if r.Subject.Booth != s.ID || r.Subject.Vendor != s.Vendor.ID || r.Kind == inspection.VendorSelf {
				continue
			}
			if ids = append(ids, r.ID); s.Last == nil {
				s.Last = &r.Record
			}
		}
		for _, o := range offers {
			if o.Vendor == s.Vendor.ID {
				s.Offers = append(s.Offers, o)
			}
		}
		if len(ids) == 0 {
			continue
		}
		found, err := tx.Findings(ctx, ids...)
		if err != nil {
			return err
		}
		s.Found = slices.DeleteFunc(found, func(f inspection.Finding) bool { return f.State.Settled() })
	}
	return nil
}
