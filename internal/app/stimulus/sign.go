package stimulus

import (
	"bytes"
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// SignInput asks for the price signs of an event: of one vendor, or of all.
type SignInput struct {
	Event  registry.EventID
	Vendor registry.VendorID // "" is all of them
	Lang   string
	Size   print.PriceSignSize
	// Words writes an offer as a sign says it; the event is filled in here.
	Words func(stimulus.Row) print.PriceSign
}

// PriceSigns draws a sign for each accepted offer that holds today or on a coming day. A
// vendor's people get those of the vendor, holders of ViewOffice in the event's area
// all; for everybody else, and where there is none, it is NotFound.
func (s *Service) PriceSigns(ctx context.Context, actor registry.Actor, in SignInput) (registry.File, error) {
	var e registry.Event
	var rows []stimulus.Row
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if e, err = tx.Event(ctx, in.Event); err != nil {
			return err
		}
		if !actor.Can(registry.ViewOffice, s.Areas.Scope(e.Area)) && (in.Vendor == "" || !actor.Owns(in.Vendor)) {
			return core.ErrHidden()
		}
		rows, err = s.shown(ctx, tx, stimulus.Filter{Event: in.Event, Vendor: in.Vendor})
		return err
	})
	if err == nil && len(rows) == 0 {
		err = core.ErrHidden()
	}
	if err != nil {
		return registry.File{}, err
	}
	signs := make([]print.PriceSign, len(rows))
	for i, r := range rows {
		signs[i] = in.Words(r)
		signs[i].Event = print.Event{Title: e.Title, Venue: e.Venue, Days: e.Days}
	}
	var buf bytes.Buffer
	err = print.WritePriceSigns(&buf, in.Lang, in.Size, signs)
	return registry.File{ContentType: "application/pdf", Name: "bien-gia-" + e.Slug + ".pdf", Data: buf.Bytes(), Event: e.ID}, err
}
