package lists

import (
	"context"
	"slices"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// Fair is an event in the history of a vendor.
type Fair struct {
	registry.VendorFair
	Place   string           // its unit as it was called on the first day
	Records []inspection.Row // of officers and bodies at the vendor's booths there, the latest first
}

// History is what a vendor did at the events to which it has sent an application.
type History struct {
	Vendor registry.Vendor
	Fairs  []Fair           // the latest first
	Beside []inspection.Row // inspections of the vendor at none of them
}

// VendorHistory returns the events of a vendor with its sales, and what inspections found
// there, to its members; NotFound for everybody else, officers too: single figures are the
// vendor's own.
func (a *Service) VendorHistory(ctx context.Context, actor registry.Actor, vendor registry.VendorID) (h History, err error) {
	if !actor.Owns(vendor) {
		return h, registry.E(registry.NotFound, "error.not_found")
	}
	if h.Beside, err = a.Inspections.VendorRecords(ctx, actor, vendor); err != nil {
		return h, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if h.Vendor, err = tx.Vendor(ctx, vendor); err != nil {
			return err
		}
		fairs, err := tx.VendorFairs(ctx, vendor)
		h.Fairs = make([]Fair, len(fairs))
		for i, f := range fairs {
			h.Fairs[i] = Fair{VendorFair: f, Place: a.Events.EventPlace(registry.Event{Area: f.Area, OpensOn: f.OpensOn}).Name}
		}
		return err
	})
	h.share()
	return h, err
}

// share puts the records beside the events that they are of.
func (h *History) share() {
	rest := h.Beside
	h.Beside = nil
	for _, r := range rest {
		i := slices.IndexFunc(h.Fairs, func(f Fair) bool { return f.Event == r.Subject.Event })
		if i < 0 {
			h.Beside = append(h.Beside, r)
			continue
		}
		h.Fairs[i].Records = append(h.Fairs[i].Records, r)
	}
}

// HistoryFile writes the history of a vendor, with the rights of VendorHistory.
func (a *Service) HistoryFile(ctx context.Context, actor registry.Actor, vendor registry.VendorID, ask Ask) (file File, err error) {
	h, err := a.VendorHistory(ctx, actor, vendor)
	if err = tooLong(len(h.Fairs) > report.MaxRows, err); err != nil {
		return file, err
	}
	rows := make([]report.FairRow, len(h.Fairs))
	for i, f := range h.Fairs {
		rows[i] = report.FairRow{VendorFair: f.VendorFair, Place: f.Place, Records: len(f.Records)}
		for _, r := range f.Records {
			rows[i].Findings, rows[i].Open = rows[i].Findings+r.Findings, rows[i].Open+r.Open
		}
	}
	return report.FairTable(ask.Lang, a.Today(), rows).List("phien-cho_"+h.Vendor.Slug, ask.Form,
		registry.Change{Action: "vendor.export_history", Object: "vendor", ID: string(vendor), Scope: a.Areas.Scope(h.Vendor.Area)})
}
