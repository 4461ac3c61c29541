// Package tips holds the use cases of citizens' reports: sent by anybody, followed by
// their code, worked on by the office.
//
// What is done about a vendor or product because of one belongs to package vendors.
package tips

import (
	"hoicho/internal/app/core"
)

// Service runs the use cases of tips. New makes one.
type Service struct {
	*core.Core

	tipLimits tipLimits
}

// New makes a Service on what all share.
func New(c *core.Core) *Service {
	return &Service{Core: c, tipLimits: newTipLimits()}
}
