// Package lifecycle holds the use cases that touch many subjects at once: the steps of
// an event with what they do to booths, passes, vendors and reports, and the first page
// of the office.
//
// Apart from app it is the one package above all subjects: a use case of a single subject
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
