// Package places holds the use cases of places where Vietnamese goods are sold all the
// year: entering, correcting and ending them, their lists, map and files, what the public
// reads of them.
//
// Fairs and sessions belong to package events; how many places a plan wants, to package
// campaign.
package places

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Service runs the use cases of places. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service { return &Service{Core: c, Events: e} }

// keeps reports whether the actor enters places in an area. A role that enters for a body
// alone reads no plan, and no places.
func keeps(actor registry.Actor, scope registry.Scope) bool {
	return actor.Can(registry.Communicate, scope) && actor.Can(registry.ViewPlan, scope)
}

// forReader is a place as the actor may read it: whoever neither enters places there nor
// reads personal data does not learn who is in charge, unless that person agreed.
func (a *Service) forReader(actor registry.Actor, p committee.Place) (seen committee.Place, hidden bool) {
	scope := a.Areas.Scope(p.Area)
	if p.Agreed || keeps(actor, scope) || actor.Can(registry.ViewPersonal, scope) {
		return p, false
	}
	hidden = p.Keeper != "" || p.Phone != ""
	p.Keeper, p.Phone = "", ""
	return p, hidden
}

// reach narrows a filter to the areas whose plans the actor reads. NotFound for whoever
// reads none.
func reach(actor registry.Actor, f *committee.PlaceFilter) error {
	codes, all := actor.Reach(registry.ViewPlan)
	switch {
	case all:
		f.Codes = nil
	case len(codes) == 0:
		return core.ErrHidden()
	default:
		f.Codes = codes
	}
	return nil
}

// placeFor reads a place for whoever reads plans in its area, or enters places there if
// that is asked; else it is NotFound.
func (a *Service) placeFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.PlaceID, write bool) (committee.Place, error) {
	p, err := tx.SalePlace(ctx, id)
	if err != nil {
		return p, err
	}
	scope := a.Areas.Scope(p.Area)
	if !actor.Can(registry.ViewPlan, scope) || write && !keeps(actor, scope) {
		return committee.Place{}, core.ErrHidden()
	}
	return p, nil
}

// List is a page of places with how many there are.
type List struct {
	Rows   []committee.Place
	Names  map[registry.BodyID]string
	Counts map[committee.PlaceState]int // of all that fit but for their state
	N      int                          // that fit
	Units  map[string]int               // that fit, by the codes of today's units
	Keeps  bool                         // the actor enters places somewhere
}

// List returns a page of the places that a filter chooses, on its day or today. NotFound
// for whoever reads no plan.
func (a *Service) List(ctx context.Context, actor registry.Actor, f committee.PlaceFilter) (l List, err error) {
	if err := reach(actor, &f); err != nil {
		return l, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if l, err = a.list(ctx, tx, f); err != nil {
			return err
		}
		l.Keeps = actor.CanSomewhere(registry.Communicate)
		for i := range l.Rows {
			l.Rows[i], _ = a.forReader(actor, l.Rows[i])
		}
		return nil
	})
	return l, err
}

// list reads a page of places and counts what fits.
func (a *Service) list(ctx context.Context, tx *store.Tx, f committee.PlaceFilter) (l List, err error) {
	if f.On == "" {
		f.On = a.Today()
	}
	f.Text = vn.Fold(f.Text)
	if l.Rows, err = tx.SalePlaces(ctx, f); err != nil {
		return l, err
	}
	if l.N, err = tx.CountSalePlaces(ctx, f); err != nil {
		return l, err
	}
	if l.Units, err = tx.SalePlacesByArea(ctx, f); err != nil {
		return l, err
	}
	l.Counts = map[committee.PlaceState]int{}
	for _, state := range committee.PlaceStates {
		f.State = state
		if l.Counts[state], err = tx.CountSalePlaces(ctx, f); err != nil {
			return l, err
		}
	}
	l.Names, err = bodyNames(ctx, tx, l.Rows)
	return l, err
}

// bodyNames are the names of the bodies that answer for places.
func bodyNames(ctx context.Context, tx *store.Tx, rows []committee.Place) (map[registry.BodyID]string, error) {
	names := map[registry.BodyID]string{}
	for _, p := range rows {
		if _, known := names[p.Body]; known || p.Body == "" {
			continue
		}
		b, err := tx.Body(ctx, p.Body)
		if err != nil {
			return nil, err
		}
		names[p.Body] = b.Name
	}
	return names, nil
}

// File is a place as its page in the office shows it.
type File struct {
	committee.Place
	BodyName string
	Writes   bool // the actor may change it
	Hidden   bool // the person in charge is kept from the actor
}

// Place returns a place to whoever reads plans in its area, else NotFound. The person in
// charge is left out for whoever neither enters places there nor reads personal data.
func (a *Service) Place(ctx context.Context, actor registry.Actor, id registry.PlaceID) (f File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err := a.placeFor(ctx, tx, actor, id, false)
		if err != nil {
			return err
		}
		f.Writes = keeps(actor, a.Areas.Scope(p.Area))
		f.Place, f.Hidden = a.forReader(actor, p)
		names, err := bodyNames(ctx, tx, []committee.Place{p})
		f.BodyName = names[p.Body]
		return err
	})
	return f, err
}

// Choices are what the form of a place offers: the bodies of the areas in which the actor
// enters places, and the unit that is most likely. NotFound for whoever enters none.
func (a *Service) Choices(ctx context.Context, actor registry.Actor) (bodies []committee.Body, area registry.AreaRef, err error) {
	if !actor.CanSomewhere(registry.Communicate) || !actor.CanSomewhere(registry.ViewPlan) {
		return nil, area, core.ErrHidden()
	}
	codes, all := actor.Reach(registry.Communicate)
	if all {
		codes = nil
	}
	if len(codes) == 1 {
		if ref := (registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]}); ref.IsCommune() {
			area = ref
		}
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		bodies, err = tx.Bodies(ctx, codes)
		return err
	})
	today := a.Today()
	return slices.DeleteFunc(bodies, func(b committee.Body) bool { return !b.StandsOn(today) }), area, err
}
