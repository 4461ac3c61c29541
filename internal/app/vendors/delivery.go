package vendors

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// DeliveryPage is a page of the log of deliveries of an event: what was done to tell
// each notice, the newest first.
type DeliveryPage struct {
	Event registry.Event
	Lines []registry.DeliveryLine
	Next  registry.NoticeID // where the page after this one begins; "" for the last
}

// deliveriesShown is how many notices a page of the log has.
const deliveriesShown = 50

// Deliveries returns a page of the log of deliveries of an event, of one vendor where it
// is named, from what came before a notice on. Rights as for CallList.
func (a *Service) Deliveries(ctx context.Context, actor registry.Actor, q registry.DeliveryQuery) (p DeliveryPage, err error) {
	q.Limit = deliveriesShown + 1
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if p.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ReviewApplications, q.Event); err != nil {
			return err
		}
		if p.Lines, err = tx.Deliveries(ctx, q); err != nil {
			return err
		}
		if len(p.Lines) > deliveriesShown {
			p.Lines = p.Lines[:deliveriesShown]
			p.Next = p.Lines[deliveriesShown-1].ID
		}
		names, err := tx.Callees(ctx, q.Event, q.Vendor)
		if err != nil {
			return err
		}
		for i := range p.Lines {
			p.Lines[i].VendorName = names[p.Lines[i].Vendor].Name
		}
		calls, err := tx.Calls(ctx, q.Event, q.Vendor)
		noteCalled(p.Lines, calls)
		return err
	})
	return p, err
}

// noteCalled puts the calls that told notices beside them.
func noteCalled(lines []registry.DeliveryLine, calls []registry.Call) {
	by := make(map[registry.CallID]*registry.Call, len(calls))
	for i := range calls {
		by[calls[i].ID] = &calls[i]
	}
	for i := range lines {
		lines[i].Called = by[lines[i].Call]
	}
}
