package inspections

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Seen is what the public reads about the inspection of a booth at its event.
type Seen struct {
	Last *inspection.Record // the latest that counts; nil: not inspected at this event yet
	Open []SeenFinding
}

// SeenFinding is a finding as the public reads it: what was looked at, and by when it was to
// be mended. It holds no words of whoever looked.
type SeenFinding struct {
	Item inspection.Item // zero for one beside the checklist
	Due  string          // YYYY-MM-DD
}

// Seen returns what the public reads about a stall: when it was last looked at, and what is
// open there as far as the setting lets the public read it. A booth that nobody looked at
// says so.
func (a *Service) Seen(ctx context.Context, event registry.EventID, booth registry.BoothID, vendor registry.VendorID) (s Seen, err error) {
	set, err := a.SiteSettings(ctx)
	if err != nil {
		return s, err
	}
	today := a.Today()
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Inspections(ctx, inspection.Filter{Event: event, Booth: booth, Vendor: vendor, HandedIn: true})
		if err != nil {
			return err
		}
		var found []inspection.Row
		for _, r := range rows {
			if r.Kind != inspection.Inspection && r.Kind != inspection.Joint {
				continue
			}
			if s.Last == nil && r.Counts() {
				s.Last = &r.Record
			}
			if r.Findings > 0 {
				found = append(found, r)
			}
		}
		return s.readOpen(ctx, tx, found, func(f inspection.Finding, on string) bool {
			return f.Public(inspection.Shown(set.FindingsShown), on, today)
		})
	})
	return s, err
}

// readOpen reads what records found, as far as the public sees it, with a statement for all
// and one for each checklist, of which there are few.
func (s *Seen) readOpen(ctx context.Context, tx *store.Tx, rows []inspection.Row, public func(f inspection.Finding, on string) bool) error {
	ids := make([]registry.InspectionID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	all, err := tx.Findings(ctx, ids...)
	lists := map[string]inspection.Checklist{}
	for _, r := range rows {
		for _, f := range all {
			if f.Record != r.ID || !public(f, r.On) {
				continue
			}
			list, known := lists[r.List.ID]
			if !known {
				if list, err = tx.Checklist(ctx, r.List.ID); err != nil {
					return err
				}
				lists[r.List.ID] = list
			}
			item, _ := list.Item(f.Item)
			s.Open = append(s.Open, SeenFinding{item, f.Due(r.On)})
		}
	}
	return err
}

// Opening is what a vendor has to do before its booths open at an event.
type Opening struct {
	Event   registry.Event
	Asked   bool // its event asks for the vendor's own check
	Joint   bool // its event asks for the joint check
	List    inspection.Checklist
	Last    *inspection.Record // the vendor's latest check; nil none
	Said    []inspection.Said  // of it, the answers that count
	Booths  []OpeningBooth
	Records []inspection.Row // of officers at its booths at this event
}

// OpeningBooth is a booth of the vendor with what holds it.
type OpeningBooth struct {
	registry.Booth
	Hold *inspection.Hold // nil: it may open
}

// Opening returns what the application of a vendor lacks before its booths open, to a member
// of the vendor and to whoever inspects in the event's area; else NotFound.
func (a *Service) Opening(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (o Opening, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		app, err := tx.Application(ctx, id)
		if err != nil {
			return err
		}
		if o.Event, err = tx.Event(ctx, app.Event); err != nil {
			return err
		}
		if !actor.Owns(app.Vendor) && !actor.Can(registry.Inspect, a.Areas.Scope(o.Event.Area)) {
			return core.ErrHidden()
		}
		o.Asked, o.Joint = o.Event.SelfCheck, o.Event.JointCheck
		o.List, _ = a.Lists.On(inspection.OfVendor, a.Today())
		openings, err := tx.Openings(ctx, app.Event)
		if err != nil {
			return err
		}
		holds := openings.Holds()
		booths, err := tx.BoothsOf(ctx, id)
		if err != nil {
			return err
		}
		for _, b := range booths {
			x := OpeningBooth{Booth: b}
			if h, held := holds[b.ID]; held {
				x.Hold = &h
			}
			o.Booths = append(o.Booths, x)
		}
		return a.openingRecords(ctx, tx, app, &o)
	})
	return o, err
}

func (a *Service) openingRecords(ctx context.Context, tx *store.Tx, app registry.Application, o *Opening) error {
	rows, err := tx.Inspections(ctx, inspection.Filter{Event: app.Event, Vendor: app.Vendor, HandedIn: true})
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch {
		case r.Kind != inspection.VendorSelf:
			o.Records = append(o.Records, r)
		case o.Last == nil || r.HandedAt > o.Last.HandedAt:
			o.Last = &r.Record
		}
	}
	if o.Last == nil {
		return nil
	}
	whole, err := tx.Inspection(ctx, o.Last.ID)
	o.Last, o.Said = &whole, inspection.Last(whole.List, whole.Said)
	return err
}

// VendorRecords returns what officers and bodies handed in about a vendor, the latest day
// first, to its members; else NotFound. A record that follows another is left out.
func (a *Service) VendorRecords(ctx context.Context, actor registry.Actor, vendor registry.VendorID) (rows []inspection.Row, err error) {
	if !actor.Owns(vendor) {
		return nil, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		rows, err = tx.Inspections(ctx, inspection.Filter{Vendor: vendor, Counts: true})
		return err
	})
	return rows, err
}

// OfEvent counts the records of an event and what is open in them, for whoever reads the
// register; false for everybody else.
func (a *Service) OfEvent(ctx context.Context, actor registry.Actor, id registry.EventID) (n int, found map[inspection.FindingState]int, reads bool, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		f := inspection.Filter{Event: id}
		err := narrow(ctx, tx, actor, &f)
		if registry.KindOf(err) == registry.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		reads = true
		n, found, err = tx.CountInspected(ctx, f)
		return err
	})
	return n, found, reads, err
}
