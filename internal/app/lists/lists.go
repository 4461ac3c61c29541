// Package lists takes lists out as files, those of the office and the history that a vendor
// has of its own, and looks through all lists of the office at once for a text.
//
// A list is read by the use case of its subject, with the right of its page; a register of
// the campaign writes its own file, which HandOut hands out like every other.
package lists

import (
	"context"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/app/articles"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/campaign"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/inspections"
	"hoicho/internal/app/passes"
	"hoicho/internal/app/reports"
	"hoicho/internal/app/stimulus"
	"hoicho/internal/app/surveys"
	"hoicho/internal/app/tips"
	"hoicho/internal/app/vendors"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Service runs the use cases of files of lists and of the search over all. New makes one.
type Service struct {
	*core.Core
	Rooms
	turns *core.Limiter // files, by account
	slots chan struct{} // files that are being written
}

// Rooms are the services whose lists go out.
type Rooms struct {
	Events   *events.Service
	Vendors  *vendors.Service
	Booths   *booths.Service
	Passes   *passes.Service
	Reports  *reports.Service
	Campaign *campaign.Service
	Tips     *tips.Service
	// Inspections are read for the history of a vendor.
	Inspections *inspections.Service

	Accounts  *accounts.Service
	Admission *admission.Service
	Articles  *articles.Service
	Stimulus  *stimulus.Service
	Surveys   *surveys.Service
}

// New makes a Service on what all share.
func New(c *core.Core, r Rooms) *Service {
	return &Service{Core: c, Rooms: r, turns: core.NewLimiter(100, 5*time.Second), slots: make(chan struct{}, 2)}
}

// Ask is in which form and language a list is wanted.
type Ask struct {
	Form, Lang string
	Filter     string // what narrows it, in words, for the audit log
}

// File is a list as a file, with the line of the audit log about it.
type File = report.ListFile

// HandOut lets write make a file, two at a time, and writes into the audit log who took out
// which list, how it was narrowed, and how many rows. It is Limited for an account that has
// asked for very many, Unavailable when no turn came in time.
func (a *Service) HandOut(ctx context.Context, actor registry.Actor, ask Ask, write func() (File, error)) (f File, err error) {
	if _, err := a.turns.Take(a.DB.Now(), string(actor.Account)); err != nil {
		return f, err
	}
	select {
	case a.slots <- struct{}{}:
		defer func() { <-a.slots }()
	case <-ctx.Done():
		return f, registry.E(registry.Unavailable, "list.error.busy")
	}
	if f, err = write(); err != nil {
		return f, err
	}
	return f, a.note(ctx, actor, f, ask)
}

// note writes the audit line of a file. No page shows anything else after it.
func (a *Service) note(ctx context.Context, actor registry.Actor, f File, ask Ask) error {
	c := f.Note
	c.Detail = append(c.Detail, fact.Said("export_form", ask.Form), fact.Count("export_rows", f.Rows), fact.Said("export_filter", vn.HidePersonal(ask.Filter)))
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.AuditUnseen(ctx, actor, c) })
}
