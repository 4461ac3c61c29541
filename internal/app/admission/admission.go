// Package admission holds the use cases of the running gate: phones and relays that
// hand in scans, the group commit that judges and books them, lists, counts, visits,
// differences between what was let in and what was listed.
//
// The rules of a verdict and the protocol belong to package gate; issuing and printing
// passes belongs to package passes.
package admission

import (
	"sync"

	"hoicho/internal/app/admission/known"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases of the gate. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
	Passes *passes.Service

	gates      *store.Group[*gateWork]
	desks      sync.Map // registry.EventID to *gateDesk
	known      known.Memory
	lists      known.Lists
	senders    known.Senders
	tellings   tellings
	scanned    core.Counter[registry.VerdictCode]
	gateLimits gateLimits
	isRelay    bool
	relay      relayPost
}

// New makes a Service on what all share; isRelay says that it stands in for a server.
// CloseGates ends it.
func New(c *core.Core, e *events.Service, p *passes.Service, isRelay bool) *Service {
	s := &Service{Core: c, Events: e, Passes: p, gateLimits: newGateLimits(), isRelay: isRelay}
	s.gates = store.NewGroup(c.DB, s.settle)
	return s
}
