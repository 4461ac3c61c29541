package admission

import (
	"context"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// relayCounts are visits that nobody scanned, as a relay knows them of the whole event:
// what its server counted at the last list that held all of the relay's own, and what
// its own were then. Its own of since come on top.
type relayCounts struct {
	Sent   []registry.GateHour `json:"sent,omitempty"` // its own, when all had been handed on
	SentN  int64               `json:"sent_n"`         // the last row of the log then
	Server []registry.GateHour `json:"server,omitempty"`
	Own    []registry.GateHour `json:"own,omitempty"` // its own that are in Server
}

// handedOn notes what the relay has counted itself, if all of it is at the server now.
func (a *Service) handedOn(ctx context.Context, tx *store.Tx, h *RelayHome) error {
	end, err := tx.RelayLogEnd(ctx)
	if err != nil || end != h.SentN {
		return err
	}
	from, until := dayBounds(a.Today())
	own, err := tx.GateHours(ctx, h.Event, from, until)
	h.Counts.Sent, h.Counts.SentN = unscanned(own), end
	return err
}

// take takes the counters of the server's list, unless rows are on their way that may
// be in them or not.
func (c *relayCounts) take(event registry.EventID, sentN int64, hours []gate.RelayHour) {
	if c.SentN != sentN {
		return
	}
	c.Server, c.Own = nil, c.Sent
	for _, h := range hours {
		c.Server = append(c.Server, registry.GateHour{Event: event, HourAt: h.FromAt, Gate: h.Gate, Figure: h.Figure, N: h.N})
	}
}

// unscanned leaves the counters of taps, clicks, sheets and estimates. A relay works
// out those of scans itself, from where each pass has been.
func unscanned(hours []registry.GateHour) []registry.GateHour {
	scanned := []registry.Figure{registry.FigureIn, registry.FigureOut, registry.FigureOf(registry.CountScan)}
	return slices.DeleteFunc(slices.Clone(hours), func(h registry.GateHour) bool { return slices.Contains(scanned, h.Figure) })
}

// relayHours is what a server tells a relay of the counters of today.
func (a *Service) relayHours(ctx context.Context, tx *store.Tx, event registry.EventID) ([]gate.RelayHour, error) {
	from, until := dayBounds(a.Today())
	hours, err := tx.GateHours(ctx, event, from, until)
	out := []gate.RelayHour{}
	for _, h := range unscanned(hours) {
		out = append(out, gate.RelayHour{FromAt: h.HourAt, Gate: h.Gate, Figure: h.Figure, N: h.N})
	}
	return out, err
}

// gateHours reads the counters of today; at a relay, those of the whole event.
func (a *Service) gateHours(ctx context.Context, tx *store.Tx, event registry.EventID) ([]registry.GateHour, error) {
	from, until := dayBounds(a.Today())
	home, err := a.homeIn(ctx, tx)
	if err != nil {
		return nil, err
	}
	hours, err := tx.GateHours(ctx, event, from, until)
	c := home.Counts
	if err != nil || len(c.Server)+len(c.Own) == 0 {
		return hours, err
	}
	add := func(list []registry.GateHour, sign int) {
		for _, h := range list {
			if h.HourAt < from || h.HourAt >= until {
				continue
			}
			h.N *= sign
			at, found := slices.BinarySearchFunc(hours, h, registry.CompareGateHours)
			if found {
				hours[at].N += h.N
			} else {
				hours = slices.Insert(hours, at, h)
			}
		}
	}
	add(c.Server, 1)
	add(c.Own, -1)
	return slices.DeleteFunc(hours, func(h registry.GateHour) bool { return h.N == 0 }), nil
}
