// Package openfigures holds the use case of open figures: what the closed reports of events
// say to everybody, by event, commune of today and year.
//
// How a figure is counted, and which of them single vendors could be told by, belongs to
// package report: nothing is counted here anew, so that a report and these figures are one.
package openfigures

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/store/openfigures"
	"hoicho/internal/vn"
)

// Service runs the use case. New makes one.
type Service struct {
	*core.Core
	mu   sync.Mutex
	told map[registry.EventID]told
}

// told is what was read of the figures of an event, which change only when its report, or
// an addendum to it, is closed.
type told struct {
	latest int64
	sum    report.OpenSum
}

// New makes a Service on what all share.
func New(c *core.Core) *Service { return &Service{Core: c, told: map[registry.EventID]told{}} }

// Figures are the open figures, as far as they were asked for.
type Figures struct {
	Today    string
	Query    Query
	Years    []string      // in which events were held, the latest first, whatever was asked for
	Commune  registry.Area // that was asked for
	Communes int           // of the province; 0 while none is chosen
	Events   []report.OpenEvent
	Total    report.OpenSum
}

// Query narrows the figures; its zero value asks for all of them.
type Query struct {
	Year    string // YYYY
	Commune string // code of today
	Latest  bool   // the latest year in which events were held, instead of Year
}

// Open returns the figures that a query asks for. NotFound for a commune that there is not.
func (a *Service) Open(ctx context.Context, q Query) (f Figures, err error) {
	f.Today, f.Query = a.Today(), q
	if q.Commune != "" {
		ref := registry.AreaRef{Edition: registry.Edition2025, Code: q.Commune}
		if f.Commune, _ = a.Areas.Lookup(ref); f.Commune.Ref != ref || !ref.IsCommune() {
			return f, registry.E(registry.NotFound, "error.not_found")
		}
	}
	set, err := a.SiteSettings(ctx)
	if err != nil {
		return f, err
	}
	if set.Province != "" {
		f.Communes = len(a.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: set.Province}))
	}
	all, err := a.events(ctx)
	for _, e := range all {
		if !slices.Contains(f.Years, e.Year()) {
			f.Years = append(f.Years, e.Year())
		}
		if q.Latest && len(f.Events) == 0 {
			q.Year, f.Query.Year = e.Year(), e.Year()
		}
		if (q.Year == "" || e.Year() == q.Year) && (q.Commune == "" || e.Commune == q.Commune) {
			f.Events = append(f.Events, e)
		}
	}
	f.Total = report.SumOpen(f.Events)
	return f, err
}

// events reads every event that was held, with what its report tells.
func (a *Service) events(ctx context.Context) (all []report.OpenEvent, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		held, err := openfigures.Events(ctx, tx)
		if err != nil {
			return err
		}
		known, err := a.toldOf(ctx, tx, held)
		for _, h := range held {
			all = append(all, a.openEvent(h, known[h.ID]))
		}
		return err
	})
	return all, err
}

// toldOf returns what the closed reports of events tell. Figures that were read before are
// not read again: there may be thousands, and whoever asks is a stranger.
func (a *Service) toldOf(ctx context.Context, tx *store.Tx, held []openfigures.Held) (map[registry.EventID]told, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	known, since, missing := map[registry.EventID]told{}, int64(0), map[registry.EventID]openfigures.Held{}
	for _, h := range held {
		if t, ok := a.told[h.ID]; ok && t.latest == h.Latest {
			known[h.ID] = t
		} else if h.Closed > 0 {
			missing[h.ID] = h
			if since == 0 || h.Closed < since {
				since = h.Closed
			}
		}
	}
	if len(missing) > 0 {
		kept, err := openfigures.KeptSince(ctx, tx, since)
		if err != nil {
			return nil, err
		}
		if err := readTold(kept, missing, known); err != nil {
			return nil, err
		}
	}
	a.told = known
	return known, nil
}

// readTold reads the kept figures of the events that are missing among those known.
func readTold(kept []openfigures.Kept, missing map[registry.EventID]openfigures.Held, known map[registry.EventID]told) error {
	closed := map[registry.EventID][]*report.Snapshot{}
	for _, k := range kept {
		if _, asked := missing[k.Event]; !asked {
			continue
		}
		s, err := report.Thaw(k.Figures)
		if err != nil {
			return fmt.Errorf("report of %s: %w", k.Event, err)
		}
		closed[k.Event] = append(closed[k.Event], &s)
	}
	for id, all := range closed {
		t := report.Tell(all...)
		known[id] = told{missing[id].Latest, report.OpenFigures(missing[id].Kind, &t)}
	}
	return nil
}

// openEvent joins an event with what its report tells.
func (a *Service) openEvent(h openfigures.Held, t told) report.OpenEvent {
	e := report.OpenEvent{Slug: h.Slug, Title: h.Title, Kind: h.Kind, Area: h.Area, OpensOn: h.OpensOn, ClosesOn: h.ClosesOn}
	if area, ok := a.Areas.Lookup(h.Area); ok {
		e.AreaName = a.Areas.LongName(area, h.OpensOn)
	}
	communes := slices.DeleteFunc(slices.Clone(a.Areas.Scope(h.Area)), func(code string) bool { return len(code) == 2 })
	if h.Area.IsCommune() && len(communes) == 1 {
		e.Commune = communes[0]
		today, _ := a.Areas.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: e.Commune})
		e.CommuneName = today.FullName()
	}
	if e.OpenSum = t.sum; t.sum == nil {
		e.OpenSum = report.OpenFigures(h.Kind, nil)
		return e
	}
	e.ReportedOn = vn.DateOf(time.UnixMilli(h.Latest))
	return e
}
