// Package reports holds the use cases of what is signed after an event: sales that
// vendors return, the result report with its figures, its closing and reopening.
//
// How a figure is counted and a report is laid out belongs to package report.
package reports

import (
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
)

// Service runs the use cases of reports. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
}

// New makes a Service on what all share.
func New(c *core.Core, e *events.Service) *Service {
	return &Service{Core: c, Events: e}
}
