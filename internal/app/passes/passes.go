// Package passes holds the use cases of booth passes and staff passes: issuing, printing,
// replacing and killing them, and the keys that sign them.
//
// What a gate decides about a pass belongs to packages gate and admission.
package passes

import (
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
)

// Service runs the use cases of passes. New makes one.
type Service struct {
	*core.Core
	Events *events.Service

	watch watch
}

// New makes a Service on what all share, and has its papers printed as jobs.
func New(c *core.Core, e *events.Service) *Service {
	s := &Service{Core: c, Events: e}
	c.Workers[PaperPasses], c.Workers[PaperSigns] = s.printPaper, s.printPaper
	return s
}
