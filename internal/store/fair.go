package store

import (
	"context"

	"hoicho/internal/registry"
)

// VendorFairs returns the events to which a vendor has sent an application, the latest
// first, with its days, booths and sales there.
func (tx *Tx) VendorFairs(ctx context.Context, vendor registry.VendorID) ([]registry.VendorFair, error) {
	fairs, err := collect(ctx, tx, func(row scanner) (f registry.VendorFair, err error) {
		s := &f.Sales
		err = row.Scan(&f.Application, &f.State, &f.Event, &f.Title, &f.Slug, &f.EventState, &f.OpensOn, &f.ClosesOn, &f.Area.Edition, &f.Area.Code, &f.Venue,
			&s.ContractsN, &s.ContractsDong, &s.OnPaper, &s.FiledAt, &s.Version)
		s.Event, s.Vendor = f.Event, vendor
		return f, err
	}, `
		SELECT a.id, a.state, e.id, e.title, e.slug, e.state, e.opens_on, e.closes_on, e.area_edition, e.area_code, e.venue,
			COALESCE(s.contracts_n, 0), COALESCE(s.contracts_dong, 0), COALESCE(s.on_paper, 0), COALESCE(s.filed_at, 0), COALESCE(s.version, 0)
		FROM applications a
		JOIN events e ON e.id = a.event_id
		LEFT JOIN sales_returns s ON s.event_id = a.event_id AND s.vendor_id = a.vendor_id
		WHERE a.vendor_id = $1 AND a.state <> 'draft'
		ORDER BY e.opens_on DESC, e.id`, string(vendor))
	if err != nil || len(fairs) == 0 {
		return nil, err
	}
	return fairs, tx.fillFairs(ctx, vendor, fairs)
}

// fillFairs reads the days, booths and takings of a vendor at its events, each at once.
func (tx *Tx) fillFairs(ctx context.Context, vendor registry.VendorID, fairs []registry.VendorFair) error {
	at := map[registry.EventID]*registry.VendorFair{}
	for i := range fairs {
		at[fairs[i].Event] = &fairs[i]
	}
	texts := func(query string, add func(*registry.VendorFair, string)) error {
		return each(ctx, tx, func(row scanner) error {
			var event registry.EventID
			var text string
			err := row.Scan(&event, &text)
			if f := at[event]; f != nil {
				add(f, text)
			}
			return err
		}, query, string(vendor))
	}
	if err := texts(`
		SELECT a.event_id, d.day FROM application_days d JOIN applications a ON a.id = d.application_id
		WHERE a.vendor_id = $1 ORDER BY d.day`, func(f *registry.VendorFair, day string) { f.Days = append(f.Days, day) }); err != nil {
		return err
	}
	if err := texts(`
		SELECT b.event_id, b.code FROM booths b JOIN applications a ON a.id = b.application_id
		WHERE a.vendor_id = $1 AND b.state = 'assigned' ORDER BY b.code`, func(f *registry.VendorFair, code string) { f.Booths = append(f.Booths, code) }); err != nil {
		return err
	}
	return each(ctx, tx, func(row scanner) error {
		var event registry.EventID
		var d registry.SalesDay
		err := row.Scan(&event, &d.Day, &d.Dong, &d.Band, &d.By)
		if f := at[event]; f != nil {
			f.Sales.Days = append(f.Sales.Days, d)
		}
		return err
	}, `
		SELECT d.event_id, d.day, d.dong, d.band, d.typed_by
		FROM sales_returns s JOIN sales_days d ON d.event_id = s.event_id AND d.vendor_id = s.vendor_id
		WHERE s.vendor_id = $1 ORDER BY d.day`, string(vendor))
}
