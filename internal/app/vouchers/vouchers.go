// Package vouchers holds the use cases of vouchers: packs made, printed, handed out,
// blocked and called in, and the settlement with the vendors that took them.
//
// The rules of a taking belong to package gate, taking one in to package admission.
package vouchers

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases of vouchers. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
	Passes *passes.Service
}

// New makes a Service on what all share, and has its papers printed as jobs.
func New(c *core.Core, e *events.Service, p *passes.Service) *Service {
	s := &Service{Core: c, Events: e, Passes: p}
	c.Workers[PaperVouchers] = s.printVouchers
	return s
}

// Desk is the vouchers of an event as the office looks at them.
type Desk struct {
	Event  registry.Event
	Packs  []registry.PackTotals
	Booths []registry.PackBooth // that somebody has: they may take vouchers
	Manage bool                 // the actor may make and block packs
	Sums   Sums
}

// Sums are the packs of an event together, those for training aside.
type Sums struct {
	Printed, Handed, Spent, Doubles, Faulty int
	SpentDong                               int64
	HandedSaid                              bool // somebody typed how many were handed out
}

func sumOf(packs []registry.PackTotals) (s Sums) {
	for i := range packs {
		p := &packs[i]
		if p.Test {
			continue
		}
		s.Printed, s.Handed, s.Spent = s.Printed+p.Count, s.Handed+p.HandedN, s.Spent+p.Spent
		s.Doubles, s.Faulty, s.SpentDong = s.Doubles+p.Doubles, s.Faulty+p.Faulty, s.SpentDong+p.SpentDong()
		s.HandedSaid = s.HandedSaid || p.HandedAt > 0
	}
	return s
}

// Desk returns the packs of an event with what became of them. The actor needs
// ViewFigures in the event's area.
func (a *Service) Desk(ctx context.Context, actor registry.Actor, id registry.EventID) (d Desk, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		d.Manage = actor.Can(registry.ManageEvents, a.Areas.Scope(d.Event.Area))
		if d.Packs, err = tx.PackTotals(ctx, id); err != nil {
			return err
		}
		d.Sums = sumOf(d.Packs)
		d.Booths, err = tx.PackBooths(ctx, id)
		return err
	})
	return d, err
}

// Pack returns a pack of an event's desk; NotFound when it has no such. Rights are those
// of Desk.
func (a *Service) Pack(ctx context.Context, actor registry.Actor, ref PackRef) (Desk, registry.PackTotals, error) {
	d, err := a.Desk(ctx, actor, ref.Event)
	if err != nil {
		return d, registry.PackTotals{}, err
	}
	for _, p := range d.Packs {
		if p.Number == ref.Number {
			return d, p, nil
		}
	}
	return d, registry.PackTotals{}, registry.E(registry.NotFound, "voucher.error.none")
}
