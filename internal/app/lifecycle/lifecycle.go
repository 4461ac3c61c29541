// Package lifecycle holds the use cases that touch every subject at once: the steps of
// an event with what they do to booths, passes, vendors and reports, and the first page
// of the office.
//
// It is the only package beside app that sees all others: a use case of one subject
// does not belong here.
package lifecycle

import (
	"hoicho/internal/app/admission"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/passes"
	"hoicho/internal/app/reports"
	"hoicho/internal/app/tips"
)

// Service runs the use cases of all subjects together. Whoever makes one fills in
// every field.
type Service struct {
	*core.Core
	Admission *admission.Service
	Booths    *booths.Service
	Events    *events.Service
	Passes    *passes.Service
	Reports   *reports.Service
	Tips      *tips.Service
}
