// Package articles holds the use cases of the special page: its columns and articles in
// the languages of the area, what the public reads of them, and the ready-made texts of
// an event.
//
// What was done to spread the campaign is told in a register of its own, not here.
package articles

import (
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
)

// Service runs the use cases of articles. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service { return &Service{Core: c, Events: e} }
