// Package vendors holds the use cases of vendors: their records, members, products,
// origin evidence and certificates, and the search over them.
//
// What a vendor applies for belongs to package booths.
package vendors

import (
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
)

// Service runs the use cases of vendors. New makes one.
type Service struct {
	*core.Core
	Events *events.Service

	memberLimits memberLimits
	spelling     spelling
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service {
	return &Service{Core: c, Events: e, memberLimits: newMemberLimits()}
}
