// Package booths holds the use cases from an application to a booth: applying, review,
// waiting list, the plan of booths, picking and giving back.
//
// The passes of a booth belong to package passes, a vendor's record to package vendors.
package booths

import (
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/passes"
)

// Service runs the use cases of applications and booths. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
	Passes *passes.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service, p *passes.Service) *Service {
	return &Service{Core: c, Events: e, Passes: p}
}
